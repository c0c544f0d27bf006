//! What comes before an edition is added: the store is made, locked, swept and checked.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use super::bag::sync_folder;
use super::chain;
use super::check::check;
use super::digests::Digests;
use super::edition::Edition;
use super::proven::in_store;
use super::store::{EDITIONS, STAGING, Store, StoreFault, refused, replace};

/// Says what the folder is.
pub(super) const README: &str = "README.txt";
const README_TEXT: &str = include_str!("README.txt");
pub(super) const LOCK: &str = ".lock";

/// As long as it lives, no other process adds to the store.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "what counts is that it is open")] File);

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
        fs::create_dir_all(root).map_err(|error| refused(&error))?;
        let store = Store { root: root.to_owned() };
        let _lock = store.lock()?;
        // Another process may have made it in the meantime.
        if let Ok(store) = Self::open(root) {
            return Ok(store);
        }
        let make = || -> std::io::Result<()> {
            replace(&root.join(README), README_TEXT.as_bytes())?;
            // The last, because it is what makes the folder a store.
            fs::create_dir(root.join(EDITIONS))?;
            sync_folder(root)?;
            let parent = root.parent().filter(|parent| !parent.as_os_str().is_empty());
            sync_folder(parent.unwrap_or(Path::new(".")))
        };
        make().map_err(|error| refused(&error))?;
        Ok(store)
    }

    /// Makes ready to add: waits until no other process does, removes what interrupted runs left,
    /// and completes chain.txt. The store stays locked as long as the lock lives. The edition, if
    /// any, is the one that an interrupted run had left without its line.
    ///
    /// # Errors
    /// When the system refuses, or the chain is broken: behind editions that are not what they
    /// were, a new one would only hide it.
    pub fn begin(&self) -> Result<(Lock, Option<Edition>), StoreFault> {
        let lock = self.lock()?;
        self.unfit_mark().map_or(Ok(()), Err)?;
        self.sweep();
        let faults = chain::check(self, None)?;
        if let Some(fault) = faults.first() {
            return Err(StoreFault::Broken(Box::new(fault.clone())));
        }
        if let Some(unwitnessed) = &faults.unwitnessed {
            let (editions, _) = self.editions()?;
            // An interrupted run left it whole; what is not is from elsewhere.
            if let Some(fault) = check(&unwitnessed.dir, &Digests::default()).into_iter().next() {
                return Err(StoreFault::Broken(Box::new(in_store(unwitnessed, fault))));
            }
            self.witness(&editions, unwitnessed)?;
            sync_folder(&self.root).map_err(|error| refused(&error))?;
        }
        self.unmark();
        Ok((lock, faults.unwitnessed))
    }

    /// Keeps every other process from writing to the store; waits until none does.
    ///
    /// # Errors
    /// When the system refuses, or what would be locked is no file of the store.
    pub fn lock(&self) -> Result<Lock, StoreFault> {
        let path = self.root.join(LOCK);
        match fs::symlink_metadata(&path) {
            // A file behind a link is none of the store, and a pipe would keep us waiting.
            Ok(found) if !found.is_file() => {
                return Err(StoreFault::Damaged(format!(
                    "{LOCK} が普通のファイルではありません（リンクなど）"
                )));
            }
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(refused(&error)),
            _ => {}
        }
        let open = || File::options().create(true).append(true).open(&path);
        let file = open().map_err(|error| refused(&error))?;
        // The system lets go of it when the process ends, however it ends.
        file.lock().map_err(|error| refused(&error))?;
        Ok(Lock(file))
    }

    /// Waits until no process is between an edition and its line in chain.txt. Where the store
    /// cannot be locked, nobody can add to it, or it is of no use to wait.
    pub(super) fn settle(&self) -> Option<File> {
        let path = self.root.join(LOCK);
        fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let file = File::open(path).ok()?;
        file.lock_shared().ok()?;
        Some(file)
    }

    /// Removes what interrupted runs left; nobody else is adding while the lock is held.
    fn sweep(&self) {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| is_left(&entry.file_name().to_string_lossy())) {
            // What cannot be removed does no harm.
            _ = match entry.file_type() {
                Ok(kind) if kind.is_dir() => fs::remove_dir_all(entry.path()),
                _ => fs::remove_file(entry.path()),
            };
        }
    }
}

fn is_left(name: &str) -> bool {
    name.starts_with(STAGING)
}

/// Nothing in it but what an interrupted making left.
fn is_new(root: &Path) -> bool {
    fs::read_dir(root).is_ok_and(|entries| {
        let of_making = |name: &str| name == README || name == LOCK || is_left(name);
        entries.flatten().all(|entry| of_making(&entry.file_name().to_string_lossy()))
    })
}
