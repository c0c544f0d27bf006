//! A header of one or several rows: which heading stands over which columns.
//!
//! A sheet that merges cells keeps the text of the first and leaves the others blank; a CSV file
//! saved from it has the same blanks. What a blank belongs to is told by the rows around it.

use super::table::{Cell, Heading};

impl Heading {
    fn covers(&self, x: usize, y: usize) -> bool {
        (self.x..self.x + self.columns).contains(&x) && (self.y..self.y + self.rows).contains(&y)
    }
}

/// The headings in the rows of a header, each row as wide as the widest.
///
/// A blank cell goes with the heading above it, where that stands over no other column; else with
/// the one to its left under the same heading.
pub(super) fn headings(rows: &[Vec<Cell>]) -> Vec<Heading> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let filled = |x: usize, y: usize| rows[y].get(x).is_some_and(|cell| !cell.text.is_empty());
    let mut found: Vec<Heading> = Vec::new();
    let at = |found: &[Heading], x: usize, y: usize| found.iter().position(|h| h.covers(x, y));
    for (y, row) in rows.iter().enumerate() {
        for x in 0..width {
            let above = y.checked_sub(1).and_then(|above| at(&found, x, above));
            if !filled(x, y) {
                let left = x.checked_sub(1).and_then(|left| at(&found, left, y));
                if let Some(above) = above {
                    let heading = &found[above];
                    let all_blank = (heading.x..heading.x + heading.columns).all(|x| !filled(x, y));
                    if all_blank {
                        found[above].rows = y + 1 - found[above].y;
                        continue;
                    }
                }
                // A heading over nothing but blanks would say nothing of its column.
                let speaks = (y + 1..rows.len()).any(|below| filled(x, below));
                let same_group = left.is_some_and(|left| {
                    let group = |x| y.checked_sub(1).and_then(|above| at(&found, x, above));
                    found[left].y == y && group(x) == group(found[left].x)
                });
                if let (Some(left), true) = (left, same_group && (speaks || y > 0)) {
                    found[left].columns = x + 1 - found[left].x;
                    continue;
                }
            }
            let blank = || Cell {
                text: String::new(),
                place: row.last().map_or_else(|| rows[0][0].place.clone(), |c| c.place.clone()),
            };
            let cell = row.get(x).cloned().unwrap_or_else(blank);
            found.push(Heading { cell, x, y, columns: 1, rows: 1 });
        }
    }
    found
}

/// What a column is called: the headings above it from top to bottom, `令和7年度 予算現額`.
pub(super) fn column_name(headings: &[Heading], x: usize) -> Cell {
    let mut own: Vec<&Heading> = headings
        .iter()
        .filter(|heading| heading.covers(x, heading.y) && !heading.cell.text.is_empty())
        .collect();
    own.sort_by_key(|heading| heading.y);
    let text = own.iter().map(|heading| heading.cell.text.as_str()).collect::<Vec<_>>().join(" ");
    let last = own.last().copied().or_else(|| headings.iter().find(|h| h.covers(x, h.y)));
    let place = last.map(|heading| heading.cell.place.clone());
    Cell { text, place: place.unwrap_or_else(|| crate::problem::Place::file("")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Place;

    fn read(rows: &[&str]) -> (Vec<String>, Vec<String>) {
        let row = |(y, text): (usize, &&str)| {
            let cell = |(x, text): (usize, &str)| Cell {
                text: text.to_owned(),
                place: Place::at("a.csv", y as u32 + 1, x as u32 + 1),
            };
            text.split(',').enumerate().map(cell).collect::<Vec<_>>()
        };
        let rows: Vec<Vec<Cell>> = rows.iter().enumerate().map(row).collect();
        let headings = headings(&rows);
        let width = rows.iter().map(Vec::len).max().unwrap();
        let names = (0..width).map(|x| column_name(&headings, x).text).collect();
        let areas = headings
            .iter()
            .map(|h| format!("{}@{},{} {}x{}", h.cell.text, h.x, h.y, h.columns, h.rows));
        (names, areas.collect())
    }

    #[test]
    fn blanks_belong_to_the_heading_on_their_left_or_above() {
        let (names, areas) = read(&["区分,令和6年度,,令和7年度,", ",予算,決算,予算,決算"]);
        assert_eq!(
            names,
            ["区分", "令和6年度 予算", "令和6年度 決算", "令和7年度 予算", "令和7年度 決算"]
        );
        assert_eq!(areas[..3], ["区分@0,0 1x2", "令和6年度@1,0 2x1", "令和7年度@3,0 2x1"]);
    }

    #[test]
    fn a_heading_may_stand_over_columns_with_names_of_their_own() {
        let (names, _) = read(&["区分,,歳入", "款,項,予算"]);
        assert_eq!(names, ["区分 款", "区分 項", "歳入 予算"]);
        let (names, areas) = read(&["款,項,歳入,", ",,予算,決算"]);
        assert_eq!(names, ["款", "項", "歳入 予算", "歳入 決算"]);
        assert_eq!(areas[..2], ["款@0,0 1x2", "項@1,0 1x2"]);
    }

    #[test]
    fn three_rows_and_short_rows_are_read_alike() {
        let (names, _) = read(&["区分,歳入", ",国,,市", ",予算,決算,予算"]);
        assert_eq!(names, ["区分", "歳入 国 予算", "歳入 国 決算", "歳入 市 予算"]);
    }

    #[test]
    fn one_row_is_what_it_is() {
        assert_eq!(read(&["款,R6,,R7"]).0, ["款", "R6", "", "R7"]);
    }
}
