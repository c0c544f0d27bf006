//! Paragraphs parted into sentences: the text as printed, and where each character comes from.

use std::ops::Range;

use super::bound::BoundProse;
use crate::model::call::{Paragraph, Piece};
use crate::model::report::Prose;
use crate::problem::Place;

/// Which full stops end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FullStops {
    All,
    /// None inside of 「」, 『』 or （）.
    OutsideBrackets,
}

/// One sentence, with its full stop, or what ends with its paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SentenceText {
    /// As printed.
    pub text: String,
    /// All of it, in order.
    pub spans: Vec<Span>,
}

/// A run of characters with one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// In bytes of the sentence.
    pub range: Range<usize>,
    /// Of the piece that it is of: of its first character, or of the call.
    pub place: Place,
    /// So many characters of the piece stand before it.
    pub skipped: u32,
    pub source: Source,
}

/// Where a character comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Source {
    /// The call that prints it; `None` for what the author wrote.
    pub value: Option<usize>,
    /// The claim around it.
    pub claim: Option<usize>,
}

impl SentenceText {
    fn push(&mut self, text: &str, place: Place, skipped: u32, source: Source) {
        let start = self.text.len();
        self.text.push_str(text);
        self.spans.push(Span { range: start..self.text.len(), place, skipped, source });
    }
}

/// The sentences of a paragraph; `unbound` stands for values that could not be worked out.
pub fn split_sentences(
    paragraph: &Paragraph,
    prose: &Prose,
    bound: Option<&BoundProse>,
    stops: FullStops,
    unbound: &str,
) -> Vec<SentenceText> {
    let (mut done, mut open) = (Vec::new(), SentenceText::default());
    let mut depth = 0usize;
    for piece in &paragraph.pieces {
        match piece {
            Piece::Value { call, claim } => {
                let source = Source { value: Some(*call), claim: *claim };
                let place = prose.calls.get(*call).map(|call| call.place.clone());
                let value = bound.and_then(|bound| bound.values.get(call));
                let text = value.map_or(unbound, |value| value.text.as_str());
                open.push(text, place.unwrap_or_else(|| Place::file("")), 0, source);
            }
            Piece::Text { text, place, claim, .. } => {
                let source = Source { value: None, claim: *claim };
                let (mut from, mut skipped) = (0, 0);
                let mut take = |open: &mut SentenceText, end: usize| {
                    let part = &text[from..end];
                    if !part.is_empty() {
                        open.push(part, place.clone(), skipped, source);
                    }
                    skipped += part.chars().count() as u32;
                    from = end;
                };
                for (at, c) in text.char_indices() {
                    match c {
                        '「' | '『' | '（' => depth += 1,
                        '」' | '』' | '）' => depth = depth.saturating_sub(1),
                        '。' if depth == 0 || stops == FullStops::All => {
                            take(&mut open, at + c.len_utf8());
                            done.push(std::mem::take(&mut open));
                        }
                        _ => {}
                    }
                }
                take(&mut open, text.len());
            }
        }
    }
    if !open.text.trim().is_empty() {
        done.push(open);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::call::ParagraphKind;

    fn parted(text: &str, stops: FullStops) -> Vec<String> {
        let place = Place::at("prose/a.typ", 1, 1);
        let pieces =
            vec![Piece::Text { text: text.into(), place, offset: 0, length: 0, claim: None }];
        let paragraph = Paragraph { kind: ParagraphKind::Body, pieces };
        let sentences = split_sentences(&paragraph, &Prose::default(), None, stops, "…");
        sentences.into_iter().map(|sentence| sentence.text).collect()
    }

    #[test]
    fn a_full_stop_inside_of_brackets_ends_a_sentence_where_that_is_asked_for() {
        let text = "「一。」と（二。）三。四";
        assert_eq!(parted(text, FullStops::OutsideBrackets), ["「一。」と（二。）三。", "四"]);
        assert_eq!(parted(text, FullStops::All), ["「一。", "」と（二。", "）三。", "四"]);
    }
}
