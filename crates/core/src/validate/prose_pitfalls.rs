//! Prose that Typst would swallow or print as it stands, without a word: signs that vanish, and
//! calls that are none.

use typst_syntax::{LinkedNode, SyntaxKind};

use crate::model::call::{CALLS, call_kind};

/// What vanishes at a node: the words for it, and how the author writes what is meant.
pub(super) fn vanishing(node: &LinkedNode<'_>) -> Option<(&'static str, &'static str)> {
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

/// Where calls stand behind a full-width ＃, which would be printed as they stand.
pub(super) fn wide_signs(text: &str) -> impl Iterator<Item = usize> {
    let found = text.match_indices('＃').filter(|(at, sign)| {
        let rest = &text[at + sign.len()..];
        CALLS.iter().any(|(name, _)| rest.starts_with(name))
    });
    found.map(|(at, _)| at)
}

/// Whether a name after # is no call, although full-width brackets follow or it is a block's.
pub(super) fn is_bare_name(node: &LinkedNode<'_>, source: &str) -> bool {
    let rest = source[node.range().end..].trim_start_matches(' ');
    let wide = rest.starts_with(['（', '［', '「']);
    let named = call_kind(node.get().leaf_text()).is_some();
    node.parent_kind() == Some(SyntaxKind::Markup) && (wide || named)
}
