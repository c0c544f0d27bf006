//! What is printed differently: sentences, tables, charts, headings, each with its page, its
//! place in words, what was and what is, and the cells that made it so.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Edition;
use super::grids::{CellChange, GridChanges};
use super::items::{Item, ItemKind, Name, items};
use super::sentences::{Sentence, compare_sentences, sentences};
use super::words::{Segment, marked};
use crate::bind::Bindings;
use crate::compile::RowPages;
use crate::model::report::{PageKind, Report};
use crate::problem::Place;

/// Entries of tables up to so many characters are marked as a whole.
const SHORT: usize = 16;

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
    /// The chapter or heading of the page.
    pub chapter: String,
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

pub(super) fn printed(
    old: Edition<'_>,
    new: Edition<'_>,
    data: &GridChanges,
) -> Vec<PrintedChange> {
    let mut changes: Vec<(usize, PrintedChange)> = Vec::new();
    let (before, after) = (items(old.report), items(new.report));
    let text = |item: Option<&Item>| item.map(|item| item.text.clone());
    let gone: Vec<&Name> = before.names().iter().filter(|name| after.get(name).is_none()).collect();
    let mut renamed: BTreeSet<(String, String, String)> = BTreeSet::new();
    for name in after.names().iter().chain(gone.iter().copied()) {
        let (was, is) = (before.get(name), after.get(name));
        if text(was) == text(is) {
            continue;
        }
        let (edition, item) = match (is, was) {
            (Some(item), _) => (new, item),
            (None, Some(item)) => (old, item),
            (None, None) => continue,
        };
        let twin = || match (was, is) {
            (None, Some(_)) => twin(item, gone.iter().filter_map(|name| before.get(name))),
            (Some(_), None) => {
                let come = after.names().iter().filter(|name| before.get(name).is_none());
                twin(item, come.filter_map(|name| after.get(name)))
            }
            _ => None,
        };
        if let (Some((figure, name)), Some(other)) = (&item.category, twin()) {
            let (was, is) = if is.is_some() { (&other, name) } else { (name, &other) };
            if renamed.insert((figure.clone(), was.clone(), is.clone())) {
                let spot = format!("図{figure}の項目名");
                let causes = data.cells.iter().position(|cell| cell.old == *was && cell.new == *is);
                let causes = causes.into_iter().collect();
                let change = Draft {
                    kind: Kind::Item(ItemKind::Figure),
                    spot,
                    place: None,
                    rows: &item.rows,
                    causes,
                };
                let row = item.rows.first().copied().unwrap_or_default();
                changes.push((row, change.finish(edition, Some(was.clone()), Some(is.clone()))));
            }
            continue;
        }
        let mut causes = causes(data, was.iter().flat_map(|item| &item.cells), |c| &c.old_place);
        causes.extend(self::causes(data, is.iter().flat_map(|item| &item.cells), |c| &c.new_place));
        let row = item.rows.first().copied().unwrap_or_default();
        let change = Draft {
            kind: Kind::Item(name.0),
            spot: name.1.clone(),
            place: None,
            rows: &item.rows,
            causes,
        };
        changes.push((row, change.finish(edition, text(was), text(is))));
    }
    let (before, after) =
        (sentences(old.report, &old.bindings.prose), sentences(new.report, &new.bindings.prose));
    for (was, is) in compare_sentences(&before, &after) {
        let (edition, sentence) = match (is, was) {
            (Some(sentence), _) => (new, sentence),
            (None, Some(sentence)) => (old, sentence),
            (None, None) => continue,
        };
        let mut causes = BTreeSet::new();
        if let Some(was) = was {
            let cells = cells(old.report, old.bindings, was);
            causes.extend(self::causes(data, cells.iter(), |change| &change.old_place));
        }
        if let Some(is) = is {
            let cells = cells(new.report, new.bindings, is);
            causes.extend(self::causes(data, cells.iter(), |change| &change.new_place));
        }
        let text = |sentence: Option<&Sentence>| sentence.map(|sentence| sentence.text.clone());
        let rows = [sentence.row];
        let place = Some(sentence.place.clone());
        let change =
            Draft { kind: Kind::Sentence, spot: sentence.spot(), place, rows: &rows, causes };
        changes.push((sentence.row, change.finish(edition, text(was), text(is))));
    }
    // Stable: within a page first the items, then the sentences, as they were found.
    changes.sort_by_key(|(row, _)| *row);
    changes.into_iter().map(|(_, change)| change).collect()
}

