//! What is printed differently, of all kinds, in the order of the pages.

use std::collections::BTreeSet;

use super::causes::{Causes, alike};
use super::change::{ChangeDraft, MovedSentence, PrintedChange};
use super::figure_drawings::FigureDrawings;
use super::items::{Item, Whole, items, whole};
use super::page_map::PageMap;
use super::provisional_notice::notice_change;
use super::restyled_figures::restyled_figures;
use super::sentence_changes::sentence_changes;
use super::spots::{PrintedKind, Spot};
use crate::compare::data::{MatchedIds, TableChanges, match_things};
use crate::compare::edition::{Edition, Side};

/// A change with the row of the page map by which it is sorted.
type OnRow = (usize, PrintedChange);

/// What is printed differently, in the order of the pages, and what only moved.
pub fn printed_changes(
    old: Edition<'_>,
    new: Edition<'_>,
    data: &TableChanges,
) -> (Vec<PrintedChange>, Vec<MovedSentence>) {
    let ids = match_things(old.report, new.report);
    let map = PageMap::new([old, new], &ids[1].pages);
    let drawings = [old, new].map(FigureDrawings::of);
    let mut changes = item_changes([old, new], data, &ids, &drawings, &map);
    let texts = figures_of(&changes);
    let [of_old, of_new] = &drawings;
    for figure in restyled_figures((old.report, of_old), (new.report, of_new), &ids[1], &texts) {
        let causes = figure.causes(data);
        let draft = ChangeDraft {
            causes,
            is_picture: true,
            ..ChangeDraft::new(figure.spot(), &figure.rows)
        };
        let (was, is) = (Some(figure.old_text()), Some(figure.new_text()));
        changes.push((map.order(&figure.rows), draft.finish(&map, was, is)));
    }
    changes.extend(notice_change(old, new, data, &map));
    let (sentences, moved) = sentence_changes(old, new, data, &map);
    changes.extend(sentences);
    // Stable: within a page first the items, then the sentences, as they were found.
    changes.sort_by_key(|(row, _)| *row);
    (merged(changes.into_iter().map(|(_, change)| change)), moved)
}

/// The texts of tables, charts, lists and headings that differ.
fn item_changes(
    [old, new]: [Edition<'_>; 2],
    data: &TableChanges,
    ids: &[MatchedIds; 2],
    drawings: &[FigureDrawings; 2],
    map: &PageMap<'_>,
) -> Vec<OnRow> {
    let before = items(old.report, &ids[0], &drawings[0]);
    let after = items(new.report, &ids[1], &drawings[1]);
    let mut changes = Vec::new();
    let gone = before.keys().iter().filter(|key| after.get(key).is_none());
    for key in after.keys().iter().chain(gone) {
        let (was, is) = (before.get(key), after.get(key));
        let Some(item) = is.or(was) else { continue };
        if was.zip(is).is_some_and(|(was, is)| was.is_same(is)) {
            continue;
        }
        let whole = whole(key, &before, &after);
        if whole == Some(Whole::Part) {
            continue;
        }
        let text = |item: Option<&Item>| item.map(|item| item.text.clone());
        let (was_text, is_text) = (text(was), text(is));
        let cells = |item: Option<&Item>| item.map(|item| item.cells.clone()).unwrap_or_default();
        let of_old = Causes::of(data, Side::Old, cells(was).iter());
        let mut causes = of_old.and(Causes::of(data, Side::New, cells(is).iter()));
        if causes.is_empty() {
            causes = alike(data, was_text.as_deref(), is_text.as_deref());
        }
        // People hold the edition before: its names are on their paper.
        let spot = was.unwrap_or(item).spot.clone();
        let spot = if whole == Some(Whole::Lead) { spot.whole() } else { spot };
        let place = item.place.clone();
        let change = ChangeDraft {
            written: place.is_some(),
            place,
            causes,
            counted: item.counted,
            ..ChangeDraft::new(spot, &item.rows)
        };
        changes.push((map.order(&item.rows), change.finish(map, was_text, is_text)));
    }
    changes
}

/// The numbers of the figures of which a text changed.
fn figures_of(changes: &[OnRow]) -> BTreeSet<String> {
    let number = |(_, change): &OnRow| match &change.spot {
        Spot::Figure { number, .. } if change.kind == PrintedKind::Figure => Some(number.clone()),
        _ => None,
    };
    changes.iter().filter_map(number).collect()
}

/// The same heading or running line on several pages is one change.
fn merged(changes: impl Iterator<Item = PrintedChange>) -> Vec<PrintedChange> {
    let mut done: Vec<PrintedChange> = Vec::new();
    for change in changes {
        let same = |other: &&mut PrintedChange| {
            other.kind == PrintedKind::Heading
                && (&other.spot, &other.old, &other.new) == (&change.spot, &change.old, &change.new)
        };
        match done.iter_mut().find(same) {
            Some(other) => {
                for (page, context) in change.pages.into_iter().zip(change.contexts) {
                    if !other.pages.contains(&page) {
                        other.pages.push(page);
                        other.contexts.push(context);
                    }
                }
                other.causes.extend(change.causes);
                other.causes.sort_unstable();
                other.causes.dedup();
                other.parts.extend(change.parts);
                other.parts.sort_unstable();
                other.parts.dedup();
            }
            None => done.push(change),
        }
    }
    done
}
