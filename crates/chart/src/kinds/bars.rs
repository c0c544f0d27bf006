//! Bars that lie: ranked, side by side, stacked, and as shares of 100.

use crate::canvas::area::Area;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::stack::NEGLIGIBLE;
use crate::data::table::{Cell, Table, unit_text};
use crate::frame::horizontal::{Lying, Wishes};
use crate::frame::legend::Entry;
use crate::frame::periods;
use crate::frame::reference::{self, Reference};
use crate::label::candidates::Owner;
use crate::label::notes::{Growth, Notes};
use crate::label::strategy::{Home, Homes, Naming};
use crate::label::values::{self, Value};
use crate::mark::Anchor;
use crate::space::{Frame, SMALLEST, small};
use crate::text_metrics;
use soukatsu_core::model::figure::{ChartKind, Figure};

/// Draws all kinds of lying bars.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    let references = reference::of(figure);
    let stacked = matches!(figure.kind, ChartKind::StackedBars | ChartKind::PercentBars);
    Homes::tries(stacked && table.columns.len() > 1, false)
        .find_map(|homes| attempt(figure, &table, &references, frame, homes))
        .unwrap_or_else(|| Canvas::new(frame.width, frame.default_height))
}

/// One try with the reference labels in the given place; `None` when they do not fit there.
fn attempt(
    figure: &Figure,
    table: &Table,
    references: &[Reference],
    frame: &Frame,
    homes: Homes,
) -> Option<Canvas> {
    let size = frame.text_size;
    let percent = figure.kind == ChartKind::PercentBars;
    let stacked = percent || figure.kind == ChartKind::StackedBars;
    let range = match (percent, stacked) {
        (true, _) => table.percent_range(),
        (_, true) => table.stacked_range(),
        _ => table.range(),
    };
    let (low, high) = reference::widened(range, references);
    let (before, after) = number_widths(table, stacked, percent, size);
    let periods = figure.annotations.iter().filter_map(|period| periods::told(figure, period));
    let notes = Notes::new(figure, table, homes.notes, stacked, size).with_foot(periods.collect());
    let wishes = Wishes {
        unit: unit_text(if percent { "%" } else { &figure.unit }),
        plain_unit: &figure.unit,
        categories: &table.categories,
        led_to: table.led_to,
        entries: entries(figure, table, references, homes),
        low,
        high,
        whole: table.whole() && !percent,
        // One bar a row carries its number: a scale would say the same again.
        ticked: stacked || table.columns.len() > 1,
        before,
        after,
        stacked,
        per_row: if stacked { 1 } else { table.columns.len() },
        labelled: !references.is_empty() && homes.lines == Home::Inside,
        named: last_name(table, percent, size).filter(|_| homes.naming == Naming::Direct),
        notes: &notes,
    };
    let mut lying = Lying::new(frame, &wishes);
    lying.plan_rows(stacked && lying.has_headroom() && crowded(table, percent, &lying));
    let mut canvas = lying.draw(frame.width, &wishes);
    if homes.naming == Naming::Direct && !name_parts(&mut canvas, &lying, table, percent) {
        return None;
    }
    let values = match stacked {
        true => draw_stacks(&mut canvas, &lying, table, percent),
        false => draw_groups(&mut canvas, &lying, table),
    };
    lying.draw_lines(&mut canvas, references, wishes.labelled);
    match stacked {
        true => values::set_parts(&mut canvas, &values, small(size)),
        false => values::set_all(&mut canvas, &values, size),
    }
    if table.cells().next().is_none() {
        canvas.say_empty([lying.plot.middle_x()], lying.plot.middle_y(), size);
    }
    let placed = !wishes.labelled || lying.label_references(&mut canvas, references);
    (placed && notes.draw_inside(&mut canvas, Growth::Right)).then_some(canvas)
}

/// The middle of the last part of the first row on the scale, and the width of its name.
fn last_name(table: &Table, percent: bool, size: f64) -> Option<(f64, f64)> {
    table.categories.first()?;
    let part = table.parts(0, percent).pop()?;
    let name = &table.columns.last()?.name;
    Some(((part.from + part.to) / 2.0, text_metrics::width(name) * size))
}

