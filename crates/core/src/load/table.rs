//! Rows of cells to a table: which row is the header, what stands above and below the table.
//!
//! CSV files and sheets of workbooks both end here. What is left out of a table is told.

use std::sync::Arc;

use crate::problem::{Code, Place, Problem};

/// One cell: its text without outer blanks, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub text: String,
    pub place: Place,
}

/// One row under the header.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub cells: Vec<Cell>,
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

/// Puts rows together to a table; rows without any text are left out.
///
/// # Errors
/// No rows, a header that cannot be told from a title, a header that stands twice, rows under
/// the table that are no data, and every row with more cells than the header, all at once.
pub(super) fn from_rows(
    file: Arc<str>,
    mut rows: Vec<Vec<Cell>>,
    layout: Layout<'_>,
) -> Result<Table, Vec<Problem>> {
    rows.retain(|row| filled(row) > 0);
    let titles = match super::title::count(&rows, layout) {
        Ok(titles) => titles,
        Err(problem) => return Err(vec![*problem]),
    };
    let notes = rows[..titles].iter().filter_map(|row| super::title::note(row)).collect();
    let Some((header, body)) = rows[titles..].split_first() else {
        return Err(vec![
            Problem::error(Code::CsvSyntax, Place::file(file))
                .message("表が空です")
                .expected("見出し行と、1行以上のデータ"),
        ]);
    };
    let mut problems = Vec::new();
    let (remarks, body): (Vec<_>, Vec<_>) = body
        .iter()
        .partition(|row| !matches!(layout, Layout::Plain) && super::title::is_remark(row));
    problems.extend(remarks.into_iter().filter_map(|row| super::title::remark(row)));
    let table = Table { notes, ..assemble(file, header, &body, &mut problems) };
    if problems.is_empty() { Ok(table) } else { Err(problems) }
}

fn assemble(
    file: Arc<str>,
    header: &[Cell],
    body: &[&Vec<Cell>],
    problems: &mut Vec<Problem>,
) -> Table {
    let width = header.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
    let joined = |cell: &Cell| Cell { text: one_line(&cell.text), place: cell.place.clone() };
    let header: Vec<Cell> = header[..width].iter().map(joined).collect();
    for (index, cell) in header.iter().enumerate() {
        if !cell.text.is_empty() && header[..index].iter().any(|other| other.text == cell.text) {
            problems.push(
                Problem::error(Code::DuplicateColumn, cell.place.clone())
                    .text(&cell.text)
                    .message(format!("列「{}」が2つあります", cell.text))
                    .hint("どちらかの列を消すか、見出しを変えてください"),
            );
        }
    }
    let mut records = Vec::new();
    for row in body {
        if let Some(extra) = row.iter().skip(width).find(|cell| !cell.text.is_empty()) {
            problems.push(
                Problem::error(Code::RowTooLong, extra.place.clone())
                    .text(&extra.text)
                    .message("見出しのない列に値があります")
                    .expected(format!("{width}列"))
                    .hint("値の中のコンマは、セル全体を \" で囲むと1つのセルになります"),
            );
        }
        let cells: Vec<Cell> = row.iter().take(width).cloned().collect();
        let Some(first) = cells.first() else { continue };
        records.push(Record { place: first.place.clone(), cells });
    }
    Table { file, header, records, notes: Vec::new() }
}

/// How many cells of a row hold text.
pub(super) fn filled(row: &[Cell]) -> usize {
    row.iter().filter(|cell| !cell.text.is_empty()).count()
}

/// A header as one line: Japanese joins without a blank where the line broke, Latin words with.
fn one_line(text: &str) -> String {
    let mut joined = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(joined.chars().last()) && latin(line.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
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

    #[test]
    fn a_header_that_breaks_over_lines_is_one_line() {
        assert_eq!(one_line("目標\n値"), "目標値");
        assert_eq!(one_line("net\r\n income"), "net income");
        assert_eq!(one_line("年間の 観光客数"), "年間の 観光客数");
    }
}
