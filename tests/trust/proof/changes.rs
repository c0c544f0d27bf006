//! Every change that the proof tries: for each cell of each file a few realistic corrections.

use rust_decimal::Decimal;

use crate::proof::change::{Change, Edit};
use crate::proof::data::{self, Data, Files, Rows};
use crate::proof::format::number;
use crate::proof::numbers::Around;
use crate::proof::texts;

/// All changes of the report, file by file and cell by cell.
pub fn all(files: &Files) -> Vec<Change> {
    let data = Data::read(files).expect("the sample report is readable");
    let mut found = Vec::new();
    for (file, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let rows = data::rows(bytes).unwrap();
        let sheet = Sheet { file, rows: &rows };
        for (row, cells) in rows.iter().enumerate() {
            for column in 0..cells.len() {
                found.extend(sheet.changes(row, column));
            }
            found.extend((row > 0).then(|| sheet.without(row)));
        }
    }
    found.extend(in_manifest(&data));
    found
}

/// Titles and units of the figures.
fn in_manifest(data: &Data) -> Vec<Change> {
    let mut found = Vec::new();
    for (index, figure) in data.captions.iter().enumerate() {
        let mut add = |key: &'static str, kind, new: String| {
            let cell = format!("図{} {key}", figure["number"]);
            let edits = vec![Edit::Figure { index, key, new: new.clone() }];
            let old = figure[key].clone();
            found.push(Change { file: "report.toml".into(), cell, kind, old, new, edits });
        };
        add("title", "1字の誤り", texts::misspelt(&figure["title"]));
        match figure.get("unit").map(String::as_str) {
            Some("%") => add("unit", "別の値", "人".into()),
            Some(_) => add("unit", "別の値", "%".into()),
            None => {}
        }
    }
    found
}

struct Sheet<'r> {
    file: &'r str,
    rows: &'r Rows,
}

