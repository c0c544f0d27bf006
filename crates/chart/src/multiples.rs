//! One small chart a series, all on one scale, row by row.

use super::area::Area;
use super::canvas::Canvas;
use super::lines::{self, AROUND, MARKER};
use super::mark::{CellAt, Shape, Stroke};
use super::multiples_grid::Grid;
use super::reference::{self, Reference};
use super::scale::Scale;
use super::table::{Column, Table, paint};
use super::values::{self, Owner, SMALLEST, Value};
use super::{Frame, small};
use soukatsu_core::model::figure::{Figure, Highlight, Panel, is_total};

/// Share of its slot that a column takes, and the widest column in points.
const FILL: f64 = 0.66;
const WIDEST: f64 = 22.0;
/// The paint of all columns that nothing sets apart, and with something highlighted.
const PLAIN: usize = 1;
const PALE: usize = 2;

/// Draws the figure.
pub(super) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    if table.cells().next().is_none() {
        return Canvas::without_data(frame.width, frame.default_height, frame.text_size);
    }
    let references = reference::of(figure);
    let range = match figure.panel {
        Panel::Columns => table.range(),
        Panel::Lines => lines::range(&table),
    };
    let (low, high) = reference::widened(range, &references);
    let whole = table.whole();
    let scale = |most: i64| Scale::covering(low, high, most, whole).spoken(&figure.unit);
    let grid = Grid::new(&table, figure, frame, &references, scale);
    let mut canvas = Canvas::new(frame.width, grid.height);
    grid.draw_frame(&mut canvas, &table);
    let drawing = Drawing { grid, table: &table, figure, references };
    let panels = 0..table.columns.len();
    let values: Vec<Value> =
        panels.flat_map(|panel| drawing.draw_panel(&mut canvas, panel)).collect();
    drawing.set_values(&mut canvas, &values, frame.text_size);
    canvas
}

struct Drawing<'a> {
    grid: Grid,
    table: &'a Table,
    figure: &'a Figure,
    references: Vec<Reference>,
}

