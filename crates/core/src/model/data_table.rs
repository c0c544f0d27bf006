//! Tables of any kind: columns of data and of what is worked out from them, rows with subtotals
//! and totals, headings of several rows.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::figure::DataState;
use super::number::Sign;
use super::quantity::{Quantity, grouped};
use crate::problem::Place;

/// How negative numbers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NegativeSign {
    /// △, as budgets and accounts have it.
    #[default]
    WhiteTriangle,
    /// ▲
    BlackTriangle,
    Minus,
}

impl NegativeSign {
    /// Reads `△`, `▲` or `-`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "△" => NegativeSign::WhiteTriangle,
            "▲" => NegativeSign::BlackTriangle,
            "-" => NegativeSign::Minus,
            _ => return None,
        })
    }

    /// As it is printed.
    pub fn text(self) -> &'static str {
        match self {
            NegativeSign::WhiteTriangle => "△",
            NegativeSign::BlackTriangle => "▲",
            NegativeSign::Minus => "-",
        }
    }
}

/// Where the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
}

impl Align {
    /// Reads `left`, `center` or `right`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "left" => Align::Left,
            "center" => Align::Center,
            "right" => Align::Right,
            _ => return None,
        })
    }

    /// Its name in report.toml and in the template.
    pub fn name(self) -> &'static str {
        match self {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        }
    }
}

/// What a column works out, each from columns of the same table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computation {
    /// 合計: the sum of columns.
    Sum,
    /// 構成比: the share of a row in a total of its column, in percent.
    Share,
    /// 増減: what a column is more than another.
    Change,
    /// 増減率: the same in percent of the other.
    ChangeRate,
    /// 前年度比: a column in percent of another.
    YearRatio,
    /// 比率: a column in percent of another, as 執行率 is.
    Ratio,
    /// 順位: the largest is the first; equals share a rank.
    Rank,
}

impl Computation {
    /// Every computation with its name in report.toml.
    pub const ALL: [(&'static str, Computation); 7] = [
        ("合計", Computation::Sum),
        ("構成比", Computation::Share),
        ("増減", Computation::Change),
        ("増減率", Computation::ChangeRate),
        ("前年度比", Computation::YearRatio),
        ("比率", Computation::Ratio),
        ("順位", Computation::Rank),
    ];

    /// The computation with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }

    /// Its name in report.toml.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// What a cell of a table prints.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell {
    Text {
        text: String,
        place: Place,
    },
    /// A number of the data, or one that is worked out.
    Number(TableNumber),
    /// What stands for a number: －, …, x, 皆増.
    Word {
        text: String,
        sign: Option<Sign>,
        /// The cell, or those from which it is worked out.
        cells: Vec<Place>,
        computed: bool,
    },
    /// Nothing: an empty cell, or no number where none makes sense.
    Blank(Place),
}

/// A number in a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableNumber {
    /// As printed, without its unit: `△1,234`.
    pub text: String,
    pub exact: Decimal,
    /// The cell, or those from which it is worked out.
    pub cells: Vec<Place>,
    pub computed: bool,
    /// When it is not final, in data that is.
    pub unsettled: Option<DataState>,
}

impl TableCell {
    /// As printed.
    pub fn text(&self) -> &str {
        match self {
            TableCell::Text { text, .. } | TableCell::Word { text, .. } => text,
            TableCell::Number(number) => &number.text,
            TableCell::Blank(_) => "",
        }
    }

    /// The cells of the data that it rests on.
    pub fn cells(&self) -> Vec<Place> {
        match self {
            TableCell::Text { place, .. } | TableCell::Blank(place) => vec![place.clone()],
            TableCell::Number(TableNumber { cells, .. }) | TableCell::Word { cells, .. } => {
                cells.clone()
            }
        }
    }

    /// Whether it is worked out, and not a cell as it stands.
    pub fn is_computed(&self) -> bool {
        match self {
            TableCell::Number(TableNumber { computed, .. }) | TableCell::Word { computed, .. } => {
                *computed
            }
            TableCell::Text { .. } | TableCell::Blank(_) => false,
        }
    }
}

/// A column as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// By which the prose and report.toml call it: `令和7年度 予算現額`.
    pub name: String,
    /// As its headings have it: `令和7年度 決算額`.
    pub label: String,
    pub unit: String,
    pub is_number: bool,
    /// Its cells name their rows.
    pub is_label: bool,
    /// What it works out; `None` of a column of the data.
    pub computation: Option<Computation>,
    /// It sums up other columns.
    pub is_total: bool,
    pub align: Align,
    pub width_mm: Option<f64>,
    /// One a row.
    pub cells: Vec<TableCell>,
    /// One a row: the numbers among the cells.
    pub values: Vec<Option<Quantity>>,
    /// Where report.toml names it, else its heading in the data.
    pub place: Place,
}

/// What a row is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    Data,
    /// Part of the row above it: うち.
    OfWhich,
    Subtotal,
    Total,
}

impl RowKind {
    /// Its name in the template.
    pub fn name(self) -> &'static str {
        match self {
            RowKind::Data => "data",
            RowKind::OfWhich => "of-which",
            RowKind::Subtotal => "subtotal",
            RowKind::Total => "total",
        }
    }
}

/// A row as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    pub kind: RowKind,
    /// By which the prose calls it.
    pub name: String,
    /// Its numbers in the columns of [`DataTable::alike`], in their order.
    pub values: Vec<Option<Quantity>>,
    /// Index into [`DataTable::groups`].
    pub group: Option<usize>,
    pub place: Place,
}

