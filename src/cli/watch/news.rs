//! What is told of a build: the files and cells that changed, the problems that came and went.

use std::collections::BTreeMap;
use std::path::Path;

use super::cells::corrections;
use crate::app::Build;
use crate::app::files;
use crate::cli::printer::Printer;
use soukatsu_core::problem::{Problem, Severity};

/// Files by their path below the report folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// So many cells, files or settled problems are named; the rest is counted.
const NAMED: usize = 10;

/// Every file that a build read. Without a readable report.toml nothing else was read: then the
/// others count as they were.
pub fn files(outcome: &Build, root: &Path, before: Option<&(Files, Vec<Problem>)>) -> Files {
    let Some(report) = &outcome.report else {
        let mut files = before.map(|(files, _)| files.clone()).unwrap_or_default();
        files.remove("report.toml");
        let manifest = files::read(&root.join("report.toml")).ok();
        files.extend(manifest.map(|bytes| ("report.toml".to_owned(), bytes)));
        return files;
    };
    let sources = report.sources.iter().map(|(path, source)| (path.clone(), source.bytes.clone()));
    let own = outcome.own_template_files().map(|(path, text)| (path, text.to_vec()));
    sources.chain(own).collect()
}

/// Tells which files are not as they were. `printed`: whether they are compared with those of
/// the last PDF, and are in a new one. A file that is still in the folder `root` is not gone.
pub fn tell_files([old, new]: [&Files; 2], root: &Path, printed: bool, printer: &mut Printer) {
    let changed: Vec<&str> =
        names(new, |name, bytes| old.get(name).is_some_and(|old| old != bytes));
    let missing = names(old, |name, _| !new.contains_key(name));
    let (unused, gone): (Vec<&str>, Vec<&str>) =
        missing.into_iter().partition(|name| root.join(name).is_file());
    let lists = [
        ("変わったファイル", &changed),
        ("加わったファイル", &names(new, |name, _| !old.contains_key(name))),
        ("なくなったファイル", &gone),
        ("報告書で使わなくなったファイル（フォルダーにはあります）", &unused),
    ];
    let mut any = false;
    for (label, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
        any = true;
        let more = match names.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("、ほか{more}ファイル"),
        };
        let named = names[..names.len().min(NAMED)].join("、");
        printer.note(&format!("{label}: {named}{more}"));
    }
    if !any && printed {
        printer.note("前のPDFを作ったときと同じ内容に戻りました。");
    }
    let cells = changed.iter().flat_map(|name| corrections(name, &old[*name], &new[*name]));
    let cells: Vec<String> = cells.collect();
    for cell in cells.iter().take(NAMED) {
        printer.note(&format!("  {cell}"));
    }
    if cells.len() > NAMED {
        printer.note(&format!("  ほか{}か所", cells.len() - NAMED));
    }
}

fn names(files: &Files, chosen: impl Fn(&str, &Vec<u8>) -> bool) -> Vec<&str> {
    let chosen = files.iter().filter(|(name, bytes)| chosen(name, bytes));
    chosen.map(|(name, _)| name.as_str()).collect()
}

/// Tells every error, what else is new, and what is settled; doubts that were told before are
/// only counted.
pub fn tell_problems(before: &[Problem], now: &[Problem], prefix: &str, printer: &mut Printer) {
    let (told, new): (Vec<&Problem>, Vec<&Problem>) =
        now.iter().partition(|problem| !problem.is_error() && before.contains(problem));
    let new: Vec<Problem> = new.into_iter().cloned().collect();
    printer.problems(&new, prefix);
    if !told.is_empty() {
        printer.note(&format!("前からの注意・助言{}件はそのままです。", told.len()));
    }
    let settled: Vec<&Problem> =
        before.iter().filter(|old| !now.iter().any(|problem| is_same(old, problem))).collect();
    for problem in settled.iter().take(NAMED) {
        printer.note(&format!("解消: [{}] {}", problem.code, problem.message));
    }
    if settled.len() > NAMED {
        printer.note(&format!("解消: ほか{}件", settled.len() - NAMED));
    }
}

/// A problem stays the same when lines above it come or go, and when its cell gets another wrong
/// value.
fn is_same(one: &Problem, other: &Problem) -> bool {
    (one.code, &one.place.file) == (other.code, &other.place.file)
        && (one.message == other.message || one.place == other.place)
}

/// `誤り0、注意2`; hints are named when there are some.
pub fn count(problems: &[Problem]) -> String {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let hints = match count(Severity::Hint) {
        0 => String::new(),
        hints => format!("、助言{hints}"),
    };
    format!("誤り{}、注意{}{hints}", count(Severity::Error), count(Severity::Warning))
}
