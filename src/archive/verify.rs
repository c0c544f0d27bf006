//! Whether a store is as it was left: bags, chain, and each edition built again.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use super::chain::{self, ChainFaults};
use super::check::check;
use super::digests::Digests;
use super::edition::Edition;
use super::proven::in_store;
use super::rebuild::{Rebuilt, rebuild};
use super::signed::{self, Signed};
use super::signers::Signers;
use super::store::{EDITIONS, Store, StoreFault};
use super::strays;
use crate::problem::{Code, Place, Problem};
use crate::world::Fonts;

/// What is asked of a store.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The digest that the last edition is known to have.
    pub head: Option<String>,
    /// Build each edition again.
    pub rebuild: bool,
    /// Whose keys are known; `None`: those that the store itself names.
    pub signers: Option<Signers>,
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
    wanted: &Wanted,
    mut done: impl FnMut(usize, usize),
) -> Result<Findings, StoreFault> {
    let settled = store.settle();
    let ChainFaults { store: faults, editions: mut links, strays, .. } =
        chain::check(store, wanted.head.as_deref())?;
    let mut faults = faults;
    let signers = match &wanted.signers {
        Some(signers) => signers.clone(),
        None => store.signers().unwrap_or_else(|problems| {
            faults.extend(problems);
            Signers::default()
        }),
    };
    let asked = Asked {
        digests: Digests::default(),
        fonts: wanted.rebuild.then(Fonts::embedded),
        signers,
        strict: wanted.signers.is_some(),
        only: wanted.only,
    };
    let (editions, _) = store.editions()?;
    let beside = strays::beside_editions(store)?;
    drop(settled);
    let chosen: Vec<Edition> = editions;
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(chosen.len());
    let mut found: Vec<Option<EditionFinding>> = chosen.iter().map(|_| None).collect();
    std::thread::scope(|scope| {
        let (send, receive) = channel();
        for _ in 0..workers {
            let (send, next, chosen, asked) = (send.clone(), &next, &chosen, &asked);
            scope.spawn(move || {
                while let Some(edition) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let finding = check_edition(edition, asked);
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
    for finding in &mut findings {
        let mut problems = links.remove(&finding.edition.number).unwrap_or_default();
        problems.append(&mut finding.problems);
        finding.problems = problems;
    }
    // Links of editions that were not chosen are told all the same.
    faults.extend(strays);
    faults.extend(beside);
    faults.extend(links.into_values().flatten());
    Ok(Findings { store: faults, editions: findings })
}

/// What every edition is checked with.
struct Asked {
    digests: Digests,
    /// To build it again.
    fonts: Option<Fonts>,
    signers: Signers,
    /// Whether somebody of the list must have signed.
    strict: bool,
    /// The only edition to be built again.
    only: Option<u32>,
}

fn check_edition(edition: &Edition, asked: &Asked) -> EditionFinding {
    let root = format!("{EDITIONS}/{}", edition.name());
    let mut problems: Vec<Problem> = check(&edition.dir, &asked.digests)
        .into_iter()
        .map(|problem| in_store(edition, problem))
        .collect();
    // What is damaged is not what was kept: to build from it would prove nothing.
    let wanted = asked.only.is_none_or(|only| only == edition.number);
    let fonts = asked.fonts.as_ref().filter(|_| wanted);
    let rebuilt = fonts.filter(|_| problems.is_empty()).map(|fonts| rebuild(&edition.dir, fonts));
    let message = match &rebuilt {
        Some(Rebuilt::Different(reason)) => Some(reason.clone()),
        Some(Rebuilt::Failed(reason)) => Some(format!("組み直せません。{reason}")),
        _ => None,
    };
    problems.extend(message.map(|message| {
        Problem::error(Code::RebuildDiffers, Place::file(format!("{root}/data/official.pdf")))
            .message(message)
    }));
    let (signed, faults) = signed::check(edition, &asked.signers, asked.strict);
    problems.extend(faults);
    problems.extend(strays::empty_folders(edition));
    EditionFinding { edition: edition.clone(), problems, signed, rebuilt }
}
