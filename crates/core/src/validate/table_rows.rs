//! The rows of a table: their names and groups, and which of them sums up others.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::table_columns::{Entry, slack};
use super::table_declaration::PlacedText;
use crate::load::Table;
use crate::model::data_table::RowKind;
use crate::model::name::name_key;
use crate::model::quantity::grouped;
use crate::model::totals::{is_total, sums_by_name};
use crate::problem::{Code, Place, Problem};

/// A row as it is to be printed.
#[derive(Debug, Clone)]
pub(super) enum RowSource {
    /// A record of the data.
    Record(usize),
    /// What the records of a group make.
    Subtotal { group: usize },
    /// What all records make.
    Total,
}

/// The rows of a table in the order in which they are printed.
pub(super) struct Rows {
    pub sources: Vec<RowSource>,
    pub kinds: Vec<RowKind>,
    pub groups: Vec<(String, Place)>,
    /// One a row.
    pub group_of: Vec<Option<usize>>,
}

impl Rows {
    /// The records in their groups, with the rows that are to be worked out.
    pub fn new(
        table: &Table,
        (group, subtotal, total): (Option<usize>, Option<&PlacedText>, Option<&PlacedText>),
    ) -> Self {
        let mut rows = Rows { sources: vec![], kinds: vec![], groups: vec![], group_of: vec![] };
        let mut current: Option<usize> = None;
        for (record, cells) in table.records.iter().enumerate() {
            if let Some(column) = group {
                let cell = cells.cell(column);
                let known = current.map(|index| name_key(&rows.groups[index].0).into_owned());
                let same = known.is_some_and(|known| known == name_key(&cell.text));
                if !cell.text.is_empty() && !same {
                    rows.end_group(current, subtotal.is_some());
                    rows.groups.push((cell.text, cell.place));
                    current = Some(rows.groups.len() - 1);
                }
            }
            rows.push(RowSource::Record(record), RowKind::Data, current);
        }
        rows.end_group(current, subtotal.is_some());
        if total.is_some() {
            rows.push(RowSource::Total, RowKind::Total, None);
        }
        rows
    }

    fn end_group(&mut self, group: Option<usize>, has_subtotal: bool) {
        if let (Some(group), true) = (group, has_subtotal) {
            self.push(RowSource::Subtotal { group }, RowKind::Subtotal, Some(group));
        }
    }

    fn push(&mut self, source: RowSource, kind: RowKind, group: Option<usize>) {
        self.sources.push(source);
        self.kinds.push(kind);
        self.group_of.push(group);
    }

    /// The rows that are parts of what a computed row sums up.
    pub fn parts(&self, row: usize) -> Vec<usize> {
        let within = |at: &usize| match self.sources[row] {
            RowSource::Subtotal { group } => self.group_of[*at] == Some(group),
            _ => true,
        };
        let is_part = |at: &usize| {
            matches!(self.sources[*at], RowSource::Record(_)) && self.kinds[*at] == RowKind::Data
        };
        (0..self.sources.len()).filter(is_part).filter(within).collect()
    }
}

/// A column whose values may be added up, by the rows of the table.
pub(super) struct SumColumn<'e> {
    pub name: &'e str,
    pub unit: &'e str,
    pub entries: Vec<&'e Entry>,
}

/// A total that its parts do not make.
struct Mismatch {
    column: usize,
    total: Decimal,
    sum: Decimal,
}

/// What was found of the rows that the data brings along as totals.
#[derive(Default)]
pub(super) struct RowTotals {
    pub problems: Vec<Problem>,
    /// Rounding explains a difference.
    pub is_rounded: bool,
}

/// Whether a row is a part of the one above it: うち一般財源, （うち国庫支出金）.
fn is_of_which(name: &str) -> bool {
    let plain = name.trim_start_matches(|c: char| c.is_whitespace() || "（(・".contains(c));
    ["うち", "内、", "内数", "再掲"].iter().any(|word| plain.starts_with(word))
}

/// Whether a row is named 歳出合計.
fn ends_with_total(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    plain.ends_with("合計") || plain.ends_with("総計")
}

/// Whether a row is named 小計.
fn is_subtotal(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    plain.contains("小計") || plain.contains("中計")
}

