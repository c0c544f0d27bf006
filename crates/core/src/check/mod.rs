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

use std::collections::{BTreeSet, HashMap};

use crate::bind::Bindings;
use crate::model::report::Report;
use crate::problem::{Place, Problem};
use context::Context;

/// Where every numeral that the author wrote comes from, by the place of its first digit.
pub fn origins(report: &Report, bindings: &Bindings) -> HashMap<Place, numerals::Origin> {
    let lexicon = numerals::Lexicon::new(report);
    let mut found = HashMap::new();
    for sentence in sentences::sentences(report, bindings) {
        for numeral in numerals::numerals(&sentence.text) {
            let origin = numerals::classify(&sentence, &numeral.digits, &lexicon);
            found.insert(sentence.place(numeral.digits.start), origin);
        }
    }
    found
}

/// Applies every rule. `library`: the names that Typst itself gives to the prose.
pub fn check(report: &Report, bindings: &Bindings, library: &BTreeSet<String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    references::names(report, &mut problems);
    references::figures(report, &mut problems);
    references::initiatives(report, &mut problems);
    headings::levels(report, &mut problems);
    names::placement(report, &mut problems);
    calls::names(report, library, &mut problems);
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
