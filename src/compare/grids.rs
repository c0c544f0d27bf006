//! Which cells, rows and columns of the tables differ.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::grid::{Grid, GridRow};
use crate::problem::Place;

/// A cell with another text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange {
    /// `csv/indicators.csv`, or `kpi.xlsx 指標`.
    pub table: String,
    /// What names the row: 市民満足度.
    pub row: String,
    /// The header of the column: R6.
    pub column: String,
    pub old: String,
    pub new: String,
    pub old_place: Place,
    pub new_place: Place,
}

/// Whether a part of a table came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    Added,
    Removed,
}

/// A whole row, column or table that came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartChange {
    pub presence: Presence,
    pub table: String,
    /// `行「市民満足度」`, `列「R6」`; empty for the whole table.
    pub part: String,
    /// Of a row: its texts, parted by 、.
    pub text: String,
    /// Where it stands in the edition that has it.
    pub place: Place,
}

/// The differences of all tables.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GridChanges {
    pub cells: Vec<CellChange>,
    pub parts: Vec<PartChange>,
}

/// Compares the tables of two editions.
pub fn compare_grids(old: &BTreeMap<String, Grid>, new: &BTreeMap<String, Grid>) -> GridChanges {
    let mut changes = GridChanges::default();
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) => compare(name, old, new, &mut changes),
            (Some(_), None) => changes.parts.push(whole(name, Presence::Removed)),
            _ => changes.parts.push(whole(name, Presence::Added)),
        }
    }
    changes
}

fn whole(name: &str, presence: Presence) -> PartChange {
    let (table, place) = (name.to_owned(), Place::file(name));
    PartChange { presence, table, part: String::new(), text: String::new(), place }
}

fn compare(name: &str, old: &Grid, new: &Grid, changes: &mut GridChanges) {
    if old == new {
        return;
    }
    let column = |grid: &Grid, header: &str| grid.header.iter().position(|other| other == header);
    let shared = shared_columns(old, new);
    let columns = [(old, new, Presence::Removed), (new, old, Presence::Added)];
    for (with, without, presence) in columns {
        for header in with.header.iter().filter(|header| column(without, header).is_none()) {
            changes.parts.push(PartChange {
                presence,
                table: name.to_owned(),
                part: format!("列「{header}」"),
                text: String::new(),
                place: Place::file(name),
            });
        }
    }
    let keys = key_columns(old, new, &shared);
    let (pairs, removed, added) = pair_rows(old, new, &shared, &keys);
    for (before, after) in pairs {
        for (header, in_old, in_new) in &shared {
            let (was, is) = (before.text(*in_old), after.text(*in_new));
            if was != is {
                changes.cells.push(CellChange {
                    table: name.to_owned(),
                    row: row_name(new, after, keys.iter().map(|key| key.1)),
                    column: (*header).to_owned(),
                    old: was.to_owned(),
                    new: is.to_owned(),
                    old_place: before.place(*in_old).clone(),
                    new_place: after.place(*in_new).clone(),
                });
            }
        }
    }
    let part = |grid: &Grid, row: &GridRow, presence, columns: Vec<usize>| PartChange {
        presence,
        table: name.to_owned(),
        part: format!("行「{}」", row_name(grid, row, columns.into_iter())),
        text: row.cells.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("、"),
        place: row.place.clone(),
    };
    let (in_old, in_new): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
    changes
        .parts
        .extend(removed.into_iter().map(|r| part(old, r, Presence::Removed, in_old.clone())));
    changes.parts.extend(added.into_iter().map(|r| part(new, r, Presence::Added, in_new.clone())));
}

/// A row by the name that its changes have.
pub(super) struct NamedRow<'a> {
    pub name: String,
    /// The texts of its cells, in both editions.
    pub texts: Vec<&'a str>,
}

