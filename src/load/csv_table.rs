//! CSV text to a table whose every cell knows its line, column and Excel name.

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

/// A header row and the rows below it. Rows and columns that are wholly empty are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub file: Arc<str>,
    pub header: Vec<Cell>,
    pub records: Vec<Record>,
}

impl Table {
    /// The index of the column with this header.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell.text == name)
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

/// Reads a table with one header row, parted by commas, tabs or semicolons.
///
/// # Errors
/// An empty file, an unclosed quotation mark, a header that stands twice, and every row with
/// more cells than the header, all at once.
pub fn read_table(file: &str, text: &str) -> Result<Table, Vec<Problem>> {
    let file: Arc<str> = file.into();
    let mut problems = Vec::new();
    if let Some(line) = unclosed_quote(text) {
        return Err(vec![
            Problem::error(Code::CsvSyntax, Place { line: Some(line), ..Place::file(file) })
                .message("二重引用符（\"）が閉じられていません")
                .hint("セルの終わりに \" を補ってください。文字としての \" は \"\" と書きます"),
        ]);
    }
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let place = Place::file(file.clone());
                problems.push(
                    Problem::error(Code::CsvSyntax, place)
                        .message(format!("CSVとして読めません: {error}")),
                );
                return Err(problems);
            }
        };
        let (start, first_line) =
            record.position().map_or((0, 1), |p| (p.byte() as usize, p.line() as u32));
        let starts = cell_starts(text, start, first_line, delimiter);
        let cells = record.iter().enumerate().map(|(column, value)| {
            let (line, character) = starts.get(column).copied().unwrap_or((first_line, 1));
            let cell = format!("{}{line}", excel_column(column));
            let place = Place::at(file.clone(), line, character).with_cell(cell);
            Cell { text: value.trim().to_owned(), place }
        });
        rows.push(cells.collect());
    }
    rows.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
    let Some((header, body)) = rows.split_first() else {
        problems.push(
            Problem::error(Code::CsvSyntax, Place::file(file))
                .message("表が空です")
                .expected("見出し行と、1行以上のデータ"),
        );
        return Err(problems);
    };
    let table = assemble(file, header, body, &mut problems);
    if problems.is_empty() { Ok(table) } else { Err(problems) }
}

fn assemble(
    file: Arc<str>,
    header: &[Cell],
    body: &[Vec<Cell>],
    problems: &mut Vec<Problem>,
) -> Table {
    let width = header.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
    let header = &header[..width];
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
    Table { file, header: header.to_vec(), records }
}

/// Line and column (from 1, in characters) of every cell of the record that starts at `start`.
///
/// The csv crate gives unquoted values only, so the raw text is walked once more.
fn cell_starts(text: &str, start: usize, first_line: u32, delimiter: char) -> Vec<(u32, u32)> {
    let rest = text[start..].trim_start_matches(['\r', '\n']);
    let skipped = &text[start..text.len() - rest.len()];
    let mut line = first_line.max(1);
    // A record's position may stand on the line break before it.
    if start > 0 || !skipped.is_empty() {
        line = 1 + text[..text.len() - rest.len()].matches('\n').count() as u32;
    }
    let (mut column, mut quoted) = (1, false);
    let mut starts = vec![(line, column)];
    for c in rest.chars() {
        column += 1;
        match c {
            '"' => quoted = !quoted,
            '\n' if quoted => (line, column) = (line + 1, 1),
            _ if c == delimiter && !quoted => starts.push((line, column)),
            '\n' | '\r' if !quoted => break,
            _ => {}
        }
    }
    starts
}

/// What parts the cells: a comma when the first line has one, else a tab, else a semicolon.
///
/// Only the header line decides, so that signs inside later texts cannot.
fn delimiter(text: &str) -> char {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut outside = String::new();
    for c in header.chars() {
        quoted ^= c == '"';
        outside.extend((!quoted).then_some(c));
    }
    [',', '\t', ';'].into_iter().find(|sign| outside.contains(*sign)).unwrap_or(',')
}

/// The line on which a quoted cell opens that never closes.
fn unclosed_quote(text: &str) -> Option<u32> {
    let mut open = None;
    let mut line = 1;
    for c in text.chars() {
        match c {
            '"' if open.is_none() => open = Some(line),
            '"' => open = None,
            '\n' => line += 1,
            _ => {}
        }
    }
    open
}

/// 0 is A, 25 is Z, 26 is AA.
fn excel_column(index: usize) -> String {
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
    fn every_cell_knows_its_line_column_and_excel_name() {
        let table = read_table("a.csv", "指標,値\n\"二\n行\",1\n三,2\n").unwrap();
        let place = |row: usize, column: usize| {
            let place = &table.records[row].cells[column].place;
            (place.line.unwrap(), place.column.unwrap(), place.cell.clone().unwrap().to_string())
        };
        assert_eq!(place(0, 0), (2, 1, "A2".into()));
        assert_eq!(place(0, 1), (3, 4, "B3".into()));
        assert_eq!(place(1, 1), (4, 3, "B4".into()));
    }

    #[test]
    fn empty_rows_and_columns_as_excel_leaves_them_are_dropped() {
        let table = read_table("a.csv", "a,b,,\r\n1,2,,\r\n,,,\r\n").unwrap();
        assert_eq!((table.header.len(), table.records.len()), (2, 1));
    }

    #[test]
    fn all_faults_of_a_file_are_told_at_once() {
        let problems = read_table("a.csv", "a,b,a\n1,2,3,4\n5,6,7,8\n").unwrap_err();
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::DuplicateColumn, Code::RowTooLong, Code::RowTooLong]);
    }

    #[test]
    fn tabs_and_semicolons_part_cells_too() {
        for text in ["a\tb\n1,5\t2\n", "a;b\n1,5;2\n"] {
            let table = read_table("a.csv", text).unwrap();
            let cells: Vec<_> =
                table.records[0].cells.iter().map(|cell| cell.text.as_str()).collect();
            assert_eq!(cells, ["1,5", "2"], "{text}");
            assert_eq!(table.records[0].cells[1].place.column, Some(5), "{text}");
        }
    }

    #[test]
    fn a_header_with_a_blank_corner_is_no_title() {
        let table = read_table("a.csv", ",回答割合\n家族,38\n友人,5\n").unwrap();
        assert_eq!((table.header[1].text.as_str(), table.records.len()), ("回答割合", 2));
    }

    #[test]
    fn signs_in_later_cells_do_not_decide_what_parts_them() {
        let table = read_table("a.csv", "名前,備考\n一,x;y;z\n").unwrap();
        assert_eq!(table.records[0].cells[1].text, "x;y;z");
    }

    #[test]
    fn a_table_of_one_column_keeps_its_header() {
        let table = read_table("a.csv", "名前\n一\n").unwrap();
        assert_eq!((table.header[0].text.as_str(), table.records.len()), ("名前", 1));
    }

    #[test]
    fn an_unclosed_quote_is_told_with_the_line_it_opens_on() {
        let problems = read_table("a.csv", "a,b\n1,\"2\n3,4\n").unwrap_err();
        assert_eq!((problems[0].code, problems[0].place.line), (Code::CsvSyntax, Some(2)));
    }

    #[test]
    fn columns_are_named_as_in_excel() {
        assert_eq!([0, 25, 26, 701, 702].map(excel_column), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
