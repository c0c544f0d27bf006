//! The place behind the last edition, and what may come there.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fault::StoreFault;
use super::lock::Lock;
use super::open::Store;
use super::restore::report_files;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::metadata::{Decision, kept_on, metadata};
use crate::archive::layout::payload::{Made, payload};
use crate::archive::signatures::edition_signatures::signature_file;
use crate::archive::signatures::key::PrivateKey;
use crate::archive::signatures::signature::sign;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Problem;

/// The place behind the last edition; as long as it lives, no other process adds to the store.
#[derive(Debug)]
pub struct NextEdition {
    store: Store,
    lock: Lock,
    last: Option<Edition>,
    /// The last edition, when an interrupted run had left it without its line in chain.txt, which
    /// it has now.
    pub completed: Option<Edition>,
}

/// Why an edition may not come behind the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotNext {
    /// The last one is not as it was kept; places are relative to the store.
    Doubtful(Vec<Problem>),
    /// The last one is the same.
    Same(Edition),
    /// The last one is of a later day.
    TooEarly { last: Edition, kept_on: Date },
}

impl NextEdition {
    /// Locks a store and makes it ready; see [`Store::begin`].
    ///
    /// # Errors
    /// What stands in the way.
    pub fn begin(store: Store) -> Result<Self, StoreFault> {
        let (lock, completed) = store.begin()?;
        let (mut editions, _) = store.editions()?;
        Ok(NextEdition { last: editions.pop(), store, lock, completed })
    }

    /// The last edition that there is.
    pub fn last(&self) -> Option<&Edition> {
        self.last.as_ref()
    }

    /// Whether an edition of this PDF, report folder and day may come here.
    ///
    /// # Errors
    /// Why it may not.
    pub fn check(
        &self,
        pdf: &[u8],
        files: &BTreeMap<String, Vec<u8>>,
        date: Date,
    ) -> Result<(), NotNext> {
        let Some(last) = &self.last else { return Ok(()) };
        let doubts = self.store.doubts(last);
        if !doubts.is_empty() {
            return Err(NotNext::Doubtful(doubts));
        }
        if last.pdf().is_ok_and(|old| old == pdf)
            && report_files(&self.store, last).is_ok_and(|(old, _)| old == *files)
        {
            return Err(NotNext::Same(last.clone()));
        }
        match kept_on(last).filter(|kept_on| date < *kept_on) {
            Some(kept_on) => Err(NotNext::TooEarly { last: last.clone(), kept_on }),
            None => Ok(()),
        }
    }

    /// Puts an edition here, signed when there is a key.
    ///
    /// # Errors
    /// What stands in the way; but for [`StoreFault::Unwitnessed`] and [`StoreFault::Unsettled`],
    /// the store is as it was.
    pub fn add(
        &self,
        made: &Made<'_>,
        report: &Report,
        decision: &Decision,
        key: Option<&PrivateKey>,
    ) -> Result<Edition, StoreFault> {
        let digest = self.last.as_ref().map(Edition::digest).transpose();
        let digest = digest.map_err(StoreFault::Damaged)?;
        let before = self.last.as_ref().map(|last| last.number).zip(digest.as_deref());
        let info = metadata(report, made.record, decision, before);
        let signature = |list: &[u8]| {
            // A key that was read signs: its halves were held against each other then.
            let signed = key.and_then(|key| Some((key, sign(list, key).ok()?)));
            let file =
                signed.map(|(key, armored)| (signature_file(key.public()), armored.into_bytes()));
            file.into_iter().collect()
        };
        self.store.add(&self.lock, &payload(made), &info, signature)
    }
}
