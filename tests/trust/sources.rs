//! Where the phrases of the ledger stand in the folder, so that a told problem can be matched.

use std::ops::Range;

use soukatsu::problem::{Problem, Severity};

use crate::data::Files;
use crate::statements::Statement;

/// How far, in letters, a phrase may stand from the call that binds it: 「約」 or a bracket between.
const REACH: usize = 2;

/// The sentence of a statement and, in its line, what the phrase and the source have in common.
#[derive(Default)]
pub struct Source {
    file: String,
    first: u32,
    line: u32,
    text: Vec<char>,
    common: Range<usize>,
}

impl Source {
    /// The place of a statement: in the prose of its page, or a title in report.toml.
    pub fn of(statement: &Statement, files: &Files) -> Source {
        let prefix = format!("prose/{:02}-", statement.page);
        let mut best = (0, usize::MAX, Source::default());
        for (file, bytes) in files {
            if !file.starts_with(&prefix) && file != "report.toml" {
                continue;
            }
            let source = String::from_utf8_lossy(bytes);
            let lines: Vec<&str> = source.lines().collect();
            for (index, line) in lines.iter().enumerate() {
                let score = likeness(statement.core(), line);
                // Of two lines alike, a heading before the call that names the same.
                if score > best.0 || score == best.0 && line.len() < best.1 {
                    let first = start_of_sentence(&lines, index) as u32 + 1;
                    let text: Vec<char> = line.chars().collect();
                    let common = longest_common(&text, statement.core());
                    let (length, file, line) = (line.len(), file.clone(), index as u32 + 1);
                    best = (score, length, Source { file, first, line, text, common });
                }
            }
        }
        best.2
    }

    /// Whether a problem speaks of this phrase: its call stands on it or right beside it.
    ///
    /// A call that begins on an earlier line of the sentence is taken to reach here.
    pub fn is_named_by(&self, problem: &Problem) -> bool {
        let line = problem.place.line.unwrap_or(0);
        if problem.severity == Severity::Hint || *problem.place.file != *self.file {
            return false;
        }
        if line != self.line {
            return (self.first..self.line).contains(&line);
        }
        let Some(column) = problem.place.column else { return true };
        let call = call_around(&self.text, column as usize - 1);
        call.start <= self.common.end + REACH && self.common.start <= call.end + REACH
    }
}

/// How many pairs of neighbouring letters of the phrase a line holds: calls in the source stand
/// where the page has figures, so the whole phrase need not be in it.
fn likeness(phrase: &str, line: &str) -> usize {
    let letters: Vec<char> = phrase.chars().collect();
    letters.windows(2).filter(|pair| line.contains(&pair.iter().collect::<String>())).count()
}

/// Where the longest run of letters of the phrase stands in a line.
fn longest_common(line: &[char], phrase: &str) -> Range<usize> {
    let phrase: Vec<char> = phrase.chars().collect();
    let mut best = 0..0;
    for start in 0..line.len() {
        for offset in 0..phrase.len() {
            let pairs = line[start..].iter().zip(&phrase[offset..]);
            let length = pairs.take_while(|(a, b)| a == b).count();
            if length > best.len() {
                best = start..start + length;
            }
        }
    }
    best
}

/// The call that a column stands in: from its `#` to the end of its last bracket.
fn call_around(line: &[char], column: usize) -> Range<usize> {
    let column = column.min(line.len().saturating_sub(1));
    let Some(start) = line[..=column].iter().rposition(|c| *c == '#') else {
        return column..column + 1;
    };
    let mut depth = 0;
    for (end, letter) in line.iter().enumerate().skip(start) {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => continue,
        }
        if depth == 0 && !matches!(line.get(end + 1), Some('(' | '[')) {
            return start..end + 1;
        }
    }
    start..line.len()
}

/// A sentence may run over several lines of the source.
fn start_of_sentence(lines: &[&str], index: usize) -> usize {
    let mut first = index;
    while first > 0 {
        let before = lines[first - 1].trim_end();
        let ends = ["。", ")", "[", "]", "\"", "*"].iter().any(|end| before.ends_with(end));
        if before.is_empty() || ends || before.starts_with(['=', '#']) {
            break;
        }
        first -= 1;
    }
    first
}

#[test]
fn a_problem_names_the_phrase_of_its_own_call_and_not_the_other_of_the_sentence() {
    let prose = "割合は#値(\"満足度\", \"R6\")で#主張(同(1, 2))[前年度と同じ水準]であり、\
                 #主張(達成(\"満足度\"))[目標値を達成した]。";
    let files = Files::from([("prose/03-a.typ".to_owned(), prose.as_bytes().to_vec())]);
    let column = prose.chars().position(|c| c == '主').unwrap() as u32;
    let place = soukatsu::problem::Place::at("prose/03-a.typ", 1, column);
    let problem = Problem::error(soukatsu::problem::Code::Prose, place);
    let named =
        |phrase| Source::of(&Statement::planted(3, phrase, |_| None), &files).is_named_by(&problem);
    assert!(named("で前年度と同じ水準で"));
    assert!(!named("、目標値を達成した"));
}
