//! A table: cells that know their place, under a header.

use std::sync::Arc;

use crate::problem::{Place, Problem};

/// One cell: its text without outer blanks, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub text: String,
    pub place: Place,
}

/// A heading with the columns and rows that it stands over, counted from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    pub cell: Cell,
    pub x: usize,
    pub y: usize,
    pub columns: usize,
    pub rows: usize,
}

/// One row under the header.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub cells: Vec<Cell>,
    pub place: Place,
}

/// What a row beside a table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkKind {
    /// 注, ※, 備考.
    Note,
    /// 資料, 出典, 出所.
    Source,
    /// 単位.
    Unit,
}

/// A row beside a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    pub kind: RemarkKind,
    /// As it is written.
    pub text: String,
    /// Without the word in front of it: 速報値 of 注）速報値.
    pub body: String,
    pub place: Place,
}

/// A header row and the rows below it. Rows that are wholly empty and empty columns on the
/// right are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub file: Arc<str>,
    pub header: Vec<Cell>,
    pub records: Vec<Record>,
    /// What is worth knowing about the reading, without being a fault.
    pub notes: Vec<Problem>,
    /// What is said above and below it: notes, sources, units.
    pub remarks: Vec<Remark>,
    /// The headings of all rows of the header, with what each stands over.
    pub headings: Vec<Heading>,
    /// Cells that a workbook merges downwards: column, first and last record. The text of the
    /// first is in all of them.
    pub merged: Vec<(usize, usize, usize)>,
}

/// What a table looks like, so that a title above its header can be told from the header.
#[derive(Debug, Clone, Copy)]
pub enum Layout<'a> {
    /// The first row is the header.
    Plain,
    /// The header holds at least two of these headings.
    Headings(&'a [&'a str]),
    /// Categories in the first column, numbers in the others, under headings of any name.
    Figure,
    /// Columns of any kind, under headings of any name in so many rows.
    Table { header_rows: usize },
}

impl Table {
    /// The index of the column with this header; blanks inside a header do not matter.
    pub fn column(&self, name: &str) -> Option<usize> {
        let exact = self.header.iter().position(|cell| cell.text == name);
        exact.or_else(|| self.header.iter().position(|cell| without_blanks(&cell.text) == name))
    }
}

impl Record {
    /// The cell of a column; a row that ends early counts as empty from there on.
    pub fn cell(&self, column: usize) -> Cell {
        self.cells
            .get(column)
            .cloned()
            .unwrap_or_else(|| Cell { text: String::new(), place: self.place.clone() })
    }
}

pub(super) fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// 0 is A, 25 is Z, 26 is AA.
pub(super) fn excel_column(index: usize) -> String {
    let mut name = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        rest -= 1;
        name.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    name.iter().rev().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_excel() {
        assert_eq!([0, 25, 26, 701, 702].map(excel_column), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
