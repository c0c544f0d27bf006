//! What speaks against an edition of a store.

use super::open::Store;
use crate::archive::chain::check::check_place;
use crate::archive::chain::links::fault;
use crate::archive::layout::bag_check::check_bag;
use crate::archive::layout::digest_cache::DigestCache;
use crate::archive::layout::edition::Edition;
use soukatsu_core::problem::Problem;

impl Store {
    /// Everything that speaks against an edition: its files, and its place in the chain; places are
    /// relative to the store.
    pub fn doubts(&self, edition: &Edition) -> Vec<Problem> {
        let mut problems = self.bag_faults(edition);
        problems.extend(self.chain_faults(edition));
        problems
    }

    /// What is wrong with the files of an edition; places are relative to the store.
    pub(super) fn bag_faults(&self, edition: &Edition) -> Vec<Problem> {
        let problems = check_bag(&edition.dir, &DigestCache::default());
        problems.into_iter().map(|problem| edition.in_store(problem)).collect()
    }

    /// What is wrong with the place of an edition in the chain.
    pub(super) fn chain_faults(&self, edition: &Edition) -> Vec<Problem> {
        match self.chain() {
            Ok(state) => check_place(&state, edition),
            Err(_) => vec![fault(edition.place()).message("保管庫を読めません")],
        }
    }
}
