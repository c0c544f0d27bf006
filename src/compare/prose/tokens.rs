//! A prose file as tokens: characters that are printed, values, and the marks between them.

use std::ops::Range;

use soukatsu_core::bind::BoundProse;
use soukatsu_core::model::call::Piece;
use soukatsu_core::model::report::Prose;

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
            Piece::Text { text, offset, .. } => {
                printed_text(&prose.text, *offset, text, &mut found)
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
    let mut lexer = Lexer { text: &prose.text, at: 0, line: 1, done: Vec::new() };
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
    offset: usize,
    text: &str,
    found: &mut Vec<(Range<usize>, String, TokenKind)>,
) {
    let Some(rest) = source.get(offset..) else { return };
    if rest.starts_with(text) {
        let each = text.char_indices().map(|(at, c)| {
            let start = offset + at;
            (start..start + c.len_utf8(), c.to_string(), TokenKind::Text)
        });
        return found.extend(each);
    }
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let length = if rest.starts_with("\\u{") {
        rest.find('}').map_or(first, |end| end + 1)
    } else if let Some(escaped) = rest.strip_prefix('\\') {
        first + escaped.chars().next().map_or(0, char::len_utf8)
    } else {
        let written = ["---", "--", "-?", "..."].into_iter().find(|known| rest.starts_with(known));
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        written.map_or(blanks.max(first), str::len)
    };
    found.push((offset..offset + length, text.to_owned(), TokenKind::Text));
}

/// The printed parts of words that are written as they stand in a file.
pub fn printed_parts(words: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(first) = words[at..].chars().next() {
        let length = match first {
            '#' => head(&words[at..]),
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
        while let Some(rest) = self.text.get(self.at..end).filter(|rest| !rest.is_empty()) {
            let (length, kind) = mark(rest);
            match kind {
                Some(kind) => self.push(length, String::new(), kind),
                None => self.at += length,
            }
        }
    }
}

/// The length in bytes and the kind of what stands first; `None` for blanks.
fn mark(rest: &str) -> (usize, Option<TokenKind>) {
    let first = rest.chars().next().unwrap_or(' ');
    if first == '\n' {
        return (1, Some(TokenKind::LineEnd));
    }
    if first.is_whitespace() {
        return (first.len_utf8(), None);
    }
    if rest.starts_with("//") {
        let line = rest.lines().next().unwrap_or(rest);
        return (line.trim_end().len(), Some(TokenKind::Remark));
    }
    if rest.starts_with("/*") {
        let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
        return (length, Some(TokenKind::Remark));
    }
    let length = match first {
        '#' => head(rest),
        '*' | '_' | '[' | ']' => 1,
        _ => {
            let ends = |(at, c): (usize, char)| {
                let stops = matches!(c, '\n' | '#' | '*' | '_' | '[' | ']');
                (at > 0 && (stops || rest[at..].starts_with("//"))).then_some(at)
            };
            rest.char_indices().find_map(ends).unwrap_or(rest.len())
        }
    };
    (length, Some(TokenKind::Mark))
}

/// The end of the head of a call: its name, its arguments, and the bracket of its body.
fn head(rest: &str) -> usize {
    let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut end = 1 + rest[1..].find(|c| !name(c)).unwrap_or(rest.len() - 1);
    if rest[end..].starts_with('(') {
        let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
        let mut close = rest.len();
        for (at, c) in rest[end..].char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                close = end + at + c.len_utf8();
                break;
            }
        }
        end = close;
    }
    end + usize::from(rest[end..].starts_with('['))
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
