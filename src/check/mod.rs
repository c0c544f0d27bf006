//! Rules over the model and the prose that need no typesetting.
//!
//! In: the model and its bindings. Out: problems. Each rule is a function of those; rules say
//! nothing about data sets that are incomplete.

mod calls;
mod candidates;
mod cells;
mod changes;
mod claims;
mod context;
mod directions;
mod figures;
mod headings;
mod likeness;
mod names;
pub mod numerals;
mod origin;
mod references;
mod rounding;
pub mod sentences;
mod statuses;
mod words;
mod written;

use crate::bind::Bindings;
use crate::model::report::Report;
use crate::problem::Problem;
use context::Context;

/// Applies every rule.
pub fn check(report: &Report, bindings: &Bindings) -> Vec<Problem> {
    let mut problems = Vec::new();
    references::names(report, &mut problems);
    references::figures(report, &mut problems);
    references::initiatives(report, &mut problems);
    headings::levels(report, &mut problems);
    names::placement(report, &mut problems);
    calls::names(report, &mut problems);
    let context = Context::new(report, bindings);
    calls::marks(report, &context.sentences, &mut problems);
    figures::all(report, &context.sentences, &mut problems);
    written::figures(&context, &mut problems);
    directions::all(&context, &mut problems);
    claims::numbers(&context, &mut problems);
    claims::constants(&context, &mut problems);
    names::all(&context, &mut problems);
    statuses::all(&context, &mut problems);
    rounding::notes(&context, &mut problems);
    words::all(&context, &mut problems);
    words::amounts(&context, &mut problems);
    problems
}