/// A heading with the columns and rows that it stands over, counted from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct TableHeading {
    pub text: String,
    /// In the data; `None` when report.toml gives it.
    pub cell: Option<Place>,
    pub unit: Option<String>,
    pub x: usize,
    pub y: usize,
    pub columns: usize,
    pub rows: usize,
}

/// A label over several rows: its column, the first row and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedLabel {
    pub column: usize,
    pub row: usize,
    pub rows: usize,
}

/// A table of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct DataTable {
    /// As printed after 表: `1`, `6-1`.
    pub number: String,
    pub title: String,
    pub state: DataState,
    /// Of all columns that name none of their own; printed over the table.
    pub unit: String,
    pub headings: Vec<TableHeading>,
    pub columns: Vec<TableColumn>,
    pub rows: Vec<TableRow>,
    /// The names of the groups of rows, with the cell of each.
    pub groups: Vec<(String, Place)>,
    pub merged: Vec<MergedLabel>,
    /// What the computed columns are, one line each, for the foot of the table.
    pub basis: Vec<String>,
    /// Printed totals differ from their parts by what rounding explains.
    pub is_rounded: bool,
    pub alt: Option<String>,
    /// Printed after 資料） under the table.
    pub source: Option<String>,
    /// Printed after ※ under the table, one line each.
    pub notes: Vec<String>,
    /// Where report.toml declares it.
    pub place: Place,
}

impl DataTable {
    /// 表1, as the prose calls it.
    pub fn called(&self) -> String {
        format!("表{}", self.number)
    }

    /// The columns of numbers with the unit of the first: values that a row may be followed along.
    pub fn alike(&self) -> Vec<&TableColumn> {
        alike(&self.columns)
    }

    /// What the signs among the values mean: `x は秘匿、… は不詳`.
    pub fn signs_explained(&self) -> Option<String> {
        let cells = self.columns.iter().flat_map(|column| &column.cells);
        let signs: BTreeSet<Sign> = cells
            .filter_map(|cell| match cell {
                TableCell::Word { sign, .. } => *sign,
                _ => None,
            })
            .collect();
        let said = signs.iter().rev().map(|sign| format!("{} は{}", sign.text(), sign.meaning()));
        let said = said.collect::<Vec<_>>().join("、");
        (!said.is_empty()).then_some(said)
    }

    /// The unit of a column where it is not that of the whole table.
    pub fn own_unit<'c>(&self, column: &'c TableColumn) -> Option<&'c str> {
        let rank = column.computation == Some(Computation::Rank);
        let own = column.is_number && column.unit != self.unit && !column.unit.is_empty();
        (own && !rank).then_some(column.unit.as_str())
    }

    /// What the table holds, in a few sentences for those who cannot see it.
    pub fn summary(&self) -> String {
        let names = |names: Vec<&str>| match names.as_slice() {
            [] => String::new(),
            all if all.len() <= 8 => all.join("、"),
            all => format!("{}、…、{}", all[..6].join("、"), all[all.len() - 1]),
        };
        let labels = self.columns.iter().filter(|column| column.is_label);
        let columns: Vec<&str> = self.columns.iter().map(|column| column.label.as_str()).collect();
        let mut said = vec![format!(
            "{}列{}行の表。列は{}",
            self.columns.len(),
            self.rows.len(),
            names(columns)
        )];
        if labels.count() > 0 {
            let rows = self.rows.iter().filter(|row| row.kind == RowKind::Data);
            said.push(format!("行は{}", names(rows.map(|row| row.name.as_str()).collect())));
        }
        if let Some(row) = self.rows.iter().rposition(|row| row.kind == RowKind::Total) {
            let totals = self.columns.iter().filter_map(|column| match &column.cells[row] {
                TableCell::Number(number) => {
                    Some(format!("{} {}{}", column.label, number.text, column.unit))
                }
                _ => None,
            });
            let totals: Vec<String> = totals.take(6).collect();
            if !totals.is_empty() {
                said.push(format!("{}は{}", self.rows[row].name, totals.join("、")));
            }
        }
        format!("{}。", said.join("。"))
    }
}

/// The columns of numbers with the unit of the first column of the data.
pub fn alike(columns: &[TableColumn]) -> Vec<&TableColumn> {
    let numbers = || columns.iter().filter(|column| column.is_number);
    let main = numbers().find(|column| column.computation.is_none());
    let unit = main.map_or("", |column| column.unit.as_str());
    numbers().filter(|column| column.unit == unit).collect()
}

/// A number as a table prints it: with so many digits, thousands grouped, its sign in the way of
/// the table; `signed` shows + in front of what is above zero.
pub fn table_number(exact: Decimal, digits: u32, sign: NegativeSign, signed: bool) -> String {
    let text = grouped(exact, digits);
    match text.strip_prefix('-') {
        Some(digits) => format!("{}{digits}", sign.text()),
        None if signed && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) => {
            format!("+{text}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_sign_of_their_table() {
        let print = |exact: &str, signed| {
            table_number(exact.parse().unwrap(), 1, NegativeSign::WhiteTriangle, signed)
        };
        assert_eq!(print("-1234.56", false), "△1,234.6");
        assert_eq!(print("-0.04", true), "0.0");
        assert_eq!(print("12", true), "+12.0");
        assert_eq!(print("0.01", true), "0.0");
    }
}
