//! Target and baseline: a line across the chart and a label that touches nothing.

use rust_decimal::prelude::ToPrimitive;

use crate::frame::legend::{Entry, Key};
use crate::mark::Stroke;
use crate::text_metrics;
use soukatsu_core::model::figure::{Figure, ReferenceLine};

/// A value drawn across the whole chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reference {
    pub stroke: Stroke,
    pub value: f64,
    pub label: String,
}

/// The reference lines of a figure, target first.
pub(crate) fn of(figure: &Figure) -> Vec<Reference> {
    let read = |line: &Option<ReferenceLine>, stroke| {
        line.as_ref().map(|line| Reference {
            stroke,
            value: line.value.to_f64().unwrap_or(0.0),
            label: text_metrics::clean(&line.label),
        })
    };
    [read(&figure.target, Stroke::Target), read(&figure.baseline, Stroke::Baseline)]
        .into_iter()
        .flatten()
        .collect()
}

/// A range that holds the reference lines too.
pub(crate) fn widened(range: (f64, f64), references: &[Reference]) -> (f64, f64) {
    references.iter().fold(range, |(low, high), line| (low.min(line.value), high.max(line.value)))
}

/// Legend entries of the lines, where their labels find no other home.
pub(crate) fn entries(references: &[Reference]) -> impl Iterator<Item = Entry> {
    references.iter().map(|line| Entry { key: Key::Line(line.stroke), name: line.label.clone() })
}
