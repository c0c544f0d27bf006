//! What is printed differently: sentences, tables, charts, headings, each with its page, its
//! place in words, what was and what is, and the cells that made it so.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Edition;
use super::causes::{Causes, Side, alike};
use super::draft::Draft;
use super::drawings::Drawings;
use super::grids::GridChanges;
use super::identity::identities;
use super::items::{Item, ItemKind, Whole, items, whole};
use super::manners::manners;
use super::notice::of_notice;
use super::printed_sentences::of_sentences;
use super::rows_of::{Origin, RowsOf};
use super::words::Segment;
use soukatsu_core::problem::Place;

/// What prints a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Sentence,
    #[serde(untagged)]
    Item(ItemKind),
}

/// A text that is printed differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PrintedChange {
    pub kind: Kind,
    /// The printed page numbers, or 表紙 and the like by position; of the edition that has it.
    pub pages: Vec<PageNumber>,
    /// The chapter of the first page, as the edition before calls it.
    pub chapter: String,
    /// Of every page.
    #[serde(skip)]
    pub(super) origins: Vec<Origin>,
    /// `指標表「市民満足度」のR6`, `「地区担当職員制度の導入」第2段落`.
    pub spot: String,
    /// Of a sentence: where it stands in the prose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// `None` when it came.
    pub old: Option<String>,
    /// `None` when it went.
    pub new: Option<String>,
    pub old_parts: Vec<Segment>,
    pub new_parts: Vec<Segment>,
    /// Indices into the changed cells that it rests on.
    pub causes: Vec<usize>,
    /// The same of the rows of tables that came or went.
    #[serde(skip)]
    pub(super) parts: Vec<usize>,
    /// Whether the prose itself says something else here, beside what follows from the data.
    #[serde(skip)]
    pub(super) written: bool,
    /// Whether it is only counted, added up or otherwise made from its cells, so that somebody
    /// who looks for the correction of a cell does not look here.
    #[serde(skip)]
    pub(super) counted: bool,
}

impl PrintedChange {
    /// Keeps the pages that differ, by physical number, and the chapter of the first of them; of
    /// a row over several pages those that hold the text, when any does. When no page is said to
    /// differ, all stay.
    ///
    /// `text`: what is printed on a page, without blanks.
    pub fn narrow<'t>(
        &mut self,
        differs: impl Fn(usize) -> bool,
        text: impl Fn(usize) -> Option<&'t str>,
    ) {
        if !self.pages.iter().any(|page| differs(page.physical)) {
            return;
        }
        let own = self.new.as_ref().or(self.old.as_ref()).map(|own| without_blanks(own));
        let holds = |page: &PageNumber| {
            let (own, text) = (own.as_deref().unwrap_or_default(), text(page.physical));
            text.is_some_and(|text| text.contains(own))
        };
        let mut kept: Vec<(PageNumber, Origin)> = std::mem::take(&mut self.pages)
            .into_iter()
            .zip(std::mem::take(&mut self.origins))
            .filter(|(page, _)| differs(page.physical))
            .collect();
        let holding: BTreeSet<usize> =
            kept.iter().filter(|(page, _)| holds(page)).map(|(_, origin)| origin.row).collect();
        kept.retain(|(page, origin)| !holding.contains(&origin.row) || holds(page));
        (self.pages, self.origins) = kept.into_iter().unzip();
        self.chapter =
            self.origins.first().map(|origin| origin.chapter.clone()).unwrap_or_default();
    }

    /// The pages by the numbers that they have on the paper people hold; a page that came has its
    /// own.
    pub fn held_pages(&self) -> Vec<PageNumber> {
        let pages = self.pages.iter().zip(&self.origins);
        let mut held: Vec<PageNumber> =
            pages.map(|(page, origin)| origin.held.unwrap_or(*page)).collect();
        held.sort_by_key(|page| page.physical);
        held.dedup();
        held
    }

    /// Whether its pages are those of the edition before, because nothing of it is left.
    pub fn is_gone(&self) -> bool {
        self.new.is_none()
    }
}

