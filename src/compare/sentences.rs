//! The sentences of the prose as they are printed, and which of them differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::words::likeness;
use crate::bind::BoundProse;
use crate::model::call::{Paragraph, ParagraphKind, Piece};
use crate::model::report::{Prose, Report};
use crate::problem::Place;

/// Sentences less alike than this are not the same sentence.
const LEAST_LIKENESS: f64 = 0.4;

/// A sentence with its values filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The row of the page map.
    pub row: usize,
    /// The heading above it; empty at the beginning of a page.
    pub heading: String,
    /// Counted under its heading, from 1; 0 is the heading itself.
    pub paragraph: usize,
    pub text: String,
    /// The text with every value as its call, so that what was written differs from what follows
    /// from the data.
    pub skeleton: String,
    /// The first place of it in the file.
    pub place: Place,
    /// The first and the last line of it in the file.
    pub lines: (u32, u32),
    /// The calls whose values it prints.
    pub calls: Vec<usize>,
}

impl Sentence {
    /// Takes a line in.
    fn reach(&mut self, line: Option<u32>) {
        let Some(line) = line else { return };
        let (first, last) = self.lines;
        self.lines = (if first == 0 { line } else { first.min(line) }, last.max(line));
    }

    /// `「地区担当職員制度の導入」第2段落`.
    pub fn spot(&self) -> String {
        match (self.paragraph, self.heading.as_str()) {
            (0, heading) => format!("見出し「{heading}」"),
            (paragraph, "") => format!("第{paragraph}段落"),
            (paragraph, heading) => format!("「{heading}」第{paragraph}段落"),
        }
    }
}

/// The sentences of every page, in its order.
pub fn sentences(report: &Report, bound: &[BoundProse]) -> Vec<Sentence> {
    let mut all = Vec::new();
    for (row, page) in report.pages.iter().enumerate() {
        let Some(index) = page.prose else { continue };
        if let (Some(prose), Some(bound)) = (report.prose.get(index), bound.get(index)) {
            of_page(row, prose, bound, &mut all);
        }
    }
    all
}

fn of_page(row: usize, prose: &Prose, bound: &BoundProse, all: &mut Vec<Sentence>) {
    let (mut heading, mut paragraph) = (String::new(), 0);
    for part in &prose.paragraphs {
        let split = split(part, prose, bound);
        if part.kind == ParagraphKind::Heading {
            heading = split.iter().map(|sentence| sentence.text.as_str()).collect();
            paragraph = 0;
        } else {
            paragraph += 1;
        }
        let named = |sentence| Sentence { row, heading: heading.clone(), paragraph, ..sentence };
        all.extend(split.into_iter().map(named));
    }
}

/// The sentences of a paragraph; where they stand on the page is not known yet.
fn split(part: &Paragraph, prose: &Prose, bound: &BoundProse) -> Vec<Sentence> {
    let empty = || Sentence {
        row: 0,
        heading: String::new(),
        paragraph: 0,
        text: String::new(),
        skeleton: String::new(),
        place: Place::file(prose.file.as_str()),
        lines: (0, 0),
        calls: Vec::new(),
    };
    let (mut done, mut open) = (Vec::new(), empty());
    // A full stop inside of brackets ends no sentence.
    let mut depth = 0usize;
    for piece in &part.pieces {
        match piece {
            Piece::Value { call, .. } => {
                open.text += bound.values.get(call).map_or("", |bound| &bound.text);
                if let Some(written) = prose.calls.get(*call) {
                    open.skeleton += prose.text.get(written.range.clone()).unwrap_or_default();
                    open.reach(written.place.line);
                }
                open.calls.push(*call);
            }
            Piece::Text { text: more, place: at, .. } => {
                for c in more.chars() {
                    if open.place.line.is_none() {
                        open.place = at.clone();
                    }
                    open.reach(at.line);
                    open.text.push(c);
                    open.skeleton.push(c);
                    match c {
                        '「' | '『' | '（' => depth += 1,
                        '」' | '』' | '）' => depth = depth.saturating_sub(1),
                        '。' if depth == 0 => done.push(std::mem::replace(&mut open, empty())),
                        _ => {}
                    }
                }
            }
        }
    }
    if !open.text.trim().is_empty() {
        done.push(open);
    }
    done
}

/// A sentence that changed, came (`None` before it) or went.
pub type SentenceChange<'a> = (Option<&'a Sentence>, Option<&'a Sentence>);

/// Compares the sentences of two editions.
pub fn compare_sentences<'a>(old: &'a [Sentence], new: &'a [Sentence]) -> Vec<SentenceChange<'a>> {
    let texts = |all: &'a [Sentence]| all.iter().map(|s| s.text.as_str()).collect::<Vec<_>>();
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &texts(old), &texts(new)) {
        if !matches!(op, DiffOp::Equal { .. }) {
            pair(&old[op.old_range()], &new[op.new_range()], &mut changes);
        }
    }
    changes
}

/// Pairs the sentences of a stretch that differs, in their order.
fn pair<'a>(old: &'a [Sentence], new: &'a [Sentence], changes: &mut Vec<SentenceChange<'a>>) {
    let mut next = 0;
    for sentence in old {
        let alike = |other: &&Sentence| likeness(&sentence.text, &other.text) >= LEAST_LIKENESS;
        match new[next..].iter().position(|other| alike(&other)) {
            Some(skipped) => {
                changes.extend(new[next..next + skipped].iter().map(|added| (None, Some(added))));
                changes.push((Some(sentence), Some(&new[next + skipped])));
                next += skipped + 1;
            }
            None => changes.push((Some(sentence), None)),
        }
    }
    changes.extend(new[next..].iter().map(|added| (None, Some(added))));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> Sentence {
        Sentence {
            row: 0,
            heading: String::new(),
            paragraph: 1,
            text: text.into(),
            skeleton: String::new(),
            lines: (0, 0),
            place: Place::file("a.typ"),
            calls: vec![],
        }
    }

    fn told(old: &[&str], new: &[&str]) -> Vec<(String, String)> {
        let all = |texts: &[&str]| texts.iter().map(|text| sentence(text)).collect::<Vec<_>>();
        let (old, new) = (all(old), all(new));
        let text = |s: Option<&Sentence>| s.map_or_else(String::new, |s| s.text.clone());
        compare_sentences(&old, &new).into_iter().map(|(a, b)| (text(a), text(b))).collect()
    }

    #[test]
    fn a_sentence_with_another_number_is_the_same_sentence() {
        let changes =
            told(&["満足度は76.3%である。", "続く。"], &["満足度は77.3%である。", "続く。"]);
        assert_eq!(changes, [("満足度は76.3%である。".into(), "満足度は77.3%である。".into())]);
    }

    #[test]
    fn sentences_that_come_and_go_stand_alone() {
        let changes = told(&["春の桜を見る。", "終わり。"], &["終わり。", "財政を立て直した。"]);
        assert_eq!(
            changes,
            [
                ("春の桜を見る。".into(), String::new()),
                (String::new(), "財政を立て直した。".into())
            ]
        );
    }
}
