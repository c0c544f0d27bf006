//! Words of change that say the opposite of what the data does.

use super::changes::{WORDS, change, pairs};
use super::context::Context;
use super::numeral_origin::{NumeralOrigin, classify};
use super::numerals::numerals;
use super::sentences::Sentence;
use super::topics::Topic;
use crate::bind::{Measure, Value};
use crate::model::period::FiscalYear;
use crate::problem::{Code, Problem};

/// 増加した though the cell fell: between two printed cells, and behind the amount of a change.
pub(super) fn all(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for sentence in &context.sentences {
        between_values(context, sentence, problems);
        behind_amounts(context, sentence, problems);
        of_subject(context, sentence, problems);
    }
}

/// #値(…)から#値(…)に減少した.
fn between_values(context: &Context<'_>, sentence: &Sentence, problems: &mut Vec<Problem>) {
    let printed: Vec<_> = sentence.values().collect();
    for pair in printed.windows(2) {
        let ((one, first), (two, second)) = (&pair[0], &pair[1]);
        let (Some(from), Some(to)) =
            (measure(context, sentence, *first), measure(context, sentence, *second))
        else {
            continue;
        };
        let between = &sentence.text[one.end..two.start];
        let name = |measure: &Measure| measure.called().split(' ').next().map(str::to_owned);
        let same = !from.computed && !to.computed && name(from) == name(to);
        if !same || !between.contains("から") || between.chars().count() > 12 {
            continue;
        }
        let after = &sentence.text[two.end..];
        let clause = after.split(['、', '。']).next().unwrap_or_default();
        if clause.chars().count() <= 14
            && let Some((at, word, up)) = last_change(clause)
            && (to.exact - from.exact).is_sign_positive() != up
        {
            let found = format!("{} から {}", from.called(), to.called());
            problems.push(opposite(sentence, two.end + at, word, &found));
        }
    }
}

/// #差(…)増加した, where the value fell.
fn behind_amounts(context: &Context<'_>, sentence: &Sentence, problems: &mut Vec<Problem>) {
    for (range, index) in sentence.values() {
        let Some(call) = context.call(sentence, index).filter(|call| call.name == "差") else {
            continue;
        };
        let Some((word, Some(up))) = change(&sentence.text[range.end..]) else { continue };
        let literal = |index: usize| call.arguments.get(index).and_then(|a| a.literal());
        let (Some(name), Some(from), Some(to)) = (literal(0), literal(1), literal(2)) else {
            continue;
        };
        // Indicators without a further series: others say which one in ways of their own.
        let topic = context.topics.find(name).filter(|_| call.arguments.len() == 3);
        let cell = |year: &str| topic?.of_year(FiscalYear::parse(year)?);
        if let (Some(from), Some(to)) = (cell(from), cell(to))
            && from.exact != to.exact
            && (to.exact > from.exact) != up
        {
            let found = format!("{name} は {} から {}", from.text, to.text);
            problems.push(opposite(sentence, range.end, word, &found));
        }
    }
}

/// 市民満足度は、令和6年度に増加した: the indicator, the year and the word in one clause, or with
/// an amount of its unit before the word.
fn of_subject(context: &Context<'_>, sentence: &Sentence, problems: &mut Vec<Problem>) {
    let text = &sentence.text;
    let amounts = numerals(text).into_iter().filter(|numeral| {
        classify(sentence, &numeral.digits, &context.lexicon) == NumeralOrigin::None
    });
    for numeral in amounts {
        let Some((word, Some(up))) = change(&text[numeral.range.end..]) else { continue };
        let Some(topic) = context.subject(sentence, numeral.range.start) else { continue };
        let points = numeral.unit == "ポイント" && topic.unit() == "%";
        if numeral.unit != topic.unit() && !points || word.contains('取') || word.contains('積') {
            continue;
        }
        moved(topic, sentence, numeral.range.start, (numeral.range.end, word, up), problems);
    }
    for (end, topic) in context.named_in(sentence) {
        let (end, topic) = (*end, &context.topics.all[*topic]);
        let Some(rest) = text[end..].strip_prefix(['は', 'が', 'も']) else { continue };
        let clause = rest.split('。').next().unwrap_or_default();
        let clause = clause.strip_prefix('、').unwrap_or(clause);
        let clause = clause.split('、').next().unwrap_or_default();
        let offset =
            end + (text[end..].len() - rest.len()) + usize::from(rest.starts_with('、')) * 3;
        // Another subject in between: the word may be about that.
        let Some((at, word, up)) = last_change(clause) else { continue };
        let inner = clause[..at].replace("年度は", "").replace("年度が", "");
        let own = !inner.contains(['は', 'が', 'の'])
            && numerals(&clause[..at]).iter().all(|n| n.unit == "年度" || n.unit == topic.unit());
        if own {
            moved(topic, sentence, offset + at, (offset + at, word, up), problems);
        }
    }
}

/// Tells when the value of the year before a place did not move as the word says.
fn moved(
    topic: &Topic<'_>,
    sentence: &Sentence,
    at: usize,
    (place, word, up): (usize, &str, bool),
    problems: &mut Vec<Problem>,
) {
    let Some(year) = sentence.year_before(at) else { return };
    let from_named = sentence.years().iter().rfind(|(range, one)| {
        range.end <= at && *one < year && sentence.text[range.end..].starts_with("から")
    });
    let pair = match from_named {
        Some((_, one)) => {
            topic.of_year(*one).zip(topic.of_year(year)).map(|(a, b)| ((*one, a), (year, b)))
        }
        None => pairs(topic, Some(year)).into_iter().find(|(_, to)| to.0 == year),
    };
    if let Some((from, to)) = pair
        && from.1.exact != to.1.exact
        && (to.1.exact > from.1.exact) != up
    {
        let found = format!(
            "{} は {} {} から {} {}",
            topic.data.call, from.0, from.1.text, to.0, to.1.text
        );
        problems.push(opposite(sentence, place, word, &found));
    }
}

fn measure<'c>(context: &'c Context<'_>, sentence: &Sentence, call: usize) -> Option<&'c Measure> {
    match &context.bindings.prose.get(sentence.prose?)?.values.get(&call)?.value {
        Value::Measure(measure) => Some(measure),
        _ => None,
    }
}

/// The last change word of a clause: where it stands, the word, whether it goes up.
fn last_change(clause: &str) -> Option<(usize, &'static str, bool)> {
    let found = WORDS.into_iter().filter_map(|(word, up)| Some((clause.rfind(word)?, word, up?)));
    found.max_by_key(|(at, ..)| *at)
}

fn opposite(sentence: &Sentence, at: usize, word: &str, found: &str) -> Problem {
    let word = word.trim_end_matches(['、', '。', '）', 'と', 'の']);
    Problem::warning(Code::OppositeChange, sentence.place(at))
        .text(word)
        .message(format!("「{word}」とありますが、データの動きは逆です（{found}）"))
        .expected("データの動きと同じ向きの言葉")
        .hint("文を直すか、セルを確かめてください。#増減(…) と書けば、値と言葉がデータから入ります")
}
