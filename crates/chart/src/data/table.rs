//! A figure's data as charts need it: numbers to draw and the texts printed beside them.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::data::order;
use crate::mark::{CellAt, Paint, Stroke};
use crate::text_metrics::{self, clean};
use soukatsu_core::model::figure::{ChartKind, Figure, Highlight, is_total};
use soukatsu_core::model::parts::Sum;
use soukatsu_core::model::quantity::Quantity;

/// One value of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Datum {
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
pub(crate) struct SeriesColumn {
    pub name: String,
    pub cells: Vec<Option<Datum>>,
    /// What stands for each of them where it is missing.
    pub absent: Vec<&'static str>,
    /// Which of the theme's paints it takes.
    pub slot: usize,
    /// Whether the author leads the reader's eye to it.
    pub highlighted: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    pub categories: Vec<String>,
    /// The row of the data that each category is.
    pub rows: Vec<usize>,
    pub columns: Vec<SeriesColumn>,
    /// The series on the second axis of a columns-and-line chart.
    pub line: Option<SeriesColumn>,
    /// The category that the author highlights.
    pub led_to: Option<usize>,
    /// The categories whose shares do not make 100 even with rounding: drawn as they are.
    pub odd: Vec<bool>,
}

impl SeriesColumn {
    /// The line of the series.
    pub fn stroke(&self) -> Stroke {
        if self.highlighted { Stroke::Highlight } else { Stroke::Line(self.slot) }
    }
}

/// The paint of a value of the series in this slot.
pub(crate) fn paint(slot: usize, unsettled: bool) -> Paint {
    if unsettled { Paint::Unsettled(slot) } else { Paint::Series(slot) }
}

/// Printed where a value is missing, as Japanese statistics do.
pub(crate) const MISSING: &str = "－";

/// How many paints the theme has; further series begin again.
pub(crate) const SLOTS: usize = 6;
/// The paint of a lone series: calmer than the darkest one, which then marks the total.
const LONE: usize = 1;

/// The first of the paints with a pattern.
const PATTERNED: usize = 3;

/// Gives the largest series a paint without a pattern: it would cover most of the drawing. It takes
/// that of the series two or four places before it, because paints alternate between dark and light,
/// and neighbours must still be told apart.
fn plain_largest(columns: &mut [SeriesColumn]) {
    let sum = |column: &SeriesColumn| -> f64 {
        column.cells.iter().flatten().map(|cell| cell.value.abs()).sum()
    };
    let sums: Vec<f64> = columns.iter().map(sum).collect();
    let Some(largest) = (0..sums.len()).rev().max_by(|a, b| sums[*a].total_cmp(&sums[*b])) else {
        return;
    };
    let slot = columns[largest].slot;
    let plain = if slot.is_multiple_of(2) { 2 } else { 1 };
    let other = columns.iter().position(|column| column.slot == plain && !column.highlighted);
    if let Some(other) = other.filter(|_| slot >= PATTERNED && columns.len() <= SLOTS) {
        columns[largest].slot = plain;
        columns[other].slot = slot;
    }
}

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
                Some(Datum {
                    value: quantity.exact.to_f64().unwrap_or(0.0),
                    exact: quantity.exact,
                    text: {
                        let bare = quantity.text.strip_suffix(unit.as_str());
                        let bare = clean(bare.unwrap_or(&quantity.text));
                        if amounts { format!("{bare}{}", unit.trim()) } else { bare }
                    },
                    at: (index, row),
                    unsettled: data.unsettled.contains_key(&(index, row)),
                })
            };
            let column = SeriesColumn {
                name: clean(&series.name),
                cells: rows.iter().map(cell).collect(),
                absent: rows.iter().map(|row| data.absent(index, *row)).collect(),
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
            many => plain_largest(many),
        }
    }

    /// The paint of a bar: a lone series sets off the highlighted category, or else the total.
    pub fn paint(&self, column: &SeriesColumn, category: usize) -> Paint {
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
    pub fn cells(&self) -> impl Iterator<Item = &Datum> {
        self.columns.iter().flat_map(|column| column.cells.iter().flatten())
    }

    /// The values of one category, `None` where one is missing.
    pub fn row(&self, category: usize) -> impl Iterator<Item = (&SeriesColumn, Option<&Datum>)> {
        self.columns.iter().map(move |column| (column, column.cells[category].as_ref()))
    }

    /// Whether every value on the main axis is a whole number.
    pub fn whole(&self) -> bool {
        self.cells().all(|cell| cell.exact.fract().is_zero())
    }

    /// Width of the widest number in ems.
    pub fn widest(&self) -> f64 {
        self.cells().map(|cell| text_metrics::width(&cell.text)).fold(0.0, f64::max)
    }

    /// The smallest and largest of the values, and zero.
    pub fn range(&self) -> (f64, f64) {
        self.cells().fold((0.0, 0.0), |(low, high): (f64, f64), cell| {
            (low.min(cell.value), high.max(cell.value))
        })
    }
}

/// `（百万円）`, or nothing when there is no unit.
pub(crate) fn unit_text(unit: &str) -> String {
    let unit = clean(unit);
    if unit.is_empty() { unit } else { format!("（{unit}）") }
}
