//! Whether a store is as it was left: bags, chain, signatures.

use std::collections::{BTreeMap, BTreeSet};

use super::unlisted;
use super::verdict::Verdict;
use crate::archive::chain::check::{ChainFaults, check_chain};
use crate::archive::chain::expected::{Expected, look_up};
use crate::archive::layout::bag_check::check_bag;
use crate::archive::layout::digest_cache::DigestCache;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{PDF, in_payload};
use crate::archive::signatures::edition_signatures::{self, Demand, Signed};
use crate::archive::signatures::signers::Signers;
use crate::archive::store::fault::StoreFault;
use crate::archive::store::open::Store;
use soukatsu_core::problem::{Code, Place, Problem};

/// What was found of one edition; problems are relative to the store.
#[derive(Debug, Clone)]
pub struct EditionFinding {
    pub edition: Edition,
    pub problems: Vec<Problem>,
    /// The signatures that hold.
    pub signed: Vec<Signed>,
    /// `None` when it was not asked for, or when the bag is damaged.
    pub rebuilt: Option<Verdict>,
}

/// What was found of a store.
#[derive(Debug, Clone)]
pub struct Findings {
    /// Of the store as a whole.
    pub store: Vec<Problem>,
    pub editions: Vec<EditionFinding>,
    /// The editions that have the expected digests.
    pub expected: Vec<Expected>,
}

impl Findings {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        let sound = |problems: &[Problem]| !problems.iter().any(Problem::is_error);
        sound(&self.store) && self.editions.iter().all(|found| sound(&found.problems))
    }
}

/// A store that is being checked: what was found of it as a whole, and what every edition is
/// checked with.
pub struct StoreCheck {
    /// All that there are, in their order.
    pub editions: Vec<Edition>,
    faults: Vec<Problem>,
    /// What is wrong with the place of each edition in the chain.
    links: BTreeMap<u32, Vec<Problem>>,
    /// What lies in the store and is none of it.
    unlisted: Vec<Problem>,
    digests: DigestCache,
    signers: Signers,
    demand: Option<Demand>,
}

impl StoreCheck {
    /// Checks the chain. `head`: the digest that the last edition is known to have; `demand`: who
    /// must have signed, `None`: nobody, and the keys are those that the store itself names.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub fn begin(
        store: &Store,
        head: Option<&str>,
        demand: Option<&Demand>,
    ) -> Result<Self, StoreFault> {
        let settled = store.settle();
        let state = store.chain()?;
        let ChainFaults { store: mut faults, editions: links, mut unlisted, .. } =
            check_chain(&state, head);
        let signers = match demand {
            Some(demand) => demand.signers.clone(),
            None => store.signers().unwrap_or_else(|problems| {
                faults.extend(problems);
                Signers::default()
            }),
        };
        unlisted.extend(unlisted::beside_editions(store)?);
        drop(settled);
        Ok(StoreCheck {
            editions: state.editions,
            faults,
            links,
            unlisted,
            digests: DigestCache::default(),
            signers,
            demand: demand.cloned(),
        })
    }

    /// Holds the files of an edition against its lists; places are relative to the edition. What is
    /// damaged is not what was kept: to build from it would prove nothing.
    pub fn bag_faults(&self, edition: &Edition) -> Vec<Problem> {
        check_bag(&edition.dir, &self.digests)
    }

    /// All that there is to say of an edition, but for its place in the chain. `problems`: of its
    /// bag and, if it was built again, of what came out; places are relative to the edition.
    pub fn finding(
        &self,
        edition: &Edition,
        mut problems: Vec<Problem>,
        rebuilt: Option<Verdict>,
    ) -> EditionFinding {
        problems.extend(rebuilt.as_ref().and_then(Verdict::fault).map(|message| {
            Problem::error(Code::RebuildDiffers, Place::file(in_payload(PDF))).message(message)
        }));
        let mut problems: Vec<Problem> =
            problems.into_iter().map(|problem| edition.in_store(problem)).collect();
        let (signed, faults) =
            edition_signatures::check(edition, &self.signers, self.demand.as_ref());
        problems.extend(faults);
        problems.extend(unlisted::empty_folders(edition));
        problems.extend(unlisted::names_in_other_form(edition));
        EditionFinding { edition: edition.clone(), problems, signed, rebuilt }
    }

    /// All that was found. `editions`: of every edition, in their order; `expected`: digests that
    /// editions are expected to have, or their beginnings.
    pub fn finish(self, mut editions: Vec<EditionFinding>, expected: &[String]) -> Findings {
        let StoreCheck { editions: all, faults: mut store, mut links, unlisted, .. } = self;
        let damaged: BTreeSet<u32> = editions.iter().filter_map(damaged).collect();
        let (expected, missing) = look_up(expected, &all, &damaged);
        store.extend(missing);
        for finding in &mut editions {
            let mut problems = links.remove(&finding.edition.number).unwrap_or_default();
            problems.append(&mut finding.problems);
            finding.problems = problems;
        }
        store.extend(unlisted);
        store.extend(links.into_values().flatten());
        Findings { store, editions, expected }
    }
}

/// The number of an edition whose files are not those that it lists.
fn damaged(found: &EditionFinding) -> Option<u32> {
    let is_damaged =
        found.problems.iter().any(|problem| problem.is_error() && problem.code == Code::BagDamaged);
    is_damaged.then_some(found.edition.number)
}
