//! Small reports with one figure, read as a whole.

mod any;
mod choices;
mod contact;
mod kinds;
mod layout;
mod notes;
mod remarks;
mod tables;
mod totals;

use std::collections::BTreeMap;

use crate::load::Folder;
use crate::model::figure::Figure;
use crate::model::report::Report;
use crate::problem::{Code, Problem, Severity};

const INDICATORS: &str = "指標,略称,区分,単位,形式,向き,目標値,目標値の表記,基準値,R4,R5,R6,R7
観光客の数,観光客数,,千人,整数,以上,350,,241,259,287,352,
観光客の数,,宿泊客,千人,整数,,,,,46,52,,
";

/// Reads a report whose only figure is declared by these lines, which come after number and title.
pub(super) fn read(lines: &str, csv: &str) -> (Option<Report>, Vec<Problem>) {
    let manifest = format!(
        "format = 1
[report]
title = \"題\"
author = \"市\"
council = \"会\"
date = 2026-07-16
[data.indicators]
csv = \"indicators.csv\"
[[page]]
chapter = \"章\"
prose = \"p.typ\"
[[figure]]
number = \"1\"
title = \"図の題\"
{lines}
"
    );
    let files: BTreeMap<String, Vec<u8>> = [
        ("report.toml", manifest.as_str()),
        ("indicators.csv", INDICATORS),
        ("p.typ", "#import \"/template/author.typ\": *\n#図(\"図1\")\n"),
        ("f.csv", csv),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .collect();
    super::read_report(&Folder::Memory(files))
}

/// The figure of a report in which nothing is wrong.
fn figure(lines: &str, csv: &str) -> Figure {
    let (report, problems) = read(lines, csv);
    assert_eq!(problems, [], "{lines}");
    report.unwrap().figures.remove(0)
}

fn problems(lines: &str, csv: &str) -> Vec<Problem> {
    read(lines, csv).1
}

/// Severity and code of everything that is told.
fn told(lines: &str, csv: &str) -> Vec<(Severity, Code)> {
    problems(lines, csv).iter().map(|problem| (problem.severity, problem.code)).collect()
}

/// A figure of this kind with a table of its own.
fn kind(name: &str, more: &str) -> String {
    format!("kind = \"{name}\"\ncsv = \"f.csv\"\n{more}")
}

fn error(code: Code) -> (Severity, Code) {
    (Severity::Error, code)
}

fn warning(code: Code) -> (Severity, Code) {
    (Severity::Warning, code)
}
