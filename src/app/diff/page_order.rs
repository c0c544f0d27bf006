//! What became of whole pages, as far as a 正誤表 can say it.

use std::collections::BTreeSet;

use super::paper::Paper;
use crate::compare::paper::{PageAt, PageChange, PageChangeKind};
use crate::compare::{ErrataRow, PageFate, PageName, PageNumber, PrintedChange, Segment, Spot};

/// The rows on pages that came, went, moved, or have another number; pages in a row are one.
pub fn rows(paper: &Paper) -> Vec<ErrataRow> {
    let whole = |change: &&PageChange| fate(change).is_some();
    let mut runs: Vec<Vec<&PageChange>> = Vec::new();
    for change in paper.changes.iter().filter(whole) {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| goes_on(last, change)) => run.push(change),
            _ => runs.push(vec![change]),
        }
    }
    let mut rows: Vec<ErrataRow> = runs.iter().filter_map(|run| row(paper, run)).collect();
    rows.sort_by_key(|row| row.pages.first().map(|page| page.physical));
    rows
}

/// Whether a change only repeats that its pages came or went as a whole.
pub fn is_told(paper: &Paper, change: &PrintedChange) -> bool {
    let all = |kind: PageChangeKind, side: fn(&PageChange) -> Option<&PageAt>| {
        let is = |physical: usize| {
            let mut pages = paper.changes.iter().filter(|page| page.kind == kind);
            pages.any(|page| side(page).is_some_and(|at| at.physical == physical))
        };
        !change.pages.is_empty() && change.pages.iter().all(|page| is(page.physical))
    };
    match (&change.old, &change.new) {
        (None, Some(_)) => all(PageChangeKind::Added, |page| page.new.as_ref()),
        (Some(_), None) => all(PageChangeKind::Removed, |page| page.old.as_ref()),
        _ => false,
    }
}

/// The pages that look otherwise although no change of a text stands on them.
pub fn untold<'p>(paper: &'p Paper, printed: &[PrintedChange]) -> Vec<&'p PageChange> {
    let told = |change: &PageChange| {
        let seen = || printed.iter().filter(|text| !text.kind.is_heard());
        let mut pages = seen().filter(|text| !text.is_gone()).flat_map(|text| &text.pages);
        let mut gone = seen().filter(|text| text.is_gone()).flat_map(|text| &text.pages);
        let physical = |at: &Option<PageAt>| at.as_ref().map(|at| at.physical);
        pages.any(|page| Some(page.physical) == physical(&change.new))
            || gone.any(|page| Some(page.physical) == physical(&change.old))
    };
    let changed = paper.content.iter().filter(|change| change.kind == PageChangeKind::Changed);
    changed.filter(|change| !told(change)).collect()
}

/// The names of the pages that are set otherwise beside the texts that are told of them.
pub fn rearranged(
    paper: &Paper,
    printed: &[PrintedChange],
    pages: &BTreeSet<usize>,
) -> Vec<String> {
    let told = |at: &PageAt| {
        let mut numbers =
            printed.iter().filter(|text| !text.is_gone()).flat_map(|text| &text.pages);
        numbers.any(|page| page.physical == at.physical)
    };
    let changed = paper.content.iter().filter(|change| change.kind == PageChangeKind::Changed);
    let set_otherwise = changed.filter(|change| {
        change.new.as_ref().is_some_and(|at| pages.contains(&at.physical) && told(at))
    });
    set_otherwise.filter_map(|change| paper.new_name(change)).collect()
}

/// What became of a page as a whole. One that moved may differ, too.
fn fate(change: &PageChange) -> Option<PageFate> {
    let moved = change.old.as_ref().zip(change.new.as_ref());
    let moved = moved.is_some_and(|(old, new)| old.physical != new.physical);
    Some(match change.kind {
        PageChangeKind::Added => PageFate::Added,
        PageChangeKind::Removed => PageFate::Removed,
        PageChangeKind::Moved => PageFate::Moved,
        PageChangeKind::Changed if moved => PageFate::Moved,
        PageChangeKind::Renumbered => PageFate::Renumbered,
        PageChangeKind::Changed | PageChangeKind::InvisibleOnly => return None,
    })
}

/// Whether a page follows another one in both editions, with the same fate.
fn goes_on(last: &PageChange, next: &PageChange) -> bool {
    let follows = |last: &Option<PageAt>, next: &Option<PageAt>| match (last, next) {
        (Some(last), Some(next)) => {
            last.physical + 1 == next.physical && last.printed.is_some() == next.printed.is_some()
        }
        (None, None) => true,
        _ => false,
    };
    fate(last) == fate(next) && follows(&last.old, &next.old) && follows(&last.new, &next.new)
}

fn row(paper: &Paper, run: &[&PageChange]) -> Option<ErrataRow> {
    let (first, last) = (run.first()?, run.last()?);
    let span = |name: &dyn Fn(&PageChange) -> Option<String>| {
        let (from, to) = (name(first)?, name(last)?);
        Some(if from == to { from } else { format!("{from}から{to}まで") })
    };
    let text = |text: Option<String>, note: &str| {
        let segment = |text| Segment { text: format!("{text}{note}"), changed: true };
        text.map(segment).into_iter().collect::<Vec<_>>()
    };
    let (was, is) =
        (span(&|change| paper.old_name(change)), span(&|change| paper.new_name(change)));
    let pages = run.iter().filter_map(|change| change.old.as_ref().or(change.new.as_ref()));
    Some(ErrataRow {
        pages: pages.map(number).collect(),
        chapter: String::new(),
        spot: Spot::Pages(fate(first)?),
        wrong: text(was, ""),
        right: text(is, if first.kind == PageChangeKind::Added { "を加える" } else { "" }),
        reason: None,
        follows: false,
        corrections: Vec::new(),
    })
}

fn number(at: &PageAt) -> PageNumber {
    let printed = at.printed.as_deref().and_then(|printed| printed.parse().ok());
    PageNumber { physical: at.physical, printed, kind: PageName::Body }
}
