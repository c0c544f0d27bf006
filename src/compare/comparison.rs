//! Everything that differs between two editions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::data::{TableChanges, compare_tables, is_table_of};
use super::edition::Edition;
use super::printed::{MovedSentence, PrintedChange, printed_changes};
use super::prose::{ClaimChange, MarkupChange, ValueChange, compare_calls, compare_markup};

/// Everything that differs between two editions.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// Cells with another text, and rows and columns that came or went.
    #[serde(flatten)]
    pub data: TableChanges,
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
    let data = compare_tables(&old.report.grids, &new.report.grids);
    let (printed, moved) = printed_changes(old, new, &data);
    let (values, claims) = compare_calls(old, new);
    let files = changed_files(old, new);
    let tables = || old.report.grids.keys().chain(new.report.grids.keys());
    let has_table = |file: &&String| tables().any(|table| is_table_of(table, file));
    let tables = files.iter().filter(has_table).cloned().collect();
    let markup = compare_markup(old, new);
    Comparison { files, data, values, claims, markup, printed, moved, tables }
}

fn changed_files(old: Edition<'_>, new: Edition<'_>) -> Vec<String> {
    let all = |edition: Edition<'_>| -> BTreeMap<String, Vec<u8>> {
        let sources = edition.report.sources.iter();
        let sources = sources.map(|(path, source)| (path.clone(), source.bytes.clone()));
        sources.chain(edition.template.clone()).collect()
    };
    let (was, is) = (all(old), all(new));
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    names.into_iter().filter(|name| was.get(*name) != is.get(*name)).cloned().collect()
}
