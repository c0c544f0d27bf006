//! A figure's data as charts need it: numbers to draw and the texts printed beside them.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::lettering::{self, clean};
use super::mark::{CellAt, Paint, Stroke};
use super::order;
use crate::model::figure::{ChartKind, Figure, Highlight, is_total};
use crate::model::parts::Sum;
use crate::model::quantity::{Quantity, grouped};

/// One value of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub value: f64,
    pub exact: Decimal,
    /// As printed beside its bar: the unit stands once at the axis.
    pub text: String,
    /// Where it stands in the figure's data.
    pub at: CellAt,
    /// Preliminary or provisional, in data that is not.
    pub unsettled: bool,
}

/// One series. A missing value is `None`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub name: String,
    pub cells: Vec<Option<Cell>>,
    /// Which of the theme's paints it takes.
    pub slot: usize,
    /// Whether the author leads the reader's eye to it.
    pub highlighted: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub categories: Vec<String>,
    /// The row of the data that each category is.
    pub rows: Vec<usize>,
    pub columns: Vec<Column>,
    /// The series on the second axis of a columns-and-line chart.
    pub line: Option<Column>,
    /// The category that the author highlights.
    pub led_to: Option<usize>,
    /// The categories whose shares do not make 100 even with rounding: drawn as they are.
    odd: Vec<bool>,
}

/// A part of a stack: from where to where on the scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part<'a> {
    pub slot: usize,
    pub cell: &'a Cell,
    pub from: f64,
    pub to: f64,
}

impl Column {
    /// The line of the series.
    pub fn stroke(&self) -> Stroke {
        if self.highlighted { Stroke::Highlight } else { Stroke::Line(self.slot) }
    }
}

impl Part<'_> {
    pub fn paint(&self) -> Paint {
        paint(self.slot, self.cell.unsettled)
    }
}

/// The paint of a value of the series in this slot.
pub(super) fn paint(slot: usize, unsettled: bool) -> Paint {
    if unsettled { Paint::Unsettled(slot) } else { Paint::Series(slot) }
}

/// How many paints the theme has; further series begin again.
pub(super) const SLOTS: usize = 6;
/// The paint of a lone series: calmer than the darkest one, which then marks the total.
const LONE: usize = 1;

/// Whether the shares of each category are further from 100 than rounding explains.
fn odd(figure: &Figure, rows: &[usize]) -> Vec<bool> {
    let parts = |row: usize| -> Vec<&Quantity> {
        let cells = figure.data.series.iter().filter_map(|series| series.values.get(row));
        cells.flatten().collect()
    };
    let odd = |&row: &usize| matches!(Sum::of(&parts(row)), Sum::Other(_));
    rows.iter().map(|row| figure.is_in_percent() && odd(row)).collect()
}

/// Where the highlighted category came to stand.
fn highlighted(figure: &Figure, rows: &[usize]) -> Option<usize> {
    let Some(Highlight::Category(row)) = figure.highlight else { return None };
    rows.iter().position(|own| *own == row)
}

impl Table {
    /// Reads a figure, its categories in the order of drawing.
    pub fn of(figure: &Figure) -> Table {
        let data = &figure.data;
        let rows = order::rows(figure);
        let line_at = figure.line_series.filter(|_| figure.kind == ChartKind::ColumnsAndLine);
        // Amounts whose shares are drawn keep their unit: the axis has another.
        let shares = matches!(figure.kind, ChartKind::PercentBars | ChartKind::PercentColumns);
        let amounts = shares && !figure.is_in_percent();
        let mut table = Table {
            categories: rows.iter().map(|&row| clean(&data.categories[row])).collect(),
            rows: Vec::new(),
            columns: Vec::new(),
            line: None,
            led_to: highlighted(figure, &rows),
            odd: odd(figure, &rows),
        };
        for (index, series) in data.series.iter().enumerate() {
            let on_line = line_at == Some(index);
            let unit = if on_line { &figure.line_unit } else { &figure.unit };
            let cell = |&row: &usize| {
                let quantity = series.values.get(row)?.as_ref()?;
                Some(Cell {
                    value: quantity.exact.to_f64().unwrap_or(0.0),
                    exact: quantity.exact,
                    text: match amounts {
                        true => clean(&quantity.text),
                        false => clean(
                            quantity.text.strip_suffix(unit.as_str()).unwrap_or(&quantity.text),
                        ),
                    },
                    at: (index, row),
                    unsettled: data.unsettled.contains_key(&(index, row)),
                })
            };
            let column = Column {
                name: clean(&series.name),
                cells: rows.iter().map(cell).collect(),
                slot: 0,
                highlighted: figure.highlight == Some(Highlight::Series(index)),
            };
            if on_line {
                table.line = Some(column);
            } else {
                table.columns.push(column);
            }
        }
        table.rows = rows;
        // Charts of one series draw the first one only.
        if matches!(figure.kind, ChartKind::RankedBars | ChartKind::Shares) {
            table.columns.truncate(1);
        }
        table.take_slots(figure.kind == ChartKind::Lines);
        table
    }

