//! The guard: what was meant to be corrected, held against what changed.
//!
//! The pages follow from the data, the prose, report.toml and the template alone, so these are
//! held against the list: what is printed differently without an unlisted change among them
//! follows from a listed one. What moved on the pages is told by [`crate::compare::paper::shifts`].

use std::collections::{BTreeMap, BTreeSet};

use super::problems::{
    not_made, unfounded, unlisted, unlisted_cell, unlisted_part, unlisted_prose, unlisted_text,
};
use super::target::{ListedCorrection, Target};
use super::unlisted_prose::{Unexplained, UnexplainedKind, file_words};
use crate::compare::comparison::Comparison;
use crate::compare::data::{
    CellChange, MANIFEST, PartChange, RenamedFile, TableChanges, changes_beside, is_table_of,
    renamed_files,
};
use crate::compare::edition::Edition;
use crate::compare::printed::{PrintedChange, pages_of_files};
use crate::compare::prose::{compare_sentences, sentences};
use soukatsu_core::model::correction::Correction;
use soukatsu_core::model::official::APPROVALS;
use soukatsu_core::problem::{Place, Problem};

/// Intended corrections, each with what it is of in the two editions.
#[derive(Debug)]
pub struct Expectation<'a> {
    entries: Vec<ListedCorrection<'a>>,
    /// The changed sentences by the place that their change has.
    sentences: BTreeMap<Place, ChangedSentence>,
    /// What differs in the prose files that are listed by their words, beside those.
    unexplained: Vec<Unexplained>,
    /// Prose files that are not listed and differ in nothing but remarks.
    remarked: BTreeSet<String>,
    /// The entries whose words were replaced, by index.
    made: BTreeSet<usize>,
    /// The files that are listed by one of their names and only have another one.
    renames: Vec<RenamedFile>,
    /// What differs in the tables beside the names of those files, when there are such.
    beside: Option<TableChanges>,
}

