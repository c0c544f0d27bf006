//! Prose as Typst shall see it: line breaks between Japanese characters are no spaces.
//!
//! Typst turns a line break in the source into a space, which no Japanese text has. The break
//! is wrapped into a comment, so that every line keeps its number.

use std::ops::Range;

use typst::syntax::{LinkedNode, SyntaxKind, ast, parse};

struct Break {
    range: Range<usize>,
    opening: &'static str,
}

const OPEN: &str = "/*";
const CLOSE: &str = "*/";

/// Wraps the line breaks between Japanese characters into comments.
pub fn join_lines(text: &str) -> String {
    let root = parse(text);
    let mut breaks = Vec::new();
    collect(&LinkedNode::new(&root), &mut breaks);
    let mut joined = String::with_capacity(text.len() + 4 * breaks.len());
    let mut from = 0;
    for Break { range, opening } in breaks {
        joined.push_str(&text[from..range.start]);
        joined.push_str(opening);
        joined.push_str(&text[range.clone()]);
        joined.push_str(CLOSE);
        from = range.end;
    }
    joined.push_str(&text[from..]);
    joined
}

/// The column of the author's file for a column (both from 0) of a joined line.
pub fn original_column(line: &str, column: usize) -> usize {
    let before_close: Option<usize> = line.find(CLOSE).filter(|at| line[..*at].trim().is_empty());
    match before_close {
        Some(_) => column.saturating_sub(CLOSE.chars().count()),
        None => column,
    }
}

fn collect(node: &LinkedNode<'_>, breaks: &mut Vec<Break>) {
    if node.kind() == SyntaxKind::Space
        && node.get().leaf_text().contains('\n')
        && let Some(opening) = joins(node)
    {
        breaks.push(Break { range: node.range(), opening });
    }
    for child in node.children() {
        collect(&child, breaks);
    }
}

/// Whether a break lies inside running Japanese text, and what then opens the comment.
///
/// Only the direct neighbours count: a comment, a heading, a list item or a statement (`#set`)
/// ends with its line.
fn joins(node: &LinkedNode<'_>) -> Option<&'static str> {
    if node.parent_kind() != Some(SyntaxKind::Markup) {
        return None;
    }
    let (before, after) = (node.prev_sibling_with_trivia()?, node.next_sibling_with_trivia()?);
    // Two calls on lines of their own are two blocks, not a run of text.
    if !is_text(&before) && !is_text(&after) {
        return None;
    }
    let opening = match before.kind() {
        SyntaxKind::FuncCall => OPEN,
        // `*` and `/*` side by side would read as the end of a comment.
        SyntaxKind::Strong => "#[]/*",
        _ if is_text(&before) => OPEN,
        _ => return None,
    };
    let call = || {
        let next = after.next_sibling_with_trivia();
        next.is_some_and(|next| next.kind() == SyntaxKind::FuncCall)
    };
    let width = |node: &LinkedNode<'_>, last| is_text(node).then(|| edge(node, last));
    let joined = match (width(&before, true), width(&after, false)) {
        (Some(before), Some(after)) => before.joins(after),
        (Some(one), None) => {
            one.is_full()
                && (after.kind() == SyntaxKind::Strong
                    || after.kind() == SyntaxKind::Hash && call())
        }
        (None, Some(one)) => one.is_full(),
        (None, None) => false,
    };
    joined.then_some(opening)
}

/// Characters: as they are, escaped, or written short (`...`).
fn is_text(node: &LinkedNode<'_>) -> bool {
    matches!(node.kind(), SyntaxKind::Text | SyntaxKind::Escape | SyntaxKind::Shorthand)
}

/// How wide the character is with which a text ends or begins.
fn edge(node: &LinkedNode<'_>, last: bool) -> Width {
    let leaf = node.get();
    let written = match node.kind() {
        SyntaxKind::Escape => leaf.cast::<ast::Escape<'_>>().map(ast::Escape::get),
        SyntaxKind::Shorthand => leaf.cast::<ast::Shorthand<'_>>().map(ast::Shorthand::get),
        _ => {
            let mut seen = leaf.leaf_text().chars().filter(|c| !joins_its_neighbour(*c));
            if last { seen.next_back() } else { seen.next() }
        }
    };
    written.map_or(Width::Half, width)
}

/// How a character is set in Japanese text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    Half,
    Full,
    /// A letter that Japanese text sets full-width, and other languages do not: Greek, Cyrillic.
    Letter,
}

impl Width {
    fn is_full(self) -> bool {
        self != Width::Half
    }

    /// Whether no space belongs between two characters at a line break.
    fn joins(self, next: Width) -> bool {
        self.is_full() && next.is_full() && (self, next) != (Width::Letter, Width::Letter)
    }
}

