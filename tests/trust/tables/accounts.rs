//! The oracle's own reading of the accounts of `data/kessan-r7`: raw cells under joined headings.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::proof::data::{Files, Rows, rows};
use crate::proof::format::{rounded, with_commas};

/// The tables behind the report, by the names of their files: `sainyu`.
pub struct Accounts {
    sheets: BTreeMap<String, Sheet>,
}

/// A table: the names of its columns, and the rows below them.
pub struct Sheet {
    pub header: Vec<String>,
    pub rows: Rows,
}

/// Files whose header has two rows.
const TWO_ROWS: [&str; 3] = ["kaikei", "kikin", "uchiwake"];

impl Accounts {
    /// Reads a report folder; `None` when a file is no CSV.
    pub fn read(files: &Files) -> Option<Accounts> {
        let csvs = files.iter().filter_map(|(name, bytes)| {
            let name = name.strip_prefix("csv/")?.strip_suffix(".csv")?;
            Some((name.to_owned(), bytes))
        });
        let sheet = |(name, bytes): (String, &Vec<u8>)| {
            let all = rows(bytes)?;
            let heads = header_rows(&name);
            let header = joined_header(all.get(..heads)?);
            Some((name, Sheet { header, rows: all[heads..].to_vec() }))
        };
        Some(Accounts { sheets: csvs.map(sheet).collect::<Option<_>>()? })
    }

    pub fn sheet(&self, name: &str) -> &Sheet {
        &self.sheets[name]
    }

    /// The number in a row, named in any of the columns before the numbers, and a column.
    pub fn at(&self, sheet: &str, row: &str, column: &str) -> Option<Decimal> {
        let sheet = self.sheet(sheet);
        let row = sheet.rows.iter().find(|cells| cells.iter().take(3).any(|cell| cell == row))?;
        number(row.get(sheet.column(column)?)?)
    }

    /// The sum of a column over some rows; what is no number counts nothing.
    pub fn sum(
        &self,
        sheet: &str,
        column: &str,
        of: impl Fn(&[String]) -> bool,
    ) -> Option<Decimal> {
        let sheet = self.sheet(sheet);
        let at = sheet.column(column)?;
        let values = sheet.rows.iter().filter(|row| of(row)).filter_map(|row| number(row.get(at)?));
        Some(values.sum())
    }
}

impl Sheet {
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|header| header == name)
    }
}

/// How many rows the header of a file has.
pub fn header_rows(name: &str) -> usize {
    if TWO_ROWS.contains(&name) { 2 } else { 1 }
}

/// 歳入 over 収入済額 is `歳入 収入済額`; a blank goes with what stands left of it.
fn joined_header(rows: &[Vec<String>]) -> Vec<String> {
    let [upper, lower] = rows else { return rows[0].clone() };
    let mut above = String::new();
    let name = |(upper, lower): (&String, &String)| {
        if !upper.is_empty() {
            above.clone_from(upper);
        }
        match lower.is_empty() {
            true => upper.clone(),
            false => format!("{above} {lower}"),
        }
    };
    upper.iter().zip(lower).map(name).collect()
}

/// A cell as a number.
pub fn number(text: &str) -> Option<Decimal> {
    crate::proof::format::number(text)
}

/// A number as tables print it: `△1,234.5`.
pub fn printed(value: Decimal, digits: u32) -> String {
    let text = with_commas(&rounded(value, digits).to_string());
    match text.strip_prefix('-') {
        // What rounds to nothing has no sign.
        Some(rest) if rest.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) => {
            format!("△{rest}")
        }
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// A part of a whole in percent.
pub fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (!whole.is_zero()).then(|| part * Decimal::ONE_HUNDRED / whole)
}
