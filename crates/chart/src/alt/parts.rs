//! Ranks, and the parts of wholes.

use std::cmp::Reverse;

use super::compose::Sentence;
use super::extremes;
use super::facts::{Facts, SpokenSeries, SpokenValue};
use super::plain::{about, one_of_many, plain, scope, totals};
use super::speech::{Name, and};
use super::words::{listed, row};
use soukatsu_core::model::figure::ChartKind;

/// Ranked bars: the three largest.
pub(super) fn ranked(facts: &Facts) -> Vec<Sentence> {
    let rate = facts.series.first().is_some_and(|series| series.rate);
    in_order(facts, if rate { "高い順に" } else { "多い順に" }, 3)
}

/// The parts of one whole, the largest first.
pub(super) fn shares(facts: &Facts) -> Vec<Sentence> {
    in_order(facts, "大きい順に", 6)
}

/// Values by size, at most so many; what is left beside the items stands apart.
fn in_order(facts: &Facts, order: &str, most: usize) -> Vec<Sentence> {
    let Some(series) = facts.series.first() else { return Vec::new() };
    let with_value = |row: usize| Some((row, series.at(row)?));
    let (rests, items): (Vec<_>, Vec<_>) =
        facts.groups().filter_map(with_value).partition(|(row, _)| facts.rows[*row].rest);
    let (rests, mut items) = if items.is_empty() { (items, rests) } else { (rests, items) };
    items.sort_by_key(|(_, value)| Reverse(value.exact));
    let count = items.len();
    let named: Vec<(&Name, &SpokenValue)> =
        items.iter().map(|(row, value)| (&facts.rows[*row].name, *value)).collect();
    let wording = |shown: usize| match shown < count {
        true => {
            let nouns: Vec<String> =
                rests.iter().map(|(row, _)| facts.rows[*row].name.noun()).collect();
            let apart =
                if nouns.is_empty() { String::new() } else { format!("{}を除く", and(&nouns)) };
            format!("{apart}{count}項目のうち、{order}{}。", listed(&named[..shown]))
        }
        false => format!("{order}{}。", listed(&named)),
    };
    let most = most.min(count);
    let sentence = match items.as_slice() {
        [] => None,
        [(only, _)] => row(facts, *only),
        [(_, first), .., (_, last)] if first.exact == last.exact => {
            Some(Sentence::body(vec![format!("{count}項目すべて{}。", first.said)]))
        }
        _ => Some(Sentence::body((1..=most).rev().map(wording).collect())),
    };
    // Among the largest it would be missed.
    let lowest = most.checked_sub(1).and_then(|last| items.get(last));
    let telling = |value: &SpokenValue| {
        most == count || lowest.is_some_and(|(_, low)| value.exact > low.exact)
    };
    let rests = rests.iter().filter(|(_, value)| telling(value));
    let rests = rests.filter_map(|(rest, _)| row(facts, *rest));
    sentence.into_iter().chain(rests).chain(totals(facts)).collect()
}

/// Parts of 100: the row for all, or else the course or range of every part.
pub(super) fn percent(facts: &Facts) -> Vec<Sentence> {
    let first = facts.series.first();
    if facts.time.is_some() || totals(facts).next().is_none() || facts.series.len() < 2 {
        return plain(facts);
    }
    let groups = facts.groups().count() > 1;
    let range = first
        .filter(|_| groups)
        .and_then(|first| extremes::with_topic(facts, first, &format!("{}は", first.name.noun())));
    let mut sentences = if groups { scope(facts) } else { Vec::new() };
    sentences.extend(totals(facts));
    sentences.extend(range.map(Sentence::more));
    sentences
}

/// Stacks, with or without a line: their sum, the line, the largest part, every part.
pub(super) fn stacked(facts: &Facts) -> Vec<Sentence> {
    let figure = facts.figure;
    let line = figure.line_series.filter(|_| figure.kind == ChartKind::ColumnsAndLine);
    let part = |(index, series): &(usize, &SpokenSeries)| Some(*index) != line && !series.total;
    let parts: Vec<&SpokenSeries> =
        facts.series.iter().enumerate().filter(part).map(|(_, series)| series).collect();
    if parts.len() < 2 || facts.groups().count() < 2 {
        return plain(facts);
    }
    let mut sentences = scope(facts);
    sentences.extend(totals(facts));
    // Rates and a total among the parts do not add up to anything.
    let adds = parts.iter().all(|part| !part.rate)
        && facts.series.iter().enumerate().all(|(at, series)| !series.total || Some(at) == line);
    let sums = sums(facts, &parts);
    let whole = facts.groups().all(|row| sums.at(row).is_some());
    if adds && (whole || facts.time.is_some()) {
        sentences.extend(about(facts, &sums, &sum_topic(&parts)));
    }
    let line = line.and_then(|line| facts.series.get(line));
    sentences.extend(line.and_then(|line| about(facts, line, &format!("{}は", line.name.noun()))));
    sentences.extend(largest(facts, &parts));
    sentences.extend(parts.iter().filter_map(|part| Some(one_of_many(facts, part)?.more())));
    sentences
}

/// `女性と男性の合計は` where that is short.
fn sum_topic(parts: &[&SpokenSeries]) -> String {
    if let [one, two] = parts {
        let both = and(&[one.name.noun(), two.name.noun()]);
        if both.chars().count() < 16 {
            return format!("{both}の合計は");
        }
    }
    "合計は".into()
}

/// The sum of every group, where all its parts are there.
fn sums(facts: &Facts, parts: &[&SpokenSeries]) -> SpokenSeries {
    let sum = |row: usize| {
        let values: Vec<Option<&SpokenValue>> = parts.iter().map(|part| part.at(row)).collect();
        SpokenValue::sum(&values, &facts.figure.unit).filter(|_| !facts.rows[row].total)
    };
    SpokenSeries {
        name: Name::new("合計", String::new),
        total: true,
        rate: false,
        values: facts.rows().map(sum).collect(),
    }
}

/// Which part is the largest: in every group, or else at the last time.
fn largest(facts: &Facts, parts: &[&SpokenSeries]) -> Option<Sentence> {
    let most = if parts.iter().any(|part| part.rate) { "最も高い" } else { "最も多い" };
    let tops = |row: usize| -> Option<Vec<usize>> {
        let values: Option<Vec<&SpokenValue>> = parts.iter().map(|part| part.at(row)).collect();
        let values = values?;
        let top = values.iter().map(|value| value.exact).max()?;
        Some((0..parts.len()).filter(|&at| values[at].exact == top).collect())
    };
    let groups: Vec<usize> = facts.groups().collect();
    let all: Option<Vec<Vec<usize>>> = groups.iter().map(|&row| tops(row)).collect();
    if let Some([first, more @ ..]) = all.as_deref()
        && let [only] = first.as_slice()
        && more.iter().all(|tops| tops == first)
    {
        let counter = facts.time.as_ref().map_or("区分", |time| time.counter);
        let name = parts[*only].name.noun();
        return Some(Sentence::body(vec![format!("すべての{counter}で{name}が{most}。")]));
    }
    let last = *facts.time.as_ref()?.order.last()?;
    let tops = tops(last).filter(|tops| tops.len() < parts.len())?;
    let names: Vec<String> = tops.iter().map(|&at| parts[at].name.noun()).collect();
    let value = parts[*tops.first()?].at(last)?;
    let (row, names) = (facts.rows[last].name.noun(), and(&names));
    Some(Sentence::body(vec![format!("{row}では{names}が{}で{most}。", value.said)]))
}
