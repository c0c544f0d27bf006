//! The mark of a run that adds an edition: `.adding`, from just before the edition is there until
//! chain.txt has its line.
//!
//! An edition that chain.txt lacks is either what an interrupted run left, or was put there by
//! hand. The mark tells them apart: it names the edition and its digest. It guards against slips;
//! who may write to the store could write it, too.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::fs;

use super::bag::sync_folder;
use super::edition::{Edition, name, number_of};
use super::files::{self, FileFault};
use super::store::{Store, StoreFault, refused, replace};

/// The file of the mark.
pub const ADDING: &str = ".adding";
/// The largest mark that is read, in bytes.
const LARGEST: u64 = 1 << 10;

impl Store {
    /// Says, down to the disk, that an edition with this digest is about to be there.
    pub(super) fn mark(&self, number: u32, digest: &str) -> Result<(), StoreFault> {
        let line = format!("{}  {digest}\n", name(number));
        let write = || {
            replace(&self.root.join(ADDING), line.as_bytes())?;
            sync_folder(&self.root)
        };
        write().map_err(|error| refused(&error))
    }

    /// Takes the mark away: what it named is in chain.txt, or never came to be.
    pub(super) fn unmark(&self) {
        // One that stays names an edition that is known or not there, and so says nothing.
        _ = fs::remove_file(self.root.join(ADDING));
    }

    /// Whether a run of this program was interrupted when it had put this very edition there.
    pub(super) fn is_marked(&self, edition: &Edition) -> bool {
        let marked = files::read(&self.root, ADDING, LARGEST).ok().and_then(|bytes| {
            let text = String::from_utf8(bytes).ok()?;
            let (number, digest) = text.strip_suffix('\n')?.split_once("  ")?;
            Some((number_of(number)?, digest.to_owned()))
        });
        marked.is_some_and(|(number, digest)| {
            number == edition.number && edition.digest().as_deref() == Ok(&*digest)
        })
    }

    /// What stands in the place of the mark, when nobody could write or remove one there.
    pub(super) fn unfit_mark(&self) -> Option<StoreFault> {
        match files::find(&self.root, ADDING) {
            Ok(_) | Err(FileFault::Missing) => None,
            Err(fault) => Some(StoreFault::Damaged(format!("{ADDING} {}", fault.message()))),
        }
    }
}