/// Names the parts of the first row above it; `false` where a name is wider than its part.
fn name_parts(canvas: &mut Canvas, lying: &Lying, table: &Table, percent: bool) -> bool {
    let parts = if table.categories.is_empty() { Vec::new() } else { table.parts(0, percent) };
    !parts.is_empty()
        && parts.len() == table.columns.len()
        && table.columns.iter().zip(&parts).all(|(column, part)| {
            let (from, to) = (lying.x(part.from), lying.x(part.to));
            let label = Label::new(&column.name, lying.size);
            let fits = label.width() + 3.0 <= (to - from).abs() && !column.name.is_empty();
            let (middle, top) = ((from + to) / 2.0, lying.names_top);
            if fits {
                canvas.text(Rank::Legend, &label, Anchor::Middle, middle, top);
            }
            fits
        })
}

/// Points that numbers need beyond the ends of negative and of positive bars.
fn number_widths(table: &Table, stacked: bool, percent: bool, size: f64) -> (f64, f64) {
    let number = |cell: &Cell| text_metrics::width(&cell.text) * size + 4.0;
    let widest = |negative: bool| {
        let cells = table.cells().filter(|cell| (cell.value < 0.0) == negative);
        cells.map(number).fold(0.0, f64::max)
    };
    match (percent, stacked) {
        (true, _) => (0.0, 0.0),
        (_, true) => {
            let totals = (0..table.categories.len()).filter_map(|row| table.total(row));
            (0.0, totals.map(|cell| number(&cell)).fold(0.0, f64::max))
        }
        _ => (widest(true), widest(false)),
    }
}

fn draw_groups(canvas: &mut Canvas, lying: &Lying, table: &Table) -> Vec<Value> {
    let base = lying.x(0.0);
    let thickness = lying.thickness;
    let mut values = Vec::new();
    for row in 0..table.categories.len() {
        let top = lying.middle(row) - thickness * table.columns.len() as f64 / 2.0;
        for (index, (column, cell)) in table.row(row).enumerate() {
            let y = top + (index as f64 + 0.5) * thickness;
            let end = cell.map_or(base, |cell| lying.x(cell.value));
            if end != base {
                let (left, right) = (end.min(base), end.max(base));
                let area = Area::new(left, y - thickness / 2.0, right - left, thickness);
                canvas.rect(area, table.paint(column, row), cell.map(|cell| cell.at));
            }
            let value = Value::new(row, cell, Owner::BarEnd { y, end, base });
            values.push(value.bold_if(table.stands_out(row)));
        }
    }
    values
}

fn draw_stacks(canvas: &mut Canvas, lying: &Lying, table: &Table, percent: bool) -> Vec<Value> {
    let mut values = Vec::new();
    for row in 0..table.categories.len() {
        let y = lying.middle(row);
        let base = lying.x(0.0);
        let mut end = base;
        for part in table.parts(row, percent) {
            let (start, stop) = (lying.x(part.from), lying.x(part.to));
            let (left, right) = (start.min(stop), start.max(stop));
            end = end.max(right);
            if left == right {
                continue;
            }
            let top = y - lying.thickness / 2.0;
            let area = Area::new(left, top, right - left, lying.thickness);
            canvas.rect(area, part.paint(), Some(part.cell.at));
            let owner = Owner::BarPart(area, lying.headroom);
            let negligible = percent && part.to - part.from < NEGLIGIBLE;
            let value = Value::new(row, Some(part.cell), owner).optional(negligible);
            values.push(value.bold_if(table.stands_out(row)));
        }
        if let (false, Some(total)) = (percent, table.total(row)) {
            let owner = Owner::BarEnd { y, end, base };
            values.push(Value::new(row, Some(&total), owner).bold_if(true));
        }
    }
    values
}

/// Whether a segment that needs its number is too narrow for it.
fn crowded(table: &Table, percent: bool, lying: &Lying) -> bool {
    let rows = 0..table.categories.len();
    rows.flat_map(|row| table.parts(row, percent)).any(|part| {
        let width = (lying.x(part.to) - lying.x(part.from)).abs();
        let needed = text_metrics::width(&part.cell.text) * SMALLEST + 2.0;
        let matters = !percent || part.to - part.from >= NEGLIGIBLE;
        matters && width > 0.0 && width < needed
    })
}

fn entries(figure: &Figure, table: &Table, references: &[Reference], homes: Homes) -> Vec<Entry> {
    let several = table.columns.len() > 1 && homes.naming == Naming::Legend;
    let several = table.columns.iter().filter(|_| several);
    let mut entries: Vec<Entry> = several.map(Entry::bars).collect();
    entries.extend(Entry::unsettled(figure, table));
    if homes.lines == Home::Legend {
        entries.extend(reference::entries(references));
    }
    entries
}
