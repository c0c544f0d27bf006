//! Upright columns: side by side, stacked, as shares of 100, and with a line above them.

use crate::canvas::area::Area;
use crate::canvas::{Canvas, Rank};
use crate::data::stack::{NEGLIGIBLE, Part};
use crate::data::table::{Column, Table, unit_text};
use crate::frame::legend::Entry;
use crate::frame::periods;
use crate::frame::reference::{self, Reference};
use crate::frame::scale::Scale;
use crate::frame::vertical::{self, LineWishes, Upright, Wishes};
use crate::kinds::lines;
use crate::label::candidates::Owner;
use crate::label::notes::{Growth, Notes};
use crate::label::side::{self, SideLabel};
use crate::label::strategy::{Home, Homes, Naming};
use crate::label::values::{self, Value};
use crate::space::{Frame, SMALLEST, small};
use soukatsu_core::model::figure::{ChartKind, Figure};

/// Share of its slot that a lone column takes, and the widest column in points.
const FILL: f64 = 0.6;
const WIDEST: f64 = 36.0;
/// Share of its slot that a stack may take.
const COLUMN: f64 = 0.8;
/// Share of the width that names beside the last stack may take, and how far one may be moved
/// from the middle of its part, in ems.
const NAMES: f64 = 0.22;
const NEAR: f64 = 0.4;

/// How the values of one category stand together.
#[derive(Clone, Copy, PartialEq)]
enum Stacking {
    SideBySide,
    Stacked,
    Percent,
}

/// Draws all kinds of columns.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    let references = reference::of(figure);
    // Beside a chart with a line stands the line's scale, so there is no room for labels.
    let margin = table.line.is_none();
    let named = margin && figure.kind != ChartKind::Columns && table.columns.len() > 1;
    Homes::tries(named, margin)
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
    let stacking = match figure.kind {
        ChartKind::PercentColumns => Stacking::Percent,
        ChartKind::StackedColumns => Stacking::Stacked,
        ChartKind::ColumnsAndLine if table.columns.len() > 1 => Stacking::Stacked,
        _ => Stacking::SideBySide,
    };
    let percent = stacking == Stacking::Percent;
    let (low, high) = match stacking {
        Stacking::Percent => table.percent_range(),
        Stacking::Stacked => table.stacked_range(),
        Stacking::SideBySide => table.range(),
    };
    let (from, to) = reference::widened((low, high), references);
    let (periods, homeless) = periods::of(figure, table);
    let stacked = stacking != Stacking::SideBySide;
    let notes = Notes::new(figure, table, homes.notes, stacked, frame.text_size);
    let notes = notes.with_foot(homeless);
    let side = match (homes.naming, homes.lines) {
        (Naming::Direct, _) => names_width(table, frame),
        (_, Home::Margin) => vertical::margin(references, frame),
        _ => 0.0,
    };
    let wishes = Wishes {
        unit: unit_text(if percent { "%" } else { &figure.unit }),
        categories: &table.categories,
        led_to: table.led_to,
        entries: entries(figure, table, references, homes),
        side,
        after_last: 0.0,
        labelled: if percent { (0.0, 0.0) } else { (low, high) },
        widest: table.widest(),
        stacked,
        line: line_wishes(figure, table),
        below: 0.0,
        periods: &periods,
        notes: &notes,
    };
    let whole = table.whole() && !percent;
    let mut up = Upright::new(frame, &wishes, |most| {
        Scale::covering(from, to, most, whole).spoken(&figure.unit)
    });

    let values = match stacking {
        Stacking::SideBySide => draw_groups(&mut up, table),
        _ => draw_stacks(&mut up, table, percent),
    };
    up.draw_axis();
    up.draw_references(references);
    if let Some(line) = &table.line {
        lines::draw_line(&mut up, line);
    }
    if homes.naming == Naming::Direct && !name_parts(&mut up, table, percent) {
        return None;
    }
    match stacking {
        Stacking::SideBySide => values::set_all(&mut up.canvas, &values, frame.text_size),
        _ => values::set_parts(&mut up.canvas, &values, small(frame.text_size)),
    }
    if let Some(line) = &table.line {
        let values = lines::point_values(&up, line);
        values::set_all(&mut up.canvas, &values, frame.text_size);
    }
    let line_cells = table.line.iter().flat_map(|line| line.cells.iter().flatten());
    if table.cells().chain(line_cells).next().is_none() {
        up.say_empty();
    }
    let labelled = up.label_references(references, homes.lines);
    (labelled && notes.draw_inside(&mut up.canvas, Growth::Up)).then_some(up.canvas)
}

/// Width of the margin that holds the names of the series beside the last stack.
fn names_width(table: &Table, frame: &Frame) -> f64 {
    let em = NAMES * frame.width / small(frame.text_size);
    side::names_width(&table.columns, em, small(frame.text_size)) + 4.0
}

