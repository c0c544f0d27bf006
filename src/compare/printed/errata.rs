//! The rows of a 正誤表: what is printed wrong, what is right, and what followed from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::change::PrintedChange;
use super::page_map::PageNumber;
use super::spots::{PrintedKind, Spot};
use crate::compare::prose::Segment;
use soukatsu_core::problem::look_alike;

/// A row of the 正誤表.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ErrataRow {
    pub pages: Vec<PageNumber>,
    pub chapter: String,
    pub spot: Spot,
    /// Empty when the text came.
    pub wrong: Vec<Segment>,
    /// Empty when the text went.
    pub right: Vec<Segment>,
    /// Of a row that follows none, and when some was given.
    pub reason: Option<String>,
    /// Whether it changed only because rows above it did.
    pub follows: bool,
    /// Of a row that follows several: the spots of those.
    pub corrections: Vec<Spot>,
}

/// The rows in the order of the pages; what followed from a changed cell stands under the entry
/// that prints this cell. A sentence that was also written otherwise is a correction of its own.
///
/// `included`: which changes stand in it. `reasons` says why a change was made, of all that is behind
/// it.
pub fn errata<'r>(
    printed: &[PrintedChange],
    included: impl Fn(&PrintedChange) -> bool,
    reasons: impl Fn(&PrintedChange) -> Vec<&'r str>,
) -> Vec<ErrataRow> {
    let changes = printed.iter().filter(|change| is_printed(change) && included(change));
    let mut changes: Vec<&PrintedChange> = changes.collect();
    changes.sort_by_key(|change| first_page(change));
    let heads = heads(&changes);
    let row = |index: usize| {
        let (change, own) = (changes[index], &heads[index]);
        let follows = !own.contains(&index);
        let reason = (!follows).then(|| reasons(change).join("、"));
        let spots = own.iter().map(|head| changes[*head].spot.clone());
        ErrataRow {
            pages: change.held_pages(),
            chapter: change.chapter.clone(),
            spot: change.spot.clone(),
            wrong: change.old_parts.clone(),
            right: told_apart(change),
            reason: reason.filter(|reason| !reason.is_empty()),
            follows,
            corrections: if follows && own.len() > 1 { spots.collect() } else { Vec::new() },
        }
    };
    order(&changes, &heads).into_iter().map(row).collect()
}

/// What is right; where that looks like what is wrong, with what differs.
fn told_apart(change: &PrintedChange) -> Vec<Segment> {
    let mut right = change.new_parts.clone();
    let texts = change.old.as_deref().zip(change.new.as_deref());
    if let Some(difference) = texts.and_then(|(old, new)| look_alike(old, new)) {
        let text = format!("（よく似た別の字に改める: {difference}）");
        right.push(Segment { text, changed: false });
    }
    right
}

/// Whether it is seen on paper.
fn is_printed(change: &PrintedChange) -> bool {
    !change.kind.is_heard()
}

/// By change: the changes that show what is behind it. One that is among its own is a correction,
/// and every other one follows from those.
fn heads(changes: &[&PrintedChange]) -> Vec<BTreeSet<usize>> {
    // The entries that show a changed cell or row itself; without any, what comes first.
    let mut first: BTreeMap<(bool, usize), usize> = BTreeMap::new();
    let shows = |(_, change): &(usize, &&PrintedChange)| shows_its_cell(change);
    let indexed = || changes.iter().enumerate();
    for (index, change) in indexed().filter(shows).chain(indexed()) {
        for cause in behind(change) {
            first.entry(cause).or_insert(index);
        }
    }
    let of = |(index, change): (usize, &&PrintedChange)| {
        let mut own: BTreeSet<usize> =
            behind(change).filter_map(|cause| first.get(&cause)).copied().collect();
        if change.written || own.is_empty() {
            own.insert(index);
        }
        own
    };
    indexed().map(of).collect()
}

/// The changed cells, and the rows that came or went.
fn behind(change: &PrintedChange) -> impl Iterator<Item = (bool, usize)> + '_ {
    let cells = change.causes.iter().map(|cell| (false, *cell));
    cells.chain(change.parts.iter().map(|part| (true, *part)))
}

/// The corrections in the order of the pages, each with what follows from it and from none that
/// comes later.
fn order(changes: &[&PrintedChange], heads: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..changes.len()).collect();
    order.sort_by_key(|index| {
        let own = &heads[*index];
        match own.contains(index) {
            true => (*index, false, false, *index),
            false => {
                let last = own.last().copied().unwrap_or(*index);
                (last, true, !shows_its_cell(changes[*index]), *index)
            }
        }
    });
    order
}

/// Changes without pages stand last.
fn first_page(change: &PrintedChange) -> usize {
    change.held_pages().first().map_or(usize::MAX, |page| page.physical)
}

/// Whether a change is an entry of a table, chart or heading that shows the very cell that was
/// mended, and neither counts cells nor speaks of them.
fn shows_its_cell(change: &PrintedChange) -> bool {
    change.kind != PrintedKind::Sentence && !change.counted && behind(change).next().is_some()
}
