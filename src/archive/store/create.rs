//! A folder becomes a store.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::fs;
use std::path::Path;

use super::fault::StoreFault;
use super::open::Store;
use super::staging::{TEMPORARY, is_left_over};
use crate::archive::layout::store_files::{EDITIONS, LOCK, README};
use crate::files::{folder_of, sync_folder};

const README_TEXT: &str = include_str!("README.txt");

impl Store {
    /// The store in a folder, which becomes one when it is empty or not there.
    ///
    /// # Errors
    /// When the folder holds other things, or cannot be made.
    pub fn open_or_make(root: &Path) -> Result<Self, StoreFault> {
        match Self::open(root) {
            Err(StoreFault::Missing) => {}
            Err(StoreFault::NoStore) if is_new(root) => {}
            done => return done,
        }
        fs::create_dir_all(root)?;
        let store = Store::at(root);
        let _lock = store.lock()?;
        // Another process may have made it in the meantime.
        if let Ok(store) = Self::open(root) {
            return Ok(store);
        }
        TEMPORARY.replace(&root.join(README), README_TEXT.as_bytes())?;
        // The last, because it is what makes the folder a store.
        fs::create_dir(root.join(EDITIONS))?;
        sync_folder(root)?;
        sync_folder(folder_of(root))?;
        Ok(store)
    }
}

/// Nothing in it but what an interrupted making left.
fn is_new(root: &Path) -> bool {
    fs::read_dir(root).is_ok_and(|entries| {
        let of_making = |name: &str| name == README || name == LOCK || is_left_over(name);
        entries.flatten().all(|entry| of_making(&entry.file_name().to_string_lossy()))
    })
}