/// The rows of a table in both editions; rows of one name once.
pub(super) fn named_rows<'a>(old: Option<&'a Grid>, new: Option<&'a Grid>) -> Vec<NamedRow<'a>> {
    let empty = Grid::default();
    let (was, is) = (old.or(new).unwrap_or(&empty), new.or(old).unwrap_or(&empty));
    let keys = key_columns(was, is, &shared_columns(was, is));
    let mut named: Vec<NamedRow<'a>> = Vec::new();
    let mut add = |grid: &Grid, row: &'a GridRow, columns: Vec<usize>| {
        let name = row_name(grid, row, columns.into_iter());
        let texts = row.cells.iter().map(|(text, _)| text.as_str());
        match named.iter_mut().find(|known| known.name == name) {
            Some(known) => known.texts.extend(texts),
            None => named.push(NamedRow { name, texts: texts.collect() }),
        }
    };
    for row in new.into_iter().flat_map(|grid| &grid.rows) {
        add(is, row, keys.iter().map(|key| key.1).collect());
    }
    for row in old.into_iter().flat_map(|grid| &grid.rows) {
        add(was, row, keys.iter().map(|key| key.0).collect());
    }
    named
}

/// The columns that both tables have: header, index in the old one, index in the new one.
fn shared_columns<'a>(old: &Grid, new: &'a Grid) -> Vec<(&'a str, usize, usize)> {
    let column = |header: &str| old.header.iter().position(|other| other == header);
    let headers = new.header.iter().enumerate();
    headers.filter_map(|(index, header)| Some((header.as_str(), column(header)?, index))).collect()
}

/// 市民満足度, 観光客・宿泊, and 整理番号18 where a bare number would name nothing.
fn row_name(grid: &Grid, row: &GridRow, columns: impl Iterator<Item = usize>) -> String {
    let name = |column: usize| {
        let (header, text) = (grid.header.get(column).map_or("", String::as_str), row.text(column));
        match text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => format!("{header}{text}"),
            false => text.to_owned(),
        }
    };
    let filled = columns.filter(|column| !row.text(*column).is_empty());
    filled.map(name).collect::<Vec<_>>().join("・")
}

/// The columns, in both tables, whose texts name a row: the first, or with one more, or as many
/// from the left as tell all rows apart; the first when none do.
fn key_columns(old: &Grid, new: &Grid, shared: &[(&str, usize, usize)]) -> Vec<(usize, usize)> {
    let distinct = |grid: &Grid, columns: &[usize]| {
        let key = |row: &GridRow| -> Vec<String> {
            columns.iter().map(|column| row.text(*column).to_owned()).collect()
        };
        let keys: BTreeSet<Vec<String>> = grid.rows.iter().map(key).collect();
        keys.len() == grid.rows.len()
    };
    let fits = |columns: &[(usize, usize)]| {
        let (in_old, in_new): (Vec<_>, Vec<_>) = columns.iter().copied().unzip();
        distinct(old, &in_old) && distinct(new, &in_new)
    };
    let columns: Vec<(usize, usize)> = shared.iter().map(|(_, old, new)| (*old, *new)).collect();
    let Some((first, others)) = columns.split_first() else { return Vec::new() };
    let alone = vec![*first];
    if fits(&alone) {
        return alone;
    }
    // A column that is mostly empty names what is special about a row (区分), not all rows twice.
    let filled = |pair: &Vec<(usize, usize)>| {
        new.rows.iter().filter(|row| !row.text(pair[1].1).is_empty()).count()
    };
    let pairs = others.iter().map(|other| vec![*first, *other]);
    let prefix = || (3..columns.len()).map(|count| &columns[..count]).find(|prefix| fits(prefix));
    let pair = pairs.filter(|pair| fits(pair)).min_by_key(filled);
    pair.unwrap_or_else(|| prefix().map_or(alone, <[_]>::to_vec))
}

type Pairs<'a> = (Vec<(&'a GridRow, &'a GridRow)>, Vec<&'a GridRow>, Vec<&'a GridRow>);

