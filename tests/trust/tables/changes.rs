//! Every change that is tried on the accounts: a few realistic corrections for each cell.

use rust_decimal::Decimal;

use super::accounts::{header_rows, number};
use crate::proof::change::{Change, Edit};
use crate::proof::data::{Files, Rows, rows};
use crate::proof::numbers::Around;
use crate::proof::texts::misspelt;

/// All changes of the report, file by file and cell by cell.
pub fn all(files: &Files) -> Vec<Change> {
    let mut found = Vec::new();
    for (file, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let rows = rows(bytes).unwrap();
        let name = file.trim_start_matches("csv/").trim_end_matches(".csv");
        let sheet = Sheet { file, rows: &rows, heads: header_rows(name) };
        for (row, cells) in rows.iter().enumerate() {
            for column in 0..cells.len() {
                found.extend(sheet.changes(row, column));
            }
            found.extend((row >= sheet.heads).then(|| sheet.without(row)));
        }
    }
    found
}

struct Sheet<'r> {
    file: &'r str,
    rows: &'r Rows,
    heads: usize,
}

impl Sheet<'_> {
    fn changes(&self, row: usize, column: usize) -> Vec<Change> {
        let old = self.rows[row][column].as_str();
        let contents: Vec<(&'static str, String)> = match number(old) {
            _ if old.is_empty() => Vec::new(),
            Some(_) if row >= self.heads && self.is_amount(column) => {
                let decimals = old.split_once('.').map_or(0, |(_, fraction)| fraction.len());
                let around = Around {
                    text: old,
                    step: Decimal::new(1, decimals as u32),
                    limit: None,
                    rivals: self.others(row, column),
                    percent: false,
                    signed: self.rows.iter().any(|row| row[column].starts_with('-')),
                };
                around.changes()
            }
            None if old == "－" => vec![("空欄への記入", "24680".to_owned())],
            _ => vec![("1字の誤り", misspelt(old))],
        };
        let mut found: Vec<Change> = contents
            .into_iter()
            .map(|(kind, new)| {
                let edits = vec![Edit::Cell { row, column, new: new.clone() }];
                self.change((row, column), kind, new, edits)
            })
            .collect();
        found.extend(self.with_its_total(row, column));
        found.extend(self.shifted(row, column));
        found.extend(self.exchanged(row, column));
        found
    }

    fn change(
        &self,
        (row, column): (usize, usize),
        kind: &'static str,
        new: String,
        edits: Vec<Edit>,
    ) -> Change {
        let letter = char::from(b'A' + column as u8);
        Change {
            file: self.file.to_owned(),
            cell: format!("{letter}{}", row + 1),
            kind,
            old: self.rows[row][column].clone(),
            new,
            edits,
        }
    }

    fn without(&self, row: usize) -> Change {
        let edits = vec![Edit::Removed { row }];
        let mut change = self.change((row, 0), "行の削除", String::new(), edits);
        change.cell = format!("{}行目", row + 1);
        change
    }

    /// Whether the numbers of a column are amounts, and no names.
    fn is_amount(&self, column: usize) -> bool {
        column > 0 && self.rows[0][column] != "番号"
    }

    fn others(&self, row: usize, column: usize) -> Vec<Decimal> {
        let rows = (self.heads..self.rows.len()).filter(|other| *other != row);
        rows.filter(|other| !self.is_total(*other))
            .filter_map(|other| number(&self.rows[other][column]))
            .collect()
    }

    fn is_total(&self, row: usize) -> bool {
        self.rows[row][0].ends_with('計') && !self.rows[row][0].ends_with("会計")
    }

    /// A part is corrected together with the totals that hold it.
    fn with_its_total(&self, row: usize, column: usize) -> Option<Change> {
        let old = number(&self.rows[row][column]).filter(|_| row >= self.heads)?;
        if self.is_total(row) || !self.is_amount(column) {
            return None;
        }
        let mut holding: Vec<usize> =
            (row + 1..self.rows.len()).filter(|other| self.is_total(*other)).collect();
        if self.rows[row][0] == "一般会計" && holding.len() > 1 {
            // It stands before those of which the first is the sum.
            holding.remove(0);
        }
        if holding.is_empty() {
            return None;
        }
        let by = Decimal::from(1000);
        let new = (old + by).to_string();
        let mut edits = vec![Edit::Cell { row, column, new: new.clone() }];
        for total in holding {
            let sum = number(&self.rows[total][column])? + by;
            edits.push(Edit::Cell { row: total, column, new: sum.to_string() });
        }
        Some(self.change((row, column), "合計も改める", new, edits))
    }

    /// What one row loses the next one gets, so that every total stays.
    fn shifted(&self, row: usize, column: usize) -> Option<Change> {
        let next = row + 1;
        if row < self.heads || next >= self.rows.len() || !self.is_amount(column) {
            return None;
        }
        if self.is_total(row) || self.is_total(next) {
            return None;
        }
        let (one, other) = (number(&self.rows[row][column])?, number(&self.rows[next][column])?);
        if one.scale() > 0 || one < Decimal::from(1000) {
            return None;
        }
        let by = Decimal::from(777);
        let new = (one - by).to_string();
        let edits = vec![
            Edit::Cell { row, column, new: new.clone() },
            Edit::Cell { row: next, column, new: (other + by).to_string() },
        ];
        Some(self.change((row, column), "内訳の組替え", new, edits))
    }

    /// Names of neighbours exchanged.
    fn exchanged(&self, row: usize, column: usize) -> Option<Change> {
        let next = row + 1;
        let is_name = row >= self.heads && number(&self.rows[row][column]).is_none();
        let (old, other) = (&self.rows[row][column], self.rows.get(next)?.get(column)?);
        if !is_name
            || old == other
            || old == "－"
            || other == "－"
            || other.is_empty()
            || old.is_empty()
        {
            return None;
        }
        let edits = vec![
            Edit::Cell { row, column, new: other.clone() },
            Edit::Cell { row: next, column, new: old.clone() },
        ];
        Some(self.change((row, column), "隣との入替え", other.clone(), edits))
    }
}
