//! The data of two editions: which tables, rows and cells belong together, and what differs in
//! them.

mod manifest;
mod matching;
mod renamed_files;
mod row_pairs;
mod table_changes;
mod table_names;

pub use manifest::{MANIFEST, SettingKey};
pub use matching::{MatchedIds, match_things};
pub use renamed_files::{RenamedFile, changes_beside, renamed_files};
pub use row_pairs::{NamedRow, named_rows};
pub use table_changes::{
    CellChange, PartChange, Presence, TableChanges, TablePart, compare_tables,
};
pub use table_names::{is_table_of, sheet_table, table_at, workbook_of};