impl Drawing<'_> {
    /// The marks of one series. Gives their numbers.
    fn draw_panel(&self, canvas: &mut Canvas, panel: usize) -> Vec<Value> {
        let column = &self.table.columns[panel];
        let plot = self.grid.plot(panel);
        let values = match self.figure.panel {
            Panel::Columns => self.draw_columns(canvas, panel, column),
            Panel::Lines => Vec::new(),
        };
        if let Some(y) = self.grid.axis(panel) {
            canvas.line(vec![[plot.left, y], [plot.right, y]], Stroke::Axis);
        }
        for line in &self.references {
            let y = self.grid.y(panel, line.value);
            canvas.line(vec![[plot.left, y], [plot.right, y]], line.stroke);
        }
        match self.figure.panel {
            Panel::Columns => values,
            Panel::Lines => self.draw_line(canvas, panel, column),
        }
    }

    fn draw_columns(&self, canvas: &mut Canvas, panel: usize, column: &Column) -> Vec<Value> {
        let base = self.grid.y(panel, 0.0);
        let width = (FILL * self.grid.slot).min(WIDEST);
        let mut values = Vec::new();
        for (category, cell) in column.cells.iter().enumerate() {
            let x = self.grid.x(panel, category);
            let end = cell.as_ref().map_or(base, |cell| self.grid.y(panel, cell.value));
            if let Some(cell) = cell.as_ref().filter(|_| end != base) {
                let (top, bottom) = (end.min(base), end.max(base));
                let area = Area::new(x - width / 2.0, top, width, bottom - top);
                let total = is_total(&self.table.categories[category]);
                let slot = match self.figure.highlight {
                    None if total => 0,
                    None => PLAIN,
                    Some(_) if self.highlighted(cell.at) => 0,
                    Some(_) => PALE,
                };
                canvas.rect(area, paint(slot, cell.unsettled), Some(cell.at));
            }
            let owner = Owner::NearColumnEnd { x, end, base };
            values.push(Value::new(self.grid.turn(panel, category), cell.as_ref(), owner));
        }
        values
    }

    fn draw_line(&self, canvas: &mut Canvas, panel: usize, column: &Column) -> Vec<Value> {
        let point = |category: usize| {
            let cell = column.cells.get(category)?.as_ref()?;
            Some([self.grid.x(panel, category), self.grid.y(panel, cell.value)])
        };
        let points: Vec<Option<[f64; 2]>> = (0..column.cells.len()).map(point).collect();
        let series = column
            .cells
            .iter()
            .flatten()
            .any(|cell| self.figure.highlight == Some(Highlight::Series(cell.at.0)));
        for run in points.split(Option::is_none) {
            let stroke = match self.figure.highlight {
                _ if series => Stroke::Highlight,
                Some(Highlight::Series(_)) => Stroke::Thin,
                _ => Stroke::Line(0),
            };
            canvas.line(run.iter().flatten().copied().collect(), stroke);
        }
        let plain = MARKER.min(0.3 * self.grid.slot).max(1.0) * 0.85;
        let mut values = Vec::new();
        for (category, (cell, at)) in column.cells.iter().zip(&points).enumerate() {
            let (Some(cell), Some(at)) = (cell, *at) else { continue };
            let lit = self.highlighted(cell.at);
            let faded = self.figure.highlight.is_some() && !lit;
            // An open sign weighs less than a filled one.
            let shape = if faded { Shape::Ring } else { Shape::Disc };
            let mut r = plain;
            canvas.marker(at, r, shape, Some(cell.at));
            if cell.unsettled {
                r += AROUND;
                canvas.marker(at, r, Shape::Around, None);
            }
            let height = |index: Option<usize>| points.get(index?).copied().flatten().map(|p| p[1]);
            let (before, after) = (height(category.checked_sub(1)), height(Some(category + 1)));
            let lower = |other: Option<f64>| other.is_none_or(|y| y < at[1]);
            let valley = (before.is_some() || after.is_some()) && lower(before) && lower(after);
            let owner = Owner::Point { at, r, valley };
            values.push(Value::new(self.grid.turn(panel, category), Some(cell), owner));
        }
        values
    }

    fn highlighted(&self, at: CellAt) -> bool {
        match self.figure.highlight {
            Some(Highlight::Series(series)) => series == at.0,
            Some(Highlight::Category(row)) => row == at.1,
            None => false,
        }
    }

    /// Whether a cell is of the category that the author highlights.
    fn marked(&self, at: CellAt) -> bool {
        self.figure.highlight == Some(Highlight::Category(at.1))
    }

    /// Sets all numbers where every one of them has room over its mark; else the first and the
    /// last of each panel, and the highlighted and the largest where they have room beside them.
    fn set_values(&self, canvas: &mut Canvas, values: &[Value], size: f64) {
        let before = canvas.text_count();
        if self.table.widest() * SMALLEST + 2.0 <= self.grid.slot {
            values::set_all(canvas, values, small(size));
        }
        if canvas.text_count() > before {
            return;
        }
        let mut telling = Vec::new();
        for (panel, column) in self.table.columns.iter().enumerate() {
            let cells = || {
                column.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.as_ref()?)))
            };
            let ends = [cells().next(), cells().next_back()].map(|end| end.map(|(at, _)| at));
            // The first of several that are equally large.
            let largest = cells().rev().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
            let lit = cells().find(|(_, cell)| self.marked(cell.at));
            let [lit, largest] = [lit, largest].map(|found| found.map(|(at, _)| at));
            let wanted = [(ends[0], false), (ends[1], false), (lit, true), (largest, true)];
            let mut turns = Vec::new();
            for (category, optional) in wanted {
                let Some(category) = category else { continue };
                let turn = self.grid.turn(panel, category);
                if turns.contains(&turn) {
                    continue;
                }
                turns.push(turn);
                let value = values.iter().find(|value| value.category == turn);
                telling.extend(value.cloned().map(|value| value.optional(optional)));
            }
        }
        values::set_all(canvas, &telling, small(size));
    }
}
