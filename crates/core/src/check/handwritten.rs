//! Figures written by hand: those that contradict the data, those that copy it, and those that
//! come from nowhere. Each is told once, by what is surest.

use std::ops::Range;

use super::candidates::{Candidate, candidates, same};
use super::changes;
use super::context::Context;
use super::findings::{contradiction, copy};
use super::numeral_origin::{NumeralOrigin, classify};
use super::numerals::{Numeral, first, numerals};
use super::sentences::Sentence;
use crate::model::initiative::{Status, StatusCount};
use crate::model::quantity::grouped;
use crate::model::report::DataSet;
use crate::problem::{Code, Problem};

/// Every numeral of the prose that has no origin.
pub(super) fn figures(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for sentence in &context.sentences {
        for numeral in numerals(&sentence.text) {
            if classify(sentence, &numeral.digits, &context.lexicon) == NumeralOrigin::None {
                let found = changes::percent_for_points(context, sentence, &numeral)
                    .or_else(|| changes::amount(context, sentence, &numeral))
                    .or_else(|| cell(context, sentence, &numeral))
                    .or_else(|| count(context, sentence, &numeral));
                problems.push(found.unwrap_or_else(|| untraced(context, sentence, &numeral)));
            }
        }
    }
}

/// A numeral against the target, or the cell, that the sentence names.
fn cell(context: &Context<'_>, sentence: &Sentence, numeral: &Numeral) -> Option<Problem> {
    if numeral.unit.is_empty() {
        return copied_constant(context, sentence, numeral);
    }
    if let Some(found) = target(context, sentence, numeral) {
        return found;
    }
    let candidates = candidates(context, sentence, numeral);
    if let Some(hit) = candidates.iter().find(|one| numeral.agrees(&one.cell.numeral)) {
        return Some(copied(sentence, numeral, hit));
    }
    let sure: Vec<&Candidate<'_>> = candidates.iter().filter(|one| one.sure).collect();
    if let [only] = sure.as_slice()
        && states_a_value(sentence, numeral)
    {
        let name = only.topic.cell_name(only.item, only.series);
        let call = only.topic.call_for(only.item, only.series);
        return Some(contradiction(
            sentence,
            numeral,
            &format!("{name} は {}", only.cell.text),
            &format!("{}（{}）", only.cell.text, only.cell.place_name()),
            &format!("データが正しければ、数の代わりに {call} と書いてください"),
        ));
    }
    let page = same(context.on_page(sentence).into_iter(), sentence, numeral);
    page.map(|hit| copied(sentence, numeral, &hit))
        .or_else(|| copied_constant(context, sentence, numeral))
}

/// 80%という目標値: against the target. The outer `None`: no target is spoken of.
fn target(
    context: &Context<'_>,
    sentence: &Sentence,
    numeral: &Numeral,
) -> Option<Option<Problem>> {
    let before = &sentence.text[..numeral.range.start];
    let after = &sentence.text[numeral.range.end..];
    let after = ["以上", "以下"].iter().fold(after, |text, w| text.strip_prefix(w).unwrap_or(text));
    let ahead = ["目標値の", "目標値は", "目標値「", "目標の", "目標は", "目標の「", "目標額の"];
    let behind = ["という目標", "の目標", "を目標"];
    if !ahead.iter().any(|word| before.ends_with(word))
        && !behind.iter().any(|word| after.starts_with(word))
    {
        return None;
    }
    let topic = context.subject(sentence, numeral.range.start).or_else(|| {
        let on_page = context.on_page(sentence);
        let mut same = on_page.into_iter().filter(|topic| {
            topic.target.as_ref().is_some_and(|target| target.unit == numeral.unit)
        });
        same.next().filter(|_| same.next().is_none())
    })?;
    let target = topic.target.as_ref().filter(|target| target.unit == numeral.unit)?;
    let call = format!("#目標値(\"{}\")", topic.data.call);
    Some(Some(match numeral.agrees(target) {
        true => copy(sentence, numeral, &format!("{}の目標値", topic.data.call), &call),
        false => contradiction(
            sentence,
            numeral,
            &format!("{}の目標値とは異なる数", topic.data.call),
            &grouped(target.exact, target.exact.normalize().scale()),
            &format!("データが正しければ、数の代わりに {call} と書いてください"),
        ),
    }))
}

/// Whether the words around a numeral say that something is so much, and not about so much, more
/// than so much, or so much more.
fn states_a_value(sentence: &Sentence, numeral: &Numeral) -> bool {
    let before = &sentence.text[..numeral.range.start];
    let after = &sentence.text[numeral.range.end..];
    let vague = ["約", "およそ", "おおむね", "おおよそ", "ほぼ", "最大", "最低", "毎年", "各"];
    let closing =
        ["と", "で", "に", "まで", "だ", "、", "。", "）", "へ", "の水準", "「", "」", "】", "【"];
    let past = ["に届", "を", "で割"];
    !numeral.tenths
        && !vague.iter().any(|word| before.ends_with(word))
        && !past.iter().any(|word| after.starts_with(word))
        && (after.is_empty() || closing.iter().any(|word| after.starts_with(word)))
}

