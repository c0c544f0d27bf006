//! World to document, what Typst finds wrong with it, and whether the rows of the page map stand where
//! they should.

mod cells;
mod line_adjustment;
mod overruns;
mod row_marks;
mod row_sides;
mod rows;
mod small_tables;
mod typeset;
mod wide_tables;

pub use overruns::overruns;
pub use row_sides::{RowSides, wrong_formats, wrong_sides};
pub use rows::{RowLimit, RowPages, overflows, row_pages, rows_over};
pub use small_tables::{small_indicator_tables, small_tables};
pub use typeset::compile;
pub use wide_tables::{WideTable, wide_tables};