/// Names the parts of the last stack beside it; `false` where that would not be clear, or the
/// numbers would no longer fit into the columns.
fn name_parts(up: &mut Upright, table: &Table, percent: bool) -> bool {
    let room = COLUMN * up.slot_width();
    let Some(last) = table.categories.len().checked_sub(1) else { return false };
    let parts = table.parts(last, percent);
    if parts.len() < table.columns.len() || table.widest() * SMALLEST + 2.0 > room {
        return false;
    }
    let em = NAMES * up.canvas.width / small(up.size);
    let label = |(column, part): (&Column, &Part)| {
        let middle = up.main.y((part.from + part.to) / 2.0);
        SideLabel::new(&column.name, middle, em)
    };
    let high = |part: &Part| (up.main.y(part.from) - up.main.y(part.to)).abs() >= 0.7 * up.size;
    if !parts.iter().all(high) {
        return false;
    }
    let labels = table.columns.iter().zip(&parts).map(label).collect();
    let x = up.plot.right + 1.0;
    up.set_beside(labels, Rank::Legend, x, NEAR)
}

fn line_wishes(figure: &Figure, table: &Table) -> Option<LineWishes> {
    let cells = || table.line.iter().flat_map(|line| line.cells.iter().flatten());
    table.line.as_ref().map(|_| LineWishes {
        unit: unit_text(&figure.line_unit),
        low: cells().map(|cell| cell.value).fold(0.0, f64::min),
        high: cells().map(|cell| cell.value).fold(0.0, f64::max),
        whole: cells().all(|cell| cell.exact.fract().is_zero()),
    })
}

/// Columns side by side. Gives their numbers.
fn draw_groups(up: &mut Upright, table: &Table) -> Vec<Value> {
    let count = table.columns.len().max(1) as f64;
    let slot = up.slot_width();
    // As wide as the numbers need, if the slot has that much; never a wall of columns.
    let wanted = if count > 1.0 { (table.widest() * up.size + 3.0) * count } else { 0.0 };
    let group = wanted.clamp(FILL * slot, 0.86 * slot).min(WIDEST * count);
    let width = group / count;
    let base = up.main.base();
    let mut values = Vec::new();
    for category in 0..table.categories.len() {
        let left = up.slot_middle(category) - group / 2.0;
        for (index, (column, cell)) in table.row(category).enumerate() {
            let x = left + (index as f64 + 0.5) * width;
            let end = cell.map_or(base, |cell| up.main.y(cell.value));
            if end != base {
                let (top, bottom) = (end.min(base), end.max(base));
                let area = Area::new(x - width / 2.0, top, width, bottom - top);
                up.canvas.rect(area, table.paint(column, category), cell.map(|cell| cell.at));
            }
            let value = Value::new(category, cell, Owner::ColumnEnd { x, end, base });
            values.push(value.bold_if(table.stands_out(category)));
        }
    }
    values
}

/// Stacked columns, negative values downwards; for percent each stack fills the scale.
fn draw_stacks(up: &mut Upright, table: &Table, percent: bool) -> Vec<Value> {
    let slot = up.slot_width();
    let width = (table.widest() * up.size + 4.0).clamp(FILL * slot, COLUMN * slot).min(WIDEST);
    let base = up.main.base();
    let mut values = Vec::new();
    for category in 0..table.categories.len() {
        let x = up.slot_middle(category);
        let mut end = base;
        for part in table.parts(category, percent) {
            let (start, stop) = (up.main.y(part.from), up.main.y(part.to));
            let (top, bottom) = (start.min(stop), start.max(stop));
            end = end.min(top);
            if top == bottom {
                continue;
            }
            let area = Area::new(x - width / 2.0, top, width, bottom - top);
            up.canvas.rect(area, part.paint(), Some(part.cell.at));
            let negligible = percent && part.to - part.from < NEGLIGIBLE;
            let value = Value::new(category, Some(part.cell), Owner::ColumnPart(area));
            values.push(value.optional(negligible).bold_if(table.stands_out(category)));
        }
        // Under a line, a sum could be taken for a number of the line.
        if let (false, None, Some(total)) = (percent, &table.line, table.total(category)) {
            let owner = Owner::ColumnEnd { x, end, base };
            values.push(Value::new(category, Some(&total), owner).bold_if(true));
        }
    }
    values
}

/// Legend entries: needed as soon as there is more than one thing to tell apart.
fn entries(figure: &Figure, table: &Table, references: &[Reference], homes: Homes) -> Vec<Entry> {
    let several = table.columns.len() > 1 || table.line.is_some();
    let several = several && homes.naming == Naming::Legend;
    let mut entries: Vec<Entry> =
        table.columns.iter().filter(|_| several).map(Entry::bars).collect();
    entries.extend(table.line.iter().map(|line| {
        let entry = Entry::line(line);
        Entry { name: format!("{}（右目盛）", entry.name), ..entry }
    }));
    entries.extend(Entry::unsettled(figure, table));
    if homes.lines == Home::Legend {
        entries.extend(reference::entries(references));
    }
    entries
}
