//! Files on the disk: read without being led astray, written whole or not at all.

mod read;
mod write;

pub use read::{FileFault, find, is_same_name, read, real};
pub use write::{
    New, Temporary, create_read_only, folder_of, new_folder, open_to_read, sync_folder, write_new,
};
