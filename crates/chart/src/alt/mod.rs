//! The alternative text: what a reader who cannot see the chart must know.
//!
//! In: a figure. Out: whole Japanese sentences written from its data and worded to be listened
//! to, the most telling first, at most `LONGEST` characters.

mod compose;
mod extremes;
mod facts;
mod notes;
mod parts;
mod plain;
mod special_kinds;
mod speech;
#[cfg(test)]
mod tests;
mod trend;
mod words;

use compose::Sentence;
use facts::Facts;
use soukatsu_core::model::figure::{ChartKind, Figure};

/// The alternative text of a figure: its own, or one to a few short sentences from the data.
///
/// Never empty, at most 160 characters when it is made from the data, and it ends with 。.
pub fn alt(figure: &Figure) -> String {
    if let Some(own) = &figure.alt {
        return own.clone();
    }
    let parts = figure.without_totals();
    let figure = parts.as_ref().unwrap_or(figure);
    let facts = Facts::of(figure);
    let mut sentences = if facts.is_empty() {
        vec![Sentence::body(vec!["データなし。".into()])]
    } else {
        data_sentences(&facts)
    };
    sentences.extend(notes::references(&facts));
    sentences.extend(notes::missing(&facts));
    sentences.extend(notes::unsettled(&facts));
    sentences.extend(notes::annotations(&facts));
    sentences.extend(notes::state(figure));
    compose::text(&words::head(&facts), &sentences)
}

fn data_sentences(facts: &Facts) -> Vec<Sentence> {
    match facts.figure.kind {
        ChartKind::RankedBars => parts::ranked(facts),
        ChartKind::Shares | ChartKind::Ring => parts::shares(facts),
        ChartKind::PercentBars | ChartKind::PercentColumns => parts::percent(facts),
        ChartKind::ColumnsAndLine if !facts.figure.stacked => plain::plain(facts),
        ChartKind::StackedColumns | ChartKind::StackedBars | ChartKind::ColumnsAndLine => {
            parts::stacked(facts)
        }
        ChartKind::PairedBars => special_kinds::paired(facts),
        ChartKind::Slope => special_kinds::slope(facts),
        ChartKind::SmallMultiples => special_kinds::multiples(facts),
        ChartKind::Columns | ChartKind::Bars | ChartKind::Lines => plain::plain(facts),
    }
}