/// The name under which a value of a chart stands in the other edition, when only its name
/// changed: the same figure, the same text.
fn twin<'a>(item: &Item, others: impl Iterator<Item = &'a Item>) -> Option<String> {
    let (figure, _) = item.category.as_ref()?;
    let same = |other: &&Item| {
        other.text == item.text && other.category.as_ref().is_some_and(|(of, _)| of == figure)
    };
    let mut found = others.filter(same);
    let other = found.next()?.category.clone()?.1;
    // Two of the same value could be either.
    found
        .all(|item| item.category.as_ref().is_some_and(|(_, name)| *name == other))
        .then_some(other)
}

/// A change before its texts are known.
struct Draft<'a> {
    kind: Kind,
    spot: String,
    place: Option<Place>,
    rows: &'a [usize],
    causes: BTreeSet<usize>,
}

impl Draft<'_> {
    fn finish(
        self,
        edition: Edition<'_>,
        old: Option<String>,
        new: Option<String>,
    ) -> PrintedChange {
        let (was, is) = (old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
        // A short entry of a table is read as a whole.
        let short =
            self.kind != Kind::Sentence && was.chars().count().max(is.chars().count()) <= SHORT;
        let (old_parts, new_parts) = match short {
            true => (whole(was), whole(is)),
            false => marked(was, is),
        };
        let chapter =
            self.rows.first().map(|row| chapter(edition.report, *row)).unwrap_or_default();
        PrintedChange {
            kind: self.kind,
            pages: self.rows.iter().flat_map(|row| pages(edition, *row)).collect(),
            chapter,
            spot: self.spot,
            place: self.place,
            old,
            new,
            old_parts,
            new_parts,
            causes: self.causes.into_iter().collect(),
        }
    }
}

fn whole(text: &str) -> Vec<Segment> {
    let whole = Segment { text: text.to_owned(), changed: true };
    if text.is_empty() { Vec::new() } else { vec![whole] }
}

fn pages(edition: Edition<'_>, row: usize) -> Vec<PageNumber> {
    let rows: &[RowPages] = edition.rows;
    let Some(found) = rows.iter().find(|found| found.row == row) else { return Vec::new() };
    let kind = match edition.report.pages.get(row).map(|page| page.kind) {
        Some(PageKind::Cover) => PageName::Cover,
        Some(PageKind::Contents) => PageName::Contents,
        _ => PageName::Body,
    };
    let page = |offset: usize| PageNumber {
        physical: found.first + offset + 1,
        printed: found.printed.map(|number| number + offset as u64),
        kind,
    };
    (0..found.count).map(page).collect()
}

/// The chapter of a row: the last that began at it or before it.
fn chapter(report: &Report, row: usize) -> String {
    let begun = report.pages.iter().take(row + 1).rev().find_map(|page| page.chapter.as_ref());
    begun.map_or_else(String::new, |(number, title)| format!("{number} {title}"))
}

/// The changed cells that are among some places.
fn causes<'a>(
    data: &GridChanges,
    cells: impl Iterator<Item = &'a Place>,
    place: impl Fn(&CellChange) -> &Place,
) -> BTreeSet<usize> {
    let cells: BTreeSet<String> = cells.map(Place::located).collect();
    let changed = data.cells.iter().enumerate();
    changed.filter(|(_, change)| cells.contains(&place(change).located())).map(|(i, _)| i).collect()
}

/// The cells behind the values of a sentence.
fn cells(report: &Report, bindings: &Bindings, sentence: &Sentence) -> Vec<Place> {
    let prose = report.pages.get(sentence.row).and_then(|page| page.prose);
    let Some(bound) = prose.and_then(|index| bindings.prose.get(index)) else { return Vec::new() };
    let values = sentence.calls.iter().filter_map(|call| bound.values.get(call));
    values.flat_map(|value| value.value.cells()).map(|cell| cell.place.clone()).collect()
}
