//! What changed in a CSV file, in words; which cells differ is worked out in `compare`.

use std::collections::BTreeMap;

use crate::compare::{CellChange, PartChange, Presence, TablePart, compare_tables};
use soukatsu_core::load::{Decoded, Layout, decode, read_table};
use soukatsu_core::model::grid::Grid;
use soukatsu_core::problem::Place;
use soukatsu_core::validate::grid;

/// What differs between two states of a CSV file, in the order of the new one; nothing for files
/// of other kinds and for states that are no table.
pub fn corrections(file: &str, old: &[u8], new: &[u8]) -> Vec<String> {
    let csv = file.to_ascii_lowercase().ends_with(".csv");
    let Some((old, new)) = csv.then(|| Some((table(file, old)?, table(file, new)?))).flatten()
    else {
        return Vec::new();
    };
    let tables = |table| BTreeMap::from([(file.to_owned(), table)]);
    let changes = compare_tables(&tables(old), &tables(new));
    let cells = changes.cells.iter().map(|change| (order(&change.new_place, false), cell(change)));
    let parts = changes.parts.iter().map(|change| {
        let is_row = matches!(change.part, TablePart::Row(_));
        let gone = is_row && change.presence == Presence::Removed;
        (order(&change.place, gone), part(change))
    });
    let mut told: Vec<_> = parts.chain(cells).collect();
    told.sort_by_key(|(order, _)| *order);
    told.into_iter().map(|(_, words)| words).collect()
}

/// Columns first, then the rows as they stand, at last those that went.
fn order(place: &Place, gone: bool) -> (bool, Option<u32>) {
    (gone, place.line)
}

fn cell(CellChange { row, column, old, new, .. }: &CellChange) -> String {
    let shown =
        |text: &str| if text.is_empty() { "（空欄）".to_owned() } else { text.to_owned() };
    format!("{row}［{column}］ {} → {}", shown(old), shown(new))
}

fn part(PartChange { part, presence, .. }: &PartChange) -> String {
    match presence {
        Presence::Added => format!("{part}が加わりました"),
        Presence::Removed => format!("{part}がなくなりました"),
        Presence::Reordered => format!("{part}が変わりました"),
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
        corrections("csv/a.csv", old.as_bytes(), new.as_bytes())
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
