//! The lock of a store: one process writes to it at a time.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::fs::{self, File};
use std::io::ErrorKind;

use super::fault::StoreFault;
use super::open::Store;
use crate::archive::layout::store_files::LOCK;

/// As long as it lives, no other process adds to the store.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "what counts is that it is open")] File);

impl Store {
    /// Keeps every other process from writing to the store; waits until none does.
    ///
    /// # Errors
    /// When the system refuses, or what would be locked is no file of the store.
    pub fn lock(&self) -> Result<Lock, StoreFault> {
        let path = self.root().join(LOCK);
        match fs::symlink_metadata(&path) {
            // A file behind a link is none of the store, and a pipe would keep us waiting.
            Ok(found) if !found.is_file() => {
                return Err(StoreFault::Damaged(format!(
                    "{LOCK} が普通のファイルではありません（リンクなど）"
                )));
            }
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let open = || File::options().create(true).append(true).open(&path);
        let file = open()?;
        // The system lets go of it when the process ends, however it ends.
        file.lock()?;
        Ok(Lock(file))
    }

    /// Waits until no process is between an edition and its line in chain.txt. Where the store
    /// cannot be locked, nobody can add to it, or it is of no use to wait.
    pub fn settle(&self) -> Option<File> {
        let path = self.root().join(LOCK);
        fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let file = File::open(path).ok()?;
        file.lock_shared().ok()?;
        Some(file)
    }
}
