//! The alternative text: what a reader who cannot see the chart must know.
//!
//! In: a figure. Out: whole Japanese sentences written from its data and worded to be listened
//! to, the most telling first, at most `LONGEST` characters.

mod compose;
mod course;
mod extremes;
mod notes;
mod parts;
mod pictures;
mod telling;
#[cfg(test)]
mod tests;
mod words;

use compose::Sentence;
use soukatsu_core::model::figure::{ChartKind, Figure};
use telling::{Series, Telling};

/// The longest alternative text in characters: a screen reader cannot skim.
const LONGEST: usize = 160;

/// The alternative text of a figure: its own, or one to a few short sentences from the data.
///
/// Never empty, at most 160 characters when it is made from the data, and it ends with 。.
pub fn alt(figure: &Figure) -> String {
    if let Some(own) = &figure.alt {
        return own.clone();
    }
    let told = Telling::of(figure);
    let mut sentences = if told.is_empty() {
        vec![Sentence::body(vec!["データなし。".into()])]
    } else {
        data_sentences(&told)
    };
    sentences.extend(notes::references(&told));
    sentences.extend(notes::missing(&told));
    sentences.extend(notes::unsettled(&told));
    sentences.extend(notes::annotations(&told));
    sentences.extend(notes::state(figure));
    compose::text(&words::head(&told), &sentences)
}

fn data_sentences(told: &Telling) -> Vec<Sentence> {
    match told.figure.kind {
        ChartKind::RankedBars => parts::ranked(told),
        ChartKind::Shares | ChartKind::Ring => parts::shares(told),
        ChartKind::PercentBars | ChartKind::PercentColumns => parts::percent(told),
        ChartKind::StackedColumns | ChartKind::StackedBars | ChartKind::ColumnsAndLine => {
            parts::stacked(told)
        }
        ChartKind::PairedBars => pictures::paired(told),
        ChartKind::Slope => pictures::slope(told),
        ChartKind::SmallMultiples => pictures::multiples(told),
        ChartKind::Columns | ChartKind::Bars | ChartKind::Lines => plain(told),
    }
}

/// Values side by side, of one series or of several.
fn plain(told: &Telling) -> Vec<Sentence> {
    if told.groups().count() < 2 {
        return told.rows().filter_map(|row| words::row(told, row)).collect();
    }
    let [only] = told.series.as_slice() else {
        let mut sentences = scope(told);
        sentences.extend(totals(told));
        sentences.extend(told.series.iter().filter_map(|series| one_of_many(told, series)));
        return sentences;
    };
    match &told.time {
        Some(time) => course::lone(told, time, only).into_iter().chain(totals(told)).collect(),
        None => {
            let sentences = scope(told).into_iter().chain(totals(told));
            sentences.chain(extremes::lone(told, only)).collect()
        }
    }
}

/// Over which time or between which groups is compared; nothing when the title says so.
fn scope(told: &Telling) -> Vec<Sentence> {
    let text = if told.time.is_some() { words::period(told) } else { words::compared(told) };
    text.map(|text| Sentence::body(vec![format!("{text}。")])).into_iter().collect()
}

/// The rows that stand for all the others.
fn totals(told: &Telling) -> impl Iterator<Item = Sentence> {
    told.rows().filter(|&row| told.rows[row].total).filter_map(|row| words::row(told, row))
}

/// The most telling of one series: its course over time, or else its highest and lowest.
fn about(told: &Telling, series: &Series, topic: &str) -> Option<Sentence> {
    match &told.time {
        Some(time) => course::with_topic(told, time, series, topic),
        None => extremes::with_topic(told, series, topic),
    }
}

/// The same for one of several series: where room is short, it is counted instead.
fn one_of_many(told: &Telling, series: &Series) -> Option<Sentence> {
    about(told, series, &format!("{}は", series.name.noun())).map(Sentence::countable)
}
