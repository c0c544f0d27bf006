//! The sentences of a report: what their calls come to, and whether they agree with the data.

#[path = "../common/mod.rs"]
mod common;

mod any_calls;
mod inconsistencies;
mod variation_sequences;
