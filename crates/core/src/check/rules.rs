//! Every rule, in its order.

use std::collections::{BTreeSet, HashMap};

use super::context::Context;
use super::numeral_origin::{Lexicon, NumeralOrigin, classify};
use super::numerals::numerals;
use super::sentences::{LONGEST, Sentence, sentences};
use super::{
    calls, claims, directions, figures, handwritten, headings, house_style, names, references,
    rounding, statuses,
};
use crate::bind::Bindings;
use crate::model::report::Report;
use crate::problem::{Code, Place, Problem};

/// Where every numeral that the author wrote comes from, by the place of its first digit.
pub fn origins(report: &Report, bindings: &Bindings) -> HashMap<Place, NumeralOrigin> {
    let lexicon = Lexicon::new(report);
    let mut found = HashMap::new();
    let short = |sentence: &Sentence| sentence.text.len() <= LONGEST;
    for sentence in sentences(report, bindings).into_iter().filter(short) {
        for numeral in numerals(&sentence.text) {
            let origin = classify(&sentence, &numeral.digits, &lexicon);
            found.insert(sentence.place(numeral.digits.start), origin);
        }
    }
    found
}

/// A sentence that is none: it cannot be held against the data.
fn too_long(sentence: &Sentence) -> Problem {
    let count = sentence.text.chars().count();
    Problem::error(Code::TooLarge, sentence.place(0))
        .text(sentence.text.chars().take(20).collect::<String>())
        .message(format!("1つの文が長すぎて、データと照らし合わせられません（{count}字）"))
        .expected(format!("{}字より短い文", LONGEST / 3))
        .hint("句点（。）で文を分けるか、段落を空の行で分けてください")
}

/// Applies every rule. `library`: the names that Typst itself gives to the prose.
pub fn check(report: &Report, bindings: &Bindings, library: &BTreeSet<String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    references::names(report, &mut problems);
    references::figures_and_tables(report, &mut problems);
    references::initiatives(report, &mut problems);
    headings::levels(report, &mut problems);
    names::placement(report, &mut problems);
    calls::names(report, library, &mut problems);
    let context = Context::new(report, bindings);
    calls::marks(report, &mut problems);
    problems.extend(context.long_sentences.iter().map(too_long));
    figures::all(report, &context.sentences, &mut problems);
    handwritten::figures(&context, &mut problems);
    directions::all(&context, &mut problems);
    claims::numbers(&context, &mut problems);
    claims::constants(&context, &mut problems);
    names::all(&context, &mut problems);
    statuses::all(&context, &mut problems);
    rounding::notes(&context, &mut problems);
    house_style::all(&context, &mut problems);
    house_style::amounts(&context, &mut problems);
    problems
}
