//! What is to be known beside the values: targets, what is missing or not final, notes.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::compose::{Rank, Sentence};
use super::telling::{Telling, Value};
use super::words::{aloud, and, quoted};
use soukatsu_core::model::figure::{Annotation, DataState, Figure, ReferenceLine};

/// A series and a row.
type Cell = (usize, usize);

/// Whether the data of the whole figure are final.
pub(super) fn state(figure: &Figure) -> Option<Sentence> {
    let word = state_word(figure.state)?;
    Some(Sentence::new(Rank::State, vec![format!("{word}。")]))
}

fn state_word(state: DataState) -> Option<&'static str> {
    match state {
        DataState::Confirmed => None,
        DataState::Preliminary => Some("速報値"),
        DataState::Provisional => Some("仮データ"),
    }
}

/// Target and baseline, and how the latest value stands to them where the data judges it.
pub(super) fn references(told: &Telling) -> Vec<Sentence> {
    let reached = |line: &ReferenceLine| match line.reached {
        Some(true) => "達成",
        _ => "未達",
    };
    let target = told.figure.target.as_ref().map(|line| {
        let brief = line.reached.map(|_| format!("{}で、{}。", value_of(line), reached(line)));
        reference(told, line, |_| reached(line), brief)
    });
    let baseline = told.figure.baseline.as_ref().map(|line| {
        let side = |value: &Value| match value.exact.cmp(&line.value) {
            Ordering::Less => "下回る",
            Ordering::Equal => "同じ",
            Ordering::Greater => "上回る",
        };
        reference(told, line, side, None)
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
    told: &Telling,
    line: &ReferenceLine,
    verdict: impl Fn(&Value) -> &'static str,
    nameless: Option<String>,
) -> Sentence {
    let value = value_of(line);
    let named = || {
        line.reached?;
        let series = told.series.first()?;
        let rows = told.time.as_ref()?.order.iter().rev();
        let (row, latest) = rows.filter_map(|&row| Some((row, series.at(row)?))).next()?;
        let name = series.name.noun();
        let whose = match told.series.len() > 1 && !told.title_says(&name) {
            true => format!("{name}の"),
            false => String::new(),
        };
        let now = format!("{value}、{whose}{}は", told.rows[row].name.noun());
        let verdict = verdict(latest);
        Some([format!("{now}{}で{verdict}。", latest.said), format!("{now}{verdict}。")])
    };
    let wordings = named().into_iter().flatten().chain(nameless);
    Sentence::new(Rank::Must, wordings.chain([format!("{value}。")]).collect())
}

/// Which values are missing.
pub(super) fn missing(told: &Telling) -> Option<Sentence> {
    let all = cells(told, |_, _| true);
    let gone = cells(told, |series, row| told.series[series].at(row).is_none());
    if gone.is_empty() || gone.len() == all.len() {
        return None;
    }
    Some(places(told, &gone, &all, "値なし"))
}

/// Which values are not final, in data that is.
pub(super) fn unsettled(told: &Telling) -> Vec<Sentence> {
    let there = cells(told, |series, row| told.series[series].at(row).is_some());
    let sentence = |state: DataState| {
        let wanted = |cell: &&Cell| told.figure.data.unsettled.get(cell) == Some(&state);
        let found: BTreeSet<Cell> = there.iter().filter(wanted).copied().collect();
        let told_of_all = told.figure.state == state || found.is_empty();
        (!told_of_all).then(|| places(told, &found, &there, state_word(state).unwrap_or_default()))
    };
    [DataState::Preliminary, DataState::Provisional].into_iter().filter_map(sentence).collect()
}

fn cells(told: &Telling, wanted: impl Fn(usize, usize) -> bool) -> BTreeSet<Cell> {
    let all = (0..told.series.len()).flat_map(|series| told.rows().map(move |row| (series, row)));
    all.filter(|&(series, row)| wanted(series, row)).collect()
}

/// `R1は値なし。`: some of all cells by name, or only their number where they are many.
fn places(told: &Telling, some: &BTreeSet<Cell>, all: &BTreeSet<Cell>, what: &str) -> Sentence {
    if some == all {
        return Sentence::new(Rank::Must, vec![format!("値はすべて{what}。")]);
    }
    let mut nouns = Vec::new();
    let (mut left, mut all) = (some.clone(), all.clone());
    // Whole series, then whole rows, then what is left one by one.
    if told.series.len() > 1 {
        for (series, own) in told.series.iter().enumerate() {
            let count = |cells: &BTreeSet<Cell>| cells.iter().filter(|at| at.0 == series).count();
            if count(&left) > 1 && count(&left) == count(&all) {
                nouns.push(own.name.noun());
                left.retain(|at| at.0 != series);
                all.retain(|at| at.0 != series);
            }
        }
    }
    let whole = |row: &usize| {
        let count = |cells: &BTreeSet<Cell>| cells.iter().filter(|at| at.1 == *row).count();
        count(&left) > 0 && count(&left) == count(&all)
    };
    let rows: Vec<usize> = told.rows().filter(whole).collect();
    left.retain(|at| !rows.contains(&at.1));
    nouns.extend(spans(told, &rows));
    nouns.extend(left.iter().map(|&(series, row)| {
        format!("{}の{}", told.series[series].name.noun(), told.rows[row].name.noun())
    }));
    let count = format!("{}か所は{what}。", some.len());
    Sentence::new(
        Rank::Must,
        match nouns.len() {
            1..=3 => vec![format!("{}は{what}。", and(&nouns)), count],
            _ => vec![count],
        },
    )
}

/// Rows by name, three and more that follow each other in time as `R4からR6`.
fn spans(told: &Telling, rows: &[usize]) -> Vec<String> {
    let name = |row: usize| told.rows[row].name.noun();
    let Some(time) = &told.time else { return rows.iter().map(|&row| name(row)).collect() };
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
    nouns.extend(rows.iter().filter(|&&row| told.rows[row].total).map(|&row| name(row)));
    nouns
}

/// The author's words inside the chart.
pub(super) fn annotations(told: &Telling) -> Vec<Sentence> {
    let sentences = told.figure.annotations.iter().filter_map(|one| annotation(told, one));
    sentences.map(|text| Sentence::new(Rank::More, vec![text])).collect()
}

/// `R2からR4はコロナ禍。`, `R6に「制度改正」の注記。`
fn annotation(told: &Telling, annotation: &Annotation) -> Option<String> {
    let name = |row: usize| Some(told.rows.get(row)?.name.noun());
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
            let whose = match series.map(|series| told.series.get(series)) {
                Some(None) => return None,
                Some(Some(own)) if told.series.len() > 1 => format!("{}の", own.name.noun()),
                Some(Some(_)) | None => String::new(),
            };
            format!("{whose}{}に{}の注記。", name(category)?, quoted(text))
        }
    })
}
