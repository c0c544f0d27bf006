//! What the tests of this program share: figures from text, and questions to a drawing.

use rust_decimal::Decimal;

use super::checker;
use soukatsu_chart::{CellAt, Drawing, Frame, Mark, Paint, Stroke, Text, draw};
use soukatsu_core::model::figure::{ChartKind, DataState, Figure, FigureData, Series};
use soukatsu_core::model::quantity::{Quantity, grouped};
use soukatsu_core::problem::Place;

pub const HALF: Frame =
    Frame { width: 236.0, default_height: 130.0, text_size: 8.0, head: 0.0, foot: 0.0 };
pub const FULL: Frame =
    Frame { width: 482.0, default_height: 140.0, text_size: 8.0, head: 0.0, foot: 0.0 };

/// A figure from text: series names first, then a category with its values a line.
pub fn figure(kind: &str, unit: &str, table: &str) -> Figure {
    let mut lines = table.lines().map(|line| line.split(',').map(str::trim).collect::<Vec<_>>());
    let names = lines.next().unwrap();
    let rows: Vec<Vec<&str>> = lines.collect();
    let quantity = |cell: &str| -> Option<Quantity> {
        let exact: Decimal = cell.parse().ok()?;
        let text = format!("{}{unit}", grouped(exact, exact.scale()));
        Some(Quantity { text, exact, place: Place::file("図.csv") })
    };
    let series = |(index, name): (usize, &&str)| Series {
        name: name.to_string(),
        values: rows.iter().map(|row| quantity(row[index + 1])).collect(),
    };
    let data = FigureData {
        dimension: "年度".into(),
        categories: rows.iter().map(|row| row[0].to_string()).collect(),
        series: names.iter().enumerate().map(series).collect(),
        ..FigureData::default()
    };
    let kind = ChartKind::from_name(kind).unwrap();
    Figure { unit: unit.into(), ..Figure::bare("1", kind, data) }
}

pub fn texts(drawing: &Drawing) -> Vec<&str> {
    drawing.texts().map(|text| text.text.as_str()).collect()
}

pub fn text(mark: &Mark) -> Option<&Text> {
    if let Mark::Text(text) = mark { Some(text) } else { None }
}

/// Width and height of the bars of a series, legend keys apart.
pub fn bars(drawing: &Drawing, slot: usize) -> Vec<(f64, f64)> {
    let bar = |mark: &Mark| match mark {
        Mark::Rect { w, h, fill: Paint::Series(own), .. } if *own == slot => Some((*w, *h)),
        _ => None,
    };
    let key = (11.2, 6.4);
    drawing.marks.iter().filter_map(bar).filter(|size| *size != key).collect()
}

pub fn assert_clean(drawing: &Drawing) {
    let faults = checker::faults(drawing);
    assert!(faults.is_empty(), "{faults:#?}");
}

pub fn drawn(figure: &Figure, frame: Frame) -> Drawing {
    let drawing = draw(figure, frame);
    assert_clean(&drawing);
    drawing
}

pub fn unsettled(figure: Figure, cell: CellAt) -> Figure {
    let mut figure = figure;
    figure.data.unsettled.insert(cell, DataState::Preliminary);
    figure
}

pub fn lines(drawing: &Drawing, wanted: Stroke) -> usize {
    let is_wanted = |mark: &&Mark| matches!(mark, Mark::Line { stroke, .. } if *stroke == wanted);
    drawing.marks.iter().filter(is_wanted).count()
}

pub fn place<'a>(drawing: &'a Drawing, wanted: &str) -> &'a Text {
    drawing.marks.iter().filter_map(text).find(|text| text.text == wanted).expect(wanted)
}
