//! Prose as Typst shall see it: line breaks between Japanese characters are no spaces.
//!
//! Typst turns a line break in the source into a space, which no Japanese text has. The break
//! is wrapped into a comment, so that every line keeps its number.

use typst::syntax::{LinkedNode, SyntaxKind, parse};

/// Prose after joining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedProse {
    pub text: String,
}

const OPEN: &str = "/*";
const CLOSE: &str = "*/";

/// Wraps the line breaks between Japanese characters into comments.
pub fn join_lines(text: &str) -> JoinedProse {
    let root = parse(text);
    let mut breaks = Vec::new();
    collect(&LinkedNode::new(&root), &mut breaks);
    let mut joined = String::with_capacity(text.len() + 4 * breaks.len());
    let mut from = 0;
    for range in breaks {
        joined.push_str(&text[from..range.start]);
        joined.push_str(OPEN);
        joined.push_str(&text[range.clone()]);
        joined.push_str(CLOSE);
        from = range.end;
    }
    joined.push_str(&text[from..]);
    JoinedProse { text: joined }
}

/// The column of the author's file for a column (both from 0) of a joined line.
pub fn original_column(line: &str, column: usize) -> usize {
    let before_close: Option<usize> = line.find(CLOSE).filter(|at| line[..*at].trim().is_empty());
    match before_close {
        Some(_) => column.saturating_sub(CLOSE.chars().count()),
        None => column,
    }
}

fn collect(node: &LinkedNode<'_>, breaks: &mut Vec<std::ops::Range<usize>>) {
    if node.kind() == SyntaxKind::Space && node.get().leaf_text().contains('\n') && joins(node) {
        breaks.push(node.range());
    }
    for child in node.children() {
        collect(&child, breaks);
    }
}

/// Whether both sides of a break are running Japanese text, or a call between such text.
fn joins(node: &LinkedNode<'_>) -> bool {
    let in_markup = node.parent_kind() == Some(SyntaxKind::Markup);
    // A heading or a list item ends with its line.
    let ends_item = matches!(
        node.prev_sibling_kind(),
        Some(SyntaxKind::Heading | SyntaxKind::ListItem | SyntaxKind::EnumItem | SyntaxKind::TermItem)
    );
    let side = |leaf: Option<LinkedNode<'_>>, last: bool| {
        let Some(leaf) = leaf else { return false };
        match leaf.kind() {
            SyntaxKind::Text => {
                let text = leaf.get().leaf_text();
                let near = if last { text.chars().next_back() } else { text.chars().next() };
                near.is_some_and(is_japanese)
            }
            // The end of a call or of bold text, or their beginning.
            SyntaxKind::RightParen | SyntaxKind::RightBracket | SyntaxKind::Star => last || leaf.kind() == SyntaxKind::Star,
            SyntaxKind::Hash => !last,
            _ => false,
        }
    };
    let (before, after) = (node.prev_leaf(), node.next_leaf());
    let text = |leaf: &Option<LinkedNode<'_>>| leaf.as_ref().is_some_and(|l| l.kind() == SyntaxKind::Text);
    // Two calls on lines of their own are two blocks, not a run of text.
    in_markup && !ends_item && (text(&before) || text(&after)) && side(before, true) && side(after, false)
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
        assert_eq!(join_lines("一行\n二行。\n  三行").text, "一行/*\n*/二行。/*\n  */三行");
    }

    #[test]
    fn paragraphs_calls_on_their_own_lines_and_latin_words_keep_their_breaks() {
        for text in ["一\n\n二", "#図(\"1\")\n#図(\"2\")", "one\ntwo", "= 見出し\n本文", "- 一\n- 二"] {
            assert_eq!(join_lines(text).text, text);
        }
    }

    #[test]
    fn a_call_inside_a_sentence_is_joined_on_both_sides() {
        assert_eq!(join_lines("率は\n#値(\"a\")\nである").text, "率は/*\n*/#値(\"a\")/*\n*/である");
    }

    #[test]
    fn lines_and_columns_lead_back_to_the_authors_file() {
        let joined = join_lines("一行\n二#x").text;
        let line = joined.lines().nth(1).unwrap();
        let column = line.chars().position(|c| c == '#').unwrap();
        assert_eq!(original_column(line, column), 1);
        assert_eq!(original_column("二#x", 1), 1);
    }
}
