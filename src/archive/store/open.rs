//! The folder of a store, and the editions in it.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::fault::StoreFault;
use crate::archive::layout::edition::{Edition, number_of};
use crate::archive::layout::limits::LARGEST_LIST;
use crate::archive::layout::store_files::{CHAIN, EDITIONS, SIGNERS};
use crate::archive::signatures::signers::Signers;
use crate::files::{self, FileFault};
use soukatsu_core::problem::{Code, Place, Problem};

/// A store of official versions.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store in a folder.
    ///
    /// # Errors
    /// When there is none, or its folder of editions is none.
    pub fn open(root: &Path) -> Result<Self, StoreFault> {
        match fs::metadata(root) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(StoreFault::NoStore),
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(StoreFault::Missing),
            Err(error) => return Err(error.into()),
        }
        // A link would take what is written here elsewhere.
        match fs::symlink_metadata(root.join(EDITIONS)) {
            Ok(found) if found.is_dir() => Ok(Store { root: root.to_owned() }),
            Ok(_) => Err(StoreFault::Damaged(format!(
                "{EDITIONS} が普通のフォルダーではありません（リンクなど）"
            ))),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            Err(_) if fs::symlink_metadata(root.join(CHAIN)).is_ok() => {
                Err(StoreFault::Damaged(format!("{EDITIONS} がなくなっています")))
            }
            Err(_) => Err(StoreFault::NoStore),
        }
    }

    /// A folder that is about to become a store.
    pub(super) fn at(root: &Path) -> Self {
        Store { root: root.to_owned() }
    }

    /// The folder of the store.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The editions in their order, and the names of what else lies among them.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn editions(&self) -> Result<(Vec<Edition>, Vec<String>), StoreFault> {
        let (mut editions, mut others) = (Vec::new(), Vec::new());
        let entries = fs::read_dir(self.root.join(EDITIONS))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            match number_of(&name).filter(|_| folder) {
                Some(number) => editions.push(Edition { number, dir: entry.path() }),
                None => others.push(name),
            }
        }
        editions.sort();
        others.sort();
        Ok((editions, others))
    }

    /// The signers that the store names; none without such a file.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn signers(&self) -> Result<Signers, Vec<Problem>> {
        match files::read(&self.root, SIGNERS, LARGEST_LIST) {
            Ok(bytes) => Signers::read(SIGNERS, &bytes),
            Err(FileFault::Missing) => Ok(Signers::default()),
            Err(fault) => Err(vec![
                Problem::error(Code::FileUnreadable, Place::file(SIGNERS))
                    .message(format!("「{SIGNERS}」{}", fault.message())),
            ]),
        }
    }
}
