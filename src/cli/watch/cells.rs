//! Two states of a table to the cells that differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::load::{Decoded, Layout, Record, Table, decode, read_table};

/// What is different in one place of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    Cell { row: String, column: String, old: String, new: String },
    Row { row: String, came: bool },
    Column { column: String, came: bool },
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown =
            |text: &str| if text.is_empty() { "（空欄）".to_owned() } else { text.to_owned() };
        let way = |came: &bool| if *came { "加わりました" } else { "なくなりました" };
        match self {
            Correction::Cell { row, column, old, new } => {
                write!(f, "{row}［{column}］ {} → {}", shown(old), shown(new))
            }
            Correction::Row { row, came } => write!(f, "行「{row}」が{}", way(came)),
            Correction::Column { column, came } => write!(f, "列「{column}」が{}", way(came)),
        }
    }
}

/// What differs between two states of a CSV file, in the order of the new one; nothing for files
/// of other kinds and for states that are no table.
///
/// Rows are told apart by their first cells, so that a row in between shifts no other.
pub fn corrections(file: &str, old: &[u8], new: &[u8]) -> Vec<Correction> {
    let csv = file.to_ascii_lowercase().ends_with(".csv");
    match csv.then(|| Some((table(file, old)?, table(file, new)?))).flatten() {
        Some((old, new)) => compare(&old, &new),
        None => Vec::new(),
    }
}

fn table(file: &str, bytes: &[u8]) -> Option<Table> {
    let Decoded { text, .. } = decode(file, bytes).ok()?;
    // A title may stand above the header; what each file is for is not known here.
    let read = |layout| read_table(file, &text, layout).ok();
    read(Layout::Plain).or_else(|| read(Layout::Figure))
}

fn compare(old: &Table, new: &Table) -> Vec<Correction> {
    let mut found = Vec::new();
    let headings = |table: &Table| -> BTreeSet<String> {
        table.header.iter().map(|cell| cell.text.clone()).collect()
    };
    let (before, now) = (headings(old), headings(new));
    let column = |column: &String, came| Correction::Column { column: column.clone(), came };
    found.extend(before.difference(&now).map(|name| column(name, false)));
    found.extend(now.difference(&before).map(|name| column(name, true)));
    let depth = key_columns(old).max(key_columns(new));
    let named = |record: &Record| name(record, depth);
    let (rows_before, rows_now) = (rows(old, &named), rows(new, &named));
    for record in &new.records {
        let key = named(record);
        let Some(other) = rows_before.get(&key) else {
            found.push(Correction::Row { row: key, came: true });
            continue;
        };
        for (index, heading) in new.header.iter().enumerate() {
            let Some(before) = old.header.iter().position(|old| old.text == heading.text) else {
                continue;
            };
            let (old, new) = (other.cell(before).text, record.cell(index).text);
            if old != new {
                let (row, column) = (key.clone(), heading.text.clone());
                found.push(Correction::Cell { row, column, old, new });
            }
        }
    }
    let gone = old.records.iter().map(named).filter(|key| !rows_now.contains_key(key));
    found.extend(gone.map(|row| Correction::Row { row, came: false }));
    found
}

fn rows<'a>(table: &'a Table, named: &dyn Fn(&Record) -> String) -> BTreeMap<String, &'a Record> {
    table.records.iter().map(|record| (named(record), record)).collect()
}

/// How many columns from the left tell the rows of a table apart; all of them at most.
fn key_columns(table: &Table) -> usize {
    let apart = |depth: &usize| {
        let names: BTreeSet<String> = table.records.iter().map(|row| name(row, *depth)).collect();
        names.len() == table.records.len()
    };
    (1..table.header.len()).find(apart).unwrap_or(table.header.len())
}

/// The first cells of a row that are not empty.
fn name(record: &Record, depth: usize) -> String {
    let cells = record.cells.iter().take(depth).map(|cell| cell.text.as_str());
    cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("・")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<String> {
        let found = corrections("csv/a.csv", old.as_bytes(), new.as_bytes());
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_changed_cell_is_told_with_its_row_and_column() {
        let old = "指標,区分,R5,R6\n満足度,,76.3,\n満足度,女性,70,71\n";
        let new = "指標,区分,R5,R6\n満足度,,76.3,77.1\n満足度,女性,70,72\n";
        assert_eq!(told(old, new), ["満足度［R6］ （空欄） → 77.1", "満足度・女性［R6］ 71 → 72",]);
    }

    #[test]
    fn a_row_in_between_shifts_no_other() {
        assert_eq!(
            told("年度,値\nR5,1\nR6,2\n", "年度,値\nR4,0\nR5,1\nR6,3\n"),
            ["行「R4」が加わりました", "R6［値］ 2 → 3",]
        );
    }

    #[test]
    fn rows_and_columns_that_went_are_told() {
        assert_eq!(
            told("年度,a,b\nR5,1,2\nR6,1,2\n", "年度,a\nR5,1\n"),
            ["列「b」がなくなりました", "行「R6」がなくなりました",]
        );
    }

    #[test]
    fn what_is_no_table_is_left_alone() {
        assert_eq!(told("年度,値\n\"R5,1\n", "年度,値\nR5,1\n"), Vec::<String>::new());
        assert!(corrections("report.toml", b"a = 1", b"a = 2").is_empty());
    }
}
