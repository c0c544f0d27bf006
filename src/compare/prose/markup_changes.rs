//! What changed in the prose beside its sentences: blocks, conditions, marks, remarks.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::sentences::{Sentence, compare_sentences, sentences};
use crate::compare::edition::Edition;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Place;

/// Lines of a prose file that differ, though no sentence on them is printed differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkupChange {
    /// Of the first line in the new file, or in the old one where they went.
    pub place: Place,
    /// `None` when they came.
    pub old: Option<String>,
    /// `None` when they went.
    pub new: Option<String>,
}

/// The lines of every file that is in both editions.
pub fn compare_markup(old: Edition<'_>, new: Edition<'_>) -> Vec<MarkupChange> {
    let was = sentences(old.report, &old.bindings.prose);
    let is = sentences(new.report, &new.bindings.prose);
    let changed = compare_sentences(&was, &is);
    let lines = |sentences: Vec<&Sentence>| -> Vec<(String, u32, u32)> {
        let span = |s: &Sentence| (s.place.file.to_string(), s.lines.0, s.lines.1);
        sentences.into_iter().map(span).collect()
    };
    let before = lines(changed.iter().filter_map(|(was, _)| *was).collect());
    let after = lines(changed.iter().filter_map(|(_, is)| *is).collect());
    let mut changes = Vec::new();
    for prose in &new.report.prose {
        let Some(text) = text_of(old.report, &prose.file).filter(|text| *text != prose.text) else {
            continue;
        };
        of_file(&prose.file, (text, &before), (&prose.text, &after), &mut changes);
    }
    changes
}

fn text_of<'a>(report: &'a Report, file: &str) -> Option<&'a str> {
    let found = report.prose.iter().find(|prose| prose.file == file);
    found.map(|prose| prose.text.as_str())
}

/// The text of a file, and the lines of its edition's changed sentences.
type FileText<'a> = (&'a str, &'a [(String, u32, u32)]);

fn of_file(file: &str, old: FileText<'_>, new: FileText<'_>, changes: &mut Vec<MarkupChange>) {
    let (was, is): (Vec<&str>, Vec<&str>) = (old.0.lines().collect(), new.0.lines().collect());
    // A line with a changed sentence on it is told with the sentence.
    let rest = |lines: &[&str], spans: &[(String, u32, u32)], from: usize| -> Vec<(u32, String)> {
        let numbered =
            lines.iter().enumerate().map(|(index, line)| ((from + index + 1) as u32, *line));
        let with_sentence = |number: u32| {
            spans.iter().any(|(of, first, last)| of == file && (*first..=*last).contains(&number))
        };
        let left =
            numbered.filter(|(number, line)| !line.trim().is_empty() && !with_sentence(*number));
        left.map(|(number, line)| (number, line.to_owned())).collect()
    };
    for op in capture_diff_slices(Algorithm::Myers, &was, &is) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let went = rest(&was[op.old_range()], old.1, op.old_range().start);
        let came = rest(&is[op.new_range()], new.1, op.new_range().start);
        let blank = |range: &[&str]| range.iter().all(|line| line.trim().is_empty());
        if went.is_empty() && came.is_empty() {
            // Blank lines part paragraphs.
            if !(blank(&was[op.old_range()]) && blank(&is[op.new_range()])) {
                continue;
            }
            let line = op.new_range().start as u32 + 1;
            let blank_line = |range: &[&str]| (!range.is_empty()).then(|| "（空行）".to_owned());
            changes.push(MarkupChange {
                place: Place::at(file, line, 1),
                old: blank_line(&was[op.old_range()]),
                new: blank_line(&is[op.new_range()]),
            });
            continue;
        }
        let line = came.first().or(went.first()).map_or(1, |(number, _)| *number);
        let text = |lines: &[(u32, String)]| {
            let texts: Vec<&str> = lines.iter().map(|(_, text)| text.trim()).collect();
            (!texts.is_empty()).then(|| texts.join(" "))
        };
        changes.push(MarkupChange {
            place: Place::at(file, line, 1),
            old: text(&went),
            new: text(&came),
        });
    }
}
