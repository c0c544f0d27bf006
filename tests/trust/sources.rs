//! Where the sentences of the ledger stand in the folder, so that a told problem can be matched.

use soukatsu::problem::{Problem, Severity};

use crate::data::Files;
use crate::statements::Statement;

/// The lines of a file that hold one sentence.
pub struct Source {
    file: String,
    first: u32,
    last: u32,
}

impl Source {
    /// The sentence of a statement: in the prose of its page, or a title in report.toml.
    pub fn of(statement: &Statement, files: &Files) -> Source {
        let prefix = format!("prose/{:02}-", statement.page);
        let mut best = (0, Source { file: String::new(), first: 0, last: 0 });
        for (file, bytes) in files {
            if !file.starts_with(&prefix) && file != "report.toml" {
                continue;
            }
            let text = String::from_utf8_lossy(bytes);
            let lines: Vec<&str> = text.lines().collect();
            for (index, line) in lines.iter().enumerate() {
                let score = likeness(statement.phrase, line);
                if score > best.0 {
                    let first = start_of_sentence(&lines, index);
                    let (first, last) = (first as u32 + 1, index as u32 + 1);
                    best = (score, Source { file: file.clone(), first, last });
                }
            }
        }
        best.1
    }

    /// Whether a problem speaks of this sentence.
    pub fn is_named_by(&self, problem: &Problem) -> bool {
        let line = problem.place.line.unwrap_or(0);
        problem.severity != Severity::Hint
            && *problem.place.file == *self.file
            && (self.first..=self.last).contains(&line)
    }
}

/// How many pairs of neighbouring letters of the phrase a line holds: calls in the source stand
/// where the page has figures, so the whole phrase need not be in it.
fn likeness(phrase: &str, line: &str) -> usize {
    let letters: Vec<char> = phrase.chars().collect();
    letters.windows(2).filter(|pair| line.contains(&pair.iter().collect::<String>())).count()
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