/// A page by both its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageNumber {
    /// From 1, the cover included.
    pub physical: usize,
    pub printed: Option<u64>,
    /// What a page without a number is.
    pub kind: PageName,
}

/// Pages by what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageName {
    Cover,
    Contents,
    Body,
}

/// A sentence that says the same at another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedSentence {
    pub text: String,
    pub old: Place,
    pub new: Place,
}

/// What is printed differently, in the order of the pages, and what only moved.
pub(super) fn printed(
    old: Edition<'_>,
    new: Edition<'_>,
    data: &GridChanges,
) -> (Vec<PrintedChange>, Vec<MovedSentence>) {
    let [of_old, of_new] = identities(old.report, new.report);
    let rows = RowsOf::new([old, new], &of_new.pages);
    let mut changes: Vec<(usize, PrintedChange)> = Vec::new();
    let (was_drawn, is_drawn) = (Drawings::of(old), Drawings::of(new));
    let before = items(old.report, &of_old, &was_drawn);
    let after = items(new.report, &of_new, &is_drawn);
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
        let mut causes = Causes::of(data, Side::Old, cells(was).iter()).and(Causes::of(
            data,
            Side::New,
            cells(is).iter(),
        ));
        if causes.is_empty() {
            causes = alike(data, was_text.as_deref(), is_text.as_deref());
        }
        // People hold the edition before: its names are on their paper.
        let mut spot = was.unwrap_or(item).spot.clone();
        if whole == Some(Whole::Lead) {
            spot =
                spot.rsplit_once('の').map_or(spot.clone(), |(thing, _)| format!("{thing}の全体"));
        }
        let kind = Kind::Item(item.kind);
        let place = item.place.clone();
        let change = Draft {
            written: place.is_some(),
            place,
            causes,
            counted: item.counted,
            ..Draft::new(kind, spot, &item.rows)
        };
        changes.push((rows.order(&item.rows), change.finish(&rows, was_text, is_text)));
    }
    let drawn = [(old.report, &was_drawn), (new.report, &is_drawn)];
    for manner in manners(drawn[0], drawn[1], &of_new, &changes_of(&changes)) {
        let causes = manner.causes(data);
        let kind = Kind::Item(ItemKind::Figure);
        let draft =
            Draft { causes, is_picture: true, ..Draft::new(kind, manner.spot(), &manner.rows) };
        let (was, is) = (Some(manner.was), Some(manner.is));
        changes.push((rows.order(&manner.rows), draft.finish(&rows, was, is)));
    }
    changes.extend(of_notice(old, new, data, &rows));
    let (sentences, moved) = of_sentences(old, new, data, &rows);
    changes.extend(sentences);
    // Stable: within a page first the items, then the sentences, as they were found.
    changes.sort_by_key(|(row, _)| *row);
    (merged(changes.into_iter().map(|(_, change)| change)), moved)
}

/// The figures of which a text changed.
fn changes_of(changes: &[(usize, PrintedChange)]) -> BTreeSet<String> {
    let figures = changes.iter().filter(|(_, change)| change.kind == Kind::Item(ItemKind::Figure));
    let number = |spot: &str| {
        let rest = spot.strip_prefix('図')?;
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '-')?;
        Some(rest[..end].to_owned())
    };
    figures.filter_map(|(_, change)| number(&change.spot)).collect()
}

/// The same heading or running line on several pages is one change.
fn merged(changes: impl Iterator<Item = PrintedChange>) -> Vec<PrintedChange> {
    let mut done: Vec<PrintedChange> = Vec::new();
    for change in changes {
        let same = |other: &&mut PrintedChange| {
            other.kind == Kind::Item(ItemKind::Heading)
                && (other.kind, &other.spot, &other.old, &other.new)
                    == (change.kind, &change.spot, &change.old, &change.new)
        };
        match done.iter_mut().find(same) {
            Some(other) => {
                for (page, origin) in change.pages.into_iter().zip(change.origins) {
                    if !other.pages.contains(&page) {
                        other.pages.push(page);
                        other.origins.push(origin);
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

/// As texts of pages are compared: a line may break anywhere.
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
