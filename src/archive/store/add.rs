//! A new edition comes into the store, whole or not at all.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::collections::BTreeMap;
use std::fs;

use super::fault::StoreFault;
use super::lock::Lock;
use super::open::Store;
use super::staging::{TEMPORARY, write_bag};
use crate::archive::chain::check::check_chain;
use crate::archive::layout::bag_check::check_bag;
use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::digest_cache::DigestCache;
use crate::archive::layout::digest_list::read_list;
use crate::archive::layout::edition::{Edition, name};
use crate::archive::layout::edition_files::{MANIFEST, TAG_MANIFEST};
use crate::archive::layout::payload::Payload;
use crate::archive::layout::store_files::EDITIONS;
use crate::files::{create_read_only, open_to_read, sync_folder};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::system_reason;

impl Store {
    /// Makes ready to add: waits until no other process does, removes what interrupted runs left,
    /// and completes chain.txt. The store stays locked as long as the lock lives. The edition, if
    /// any, is the one that an interrupted run had left without its line.
    ///
    /// # Errors
    /// When the system refuses, or the chain is broken: behind editions that are not what they
    /// were, a new one would only hide it.
    pub(super) fn begin(&self) -> Result<(Lock, Option<Edition>), StoreFault> {
        let lock = self.lock()?;
        self.unfit_journal().map_or(Ok(()), Err)?;
        self.sweep();
        let state = self.chain()?;
        let faults = check_chain(&state, None);
        if let Some(fault) = faults.first() {
            return Err(StoreFault::Broken(Box::new(fault.clone())));
        }
        if let Some(unwitnessed) = &faults.unwitnessed {
            // An interrupted run left it whole; what is not is from elsewhere.
            if let Some(fault) =
                check_bag(&unwitnessed.dir, &DigestCache::default()).into_iter().next()
            {
                return Err(StoreFault::Broken(Box::new(unwitnessed.in_store(fault))));
            }
            self.witness(&state.editions, unwitnessed)?;
            sync_folder(self.root())?;
        }
        self.end_journal();
        Ok((lock, faults.unwitnessed))
    }

    /// Puts a new edition behind the last one. Earlier editions are only read.
    ///
    /// `more`: files beside the bag that are of the finished bag, by their path in it, made from
    /// the text of its list of digests: signatures.
    ///
    /// # Errors
    /// The system's words; the store is as it was.
    pub(super) fn add(
        &self,
        _: &Lock,
        payload: &Payload<'_>,
        info: &BagInfo,
        more: impl Fn(&[u8]) -> Vec<(String, Vec<u8>)>,
    ) -> Result<Edition, StoreFault> {
        let (editions, _) = self.editions()?;
        let number = next_number(&editions)?;
        let known = known_files(&editions);
        let staging = TEMPORARY.folder(self.root())?;
        let find = |digest: &str| {
            let (place, path) = known.get(digest)?;
            Some((editions.get(*place)?.dir.clone(), path.clone()))
        };
        write_bag(staging.path(), payload, info, find).map_err(StoreFault::Refused)?;
        let list = fs::read(staging.path().join(TAG_MANIFEST))?;
        for (name, bytes) in more(&list) {
            let path = staging.path().join(&name);
            let folder = path.parent().unwrap_or(staging.path()).to_owned();
            fs::create_dir_all(&folder)?;
            create_read_only(&path, &bytes)?;
            sync_folder(&folder)?;
        }
        let dir = self.root().join(EDITIONS).join(name(number));
        open_to_read(staging.path())?;
        sync_folder(staging.path())?;
        self.begin_journal(number, &sha256(&list))?;
        // Nothing is ever replaced: the number is free as long as the lock is held.
        match fs::rename(staging.path(), &dir) {
            // Over a network, the answer may get lost on its way back.
            Err(error) if !dir.join(TAG_MANIFEST).exists() => {
                self.end_journal();
                return Err(error.into());
            }
            _ => _ = staging.keep(),
        }
        let edition = Edition { number, dir };
        // From here on the edition is there, whatever else may fail.
        self.witness(&editions, &edition).map_err(|fault| match fault {
            StoreFault::Refused(reason) | StoreFault::Damaged(reason) => {
                StoreFault::Unwitnessed(number, reason)
            }
            other => other,
        })?;
        let settled = sync_folder(&self.root().join(EDITIONS));
        let settled = settled.and_then(|()| sync_folder(self.root()));
        settled.map_err(|error| StoreFault::Unsettled(number, system_reason(&error)))?;
        self.end_journal();
        Ok(edition)
    }
}

/// The number behind the last edition.
fn next_number(editions: &[Edition]) -> Result<u32, StoreFault> {
    let last = editions.last().map_or(0, |last| last.number);
    let none_left = || StoreFault::Damaged(format!("版の順番 {last} の次がありません"));
    last.checked_add(1).ok_or_else(none_left)
}

/// Where the files of the editions stand, by their digests: the place of the edition among the
/// others, and the path below its folder. The newest counts.
fn known_files(editions: &[Edition]) -> BTreeMap<String, (usize, String)> {
    let mut known = BTreeMap::new();
    for (place, edition) in editions.iter().enumerate() {
        let list = read_list(&edition.dir, MANIFEST).unwrap_or_default();
        known.extend(list.into_iter().map(|(path, digest)| (digest, (place, path))));
    }
    known
}