fn copied_constant(
    context: &Context<'_>,
    sentence: &Sentence,
    numeral: &Numeral,
) -> Option<Problem> {
    let same = |text: &str| {
        let found = first(text);
        found.is_some_and(|f| f.exact == numeral.exact && f.unit == numeral.unit)
            && sentence.text[numeral.range.start..].starts_with(text)
    };
    let constant = context.report.constants.iter().find(|constant| same(&constant.text))?;
    let call = format!("#定数(\"{}\")", constant.name);
    Some(copy(sentence, numeral, &format!("定数「{}」", constant.name), &call))
}

/// The counts and shares of the initiatives.
fn count(context: &Context<'_>, sentence: &Sentence, numeral: &Numeral) -> Option<Problem> {
    let report = context.report;
    let about = |word: &str| sentence.text.contains(word);
    if report.incomplete.contains(&DataSet::Initiatives) || !(about("取組") || about("実施")) {
        return None;
    }
    let pillars = report.pillars.iter().map(|pillar| Some(pillar.name.as_str()));
    for pillar in pillars.filter(|name| name.is_some_and(about)).chain([None]) {
        let counts = StatusCount::of(&report.initiatives, pillar);
        let inside = pillar.map_or_else(String::new, |name| format!("体系: \"{name}\""));
        if numeral.unit == "件" && numeral.exact == counts.total.into() {
            let call = format!("#取組数({inside})");
            return Some(copy(sentence, numeral, "取組の数", &call));
        }
        for (index, status) in Status::ALL.into_iter().enumerate() {
            let name = status.name();
            let inside = if inside.is_empty() { String::new() } else { format!(", {inside}") };
            let share = counts.shares()[index];
            let call = match numeral.unit {
                "件" if numeral.exact == counts.counts[index].into() => "取組数",
                "%" if !numeral.tenths && Some(numeral.exact) == share => "取組割合",
                _ => continue,
            };
            let call = format!("#{call}(\"{name}\"{inside})");
            return Some(copy(sentence, numeral, &format!("「{name}」の取組"), &call));
        }
    }
    None
}

fn copied(sentence: &Sentence, numeral: &Numeral, hit: &Candidate<'_>) -> Problem {
    let call = hit.topic.call_for(hit.item, hit.series);
    copy(sentence, numeral, &hit.topic.cell_name(hit.item, hit.series), &call)
}

fn untraced(context: &Context<'_>, sentence: &Sentence, numeral: &Numeral) -> Problem {
    let text = with_word(&sentence.text, &numeral.range);
    let after = &sentence.text[numeral.range.end..];
    let words = ["台", "程度", "前後", "以上", "を超", "を上回", "近く", "弱", "強", "を下回"];
    let rough = numeral.tenths || words.iter().any(|word| after.starts_with(word));
    let problem = Problem::warning(Code::UntracedNumeral, sentence.place(numeral.range.start))
        .text(text)
        .message(format!("「{text}」がどのデータから来た数か分かりません"));
    if rough && numeral.unit == "%" {
        return problem.expected("#主張(条件)[句]").hint(
            "「8割を超える」のような言い方は、#主張(以上(値(\"指標\", \"R6\"), 80))[8割を超える] のように条件とともに書いてください",
        );
    }
    let problem = problem.expected("#値(…) などの呼び出しか、#定数(\"名前\")");
    match same(context.topics.all.iter(), sentence, numeral) {
        Some(hit) => problem.hint(format!(
            "同じ数が {} にあります。それを指すなら {} と、データの外の事実なら定数の表に書いて #定数(\"名前\") と書いてください",
            hit.topic.cell_name(hit.item, hit.series),
            hit.topic.call_for(hit.item, hit.series),
        )),
        None => problem.hint(
            "データにある数は呼び出しで引き、データの外の事実は定数の表に出典とともに書いて引いてください。固有の名前の中の数なら、report.toml の [style] の terms に書いてください",
        ),
    }
}

/// A numeral without a unit, with the word behind it, so that people know it again.
fn with_word<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let rest = &text[range.end..];
    let kanji = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | '々');
    let more = rest.char_indices().find(|(_, c)| !kanji(*c)).map_or(rest.len(), |(at, _)| at);
    let short = rest[..more].char_indices().nth(2).map_or(more, |(at, _)| at);
    let end = if text[range.clone()].ends_with(|c: char| c.is_numeric()) {
        range.end + short
    } else {
        range.end
    };
    &text[range.start..end]
}
