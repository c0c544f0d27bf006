//! The highest and the lowest of a series.

use super::compose::Sentence;
use super::facts::{Facts, SpokenSeries, SpokenValue};
use super::speech::and;

/// The highest and the lowest value with the names of all that have it.
pub(super) struct Extremes<'a> {
    pub top: &'a SpokenValue,
    pub top_names: String,
    pub low: &'a SpokenValue,
    pub low_names: String,
    /// `その他を除き、` where what is left beside the groups is beyond them.
    pub without: String,
}

/// Highest and lowest of the groups, what is left beside them apart. None without values.
pub(super) fn of<'a>(facts: &Facts, series: &'a SpokenSeries) -> Option<Extremes<'a>> {
    let with_value = |row: usize| Some((row, series.at(row)?));
    let (rests, groups): (Vec<_>, Vec<_>) =
        facts.groups().filter_map(with_value).partition(|(row, _)| facts.rows[*row].rest);
    let groups = if groups.is_empty() { &rests } else { &groups };
    let (_, top) = groups.iter().max_by_key(|(_, value)| value.exact)?;
    let (_, low) = groups.iter().min_by_key(|(_, value)| value.exact)?;
    let beyond = |value: &SpokenValue| value.exact > top.exact || value.exact < low.exact;
    let beyond: Vec<_> = rests.iter().filter(|(_, value)| beyond(value)).collect();
    let without = match beyond.as_slice() {
        [] => String::new(),
        rests => format!("{}を除き、", names(facts, rests.iter().map(|(row, _)| *row))),
    };
    let named = |wanted: &SpokenValue| {
        let rows = groups.iter().filter(|(_, value)| value.exact == wanted.exact);
        names(facts, rows.map(|(row, _)| *row))
    };
    Some(Extremes { top, top_names: named(top), low, low_names: named(low), without })
}

/// `30代と40代`, `R1など3年度`.
fn names(facts: &Facts, rows: impl Iterator<Item = usize>) -> String {
    let nouns: Vec<String> = rows.map(|row| facts.rows[row].name.noun()).collect();
    let counter = facts.time.as_ref().map_or("区分", |time| time.counter);
    match nouns.as_slice() {
        [first, _, _, ..] => format!("{first}など{}{counter}", nouns.len()),
        few => and(few),
    }
}

/// Highest and lowest of the only series.
pub(super) fn lone(facts: &Facts, series: &SpokenSeries) -> Option<Sentence> {
    let Extremes { top, top_names, low, low_names, without } = of(facts, series)?;
    let highest = format!("{without}最大は{top_names}の{}", top.said);
    Some(Sentence::body(match top.exact == low.exact {
        true => vec![format!("{without}すべて{}。", top.said)],
        false => vec![format!("{highest}、最小は{low_names}の{}。", low.said), highest + "。"],
    }))
}

/// Highest and lowest of one of several series.
pub(super) fn with_topic(facts: &Facts, series: &SpokenSeries, topic: &str) -> Option<Sentence> {
    let Extremes { top, top_names, low, low_names, without } = of(facts, series)?;
    Some(Sentence::body(match top.exact == low.exact {
        true => vec![format!("{topic}{without}すべて{}。", top.said)],
        false => vec![
            format!(
                "{topic}{without}最大が{top_names}の{}、最小が{low_names}の{}。",
                top.said, low.said
            ),
            format!("{topic}{without}{}から{}。", low.said, top.said),
        ],
    }))
}
