//! A prose file as tokens: characters that are printed, values, and the marks between them.

use std::ops::Range;

use soukatsu_core::bind::BoundProse;
use soukatsu_core::model::call::Piece;
use soukatsu_core::model::report::Prose;
use soukatsu_core::validate::Markup;

/// What a token is to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A character that is printed.
    Text,
    /// A call that prints a value.
    Value,
    /// The end of a line of the file; two in a row part paragraphs.
    LineEnd,
    /// Anything else: bold, the head of a call with its conditions, a bracket.
    Mark,
    /// A remark that nothing prints.
    Remark,
}

/// A part of a prose file.
#[derive(Debug, Clone)]
pub struct Token {
    /// As it is written.
    pub source: String,
    /// As it is printed; empty for what prints nothing of itself.
    pub printed: String,
    pub kind: TokenKind,
    /// Counted from 1.
    pub line: u32,
}

impl Token {
    /// Whether both are written alike, whatever the data says.
    pub fn is_same(&self, other: &Token) -> bool {
        self.kind == other.kind && self.source == other.source
    }

    /// Whether words may stand for it.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Text | TokenKind::Value)
    }
}

/// The tokens of a file in its order; blanks that are not printed are left out.
pub fn tokens(prose: &Prose, bound: Option<&BoundProse>) -> Vec<Token> {
    let mut found: Vec<(Range<usize>, String, TokenKind)> = Vec::new();
    for piece in prose.paragraphs.iter().flat_map(|part| &part.pieces) {
        match piece {
            Piece::Text { text, offset, length, .. } => {
                printed_text(&prose.text, *offset..offset + length, text, &mut found)
            }
            Piece::Value { call, .. } => {
                let Some(written) = prose.calls.get(*call) else { continue };
                let hash = prose.text[..written.range.start].ends_with('#');
                let start = written.range.start - usize::from(hash);
                let printed = bound.and_then(|bound| bound.values.get(call));
                let printed = printed.map_or_else(String::new, |bound| bound.text.clone());
                found.push((start..written.range.end, printed, TokenKind::Value));
            }
        }
    }
    found.sort_by_key(|(range, ..)| range.start);
    let markup = Markup::of(&prose.text);
    let mut lexer = Lexer { text: &prose.text, markup, at: 0, line: 1, done: Vec::new() };
    for (range, printed, kind) in found {
        if range.start < lexer.at {
            continue;
        }
        lexer.marks(range.start);
        lexer.push(range.len(), printed, kind);
    }
    lexer.marks(prose.text.len());
    lexer.done
}

/// The characters of a text as it is written; an escape is one character of several.
fn printed_text(
    source: &str,
    range: Range<usize>,
    text: &str,
    found: &mut Vec<(Range<usize>, String, TokenKind)>,
) {
    if !source.get(range.start..).is_some_and(|rest| rest.starts_with(text)) {
        return found.push((range, text.to_owned(), TokenKind::Text));
    }
    found.extend(text.char_indices().map(|(at, c)| {
        let start = range.start + at;
        (start..start + c.len_utf8(), c.to_string(), TokenKind::Text)
    }));
}

/// The printed parts of words that are written as they stand in a file.
pub fn printed_parts(words: &str) -> Vec<&str> {
    let markup = Markup::of(words);
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(first) = words[at..].chars().next() {
        let length = match first {
            '#' => markup.head_at(at).map_or(1, |end| end - at),
            '*' | '_' | '[' | ']' | '\n' => 1,
            _ => {
                at += first.len_utf8();
                continue;
            }
        };
        parts.push(&words[from..at]);
        at += length;
        from = at;
    }
    parts.push(&words[from..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Reads what stands between the printed texts.
struct Lexer<'a> {
    text: &'a str,
    markup: Markup,
    at: usize,
    line: u32,
    done: Vec<Token>,
}

impl Lexer<'_> {
    fn push(&mut self, length: usize, printed: String, kind: TokenKind) {
        let source = self.text.get(self.at..self.at + length).unwrap_or_default().to_owned();
        let lines = source.matches('\n').count() as u32;
        self.done.push(Token { source, printed, kind, line: self.line });
        self.line += lines;
        self.at += length;
    }

    fn marks(&mut self, end: usize) {
        while self.at < end {
            let (length, kind) = self.mark(end);
            match kind {
                Some(kind) => self.push(length, String::new(), kind),
                None => self.at += length,
            }
        }
    }

    /// The length in bytes and the kind of what stands here; `None` for blanks.
    fn mark(&self, end: usize) -> (usize, Option<TokenKind>) {
        let rest = &self.text[self.at..end];
        let first = rest.chars().next().unwrap_or(' ');
        if first == '\n' {
            return (1, Some(TokenKind::LineEnd));
        }
        if first.is_whitespace() {
            return (first.len_utf8(), None);
        }
        if let Some(stop) = self.markup.comment_at(self.at) {
            return (stop.min(end) - self.at, Some(TokenKind::Remark));
        }
        let stop = match first {
            '#' => self.markup.head_at(self.at),
            '*' | '_' | '[' | ']' => Some(self.at + 1),
            _ => None,
        };
        let ends = |(at, c): (usize, char)| {
            let stops = matches!(c, '\n' | '#' | '*' | '_' | '[' | ']');
            (at > 0 && (stops || self.markup.comment_at(self.at + at).is_some())).then_some(at)
        };
        let run = || rest.char_indices().find_map(ends).unwrap_or(rest.len());
        let length = stop.map_or_else(run, |stop| stop.min(end) - self.at);
        (length, Some(TokenKind::Mark))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use soukatsu_core::validate::read_prose;

    /// The tokens, parted by `|`; printed characters of a run are written together.
    fn read(text: &str) -> String {
        let prose = read_prose("a.typ", text).0;
        let mut told = String::new();
        let mut before = None;
        for token in tokens(&prose, None) {
            if before.is_some_and(|kind| kind != token.kind || kind != TokenKind::Text) {
                told.push('|');
            }
            told += &token.source.replace('\n', "⏎");
            before = Some(token.kind);
        }
        told
    }

    #[test]
    fn words_values_and_marks_are_told_apart() {
        assert_eq!(
            read("率は*#主張(達成(\"a)\", \"R6\"))[#値(\"a\", \"R6\")を達成]*した\n// 注"),
            "率は|*|#主張(達成(\"a)\", \"R6\"))[|#値(\"a\", \"R6\")|を達成|]|*|した|⏎|// 注"
        );
    }

    #[test]
    fn an_escape_is_one_character_and_a_title_is_text() {
        assert_eq!(
            read("\\#1\n#総括項目(\"約8割\")[本文]"),
            "\\#1|⏎|#総括項目(\"|約8割|\")|[|本文|]"
        );
    }
}
