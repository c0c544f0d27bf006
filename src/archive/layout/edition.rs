//! One edition of a store: its folder and what is read of it.

use std::path::PathBuf;

use super::digest_list::read_list;
use super::edition_files::{BAG_INFO, PDF, TAG_MANIFEST, in_payload};
use super::limits::{LARGEST_FILE, LARGEST_LIST};
use super::store_files::EDITIONS;
use crate::files;
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::Problem;

/// An edition by its number, from 1, and its folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    pub number: u32,
    pub dir: PathBuf,
}

impl Edition {
    /// Its list of digests, which holds all others: what is signed.
    ///
    /// # Errors
    /// In Japanese, why it cannot be read.
    pub fn list(&self) -> Result<Vec<u8>, String> {
        files::read(&self.dir, TAG_MANIFEST, LARGEST_LIST)
            .map_err(|fault| format!("{TAG_MANIFEST} {}", fault.message()))
    }

    /// The digest that names the edition: of this list.
    ///
    /// # Errors
    /// In Japanese, why it cannot be read.
    pub fn digest(&self) -> Result<String, String> {
        self.list().map(|list| sha256(&list))
    }

    /// Whether what it says of itself is what its list of digests names. That the list is the one
    /// that was kept, only the chain tells.
    pub fn is_info_kept(&self) -> bool {
        let listed = read_list(&self.dir, TAG_MANIFEST).unwrap_or_default();
        let info = files::read(&self.dir, BAG_INFO, LARGEST_LIST);
        info.is_ok_and(|info| listed.get(BAG_INFO) == Some(&sha256(&info)))
    }

    /// Its PDF.
    ///
    /// # Errors
    /// In Japanese, why it cannot be read.
    pub fn pdf(&self) -> Result<Vec<u8>, String> {
        self.payload(PDF, LARGEST_FILE)
    }

    /// A text of its payload.
    ///
    /// # Errors
    /// In Japanese, why it cannot be read.
    pub fn text(&self, path: &str) -> Result<String, String> {
        let bytes = self.payload(path, LARGEST_LIST)?;
        String::from_utf8(bytes).map_err(|_| format!("{path} がUTF-8の文字になっていません"))
    }

    /// A file of its payload.
    ///
    /// # Errors
    /// In Japanese, why it cannot be read.
    pub fn payload(&self, path: &str, largest: u64) -> Result<Vec<u8>, String> {
        let name = in_payload(path);
        files::read(&self.dir, &name, largest)
            .map_err(|fault| format!("{name} {}", fault.message()))
    }

    /// `0003`.
    pub fn name(&self) -> String {
        name(self.number)
    }

    /// Its path in the store, `editions/0003`.
    pub fn place(&self) -> String {
        format!("{EDITIONS}/{}", self.name())
    }

    /// A problem of its folder as one of the store that it is in.
    pub fn in_store(&self, mut problem: Problem) -> Problem {
        problem.place.file = format!("{}/{}", self.place(), problem.place.file).into();
        problem
    }
}

/// The name of an edition's folder.
pub fn name(number: u32) -> String {
    format!("{number:04}")
}

/// The number of an edition's folder by its name.
pub fn number_of(name: &str) -> Option<u32> {
    let number = name.parse().ok().filter(|number| *number > 0)?;
    // One spelling: 0003, and no 3 beside it.
    (self::name(number) == name).then_some(number)
}
