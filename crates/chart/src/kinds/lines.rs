//! Line charts: markers of different shapes, dashes, and names at the ends of the lines.

use crate::canvas::{Canvas, Rank};
use crate::data::table::{Datum, SeriesColumn, Table, unit_text};
use crate::frame::cartesian::{Cartesian, Spec};
use crate::frame::legend::LegendEntry;
use crate::frame::reference::{self, Reference};
use crate::frame::{periods, vertical};
use crate::label::candidates::Owner;
use crate::label::notes::Notes;
use crate::label::side::{self, SideLabel};
use crate::label::strategy::{NamePlace, ReferencePlace, Strategy};
use crate::label::values::{self, ValueLabel};
use crate::mark::{AROUND, MARKER, Shape, Stroke};
use crate::space::{Frame, Orientation, small};
use soukatsu_core::model::figure::Figure;

/// A scale may leave zero out when the lowest value is above this share of the highest:
/// below it, the line still shows its course on a scale from zero.
const HIGH_UP: f64 = 0.85;
/// Share of the width that names beside the lines may take.
const NAMES: f64 = 0.28;
/// Distance from the middle of the last point to its line's name.
const AFTER_POINT: f64 = MARKER + 3.5;
/// How far a name may be moved from the height of its line's end, in ems.
const NEAR: f64 = 0.65;

/// Draws a line chart.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    let references = reference::of(figure);
    Strategy::tries(table.columns.len() > 1, true)
        .find_map(|strategy| attempt(figure, &table, &references, frame, strategy))
        .unwrap_or_else(|| Canvas::new(frame.width, frame.default_height))
}

/// One try with names and reference labels in the given places; `None` when they do not fit.
fn attempt(
    figure: &Figure,
    table: &Table,
    references: &[Reference],
    frame: &Frame,
    Strategy { names: naming, references: place, notes }: Strategy,
) -> Option<Canvas> {
    let (low, high) = reference::widened(range(table), references);
    let em = NAMES * frame.width / small(frame.text_size);
    let names = match naming {
        NamePlace::Direct => {
            side::names_width(&table.columns, em, small(frame.text_size)) + AFTER_POINT
        }
        NamePlace::Legend => 0.0,
    };
    let beside =
        if place == ReferencePlace::Margin { reference::margin(references, frame) } else { 0.0 };
    let mut entries: Vec<LegendEntry> = Vec::new();
    if table.columns.len() > 1 && naming == NamePlace::Legend {
        entries.extend(table.columns.iter().map(LegendEntry::line));
    }
    entries.extend(LegendEntry::unsettled(figure, table));
    if place == ReferencePlace::Legend {
        entries.extend(reference::entries(references));
    }
    let unsettled = table.cells().any(|cell| cell.unsettled);
    let sign = if unsettled { MARKER + AROUND } else { 0.0 };
    let (periods, foot) = periods::of(figure, table);
    let notes = Notes::new(figure, table, notes, false, frame.text_size).with_foot(foot);
    let spec = Spec {
        unit: unit_text(&figure.unit),
        plain_unit: &figure.unit,
        categories: &table.categories,
        led_to: table.led_to,
        entries,
        low,
        high,
        whole: table.whole(),
        stacked: false,
        notes: &notes,
    };
    let options = vertical::Options {
        // Room for half a sign at least.
        side: beside.max(MARKER).max(sign),
        after_last: names,
        labelled: (low, high),
        widest: table.widest(),
        line: None,
        below: sign,
        periods: &periods,
    };
    let mut drawn = vertical::frame(frame, &spec, &options);
    drawn.draw_axis();
    drawn.draw_references(references, place);
    // The highlighted line lies on top of the others.
    let (ahead, others): (Vec<_>, Vec<_>) =
        table.columns.iter().partition(|column| column.highlighted);
    for column in others.into_iter().chain(ahead) {
        draw_line(&mut drawn, column);
    }
    if naming == NamePlace::Direct && !name_ends(&mut drawn, table, em) {
        return None;
    }
    let values: Vec<ValueLabel> =
        table.columns.iter().flat_map(|column| point_values(&drawn, column)).collect();
    let before = drawn.canvas.text_count();
    values::set_all(&mut drawn.canvas, &values, frame.text_size);
    // Where lines cross too often, all of the highlighted one and the ends of the others, or at
    // least where each of them begins and ends.
    let ends = [0, table.categories.len().saturating_sub(1)];
    for highlighted in [true, false] {
        if drawn.canvas.text_count() > before {
            break;
        }
        let kept = table.columns.iter().flat_map(|column| {
            let whole = column.highlighted && highlighted;
            let values = point_values(&drawn, column).into_iter();
            values.filter(move |value| whole || ends.contains(&value.category))
        });
        let kept: Vec<ValueLabel> = kept.collect();
        values::set_all(&mut drawn.canvas, &kept, frame.text_size);
    }
    if table.cells().next().is_none() {
        drawn.say_empty();
    }
    let labelled = drawn.label_references(references, place);
    (labelled && notes.draw_inside(&mut drawn.canvas, Orientation::Vertical))
        .then_some(drawn.canvas)
}

