//! The headings of a table as it is printed: those of the data over the columns that were chosen,
//! with the labels that report.toml gives.

use crate::load::{Heading, Table};
use crate::model::data_table::TableHeading;
use crate::model::name::same_name;
use crate::model::number::{Expected, read};
use crate::problem::Place;

/// A heading over several columns of labels — 区分 over 款 and 項 — has a blank beside it, and
/// nothing below: the columns share it, and those behind the first are called 区分 2, 区分 3.
///
/// Only columns in front of all numbers are labels. A blank over numbers is a heading that is
/// missing.
pub(super) fn share_label_headings(table: &mut Table) {
    let expected = Expected { unit: None, parentheses: false, bound: false };
    let is_number = |text: &str| !text.is_empty() && read(text, &expected).is_ok();
    let mut shared = 1;
    for x in 0..table.header.len() {
        let mut cells = table.records.iter().filter_map(|record| record.cells.get(x));
        if x > 0 && cells.clone().any(|cell| is_number(&cell.text)) {
            break;
        }
        if !table.header[x].text.is_empty() {
            shared = 1;
            continue;
        }
        let last_row = |heading: &Heading| heading.y + heading.rows;
        let bottom = table.headings.iter().map(last_row).max().unwrap_or_default();
        let left = table.headings.iter().position(|heading| {
            !heading.cell.text.is_empty()
                && heading.x + heading.columns == x
                && last_row(heading) == bottom
        });
        let (Some(left), true) = (left, cells.any(|cell| !cell.text.is_empty())) else { continue };
        let (top, first) = (table.headings[left].y, table.headings[left].x);
        let is_blank = |heading: &Heading| {
            heading.x == x && heading.columns == 1 && heading.cell.text.is_empty()
        };
        if (0..bottom).any(|y| {
            let covers = |h: &&Heading| {
                (h.x..h.x + h.columns).contains(&x) && (h.y..h.y + h.rows).contains(&y)
            };
            y >= top && !table.headings.iter().find(covers).is_some_and(is_blank)
        }) {
            continue;
        }
        table.headings[left].columns += 1;
        table.headings.retain(|heading| !is_blank(heading) || heading.y < top);
        shared += 1;
        table.header[x].text = format!("{} {shared}", table.header[first].text);
    }
}

/// What stands over one printed column, from top to bottom.
pub(super) struct HeadingColumn {
    pub levels: Vec<Level>,
    pub unit: Option<String>,
}

/// One heading over a column.
#[derive(Clone)]
pub(super) struct Level {
    pub text: String,
    pub cell: Option<Place>,
    /// The heading of the data that it is; columns beside each other share it.
    heading: Option<usize>,
}

impl Level {
    /// A heading that report.toml gives.
    pub fn own(text: &str) -> Self {
        Level { text: text.to_owned(), cell: None, heading: None }
    }

    fn is_shared_with(&self, other: &Level) -> bool {
        match (self.heading, other.heading) {
            (Some(one), Some(other)) => one == other,
            // `under` may name a heading of the data.
            _ => !self.text.is_empty() && same_name(&self.text, &other.text),
        }
    }
}

/// What stands over a column of the data.
pub(super) fn data_levels(headings: &[Heading], column: usize) -> Vec<Level> {
    let over = |heading: &Heading| (heading.x..heading.x + heading.columns).contains(&column);
    let mut own: Vec<(usize, &Heading)> =
        headings.iter().enumerate().filter(|(_, heading)| over(heading)).collect();
    own.sort_by_key(|(_, heading)| heading.y);
    let level = |(index, heading): (usize, &Heading)| Level {
        text: heading.cell.text.clone(),
        cell: Some(heading.cell.place.clone()),
        heading: Some(index),
    };
    own.into_iter().map(level).collect()
}

/// The headings over all columns: equal neighbours under the same heading are one, and a column
/// with fewer levels has its last one down to the cells.
pub(super) fn printed(columns: &[HeadingColumn]) -> Vec<TableHeading> {
    let height = columns.iter().map(|column| column.levels.len()).max().unwrap_or(1).max(1);
    let mut found = Vec::new();
    let shared = |one: usize, other: usize, levels: usize| {
        let (one, other) = (&columns[one].levels, &columns[other].levels);
        // The last heading is the column's own.
        (0..levels).all(|at| match (one.get(at), other.get(at)) {
            (Some(a), Some(b)) => {
                let is_above = at + 1 < one.len() && at + 1 < other.len();
                let is_same = a.heading.is_some() && a.heading == b.heading;
                is_same || is_above && a.is_shared_with(b)
            }
            _ => false,
        })
    };
    for y in 0..height {
        let mut x = 0;
        while x < columns.len() {
            let Some(level) = columns[x].levels.get(y) else {
                x += 1;
                continue;
            };
            let mut end = x + 1;
            while end < columns.len() && shared(x, end, y + 1) {
                end += 1;
            }
            let is_last = y + 1 == columns[x].levels.len();
            found.push(TableHeading {
                text: level.text.clone(),
                cell: level.cell.clone(),
                unit: if is_last { columns[x].unit.clone() } else { None },
                x,
                y,
                columns: end - x,
                rows: if is_last { height - y } else { 1 },
            });
            x = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(columns: &[&[&str]]) -> Vec<String> {
        let column = |levels: &&[&str]| HeadingColumn {
            levels: levels.iter().map(|text| Level::own(text)).collect(),
            unit: None,
        };
        let columns: Vec<HeadingColumn> = columns.iter().map(column).collect();
        let area = |h: TableHeading| format!("{}@{},{} {}x{}", h.text, h.x, h.y, h.columns, h.rows);
        printed(&columns).into_iter().map(area).collect()
    }

    #[test]
    fn neighbours_under_one_heading_share_it() {
        assert_eq!(
            areas(&[&["款"], &["R6", "予算"], &["R6", "決算"], &["R7", "予算"]]),
            [
                "款@0,0 1x2",
                "R6@1,0 2x1",
                "R7@3,0 1x1",
                "予算@1,1 1x1",
                "決算@2,1 1x1",
                "予算@3,1 1x1"
            ]
        );
    }

    #[test]
    fn columns_of_one_name_stay_two() {
        assert_eq!(areas(&[&["額"], &["額"]]), ["額@0,0 1x1", "額@1,0 1x1"]);
    }
}