/// Characters that change the one before them, or have no width: the form of a kanji, a circle
/// around a digit, an accent.
fn joins_its_neighbour(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// Full-width are the wide characters of Unicode's annex 11 but Hangul, which has spaces, and the
/// signs that are full-width in Japanese fonts and narrow elsewhere: ± × ÷ ° ℃ № Ⅰ ∞ ≒ → ① ☆.
fn width(c: char) -> Width {
    match c {
        '\u{370}'..='\u{52F}' => Width::Letter,
        '§' | '¨' | '°' | '±' | '²' | '³' | '´' | '¶' | '·' | '¹' | '¼' | '½' | '¾' | '×' | '÷'
        // General punctuation but spaces, superscripts, currencies, letterlike signs, numerals,
        // arrows, mathematics, technical signs.
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2070}'..='\u{209F}'
        | '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{23FF}'
        // Enclosed characters, lines, blocks, shapes, symbols, arrows.
        | '\u{2460}'..='\u{27BF}' | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}'
        // Radicals, signs, kana, kanji, forms for vertical and full width, kana and signs beyond.
        | '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{1AFF0}'..='\u{1B16F}' | '\u{1F000}'..='\u{1FBFF}' | '\u{20000}'..='\u{3FFFF}' => {
            Width::Full
        }
        _ => Width::Half,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_between_japanese_characters_becomes_a_comment() {
        assert_eq!(join_lines("一行\n二行。\n  三行"), "一行/*\n*/二行。/*\n  */三行");
    }

    #[test]
    fn a_line_may_end_or_begin_with_any_sign_that_is_full_width_in_japanese() {
        for sign in "℃×÷±≒∞№Ⅰⅳ°≧√∑∥′″§¶①㈱㎡㏍㍻→⇒★♪☎…―〜～「￥％＋αЖ²₂½├🈁🍎℡⌒✓❶🄰".chars()
        {
            let ends = format!("積は{sign}\nで示す");
            assert_eq!(join_lines(&ends), format!("積は{sign}/*\n*/で示す"));
            let begins = format!("積は\n{sign}で示す");
            assert_eq!(join_lines(&begins), format!("積は/*\n*/{sign}で示す"));
        }
        assert_eq!(join_lines("積は×\n÷"), "積は×/*\n*/÷");
    }

    #[test]
    fn letters_digits_and_words_of_other_languages_keep_their_space() {
        for text in [
            "A\nの",
            "の\nA",
            "5\nの",
            "%\nの",
            "é\nの",
            "×\nb",
            "λόγος\nκαι",
            "слово\nи",
            "한국\n어",
        ] {
            assert_eq!(join_lines(text), text);
        }
    }

    #[test]
    fn a_form_of_a_kanji_and_a_sign_of_no_width_do_not_hide_the_character_before_them() {
        for end in ["葛\u{E0100}", "☎\u{FE0F}", "が\u{200B}", "か\u{3099}"] {
            assert_eq!(join_lines(&format!("{end}\nの")), format!("{end}/*\n*/の"));
        }
    }

    #[test]
    fn an_escaped_or_shortened_sign_is_what_it_prints() {
        assert_eq!(join_lines("一...\nの"), "一.../*\n*/の");
        assert_eq!(join_lines("一\\u{2103}\nの"), "一\\u{2103}/*\n*/の");
        assert_eq!(join_lines("一\\#\nの"), "一\\#\nの");
    }

    #[test]
    fn paragraphs_calls_on_their_own_lines_and_latin_words_keep_their_breaks() {
        for text in
            ["一\n\n二", "#図(\"1\")\n#図(\"2\")", "one\ntwo", "= 見出し\n本文", "- 一\n- 二"]
        {
            assert_eq!(join_lines(text), text);
        }
    }

    #[test]
    fn a_call_inside_a_sentence_is_joined_on_both_sides() {
        assert_eq!(join_lines("率は\n#値(\"a\")\nである"), "率は/*\n*/#値(\"a\")/*\n*/である");
    }

    #[test]
    fn bold_text_is_joined_and_stays_valid() {
        let joined = join_lines("一\n*太字*\n続き");
        assert_eq!(joined, "一/*\n*/*太字*#[]/*\n*/続き");
        assert!(!parse(&joined).diagnosis().errors);
    }

    #[test]
    fn comments_and_statements_end_with_their_line() {
        for text in [
            "一\n\n// 説明\n続き",
            "一 // 説明\n続き",
            "#set text(size: 9pt)\n大きい",
            "一\n// 説明\n#図(\"1\")",
        ] {
            assert_eq!(join_lines(text), text);
        }
    }

    #[test]
    fn lines_and_columns_lead_back_to_the_authors_file() {
        let joined = join_lines("一行\n二#x");
        let line = joined.lines().nth(1).unwrap();
        let column = line.chars().position(|c| c == '#').unwrap();
        assert_eq!(original_column(line, column), 1);
        assert_eq!(original_column("二#x", 1), 1);
    }
}