    /// Gives every series its look: in their order, a highlighted one the first.
    fn take_slots(&mut self, lines: bool) {
        let ahead = self.columns.iter().any(|column| column.highlighted);
        let mut next = usize::from(ahead);
        for column in &mut self.columns {
            column.slot = if column.highlighted { 0 } else { next % SLOTS };
            next += usize::from(!column.highlighted);
        }
        if lines {
            return;
        }
        match self.columns.as_mut_slice() {
            [only] => only.slot = LONE,
            // Two series are told apart best by dark and light, not by dark and medium.
            [one, other] if one.slot == 0 => other.slot = 2,
            [one, _] => one.slot = 2,
            _ => {}
        }
    }

    /// The paint of a bar: a lone series sets off the highlighted category, or else the total.
    pub fn paint(&self, column: &Column, category: usize) -> Paint {
        let set_off = self.columns.len() == 1
            && match self.led_to {
                Some(led_to) => led_to == category,
                None => is_total(&self.categories[category]),
            };
        let unsettled = column.cells[category].as_ref().is_some_and(|cell| cell.unsettled);
        paint(if set_off { 0 } else { column.slot }, unsettled)
    }

    /// Whether the name and the numbers of a category are bold.
    pub fn stands_out(&self, category: usize) -> bool {
        self.led_to == Some(category)
    }

    /// All values on the main axis.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.columns.iter().flat_map(|column| column.cells.iter().flatten())
    }

    /// The values of one category, `None` where one is missing.
    pub fn row(&self, category: usize) -> impl Iterator<Item = (&Column, Option<&Cell>)> {
        self.columns.iter().map(move |column| (column, column.cells[category].as_ref()))
    }

    /// The parts of a category's stack, negative ones going down from zero. As shares of
    /// 100 they fill the scale exactly, even where rounding left a sum of 99.9; what is
    /// further from 100 is drawn as it is.
    pub fn parts(&self, category: usize, percent: bool) -> Vec<Part<'_>> {
        let (sum, _) = self.stack(category);
        let fills = percent && !self.odd[category] && sum > 0.0;
        let share = if fills { 100.0 / sum } else { 1.0 };
        let (mut up, mut down) = (0.0, 0.0);
        let mut parts = Vec::new();
        for (column, cell) in self.row(category) {
            let Some(cell) = cell else { continue };
            let size = if percent { cell.value.max(0.0) * share } else { cell.value };
            let end = if size < 0.0 { &mut down } else { &mut up };
            let from = *end;
            *end += size;
            parts.push(Part { slot: column.slot, cell, from, to: *end });
        }
        parts
    }

    /// What the scale of a chart of shares has to cover.
    pub fn percent_range(&self) -> (f64, f64) {
        let ends = |row| self.parts(row, true).last().map_or(0.0, |part| part.to);
        let highest = (0..self.categories.len()).map(ends).fold(100.0, f64::max);
        // What rounding or the last bit of a division adds asks for no further tick.
        (0.0, if highest < 100.0 + 1e-6 { 100.0 } else { highest })
    }

    /// Heights of a category's stack above and below zero.
    fn stack(&self, category: usize) -> (f64, f64) {
        self.row(category).filter_map(|(_, cell)| cell).fold((0.0, 0.0), |(up, down), cell| {
            (up + cell.value.max(0.0), down + cell.value.min(0.0))
        })
    }

    /// The sum of a category as printed on its stack; `None` when it would mislead:
    /// a value is missing or negative, or there is nothing to add.
    pub fn total(&self, category: usize) -> Option<Cell> {
        if self.columns.len() < 2 {
            return None;
        }
        let mut sum = Decimal::ZERO;
        for (_, cell) in self.row(category) {
            let exact = cell?.exact;
            if exact.is_sign_negative() && !exact.is_zero() {
                return None;
            }
            sum = sum.checked_add(exact)?;
        }
        // Texts such as 37億6千万 are not plain numbers: then there is no plain sum either.
        let plain = |cell: &Cell| cell.text.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
        let row = || self.row(category).filter_map(|(_, cell)| cell);
        if !row().all(plain) {
            return None;
        }
        let decimals = row().map(|cell| cell.text.split_once('.').map_or(0, |(_, f)| f.len()));
        let text = grouped(sum, decimals.max().unwrap_or(0) as u32);
        let at =
            self.row(category).find_map(|(_, cell)| cell).map_or((0, category), |cell| cell.at);
        Some(Cell { value: sum.to_f64().unwrap_or(0.0), exact: sum, text, at, unsettled: false })
    }

    /// Whether every value on the main axis is a whole number.
    pub fn whole(&self) -> bool {
        self.cells().all(|cell| cell.exact.fract().is_zero())
    }

    /// Width of the widest number in ems.
    pub fn widest(&self) -> f64 {
        self.cells().map(|cell| lettering::width(&cell.text)).fold(0.0, f64::max)
    }

    /// The smallest and largest of the values, and zero.
    pub fn range(&self) -> (f64, f64) {
        self.cells().fold((0.0, 0.0), |(low, high): (f64, f64), cell| {
            (low.min(cell.value), high.max(cell.value))
        })
    }

    /// The lowest and highest end of all stacks.
    pub fn stacked_range(&self) -> (f64, f64) {
        (0..self.categories.len())
            .map(|row| self.stack(row))
            .fold((0.0, 0.0), |(low, high): (f64, f64), (up, down)| (low.min(down), high.max(up)))
    }
}

/// `（百万円）`, or nothing when there is no unit.
pub(super) fn unit_text(unit: &str) -> String {
    let unit = clean(unit);
    if unit.is_empty() { unit } else { format!("（{unit}）") }
}
