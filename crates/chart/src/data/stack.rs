//! Stacks: the parts of a category one on the other, as amounts or as shares of 100.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::data::table::{Datum, Table, paint};
use crate::mark::Paint;
use soukatsu_core::model::figure::{ChartKind, Figure};
use soukatsu_core::model::quantity::grouped;

/// Shares below this many percent may go without their number.
pub(crate) const NEGLIGIBLE: f64 = 4.0;

/// A part of a stack: from where to where on the scale.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segment<'a> {
    pub slot: usize,
    pub cell: &'a Datum,
    pub from: f64,
    pub to: f64,
}

impl Segment<'_> {
    pub fn paint(&self) -> Paint {
        paint(self.slot, self.cell.unsettled)
    }
}

/// The sums that a chart of amounts one on the other may print on its stacks, by category of
/// the figure's data; whether there is room for them is the drawing's.
pub fn totals(figure: &Figure) -> Vec<Option<String>> {
    let mut totals = vec![None; figure.data.categories.len()];
    let stacked = match figure.kind {
        ChartKind::StackedColumns | ChartKind::StackedBars => true,
        ChartKind::ColumnsAndLine => figure.stacked && figure.line_series.is_none(),
        _ => false,
    };
    if stacked {
        let (_, kept) = figure.drawn();
        let parts = figure.without_totals();
        let figure = parts.as_ref().unwrap_or(figure);
        let table = Table::of(figure);
        for (place, row) in table.rows.iter().enumerate() {
            totals[kept[*row]] = table.total(place).map(|total| total.text);
        }
    }
    totals
}

impl Table {
    /// The parts of a category's stack, negative ones going down from zero. As shares of
    /// 100 they fill the scale exactly, even where rounding left a sum of 99.9; what is
    /// further from 100 is drawn as it is.
    pub fn segments(&self, category: usize, percent: bool) -> Vec<Segment<'_>> {
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
            parts.push(Segment { slot: column.slot, cell, from, to: *end });
        }
        parts
    }

    /// What the scale of a chart of shares has to cover.
    pub fn percent_range(&self) -> (f64, f64) {
        let ends = |row| self.segments(row, true).last().map_or(0.0, |part| part.to);
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
    pub fn total(&self, category: usize) -> Option<Datum> {
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
        let plain =
            |cell: &Datum| cell.text.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
        let row = || self.row(category).filter_map(|(_, cell)| cell);
        if !row().all(plain) {
            return None;
        }
        let decimals = row().map(|cell| cell.text.split_once('.').map_or(0, |(_, f)| f.len()));
        let text = grouped(sum, decimals.max().unwrap_or(0) as u32);
        let at =
            self.row(category).find_map(|(_, cell)| cell).map_or((0, category), |cell| cell.at);
        Some(Datum { value: sum.to_f64().unwrap_or(0.0), exact: sum, text, at, unsettled: false })
    }

    /// The lowest and highest end of all stacks.
    pub fn stacked_range(&self) -> (f64, f64) {
        (0..self.categories.len())
            .map(|row| self.stack(row))
            .fold((0.0, 0.0), |(low, high): (f64, f64), (up, down)| (low.min(down), high.max(up)))
    }
}
