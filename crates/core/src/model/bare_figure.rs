//! A figure for tests (of other crates, too), so that a new field needs no change in each of them.

use super::figure::{Base, ChartKind, DataState, Figure, FigureData, FigureWidth, Order, Panel};
use crate::problem::Place;

impl Figure {
    /// A figure of which nothing is said but its number, kind and data.
    pub fn bare(number: &str, kind: ChartKind, data: FigureData) -> Figure {
        Figure {
            number: number.into(),
            title: "件数の推移".into(),
            kind,
            state: DataState::Confirmed,
            unit: "件".into(),
            data,
            width: FigureWidth::Half,
            height_mm: None,
            target: None,
            baseline: None,
            line_series: None,
            line_unit: String::new(),
            order: Order::Data,
            highlight: None,
            annotations: Vec::new(),
            panel: Panel::Columns,
            table: false,
            alt: None,
            source: None,
            base: Base::Unsaid,
            place: Place::file("report.toml"),
        }
    }
}
