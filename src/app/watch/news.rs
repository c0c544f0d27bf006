//! What is new in a build: the files and cells that changed, the problems that came and went.

use std::collections::BTreeMap;
use std::path::Path;

use super::cells::{TableNews, table_news};
use crate::app::Build;
use crate::app::files;
use soukatsu_core::problem::Problem;

/// Files by their path below the report folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Every file that a build read. Without a readable report.toml nothing else was read: then the
/// others count as they were.
pub fn files(build: &Build, root: &Path, before: Option<&(Files, Vec<Problem>)>) -> Files {
    let Some(report) = &build.report else {
        let mut files = before.map(|(files, _)| files.clone()).unwrap_or_default();
        files.remove("report.toml");
        let manifest = files::read(&root.join("report.toml")).ok();
        files.extend(manifest.map(|bytes| ("report.toml".to_owned(), bytes)));
        return files;
    };
    let sources = report.sources.iter().map(|(path, source)| (path.clone(), source.bytes.clone()));
    let own = build.own_template_files().map(|(path, text)| (path, text.to_vec()));
    sources.chain(own).collect()
}

/// Which files are not as they were, by their path below the report folder.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileNews {
    pub changed: Vec<String>,
    pub added: Vec<String>,
    pub gone: Vec<String>,
    /// Still in the folder, but not read any more.
    pub unused: Vec<String>,
    /// Cells, rows and columns of changed tables.
    pub cells: Vec<TableNews>,
    /// Nothing differs from what the PDF before was made from.
    pub restored: bool,
}

impl FileNews {
    /// The news between two states. `printed`: whether they are compared with those of the last
    /// PDF, and are in a new one. A file that is still in the folder `root` is not gone.
    pub(super) fn between(old: &Files, new: &Files, root: &Path, printed: bool) -> Self {
        let changed = names(new, |name, bytes| old.get(name).is_some_and(|old| old != bytes));
        let added = names(new, |name, _| !old.contains_key(name));
        let missing = names(old, |name, _| !new.contains_key(name));
        let (unused, gone): (Vec<String>, Vec<String>) =
            missing.into_iter().partition(|name| root.join(name).is_file());
        let cells = changed.iter().flat_map(|name| table_news(name, &old[name], &new[name]));
        let cells = cells.collect();
        let none = [&changed, &added, &gone, &unused].iter().all(|names| names.is_empty());
        FileNews { changed, added, gone, unused, cells, restored: none && printed }
    }
}

fn names(files: &Files, chosen: impl Fn(&str, &Vec<u8>) -> bool) -> Vec<String> {
    let chosen = files.iter().filter(|(name, bytes)| chosen(name, bytes));
    chosen.map(|(name, _)| name.clone()).collect()
}

/// Which problems came and went.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProblemNews {
    /// Every error, and what else is new.
    pub new: Vec<Problem>,
    /// So many warnings and hints are as they were told before.
    pub unchanged: usize,
    pub settled: Vec<Problem>,
}

impl ProblemNews {
    pub(super) fn between(before: &[Problem], now: &[Problem]) -> Self {
        let (told, new): (Vec<&Problem>, Vec<&Problem>) =
            now.iter().partition(|problem| !problem.is_error() && before.contains(problem));
        let settled = before.iter().filter(|old| !now.iter().any(|problem| is_same(old, problem)));
        ProblemNews {
            new: new.into_iter().cloned().collect(),
            unchanged: told.len(),
            settled: settled.cloned().collect(),
        }
    }
}

/// A problem stays the same when lines above it come or go, and when its cell gets another wrong
/// value.
fn is_same(one: &Problem, other: &Problem) -> bool {
    (one.code, &one.place.file) == (other.code, &other.place.file)
        && (one.message == other.message || one.place == other.place)
}
