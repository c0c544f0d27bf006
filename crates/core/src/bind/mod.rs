//! The prose bound to the data: what each of its calls comes to, and whether its claims hold.
//!
//! In: the model. Out: for every call that prints a value its text and the cells behind it, for
//! every claim whether the data supports it, and the problems. Nothing is evaluated in Typst:
//! the template only looks the texts up.

mod arguments;
mod bind_prose;
mod bound;
mod evaluate;
mod evaluator;
mod figures;
mod grid_values;
mod indicators;
mod initiatives;
mod lists;
mod order_conditions;
mod sentences;
#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod tests;
mod value;

pub use bind_prose::bind;
pub use bound::{Bindings, Bound, BoundProse};
pub use sentences::{FullStops, SentenceText, Source, Span, split_sentences};
pub use value::{Measure, SourceCell, Value, Verdict, Words};
