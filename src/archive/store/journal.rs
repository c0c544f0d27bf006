//! The journal of a run that adds an edition: `.adding`, from just before the edition is there until
//! chain.txt has its line.
//!
//! An edition that chain.txt lacks is either what an interrupted run left, or was put there by
//! hand. The journal tells them apart: it names the edition and its digest. It guards against
//! slips; who may write to the store could write it, too.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::fs;

use super::fault::StoreFault;
use super::open::Store;
use super::staging::TEMPORARY;
use crate::archive::chain::chain_list::line;
use crate::archive::layout::edition::number_of;
use crate::archive::layout::limits::LARGEST_JOURNAL;
use crate::archive::layout::store_files::JOURNAL;
use crate::files::{self, FileFault, sync_folder};

impl Store {
    /// Says, down to the disk, that an edition with this digest is about to be there.
    pub(super) fn begin_journal(&self, number: u32, digest: &str) -> Result<(), StoreFault> {
        let line = line(number, digest) + "\n";
        TEMPORARY.replace(&self.root().join(JOURNAL), line.as_bytes())?;
        Ok(sync_folder(self.root())?)
    }

    /// Takes the journal away: what it named is in chain.txt, or never came to be.
    pub(super) fn end_journal(&self) {
        // One that stays names an edition that is known or not there, and so says nothing.
        _ = fs::remove_file(self.root().join(JOURNAL));
    }

    /// The edition that a run was adding, by its number and its digest.
    pub(super) fn journal(&self) -> Option<(u32, String)> {
        let bytes = files::read(self.root(), JOURNAL, LARGEST_JOURNAL).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (number, digest) = text.strip_suffix('\n')?.split_once("  ")?;
        Some((number_of(number)?, digest.to_owned()))
    }

    /// What stands in the place of the journal, when nobody could write or remove one there.
    pub(super) fn unfit_journal(&self) -> Option<StoreFault> {
        match files::find(self.root(), JOURNAL) {
            Ok(_) | Err(FileFault::Missing) => None,
            Err(fault) => Some(StoreFault::Damaged(format!("{JOURNAL} {}", fault.message()))),
        }
    }
}