/// Rows of the same name belong together; of the rest those that share most of their cells.
fn pair_rows<'a>(
    old: &'a Grid,
    new: &'a Grid,
    shared: &[(&str, usize, usize)],
    keys: &[(usize, usize)],
) -> Pairs<'a> {
    let name = |row: &GridRow, old: bool| -> Vec<String> {
        keys.iter().map(|key| row.text(if old { key.0 } else { key.1 }).to_owned()).collect()
    };
    let mut left: Vec<&GridRow> = old.rows.iter().collect();
    let (mut pairs, mut added) = (Vec::new(), Vec::new());
    for row in &new.rows {
        match left.iter().position(|other| name(other, true) == name(row, false)) {
            Some(index) => pairs.push((left.remove(index), row)),
            None => added.push(row),
        }
    }
    // A row that was only renamed still has its values.
    let values: Vec<_> =
        shared.iter().filter(|(_, old, _)| keys.iter().all(|key| key.0 != *old)).collect();
    let mut lonely = Vec::new();
    for row in added {
        let same = |other: &GridRow| {
            values.iter().filter(|(_, o, n)| other.text(*o) == row.text(*n)).count()
        };
        let best = (0..left.len()).max_by_key(|index| (same(left[*index]), usize::MAX - index));
        let is_it = |index: &usize| {
            let same = same(left[*index]);
            same > 0 && 2 * same >= values.len()
        };
        match best.filter(is_it) {
            Some(index) => pairs.push((left.remove(index), row)),
            None => lonely.push(row),
        }
    }
    pairs.sort_by_key(|(_, row)| (row.place.line, row.place.cell.clone()));
    (pairs, left, lonely)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        let mut lines = text.lines().enumerate().map(|(line, text)| {
            let cell = |(column, text): (usize, &str)| {
                (text.to_owned(), Place::at("a.csv", line as u32 + 1, column as u32 + 1))
            };
            let cells: Vec<_> = text.split(',').enumerate().map(cell).collect();
            GridRow { place: Place::at("a.csv", line as u32 + 1, 1), cells }
        });
        let header = lines.next().unwrap().cells.into_iter().map(|(text, _)| text).collect();
        Grid { header, rows: lines.collect() }
    }

    fn told(old: &str, new: &str) -> Vec<String> {
        let tables = |text| BTreeMap::from([("a.csv".to_owned(), grid(text))]);
        let changes = compare_grids(&tables(old), &tables(new));
        let cells = changes.cells.iter();
        let cells = cells.map(|c| format!("{} {}: {} → {}", c.row, c.column, c.old, c.new));
        let parts = changes.parts.iter().map(|part| format!("{:?} {}", part.presence, part.part));
        cells.chain(parts).collect()
    }

    #[test]
    fn a_changed_cell_is_named_by_row_and_column() {
        let changes = told(
            "指標,R5,R6\n満足度,77.0,76.3\n参加率,1,2",
            "指標,R5,R6\n満足度,77.0,77.3\n参加率,1,2",
        );
        assert_eq!(changes, ["満足度 R6: 76.3 → 77.3"]);
    }

    #[test]
    fn rows_in_another_order_are_no_change() {
        assert_eq!(told("名,値\n甲,1\n乙,2", "名,値\n乙,2\n甲,1"), [""; 0]);
    }

    #[test]
    fn two_columns_name_rows_that_share_the_first() {
        let old = "指標,区分,R6\n観光客,,5\n観光客,宿泊,1";
        assert_eq!(told(old, "指標,区分,R6\n観光客,,5\n観光客,宿泊,2"), ["観光客・宿泊 R6: 1 → 2"]);
    }

    #[test]
    fn a_renamed_row_is_a_change_of_its_name() {
        let changes = told("名,R5,R6\n甲,1,2\n乙,3,4", "名,R5,R6\n丙,1,2\n乙,3,4");
        assert_eq!(changes, ["丙 名: 甲 → 丙"]);
    }

    #[test]
    fn rows_and_columns_that_come_and_go_are_told() {
        let changes = told("名,R5\n甲,1\n乙,3", "名,R6\n乙,3\n戊,9");
        assert_eq!(
            changes,
            ["Removed 列「R5」", "Added 列「R6」", "Removed 行「甲」", "Added 行「戊」"]
        );
    }
}