/// Finds the rows that sum up others, by their names and by their values; tells those that are
/// named so and do not. `labels`: what each record is called.
pub(super) fn find_totals(
    rows: &mut Rows,
    labels: &[Vec<String>],
    columns: &[SumColumn<'_>],
    checks: bool,
) -> RowTotals {
    let mut found = RowTotals::default();
    let sources = rows.sources.clone();
    let name = |row: usize| -> Option<&Vec<String>> {
        match sources[row] {
            RowSource::Record(record) => labels.get(record),
            _ => None,
        }
    };
    let any = |row: usize, is: &dyn Fn(&str) -> bool| {
        name(row).is_some_and(|labels| labels.iter().any(|label| is(label)))
    };
    let count = sources.len();
    for row in 0..count {
        if any(row, &is_of_which) {
            rows.kinds[row] = RowKind::OfWhich;
        }
    }
    let records: Vec<usize> =
        (0..count).filter(|row| matches!(sources[*row], RowSource::Record(_))).collect();
    // What stands behind the last total is known; before it, every kind is decided in order.
    for &row in &records {
        let (sure_total, sure_subtotal) = (any(row, &is_total), any(row, &is_subtotal));
        // 歳出合計 at the end of a table stands for all, 人件費合計 within it perhaps for some.
        let sure_total = sure_total || records.last() == Some(&row) && any(row, &ends_with_total);
        let perhaps = any(row, &sums_by_name);
        if !sure_total && !sure_subtotal && !perhaps {
            continue;
        }
        let labels_of = name(row).cloned().unwrap_or_default();
        let is_part = |at: &usize| rows.kinds[*at] == RowKind::Data;
        let since = (0..row)
            .rev()
            .find(|at| matches!(rows.kinds[*at], RowKind::Subtotal | RowKind::Total))
            .map_or(0, |at| at + 1);
        let same_group = |at: &usize| rows.group_of[*at] == rows.group_of[row];
        // A label over several rows: 議会費 … 小計.
        let same_label = |at: &usize| match (&sources[*at], labels_of.first()) {
            (RowSource::Record(record), Some(first)) => {
                labels_of.len() > 1 && labels[*record].first() == Some(first)
            }
            _ => false,
        };
        let above: Vec<usize> =
            records.iter().copied().filter(|at| *at < row).filter(is_part).collect();
        let below: Vec<usize> = records
            .iter()
            .copied()
            .filter(|at| *at > row)
            .take_while(|at| !any(*at, &is_total))
            .filter(|at| is_part(at) && !any(*at, &is_subtotal))
            .collect();
        let near: Vec<usize> = above.iter().copied().filter(|at| *at >= since).collect();
        let in_group: Vec<usize> = above.iter().copied().filter(same_group).collect();
        let labelled: Vec<usize> = above.iter().copied().filter(same_label).collect();
        let all_above = above.clone();
        let mut candidates = match sure_subtotal {
            true => vec![labelled, near, in_group, above],
            false => vec![above, near, labelled],
        };
        // 特別会計 小計 sums up the rows right above it, and not those of 一般会計 before them.
        let longest = candidates.iter().map(Vec::len).max().unwrap_or_default().min(MOST_SUMMED);
        if !sure_total && let Some(whole) = candidates.iter().max_by_key(|parts| parts.len()) {
            let whole = whole.clone();
            candidates
                .extend((1..longest).rev().map(|count| whole[whole.len() - count..].to_vec()));
        }
        // 総数 first, and what it is made of below it.
        if row == records[0] {
            candidates = vec![below];
        }
        candidates.retain(|parts| !parts.is_empty());
        let judged: Vec<(Vec<Mismatch>, usize, bool)> =
            candidates.iter().map(|parts| judge(row, parts, columns)).collect();
        let fits = judged.iter().position(|(off, proved, _)| off.is_empty() && *proved > 0);
        // 総務費 and below it what it is made of, without a word that says so.
        let (wholes, parts) = match fits.is_none() && sure_total {
            true => apart(&all_above, columns),
            false => Default::default(),
        };
        let (off, proved, rounded) = judge(row, &wholes, columns);
        if let Some(fits) = fits {
            found.is_rounded |= judged[fits].2;
        } else if !parts.is_empty() && off.is_empty() && proved > 0 {
            parts.iter().for_each(|part| rows.kinds[*part] = RowKind::OfWhich);
            found.is_rounded |= rounded;
        } else if (sure_total || sure_subtotal) && checks && !columns.is_empty() {
            // The reading that explains the most is the one that was meant.
            let best = (0..judged.len()).min_by_key(|at| judged[*at].0.len());
            if let Some(best) = best.filter(|best| !judged[*best].0.is_empty()) {
                let (off, parts) = (&judged[best].0, &candidates[best]);
                found.problems.push(fault(row, &labels_of, off, (parts.len(), columns)));
            }
        }
        if fits.is_some() || sure_total || sure_subtotal {
            rows.kinds[row] =
                match sure_subtotal || !sure_total && row != *records.last().unwrap_or(&row) {
                    true => RowKind::Subtotal,
                    false => RowKind::Total,
                };
        }
    }
    // 計 in the middle is a subtotal; the last one stands for all.
    let totals: Vec<usize> = (0..count).filter(|row| rows.kinds[*row] == RowKind::Total).collect();
    if let [others @ .., _] = totals.as_slice() {
        let first_is_whole = others.first() == records.first();
        for row in others.iter().skip(usize::from(first_is_whole)) {
            rows.kinds[*row] = RowKind::Subtotal;
        }
    }
    found
}

/// Rows that the rows below them make, with the others; and what they are made of.
fn apart(rows: &[usize], columns: &[SumColumn<'_>]) -> (Vec<usize>, Vec<usize>) {
    let (mut wholes, mut parts) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(whole) = rows.get(at) {
        let below = &rows[at + 1..];
        let most = below.len().min(MOST_SUMMED);
        let makes = |count: &usize| {
            let (off, proved, _) = judge(*whole, &below[..*count], columns);
            off.is_empty() && proved > 0
        };
        let own = (1..=most).rev().find(makes).unwrap_or_default();
        wholes.push(*whole);
        parts.extend(&below[..own]);
        at += 1 + own;
    }
    (wholes, parts)
}

/// Where a row is not the sum of others, in how many columns it is, and whether rounding explains a
/// difference.
fn judge(row: usize, parts: &[usize], columns: &[SumColumn<'_>]) -> (Vec<Mismatch>, usize, bool) {
    let (mut off, mut proved, mut rounded) = (Vec::new(), 0, false);
    for (column, SumColumn { unit, entries, .. }) in columns.iter().enumerate() {
        let Some((total, _)) = entries[row].value() else { continue };
        let values: Vec<Decimal> = parts
            .iter()
            .filter_map(|part| entries[*part].value())
            .map(|(exact, _)| exact)
            .collect();
        let unknown = parts.iter().any(|part| entries[*part].is_unknown());
        if values.is_empty() {
            continue;
        }
        let sum = values.iter().fold(Decimal::ZERO, |sum, value| sum.saturating_add(*value));
        let apart = (sum - total).abs();
        let written: Vec<Decimal> = values.iter().copied().chain([total]).collect();
        if unknown {
            continue;
        }
        if apart.is_zero() {
            proved += usize::from(!total.is_zero());
        } else if apart <= slack(unit, &written) {
            (proved, rounded) = (proved + 1, true);
        } else {
            off.push(Mismatch { column, total, sum });
        }
    }
    (off, proved, rounded)
}

/// A subtotal of more rows begins where another ends.
const MOST_SUMMED: usize = 100;

/// How many columns a message lists.
const MOST_LISTED: usize = 3;

fn fault(
    row: usize,
    labels: &[String],
    off: &[Mismatch],
    (parts, columns): (usize, &[SumColumn<'_>]),
) -> Problem {
    let label = labels.iter().rfind(|label| !label.is_empty()).cloned().unwrap_or_default();
    let number = |exact: Decimal| grouped(exact, exact.scale());
    let each = off.iter().take(MOST_LISTED).map(|one| {
        let column = &columns[one.column];
        let place = column.entries[row].cell_name();
        format!(
            "列「{}」（{place}）は {} ですが、{parts}行の和は {} です",
            column.name,
            number(one.total),
            number(one.sum)
        )
    });
    let said = each.collect::<Vec<_>>().join("。");
    let more = match off.len() > MOST_LISTED {
        true => format!("。ほかに{}列", off.len() - MOST_LISTED),
        false => String::new(),
    };
    let first = &columns[off[0].column].entries[row];
    let place = first.value().and_then(|(_, cells)| cells.first().cloned());
    Problem::error(Code::TotalNotSum, place.unwrap_or_else(|| Place::file("")))
        .text(number(off[0].total))
        .message(format!("行「{label}」が、行の和と合いません。{said}{more}"))
        .expected(number(off[0].sum))
        .hint("値を確かめてください。合計でない行なら名前を変えるか、[[table]] に sums = false と書くと確かめません")
}

/// The names of rows by which the prose calls them; those that stand twice get the label before.
pub(super) fn row_names(labels: &[Vec<String>]) -> Vec<String> {
    let own = |labels: &Vec<String>| {
        labels.iter().rfind(|label| !label.is_empty()).cloned().unwrap_or_default()
    };
    let names: Vec<String> = labels.iter().map(own).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in &names {
        *counts.entry(name_key(name).into_owned()).or_default() += 1;
    }
    let each = names.iter().zip(labels).map(|(name, labels)| {
        let whole: Vec<&str> =
            labels.iter().filter(|label| !label.is_empty()).map(String::as_str).collect();
        match counts.get(&*name_key(name)) {
            Some(2..) if whole.len() > 1 => whole.join(" "),
            _ => name.clone(),
        }
    });
    each.collect()
}
