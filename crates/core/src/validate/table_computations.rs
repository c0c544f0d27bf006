//! Columns that are worked out from others: exact, and rounded half up only when printed.

use rust_decimal::Decimal;

use super::table_columns::Entry;
use crate::model::data_table::{Computation, RowKind};
use crate::problem::Place;

/// What a computation works with; each list has one entry a row.
pub(super) struct Operands<'e> {
    /// The columns named by `of`.
    pub of: Vec<&'e [Entry]>,
    /// The column named by `from` or `by`.
    pub against: Option<&'e [Entry]>,
    /// 構成比: the row that is the whole; `None`: all parts together.
    pub whole: Option<usize>,
    pub kinds: &'e [RowKind],
}

/// The digits behind the point that a computed column has unless report.toml says otherwise; `of`:
/// those of the columns it is worked out from.
pub(super) fn usual_digits(what: Computation, of: u32) -> u32 {
    match what {
        Computation::Sum | Computation::Change => of,
        Computation::Rank => 0,
        _ => 1,
    }
}

/// The unit of a computed column; `of`: that of what it is worked out from.
pub(super) fn unit(what: Computation, of: &str) -> String {
    match what {
        Computation::Sum => of.to_owned(),
        // The difference of percentages is in points.
        Computation::Change if matches!(of, "%" | "％") => "ポイント".to_owned(),
        Computation::Change => of.to_owned(),
        Computation::Rank => "位".to_owned(),
        _ => "%".to_owned(),
    }
}

/// The heading of a computed column that has none of its own.
pub(super) fn usual_label(what: Computation, unit: &str) -> String {
    match what {
        Computation::Sum => "計",
        Computation::Change if unit.ends_with('円') => "増減額",
        what => what.name(),
    }
    .to_owned()
}

/// What the column is, for the foot of the table; names as they are printed.
pub(super) fn basis(
    what: Computation,
    label: &str,
    of: &[String],
    against: &str,
    whole: Option<&str>,
) -> String {
    let first = of.first().map_or("", String::as_str);
    match what {
        Computation::Sum => {
            let names: Vec<String> = of.iter().map(|name| format!("「{name}」")).collect();
            format!("{label}は{}の和", names.join(""))
        }
        Computation::Share => match whole {
            Some(whole) => format!("{label}は「{whole}」に対する割合"),
            None => format!("{label}は全ての行の和に対する割合"),
        },
        Computation::Change => format!("{label}は「{first}」から「{against}」を引いた差"),
        Computation::ChangeRate => format!("{label}は「{against}」に対する「{first}」の増減の割合"),
        Computation::YearRatio => format!("{label}は「{against}」を100とした「{first}」の割合"),
        Computation::Ratio => format!("{label}は「{against}」に対する「{first}」の割合"),
        Computation::Rank => format!("{label}は「{first}」の大きい順"),
    }
}

/// The entries of a computed column.
pub(super) fn computed(what: Computation, operands: &Operands<'_>) -> Vec<Entry> {
    (0..operands.kinds.len()).map(|row| entry(what, operands, row)).collect()
}

fn entry(what: Computation, operands: &Operands<'_>, row: usize) -> Entry {
    let mut entry = exact_entry(what, operands, row);
    // Sums and differences have the digits of their row.
    let cells = operands.of.iter().chain(&operands.against).map(|column| &column[row]);
    let of_row = cells.filter_map(|cell| match cell {
        Entry::Value { digits, .. } => *digits,
        _ => None,
    });
    if let (Entry::Value { digits, .. }, Computation::Sum | Computation::Change) =
        (&mut entry, what)
    {
        *digits = of_row.max();
    }
    entry
}

fn exact_entry(what: Computation, operands: &Operands<'_>, row: usize) -> Entry {
    let cells: Vec<&Entry> = operands.of.iter().map(|column| &column[row]).collect();
    let first = cells[0];
    let blank = || Entry::Blank(place(first));
    let percent = |part: Decimal, whole: Decimal| {
        part.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(whole))
    };
    if cells.iter().any(|cell| cell.is_unknown()) {
        return dash("…", &cells);
    }
    match what {
        Computation::Sum => {
            let values: Vec<(Decimal, &[Place])> =
                cells.iter().filter_map(|cell| cell.value()).collect();
            let sum =
                values.iter().try_fold(Decimal::ZERO, |sum, (exact, _)| sum.checked_add(*exact));
            match (values.is_empty(), sum) {
                (false, Some(sum)) => {
                    value(sum, values.iter().flat_map(|(_, cells)| cells.to_vec()))
                }
                _ => dash("－", &cells),
            }
        }
        Computation::Share => {
            let (parts, whole) = whole(operands);
            let Some((part, own)) = first.value() else { return dash_of(first) };
            match whole.and_then(|whole| percent(part, whole)) {
                Some(share) => value(share, own.iter().cloned().chain(parts)),
                None => dash("－", &cells),
            }
        }
        Computation::Rank => {
            let is_part = |row: usize| operands.kinds[row] == RowKind::Data;
            if !is_part(row) {
                return blank();
            }
            let Some((own, _)) = first.value() else { return dash_of(first) };
            let column = operands.of[0];
            let ranked: Vec<(Decimal, &[Place])> = (0..column.len())
                .filter(|row| is_part(*row))
                .filter_map(|row| column[row].value())
                .collect();
            let rank = 1 + ranked.iter().filter(|(other, _)| *other > own).count();
            value(rank.into(), ranked.iter().flat_map(|(_, cells)| cells.to_vec()))
        }
        Computation::Change
        | Computation::ChangeRate
        | Computation::YearRatio
        | Computation::Ratio => {
            let Some(against) = operands.against.map(|column| &column[row]) else { return blank() };
            if against.is_unknown() {
                return dash("…", &[against]);
            }
            let both = [first, against];
            // － is what was not there: as much as zero, but for what has no amount at all.
            let (is, was) = (amount(first), amount(against));
            let (Some(is), Some(was)) = (is, was) else { return dash("－", &both) };
            if first.value().is_none() && against.value().is_none() {
                return dash("－", &both);
            }
            let places = || {
                let all = both.iter().filter_map(|entry| entry.value());
                all.flat_map(|(_, cells)| cells.to_vec()).collect::<Vec<_>>()
            };
            let exact = match what {
                Computation::Change => is.checked_sub(was),
                // 皆増, 皆減: a rate of nothing is none.
                Computation::ChangeRate if was.is_zero() && is > Decimal::ZERO => {
                    return word("皆増", places());
                }
                Computation::ChangeRate if is.is_zero() && was > Decimal::ZERO => {
                    return word("皆減", places());
                }
                Computation::ChangeRate if was > Decimal::ZERO => {
                    is.checked_sub(was).and_then(|change| percent(change, was))
                }
                Computation::ChangeRate => None,
                _ if was > Decimal::ZERO => percent(is, was),
                _ => None,
            };
            match exact {
                Some(exact) => value(exact, places()),
                None => word("－", places()),
            }
        }
    }
}

