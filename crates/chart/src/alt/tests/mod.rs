//! What a listener hears: whole alternative texts, as they are to be.

mod kinds;
mod notes;
mod series;
mod speech;

use rust_decimal::Decimal;

use super::alt;
use soukatsu_core::model::figure::{
    ChartKind, DataState, Figure, FigureData, Panel, ReferenceLine, Series,
};
use soukatsu_core::model::quantity::{Quantity, grouped};
use soukatsu_core::problem::Place;

/// A figure from text: the dimension and the names of the series first, then a category with
/// its values a line.
fn figure(kind: &str, title: &str, unit: &str, table: &str) -> Figure {
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.trim().split(',').collect()).collect();
    let (header, rows) = rows.split_first().unwrap();
    let quantity = |cell: &str| -> Option<Quantity> {
        let exact: Decimal = cell.parse().ok()?;
        let text = grouped(exact, exact.scale());
        Some(Quantity { text, exact, place: Place::file("図.csv") })
    };
    let series = |column: usize| Series {
        name: header[column].into(),
        values: rows.iter().map(|row| quantity(row[column])).collect(),
    };
    let data = FigureData {
        dimension: header[0].into(),
        categories: rows.iter().map(|row| row[0].to_owned()).collect(),
        series: (1..header.len()).map(series).collect(),
        ..FigureData::default()
    };
    let kind = ChartKind::from_name(kind).unwrap();
    Figure { title: title.into(), unit: unit.into(), ..Figure::bare("1", kind, data) }
}

fn line(label: &str, value: &str, reached: Option<bool>) -> Option<ReferenceLine> {
    Some(ReferenceLine { label: label.into(), value: value.parse().unwrap(), reached })
}

/// What is heard of the figure behind its title and kind.
#[track_caller]
fn assert_heard(figure: &Figure, wanted: &str) {
    let text = alt(figure);
    let (_, body) = text.split_once("グラフ。").unwrap();
    assert_eq!(body, wanted);
    assert!(text.chars().count() <= 160, "{} characters", text.chars().count());
}
