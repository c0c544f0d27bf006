//! A correction on one page never moves another: what changes is what uses the corrected text or
//! cell, and a page that runs over is told, not shifted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common;
use soukatsu::app::{Build, BuildOptions, Workshop};
use soukatsu::compare::paper::{Look, looks};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::model::report::Report;

type Files = BTreeMap<String, Vec<u8>>;

/// A correction: the file with its new text, and the pages (from 0) that may change by it.
struct Correction {
    told: String,
    file: String,
    text: String,
    may_change: BTreeSet<usize>,
}

/// What came of a correction.
#[derive(Debug, Default)]
struct Verdict {
    /// Pages (from 0) that changed, without an error that tells of overflow.
    changed: usize,
    /// An error tells of it.
    refused: bool,
    overflow: bool,
    /// What must not be.
    fault: Option<String>,
}

struct Base {
    files: Files,
    looks: Vec<Look>,
    report: Report,
    /// The pages of each row of the page map.
    rows: Vec<std::ops::Range<usize>>,
}

fn session() -> Workshop {
    Workshop::new(Fonts::embedded())
}

impl Base {
    fn new() -> Base {
        let files = common::files("arao-r7");
        let outcome = session().build(&Folder::Memory(files.clone()), &BuildOptions::default());
        assert!(!outcome.has_errors(), "{:#?}", outcome.problems);
        let looks = looks(outcome.draft.as_ref().unwrap());
        let report = outcome.report.clone().unwrap();
        let mut next = 0;
        let mut pages = |count: usize| {
            next += count;
            next - count..next
        };
        let rows: Vec<_> = report.pages.iter().map(|row| pages(row.pages)).collect();
        // Every row is as long as it may be, so that its pages are known.
        assert_eq!(next, looks.len());
        Base { files, looks, report, rows }
    }

    fn text(&self, file: &str) -> String {
        String::from_utf8(self.files[file].clone()).unwrap()
    }

    /// The pages whose prose names one of these.
    fn users(&self, names: &[String]) -> BTreeSet<usize> {
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let uses = |prose: usize| {
            let text = &self.report.prose[prose].text;
            quoted.iter().any(|name| text.contains(name))
        };
        let rows = self.report.pages.iter().zip(&self.rows);
        rows.filter(|(row, _)| row.prose.is_some_and(uses)).flat_map(|(_, at)| at.clone()).collect()
    }

    fn pages_of(&self, file: &str) -> BTreeSet<usize> {
        let shows = |prose: usize| self.report.prose[prose].file == file;
        let rows = self.report.pages.iter().zip(&self.rows);
        rows.filter(|(row, _)| row.prose.is_some_and(shows))
            .flat_map(|(_, at)| at.clone())
            .collect()
    }

    fn judge(&self, session: &Workshop, correction: &Correction) -> Verdict {
        let mut files = self.files.clone();
        files.insert(correction.file.clone(), correction.text.clone().into_bytes());
        let outcome = session.build(&Folder::Memory(files), &BuildOptions::default());
        let overflow = outcome.problems.iter().any(|problem| problem.code.name() == "S601");
        let mut verdict = Verdict { refused: outcome.has_errors(), overflow, ..Verdict::default() };
        verdict.fault = self.compare(&outcome, correction, &mut verdict);
        verdict
    }

    fn compare(
        &self,
        outcome: &Build,
        correction: &Correction,
        verdict: &mut Verdict,
    ) -> Option<String> {
        let Some(draft) = &outcome.draft else {
            return (!verdict.refused).then(|| "no pages and no error".to_owned());
        };
        // Told as an error; the pages behind it are drawn for looking at only.
        if verdict.overflow {
            return (!verdict.refused).then(|| "overflow is no error".to_owned());
        }
        let now = looks(draft);
        if now.len() != self.looks.len() {
            return Some(format!("{} pages", now.len()));
        }
        let changed: Vec<usize> = (0..now.len()).filter(|at| now[*at] != self.looks[*at]).collect();
        verdict.changed = changed.len();
        let numbers = (0..now.len()).find(|at| now[*at].printed != self.looks[*at].printed);
        let stray = changed.iter().find(|at| !correction.may_change.contains(at));
        match (numbers, stray) {
            (Some(at), _) => Some(format!("another number on page {}", at + 1)),
            (None, Some(at)) => Some(format!("page {} changed", at + 1)),
            (None, None) => None,
        }
    }
}

