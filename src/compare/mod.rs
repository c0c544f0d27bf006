//! Two editions of a report side by side: what changed, where it is printed, what followed.
//!
//! In: two reports with what their calls come to, and their pages. Out: the changes, as data.

mod aim;
mod blocks;
mod causes;
mod claims;
mod draft;
mod drawings;
mod errata;
mod expect;
mod grids;
mod identity;
mod items;
mod layout_only;
mod listed_words;
mod manners;
mod markup;
mod notice;
pub mod paper;
mod printed;
mod printed_sentences;
mod reasons;
mod renames;
mod rows;
mod rows_of;
mod sentences;
mod tokens;
mod unexpected;
mod unlisted_prose;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use claims::{ClaimChange, ValueChange};
pub use errata::{ErrataRow, errata};
pub use expect::Expectation;
pub use grids::{CellChange, GridChanges, PartChange, Presence, compare_grids};
pub use items::ItemKind;
pub use layout_only::rearranged_pages;
pub use markup::MarkupChange;
pub use printed::{Kind, MovedSentence, PageName, PageNumber, PrintedChange, without_blanks};
pub use sentences::{Sentence, compare_sentences, sentences};
use serde::Serialize;
pub use words::{Segment, likeness, marked};

use crate::compile::RowPages;
use soukatsu_core::bind::Bindings;
use soukatsu_core::model::report::Report;

/// One of the two editions.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    pub report: &'a Report,
    pub bindings: &'a Bindings,
    /// Where the rows of the page map came to stand; empty when the report could not be laid out.
    pub rows: &'a [RowPages],
    /// The files of a template of its own, by their path in the report folder.
    pub template: &'a BTreeMap<String, Vec<u8>>,
    /// What its cover says of data that is not final.
    pub notice: Option<&'a str>,
}

/// Everything that differs between two editions.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// Cells with another text, and rows and columns that came or went.
    #[serde(flatten)]
    pub data: GridChanges,
    /// Files whose bytes differ, by path.
    pub files: Vec<String>,
    /// Values in sentences that are computed from cells and came out differently.
    pub values: Vec<ValueChange>,
    /// Claims that held and no longer do, or the other way round.
    pub claims: Vec<ClaimChange>,
    /// Lines of the prose that differ beside its sentences.
    pub markup: Vec<MarkupChange>,
    /// What is printed differently, in the order of the pages.
    pub printed: Vec<PrintedChange>,
    /// Sentences that say the same at another place.
    pub moved: Vec<MovedSentence>,
    /// The changed files that are tables.
    #[serde(skip)]
    tables: BTreeSet<String>,
}

impl Comparison {
    /// Whether the two editions print and hold the same.
    pub fn is_empty(&self) -> bool {
        *self == Comparison::default()
    }

    /// Whether a changed file is a table, whose changes are told cell by cell.
    pub fn is_table(&self, file: &str) -> bool {
        self.tables.contains(file)
    }
}

/// Compares two editions.
pub fn compare(old: Edition<'_>, new: Edition<'_>) -> Comparison {
    let data = compare_grids(&old.report.grids, &new.report.grids);
    let (printed, moved) = printed::printed(old, new, &data);
    let (values, claims) = claims::compare_calls(old, new);
    let files = files(old, new);
    let grids = || old.report.grids.keys().chain(new.report.grids.keys());
    // A sheet is named with its workbook.
    let of = |grid: &String, file: &str| {
        grid.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let tables = files.iter().filter(|file| grids().any(|grid| of(grid, file))).cloned().collect();
    let markup = markup::compare_markup(old, new);
    Comparison { files, data, values, claims, markup, printed, moved, tables }
}

fn files(old: Edition<'_>, new: Edition<'_>) -> Vec<String> {
    let all = |edition: Edition<'_>| -> BTreeMap<String, Vec<u8>> {
        let sources = edition.report.sources.iter();
        let sources = sources.map(|(path, source)| (path.clone(), source.bytes.clone()));
        sources.chain(edition.template.clone()).collect()
    };
    let (was, is) = (all(old), all(new));
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    names.into_iter().filter(|name| was.get(*name) != is.get(*name)).cloned().collect()
}
