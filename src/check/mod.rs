//! Rules over the model and the prose that need no typesetting.
//!
//! In: the model. Out: problems. Each rule is a function of the report; rules say nothing
//! about data sets that are incomplete.

mod headings;
mod references;

use crate::bind::Bindings;
use crate::model::report::Report;
use crate::problem::Problem;

/// Applies every rule.
pub fn check(report: &Report, _bindings: &Bindings) -> Vec<Problem> {
    let mut problems = Vec::new();
    references::names(report, &mut problems);
    references::figures(report, &mut problems);
    references::initiatives(report, &mut problems);
    headings::levels(report, &mut problems);
    problems
}
