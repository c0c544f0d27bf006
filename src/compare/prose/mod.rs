//! The prose of two editions: its sentences, its words and its marks.

mod blocks;
mod call_changes;
mod marks;
mod markup_changes;
mod sentences;
mod tokens;
mod word_diff;

pub use blocks::{initiative_heading, placed_figures, placed_tables, unnamed_arguments};
pub use call_changes::{ClaimChange, ValueChange, compare_calls};
pub use marks::is_marked_otherwise;
pub use markup_changes::{MarkupChange, compare_markup};
pub use sentences::{Sentence, SentenceChange, compare_sentences, sentences};
pub use tokens::{Token, TokenKind, printed_parts, tokens};
pub use word_diff::{Segment, marked, without_blanks};
