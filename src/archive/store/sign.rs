//! A signature comes to an edition that is in the store already.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::fs;
use std::path::PathBuf;

use super::fault::StoreFault;
use super::lock::Lock;
use super::open::Store;
use crate::archive::chain::check::check_chain;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::SIGNATURES;
use crate::archive::signatures::edition_signatures::signature_file;
use crate::archive::signatures::key::{KeyFault, PrivateKey};
use crate::archive::signatures::signature::sign;
use crate::files::{New, write_new};
use soukatsu_core::problem::{Problem, system_reason};

/// Why a signature cannot be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignFault {
    /// The list of the edition cannot be read; in Japanese, why.
    Unreadable(String),
    Key(KeyFault),
    /// Holds the system's words.
    Unwritable(PathBuf, String),
}

impl Store {
    /// What speaks against signing an edition: everything that is not as it was kept, of the
    /// edition or of the store as a whole. Places are relative to the store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn doubts_of_signing(&self, edition: &Edition) -> Result<Vec<Problem>, StoreFault> {
        let mut doubts = self.doubts(edition);
        doubts.extend(check_chain(&self.chain()?, None).store);
        Ok(doubts)
    }

    /// Adds the signature of a key to an edition, and gives its file.
    ///
    /// # Errors
    /// What stands in the way; nothing is written in the place of another signature.
    pub fn sign(
        &self,
        _: &Lock,
        edition: &Edition,
        key: &PrivateKey,
    ) -> Result<PathBuf, SignFault> {
        let list = edition.list().map_err(SignFault::Unreadable)?;
        let signature = sign(&list, key).map_err(SignFault::Key)?;
        let folder = edition.dir.join(SIGNATURES);
        fs::create_dir_all(&folder)
            .map_err(|error| SignFault::Unwritable(folder, system_reason(&error)))?;
        let path = edition.dir.join(signature_file(key.public()));
        let new = [New { path: path.clone(), bytes: signature.as_bytes(), is_secret: false }];
        write_new(&new).map_err(|(path, reason)| SignFault::Unwritable(path.to_owned(), reason))?;
        Ok(path)
    }
}
