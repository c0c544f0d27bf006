//! Two series back to back, as in a population pyramid: one scale to both sides.

use super::area::Area;
use super::canvas::Canvas;
use super::lettering;
use super::mark::Stroke;
use super::paired_plan::Plan;
use super::table::{Cell, Column, Table, paint, unit_text};
use super::values::{self, Owner, Value};
use super::{Frame, bars};
use soukatsu_core::model::figure::{Figure, Highlight, is_total};

/// Share of a row that its bar takes, and the thickest bar in points.
const FILL: f64 = 0.78;
const THICKEST: f64 = 18.0;
/// The paints of the two series, and of the one that is not highlighted.
const SLOTS: [usize; 2] = [0, 2];
const PALE: usize = 2;

/// Draws the figure. Anything but two series stands side by side, so that none is lost.
pub(super) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    let [left, right] = table.columns.as_slice() else {
        return bars::draw(figure, frame);
    };
    let pair = Pair::of(&table, [left, right], figure);
    let plan = Plan::new(&pair, frame, &figure.unit);
    let mut canvas = Canvas::new(frame.width, plan.height);
    plan.draw_frame(&mut canvas, &pair);
    let values = draw_bars(&mut canvas, &plan, &pair);
    values::set_all(&mut canvas, &values, frame.text_size);
    if pair.cells().next().is_none() {
        let middles = [0.5, 0.25, 0.75].map(|part| part * frame.width);
        canvas.say_empty(middles, (plan.top + plan.bottom) / 2.0, frame.text_size);
    }
    canvas
}

/// What is drawn: two columns, without a total that would dwarf everything else.
pub(super) struct Pair<'a> {
    columns: [&'a Column; 2],
    pub categories: &'a [String],
    /// Rows of the table that get bars.
    pub rows: Vec<usize>,
    pub headings: [String; 2],
    pub unit: String,
    highlight: Option<Highlight>,
}

impl<'a> Pair<'a> {
    fn of(table: &'a Table, columns: [&'a Column; 2], figure: &Figure) -> Pair<'a> {
        let categories = &table.categories;
        let all = 0..categories.len();
        let largest_part = |column: &Column| {
            let parts = all.clone().filter(|row| !is_total(&categories[*row]));
            parts
                .filter_map(|row| column.cells[row].as_ref())
                .map(|cell| cell.value)
                .fold(0.0, f64::max)
        };
        // A sum stands in the headings; an average over all is a row like the others.
        let is_sum = |row: &usize| {
            is_total(&categories[*row])
                && columns.iter().all(|column| {
                    let part = largest_part(column);
                    column.cells[*row].as_ref().is_some_and(|cell| part > 0.0 && cell.value > part)
                })
        };
        let sum = all.clone().find(is_sum);
        let heading = |column: &Column| {
            let total = sum.and_then(|row| Some((row, column.cells[row].as_ref()?)));
            match total {
                Some((row, cell)) => format!(
                    "{}（{} {}{}）",
                    column.name,
                    categories[row],
                    cell.text,
                    figure.unit.trim()
                ),
                None => column.name.clone(),
            }
        };
        Pair {
            columns,
            categories,
            rows: all.filter(|row| Some(*row) != sum).collect(),
            headings: columns.map(heading),
            unit: unit_text(&figure.unit),
            highlight: figure.highlight,
        }
    }

    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        let columns = self.columns.iter();
        columns.flat_map(|column| self.rows.iter().filter_map(|row| column.cells[*row].as_ref()))
    }

    /// Width of the widest number in points, of the negative ones or of the others.
    pub fn widest(&self, negative: bool, size: f64) -> f64 {
        let cells = self.cells().filter(|cell| (cell.value < 0.0) == negative);
        cells.map(|cell| lettering::width(&cell.text) * size + 4.0).fold(0.0, f64::max)
    }

    fn slot(&self, side: usize, cell: &Cell) -> usize {
        match self.highlight {
            None => SLOTS[side],
            Some(Highlight::Series(series)) if series == cell.at.0 => 0,
            Some(Highlight::Category(row)) if row == cell.at.1 => 0,
            Some(_) => PALE,
        }
    }
}

/// The bars and the lines they start from. Gives their numbers.
fn draw_bars(canvas: &mut Canvas, plan: &Plan, pair: &Pair) -> Vec<Value> {
    let mut values = Vec::new();
    let thickness = (FILL * plan.pitch).min(THICKEST);
    for (index, row) in pair.rows.iter().enumerate() {
        let y = plan.middle(index);
        for (side, column) in pair.columns.iter().enumerate() {
            let cell = column.cells[*row].as_ref();
            let base = plan.x(side, 0.0);
            let end = cell.map_or(base, |cell| plan.x(side, cell.value));
            if let Some(cell) = cell.filter(|_| end != base) {
                let (left, right) = (end.min(base), end.max(base));
                let area = Area::new(left, y - thickness / 2.0, right - left, thickness);
                let fill = paint(pair.slot(side, cell), cell.unsettled);
                canvas.rect(area, fill, Some(cell.at));
            }
            // The number of a bar without length stands outwards, too.
            let inwards = if side == 0 { 1e-3 } else { -1e-3 };
            let base = if end == base { base + inwards } else { base };
            values.push(Value::new(*row, cell, Owner::BarEnd { y, end, base }));
        }
    }
    for side in [0, 1] {
        let x = plan.x(side, 0.0);
        canvas.line(vec![[x, plan.top], [x, plan.bottom]], Stroke::Axis);
    }
    values
}
