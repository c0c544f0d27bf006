//! Figures side by side.

use rust_decimal::Decimal;

use soukatsu_chart::{Anchor, Drawing, Frame, Mark, draw, draw_row};
use soukatsu_core::model::figure::{ChartKind, Figure, FigureData, Series};
use soukatsu_core::model::quantity::Quantity;
use soukatsu_core::problem::Place;

const FRAME: Frame =
    Frame { width: 236.0, default_height: 130.0, text_size: 8.0, head: 0.0, foot: 0.0 };

/// Series of whole numbers over categories.
fn figure(kind: ChartKind, categories: &[&str], series: &[&str]) -> Figure {
    let value = |index: usize| {
        let exact = Decimal::from(10 * (index + 1));
        Some(Quantity { text: exact.to_string(), exact, place: Place::file("図.csv") })
    };
    let series = series.iter().map(|name| Series {
        name: (*name).into(),
        values: (0..categories.len()).map(value).collect(),
    });
    let data = FigureData {
        dimension: "年度".into(),
        categories: categories.iter().map(ToString::to_string).collect(),
        series: series.collect(),
        ..FigureData::default()
    };
    Figure::bare("1", kind, data)
}

fn plots(drawings: &[Drawing]) -> Vec<Option<[f64; 2]>> {
    let rounded = |value: f64| (value * 10.0).round() / 10.0;
    drawings.iter().map(|drawing| Some(drawing.plot?.map(rounded))).collect()
}

/// Tops of the names of the categories.
fn tops(drawing: &Drawing, name: &str) -> Vec<f64> {
    let top = |mark: &Mark| match mark {
        Mark::Text(text) if text.text == name && text.anchor == Anchor::Middle => Some(text.y),
        _ => None,
    };
    drawing.marks.iter().filter_map(top).collect()
}

const YEARS: [&str; 3] = ["R4", "R5", "R6"];

#[test]
fn the_tallest_figure_decides_the_height_of_its_row() {
    let low = figure(ChartKind::Columns, &YEARS, &["件数"]);
    let high = Figure { height_mm: Some(60.0), ..figure(ChartKind::Bars, &YEARS, &["件数"]) };
    let row = draw_row(&[(&low, FRAME), (&high, FRAME)]);
    assert_eq!([row[0].height, row[1].height], [170.08, 170.08]);
}

#[test]
fn a_legend_of_one_chart_lowers_the_plot_of_its_neighbour() {
    let plain = figure(ChartKind::Lines, &YEARS, &["件数"]);
    let names = ["どちらかといえば満足している人", "どちらかといえば不満である人", "その他"];
    let keyed = figure(ChartKind::Columns, &YEARS, &names);
    let alone = plots(&[draw(&plain, FRAME), draw(&keyed, FRAME)]);
    assert_ne!(alone[0], alone[1]);
    let row = plots(&draw_row(&[(&plain, FRAME), (&keyed, FRAME)]));
    assert_eq!(row[0], row[1]);
    assert_eq!(row[1], alone[1]);
}

#[test]
fn long_names_of_one_chart_raise_the_base_of_its_neighbour_and_names_begin_level() {
    let short = figure(ChartKind::Columns, &YEARS, &["件数"]);
    let names = ["保健福祉部の総合相談窓口", "産業建設部の総合相談窓口", "R6"];
    let long = figure(ChartKind::Columns, &names, &["件数"]);
    let row = draw_row(&[(&short, FRAME), (&long, FRAME)]);
    let plots = plots(&row);
    assert_eq!(plots[0], plots[1]);
    assert_eq!(tops(&row[0], "R6"), tops(&row[1], "R6"));
}

#[test]
fn a_chart_that_lies_has_no_part_in_the_levels() {
    let vertical = figure(ChartKind::Columns, &YEARS, &["件数"]);
    let horizontal = figure(ChartKind::StackedBars, &YEARS, &["女性", "男性"]);
    let row = draw_row(&[(&vertical, FRAME), (&horizontal, FRAME)]);
    assert_eq!(plots(&row), plots(&[draw(&vertical, FRAME), draw(&horizontal, FRAME)]));
}

#[test]
fn a_figure_alone_is_drawn_as_ever_and_no_figure_is_no_drawing() {
    let only = figure(ChartKind::ColumnsAndLine, &YEARS, &["件数", "月数"]);
    assert_eq!(draw_row(&[(&only, FRAME)]), [draw(&only, FRAME)]);
    assert_eq!(draw_row(&[]), []);
}
