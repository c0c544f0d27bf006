//! The rows of a 正誤表: what is printed wrong, what is right, and what followed from it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Comparison;
use super::items::ItemKind;
use super::printed::{Kind, PageNumber, PrintedChange};
use super::words::Segment;

/// A row of the 正誤表.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ErrataRow {
    pub pages: Vec<PageNumber>,
    pub chapter: String,
    pub spot: String,
    /// Empty when the text came.
    pub wrong: Vec<Segment>,
    /// Empty when the text went.
    pub right: Vec<Segment>,
    pub reason: Option<String>,
    /// Whether it changed only because the row above that is none did.
    pub follows: bool,
    /// Of a row that follows: the corrections behind it, when they are several.
    pub corrections: Vec<String>,
}

/// The rows in the order of the pages; what followed from a changed cell stands under the entry
/// that prints this cell.
///
/// `told`: which changes stand in it. `reason` says why a change was made; a group has the first
/// that any of its changes has.
pub fn errata<'r>(
    comparison: &Comparison,
    told: impl Fn(&PrintedChange) -> bool,
    reason: impl Fn(&PrintedChange) -> Option<&'r str>,
) -> Vec<ErrataRow> {
    let changes = comparison.printed.iter().filter(|change| is_printed(change) && told(change));
    let mut rows = Vec::new();
    for group in groups(changes) {
        let why = group.iter().find_map(|(change, _)| reason(change));
        let row = |(index, (change, causes)): (usize, &(&PrintedChange, Vec<usize>))| ErrataRow {
            pages: change.held_pages(),
            chapter: change.chapter.clone(),
            spot: change.spot.clone(),
            wrong: change.old_parts.clone(),
            right: change.new_parts.clone(),
            reason: why.filter(|_| index == 0).map(str::to_owned),
            follows: index > 0,
            corrections: match index > 0 && causes.len() > 1 {
                true => corrections(comparison, causes),
                false => Vec::new(),
            },
        };
        rows.extend(group.iter().enumerate().map(row));
    }
    rows
}

/// Whether it is seen on paper.
fn is_printed(change: &PrintedChange) -> bool {
    change.kind != Kind::Item(ItemKind::FigureAlt)
}

/// What belongs to one correction, the head first; the groups in the order of their heads. With
/// each change a cell of every correction that it rests on.
fn groups<'c>(
    changes: impl Iterator<Item = &'c PrintedChange>,
) -> Vec<Vec<(&'c PrintedChange, Vec<usize>)>> {
    let mut changes: Vec<&PrintedChange> = changes.collect();
    changes.sort_by_key(|change| first_page(change));
    // The entries that show a changed cell itself; without any, what comes first.
    let mut heads: BTreeMap<usize, usize> = BTreeMap::new();
    let shows = |(_, change): &(usize, &&PrintedChange)| shows_its_cell(change);
    let indexed = || changes.iter().enumerate();
    for (index, change) in indexed().filter(shows).chain(indexed()) {
        for cause in &change.causes {
            heads.entry(*cause).or_insert(index);
        }
    }
    let mut by_head: BTreeMap<usize, Vec<(&PrintedChange, Vec<usize>)>> = BTreeMap::new();
    for (index, change) in indexed() {
        let mut own: BTreeMap<usize, usize> = BTreeMap::new();
        for cause in &change.causes {
            own.entry(heads.get(cause).copied().unwrap_or(index)).or_insert(*cause);
        }
        let head = own.keys().next().copied().unwrap_or(index);
        by_head.entry(head).or_default().push((change, own.into_values().collect()));
    }
    let group = |(head, mut group): (usize, Vec<(&'c PrintedChange, Vec<usize>)>)| {
        let head = changes[head];
        group.sort_by_key(|(change, _)| (!std::ptr::eq(*change, head), !shows_its_cell(change)));
        group
    };
    by_head.into_iter().map(group).collect()
}

/// Changes without pages stand last.
fn first_page(change: &PrintedChange) -> usize {
    change.held_pages().first().map_or(usize::MAX, |page| page.physical)
}

/// Whether a change is an entry of a table, chart or heading that shows the very cell that was
/// mended, and neither counts cells nor speaks of them.
fn shows_its_cell(change: &PrintedChange) -> bool {
    let counted = matches!(change.kind, Kind::Sentence | Kind::Item(ItemKind::StatusTable));
    !counted && !change.causes.is_empty()
}

/// The corrections by the names of their cells.
fn corrections(comparison: &Comparison, causes: &[usize]) -> Vec<String> {
    let cells = causes.iter().filter_map(|cause| comparison.data.cells.get(*cause));
    cells.map(|cell| format!("{}の{}", cell.row, cell.column)).collect()
}
