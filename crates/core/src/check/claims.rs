//! Numbers inside claims must be those of their condition; constants must be used.

use std::collections::{BTreeSet, HashSet};

use rust_decimal::Decimal;

use super::context::Context;
use super::numeral_origin::{Structural, structural};
use super::numerals::{Numeral, numerals};
use super::sentences::Sentence;
use crate::model::call::{Call, Expr};
use crate::model::name::name_key;
use crate::model::period::FiscalYear;
use crate::problem::{Code, Problem};

/// Every number and year in the phrase of a claim stands in its condition.
pub(super) fn numbers(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for sentence in &context.sentences {
        for numeral in numerals(&sentence.text) {
            let source = sentence.source(numeral.digits.start);
            if let (None, Some(claim)) = (source.value, source.claim) {
                problems.extend(number(context, sentence, &numeral, claim));
            }
        }
    }
}

fn number(
    context: &Context<'_>,
    sentence: &Sentence,
    numeral: &Numeral,
    claim: usize,
) -> Option<Problem> {
    let call = context.call(sentence, claim)?;
    let verdict = context.bindings.prose.get(sentence.prose?)?.claims.get(&claim)?;
    if context.lexicon.terms.covers(&sentence.letters, &numeral.digits) {
        return None;
    }
    let form = structural(sentence, &numeral.digits, &context.lexicon);
    match form {
        Some(Structural::Date) => return year(sentence, numeral, call),
        Some(_) => return None,
        None => {}
    }
    let counts = counts(call);
    let fits = |number: &Decimal| {
        let exact = numeral.exact.abs();
        let scaled = |zeros: u32| number.abs().checked_mul(Decimal::from(10_u64.pow(zeros)));
        // 2000 in 百万円 is 20億円, 20 in 千人 is 2万人.
        let scales: &[u32] = if numeral.scaled { &[0, 3, 6, 8] } else { &[0] };
        scales.iter().any(|zeros| scaled(*zeros) == Some(exact))
    };
    let counted = Numeral { unit: "", ..numeral.clone() }.exact;
    let as_count = numeral.unit != "%" && counts.iter().any(|n| Decimal::from(*n) == counted);
    if verdict.numbers.iter().any(fits) || as_count {
        return None;
    }
    let text = &sentence.text[numeral.range.clone()];
    let known: Vec<String> =
        verdict.numbers.iter().map(|number| number.normalize().to_string()).collect();
    let expected = match known.as_slice() {
        [] => "条件にある数".to_owned(),
        known => format!("条件にある数（{}）", known.join("、")),
    };
    Some(
        Problem::warning(Code::ClaimNumber, sentence.place(numeral.range.start))
            .text(text)
            .message(format!("主張の中の「{text}」が条件にありません（{}）", verdict.condition))
            .expected(expected)
            .hint("句の数と条件の数をそろえるか、句の中の数を #値(…) などの呼び出しにしてください"),
    )
}

/// A fiscal year of the phrase is one of the condition's, where that names any.
fn year(sentence: &Sentence, numeral: &Numeral, call: &Call) -> Option<Problem> {
    let (range, year) = sentence.years().iter().find(|(range, _)| {
        range.start <= numeral.digits.start && numeral.digits.end <= range.end
    })?;
    let texts = texts(call);
    let known: BTreeSet<FiscalYear> =
        texts.iter().filter_map(|text| FiscalYear::parse(text)).collect();
    if known.is_empty() || known.contains(year) {
        return None;
    }
    let text = &sentence.text[range.clone()];
    let names: Vec<String> = known.iter().map(|year| year.long()).collect();
    Some(
        Problem::warning(Code::ClaimNumber, sentence.place(numeral.digits.start))
            .text(text)
            .message(format!("主張の中の「{text}」が条件の年度と違います"))
            .expected(names.join("、"))
            .hint("句の年度と条件の年度をそろえてください"),
    )
}

/// All literal arguments of a condition, inside nested calls too.
fn texts(call: &Call) -> Vec<&str> {
    call.arguments
        .iter()
        .flat_map(|argument| match &argument.value {
            Expr::Text(text) | Expr::Number(text) => vec![text.as_str()],
            Expr::Call(call) => texts(call),
            Expr::Other => Vec::new(),
        })
        .collect()
}

/// How many things each call of a condition names: 上位3つ of three, 2つの指標 of two conditions.
fn counts(call: &Call) -> Vec<usize> {
    let inner = call.arguments.iter().filter_map(|argument| match &argument.value {
        Expr::Call(call) => Some(counts(call)),
        _ => None,
    });
    let all = call.arguments.len();
    inner.flatten().chain([all, all.saturating_sub(1)]).filter(|count| *count > 1).collect()
}

/// Every constant is used by a call.
pub(super) fn constants(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let report = context.report;
    if report.prose.iter().any(|prose| prose.broken) {
        return;
    }
    let calls = report.prose.iter().flat_map(|prose| &prose.calls);
    let used: HashSet<_> = calls
        .filter(|call| call.name == "定数")
        .filter_map(|call| Some(name_key(call.arguments.first()?.literal()?)))
        .collect();
    for constant in report.constants.iter().filter(|c| !used.contains(&name_key(&c.name))) {
        problems.push(
            Problem::warning(Code::UnusedConstant, constant.place.clone())
                .text(&constant.name)
                .message(format!("定数「{}」がどの文章でも使われていません", constant.name))
                .hint(format!(
                    "文章で `#定数(\"{}\")` と書くか、この行を消してください",
                    constant.name
                )),
        );
    }
}
