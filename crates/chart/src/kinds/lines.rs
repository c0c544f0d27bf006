//! Line charts: markers of different shapes, dashes, and names at the ends of the lines.

use crate::canvas::{Canvas, Rank};
use crate::data::table::{Column, Table, unit_text};
use crate::frame::legend::Entry;
use crate::frame::periods;
use crate::frame::reference::{self, Reference};
use crate::frame::scale::Scale;
use crate::frame::vertical::{self, Upright, Wishes};
use crate::label::candidates::Owner;
use crate::label::notes::{Growth, Notes};
use crate::label::side::{self, SideLabel};
use crate::label::strategy::{Home, Homes, Naming};
use crate::label::values::{self, Value};
use crate::mark::{AROUND, MARKER, Shape};
use crate::space::{Frame, small};
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
    Homes::tries(table.columns.len() > 1, true)
        .find_map(|homes| attempt(figure, &table, &references, frame, homes))
        .unwrap_or_else(|| Canvas::new(frame.width, frame.default_height))
}

/// One try with names and reference labels in the given places; `None` when they do not fit.
fn attempt(
    figure: &Figure,
    table: &Table,
    references: &[Reference],
    frame: &Frame,
    Homes { naming, lines: home, notes }: Homes,
) -> Option<Canvas> {
    let (low, high) = reference::widened(range(table), references);
    let em = NAMES * frame.width / small(frame.text_size);
    let names = match naming {
        Naming::Direct => {
            side::names_width(&table.columns, em, small(frame.text_size)) + AFTER_POINT
        }
        Naming::Legend => 0.0,
    };
    let beside = if home == Home::Margin { vertical::margin(references, frame) } else { 0.0 };
    let mut entries: Vec<Entry> = Vec::new();
    if table.columns.len() > 1 && naming == Naming::Legend {
        entries.extend(table.columns.iter().map(Entry::line));
    }
    entries.extend(Entry::unsettled(figure, table));
    if home == Home::Legend {
        entries.extend(reference::entries(references));
    }
    let unsettled = table.cells().any(|cell| cell.unsettled);
    let sign = if unsettled { MARKER + AROUND } else { 0.0 };
    let (periods, homeless) = periods::of(figure, table);
    let notes = Notes::new(figure, table, notes, false, frame.text_size).with_foot(homeless);
    let wishes = Wishes {
        unit: unit_text(&figure.unit),
        categories: &table.categories,
        led_to: table.led_to,
        entries,
        // Room for half a sign at least.
        side: beside.max(MARKER).max(sign),
        after_last: names,
        labelled: (low, high),
        widest: table.widest(),
        stacked: false,
        line: None,
        below: sign,
        periods: &periods,
        notes: &notes,
    };
    let whole = table.whole();
    let mut up = Upright::new(frame, &wishes, |most| {
        Scale::covering(low, high, most, whole).spoken(&figure.unit)
    });
    up.draw_axis();
    up.draw_references(references);
    // The highlighted line lies on top of the others.
    let (ahead, others): (Vec<_>, Vec<_>) =
        table.columns.iter().partition(|column| column.highlighted);
    for column in others.into_iter().chain(ahead) {
        draw_line(&mut up, column);
    }
    if naming == Naming::Direct && !name_ends(&mut up, table, em) {
        return None;
    }
    let values: Vec<Value> =
        table.columns.iter().flat_map(|column| point_values(&up, column)).collect();
    let before = up.canvas.text_count();
    values::set_all(&mut up.canvas, &values, frame.text_size);
    // Where lines cross too often, all of the highlighted one and the ends of the others, or at
    // least where each of them begins and ends.
    let ends = [0, table.categories.len().saturating_sub(1)];
    for highlighted in [true, false] {
        if up.canvas.text_count() > before {
            break;
        }
        let kept = table.columns.iter().flat_map(|column| {
            let whole = column.highlighted && highlighted;
            let values = point_values(&up, column).into_iter();
            values.filter(move |value| whole || ends.contains(&value.category))
        });
        let kept: Vec<Value> = kept.collect();
        values::set_all(&mut up.canvas, &kept, frame.text_size);
    }
    if table.cells().next().is_none() {
        up.say_empty();
    }
    let labelled = up.label_references(references, home);
    (labelled && notes.draw_inside(&mut up.canvas, Growth::Up)).then_some(up.canvas)
}

/// What the scale has to cover: from zero, unless the lines run high above it.
pub(crate) fn range(table: &Table) -> (f64, f64) {
    let values = || table.cells().map(|cell| cell.value);
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(0.0, f64::max));
    if low > HIGH_UP * high && low < high { (low, high) } else { table.range() }
}

/// Sets the names right of the last points; `false` when they would not be clear there.
fn name_ends(up: &mut Upright, table: &Table, em: f64) -> bool {
    let last = table.categories.len().saturating_sub(1);
    let mut labels = Vec::new();
    for column in &table.columns {
        // A line that ends early has no end here.
        let Some(cell) = column.cells.get(last).and_then(Option::as_ref) else { return false };
        labels.push(SideLabel::new(&column.name, up.main.y(cell.value), em));
    }
    let x = up.slot_middle(last) + AFTER_POINT;
    up.set_beside(labels, Rank::Legend, x, NEAR)
}

/// One series as a line with signs at its points; a missing value interrupts it.
pub(crate) fn draw_line(up: &mut Upright, column: &Column) {
    let points = points(up, column);
    for run in points.split(Option::is_none) {
        let run: Vec<[f64; 2]> = run.iter().flatten().copied().collect();
        up.canvas.line(run, column.stroke());
    }
    let (r, shape) = (radius(up), Shape::of(column.slot));
    for (point, cell) in points.into_iter().zip(&column.cells) {
        let (Some(point), Some(cell)) = (point, cell) else { continue };
        up.canvas.marker(point, r, shape, Some(cell.at));
        if cell.unsettled {
            up.canvas.marker(point, r + AROUND, Shape::Around, None);
        }
    }
}

/// Signs shrink where points are many.
fn radius(up: &Upright) -> f64 {
    MARKER.min(0.35 * up.slot_width()).max(1.0)
}

/// Where the points of a line are: in the upper band when there is one.
fn points(up: &Upright, column: &Column) -> Vec<Option<[f64; 2]>> {
    let band = up.upper.unwrap_or(up.main);
    let cells = column.cells.iter().enumerate();
    cells
        .map(|(index, cell)| cell.as_ref().map(|cell| [up.slot_middle(index), band.y(cell.value)]))
        .collect()
}

/// The numbers of a line's points.
pub(crate) fn point_values(up: &Upright, column: &Column) -> Vec<Value> {
    let points = points(up, column);
    let height = |index: usize| points.get(index).copied().flatten().map(|point| point[1]);
    let mut values = Vec::new();
    for (index, (cell, at)) in column.cells.iter().zip(&points).enumerate() {
        let (Some(cell), Some(at)) = (cell, at) else { continue };
        // y grows downwards: a smaller y is higher.
        let higher = |other: Option<f64>| other.is_none_or(|y| y < at[1]);
        let (before, after) = (index.checked_sub(1).and_then(height), height(index + 1));
        let low_point = (before.is_some() || after.is_some()) && higher(before) && higher(after);
        // Below the upper band there are columns: numbers rather stand above.
        let valley = low_point && up.upper.is_none();
        let r = radius(up) + if cell.unsettled { AROUND } else { 0.0 };
        let owner = Owner::Point { at: *at, r, valley };
        values.push(Value::new(index, Some(cell), owner));
    }
    values
}
