//! Prose as Typst shall see it: line breaks between Japanese characters are no spaces.
//!
//! Typst turns a line break in the source into a space, which no Japanese text has. The break
//! is wrapped into a comment, so that every line keeps its number.

use std::ops::Range;

use typst::syntax::{LinkedNode, SyntaxKind, parse};

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
    let japanese = |leaf: Option<LinkedNode<'_>>, last: bool| {
        leaf.is_some_and(|leaf| {
            let text = leaf.get().leaf_text();
            let near = if last { text.chars().next_back() } else { text.chars().next() };
            near.is_some_and(is_japanese)
        })
    };
    let is_text = |node: &LinkedNode<'_>| node.kind() == SyntaxKind::Text;
    // Two calls on lines of their own are two blocks, not a run of text.
    if !is_text(&before) && !is_text(&after) {
        return None;
    }
    let opening = match before.kind() {
        SyntaxKind::Text => japanese(before.rightmost_leaf(), true).then_some(OPEN),
        SyntaxKind::FuncCall => Some(OPEN),
        // `*` and `/*` side by side would read as the end of a comment.
        SyntaxKind::Strong => Some("#[]/*"),
        _ => None,
    }?;
    let follows = match after.kind() {
        SyntaxKind::Text => japanese(after.leftmost_leaf(), false),
        SyntaxKind::Hash => {
            let next = after.next_sibling_with_trivia();
            next.is_some_and(|next| next.kind() == SyntaxKind::FuncCall)
        }
        SyntaxKind::Strong => true,
        _ => false,
    };
    follows.then_some(opening)
}

/// Characters of Japanese running text, among them full-width signs and digits.
fn is_japanese(c: char) -> bool {
    matches!(c,
        '\u{2010}'..='\u{203B}' | '\u{2190}'..='\u{21FF}' | '\u{2460}'..='\u{24FF}'
        | '\u{25A0}'..='\u{26FF}' | '\u{3000}'..='\u{30FF}' | '\u{31F0}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_between_japanese_characters_becomes_a_comment() {
        assert_eq!(join_lines("一行\n二行。\n  三行"), "一行/*\n*/二行。/*\n  */三行");
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
