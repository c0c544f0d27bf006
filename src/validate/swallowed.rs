//! Text of the prose that Typst would swallow without a word.

use typst::syntax::{LinkedNode, SyntaxKind};

/// What vanishes at a node: the words for it, and how the author writes what is meant.
pub(super) fn swallowed(node: &LinkedNode<'_>) -> Option<(&'static str, &'static str)> {
    let text = node.get().leaf_text();
    let in_markup = node.parent_kind() == Some(SyntaxKind::Markup);
    let after_text =
        node.prev_sibling_with_trivia().is_some_and(|before| before.kind() == SyntaxKind::Text);
    match node.kind() {
        SyntaxKind::LineComment if after_text => Some((
            "// から行の終わりまでが紙面に出ません",
            "文字としての // は /\\/ と書きます。説明なら、前に空白を置いてください",
        )),
        SyntaxKind::BlockComment if !text.ends_with("*/") || text.len() < 4 => Some((
            "/* から後ろが紙面に出ません",
            "説明の終わりに */ を付けてください。文字としての /* は \\/* と書きます",
        )),
        SyntaxKind::Label => {
            Some(("< > で囲んだ文字が紙面に出ません", "文字としての < は \\< と書きます"))
        }
        SyntaxKind::Int | SyntaxKind::Float | SyntaxKind::Numeric if in_markup => {
            Some(("数の前の # が紙面に出ません", "文字としての # は \\# と書きます"))
        }
        SyntaxKind::Emph => Some(("_ が紙面に出ません", "文字としての _ は \\_ と書きます")),
        SyntaxKind::Shorthand if text == "~" => {
            Some(("~ が空白になります", "文字としての ~ は \\~ と書くか、全角の〜を使います"))
        }
        SyntaxKind::Escape if text[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) => {
            let code_point = text.starts_with("\\u{");
            (!code_point).then_some(("\\ が紙面に出ません", "文字としての \\ は \\\\ と書きます"))
        }
        _ => None,
    }
}
