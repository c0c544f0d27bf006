//! Marks of the prose that are seen on the page: bold, headings, paragraphs, the order of blocks.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::tokens::{Token, TokenKind};
use soukatsu_core::model::call::{CallKind, call_kind};

/// Whether marks that are seen differ, or stand elsewhere among the words.
pub fn is_marked_otherwise(was: &[Token], is: &[Token]) -> bool {
    let (was, is) = (seen(was), seen(is));
    let ops = capture_diff_slices(Algorithm::Myers, &was, &is);
    let changed = |side: &[Seen]| {
        // A sentence that came or went is told with its marks.
        let sentence = side.iter().any(|seen| *seen == Seen::Word("。".to_owned()));
        !sentence && side.iter().any(|seen| matches!(seen, Seen::Mark(_)))
    };
    let changes = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
    let mut inline = false;
    for op in changes {
        let (old, new) = (&was[op.old_range()], &is[op.new_range()]);
        inline |= changed(old) || changed(new);
        gone.extend(blocks(old));
        come.extend(blocks(new));
    }
    // A block that only came or went is told by what it prints.
    inline || gone.intersection(&come).next().is_some()
}

/// What of a token is seen on the page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Seen {
    Word(String),
    Mark(String),
    /// A call that places a block, by its name and arguments in no order.
    Block(Vec<String>, String),
}

fn blocks(side: &[Seen]) -> impl Iterator<Item = &Vec<String>> {
    side.iter().filter_map(|seen| match seen {
        Seen::Block(parts, _) => Some(parts),
        _ => None,
    })
}

fn seen(tokens: &[Token]) -> Vec<Seen> {
    let is_text = |token: Option<&Token>| {
        token.is_some_and(|token| token.is_word() || token.source.starts_with(['*', '_']))
    };
    let mut seen = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        match token.kind {
            TokenKind::Text | TokenKind::Value => seen.push(Seen::Word(token.source.clone())),
            TokenKind::LineEnd => {
                let parts = tokens.get(index + 1).map(|next| next.kind) == Some(TokenKind::LineEnd);
                let next = tokens[index..].iter().find(|next| next.kind != TokenKind::LineEnd);
                let claim = next.is_some_and(|next| next.source.starts_with("#主張("));
                if parts && is_text(before) && (is_text(next) || claim) {
                    seen.push(Seen::Mark("\n\n".to_owned()));
                }
            }
            TokenKind::Remark => {}
            TokenKind::Mark if matches!(&*token.source, "[" | "]") => {}
            TokenKind::Mark if token.source.starts_with("#主張(") => {}
            TokenKind::Mark if is_block(&token.source) => {
                let parts = token.source.split(['(', ')', ',', '[']).map(str::trim);
                let mut parts: Vec<String> =
                    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
                parts.sort_unstable();
                seen.push(Seen::Block(parts, token.source.clone()));
            }
            TokenKind::Mark => seen.push(Seen::Mark(token.source.clone())),
        }
    }
    seen
}

fn is_block(head: &str) -> bool {
    let name = head.trim_start_matches('#').split(['(', '[', '"']).next().unwrap_or_default();
    call_kind(name) == Some(CallKind::Block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::prose::tokens;
    use soukatsu_core::validate::read_prose;

    fn is_told(old: &str, new: &str) -> bool {
        let read = |text: &str| tokens(&read_prose("a.typ", text).0, None);
        is_marked_otherwise(&read(old), &read(new))
    }

    #[test]
    fn what_is_set_or_put_otherwise_is_told() {
        for (old, new) in [
            ("前年度より*増えた*。", "前年度より増えた。"),
            ("*前年度*より増えた。", "前年度より*増えた*。"),
            ("= 見出し", "== 見出し"),
            ("一文目。\n二文目。", "一文目。\n\n二文目。"),
            ("#図(\"1\")\n#図(\"2\")", "#図(\"2\")\n#図(\"1\")"),
            ("#指標表(\"甲\", \"乙\")", "#指標表(\"乙\", \"甲\")"),
        ] {
            assert!(is_told(old, new) && is_told(new, old), "{old} → {new}");
        }
    }

    #[test]
    fn other_words_conditions_and_remarks_are_not() {
        for (old, new) in [
            ("前年度より*増えた*。", "前年度より*減った*。"),
            ("一文目。\n二文目。", "一文目。二文目。"),
            ("#主張(達成(\"甲\", \"R6\"))[増えた]。", "増えた。"),
            ("増えた。 // 注", "増えた。"),
            ("#図(\"1\")\n#図(\"2\")", "#図(\"2\")"),
            ("文。*消えた*文。", "文。"),
        ] {
            assert!(!is_told(old, new), "{old} → {new}");
        }
    }
}
