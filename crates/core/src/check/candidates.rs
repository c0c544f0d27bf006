//! Which cells a numeral of the prose may stand for.

use super::context::Context;
use super::numerals::Numeral;
use super::sentences::Sentence;
use super::topics::{CellReading, Topic};
use crate::model::name::{NameText, name_key};

/// A cell that a numeral may stand for.
pub(super) struct Candidate<'c> {
    pub topic: &'c Topic<'c>,
    pub item: usize,
    pub series: usize,
    pub cell: &'c CellReading<'c>,
    /// The words leave no doubt which cell is meant.
    pub sure: bool,
}

/// The cells that the words of the sentence point at: the value of the indicator it speaks of in the
/// year it names, and the items and series it names of the figures on its page.
pub(super) fn candidates<'c>(
    context: &'c Context<'_>,
    sentence: &Sentence,
    numeral: &Numeral,
) -> Vec<Candidate<'c>> {
    let (text, letters) = (&sentence.text, &sentence.letters);
    let at = numeral.range.start;
    let year = sentence.year_before(at);
    let mut found = Vec::new();
    let mut add = |topic: &'c Topic<'c>, item: Option<usize>, series: Option<usize>, sure: bool| {
        let (Some(item), Some(series)) = (item, series) else { return };
        let cell = topic.reading(item, series);
        if let Some(cell) = cell.filter(|cell| cell.numeral.unit == numeral.unit) {
            found.push(Candidate { topic, item, series, cell, sure });
        }
    };
    if let Some(topic) = context.subject(sentence, at) {
        let item = topic.data.items.iter().position(|item| year.is_some() && item.year == year);
        let part = last_named(letters, at, topic.data.series.iter().skip(1).map(|s| s.name));
        add(topic, item, Some(part.map_or(0, |index| index + 1)), true);
    }
    for topic in context.on_page(sentence).into_iter().filter(|topic| topic.data.is_figure) {
        let cited = text.contains(&format!("【{}】", topic.data.call));
        let by_year = topic.data.items.iter().position(|item| year.is_some() && item.year == year);
        let by_name = last_named(letters, at, topic.data.items.iter().map(|item| item.category()));
        let named = by_name.or(by_year);
        let series = match topic.data.series.len() {
            1 => Some(0),
            _ => last_named(letters, at, topic.data.series.iter().map(|series| series.name)),
        };
        let many = topic.data.series.len() > 1;
        let item = named.or(if many { topic.total() } else { None });
        add(topic, item, series, cited && (many || by_name.is_some()));
    }
    found
}

/// The name that stands last before a place.
fn last_named<'n>(
    text: &NameText,
    at: usize,
    names: impl Iterator<Item = &'n str>,
) -> Option<usize> {
    let ends = |name: &str| {
        let key = name_key(name);
        let mut found = text.find(&key).filter(|range| range.end <= at);
        let last = found.by_ref().last().filter(|_| key.chars().nth(1).is_some())?;
        Some((last.end, last.len()))
    };
    let named = names.enumerate().filter_map(|(index, name)| Some((ends(name)?, index)));
    named.max_by_key(|(end, _)| *end).map(|(_, index)| index)
}

/// A cell that says the very same, where the number is no everyday one.
pub(super) fn same<'c>(
    topics: impl Iterator<Item = &'c Topic<'c>>,
    sentence: &Sentence,
    numeral: &Numeral,
) -> Option<Candidate<'c>> {
    if numeral.significant(&sentence.text) < 3 {
        return None;
    }
    for topic in topics {
        for (item, series, cell) in topic.readings() {
            let same = cell.numeral.exact == numeral.exact
                && cell.numeral.unit == numeral.unit
                && cell.numeral.step == numeral.step;
            if same {
                return Some(Candidate { topic, item, series, cell, sure: false });
            }
        }
    }
    None
}