/// The whole of a column, and the cells it rests on.
fn whole(operands: &Operands<'_>) -> (Vec<Place>, Option<Decimal>) {
    let column = operands.of[0];
    if let Some(row) = operands.whole {
        let value = column[row].value();
        return (
            value.map_or(Vec::new(), |(_, cells)| cells.to_vec()),
            value.map(|(exact, _)| exact),
        );
    }
    let rows = (0..column.len()).filter(|row| operands.kinds[*row] == RowKind::Data);
    let parts: Vec<(Decimal, &[Place])> = rows.filter_map(|row| column[row].value()).collect();
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, (exact, _)| sum.checked_add(*exact));
    (parts.into_iter().flat_map(|(_, cells)| cells.to_vec()).collect(), sum)
}

/// The amount that a change is worked out from.
fn amount(entry: &Entry) -> Option<Decimal> {
    match entry {
        Entry::Value { exact, .. } => Some(*exact),
        Entry::Word { text, .. } if text == "－" => Some(Decimal::ZERO),
        Entry::Word { .. } | Entry::Blank(_) => None,
    }
}

/// Where an entry stands, or the first of what it rests on.
pub(super) fn place(entry: &Entry) -> Place {
    match entry {
        Entry::Value { cells, .. } | Entry::Word { cells, .. } => {
            cells.first().cloned().unwrap_or_else(|| Place::file(""))
        }
        Entry::Blank(place) => place.clone(),
    }
}

fn value(exact: Decimal, cells: impl IntoIterator<Item = Place>) -> Entry {
    let mut cells: Vec<Place> = cells.into_iter().collect();
    cells.dedup();
    Entry::Value { exact, cells, computed: true, unsettled: None, digits: None }
}

fn word(text: &str, cells: Vec<Place>) -> Entry {
    Entry::Word { text: text.to_owned(), sign: None, cells, computed: true }
}

fn dash(text: &str, entries: &[&Entry]) -> Entry {
    word(text, entries.iter().map(|entry| place(entry)).collect())
}

fn dash_of(entry: &Entry) -> Entry {
    match entry {
        Entry::Blank(place) => Entry::Blank(place.clone()),
        other => dash("－", &[other]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(texts: &[&str]) -> Vec<Entry> {
        let entry = |text: &&str| match text.parse::<Decimal>() {
            Ok(exact) => Entry::Value {
                exact,
                cells: vec![Place::file("a.csv")],
                computed: false,
                unsettled: None,
                digits: None,
            },
            Err(_) if text.is_empty() => Entry::Blank(Place::file("a.csv")),
            Err(_) => Entry::Word {
                text: (*text).to_owned(),
                sign: None,
                cells: Vec::new(),
                computed: false,
            },
        };
        texts.iter().map(entry).collect()
    }

    fn shown(what: Computation, of: &[&str], against: &[&str]) -> Vec<String> {
        let (of, against) = (entries(of), entries(against));
        let kinds = vec![RowKind::Data; of.len()];
        let operands =
            Operands { of: vec![&of], against: Some(&against), whole: None, kinds: &kinds };
        let show = |entry: Entry| match entry {
            Entry::Value { exact, .. } => exact.round_dp(1).normalize().to_string(),
            Entry::Word { text, .. } => text,
            Entry::Blank(_) => String::new(),
        };
        computed(what, &operands).into_iter().map(show).collect()
    }

    #[test]
    fn a_rate_of_nothing_is_a_word() {
        let (of, from) = (["120", "5", "0", "0", "－", "－"], ["100", "0", "5", "0", "4", "－"]);
        assert_eq!(
            shown(Computation::ChangeRate, &of, &from),
            ["20", "皆増", "皆減", "－", "皆減", "－"]
        );
        assert_eq!(shown(Computation::Change, &of, &from), ["20", "5", "-5", "0", "-4", "－"]);
        assert_eq!(shown(Computation::YearRatio, &of, &from), ["120", "－", "0", "－", "0", "－"]);
    }

    #[test]
    fn shares_are_of_all_rows_and_ranks_begin_with_the_largest() {
        assert_eq!(shown(Computation::Share, &["30", "10", ""], &["", "", ""]), ["75", "25", ""]);
        assert_eq!(shown(Computation::Rank, &["5", "9", "5"], &["", "", ""]), ["2", "1", "2"]);
    }

    #[test]
    fn what_is_below_zero_has_no_rate() {
        assert_eq!(shown(Computation::ChangeRate, &["5"], &["-3"]), ["－"]);
    }
}
