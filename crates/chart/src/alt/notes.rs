//! What is to be known beside the values: targets, what is missing or not final, notes.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::compose::{Priority, Sentence};
use super::facts::{Facts, SpokenValue};
use super::speech::{aloud, and, quoted};
use crate::mark::CellAt;
use soukatsu_core::model::figure::{Annotation, DataState, Figure, ReferenceLine};

/// Whether the data of the whole figure are final.
pub(super) fn state(figure: &Figure) -> Option<Sentence> {
    let word = state_word(figure.state)?;
    Some(Sentence::new(Priority::State, vec![format!("{word}。")]))
}

fn state_word(state: DataState) -> Option<&'static str> {
    match state {
        DataState::Confirmed => None,
        DataState::Preliminary => Some("速報値"),
        DataState::Provisional => Some("仮データ"),
    }
}

/// Target and baseline, and how the latest value stands to them where the data judges it.
pub(super) fn references(facts: &Facts) -> Vec<Sentence> {
    let reached = |line: &ReferenceLine| match line.reached {
        Some(true) => "達成",
        _ => "未達",
    };
    let target = facts.figure.target.as_ref().map(|line| {
        let brief = line.reached.map(|_| format!("{}で、{}。", value_of(line), reached(line)));
        reference(facts, line, |_| reached(line), brief)
    });
    let baseline = facts.figure.baseline.as_ref().map(|line| {
        let side = |value: &SpokenValue| match value.exact.cmp(&line.value) {
            Ordering::Less => "下回る",
            Ordering::Equal => "同じ",
            Ordering::Greater => "上回る",
        };
        reference(facts, line, side, None)
    });
    target.into_iter().chain(baseline).collect()
}

/// `目標値 70.0%` as `目標値は70.0%`.
fn value_of(line: &ReferenceLine) -> String {
    let label = aloud(&line.label);
    match label.split_once([' ', '　']) {
        Some((name, value)) => format!("{name}は{}", value.trim()),
        None => label,
    }
}

/// `目標値は70.0%、R6は59.3%で未達。`, with a wording that names no value for where there is none.
fn reference(
    facts: &Facts,
    line: &ReferenceLine,
    verdict: impl Fn(&SpokenValue) -> &'static str,
    nameless: Option<String>,
) -> Sentence {
    let value = value_of(line);
    let named = || {
        line.reached?;
        let series = facts.series.first()?;
        let rows = facts.time.as_ref()?.order.iter().rev();
        let (row, latest) = rows.filter_map(|&row| Some((row, series.at(row)?))).next()?;
        let name = series.name.noun();
        let whose = match facts.series.len() > 1 && !facts.title_says(&name) {
            true => format!("{name}の"),
            false => String::new(),
        };
        let now = format!("{value}、{whose}{}は", facts.rows[row].name.noun());
        let verdict = verdict(latest);
        Some([format!("{now}{}で{verdict}。", latest.said), format!("{now}{verdict}。")])
    };
    let wordings = named().into_iter().flatten().chain(nameless);
    Sentence::new(Priority::Must, wordings.chain([format!("{value}。")]).collect())
}

/// Which values are missing.
pub(super) fn missing(facts: &Facts) -> Option<Sentence> {
    let all = cells(facts, |_, _| true);
    let gone = cells(facts, |series, row| facts.series[series].at(row).is_none());
    if gone.is_empty() || gone.len() == all.len() {
        return None;
    }
    Some(places(facts, &gone, &all, "値なし"))
}

/// Which values are not final, in data that is.
pub(super) fn unsettled(facts: &Facts) -> Vec<Sentence> {
    let there = cells(facts, |series, row| facts.series[series].at(row).is_some());
    let sentence = |state: DataState| {
        let wanted = |cell: &&CellAt| facts.figure.data.unsettled.get(cell) == Some(&state);
        let found: BTreeSet<CellAt> = there.iter().filter(wanted).copied().collect();
        let of_all = facts.figure.state == state || found.is_empty();
        (!of_all).then(|| places(facts, &found, &there, state_word(state).unwrap_or_default()))
    };
    [DataState::Preliminary, DataState::Provisional].into_iter().filter_map(sentence).collect()
}

fn cells(facts: &Facts, wanted: impl Fn(usize, usize) -> bool) -> BTreeSet<CellAt> {
    let all = (0..facts.series.len()).flat_map(|series| facts.rows().map(move |row| (series, row)));
    all.filter(|&(series, row)| wanted(series, row)).collect()
}

