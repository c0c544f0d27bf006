//! Bytes to placed text: report folders, encodings, CSV tables, workbooks, report.toml.
//!
//! In: a folder on disk or in memory. Out: text that knows where it stands.
//! Knows nothing of what the text means.

mod csv_table;
mod folder;
mod ignored;
mod names;
mod placed_toml;
mod portable;
mod table;
mod text;
mod title;
mod whole;
mod workbook;
mod workbook_cell;

pub use csv_table::read_table;
pub use folder::{Folder, ReadError, stays_inside};
pub use ignored::is_ignored;
pub use names::{NameFault, NameReason, may_become_folder, name_faults};
pub use placed_toml::{Node, Placed, read_toml};
pub use portable::name_problems;
pub use table::{Cell, Layout, Record, Table};
pub use text::{Decoded, Encoding, decode};
pub use whole::{WholeFault, whole_folder};
pub use workbook::{LARGEST_UNPACKED, LARGEST_WORKBOOK, SheetRequest, read_workbook};
