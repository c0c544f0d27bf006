//! The running text of a prose file: literal text and printed values, paragraph by paragraph.
//!
//! Line breaks of the file are left out, as they are on the page between Japanese characters.

use std::collections::HashMap;
use std::ops::Range;

use typst_syntax::{LinkedNode, SyntaxKind, ast};

use super::scan::Scan;
use crate::model::call::{Call, CallKind, Paragraph, ParagraphKind, Piece, call_kind};

/// The paragraphs of a file, in its order; empty ones are left out.
pub(super) fn paragraphs(scan: &Scan, calls: &[Call]) -> Vec<Paragraph> {
    let by_range = calls.iter().enumerate().map(|(index, call)| {
        let Range { start, end } = call.range;
        ((start, end), index)
    });
    // Of calls in one place the first, as they stand in the file.
    let by_range = by_range.rev().collect();
    let mut walk =
        Walk { scan, calls, by_range, done: Vec::new(), open: Paragraph::default(), claim: None };
    walk.node(&LinkedNode::new(scan.source.root()));
    walk.close(ParagraphKind::Body);
    walk.done
}

struct Walk<'a> {
    scan: &'a Scan,
    calls: &'a [Call],
    by_range: HashMap<(usize, usize), usize>,
    done: Vec<Paragraph>,
    open: Paragraph,
    claim: Option<usize>,
}

impl Walk<'_> {
    /// Ends the open paragraph; the next one is of this kind.
    fn close(&mut self, next: ParagraphKind) {
        let ended = std::mem::replace(&mut self.open, Paragraph { kind: next, pieces: Vec::new() });
        if !ended.pieces.is_empty() {
            self.done.push(ended);
        }
    }

    fn text(&mut self, node: &LinkedNode<'_>, text: &str) {
        let (place, offset) = (self.scan.place(node.offset()), node.offset());
        let (length, claim) = (node.range().len(), self.claim);
        let text = text.to_owned();
        self.open.pieces.push(Piece::Text { text, place, offset, length, claim });
    }

    fn node(&mut self, node: &LinkedNode<'_>) {
        let leaf = node.get().leaf_text();
        match node.kind() {
            SyntaxKind::Text | SyntaxKind::Link | SyntaxKind::SmartQuote => self.text(node, leaf),
            SyntaxKind::Escape => {
                if let Some(escape) = node.cast::<ast::Escape>() {
                    self.text(node, &escape.get().to_string());
                }
            }
            SyntaxKind::Shorthand => {
                if let Some(shorthand) = node.cast::<ast::Shorthand>() {
                    self.text(node, &shorthand.get().to_string());
                }
            }
            SyntaxKind::Space if !leaf.contains('\n') && !self.open.pieces.is_empty() => {
                self.text(node, " ");
            }
            SyntaxKind::Parbreak => self.close(self.open.kind),
            SyntaxKind::Heading => self.block(node, ParagraphKind::Heading),
            SyntaxKind::ListItem | SyntaxKind::EnumItem => self.block(node, ParagraphKind::Body),
            SyntaxKind::FuncCall => self.call(node),
            SyntaxKind::Raw | SyntaxKind::LineComment | SyntaxKind::BlockComment => {}
            _ => self.children(node),
        }
    }

    fn children(&mut self, node: &LinkedNode<'_>) {
        for child in node.children() {
            self.node(&child);
        }
    }

    fn block(&mut self, node: &LinkedNode<'_>, kind: ParagraphKind) {
        let outer = self.open.kind;
        self.close(kind);
        self.children(node);
        self.close(outer);
    }

    fn call(&mut self, node: &LinkedNode<'_>) {
        let Range { start, end } = node.range();
        let Some(index) = self.by_range.get(&(start, end)).copied() else {
            return self.children(node);
        };
        let name = self.calls[index].name.as_str();
        match call_kind(name) {
            Some(CallKind::Value) => {
                self.open.pieces.push(Piece::Value { call: index, claim: self.claim });
            }
            Some(CallKind::Claim) => {
                let outer = self.claim.replace(index);
                self.bodies(node, None);
                self.claim = outer;
            }
            Some(CallKind::Condition) => {}
            Some(CallKind::Block) => {
                let outer = self.open.kind;
                // The first text of these is what they print as a heading.
                let titled = matches!(name, "総括項目" | "項目");
                let (first, body) = match name {
                    "注" | "資料" => (None, ParagraphKind::Note),
                    _ => (titled.then_some(ParagraphKind::Heading), ParagraphKind::Body),
                };
                self.close(first.unwrap_or(body));
                self.bodies(node, first.map(|_| body));
                self.close(outer);
            }
            None => self.children(node),
        }
    }

    /// The content blocks of a call, and the title of those that have one.
    ///
    /// `then`: what follows the title, when there is one.
    fn bodies(&mut self, node: &LinkedNode<'_>, mut then: Option<ParagraphKind>) {
        for args in node.children().filter(|child| child.kind() == SyntaxKind::Args) {
            for child in args.children() {
                match child.kind() {
                    SyntaxKind::Str if then.is_some() => {
                        let inner = child.get().leaf_text().trim_matches('"').to_owned();
                        let place = self.scan.place(child.offset() + 1);
                        let (offset, length) = (child.offset() + 1, inner.len());
                        let (text, claim) = (inner, self.claim);
                        self.open.pieces.push(Piece::Text { text, place, offset, length, claim });
                    }
                    SyntaxKind::ContentBlock => self.children(&child),
                    _ => continue,
                }
                if let Some(kind) = then.take() {
                    self.close(kind);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::call::{ParagraphKind, Piece};
    use crate::validate::read_prose;

    /// `kind text{call}text` a paragraph; what a claim holds in ⟨ ⟩.
    fn read(text: &str) -> Vec<String> {
        let (prose, _) =
            read_prose("a.typ", &format!("#import \"/template/author.typ\": *\n{text}"));
        let piece = |piece: &Piece| {
            let (text, claim) = match piece {
                Piece::Text { text, claim, .. } => (text.clone(), claim),
                Piece::Value { call, claim } => (format!("{{{}}}", prose.calls[*call].name), claim),
            };
            if claim.is_some() { format!("⟨{text}⟩") } else { text }
        };
        let paragraph = |paragraph: &crate::model::call::Paragraph| {
            let kind = match paragraph.kind {
                ParagraphKind::Body => "",
                ParagraphKind::Heading => "# ",
                ParagraphKind::Note => "※ ",
            };
            kind.to_owned() + &paragraph.pieces.iter().map(piece).collect::<String>()
        };
        prose.paragraphs.iter().map(paragraph).collect()
    }

    #[test]
    fn lines_join_and_blocks_part() {
        assert_eq!(
            read("= 見出し\n一行\n二行#値(\"a\", \"R6\")と\n\n- 項\n  目\n- *太字*"),
            ["# 見出し", "一行二行{値}と", "項目", "太字"]
        );
    }

    #[test]
    fn bodies_of_blocks_are_running_text_and_their_titles_headings() {
        assert_eq!(
            read("#総括項目(\"約8割\")[本文]\n#項目[題#値(\"a\", \"R6\")][一\n\n二]\n#注[注記]"),
            ["# 約8割", "本文", "# 題{値}", "一", "二", "※ 注記"]
        );
    }

    #[test]
    fn claims_mark_their_phrase_and_conditions_print_nothing() {
        assert_eq!(
            read("率は#主張(達成(\"a\", \"R6\"))[*目標*の#値(\"a\", \"R6\")を達成]した"),
            ["率は⟨目標⟩⟨の⟩⟨{値}⟩⟨を達成⟩した"]
        );
    }
}