/// `R1は値なし。`: some of all cells by name, or only their number where they are many.
fn places(facts: &Facts, some: &BTreeSet<CellAt>, all: &BTreeSet<CellAt>, what: &str) -> Sentence {
    if some == all {
        return Sentence::new(Priority::Must, vec![format!("値はすべて{what}。")]);
    }
    let mut nouns = Vec::new();
    let (mut left, mut all) = (some.clone(), all.clone());
    // Whole series, then whole rows, then what is left one by one.
    if facts.series.len() > 1 {
        for (series, own) in facts.series.iter().enumerate() {
            let count = |cells: &BTreeSet<CellAt>| cells.iter().filter(|at| at.0 == series).count();
            if count(&left) > 1 && count(&left) == count(&all) {
                nouns.push(own.name.noun());
                left.retain(|at| at.0 != series);
                all.retain(|at| at.0 != series);
            }
        }
    }
    let whole = |row: &usize| {
        let count = |cells: &BTreeSet<CellAt>| cells.iter().filter(|at| at.1 == *row).count();
        count(&left) > 0 && count(&left) == count(&all)
    };
    let rows: Vec<usize> = facts.rows().filter(whole).collect();
    left.retain(|at| !rows.contains(&at.1));
    nouns.extend(spans(facts, &rows));
    nouns.extend(left.iter().map(|&(series, row)| {
        format!("{}の{}", facts.series[series].name.noun(), facts.rows[row].name.noun())
    }));
    let count = format!("{}か所は{what}。", some.len());
    Sentence::new(
        Priority::Must,
        match nouns.len() {
            1..=3 => vec![format!("{}は{what}。", and(&nouns)), count],
            _ => vec![count],
        },
    )
}

/// Rows by name, three and more that follow each other in time as `R4からR6`.
fn spans(facts: &Facts, rows: &[usize]) -> Vec<String> {
    let name = |row: usize| facts.rows[row].name.noun();
    let Some(time) = &facts.time else { return rows.iter().map(|&row| name(row)).collect() };
    let wanted: Vec<bool> = time.order.iter().map(|row| rows.contains(row)).collect();
    let mut nouns = Vec::new();
    let mut at = 0;
    while at < wanted.len() {
        let length = wanted[at..].iter().take_while(|wanted| **wanted).count();
        let run = &time.order[at..at + length];
        match run {
            [first, _, .., last] => nouns.push(format!("{}から{}", name(*first), name(*last))),
            few => nouns.extend(few.iter().map(|&row| name(row))),
        }
        at += length.max(1);
    }
    nouns.extend(rows.iter().filter(|&&row| facts.rows[row].total).map(|&row| name(row)));
    nouns
}

/// The author's words inside the chart.
pub(super) fn annotations(facts: &Facts) -> Vec<Sentence> {
    let sentences = facts.figure.annotations.iter().filter_map(|one| annotation(facts, one));
    sentences.map(|text| Sentence::new(Priority::More, vec![text])).collect()
}

/// `R2からR4はコロナ禍。`, `R6に「制度改正」の注記。`
fn annotation(facts: &Facts, annotation: &Annotation) -> Option<String> {
    let name = |row: usize| Some(facts.rows.get(row)?.name.noun());
    let (Annotation::Period { text, .. } | Annotation::Point { text, .. }) = annotation;
    let text = aloud(text);
    let text = Some(text.trim_end_matches('。')).filter(|text| !text.is_empty())?;
    Some(match *annotation {
        Annotation::Period { from, to, .. } => {
            let (from, to) = (from.min(to), from.max(to));
            let (first, last) = (name(from)?, name(to)?);
            match to - from {
                0 => format!("{first}は{text}。"),
                1 => format!("{first}と{last}は{text}。"),
                _ => format!("{first}から{last}は{text}。"),
            }
        }
        Annotation::Point { series, category, .. } => {
            let whose = match series.map(|series| facts.series.get(series)) {
                Some(None) => return None,
                Some(Some(own)) if facts.series.len() > 1 => format!("{}の", own.name.noun()),
                Some(Some(_)) | None => String::new(),
            };
            format!("{whose}{}に{}の注記。", name(category)?, quoted(text))
        }
    })
}
