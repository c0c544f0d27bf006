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
    let naming = naming_columns(old, new);
    let (rows_before, rows_now) = (rows(old, &naming), rows(new, &naming));
    for record in &new.records {
        let row = name(new, record, &naming);
        let Some(other) = rows_before.get(&row) else {
            found.push(Correction::Row { row, came: true });
            continue;
        };
        for (index, heading) in new.header.iter().enumerate() {
            let Some(before) = position(old, &heading.text) else { continue };
            let (old, new) = (other.cell(before).text, record.cell(index).text);
            if old != new {
                let (row, column) = (row.clone(), heading.text.clone());
                found.push(Correction::Cell { row, column, old, new });
            }
        }
    }
    let gone = old.records.iter().map(|record| name(old, record, &naming));
    let gone = gone.filter(|row| !rows_now.contains_key(row));
    found.extend(gone.map(|row| Correction::Row { row, came: false }));
    found
}

fn rows<'a>(table: &'a Table, naming: &[String]) -> BTreeMap<String, &'a Record> {
    table.records.iter().map(|record| (name(table, record, naming), record)).collect()
}

/// The headings of the columns that tell the rows of both tables apart: the first alone, or with
/// one more, or as many from the left as are needed.
fn naming_columns(old: &Table, new: &Table) -> Vec<String> {
    let common = new.header.iter().filter(|cell| position(old, &cell.text).is_some());
    let common: Vec<String> = common.map(|cell| cell.text.clone()).collect();
    let apart = |naming: &[String]| {
        [old, new].iter().all(|table| rows(table, naming).len() == table.records.len())
    };
    let Some((first, others)) = common.split_first() else { return common };
    let alone = vec![first.clone()];
    if apart(&alone) {
        return alone;
    }
    let pairs = others.iter().map(|other| vec![first.clone(), other.clone()]);
    // A column that is mostly empty names what is special about a row (区分), not all rows twice.
    let filled = |pair: &Vec<String>| {
        let column = position(new, &pair[1]).unwrap_or_default();
        new.records.iter().filter(|record| !record.cell(column).text.is_empty()).count()
    };
    let pair = pairs.filter(|pair| apart(pair)).min_by_key(filled);
    let prefix = || {
        let count = (3..common.len()).find(|count| apart(&common[..*count]));
        common[..count.unwrap_or(common.len())].to_vec()
    };
    pair.unwrap_or_else(prefix)
}

fn position(table: &Table, heading: &str) -> Option<usize> {
    table.header.iter().position(|cell| cell.text == heading)
}

/// The cells of a row in these columns, without empty ones.
fn name(table: &Table, record: &Record, naming: &[String]) -> String {
    let columns = naming.iter().filter_map(|heading| position(table, heading));
    let cells = columns.map(|column| record.cell(column).text).filter(|text| !text.is_empty());
    cells.collect::<Vec<_>>().join("・")
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
        let old = "指標,略称,区分,R5\n満足度,満足,,\n満足度,,女性,71\n満足度,,男性,70\n";
        let new = "指標,略称,区分,R5\n満足度,満足,,77.1\n満足度,,女性,72\n満足度,,男性,70\n";
        assert_eq!(told(old, new), ["満足度［R5］ （空欄） → 77.1", "満足度・女性［R5］ 71 → 72",]);
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
