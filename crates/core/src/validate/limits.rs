//! How many of each thing a report may have: more would be no report, and some rules look at each
//! against all others (docs/security.md).

use crate::problem::{Code, Place, Problem};

/// Rows of the page map.
pub(super) const MOST_PAGES: usize = 2_000;
pub(super) const MOST_FIGURES: usize = 2_000;
/// Rows and columns of the data of one figure: nobody could see them apart.
pub(super) const MOST_FIGURE_ROWS: usize = 2_000;
pub(super) const MOST_FIGURE_COLUMNS: usize = 200;
/// Values of one figure: each of them looks for a place for its number.
pub(super) const MOST_FIGURE_VALUES: usize = 3_000;
pub(super) const MOST_TABLES: usize = 2_000;
/// Rows, columns and cells of one table: each cell is laid out.
pub(super) const MOST_TABLE_ROWS: usize = 5_000;
pub(super) const MOST_TABLE_COLUMNS: usize = 100;
pub(super) const MOST_TABLE_CELLS: usize = 50_000;
/// Cells behind the ranks and shares of one table: each of them rests on its whole column.
pub(super) const MOST_TABLE_LINKS: usize = 1_000_000;
pub(super) const MOST_PILLARS: usize = 1_000;
pub(super) const MOST_INDICATORS: usize = 5_000;
pub(super) const MOST_INITIATIVES: usize = 5_000;
pub(super) const MOST_APPROVALS: usize = 1_000;
pub(super) const MOST_CORRECTIONS: usize = 2_000;
/// Keys that are none, told one by one in a table of report.toml.
pub(super) const MOST_UNKNOWN_KEYS: usize = 20;

/// The fault of too many things; the place is that of the first too many.
pub(super) fn too_many(
    what: &str,
    unit: &str,
    most: usize,
    found: usize,
    place: &Place,
) -> Problem {
    Problem::error(Code::TooLarge, place.clone())
        .message(format!("{what}が多すぎます（{found}{unit}。{most}{unit}まで）"))
        .expected(format!("{most}{unit}以内"))
        .hint("要らないものを除くか、報告書を分けてください")
}
