//! Prose files that are listed by their words: what differs in them beside the listed words.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::listed_words::ListedWords;
use crate::compare::edition::Edition;
use crate::compare::prose::{Token, TokenKind, tokens};
use soukatsu_core::model::correction::Correction;

/// A stretch of a file that listed words alone do not explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexplained {
    pub file: String,
    /// The lines of the old and the new file, from 1.
    pub lines: [Range<u32>; 2],
    /// What stands there, as it is written.
    pub texts: [Option<String>; 2],
    pub kind: UnexplainedKind,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnexplainedKind {
    /// Nothing but remarks.
    Remarks,
    /// Marks beside the words: those that went, and those that came.
    Marks(Vec<String>, Vec<String>),
    Words,
}

/// What differs in a file, and the listed words that account for the rest.
#[derive(Debug, Default)]
pub struct FileWords {
    pub unexplained: Vec<Unexplained>,
    /// Indices of the entries that were found.
    pub made: Vec<usize>,
}

/// Holds a prose file against the words that are listed for it.
pub fn file_words(
    file: &str,
    [old, new]: [Edition<'_>; 2],
    entries: Vec<&Correction>,
) -> FileWords {
    let (was, is) = (text(old, file), text(new, file));
    let mut found = FileWords::default();
    if was == is {
        return found;
    }
    let sides = [tokens_of(old, file), tokens_of(new, file)];
    let listed = ListedWords::new(entries);
    let (before, after): (Vec<&str>, Vec<&str>) = (was.lines().collect(), is.lines().collect());
    let mut spent = 0;
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let numbers = |range: Range<usize>| range.start as u32 + 1..range.end as u32 + 1;
        let hunk = [numbers(op.old_range()), numbers(op.new_range())];
        if let Some(made) = explained(&hunk, &sides, &listed, &mut spent) {
            let parted = [(&before, op.old_range()), (&after, op.new_range())];
            if hunk.iter().all(|side| !side.is_empty()) || joins_nothing(parted) {
                found.made.extend(made);
                continue;
            }
        }
        for lines in parts(hunk) {
            match explained(&lines, &sides, &listed, &mut spent) {
                Some(made) if lines.iter().all(|side| !side.is_empty()) => found.made.extend(made),
                _ => {
                    let texts = [written(&before, &lines[0]), written(&after, &lines[1])];
                    let kind = kind(&lines, &sides, &listed, spent);
                    let file = file.to_owned();
                    found.unexplained.push(Unexplained { file, lines, texts, kind });
                }
            }
        }
    }
    found
}

fn text<'a>(edition: Edition<'a>, file: &str) -> &'a str {
    let prose = edition.report.prose.iter().find(|prose| prose.file == file);
    prose.map_or("", |prose| prose.text.as_str())
}

fn tokens_of(edition: Edition<'_>, file: &str) -> Vec<Token> {
    let index = edition.report.prose.iter().position(|prose| prose.file == file);
    let Some(index) = index else { return Vec::new() };
    let mut tokens = tokens(&edition.report.prose[index], edition.bindings.prose.get(index));
    // The last line may lack its end, and blank lines below it are nothing.
    while tokens.last().is_some_and(|token| token.kind == TokenKind::LineEnd) {
        tokens.pop();
    }
    if let Some(line) = tokens.last().map(|token| token.line) {
        let kind = TokenKind::LineEnd;
        tokens.push(Token { source: "\n".into(), printed: String::new(), kind, line });
    }
    tokens
}

fn within(tokens: &[Token], lines: &Range<u32>) -> Vec<Token> {
    tokens.iter().filter(|token| lines.contains(&token.line)).cloned().collect()
}

fn explained(
    lines: &[Range<u32>; 2],
    sides: &[Vec<Token>; 2],
    listed: &ListedWords<'_>,
    spent: &mut u64,
) -> Option<Vec<usize>> {
    let [mut old, mut new] = [0, 1].map(|side| within(&sides[side], &lines[side]));
    // Lines that came or went as a whole did so with the blank ones between them.
    if lines.iter().any(Range::is_empty) {
        let is_filled = |token: &Token| token.kind != TokenKind::LineEnd;
        if !old.iter().chain(&new).any(is_filled) {
            return None;
        }
        old.retain(is_filled);
        new.retain(is_filled);
    }
    listed.explain(&old, &new, spent)
}

/// Whether the paragraphs around a stretch are parted, or not, as they were.
fn joins_nothing(sides: [(&Vec<&str>, Range<usize>); 2]) -> bool {
    let [was, is] = sides.map(|(lines, range)| {
        let blank = |line: Option<&&str>| line.is_none_or(|line| line.trim().is_empty());
        let before = range.start.checked_sub(1).and_then(|before| lines.get(before));
        blank(before) || blank(lines.get(range.end)) || lines[range].iter().any(|l| blank(Some(l)))
    });
    was == is
}

/// As many lines on both sides are taken one by one, so that only what is wrong is told.
fn parts(lines: [Range<u32>; 2]) -> Vec<[Range<u32>; 2]> {
    let [old, new] = &lines;
    if old.len() != new.len() {
        return vec![lines];
    }
    old.clone().zip(new.clone()).map(|(old, new)| [old..old + 1, new..new + 1]).collect()
}

/// What stands on some lines; `None` of no lines.
fn written(lines: &[&str], range: &Range<u32>) -> Option<String> {
    let part = lines.get(range.start as usize - 1..range.end as usize - 1)?;
    let texts: Vec<&str> = part.iter().map(|line| line.trim()).collect();
    match (part.is_empty(), texts.concat().is_empty()) {
        (true, _) => None,
        (false, true) => Some("（空行）".to_owned()),
        (false, false) => Some(texts.join(" ")),
    }
}

/// What differs in lines that the listed words do not explain.
fn kind(
    lines: &[Range<u32>; 2],
    sides: &[Vec<Token>; 2],
    listed: &ListedWords<'_>,
    spent: u64,
) -> UnexplainedKind {
    let without = |kinds: &[TokenKind]| {
        [0, 1].map(|side| {
            let mut tokens = within(&sides[side], &lines[side]);
            tokens.retain(|token| !kinds.contains(&token.kind));
            tokens
        })
    };
    let explains = |[old, new]: &[Vec<Token>; 2]| {
        let mut spent = spent;
        listed.explain(old, new, &mut spent).is_some()
    };
    let any = |kind: TokenKind| {
        let [old, new] = [0, 1].map(|side| {
            let tokens = within(&sides[side], &lines[side]);
            tokens.into_iter().filter(|token| token.kind == kind).map(|token| token.source)
        });
        let (mut old, mut new): (Vec<String>, Vec<String>) = (old.collect(), new.collect());
        old.retain(|mark| match new.iter().position(|other| other == mark) {
            Some(same) => {
                new.remove(same);
                false
            }
            None => true,
        });
        (old, new)
    };
    let remarks = any(TokenKind::Remark);
    let has_remarks = !remarks.0.is_empty() || !remarks.1.is_empty();
    if has_remarks && explains(&without(&[TokenKind::Remark, TokenKind::LineEnd])) {
        return UnexplainedKind::Remarks;
    }
    let words = without(&[TokenKind::Remark, TokenKind::LineEnd, TokenKind::Mark]);
    if explains(&words) {
        let (gone, come) = any(TokenKind::Mark);
        return UnexplainedKind::Marks(gone, come);
    }
    UnexplainedKind::Words
}
