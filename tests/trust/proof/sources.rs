//! Where the phrases of the ledger stand in the folder, so that a told problem can be matched.
//!
//! The engine is asked for places only: which calls of the prose print or hold a phrase. Whether
//! the phrase is true is never asked of it.

use std::ops::Range;

use soukatsu_core::bind::Bindings;
use soukatsu_core::model::call::{Paragraph, Piece};
use soukatsu_core::model::report::{Prose, Report};
use soukatsu_core::problem::{Problem, Severity};

use crate::proof::data::Files;
use crate::proof::statements::Statement;

/// How far, in letters, a phrase may stand from the call that binds it: 「約」 or a bracket between.
const REACH: usize = 2;

/// The calls that a phrase rests on, as stretches of their file; or the line of a title.
#[derive(Default)]
pub struct Source {
    file: String,
    text: String,
    calls: Vec<Range<usize>>,
    line: Option<u32>,
}

impl Source {
    /// The place of a statement: in the prose of its page, or a title in report.toml.
    pub fn of(
        statement: &Statement,
        files: &Files,
        report: &Report,
        bindings: &Bindings,
    ) -> Source {
        let prefix = format!("prose/{:02}-", statement.page);
        let index = report.prose.iter().position(|prose| prose.file.starts_with(&prefix));
        let phrase = letters(statement.core());
        if let Some(index) = index {
            let prose = &report.prose[index];
            let found = prose.paragraphs.iter().find_map(|paragraph| {
                let printed = printed(paragraph, index, bindings);
                let at = find(&printed, &phrase)?;
                let near = at.start.saturating_sub(REACH)..(at.end + REACH).min(printed.len());
                Some(printed[near].iter().flat_map(|(_, calls)| calls.clone()).collect())
            });
            if let Some(calls) = found {
                return Source::in_prose(prose, calls);
            }
        }
        let manifest = String::from_utf8_lossy(&files["report.toml"]).into_owned();
        let core = statement.core();
        let line = manifest.lines().position(|line| line.contains(core));
        Source {
            file: "report.toml".to_owned(),
            line: line.map(|line| line as u32 + 1),
            ..Source::default()
        }
    }

    fn in_prose(prose: &Prose, calls: Vec<usize>) -> Source {
        let calls = calls.into_iter().map(|call| prose.calls[call].range.clone()).collect();
        Source { file: prose.file.clone(), text: prose.text.clone(), calls, line: None }
    }

    /// Whether a problem speaks of this phrase: it stands in a call that the phrase rests on.
    pub fn is_named_by(&self, problem: &Problem) -> bool {
        let line = problem.place.line.unwrap_or(0);
        if problem.severity == Severity::Hint || *problem.place.file != *self.file {
            return false;
        }
        if self.line.is_some() {
            return self.line == Some(line);
        }
        let start: usize =
            self.text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
        let letters =
            self.text[start..].chars().take(problem.place.column.unwrap_or(1) as usize - 1);
        let at = start + letters.map(char::len_utf8).sum::<usize>();
        self.calls.iter().any(|call| call.contains(&at))
    }
}

/// The letters of a paragraph as the page has them, each with the calls behind it.
fn printed(paragraph: &Paragraph, prose: usize, bindings: &Bindings) -> Vec<(char, Vec<usize>)> {
    let mut all = Vec::new();
    for piece in &paragraph.pieces {
        let (text, calls) = match piece {
            Piece::Text { text, claim, .. } => (text.clone(), claim.iter().copied().collect()),
            Piece::Value { call, claim } => {
                let bound = bindings.prose[prose].values.get(call);
                let text = bound.map_or_else(String::new, |bound| bound.text.clone());
                (text, std::iter::once(*call).chain(*claim).collect::<Vec<_>>())
            }
        };
        all.extend(letters(&text).into_iter().map(|letter| (letter, calls.clone())));
    }
    all
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn find(printed: &[(char, Vec<usize>)], phrase: &[char]) -> Option<Range<usize>> {
    let start = printed
        .windows(phrase.len())
        .position(|window| window.iter().map(|(letter, _)| letter).eq(phrase))?;
    Some(start..start + phrase.len())
}

#[test]
fn a_problem_names_the_phrase_of_its_own_call_and_not_the_other_of_the_sentence() {
    let prose = "#import \"/template/author.typ\": *\n割合は#主張(増加(\"支え合い\", \"R3\", \"R7\"))[前年度と同じ水準]であり、\
                 #主張(\n達成(\"支え合い\", \"R7\"))[目標値を達成した]。";
    let manifest = "format = 1\n[report]\ntitle = \"題\"\nauthor = \"市\"\ncouncil = \"会\"\ndate = 2025-10-14\n\
                    [[page]]\nchapter = \"章\"\nprose = \"prose/03-a.typ\"\n";
    let files = Files::from([
        ("prose/03-a.typ".to_owned(), prose.as_bytes().to_vec()),
        ("report.toml".to_owned(), manifest.as_bytes().to_vec()),
    ]);
    let folder = soukatsu_core::load::Folder::Memory(files.clone());
    let outcome = crate::proof::judge::session().check(&folder);
    let problem = Problem::error(
        soukatsu_core::problem::Code::Prose,
        soukatsu_core::problem::Place::at("prose/03-a.typ", 3, 1),
    );
    let report = outcome.report.as_ref().unwrap();
    let named = |phrase| {
        let statement = Statement::planted(3, phrase, |_| None);
        Source::of(&statement, &files, report, &outcome.bindings).is_named_by(&problem)
    };
    assert!(named("目標値を達成した"));
    assert!(!named("割合は前年度と同じ水準"));
}