/// Where characters stand that are plain text of the prose: outside calls and comments.
fn plain(text: &str) -> Vec<(usize, char)> {
    let mut plain = Vec::new();
    let mut depth = 0;
    let mut call = false;
    let mut code_line = false;
    let mut line_start = true;
    for (at, c) in text.char_indices() {
        if line_start {
            let rest = &text[at..];
            code_line =
                depth == 0 && (rest.starts_with("#import") || rest.trim_start().starts_with("//"));
        }
        line_start = c == '\n';
        match c {
            _ if code_line => {}
            '#' => call = true,
            '(' if call || depth > 0 => (depth, call) = (depth + 1, false),
            ')' if depth > 0 => depth -= 1,
            '[' | ']' => call = false,
            _ if depth == 0 && !call => plain.push((at, c)),
            _ => {}
        }
    }
    plain
}

/// Realistic corrections of one prose file: a sentence more, a clause less, a word less, another
/// number.
fn of_prose(base: &Base, file: &str) -> Vec<Correction> {
    let text = base.text(file);
    let plain = plain(&text);
    let mut found = Vec::new();
    let mut add = |kind: &str, at: usize, removed: usize, new: &str| {
        let text = format!("{}{new}{}", &text[..at], &text[at + removed..]);
        let (file, may_change) = (file.to_owned(), base.pages_of(file));
        found.push(Correction { told: format!("{file} {kind}"), file, text, may_change });
    };
    let ends: Vec<usize> = plain.iter().filter(|(_, c)| *c == '。').map(|(at, _)| *at).collect();
    for at in [ends.first(), ends.get(ends.len() / 2)].into_iter().flatten() {
        add("+20字", at + '。'.len_utf8(), 0, "今後もこの方向で取り組む必要があるとした。");
    }
    let commas: Vec<usize> = (0..plain.len()).filter(|at| plain[*at].1 == '、').collect();
    let clause = commas.windows(2).find(|pair| {
        let inside = &plain[pair[0]..pair[1]];
        let whole = plain[pair[1]].0 - plain[pair[0]].0;
        (4..=20).contains(&inside.len())
            && inside.iter().map(|(_, c)| c.len_utf8()).sum::<usize>() == whole
            && inside.iter().all(|(_, c)| !"。\n【】[]*-".contains(*c))
    });
    if let Some(pair) = clause {
        let (start, end) = (plain[pair[0]].0, plain[pair[1]].0);
        add("−1句", start, end - start, "");
    }
    let words = ["また、", "引き続き", "積極的に", "今後", "更なる", "この", "様々な", "など"];
    let starts =
        |word: &&str| plain.iter().map(|(at, _)| *at).find(|at| text[*at..].starts_with(*word));
    if let Some((word, at)) = words.iter().find_map(|word| starts(word).map(|at| (word, at))) {
        add("−1語", at, word.len(), "");
    }
    if let Some((at, digit)) = plain.iter().find(|(_, c)| c.is_ascii_digit()) {
        add("別の数", *at, 1, &((digit.to_digit(10).unwrap() + 1) % 10).to_string());
    }
    found
}

/// Realistic corrections of one number: the last digit one more, one less, and a digit too many.
fn of_number(number: &str) -> Vec<String> {
    let last = number.len() - 1;
    let Some(digit) = number.chars().last().and_then(|c| c.to_digit(10)) else { return Vec::new() };
    let near = if digit < 9 { digit + 1 } else { digit - 1 };
    let far = if digit > 0 { digit - 1 } else { digit + 2 };
    let mut found = [near, far].map(|digit| format!("{}{digit}", &number[..last])).to_vec();
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    found.push(format!("{sign}1{digits}"));
    found
}

/// Corrections of every numeric cell; keys (整理番号, 番号) are no values.
fn of_cells(base: &Base) -> Vec<Correction> {
    let mut found = Vec::new();
    let csvs = base.files.keys().filter(|name| name.ends_with(".csv"));
    for file in
        csvs.filter(|name| !name.ends_with("initiatives.csv") && !name.ends_with("pillars.csv"))
    {
        let text = base.text(file);
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        for (row, cells) in rows.iter().enumerate().skip(1) {
            let may_change = base.users(&names(base, file, cells));
            for (column, cell) in cells.iter().enumerate().skip(1) {
                if cell.parse::<f64>().is_err() {
                    continue;
                }
                for new in of_number(cell) {
                    let mut cells: Vec<Vec<&str>> = rows.clone();
                    cells[row][column] = &new;
                    let lines: Vec<String> = cells.iter().map(|cells| cells.join(",")).collect();
                    let told = format!("{file} {}行{}列 {cell} → {new}", row + 1, column + 1);
                    let (file, text) = (file.clone(), lines.join("\n") + "\n");
                    found.push(Correction { told, file, text, may_change: may_change.clone() });
                }
            }
        }
    }
    found
}

