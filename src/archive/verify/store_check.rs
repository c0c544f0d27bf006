//! Whether a store is as it was left: bags, chain, and each edition built again.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use super::unlisted;
use super::verdict::{Compare, Rebuilt, Workshop, rebuild};
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
use crate::world::Fonts;
use soukatsu_core::problem::{Code, Place, Problem};

/// What is asked of a store.
#[derive(Clone, Default)]
pub struct Wanted<'a> {
    /// The digest that the last edition is known to have.
    pub head: Option<String>,
    /// Digests that editions are expected to have, or their beginnings.
    pub expected: Vec<String>,
    /// Build each edition again, with what compares it with the one before.
    pub rebuild: Option<&'a Compare<'a>>,
    /// Who must have signed; `None`: nobody, and the keys are those that the store itself names.
    pub demand: Option<Demand>,
    /// Build this edition again, and no other; files and chain are checked in whole.
    pub only: Option<u32>,
}

/// What was found of one edition; problems are relative to the store.
#[derive(Debug, Clone)]
pub struct EditionFinding {
    pub edition: Edition,
    pub problems: Vec<Problem>,
    /// The signatures that hold.
    pub signed: Vec<Signed>,
    /// `None` when it was not asked for, or when the bag is damaged.
    pub rebuilt: Option<Rebuilt>,
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

/// Checks a store over all cores; `done` is told of every edition that is through, and of how many
/// there are.
///
/// # Errors
/// When the store cannot be read at all.
pub fn verify(
    store: &Store,
    wanted: &Wanted<'_>,
    mut done: impl FnMut(usize, usize),
) -> Result<Findings, StoreFault> {
    let settled = store.settle();
    let state = store.chain()?;
    let ChainFaults { store: faults, editions: mut links, unlisted, .. } =
        check_chain(&state, wanted.head.as_deref());
    let mut faults = faults;
    let signers = match &wanted.demand {
        Some(demand) => demand.signers.clone(),
        None => store.signers().unwrap_or_else(|problems| {
            faults.extend(problems);
            Signers::default()
        }),
    };
    let asked = Asked {
        digests: DigestCache::default(),
        workshop: wanted.rebuild.map(|compare| Workshop { fonts: Fonts::embedded(), compare }),
        signers,
        demand: wanted.demand.clone(),
        only: wanted.only,
    };
    let beside = unlisted::beside_editions(store)?;
    drop(settled);
    let chosen = state.editions;
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(chosen.len());
    let mut found: Vec<Option<EditionFinding>> = chosen.iter().map(|_| None).collect();
    std::thread::scope(|scope| {
        let (send, receive) = channel();
        for _ in 0..workers {
            let (send, next, chosen, asked) = (send.clone(), &next, &chosen, &asked);
            scope.spawn(move || {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(edition) = chosen.get(place) else { break };
                    let before = place.checked_sub(1).and_then(|before| chosen.get(before));
                    let finding = check_edition(edition, before, asked);
                    if send.send(finding).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        for (count, finding) in receive.iter().enumerate() {
            done(count + 1, chosen.len());
            let place = chosen.iter().position(|edition| *edition == finding.edition);
            if let Some(place) = place {
                found[place] = Some(finding);
            }
        }
    });
    let mut findings: Vec<EditionFinding> = found.into_iter().flatten().collect();
    let damaged: BTreeSet<u32> = findings.iter().filter_map(damaged).collect();
    let (expected, missing) = look_up(&wanted.expected, &chosen, &damaged);
    faults.extend(missing);
    for finding in &mut findings {
        let mut problems = links.remove(&finding.edition.number).unwrap_or_default();
        problems.append(&mut finding.problems);
        finding.problems = problems;
    }
    // Links of editions that were not chosen are told all the same.
    faults.extend(unlisted);
    faults.extend(beside);
    faults.extend(links.into_values().flatten());
    Ok(Findings { store: faults, editions: findings, expected })
}

/// The number of an edition whose files are not those that it lists.
fn damaged(found: &EditionFinding) -> Option<u32> {
    let is_damaged = found.problems.iter().any(|problem| problem.code == Code::BagDamaged);
    is_damaged.then_some(found.edition.number)
}

/// What every edition is checked with.
struct Asked<'a> {
    digests: DigestCache,
    /// To build it again.
    workshop: Option<Workshop<'a>>,
    signers: Signers,
    demand: Option<Demand>,
    /// The only edition to be built again.
    only: Option<u32>,
}

fn check_edition(edition: &Edition, before: Option<&Edition>, asked: &Asked<'_>) -> EditionFinding {
    let mut problems = check_bag(&edition.dir, &asked.digests);
    // What is damaged is not what was kept: to build from it would prove nothing.
    let wanted = asked.only.is_none_or(|only| only == edition.number) && problems.is_empty();
    let workshop = asked.workshop.as_ref().filter(|_| wanted);
    let (rebuilt, faults) = workshop.map(|with| rebuild(edition, before, with)).unzip();
    problems.extend(faults.unwrap_or_default());
    let message = match &rebuilt {
        Some(Rebuilt::Different(reason)) => Some(reason.clone()),
        Some(Rebuilt::Failed(reason)) => Some(format!("組み直せません。{reason}")),
        _ => None,
    };
    problems.extend(message.map(|message| {
        Problem::error(Code::RebuildDiffers, Place::file(in_payload(PDF))).message(message)
    }));
    let mut problems: Vec<Problem> =
        problems.into_iter().map(|problem| edition.in_store(problem)).collect();
    let (signed, faults) =
        edition_signatures::check(edition, &asked.signers, asked.demand.as_ref());
    problems.extend(faults);
    problems.extend(unlisted::empty_folders(edition));
    EditionFinding { edition: edition.clone(), problems, signed, rebuilt }
}
