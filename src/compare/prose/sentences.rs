//! The sentences of the prose as they are printed, and which of them differ.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::blocks::{initiative_of, titled_block};
use super::word_diff::likeness;
use soukatsu_core::bind::{BoundProse, FullStops, SentenceText, Span, split_sentences};
use soukatsu_core::model::call::{Paragraph, ParagraphKind};
use soukatsu_core::model::report::{Prose, Report};
use soukatsu_core::problem::Place;

/// Sentences less alike than this are not the same sentence.
const LEAST_LIKENESS: f64 = 0.4;

/// A sentence with its values filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The row of the page map.
    pub row: usize,
    /// The heading above it, as a spot names it: `「成果」`, of an initiative `取組1「…」`; empty
    /// at the beginning of a page.
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
}

/// The sentences of every page, in its order.
pub fn sentences(report: &Report, bound: &[BoundProse]) -> Vec<Sentence> {
    let mut all = Vec::new();
    for (row, page) in report.pages.iter().enumerate() {
        let Some(index) = page.prose else { continue };
        if let (Some(prose), Some(bound)) = (report.prose.get(index), bound.get(index)) {
            of_page(report, row, (prose, bound), &mut all);
        }
    }
    all
}

fn of_page(
    report: &Report,
    row: usize,
    (prose, bound): (&Prose, &BoundProse),
    all: &mut Vec<Sentence>,
) {
    // What stands in a block with a heading of its own is counted below that; behind the block
    // the page goes on under the heading before it.
    let mut headings: BTreeMap<Option<usize>, (String, usize)> = BTreeMap::new();
    for part in &prose.paragraphs {
        let split = split(part, prose, bound);
        let block = titled_block(prose, part);
        let named = block.map_or_else(String::new, |block| initiative_of(report, prose, block));
        let (heading, paragraph) = headings.entry(block).or_insert((named, 0));
        if part.kind == ParagraphKind::Heading {
            let text: String = split.iter().map(|sentence| sentence.text.as_str()).collect();
            (*heading, *paragraph) = (format!("「{text}」"), 0);
        } else {
            *paragraph += 1;
        }
        let named = |sentence| Sentence {
            row,
            heading: heading.clone(),
            paragraph: *paragraph,
            ..sentence
        };
        all.extend(split.into_iter().map(named));
    }
}

/// The sentences of a paragraph; where they stand on the page is not known yet.
fn split(part: &Paragraph, prose: &Prose, bound: &BoundProse) -> Vec<Sentence> {
    // A full stop inside of brackets ends no sentence.
    let parts = split_sentences(part, prose, Some(bound), FullStops::OutsideBrackets, "");
    parts.into_iter().map(|part| of_text(part, prose)).collect()
}

fn of_text(part: SentenceText, prose: &Prose) -> Sentence {
    let mut sentence = Sentence {
        row: 0,
        heading: String::new(),
        paragraph: 0,
        text: String::new(),
        skeleton: String::new(),
        place: Place::file(prose.file.as_str()),
        lines: (0, 0),
        calls: Vec::new(),
    };
    for Span { range, place, source, .. } in part.spans {
        let Some(call) = source.value else {
            sentence.skeleton += &part.text[range];
            sentence.reach(place.line);
            if sentence.place.line.is_none() {
                sentence.place = place;
            }
            continue;
        };
        if let Some(written) = prose.calls.get(call) {
            sentence.skeleton += prose.text.get(written.range.clone()).unwrap_or_default();
            sentence.reach(written.place.line);
        }
        sentence.calls.push(call);
    }
    Sentence { text: part.text, ..sentence }
}

/// A sentence that changed, came (`None` before it) or went.
pub type SentenceChange<'a> = (Option<&'a Sentence>, Option<&'a Sentence>);

/// Compares the sentences of two editions, file by file: pages may stand in another order. One
/// that only stands elsewhere is paired with itself.
pub fn compare_sentences<'a>(old: &'a [Sentence], new: &'a [Sentence]) -> Vec<SentenceChange<'a>> {
    let (was, is) = (by_file(old), by_file(new));
    let mut changes = Vec::new();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for (file, after) in &is {
        match was.iter().find(|(other, _)| other == file) {
            Some((_, before)) => compare_texts(before, after, &mut changes),
            None => come.extend(after),
        }
    }
    let left = was.iter().filter(|(file, _)| is.iter().all(|(other, _)| other != file));
    gone.extend(left.flat_map(|(_, before)| before));
    compare_texts(&gone, &come, &mut changes);
    moved(changes)
}

type OfFile<'a> = (&'a str, Vec<&'a Sentence>);

fn by_file(all: &[Sentence]) -> Vec<OfFile<'_>> {
    let mut files: Vec<OfFile<'_>> = Vec::new();
    for sentence in all {
        match files.iter_mut().find(|(file, _)| *file == &*sentence.place.file) {
            Some((_, sentences)) => sentences.push(sentence),
            None => files.push((&sentence.place.file, vec![sentence])),
        }
    }
    files
}

fn compare_texts<'a>(
    old: &[&'a Sentence],
    new: &[&'a Sentence],
    changes: &mut Vec<SentenceChange<'a>>,
) {
    let texts = |all: &[&'a Sentence]| all.iter().map(|s| s.text.as_str()).collect::<Vec<_>>();
    for op in capture_diff_slices(Algorithm::Patience, &texts(old), &texts(new)) {
        if !matches!(op, DiffOp::Equal { .. }) {
            pair(&old[op.old_range()], &new[op.new_range()], changes);
        }
    }
}

/// Joins what went at one place and came at another with the same text.
fn moved(mut changes: Vec<SentenceChange<'_>>) -> Vec<SentenceChange<'_>> {
    for index in 0..changes.len() {
        let (None, Some(is)) = changes[index] else { continue };
        let same = |change: &SentenceChange<'_>| matches!(change, (Some(was), None) if was.text == is.text);
        if let Some(other) = changes.iter().position(same) {
            let was = changes[other].0.take();
            changes[index].0 = was;
        }
    }
    changes.retain(|change| *change != (None, None));
    changes
}

/// Pairs the sentences of a stretch that differs, in their order.
fn pair<'a>(old: &[&'a Sentence], new: &[&'a Sentence], changes: &mut Vec<SentenceChange<'a>>) {
    let mut next = 0;
    for sentence in old.iter().copied() {
        let alike = |other: &&&Sentence| likeness(&sentence.text, &other.text) >= LEAST_LIKENESS;
        match new[next..].iter().position(|other| alike(&other)) {
            Some(skipped) => {
                changes.extend(new[next..next + skipped].iter().map(|added| (None, Some(*added))));
                changes.push((Some(sentence), Some(new[next + skipped])));
                next += skipped + 1;
            }
            None => changes.push((Some(sentence), None)),
        }
    }
    changes.extend(new[next..].iter().map(|added| (None, Some(*added))));
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
    fn a_sentence_that_stands_elsewhere_is_the_same_sentence() {
        let text = ["春の桜を見る。", "財政を立て直した。", "秋の紅葉を待つ。"];
        let changes = told(&text, &[text[1], text[2], text[0]]);
        assert_eq!(changes, [(text[0].to_owned(), text[0].to_owned())]);
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
