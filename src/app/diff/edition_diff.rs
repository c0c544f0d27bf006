//! The comparison itself.

use std::fmt;

use serde_json::{Value, json};

use super::built_side::{BuiltSide, UnreadReport};
use super::csv;
use super::notes::{Note, notes};
use super::page_order;
use super::paper::Paper;
use super::pictures::PagesNotCompared;
use super::side::Side;
use super::text::{self, Line};
use crate::app::{Cancelled, Progress, Step, Workshop};
use crate::compare::{Comparison, Edition, compare, rearranged_pages};
use soukatsu_core::problem::Problem;

/// Two editions, compared as far as they can be.
pub struct Diff {
    /// The older edition first.
    pub built: [BuiltSide; 2],
    /// What can be compared and what cannot, and why.
    pub notes: Vec<Note>,
    /// Data and prose; `None` when an edition has no sources that can be read.
    pub comparison: Option<Comparison>,
    pub paper: Result<Paper, PagesNotCompared>,
    /// Pages that are set otherwise beside the texts that are told of them.
    pub rearranged: Option<Note>,
}

/// Why two editions are not compared.
#[derive(Debug)]
pub enum NotCompared {
    /// Report folders that cannot be read at all.
    Unread(Vec<UnreadReport>),
    Cancelled(Cancelled),
}

impl fmt::Display for NotCompared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotCompared::Unread(reports) => {
                let lines: Vec<String> = reports.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            NotCompared::Cancelled(cancelled) => cancelled.fmt(f),
        }
    }
}

impl Diff {
    /// Compares two editions; `names`: how they are called, the older first.
    ///
    /// # Errors
    /// Why they are not compared.
    pub fn new(
        sides: [Side; 2],
        names: [&str; 2],
        workshop: &Workshop,
        progress: &dyn Progress,
    ) -> Result<Self, NotCompared> {
        progress.step(Step::CompareEditions);
        let built = BuiltSide::both(sides, names, workshop).map_err(NotCompared::Unread)?;
        progress.go_on().map_err(NotCompared::Cancelled)?;
        let notes = notes(&built);
        let [Some((old, before)), Some((new, after))] = built.each_ref().map(BuiltSide::read)
        else {
            progress.step(Step::ComparePictures);
            let paper = Paper::of(&built, workshop);
            return Ok(Diff { built, notes, comparison: None, paper, rearranged: None });
        };
        let mut comparison = compare(before, after);
        progress.go_on().map_err(NotCompared::Cancelled)?;
        let paper = Paper::of(&built, workshop);
        if let Ok(paper) = &paper {
            paper.narrow(&mut comparison.printed, [old, new]);
        }
        let rearranged = rearranged_pages(before, after, &comparison.moved);
        let pages = paper
            .as_ref()
            .map(|paper| page_order::rearranged(paper, &comparison.printed, &rearranged));
        let pages = pages.unwrap_or_default();
        let rearranged = (!pages.is_empty()).then_some(Note::Rearranged { pages });
        Ok(Diff { built, notes, comparison: Some(comparison), paper, rearranged })
    }

    /// What is compared of the editions; `None` without the sources of both.
    pub(super) fn editions(&self) -> Option<[Edition<'_>; 2]> {
        let [old, new] = self.built.each_ref().map(BuiltSide::read);
        Some([old?.1, new?.1])
    }

    /// How the editions are called.
    pub fn names(&self) -> [&str; 2] {
        self.built.each_ref().map(|built| built.name.as_str())
    }

    /// Whether a PDF was changed after it was made.
    pub fn is_altered(&self) -> bool {
        self.built.iter().any(BuiltSide::is_altered)
    }

    /// Whether the newer edition has errors.
    pub fn new_has_errors(&self) -> bool {
        self.built[1].build.as_ref().is_some_and(|build| build.has_errors())
    }

    /// Whether no page looks otherwise; `None` when pages were not compared.
    pub fn has_same_pages(&self) -> Option<bool> {
        let altered = self.comparison.is_some() && self.is_altered();
        self.paper.as_ref().ok().map(|paper| paper.is_same() && !altered)
    }

    /// Whether the editions are proven to be the same, as far as they could be compared.
    pub fn is_same(&self) -> bool {
        let data = self.comparison.as_ref().is_none_or(Comparison::is_empty);
        data && self.has_same_pages() == Some(true)
    }

    /// Everything that differs, as lines for people.
    pub fn lines(&self) -> Vec<Line> {
        let paper = self.paper.as_ref().ok();
        let Some(comparison) = &self.comparison else {
            return paper.map(|paper| text::pages_only(paper, self.names())).unwrap_or_default();
        };
        let mut lines = text::lines(comparison, self.names(), self.has_same_pages());
        lines.extend(text::pages_behind(paper));
        lines
    }

    /// Everything that differs, for other programs; `unexpected`: what the guard found, where
    /// data and prose were compared.
    pub fn json(&self, unexpected: &[Problem]) -> Value {
        let [old, new] = self.names();
        let notes: Vec<String> =
            self.notes.iter().chain(&self.rearranged).map(ToString::to_string).collect();
        let mut whole = json!({
            "old": old, "new": new, "only-pages": self.comparison.is_none(), "notes": notes,
            "changes": self.comparison, "pages": self.paper.as_ref().ok().map(Paper::json),
        });
        if self.comparison.is_some() {
            whole["unexpected"] = json!(unexpected);
        }
        whole
    }

    /// Everything that differs as a table, with a byte order mark for Excel.
    pub fn csv(&self) -> Vec<u8> {
        let paper = self.paper.as_ref().ok();
        match &self.comparison {
            Some(comparison) => csv::of(comparison, paper),
            None => paper.map(Paper::table).unwrap_or_default(),
        }
    }
}
