//! The rows of a 正誤表: what is printed wrong, what is right, and what followed from it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Comparison;
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
}

/// The rows in the order of the pages; what followed from a changed cell stands under the entry
/// that prints this cell.
///
/// `reason` says why a change was made; a group has the first that any of its changes has.
pub fn errata<'r>(
    comparison: &Comparison,
    reason: impl Fn(&PrintedChange) -> Option<&'r str>,
) -> Vec<ErrataRow> {
    let mut groups: Vec<Vec<&PrintedChange>> = Vec::new();
    let mut of_cell: BTreeMap<usize, usize> = BTreeMap::new();
    for change in &comparison.printed {
        let known = change.causes.first().and_then(|cause| of_cell.get(cause)).copied();
        match known {
            Some(group) => groups[group].push(change),
            None => {
                if let Some(cause) = change.causes.first() {
                    of_cell.insert(*cause, groups.len());
                }
                groups.push(vec![change]);
            }
        }
    }
    let mut rows = Vec::new();
    for mut group in groups {
        group.sort_by_key(|change| !prints_its_cell(comparison, change));
        let why = group.iter().find_map(|change| reason(change));
        let row = |(index, change): (usize, &&PrintedChange)| ErrataRow {
            pages: change.pages.clone(),
            chapter: change.chapter.clone(),
            spot: change.spot.clone(),
            wrong: change.old_parts.clone(),
            right: change.new_parts.clone(),
            reason: why.filter(|_| index == 0).map(str::to_owned),
            follows: index > 0,
        };
        rows.extend(group.iter().enumerate().map(row));
    }
    rows
}

/// Whether a change is an entry of a table or chart that shows the very cell that was mended.
fn prints_its_cell(comparison: &Comparison, change: &PrintedChange) -> bool {
    let cell = change.causes.first().and_then(|cause| comparison.data.cells.get(*cause));
    let (Kind::Item(_), Some(cell)) = (change.kind, cell) else { return false };
    change.new.as_deref().is_some_and(|text| text.contains(cell.new.as_str()))
}
