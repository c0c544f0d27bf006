//! Ranks, and the parts of wholes.

use std::cmp::Reverse;

use super::compose::Sentence;
use super::telling::{Series, Telling, Value};
use super::words::{Name, and, listed, row};
use super::{about, extremes, one_of_many, plain, scope, totals};
use soukatsu_core::model::figure::ChartKind;

/// Ranked bars: the three largest.
pub(super) fn ranked(told: &Telling) -> Vec<Sentence> {
    let rate = told.series.first().is_some_and(|series| series.rate);
    in_order(told, if rate { "高い順に" } else { "多い順に" }, 3)
}

/// The parts of one whole, the largest first.
pub(super) fn shares(told: &Telling) -> Vec<Sentence> {
    in_order(told, "大きい順に", 6)
}

/// Values by size, at most so many; what is left beside the items stands apart.
fn in_order(told: &Telling, order: &str, most: usize) -> Vec<Sentence> {
    let Some(series) = told.series.first() else { return Vec::new() };
    let with_value = |row: usize| Some((row, series.at(row)?));
    let (rests, items): (Vec<_>, Vec<_>) =
        told.groups().filter_map(with_value).partition(|(row, _)| told.rows[*row].rest);
    let (rests, mut items) = if items.is_empty() { (items, rests) } else { (rests, items) };
    items.sort_by_key(|(_, value)| Reverse(value.exact));
    let count = items.len();
    let named: Vec<(&Name, &Value)> =
        items.iter().map(|(row, value)| (&told.rows[*row].name, *value)).collect();
    let wording = |shown: usize| match shown < count {
        true => {
            let nouns: Vec<String> =
                rests.iter().map(|(row, _)| told.rows[*row].name.noun()).collect();
            let apart =
                if nouns.is_empty() { String::new() } else { format!("{}を除く", and(&nouns)) };
            format!("{apart}{count}項目のうち、{order}{}。", listed(&named[..shown]))
        }
        false => format!("{order}{}。", listed(&named)),
    };
    let most = most.min(count);
    let sentence = match items.as_slice() {
        [] => None,
        [(only, _)] => row(told, *only),
        [(_, first), .., (_, last)] if first.exact == last.exact => {
            Some(Sentence::body(vec![format!("{count}項目すべて{}。", first.said)]))
        }
        _ => Some(Sentence::body((1..=most).rev().map(wording).collect())),
    };
    // Among the largest it would be missed.
    let lowest = most.checked_sub(1).and_then(|last| items.get(last));
    let telling =
        |value: &Value| most == count || lowest.is_some_and(|(_, low)| value.exact > low.exact);
    let rests = rests.iter().filter(|(_, value)| telling(value));
    let rests = rests.filter_map(|(rest, _)| row(told, *rest));
    sentence.into_iter().chain(rests).chain(totals(told)).collect()
}

/// Parts of 100: the row for all, or else the course or range of every part.
pub(super) fn percent(told: &Telling) -> Vec<Sentence> {
    let first = told.series.first();
    if told.time.is_some() || totals(told).next().is_none() || told.series.len() < 2 {
        return plain(told);
    }
    let groups = told.groups().count() > 1;
    let range = first
        .filter(|_| groups)
        .and_then(|first| extremes::with_topic(told, first, &format!("{}は", first.name.noun())));
    let mut sentences = if groups { scope(told) } else { Vec::new() };
    sentences.extend(totals(told));
    sentences.extend(range.map(Sentence::more));
    sentences
}

/// Stacks, with or without a line: their sum, the line, the largest part, every part.
pub(super) fn stacked(told: &Telling) -> Vec<Sentence> {
    let figure = told.figure;
    let line = figure.line_series.filter(|_| figure.kind == ChartKind::ColumnsAndLine);
    let part = |(index, series): &(usize, &Series)| Some(*index) != line && !series.total;
    let parts: Vec<&Series> =
        told.series.iter().enumerate().filter(part).map(|(_, series)| series).collect();
    if parts.len() < 2 || told.groups().count() < 2 {
        return plain(told);
    }
    let mut sentences = scope(told);
    sentences.extend(totals(told));
    // Rates and a total among the parts do not add up to anything.
    let adds = parts.iter().all(|part| !part.rate)
        && told.series.iter().enumerate().all(|(at, series)| !series.total || Some(at) == line);
    let sums = sums(told, &parts);
    let whole = told.groups().all(|row| sums.at(row).is_some());
    if adds && (whole || told.time.is_some()) {
        sentences.extend(about(told, &sums, &sum_topic(&parts)));
    }
    let line = line.and_then(|line| told.series.get(line));
    sentences.extend(line.and_then(|line| about(told, line, &format!("{}は", line.name.noun()))));
    sentences.extend(largest(told, &parts));
    sentences.extend(parts.iter().filter_map(|part| Some(one_of_many(told, part)?.more())));
    sentences
}

/// `女性と男性の合計は` where that is short.
fn sum_topic(parts: &[&Series]) -> String {
    if let [one, two] = parts {
        let both = and(&[one.name.noun(), two.name.noun()]);
        if both.chars().count() < 16 {
            return format!("{both}の合計は");
        }
    }
    "合計は".into()
}

/// The sum of every group, where all its parts are there.
fn sums(told: &Telling, parts: &[&Series]) -> Series {
    let sum = |row: usize| {
        let values: Vec<Option<&Value>> = parts.iter().map(|part| part.at(row)).collect();
        Value::sum(&values, &told.figure.unit).filter(|_| !told.rows[row].total)
    };
    Series {
        name: Name::new("合計", String::new),
        total: true,
        rate: false,
        values: told.rows().map(sum).collect(),
    }
}

/// Which part is the largest: in every group, or else at the last time.
fn largest(told: &Telling, parts: &[&Series]) -> Option<Sentence> {
    let most = if parts.iter().any(|part| part.rate) { "最も高い" } else { "最も多い" };
    let tops = |row: usize| -> Option<Vec<usize>> {
        let values: Option<Vec<&Value>> = parts.iter().map(|part| part.at(row)).collect();
        let values = values?;
        let top = values.iter().map(|value| value.exact).max()?;
        Some((0..parts.len()).filter(|&at| values[at].exact == top).collect())
    };
    let groups: Vec<usize> = told.groups().collect();
    let all: Option<Vec<Vec<usize>>> = groups.iter().map(|&row| tops(row)).collect();
    if let Some([first, more @ ..]) = all.as_deref()
        && let [only] = first.as_slice()
        && more.iter().all(|tops| tops == first)
    {
        let counter = told.time.as_ref().map_or("区分", |time| time.counter);
        let name = parts[*only].name.noun();
        return Some(Sentence::body(vec![format!("すべての{counter}で{name}が{most}。")]));
    }
    let last = *told.time.as_ref()?.order.last()?;
    let tops = tops(last).filter(|tops| tops.len() < parts.len())?;
    let names: Vec<String> = tops.iter().map(|&at| parts[at].name.noun()).collect();
    let value = parts[*tops.first()?].at(last)?;
    let (row, names) = (told.rows[last].name.noun(), and(&names));
    Some(Sentence::body(vec![format!("{row}では{names}が{}で{most}。", value.said)]))
}
