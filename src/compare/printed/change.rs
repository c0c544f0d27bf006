//! A text that is printed differently, and how it is made: first where it stands, then its texts.

use std::collections::BTreeSet;

use serde::Serialize;

use super::causes::Causes;
use super::page_map::{PageContext, PageMap, PageNumber};
use super::spots::{PrintedKind, Spot};
use crate::compare::prose::{Segment, marked, without_blanks};
use soukatsu_core::problem::Place;

/// A text that is printed differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PrintedChange {
    pub kind: PrintedKind,
    /// The printed page numbers, or 表紙 and the like by position; of the edition that has it.
    pub pages: Vec<PageNumber>,
    /// The chapter of the first page, as the edition before calls it.
    pub chapter: String,
    /// Of every page.
    #[serde(skip)]
    pub(crate) contexts: Vec<PageContext>,
    /// Where it stands.
    pub spot: Spot,
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
    pub(crate) parts: Vec<usize>,
    /// Whether the prose itself says something else here, beside what follows from the data.
    #[serde(skip)]
    pub(crate) written: bool,
    /// Whether it is only counted, added up or otherwise made from its cells, so that somebody
    /// who looks for the correction of a cell does not look here.
    #[serde(skip)]
    pub(crate) counted: bool,
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
        let mut kept: Vec<(PageNumber, PageContext)> = std::mem::take(&mut self.pages)
            .into_iter()
            .zip(std::mem::take(&mut self.contexts))
            .filter(|(page, _)| differs(page.physical))
            .collect();
        let holding: BTreeSet<usize> =
            kept.iter().filter(|(page, _)| holds(page)).map(|(_, context)| context.row).collect();
        kept.retain(|(page, context)| !holding.contains(&context.row) || holds(page));
        (self.pages, self.contexts) = kept.into_iter().unzip();
        self.chapter =
            self.contexts.first().map(|context| context.chapter.clone()).unwrap_or_default();
    }

    /// The pages by the numbers that they have on the paper people hold; a page that came has its
    /// own.
    pub fn held_pages(&self) -> Vec<PageNumber> {
        let pages = self.pages.iter().zip(&self.contexts);
        let mut held: Vec<PageNumber> =
            pages.map(|(page, context)| context.held.unwrap_or(*page)).collect();
        held.sort_by_key(|page| page.physical);
        held.dedup();
        held
    }

    /// Whether its pages are those of the edition before, because nothing of it is left.
    pub fn is_gone(&self) -> bool {
        self.new.is_none()
    }
}

/// A sentence that says the same at another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedSentence {
    pub text: String,
    pub old: Place,
    pub new: Place,
}

/// Entries of tables up to so many characters are marked as a whole.
const SHORT: usize = 16;

/// A change before its texts are known.
pub struct ChangeDraft<'a> {
    pub spot: Spot,
    pub place: Option<Place>,
    pub rows: &'a [usize],
    pub causes: Causes,
    /// Whether its texts only stand for what is drawn.
    pub is_picture: bool,
    /// See [`PrintedChange`].
    pub written: bool,
    pub counted: bool,
}

impl<'a> ChangeDraft<'a> {
    pub fn new(spot: Spot, rows: &'a [usize]) -> Self {
        ChangeDraft {
            spot,
            rows,
            place: None,
            causes: Causes::default(),
            is_picture: false,
            written: false,
            counted: false,
        }
    }
}

impl ChangeDraft<'_> {
    /// The change, with its texts in both editions.
    pub fn finish(
        self,
        map: &PageMap<'_>,
        old: Option<String>,
        new: Option<String>,
    ) -> PrintedChange {
        let (was, is) = (old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
        // A short entry of a table is read as a whole, and so is what stands for a picture.
        let short = was.chars().count().max(is.chars().count()) <= SHORT || self.is_picture;
        let kind = self.spot.kind();
        let short = short && kind != PrintedKind::Sentence;
        let (old_parts, new_parts) = match short {
            true => (in_whole(was), in_whole(is)),
            false => marked(was, is),
        };
        let (pages, contexts): (Vec<_>, Vec<_>) =
            map.pages(self.rows, new.is_some()).into_iter().unzip();
        PrintedChange {
            kind,
            chapter: map.chapter(self.rows, new.is_some(), &contexts),
            pages,
            contexts,
            spot: self.spot,
            place: self.place,
            old,
            new,
            old_parts,
            new_parts,
            causes: self.causes.cells.into_iter().collect(),
            parts: self.causes.parts.into_iter().collect(),
            written: self.written,
            counted: self.counted,
        }
    }
}

fn in_whole(text: &str) -> Vec<Segment> {
    let whole = Segment { text: text.to_owned(), changed: true };
    if text.is_empty() { Vec::new() } else { vec![whole] }
}
