//! Which cells, rows and columns of the tables differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Serialize, Serializer};

use super::row_pairs::{key_columns, pair_rows, row_name, shared_columns};
use soukatsu_core::model::grid::{Grid, GridRow};
use soukatsu_core::problem::Place;

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
    /// It is there, in another order.
    Reordered,
}

/// What came or went of a table, or is in another order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TablePart {
    /// All of it.
    Table,
    /// By what names the row.
    Row(String),
    /// By its header.
    Column(String),
    RowOrder,
    ColumnOrder,
}

impl fmt::Display for TablePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TablePart::Table => f.write_str("表"),
            TablePart::Row(name) => write!(f, "行「{name}」"),
            TablePart::Column(header) => write!(f, "列「{header}」"),
            TablePart::RowOrder => f.write_str("行の並び"),
            TablePart::ColumnOrder => f.write_str("列の並び"),
        }
    }
}

impl Serialize for TablePart {
    /// As it is shown; empty for the whole table, which has its name beside it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            TablePart::Table => serializer.serialize_str(""),
            part => serializer.collect_str(part),
        }
    }
}

/// A whole row, column or table that came or went, or another order of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartChange {
    pub presence: Presence,
    pub table: String,
    pub part: TablePart,
    /// Of a row: its texts, parted by 、.
    pub text: String,
    /// Of a column with another header: what it is called in the other edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renamed: Option<String>,
    /// Where it stands in the edition that has it.
    pub place: Place,
}

/// The differences of all tables.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TableChanges {
    pub cells: Vec<CellChange>,
    pub parts: Vec<PartChange>,
}

/// Compares the tables of two editions.
pub fn compare_tables(old: &BTreeMap<String, Grid>, new: &BTreeMap<String, Grid>) -> TableChanges {
    let mut changes = TableChanges::default();
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
    let part = TablePart::Table;
    PartChange { presence, table, part, text: String::new(), renamed: None, place }
}

fn compare(name: &str, old: &Grid, new: &Grid, changes: &mut TableChanges) {
    if old == new {
        return;
    }
    let column = |grid: &Grid, header: &str| grid.header.iter().position(|other| other == header);
    let shared = shared_columns(old, new);
    let keys = key_columns(old, new, &shared);
    let (pairs, removed, added) = pair_rows(old, new, &shared, &keys);
    let renamed = renamed_columns(old, new, &pairs);
    let columns = [(old, new, Presence::Removed), (new, old, Presence::Added)];
    for (with, without, presence) in columns {
        for header in with.header.iter().filter(|header| column(without, header).is_none()) {
            changes.parts.push(PartChange {
                presence,
                table: name.to_owned(),
                part: TablePart::Column(header.clone()),
                text: String::new(),
                renamed: renamed.iter().find_map(|(was, is)| match presence {
                    Presence::Removed => (was == header).then(|| is.clone()),
                    _ => (is == header).then(|| was.clone()),
                }),
                place: Place::file(name),
            });
        }
    }
    let order = |part: TablePart, text: String, place: Place| PartChange {
        presence: Presence::Reordered,
        table: name.to_owned(),
        part,
        text,
        renamed: None,
        place,
    };
    let mut before: Vec<usize> = shared.iter().map(|(_, in_old, _)| *in_old).collect();
    if !before.is_sorted() {
        before.sort_unstable();
        let headers: Vec<&str> = shared.iter().map(|(header, ..)| *header).collect();
        changes.parts.push(order(TablePart::ColumnOrder, headers.join("、"), Place::file(name)));
    }
    // The pairs come in the order of the new table.
    let lines = |row: &GridRow| (row.place.line, row.place.cell.clone());
    if let Some(two) = pairs.windows(2).find(|two| lines(two[0].0) > lines(two[1].0)) {
        let row = two[1].1;
        let text = row_name(new, row, keys.iter().map(|key| key.1));
        changes.parts.push(order(TablePart::RowOrder, text, row.place.clone()));
    }
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
        part: TablePart::Row(row_name(grid, row, columns.into_iter())),
        text: row.cells.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("、"),
        renamed: None,
        place: row.place.clone(),
    };
    let (in_old, in_new): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
    changes
        .parts
        .extend(removed.into_iter().map(|r| part(old, r, Presence::Removed, in_old.clone())));
    changes.parts.extend(added.into_iter().map(|r| part(new, r, Presence::Added, in_new.clone())));
}

/// The headers of columns that only changed their name: every row holds the same under both.
fn renamed_columns(
    old: &Grid,
    new: &Grid,
    pairs: &[(&GridRow, &GridRow)],
) -> Vec<(String, String)> {
    let alone = |with: &Grid, without: &Grid| -> Vec<usize> {
        let columns = with.header.iter().enumerate();
        columns.filter(|(_, name)| !without.header.contains(name)).map(|(at, _)| at).collect()
    };
    // One name in two forms.
    let spelled = shared_columns(old, new).into_iter();
    let spelled = spelled.filter(|(header, before, _)| old.header[*before] != *header);
    let mut renamed: Vec<(String, String)> = spelled
        .map(|(header, before, _)| (old.header[before].clone(), header.to_owned()))
        .collect();
    let mut left = alone(new, old);
    left.retain(|column| renamed.iter().all(|(_, is)| *is != new.header[*column]));
    let whole = !pairs.is_empty() && [old, new].iter().all(|grid| grid.rows.len() == pairs.len());
    let mut gone = alone(old, new);
    gone.retain(|column| renamed.iter().all(|(was, _)| *was != old.header[*column]));
    for column in gone.into_iter().filter(|_| whole) {
        let same = |other: &usize| pairs.iter().all(|(a, b)| a.text(column) == b.text(*other));
        if let Some(found) = left.iter().position(same) {
            renamed.push((old.header[column].clone(), new.header[left.remove(found)].clone()));
        }
    }
    renamed
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
        let changes = compare_tables(&tables(old), &tables(new));
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
    fn another_order_of_rows_and_columns_is_told_and_no_cell() {
        let reordered = |part: &str| vec![format!("Reordered {part}")];
        assert_eq!(told("名,値\n甲,1\n乙,2", "名,値\n乙,2\n甲,1"), reordered("行の並び"));
        assert_eq!(told("名,R5,R6\n甲,1,2", "名,R6,R5\n甲,2,1"), reordered("列の並び"));
        assert_eq!(told("名,値\n甲,1\n乙,2", "名,値\n丙,3\n甲,1\n乙,2"), ["Added 行「丙」"]);
    }

    #[test]
    fn two_columns_name_rows_that_share_the_first() {
        let old = "指標,区分,R6\n観光客,,5\n観光客,宿泊,1";
        assert_eq!(told(old, "指標,区分,R6\n観光客,,5\n観光客,宿泊,2"), ["観光客・宿泊 R6: 1 → 2"]);
    }

    #[test]
    fn rows_and_columns_are_known_in_every_form_of_their_names() {
        let changes = told("年代,〜39歳\n１８〜39歳,1\n全体,2", "年代,～39歳\n18～39歳,1\n全体,3");
        assert_eq!(
            changes,
            [
                "18～39歳 年代: １８〜39歳 → 18～39歳",
                "全体 ～39歳: 2 → 3",
                "Removed 列「〜39歳」",
                "Added 列「～39歳」",
            ]
        );
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