/// The names by which the prose calls what a row of a file holds.
fn names(base: &Base, file: &str, cells: &[&str]) -> Vec<String> {
    let manifest = base.text("report.toml");
    let figures = || manifest.split("[[figure]]").skip(1);
    let value = |figure: &str, key: &str| {
        let line = figure.lines().find(|line| line.split('=').next().unwrap().trim() == key)?;
        Some(line.split('"').nth(1)?.to_owned())
    };
    let drawn = |key: &'static str, wanted: Vec<String>| {
        figures()
            .filter(move |figure| value(figure, key).is_some_and(|found| wanted.contains(&found)))
            .filter_map(|figure| Some(format!("図{}", value(figure, "number")?)))
            .collect::<Vec<String>>()
    };
    match file {
        "csv/constants.csv" => vec![cells[0].to_owned()],
        "csv/indicators.csv" => {
            let mut names = vec![cells[0].to_owned(), cells[1].to_owned()];
            names.extend(drawn("indicator", names.clone()));
            names
        }
        figure => drawn("csv", vec![figure.to_owned()]),
    }
}

fn try_all(base: &Base, corrections: &[&Correction]) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let session = session();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(correction) = corrections.get(at) else { break };
                    let verdict = base.judge(&session, correction);
                    found.lock().unwrap().insert(at, verdict);
                }
            });
        }
    });
    found.into_inner().unwrap().into_values().collect()
}

fn check(base: &Base, corrections: &[&Correction]) -> Vec<Verdict> {
    let verdicts = try_all(base, corrections);
    let faults: Vec<String> = corrections
        .iter()
        .zip(&verdicts)
        .filter_map(|(correction, verdict)| {
            Some(format!("{}: {}", correction.told, verdict.fault.as_ref()?))
        })
        .collect();
    let (refused, overflow) = (
        verdicts.iter().filter(|verdict| verdict.refused).count(),
        verdicts.iter().filter(|verdict| verdict.overflow).count(),
    );
    let shown = verdicts.iter().filter(|verdict| verdict.changed > 0).count();
    println!(
        "{} corrections: {shown} seen on the pages, {refused} told as errors ({overflow} overflow), {} moved a page",
        verdicts.len(),
        faults.len(),
    );
    assert!(faults.is_empty(), "{faults:#?}");
    // Corrections are seen: the comparison can fail.
    assert!(shown * 2 > verdicts.len(), "{shown} of {}", verdicts.len());
    verdicts
}

fn all_of_prose(base: &Base) -> Vec<Correction> {
    let files: Vec<&String> = base.files.keys().filter(|name| name.ends_with(".typ")).collect();
    files.into_iter().flat_map(|file| of_prose(base, file)).collect()
}

#[test]
fn a_correction_in_a_prose_file_changes_the_pages_of_its_row_alone() {
    let base = Base::new();
    let corrections = all_of_prose(&base);
    let files: BTreeSet<&String> = corrections.iter().map(|correction| &correction.file).collect();
    assert_eq!(files.len(), base.report.prose.len() - 1, "only the list of all has no sentence");
    check(&base, &corrections.iter().collect::<Vec<_>>());
}

#[test]
fn a_corrected_cell_changes_only_pages_that_use_it() {
    let base = Base::new();
    let corrections = of_cells(&base);
    assert!(corrections.len() > 1000, "{}", corrections.len());
    // A number without common factor with the width of any table, so that all columns have a turn.
    let some: Vec<&Correction> = corrections.iter().step_by(31).collect();
    check(&base, &some);
}

#[test]
fn a_page_that_runs_over_is_told_and_moves_the_pages_behind_it_in_the_draft_alone() {
    let base = Base::new();
    let file = "prose/09-taisei.typ";
    let text = base.text(file) + &"\n\n今後もこの方向で取り組む必要がある。".repeat(40);
    let mut files = base.files.clone();
    files.insert(file.to_owned(), text.into_bytes());
    let outcome = session().build(&Folder::Memory(files), &BuildOptions::default());
    let told: Vec<&str> = outcome.problems.iter().map(|problem| problem.code.name()).collect();
    assert_eq!(told, ["S601"]);
    assert!(outcome.document().is_none());
    let (now, page) =
        (looks(outcome.draft.as_ref().unwrap()), *base.pages_of(file).first().unwrap());
    // もくじ, the second page, tells where the last chapter stands in this draft.
    let differing: Vec<usize> = (0..page).filter(|at| now[*at] != base.looks[*at]).collect();
    assert_eq!(differing, [1]);
    // In the draft the pages behind it are what they were, further back.
    assert_eq!(now.len(), base.looks.len() + 1);
    assert!((page + 1..base.looks.len() - 3).all(|at| now[at + 1].same_body(&base.looks[at])));
}

#[test]
#[ignore = "a minute or more: every cell of every file"]
fn every_corrected_cell_changes_only_pages_that_use_it() {
    let base = Base::new();
    check(&base, &of_cells(&base).iter().collect::<Vec<_>>());
}
