//! Whether a store is as it was left, and each edition what its own sources make.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use super::rebuild::rebuild;
use super::selection::{NoEdition, Selection, select};
use super::store_error::{StoreError, open_store};
use crate::app::{Cancelled, Progress, Step, Workshop, files};
use crate::archive::{Demand, Edition, EditionFinding, Findings, Signers, StoreCheck};
use crate::world::Fonts;
use soukatsu_core::problem::{Problem, closest};

/// What is asked of a store.
#[derive(Debug, Clone, Default)]
pub struct VerifyRequest {
    pub store: PathBuf,
    /// The digest that the last edition is known to have.
    pub head: Option<String>,
    /// Digests that editions are expected to have, or their beginnings.
    pub expected: Vec<String>,
    /// Who must have signed; `None`: nobody, and the keys are those that the store itself names.
    pub demand: Option<Demand>,
    /// Builds each edition again.
    pub rebuild: bool,
    /// Builds this edition again, and no other; files and chain are checked in whole.
    pub only: Option<u32>,
}

/// Why nothing can be said of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotVerified {
    Store(StoreError),
    /// An edition that is not there would ask for nothing.
    Edition(NoEdition),
    Cancelled(Cancelled),
}

impl fmt::Display for NotVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotVerified::Store(error) => error.fmt(f),
            NotVerified::Edition(none) => none.fmt(f),
            NotVerified::Cancelled(cancelled) => cancelled.fmt(f),
        }
    }
}

/// Checks a store over all cores; the progress is told of every edition that is through.
///
/// # Errors
/// What stands in the way; faults of the store are no such, but findings.
pub fn verify(request: &VerifyRequest, progress: &dyn Progress) -> Result<Findings, NotVerified> {
    let store = open_store(&request.store).map_err(NotVerified::Store)?;
    let from = request.demand.as_ref().and_then(|demand| demand.from);
    for number in [request.only, from].into_iter().flatten() {
        select(&store, &Selection::Number(number)).map_err(NotVerified::Edition)?;
    }
    progress.step(Step::VerifyEditions);
    let check = StoreCheck::begin(&store, request.head.as_deref(), request.demand.as_ref());
    let check = check.map_err(StoreError::at(&request.store)).map_err(NotVerified::Store)?;
    let workshop = request.rebuild.then(|| Workshop::new(Fonts::embedded()));
    let findings = all_editions(&check.editions, progress, |edition, before| {
        let mut problems = check.bag_faults(edition);
        // What is damaged is not what was kept: to build from it would prove nothing.
        let wanted = request.only.is_none_or(|only| only == edition.number) && problems.is_empty();
        let workshop = workshop.as_ref().filter(|_| wanted);
        let (rebuilt, faults) = workshop.map(|with| rebuild(edition, before, with)).unzip();
        problems.extend(faults.unwrap_or_default());
        check.finding(edition, problems, rebuilt)
    });
    progress.go_on().map_err(NotVerified::Cancelled)?;
    Ok(check.finish(findings, &request.expected))
}

/// What is found of all editions, in their order; `work` is given each with the one before it.
/// When the job is given up, no further edition is begun.
fn all_editions(
    editions: &[Edition],
    progress: &dyn Progress,
    work: impl Fn(&Edition, Option<&Edition>) -> EditionFinding + Sync,
) -> Vec<EditionFinding> {
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(editions.len());
    let mut found: Vec<Option<EditionFinding>> = editions.iter().map(|_| None).collect();
    std::thread::scope(|scope| {
        let (send, receive) = channel();
        for _ in 0..workers {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                while !progress.is_cancelled() {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(edition) = editions.get(place) else { break };
                    let before = place.checked_sub(1).and_then(|before| editions.get(before));
                    if send.send((place, work(edition, before))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        for (count, (place, finding)) in receive.iter().enumerate() {
            progress.count(count + 1, editions.len());
            found[place] = Some(finding);
        }
    });
    found.into_iter().flatten().collect()
}

/// Why a list of signers cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoDemand {
    /// The list cannot be read; in Japanese, why.
    Unreadable(PathBuf, String),
    /// The list has faults.
    Faulty(Vec<Problem>),
    /// Nobody of the list has this name; `near`: one that is like it.
    UnknownName { list: PathBuf, name: String, near: Option<String>, names: Vec<String> },
}

impl fmt::Display for NoDemand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoDemand::Unreadable(list, reason) => {
                write!(f, "署名する人の一覧「{}」を読めません（{reason}）。", list.display())
            }
            NoDemand::Faulty(_) => f.write_str("署名する人の一覧に誤りがあります。"),
            NoDemand::UnknownName { list, name, near, names } => {
                let list = list.display();
                write!(f, "署名する人の一覧「{list}」に「{name}」という名前がありません。")?;
                match near {
                    Some(near) => write!(f, "「{near}」ではありませんか。"),
                    None => write!(f, "一覧にあるのは {} です。", names.join("、")),
                }
            }
        }
    }
}

/// Whose signatures are asked for, by the list of signers in a file; `by`: each of these must have
/// signed, when empty, anybody of the list; `from`: every edition from this number on.
///
/// # Errors
/// Why the list is of no use.
pub fn demand(list: &Path, from: Option<u32>, by: &[String]) -> Result<Demand, NoDemand> {
    let bytes =
        files::read(list).map_err(|reason| NoDemand::Unreadable(list.to_owned(), reason))?;
    let signers = Signers::read(&list.display().to_string(), &bytes).map_err(NoDemand::Faulty)?;
    let known: Vec<&str> =
        signers.iter().flat_map(|signer| &signer.names).map(String::as_str).collect();
    if let Some(name) = by.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(NoDemand::UnknownName {
            list: list.to_owned(),
            name: name.clone(),
            near: closest(name, known.iter().copied()).map(str::to_owned),
            names: known.into_iter().map(str::to_owned).collect(),
        });
    }
    Ok(Demand { signers, from, by: by.to_vec() })
}
