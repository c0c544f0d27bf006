//! Bytes to placed text: report folders, encodings, CSV tables, report.toml.
//!
//! In: a folder on disk or in memory. Out: text that knows where it stands.
//! Knows nothing of what the text means.

mod csv_table;
mod folder;
mod placed_toml;
mod text;

pub use csv_table::{Cell, Record, Table, read_table};
pub use folder::{Folder, ReadError, stays_inside};
pub use placed_toml::{Node, Placed, read_toml};
pub use text::{Decoded, Encoding, decode};
