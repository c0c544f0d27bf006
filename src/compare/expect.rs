//! The guard: what was meant to be corrected, held against what changed.
//!
//! The pages follow from the data, the prose, report.toml and the template alone, so these are
//! held against the list: what is printed differently without an unlisted change among them
//! follows from a listed one. What moved on the pages is told by [`super::paper::shifts`].

use std::collections::BTreeMap;

use super::aim::Aim;
use super::grids::PartChange;
use super::printed::PrintedChange;
use super::sentences::{Sentence, compare_sentences, sentences};
use super::unexpected::{
    not_made, unlisted, unlisted_cell, unlisted_markup, unlisted_part, unlisted_text,
};
use super::{CellChange, Comparison, Edition};
use crate::model::correction::Correction;
use crate::model::official::APPROVALS;
use crate::problem::{Place, Problem};

/// The manifest; its changes carry no place to the printed title, so any of them may be why.
pub(super) const MANIFEST: &str = "report.toml";

/// Intended corrections, each with what it is of in the two editions.
#[derive(Debug)]
pub struct Expectation<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    /// The changed sentences by the place that their change has, without what the data says.
    skeletons: BTreeMap<Place, [Option<String>; 2]>,
}

pub(super) type Entry<'a> = (&'a Correction, Aim);

impl<'a> Expectation<'a> {
    /// Looks up what the corrections are of.
    ///
    /// # Errors
    /// Targets that neither edition has, and such that could be several rows.
    pub fn new(
        corrections: &'a [Correction],
        old: Edition<'_>,
        new: Edition<'_>,
    ) -> Result<Self, Vec<Problem>> {
        let (mut entries, mut problems) = (Vec::new(), Vec::new());
        for correction in corrections {
            match Aim::of(correction, old, new) {
                Ok(aim) => entries.push((correction, aim)),
                Err(problem) => problems.push(*problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let sentences = |edition: Edition<'_>| sentences(edition.report, &edition.bindings.prose);
        let (was, is) = (sentences(old), sentences(new));
        let skeleton = |sentence: Option<&Sentence>| sentence.map(|s| s.skeleton.clone());
        let skeletons = compare_sentences(&was, &is).into_iter().filter_map(|(was, is)| {
            Some((is.or(was)?.place.clone(), [skeleton(was), skeleton(is)]))
        });
        Ok(Expectation { entries, skeletons: skeletons.collect() })
    }

    /// Whether a file of a template is listed: then any page may look otherwise.
    pub fn lists_template(&self, template: &BTreeMap<String, Vec<u8>>) -> bool {
        template.keys().any(|file| self.lists(file))
    }

    fn lists(&self, file: &str) -> bool {
        self.entries.iter().any(|(_, aim)| aim.covers_file(file))
    }

    /// What changed and is not listed, and what is listed and did not change as it should.
    pub fn unexpected(&self, comparison: &Comparison) -> Vec<Problem> {
        let mut problems = Vec::new();
        let covered = |change: &CellChange| self.entries.iter().any(|(_, aim)| aim.covers(change));
        for (index, change) in comparison.data.cells.iter().enumerate() {
            if !covered(change) {
                problems.push(unlisted_cell(comparison, index, change));
            }
        }
        let listed = |part: &&PartChange| self.entries.iter().any(|(_, aim)| aim.covers_part(part));
        let parts = comparison.data.parts.iter().filter(|part| !listed(part));
        problems.extend(parts.map(unlisted_part));
        let files = comparison.files.iter();
        // An approval is of a certain content, so every correction asks for new ones.
        let files = files.filter(|file| *file != APPROVALS && !comparison.is_table(file));
        problems.extend(files.filter(|file| !self.lists(file)).map(|file| {
            unlisted(Place::file(file.as_str()), file)
                .message(format!("予定にないファイル「{file}」が変わっています"))
        }));
        problems.extend(self.unlisted_prose(comparison));
        for entry in &self.entries {
            problems.extend(not_made(entry, comparison));
        }
        problems
    }

    /// In files whose sentences are listed by their words: other sentences, other words of the
    /// listed ones, and what is no sentence.
    fn unlisted_prose(&self, comparison: &Comparison) -> Vec<Problem> {
        let by_words = |file: &str| {
            let mut entries =
                self.entries.iter().filter(|(_, aim)| aim.covers_file(file)).peekable();
            entries.peek().is_some() && entries.all(|(correction, _)| by_words(correction))
        };
        let mut problems = Vec::new();
        for change in &comparison.printed {
            let Some(place) = change.place.as_ref().filter(|place| by_words(&place.file)) else {
                continue;
            };
            let skeletons = self.skeletons.get(place);
            let written = skeletons.is_none_or(|[old, new]| old != new);
            if written && !self.is_listed(&place.file, change, skeletons) {
                problems.push(unlisted_text(place, change));
            }
        }
        let markup = comparison.markup.iter().filter(|change| by_words(&change.place.file));
        problems.extend(markup.map(unlisted_markup));
        problems
    }

    /// Whether a sentence came to be what it is by the listed words alone.
    fn is_listed(
        &self,
        file: &str,
        change: &PrintedChange,
        skeletons: Option<&[Option<String>; 2]>,
    ) -> bool {
        let entries = || self.entries.iter().filter(|(_, aim)| aim.covers_file(file));
        let pairs: Vec<(&str, &str)> = entries()
            .filter_map(|(correction, _)| {
                Some((correction.old.as_deref()?, correction.new.as_deref()?))
            })
            .collect();
        let replaced = |text: &str| {
            pairs.iter().fold(text.to_owned(), |text, (old, new)| text.replacen(old, new, 1))
        };
        let made = |old: &Option<String>, new: &Option<String>| match (old, new) {
            (Some(old), Some(new)) => replaced(old) == *new,
            _ => false,
        };
        if made(&change.old, &change.new) || skeletons.is_some_and(|[old, new]| made(old, new)) {
            return true;
        }
        // A sentence that came or went has nothing to be replaced in.
        let alike = |text: &str, part: &Option<String>| {
            part.as_deref().is_some_and(|part| text.contains(part) || part.contains(text.trim()))
        };
        let known = |correction: &Correction| match (&change.old, &change.new) {
            // Of which only one side was given is known by that.
            (Some(old), Some(new)) => match (&correction.old, &correction.new) {
                (Some(part), None) => old.contains(part),
                (None, Some(part)) => new.contains(part),
                _ => false,
            },
            (Some(text), None) => alike(text, &correction.old),
            (None, Some(text)) => alike(text, &correction.new),
            (None, None) => true,
        };
        entries().any(|(correction, _)| known(correction))
    }
}

pub(super) fn by_words(correction: &Correction) -> bool {
    correction.old.is_some() || correction.new.is_some()
}

/// Whether a sentence holds what the correction says of it.
pub(super) fn has_fragments(correction: &Correction, change: &PrintedChange) -> bool {
    let holds = |text: &Option<String>, part: &Option<String>| match part {
        Some(part) => text.as_deref().unwrap_or_default().contains(part.as_str()),
        None => true,
    };
    holds(&change.old, &correction.old) && holds(&change.new, &correction.new)
}
