//! The guard: corrections that were meant, held against what changed.

mod expectation;
mod listed_words;
mod problems;
mod target;
mod unlisted_prose;

pub use expectation::Expectation;