/// A sentence that is another one than before; the old one first.
#[derive(Debug, Default)]
struct ChangedSentence {
    /// Without what the data says.
    skeletons: [Option<String>; 2],
    /// The first and the last line of it in its file.
    lines: [Option<(u32, u32)>; 2],
}

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
            match Target::of(correction, old, new) {
                Ok(target) => entries.push(ListedCorrection { correction, target }),
                Err(problem) => problems.push(*problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let sentences = |edition: Edition<'_>| sentences(edition.report, &edition.bindings.prose);
        let (was, is) = (sentences(old), sentences(new));
        let changed = compare_sentences(&was, &is).into_iter().filter_map(|(was, is)| {
            let both = [was, is];
            let skeletons = both.map(|side| side.map(|sentence| sentence.skeleton.clone()));
            let lines = both.map(|side| side.map(|sentence| sentence.lines));
            Some((is.or(was)?.place.clone(), ChangedSentence { skeletons, lines }))
        });
        let sentences = changed.collect();
        let mut expectation = Expectation {
            entries,
            sentences,
            unexplained: Vec::new(),
            remarked: BTreeSet::new(),
            made: BTreeSet::new(),
            renames: renamed_files(old, new),
            beside: None,
        };
        let mut listed = std::mem::take(&mut expectation.renames);
        listed.retain(|file| {
            expectation.lists_whole(&file.old) || expectation.lists_whole(&file.new)
        });
        if !listed.is_empty() {
            expectation.beside = Some(changes_beside(old, new, &listed));
        }
        expectation.renames = listed;
        let prose = old.report.prose.iter().chain(&new.report.prose);
        let files: BTreeSet<&String> = prose.map(|prose| &prose.file).collect();
        let files: Vec<&String> =
            files.into_iter().filter(|file| !expectation.is_renamed(file)).collect();
        for file in files {
            let Some(entries) = expectation.words_of(file) else {
                let found = file_words(file, [old, new], Vec::new()).unexplained;
                if !found.is_empty() && found.iter().all(|one| one.kind == UnexplainedKind::Remarks)
                {
                    expectation.remarked.insert(file.clone());
                }
                continue;
            };
            let (indices, corrections): (Vec<usize>, Vec<_>) = entries.into_iter().unzip();
            let found = file_words(file, [old, new], corrections);
            expectation.unexplained.extend(found.unexplained);
            expectation.made.extend(found.made.iter().filter_map(|made| indices.get(*made)));
        }
        Ok(expectation)
    }

    /// The entries of a file that is listed by its words alone.
    fn words_of(&self, file: &str) -> Option<Vec<(usize, &'a Correction)>> {
        let entries = self.entries.iter().enumerate();
        let entries: Vec<(usize, &ListedCorrection<'a>)> =
            entries.filter(|(_, listed)| listed.target.covers_file(file)).collect();
        let by_words = entries.iter().all(|(_, listed)| listed.is_by_words());
        let corrections = entries.iter().map(|(index, listed)| (*index, listed.correction));
        (by_words && !entries.is_empty()).then(|| corrections.collect())
    }

    /// Whether a file of a template is listed: then any page may look otherwise.
    pub fn lists_template(&self, template: &BTreeMap<String, Vec<u8>>) -> bool {
        template.keys().any(|file| self.lists(file))
    }

    /// The pages on which the listed files that differ are printed, by physical number of the new
    /// edition: what is set otherwise there was meant to be.
    pub fn listed_pages(&self, new: Edition<'_>, comparison: &Comparison) -> BTreeSet<usize> {
        pages_of_files(new, &comparison.files, &|file| self.lists(file))
    }

    fn lists_whole(&self, file: &str) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|listed| listed.target.covers_file(file) && !listed.is_by_words())
    }

    /// Whether a file is listed and only has another name, or had one.
    fn is_renamed(&self, file: &str) -> bool {
        self.renames.iter().any(|renamed| renamed.is_called(file))
    }

    fn lists(&self, file: &str) -> bool {
        self.entries.iter().any(|listed| listed.target.covers_file(file))
    }

    /// What changed and is not listed, and what is listed and did not change as it should.
    pub fn unexpected(&self, comparison: &Comparison) -> Vec<Problem> {
        let mut problems = Vec::new();
        let data = self.beside.as_ref().unwrap_or(&comparison.data);
        let targets = || self.entries.iter().map(|listed| &listed.target);
        let covered = |change: &CellChange| targets().any(|target| target.covers(change));
        for change in data.cells.iter().filter(|change| !covered(change)) {
            let index = comparison.data.cells.iter().position(|other| other == change);
            problems.push(unlisted_cell(comparison, index, change));
        }
        let listed = |part: &&PartChange| targets().any(|target| target.covers_part(part));
        let parts = data.parts.iter().filter(|part| !listed(part));
        problems.extend(parts.map(unlisted_part));
        // A table whose changes are told one by one is not told again.
        let is_told = |file: &str| {
            let TableChanges { cells, parts, .. } = &comparison.data;
            let mut cells = cells.iter().map(|change| &change.table);
            let mut parts = parts.iter().map(|part| &part.table);
            cells.any(|table| is_table_of(table, file))
                || parts.any(|table| is_table_of(table, file))
        };
        let files = comparison.files.iter();
        // An approval is of a certain content, so every correction asks for new ones.
        let files = files.filter(|file| *file != APPROVALS && !is_told(file));
        let files = files.filter(|file| !self.lists(file) && !self.is_renamed(file));
        problems.extend(files.map(|file| {
            let message = if self.remarked.contains(file) {
                format!("予定にないファイル「{file}」の注釈（// か /* */）だけが変わっています。紙面には出ません")
            } else if comparison.is_table(file) {
                format!("予定にないファイル「{file}」の、表の値でない所（注釈、文字コード、改行、隠れたシート、書式など）が変わっています。紙面には出ませんが、正式版には添付されます")
            } else {
                format!("予定にないファイル「{file}」が変わっています")
            };
            unlisted(Place::file(file.as_str()), file).message(message)
        }));
        problems.extend(self.unlisted_prose(comparison));
        problems.extend(unfounded(comparison));
        for (index, entry) in self.entries.iter().enumerate() {
            // The same words may be listed twice.
            let same = |made: &usize| {
                let other = &self.entries[*made];
                let (one, two) = (other.correction, entry.correction);
                (&one.old, &one.new) == (&two.old, &two.new) && other.target == entry.target
            };
            let made = self.made.contains(&index) || self.made.iter().any(same);
            problems.extend(not_made(entry, made, comparison));
        }
        problems
    }

    /// In files that are listed by their words: other sentences, other words of the listed ones,
    /// and what is no sentence.
    fn unlisted_prose(&self, comparison: &Comparison) -> Vec<Problem> {
        let mut problems = Vec::new();
        for found in &self.unexplained {
            let texts: Vec<Problem> = match found.kind {
                UnexplainedKind::Words => {
                    let changes = comparison.printed.iter();
                    let changes =
                        changes.filter_map(|change| Some((change.place.as_ref()?, change)));
                    let here = changes.filter(|(place, change)| self.is_of(found, place, change));
                    here.map(|(place, change)| unlisted_text(place, change)).collect()
                }
                _ => Vec::new(),
            };
            match texts.is_empty() {
                true => problems.push(unlisted_prose(found)),
                false => problems.extend(texts),
            }
        }
        problems
    }

    /// Whether a sentence stands on these lines and was not made by the listed words alone.
    fn is_of(&self, found: &Unexplained, place: &Place, change: &PrintedChange) -> bool {
        let Some(sentence) = self.sentences.get(place) else { return false };
        let on = |side: usize| {
            let lines = &found.lines[side];
            let span = sentence.lines[side];
            span.is_some_and(|(first, last)| first < lines.end && last >= lines.start)
        };
        let [was, is] = &sentence.skeletons;
        *place.file == *found.file
            && (on(0) || on(1))
            && was != is
            && !self.is_made(&found.file, [&change.old, &change.new])
            && !self.is_made(&found.file, [was, is])
    }

    /// Whether a text is another one with the listed words replaced.
    fn is_made(&self, file: &str, texts: [&Option<String>; 2]) -> bool {
        let [Some(old), Some(new)] = texts else { return false };
        let entries = self.words_of(file).into_iter().flatten();
        let pairs = entries.filter_map(|(_, entry)| entry.old.as_deref().zip(entry.new.as_deref()));
        let made = pairs.fold(old.clone(), |text, (old, new)| text.replacen(old, new, 1));
        made == *new
    }

    /// The reasons of all listed corrections that a change rests on, in the order of the list,
    /// each once.
    pub fn reasons(&self, comparison: &Comparison, change: &PrintedChange) -> Vec<&str> {
        let behind = |listed: &&ListedCorrection<'_>| {
            let target = &listed.target;
            let mut cells = change.causes.iter().filter_map(|i| comparison.data.cells.get(*i));
            let mut parts = change.parts.iter().filter_map(|i| comparison.data.parts.get(*i));
            let file = change.place.as_ref().filter(|_| change.written).map(|place| &place.file);
            cells.any(|cell| target.covers(cell))
                || parts.any(|part| target.covers_part(part))
                || file.is_some_and(|file| target.covers_file(file)) && listed.has_fragments(change)
        };
        let known = !change.causes.is_empty() || !change.parts.is_empty() || change.written;
        let mut found: Vec<&ListedCorrection<'_>> = match known {
            true => self.entries.iter().filter(behind).collect(),
            false => self.only_one(comparison).into_iter().collect(),
        };
        let mut seen = BTreeSet::new();
        found.retain(|listed| seen.insert(&listed.correction.reason));
        found.into_iter().filter_map(|listed| listed.correction.reason.as_deref()).collect()
    }

    /// The correction behind a change of which nothing is known, such as a figure that went with
    /// its call: when there is a single one that it could be.
    fn only_one(&self, comparison: &Comparison) -> Option<&ListedCorrection<'_>> {
        let could = |listed: &&ListedCorrection<'_>| {
            let target = &listed.target;
            let part = || comparison.data.parts.iter().any(|part| target.covers_part(part));
            target.is_whole() || target.file == MANIFEST || part()
        };
        let mut found = self.entries.iter().filter(could);
        found.next().filter(|_| found.next().is_none())
    }
}