impl Sheet<'_> {
    fn changes(&self, row: usize, column: usize) -> Vec<Change> {
        let mut found = Vec::new();
        let old = &self.rows[row][column];
        let contents = match self.around(row, column) {
            Some(around) => {
                found.extend(self.shifts(row, column, &around));
                around.changes()
            }
            None if old.is_empty() => self.filled(column),
            None => texts::changes(self.rows, row, column),
        };
        for (kind, new) in contents {
            let edit = Edit::Cell { row, column, new: new.clone() };
            found.push(self.change(row, column, kind, new, vec![edit]));
        }
        found.extend(self.exchange(row, column));
        found
    }

    fn change(
        &self,
        row: usize,
        column: usize,
        kind: &'static str,
        new: String,
        edits: Vec<Edit>,
    ) -> Change {
        let letter = char::from(b'A' + column as u8);
        let old = self.rows[row][column].clone();
        Change {
            file: self.file.to_owned(),
            cell: format!("{letter}{}", row + 1),
            kind,
            old,
            new,
            edits,
        }
    }

    /// A whole row goes; the content told is its name.
    fn without(&self, row: usize) -> Change {
        let keyed = ["indicators.csv", "pillars.csv"].iter().any(|name| self.file.ends_with(name));
        let edits = vec![Edit::Removed { row }];
        let mut change = self.change(row, usize::from(keyed), "行の削除", String::new(), edits);
        change.cell = format!("{}行目", row + 1);
        change
    }

    fn is_figure(&self) -> bool {
        self.file.contains("/fig-")
    }

    /// The parts of a row, or in 図6-1 those of the column, make 100.
    fn is_whole(&self) -> bool {
        ["02", "06-1", "06-2", "07", "08", "13-2"]
            .iter()
            .any(|name| self.file.ends_with(&format!("fig-{name}.csv")))
    }

    /// What surrounds a number; `None` for a text or an empty cell.
    fn around(&self, row: usize, column: usize) -> Option<Around<'_>> {
        let text = self.rows[row][column].as_str();
        number(text)?;
        if row == 0 || (self.is_figure() && column == 0) {
            return None;
        }
        let header = self.rows[0][column].as_str();
        let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32);
        let smallest = Decimal::new(1, decimals);
        let column_of = |row: &Vec<String>| number(&row[column]);
        if self.is_figure() {
            let rivals = (1..self.rows.len()).filter(|other| *other != row);
            let rivals = rivals.filter_map(|other| column_of(&self.rows[other])).collect();
            let percent = decimals > 0 && !self.file.ends_with("fig-11-2.csv");
            let signed = self.file.ends_with("fig-01.csv");
            return Some(Around { text, step: smallest, limit: None, rivals, percent, signed });
        }
        let indicators = self.file.ends_with("indicators.csv");
        if !indicators || matches!(header, "指標" | "略称") {
            return None;
        }
        let at = |name: &str| &self.rows[row][self.rows[0].iter().position(|h| h == name).unwrap()];
        let step = if at("形式") == "億千万" { Decimal::TEN } else { smallest };
        let limit = number(at(if header == "目標値" { "R6" } else { "目標値" }));
        let limit = limit.filter(|_| header != "基準値");
        let signed = at("形式").starts_with("符号付き");
        Some(Around { text, step, limit, rivals: Vec::new(), percent: at("単位") == "%", signed })
    }

    /// An empty cell of a year, 目標値 or 基準値 gets a number.
    fn filled(&self, column: usize) -> Vec<(&'static str, String)> {
        let header = self.rows[0][column].as_str();
        let wanted = header.starts_with('R') || matches!(header, "目標値" | "基準値");
        match self.file.ends_with("indicators.csv") && wanted {
            true => vec![("空欄への記入", "24680".to_owned())],
            false => Vec::new(),
        }
    }

    /// Corrections that keep the parts of a whole at 100: what one loses another gets.
    fn shifts(&self, row: usize, column: usize, around: &Around) -> Vec<Change> {
        if !self.is_whole() {
            return Vec::new();
        }
        let along_row = self.rows[row].len() > 2;
        let places: Vec<(usize, usize)> = match along_row {
            true => (1..self.rows[row].len()).map(|column| (row, column)).collect(),
            false => (1..self.rows.len()).map(|row| (row, column)).collect(),
        };
        let value = |(row, column): (usize, usize)| number(&self.rows[row][column]).unwrap();
        let (here, others) = (value((row, column)), places.iter().filter(|p| **p != (row, column)));
        let Some(largest) = others.max_by_key(|place| value(**place)) else { return Vec::new() };
        let there = value(*largest);
        let large = Decimal::from(12);
        [around.step, large.min(there), -large.min(here), there - here]
            .into_iter()
            .filter(|by| !by.is_zero())
            .map(|by| {
                let new = around.typed(here + by);
                let edits = vec![
                    Edit::Cell { row, column, new: new.clone() },
                    Edit::Cell { row: largest.0, column: largest.1, new: around.typed(there - by) },
                ];
                self.change(row, column, "内訳の組替え", new, edits)
            })
            .collect()
    }

    /// The name of a row or series, or a year, exchanged with the next one.
    fn exchange(&self, row: usize, column: usize) -> Option<Change> {
        let years = self.rows[0][column].starts_with('R') && self.file.ends_with("indicators.csv");
        let next = match (row, column) {
            (0, 0) => return None,
            (0, _) if self.is_figure() || years => (0, column + 1),
            (_, 0) if self.is_figure() => (row + 1, 0),
            _ => return None,
        };
        let other = self.rows.get(next.0)?.get(next.1)?.clone();
        let edits = vec![
            Edit::Cell { row, column, new: other.clone() },
            Edit::Cell { row: next.0, column: next.1, new: self.rows[row][column].clone() },
        ];
        Some(self.change(row, column, "隣との入替え", other, edits))
    }
}
