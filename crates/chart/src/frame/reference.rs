//! Target and baseline: a line across the chart and a label that touches nothing.

use rust_decimal::prelude::ToPrimitive;

use crate::frame::legend::{Key, LegendEntry};
use crate::label::side::SideLabel;
use crate::mark::Stroke;
use crate::space::{Frame, small};
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

/// Legend entries of the lines, where their labels find no other place.
pub(crate) fn entries(references: &[Reference]) -> impl Iterator<Item = LegendEntry> {
    references
        .iter()
        .map(|line| LegendEntry { key: Key::Line(line.stroke), name: line.label.clone() })
}

/// Width of the margin that holds the labels, in points.
pub(crate) fn margin(references: &[Reference], frame: &Frame) -> f64 {
    let labels = side_labels(references, |_| 0.0);
    let widest = labels.iter().map(|label| text_metrics::widest(&label.lines)).fold(0.0, f64::max);
    if widest > 0.0 { widest * small(frame.text_size) + 5.0 } else { 0.0 }
}

/// The labels in short lines, at the heights that `y` gives.
pub(crate) fn side_labels(references: &[Reference], y: impl Fn(f64) -> f64) -> Vec<SideLabel> {
    references.iter().map(|line| SideLabel::new(&line.label, y(line.value), 6.0)).collect()
}
