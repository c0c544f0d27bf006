//! Values side by side, of one series or of several: what most kinds are told by.

use super::compose::Sentence;
use super::facts::{Facts, SpokenSeries};
use super::{extremes, trend, words};

/// Values side by side, of one series or of several.
pub(super) fn plain(facts: &Facts) -> Vec<Sentence> {
    if facts.groups().count() < 2 {
        return facts.rows().filter_map(|row| words::row(facts, row)).collect();
    }
    let [only] = facts.series.as_slice() else {
        let mut sentences = scope(facts);
        sentences.extend(totals(facts));
        sentences.extend(facts.series.iter().filter_map(|series| one_of_many(facts, series)));
        return sentences;
    };
    match &facts.time {
        Some(time) => trend::lone(facts, time, only).into_iter().chain(totals(facts)).collect(),
        None => {
            let sentences = scope(facts).into_iter().chain(totals(facts));
            sentences.chain(extremes::lone(facts, only)).collect()
        }
    }
}

/// Over which time or between which groups is compared; nothing when the title says so.
pub(super) fn scope(facts: &Facts) -> Vec<Sentence> {
    let text = if facts.time.is_some() { words::period(facts) } else { words::compared(facts) };
    text.map(|text| Sentence::body(vec![format!("{text}。")])).into_iter().collect()
}

/// The rows that stand for all the others.
pub(super) fn totals(facts: &Facts) -> impl Iterator<Item = Sentence> {
    facts.rows().filter(|&row| facts.rows[row].total).filter_map(|row| words::row(facts, row))
}

/// The most telling of one series: its course over time, or else its highest and lowest.
pub(super) fn about(facts: &Facts, series: &SpokenSeries, topic: &str) -> Option<Sentence> {
    match &facts.time {
        Some(time) => trend::with_topic(facts, time, series, topic),
        None => extremes::with_topic(facts, series, topic),
    }
}

/// The same for one of several series: where room is short, it is counted instead.
pub(super) fn one_of_many(facts: &Facts, series: &SpokenSeries) -> Option<Sentence> {
    about(facts, series, &format!("{}は", series.name.noun())).map(Sentence::countable)
}
