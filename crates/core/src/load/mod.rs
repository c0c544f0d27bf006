//! Bytes to placed text: report folders, encodings, CSV tables, workbooks, report.toml.
//!
//! In: a folder on disk or in memory. Out: text that knows where it stands.
//! Knows nothing of what the text means.

mod csv_table;
mod encoding;
mod file_names;
mod folder;
mod headings;
mod ignored;
mod limits;
mod number_format;
mod placed_toml;
mod remark;
mod rows;
mod table;
mod whole_folder;
mod workbook;
mod workbook_cell;
mod workbook_look;
mod workbook_parts;
mod xml_tags;

pub use csv_table::read_table;
pub use encoding::{Decoded, Encoding, decode};
pub use file_names::{NameFault, NameReason, may_become_folder, name_faults, name_problems};
pub use folder::{Folder, ReadError, stays_inside};
pub use ignored::is_ignored;
pub use limits::{
    LARGEST_ALL_PROSE, LARGEST_REPORT, LARGEST_UNPACKED, LARGEST_WORKBOOK, MOST_ALL_CELLS,
    large_file, largest_file, size,
};
pub use placed_toml::{Node, Placed, read_toml};
pub use table::{Cell, Heading, Layout, Record, Remark, RemarkKind, Table};
pub use whole_folder::{WholeFault, whole_folder};
pub use workbook::{SheetRequest, read_workbook};
