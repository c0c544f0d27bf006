//! A figure's data as it is told: names and numbers worded for the ear, and what is a time.

use rust_decimal::Decimal;

use super::speech::{Name, aloud};
use crate::text_metrics::clean;
use soukatsu_core::model::figure::{ChartKind, Figure, is_rest, is_total};
use soukatsu_core::model::period::{FiscalYear, Period};
use soukatsu_core::model::quantity::{Quantity, grouped};

/// One value: as it is said, with its unit, and exact.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SpokenValue {
    pub said: String,
    pub exact: Decimal,
    /// Printed decimals; none when the text is no plain number (37億6千万).
    decimals: Option<u32>,
}

impl SpokenValue {
    fn read(quantity: &Quantity, unit: &str) -> Self {
        let text = clean(&quantity.text);
        let number = text.strip_suffix(unit).unwrap_or(&text);
        let plain = number.chars().all(|c| c.is_ascii_digit() || "+-,.".contains(c));
        let fraction = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let decimals = plain.then_some(fraction as u32);
        // On the chart the axis has the unit, a sentence has no axis.
        let unit = if text.ends_with(|c: char| c.is_ascii_digit()) { unit } else { "" };
        SpokenValue { said: aloud(&format!("{text}{unit}")), exact: quantity.exact, decimals }
    }

    /// The sum of values that are all there and none of them negative.
    pub fn sum(values: &[Option<&SpokenValue>], unit: &str) -> Option<SpokenValue> {
        let (mut exact, mut decimals) = (Decimal::ZERO, 0);
        for value in values {
            let value = (*value)?;
            if value.exact < Decimal::ZERO {
                return None;
            }
            exact = exact.checked_add(value.exact)?;
            decimals = decimals.max(value.decimals?);
        }
        let said = aloud(&format!("{}{}", grouped(exact, decimals), clean(unit)));
        Some(SpokenValue { said, exact, decimals: Some(decimals) })
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct SpokenSeries {
    pub name: Name,
    /// It stands for the other series.
    pub total: bool,
    /// Its values are rates, which do not grow but rise.
    pub rate: bool,
    pub values: Vec<Option<SpokenValue>>,
}

impl SpokenSeries {
    pub fn at(&self, row: usize) -> Option<&SpokenValue> {
        self.values.get(row)?.as_ref()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct SpokenRow {
    pub name: Name,
    pub total: bool,
    pub rest: bool,
}

/// Categories that are times.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Time {
    /// The rows from the earliest to the latest, totals apart.
    pub order: Vec<usize>,
    /// Whether no year is left out between them.
    pub every_year: bool,
    /// What they are counted in.
    pub counter: &'static str,
}

#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub figure: &'a Figure,
    pub title: String,
    pub rows: Vec<SpokenRow>,
    /// The series that are drawn; the first ones of the data.
    pub series: Vec<SpokenSeries>,
    pub time: Option<Time>,
}

impl<'a> Facts<'a> {
    pub fn of(figure: &'a Figure) -> Self {
        let data = &figure.data;
        let row = |(index, name): (usize, &String)| {
            let plain = clean(name);
            SpokenRow {
                name: Name::new(&plain, || format!("{}番目の区分", index + 1)),
                total: is_total(&plain),
                rest: is_rest(&plain),
            }
        };
        let rows: Vec<SpokenRow> = data.categories.iter().enumerate().map(row).collect();
        // Charts of one series draw the first one only.
        let drawn = match figure.kind {
            ChartKind::RankedBars | ChartKind::Shares | ChartKind::Ring => 1,
            _ => data.series.len(),
        };
        let series = (0..drawn.min(data.series.len())).map(|index| read_series(figure, index));
        let time = time(figure, &rows);
        let series = series.collect();
        Facts { figure, title: aloud(&figure.title), rows, series, time }
    }

    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| self.rows().all(|row| series.at(row).is_none()))
    }

    pub fn rows(&self) -> std::ops::Range<usize> {
        0..self.rows.len()
    }

    /// The rows that are compared, totals apart, in the order of time or of the data.
    pub fn groups(&self) -> impl Iterator<Item = usize> {
        let in_time = self.time.iter().flat_map(|time| time.order.iter().copied());
        let rows = if self.time.is_some() { 0..0 } else { self.rows() };
        in_time.chain(rows.filter(|&row| !self.rows[row].total))
    }

    /// Whether the title says this, not as the beginning of another number.
    pub fn title_says(&self, words: &str) -> bool {
        let digit = |c: char| c.is_ascii_digit();
        self.title.match_indices(words).any(|(at, _)| {
            let behind = &self.title[at + words.len()..];
            !(words.ends_with(digit) && behind.starts_with(digit))
        })
    }
}

fn read_series(figure: &Figure, index: usize) -> SpokenSeries {
    let series = &figure.data.series[index];
    let on_line = figure.kind == ChartKind::ColumnsAndLine && figure.line_series == Some(index);
    let unit = clean(if on_line { &figure.line_unit } else { &figure.unit });
    let name = clean(&series.name);
    let read =
        |value: &Option<Quantity>| value.as_ref().map(|value| SpokenValue::read(value, &unit));
    SpokenSeries {
        name: Name::new(&name, || format!("{}番目の系列", index + 1)),
        total: is_total(&name),
        rate: ["%", "％", "‰"].contains(&unit.as_str()),
        values: series.values.iter().map(read).collect(),
    }
}

/// The categories as times, when all of them are years or all of them are days.
fn time(figure: &Figure, rows: &[SpokenRow]) -> Option<Time> {
    let names = &figure.data.categories;
    let mut dated = Vec::new();
    for row in (0..rows.len()).filter(|&row| !rows[row].total) {
        let period = Period::parse(&names[row])?;
        let day = match period {
            Period::Year(_) => None,
            Period::Day(day) => Some(day),
        };
        dated.push(((period.fiscal_year(), day), row));
    }
    dated.sort_unstable();
    let years = dated.iter().all(|((_, day), _)| day.is_none());
    let days = dated.iter().all(|((_, day), _)| day.is_some());
    let twice = dated.windows(2).any(|pair| pair[0].0 == pair[1].0);
    if dated.len() < 2 || twice || !(years || days) {
        return None;
    }
    let year = |at: usize| -> FiscalYear { dated[at].0.0 };
    let next = |at: usize| year(at).gregorian() == year(at - 1).gregorian() + 1;
    let every_year = years && (1..dated.len()).all(next);
    let calendar =
        clean(&figure.data.dimension) == "年" || names[dated[0].1].trim().ends_with('年');
    let counter = match (every_year, calendar) {
        (true, true) => "年",
        (true, false) => "年度",
        (false, _) => "時点",
    };
    Some(Time { order: dated.into_iter().map(|(_, row)| row).collect(), every_year, counter })
}
