//! Columns that sum up others, held against their parts; and sums that rounding puts apart on the
//! page.

use rust_decimal::Decimal;

use super::table_columns::{Entry, slack};
use super::table_rows::{RowSource, Rows};
use crate::model::data_table::{Computation, RowKind};
use crate::model::quantity::{grouped, round_half_up};
use crate::model::totals::is_total;
use crate::problem::{Code, Place, Problem};

/// A printed column with its numbers.
pub(super) struct ColumnValues<'c> {
    pub name: &'c str,
    pub unit: &'c str,
    pub computation: Option<Computation>,
    pub additive: bool,
    /// One a row, and the digits with which they are printed; `None` of texts.
    pub entries: Option<(&'c [Entry], u32)>,
}

/// What was found of the columns that are named a total.
#[derive(Default)]
pub(super) struct ColumnTotals {
    pub totals: Vec<usize>,
    pub problems: Vec<Problem>,
    /// Rounding explains a difference.
    pub is_rounded: bool,
}

/// The last of the headings of a column, and those above it.
fn heading(name: &str) -> (&str, &str) {
    name.rsplit_once(' ').map_or(("", name), |(above, last)| (above, last))
}

/// Finds the columns of the data that are the sum of those beside them under the same heading, or
/// of all others with their unit.
pub(super) fn column_totals(
    columns: &[ColumnValues<'_>],
    kinds: &[RowKind],
    (names, checks): (&[String], bool),
) -> ColumnTotals {
    let mut found = ColumnTotals::default();
    for (index, column) in columns.iter().enumerate() {
        let (above, last) = heading(column.name);
        let Some((entries, _)) = column.entries else { continue };
        if column.computation.is_some() || !column.additive || !is_total(last) {
            continue;
        }
        let is_part = |other: &usize| {
            let part = &columns[*other];
            let named_total = is_total(heading(part.name).1);
            *other != index
                && part.computation.is_none()
                && part.additive
                && part.unit == column.unit
                && !named_total
                && part.entries.is_some()
        };
        let all: Vec<usize> = (0..columns.len()).filter(is_part).collect();
        let beside: Vec<usize> =
            all.iter().copied().filter(|other| heading(columns[*other].name).0 == above).collect();
        let since = (0..index).rev().find(|at| is_total(heading(columns[*at].name).1));
        let before: Vec<usize> = all
            .iter()
            .copied()
            .filter(|at| *at < index && since.is_none_or(|since| *at > since))
            .collect();
        let judged: Vec<Judged> = [beside, before, all]
            .into_iter()
            .filter(|parts| parts.len() > 1)
            .map(|parts| judge((entries, column.unit), &parts, columns, kinds))
            .collect();
        if let Some(fits) = judged.iter().find(|one| one.off.is_empty() && one.proved > 0) {
            found.totals.push(index);
            found.is_rounded |= fits.is_rounded;
        } else if let (true, Some(best)) = (
            checks,
            judged.iter().min_by_key(|one| one.off.len()).filter(|one| !one.off.is_empty()),
        ) {
            found.problems.push(fault(column.name, entries, best, names));
        }
    }
    found
}

struct Judged {
    /// Row and sum, where the total is another.
    off: Vec<(usize, Decimal)>,
    parts: usize,
    proved: usize,
    is_rounded: bool,
}

fn judge(
    (entries, unit): (&[Entry], &str),
    parts: &[usize],
    columns: &[ColumnValues<'_>],
    kinds: &[RowKind],
) -> Judged {
    let mut judged = Judged { off: vec![], parts: parts.len(), proved: 0, is_rounded: false };
    for row in 0..kinds.len() {
        let Some((total, _)) = entries[row].value() else { continue };
        let parts: Vec<&Entry> = parts
            .iter()
            .filter_map(|part| columns[*part].entries.map(|(of, _)| &of[row]))
            .collect();
        if parts.iter().any(|part| part.is_unknown()) {
            continue;
        }
        let values: Vec<Decimal> =
            parts.iter().filter_map(|part| part.value()).map(|(exact, _)| exact).collect();
        if values.is_empty() {
            continue;
        }
        let sum = values.iter().fold(Decimal::ZERO, |sum, value| sum.saturating_add(*value));
        let written: Vec<Decimal> = values.iter().copied().chain([total]).collect();
        let apart = (sum - total).abs();
        if apart.is_zero() {
            judged.proved += usize::from(!total.is_zero());
        } else if apart <= slack(unit, &written) {
            judged.proved += 1;
            judged.is_rounded = true;
        } else {
            judged.off.push((row, sum));
        }
    }
    judged
}

/// How many rows a message lists.
const MOST_LISTED: usize = 3;

fn fault(name: &str, entries: &[Entry], judged: &Judged, names: &[String]) -> Problem {
    let number = |exact: Decimal| grouped(exact, exact.scale());
    let own = |row: usize| entries[row].value().map_or(Decimal::ZERO, |(exact, _)| exact);
    let each = judged.off.iter().take(MOST_LISTED).map(|(row, sum)| {
        let place = entries[*row].cell_name();
        let parts = judged.parts;
        format!(
            "行「{}」（{place}）は {} ですが、{parts}列の和は {} です",
            names[*row],
            number(own(*row)),
            number(*sum)
        )
    });
    let said = each.collect::<Vec<_>>().join("。");
    let more = match judged.off.len() > MOST_LISTED {
        true => format!("。ほかに{}行", judged.off.len() - MOST_LISTED),
        false => String::new(),
    };
    let (row, sum) = judged.off[0];
    let place = entries[row].value().and_then(|(_, cells)| cells.first().cloned());
    Problem::error(Code::TotalNotSum, place.unwrap_or_else(|| Place::file("")))
        .text(number(own(row)))
        .message(format!("列「{name}」が、列の和と合いません。{said}{more}"))
        .expected(number(sum))
        .hint("値を確かめてください。合計でない列なら見出しを変えるか、[[table]] に sums = false と書くと確かめません")
}

/// Whether printed parts do not make their printed total, because each is rounded.
pub(super) fn is_rounded_when_printed(columns: &[ColumnValues<'_>], rows: &Rows) -> bool {
    columns.iter().any(|column| {
        let Some((entries, digits)) = column.entries else { return false };
        let share = column.computation == Some(Computation::Share);
        if !column.additive && !share {
            return false;
        }
        let printed =
            |row: usize| entries[row].value().map(|(exact, _)| round_half_up(exact, digits));
        (0..rows.sources.len()).any(|row| {
            let parts = match rows.sources[row] {
                RowSource::Record(_) if rows.kinds[row] != RowKind::Total => return false,
                RowSource::Record(_) => {
                    (0..rows.sources.len()).filter(|at| rows.kinds[*at] == RowKind::Data).collect()
                }
                _ => rows.parts(row),
            };
            let values: Vec<Decimal> = parts.iter().filter_map(|part| printed(*part)).collect();
            let sum = values.iter().fold(Decimal::ZERO, |sum, value| sum.saturating_add(*value));
            !values.is_empty() && printed(row).is_some_and(|total| total != sum)
        })
    })
}