/// What the scale has to cover: from zero, unless the lines run high above it.
pub(crate) fn range(table: &Table) -> (f64, f64) {
    let values = || table.cells().map(|cell| cell.value);
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(0.0, f64::max));
    if low > HIGH_UP * high && low < high { (low, high) } else { table.range() }
}

/// Sets the names right of the last points; `false` when they would not be clear there.
fn name_ends(drawn: &mut Cartesian, table: &Table, em: f64) -> bool {
    let last = table.categories.len().saturating_sub(1);
    let mut labels = Vec::new();
    for column in &table.columns {
        // A line that ends early has no end here.
        let Some(cell) = column.cells.get(last).and_then(Option::as_ref) else { return false };
        labels.push(SideLabel::new(&column.name, drawn.values.position(cell.value), em));
    }
    let x = drawn.categories.middle(last) + AFTER_POINT;
    drawn.set_beside(labels, Rank::Legend, x, NEAR)
}

/// One series as a line with signs at its points.
pub(crate) fn draw_line(drawn: &mut Cartesian, column: &SeriesColumn) {
    let points = points(drawn, column);
    draw_runs(&mut drawn.canvas, &points, column.stroke());
    let (r, shape) = (radius(drawn), Shape::of(column.slot));
    for (point, cell) in points.into_iter().zip(&column.cells) {
        let (Some(point), Some(cell)) = (point, cell) else { continue };
        draw_sign(&mut drawn.canvas, point, r, shape, cell);
    }
}

/// A line through points; a missing one interrupts it.
pub(crate) fn draw_runs(canvas: &mut Canvas, points: &[Option<[f64; 2]>], stroke: Stroke) {
    for run in points.split(Option::is_none) {
        canvas.line(run.iter().flatten().copied().collect(), stroke);
    }
}

/// The sign of a value, with a circle around it when it is not final. Gives the radius of all.
pub(crate) fn draw_sign(
    canvas: &mut Canvas,
    at: [f64; 2],
    r: f64,
    shape: Shape,
    cell: &Datum,
) -> f64 {
    canvas.marker(at, r, shape, Some(cell.at));
    if !cell.unsettled {
        return r;
    }
    canvas.marker(at, r + AROUND, Shape::Around, None);
    r + AROUND
}

/// Whether a point lies lower than the points beside it.
pub(crate) fn is_valley(points: &[Option<[f64; 2]>], index: usize) -> bool {
    let height = |index: usize| points.get(index).copied().flatten().map(|point| point[1]);
    let (before, after) = (index.checked_sub(1).and_then(height), height(index + 1));
    // y grows downwards: a smaller y is higher.
    let higher = |other: Option<f64>| other.is_none_or(|y| Some(y) < height(index));
    (before.is_some() || after.is_some()) && higher(before) && higher(after)
}

/// Signs shrink where points are many.
fn radius(drawn: &Cartesian) -> f64 {
    MARKER.min(0.35 * drawn.categories.pitch).max(1.0)
}

/// Where the points of a line are: in the upper band when there is one.
fn points(drawn: &Cartesian, column: &SeriesColumn) -> Vec<Option<[f64; 2]>> {
    let axis = drawn.upper.unwrap_or(drawn.values);
    let cells = column.cells.iter().enumerate();
    cells
        .map(|(index, cell)| {
            cell.as_ref().map(|cell| [drawn.categories.middle(index), axis.position(cell.value)])
        })
        .collect()
}

/// The numbers of a line's points.
pub(crate) fn point_values(drawn: &Cartesian, column: &SeriesColumn) -> Vec<ValueLabel> {
    let points = points(drawn, column);
    let mut values = Vec::new();
    for (index, (cell, at)) in column.cells.iter().zip(&points).enumerate() {
        let (Some(cell), Some(at)) = (cell, at) else { continue };
        // Below the upper band there are columns: numbers rather stand above.
        let valley = drawn.upper.is_none() && is_valley(&points, index);
        let r = radius(drawn) + if cell.unsettled { AROUND } else { 0.0 };
        let owner = Owner::Point { at: *at, r, valley };
        values.push(ValueLabel::new(index, Some(cell), owner));
    }
    values
}
