//! What changed in a CSV file; which cells differ is worked out in `compare`.

use std::collections::BTreeMap;
use std::fmt;

use crate::compare::{CellChange, PartChange, Presence, TablePart, compare_tables};
use soukatsu_core::load::{Decoded, Layout, decode, read_table};
use soukatsu_core::model::grid::Grid;
use soukatsu_core::validate::grid;

/// A cell, row or column that is not as it was.
#[derive(Debug, Clone, PartialEq)]
pub enum TableNews {
    Cell(CellChange),
    Part(PartChange),
}

impl fmt::Display for TableNews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableNews::Cell(CellChange { row, column, old, new, .. }) => {
                let or_empty = |text: &str| {
                    if text.is_empty() { "（空欄）".to_owned() } else { text.to_owned() }
                };
                write!(f, "{row}［{column}］ {} → {}", or_empty(old), or_empty(new))
            }
            TableNews::Part(PartChange { part, presence, .. }) => {
                let verb = match presence {
                    Presence::Added => "加わりました",
                    Presence::Removed => "なくなりました",
                    Presence::Reordered => "変わりました",
                };
                write!(f, "{part}が{verb}")
            }
        }
    }
}

/// What differs between two states of a CSV file, in the order of the new one; nothing for files
/// of other kinds and for states that are no table.
pub fn table_news(file: &str, old: &[u8], new: &[u8]) -> Vec<TableNews> {
    let csv = file.to_ascii_lowercase().ends_with(".csv");
    let Some((old, new)) = csv.then(|| Some((table(file, old)?, table(file, new)?))).flatten()
    else {
        return Vec::new();
    };
    let tables = |table| BTreeMap::from([(file.to_owned(), table)]);
    let changes = compare_tables(&tables(old), &tables(new));
    let cells = changes.cells.into_iter().map(TableNews::Cell);
    let mut news: Vec<TableNews> =
        changes.parts.into_iter().map(TableNews::Part).chain(cells).collect();
    news.sort_by_key(order);
    news
}

/// Columns first, then the rows as they stand, at last those that went.
fn order(news: &TableNews) -> (bool, Option<u32>) {
    match news {
        TableNews::Cell(change) => (false, change.new_place.line),
        TableNews::Part(change) => {
            let is_row = matches!(change.part, TablePart::Row(_));
            (is_row && change.presence == Presence::Removed, change.place.line)
        }
    }
}

fn table(file: &str, bytes: &[u8]) -> Option<Grid> {
    let Decoded { text, .. } = decode(file, bytes).ok()?;
    // A title may stand above the header; what each file is for is not known here.
    let read = |layout| read_table(file, &text, layout).ok();
    read(Layout::Plain).or_else(|| read(Layout::Figure)).map(|table| grid(&table))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<String> {
        table_news("csv/a.csv", old.as_bytes(), new.as_bytes())
            .iter()
            .map(ToString::to_string)
            .collect()
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
        assert!(table_news("report.toml", b"a = 1", b"a = 2").is_empty());
    }
}
