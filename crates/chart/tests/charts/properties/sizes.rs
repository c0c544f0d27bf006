//! Marks are as large, or stand as high, as their values.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::prelude::ToPrimitive;
use soukatsu_chart::{CellAt, Drawing, Frame, Mark, draw};
use soukatsu_core::model::figure::{ChartKind, Figure, Panel};

use super::figures::figure_of;

/// A mark that stands for a value: the value, and the size or the height of the mark.
type Sized = (CellAt, f64, f64);

fn drawn(figure: &Figure) -> Drawing {
    draw(figure, Frame::new(482.0, 200.0, 8.0))
}

/// The value of a cell.
fn value_at(figure: &Figure, (series, category): CellAt) -> f64 {
    let value = figure.data.series[series].values[category].as_ref();
    value.and_then(|quantity| quantity.exact.to_f64()).expect("a mark stands for a value")
}

/// The lengths of bars and columns, the angles of rings.
fn sizes(figure: &Figure, drawing: &Drawing) -> Vec<Sized> {
    use ChartKind::*;
    let horizontal =
        matches!(drawing.kind, Bars | StackedBars | PercentBars | RankedBars | Shares | PairedBars);
    let size = |mark: &Mark| match mark {
        Mark::Sector { from, to, cell, .. } => Some(((*cell)?, to - from)),
        Mark::Rect { w, h, cell, .. } => Some(((*cell)?, if horizontal { *w } else { *h })),
        _ => None,
    };
    let sizes = drawing.marks.iter().filter_map(size);
    sizes.map(|(cell, size)| (cell, value_at(figure, cell), size)).collect()
}

/// How high the points of lines stand.
fn heights(figure: &Figure, drawing: &Drawing) -> Vec<Sized> {
    let height = |mark: &Mark| match mark {
        Mark::Marker { y, cell, .. } => Some(((*cell)?, -y)),
        _ => None,
    };
    let heights = drawing.marks.iter().filter_map(height);
    heights.map(|(cell, height)| (cell, value_at(figure, cell), height)).collect()
}

/// Marks on one scale: those of a plot, or of one whole where each fills the scale.
fn on_one_scale(kind: ChartKind, marks: Vec<Sized>, by_series: bool) -> Vec<Vec<Sized>> {
    let whole = matches!(kind, ChartKind::PercentBars | ChartKind::PercentColumns);
    let mut groups: BTreeMap<usize, Vec<Sized>> = BTreeMap::new();
    for mark in marks {
        let (series, category) = mark.0;
        let group = if whole {
            category
        } else if by_series {
            series
        } else {
            0
        };
        groups.entry(group).or_default().push(mark);
    }
    groups.into_values().collect()
}

fn kinds_with_sizes() -> impl Strategy<Value = ChartKind> {
    let without = [ChartKind::Lines, ChartKind::Slope];
    let kinds = ChartKind::ALL.map(|(_, kind)| kind).into_iter();
    prop::sample::select(kinds.filter(|kind| !without.contains(kind)).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn sizes_of_marks_are_proportional_to_their_values(figure in figure_of(kinds_with_sizes())) {
        let figure = Figure { panel: Panel::Columns, ..figure };
        let drawing = drawn(&figure);
        // What rounding to the grid of coordinates may add at both edges of two marks.
        let grain = if figure.kind == ChartKind::Ring { 2.1e-5 } else { 0.021 };
        for marks in on_one_scale(drawing.kind, sizes(&figure, &drawing), false) {
            let largest = marks.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
            let Some((_, value, size)) = largest else { continue };
            for (cell, own, drawn) in &marks {
                let due = own.abs() * (size / value.abs());
                prop_assert!((drawn - due).abs() <= grain, "{cell:?}: {drawn} for {due}");
            }
        }
    }

    #[test]
    fn every_value_of_columns_and_bars_has_its_mark(figure in figure_of(prop::sample::select(vec![
        ChartKind::Columns, ChartKind::StackedColumns, ChartKind::Bars, ChartKind::StackedBars,
    ]))) {
        let marks = sizes(&figure, &drawn(&figure));
        let largest = marks.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        let Some((_, value, size)) = largest else { return Ok(()) };
        for (s, series) in figure.data.series.iter().enumerate() {
            for (c, own) in series.values.iter().enumerate() {
                let own = own.as_ref().and_then(|own| own.exact.to_f64()).unwrap_or(0.0);
                let seen = marks.iter().any(|(cell, ..)| *cell == (s, c));
                prop_assert!(seen || (own * size / value).abs() < 0.03, "{own} of {series:?}");
            }
        }
    }

    #[test]
    fn heights_of_points_are_linear_in_their_values(figure in figure_of(prop::sample::select(vec![
        ChartKind::Lines, ChartKind::ColumnsAndLine, ChartKind::Slope, ChartKind::SmallMultiples,
    ]))) {
        let figure = Figure { panel: Panel::Lines, ..figure };
        // Small multiples are one plot a series: of one scale all the same.
        let by_series = figure.kind == ChartKind::SmallMultiples;
        let plots = on_one_scale(figure.kind, heights(&figure, &drawn(&figure)), by_series);
        let pairs = || plots.iter().flat_map(|plot| {
            plot.iter().flat_map(move |a| plot.iter().map(move |b| (a, b)))
        });
        let widest = pairs().max_by(|a, b| (a.1.1 - a.0.1).total_cmp(&(b.1.1 - b.0.1)));
        let Some((low, high)) = widest else { return Ok(()) };
        prop_assert!(high.2 >= low.2, "larger values stand higher");
        let a_unit = if high.1 > low.1 { (high.2 - low.2) / (high.1 - low.1) } else { 0.0 };
        for (a, b) in pairs() {
            let due = a_unit * (b.1 - a.1);
            prop_assert!((b.2 - a.2 - due).abs() <= 0.022, "{a:?} and {b:?}: {due}");
        }
    }
}
