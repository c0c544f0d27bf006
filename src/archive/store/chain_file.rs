//! chain.txt in its store: read with the editions that it is of, and written anew.

use std::collections::btree_map::Entry;

use super::fault::StoreFault;
use super::open::Store;
use super::staging::TEMPORARY;
use crate::archive::chain::chain_list::{self, ChainList};
use crate::archive::chain::check::ChainState;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::limits::LARGEST_LIST;
use crate::archive::layout::store_files::CHAIN;
use crate::files::{self, FileFault};

impl Store {
    /// What there is of the chain.
    ///
    /// # Errors
    /// When the folder of the editions cannot be read.
    pub fn chain(&self) -> Result<ChainState, StoreFault> {
        let (editions, others) = self.editions()?;
        Ok(ChainState { editions, others, list: self.chain_list(), journal: self.journal() })
    }

    /// The digests of the editions as chain.txt has them; empty when there is none yet.
    fn chain_list(&self) -> Result<ChainList, String> {
        let list = match files::read(self.root(), CHAIN, LARGEST_LIST) {
            Ok(bytes) => chain_list::parse(bytes),
            Err(FileFault::Missing) => Ok(ChainList::new()),
            Err(fault) => Err(fault.message()),
        };
        list.map_err(|reason| format!("{CHAIN} {reason}"))
    }

    /// Writes chain.txt anew: its old lines, those that an interrupted run left out, and the one
    /// of the new edition.
    pub(super) fn witness(&self, before: &[Edition], new: &Edition) -> Result<(), StoreFault> {
        let mut chain = self.chain_list().map_err(StoreFault::Damaged)?;
        for edition in before.iter().chain([new]) {
            if let Entry::Vacant(gap) = chain.entry(edition.number) {
                gap.insert(edition.digest().map_err(StoreFault::Refused)?);
            }
        }
        let text = chain_list::text(&chain);
        Ok(TEMPORARY.replace(&self.root().join(CHAIN), text.as_bytes())?)
    }
}
