//! What of a prose file prints nothing of itself: comments, and the heads of calls.

use std::collections::BTreeMap;

use typst_syntax::{LinkedNode, SyntaxKind, parse};

/// Where comments and heads of calls begin and end, in bytes of the text.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    comments: BTreeMap<usize, usize>,
    heads: BTreeMap<usize, usize>,
}

impl Markup {
    /// The markup of a prose file, or of a part of one.
    pub fn of(text: &str) -> Self {
        let mut markup = Markup::default();
        markup.collect(&LinkedNode::new(&parse(text)));
        markup
    }

    /// The end of the comment that begins here.
    pub fn comment_at(&self, at: usize) -> Option<usize> {
        self.comments.get(&at).copied()
    }

    /// The end of what a # opens here: a call with its arguments and the bracket of its body, or
    /// the first word of a statement.
    pub fn head_at(&self, at: usize) -> Option<usize> {
        self.heads.get(&at).copied()
    }

    fn collect(&mut self, node: &LinkedNode<'_>) {
        match node.kind() {
            SyntaxKind::LineComment | SyntaxKind::BlockComment => {
                let length = node.get().leaf_text().trim_end().len();
                self.comments.insert(node.offset(), node.offset() + length);
            }
            SyntaxKind::Hash => {
                let next = node.next_sibling_with_trivia();
                let end = next.and_then(|next| head_end(&next));
                self.heads.insert(node.offset(), end.unwrap_or(node.range().end));
            }
            _ => {}
        }
        for child in node.children() {
            self.collect(&child);
        }
    }
}

/// Where the head of an expression in the text ends; `None` of one that has none.
fn head_end(node: &LinkedNode<'_>) -> Option<usize> {
    match node.kind() {
        SyntaxKind::FuncCall => {
            let callee = node.children().next()?;
            if callee.kind() == SyntaxKind::FuncCall {
                return head_end(&callee);
            }
            let args = node.children().find(|child| child.kind() == SyntaxKind::Args)?;
            let parens = args.children().find(|child| child.kind() == SyntaxKind::RightParen);
            let end = parens.map_or(args.offset(), |paren| paren.range().end);
            let is_body = |child: &LinkedNode<'_>| {
                child.kind() == SyntaxKind::ContentBlock && child.offset() >= end
            };
            let body = args.children().find(is_body);
            Some(body.map_or(end.max(callee.range().end), |body| body.offset() + 1))
        }
        SyntaxKind::Ident | SyntaxKind::FieldAccess => Some(node.range().end),
        SyntaxKind::ContentBlock => Some(node.offset() + 1),
        SyntaxKind::CodeBlock => None,
        _ => node
            .leftmost_leaf()
            .filter(|leaf| leaf.kind().is_keyword())
            .map(|leaf| leaf.range().end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_calls_hold_their_arguments() {
        for (text, head) in [
            ("#主張(達成(\"a)\", \"R6\"))[本文]", "#主張(達成(\"a)\", \"R6\"))["),
            ("#図(\"1\")。", "#図(\"1\")"),
            ("#strong[太字]", "#strong["),
            ("#set text(size: 9pt)", "#set"),
            ("#[本文]", "#["),
            ("#図。", "#図"),
            ("#box([枠])[本文]", "#box([枠])["),
            ("#box([枠])", "#box([枠])"),
        ] {
            assert_eq!(Markup::of(text).head_at(0).map(|end| &text[..end]), Some(head), "{text}");
        }
    }

    #[test]
    fn signs_in_strings_and_raw_text_are_no_comments() {
        let text = "`// a` #link(\"https://b\")[c] // d";
        let markup = Markup::of(text);
        let found: Vec<&str> =
            (0..text.len()).filter_map(|at| Some(&text[at..markup.comment_at(at)?])).collect();
        assert_eq!(found, ["// d"]);
    }
}
