//! CSV text to a table whose every cell knows its line, column and Excel name.

use std::sync::Arc;

use super::limits::{LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, large_table};
use super::rows::from_rows;
use super::table::{Cell, Layout, Table, excel_column};
use crate::problem::{Code, Place, Problem};

/// How many lines may decide what parts the cells.
const FIRST_LINES: usize = 6;

/// Reads a table with one header row, parted by commas, tabs or semicolons.
///
/// # Errors
/// An empty file, an unclosed quotation mark, a header that stands twice, and every row with
/// more cells than the header, all at once.
pub fn read_table(file: &str, text: &str, layout: Layout<'_>) -> Result<Table, Vec<Problem>> {
    let file: Arc<str> = file.into();
    if let Some(line) = unclosed_quote(text) {
        return Err(vec![
            Problem::error(Code::CsvSyntax, Place { line: Some(line), ..Place::file(file) })
                .message("二重引用符（\"）が閉じられていません")
                .hint("セルの終わりに \" を補ってください。文字としての \" は \"\" と書きます"),
        ]);
    }
    let delimiter = delimiter(text);
    let mut lines = LineCounter { text, at: 0, line: 1 };
    let mut left = MOST_CELLS;
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
                return Err(vec![
                    Problem::error(Code::CsvSyntax, place)
                        .message(format!("CSVとして読めません: {error}")),
                ]);
            }
        };
        let (start, first_line) =
            record.position().map_or((0, 1), |p| (p.byte() as usize, p.line() as u32));
        let place = || Place { line: Some(first_line), ..Place::file(file.clone()) };
        // Told at the first line that is too much: nothing is kept of a table that is refused.
        let longest = record.iter().map(str::len).max().unwrap_or_default();
        // Excel may end every row with hundreds of commas.
        let width = record.iter().enumerate().filter(|(_, value)| !value.is_empty()).last();
        let width = width.map_or(0, |(last, _)| last + 1);
        left = left.saturating_sub(width);
        let too_much = match () {
            () if rows.len() >= MOST_ROWS => Some(("行", MOST_ROWS, "行")),
            () if width > MOST_COLUMNS || record.len() > 20 * MOST_COLUMNS => {
                Some(("列", MOST_COLUMNS, "列"))
            }
            () if left == 0 => Some(("セル", MOST_CELLS, "セル")),
            () if longest > LONGEST_CELL => Some(("1つのセルの文字", LONGEST_CELL / 3, "字")),
            () => None,
        };
        if let Some((what, most, unit)) = too_much {
            return Err(vec![large_table(place(), what, most, unit)]);
        }
        let starts = cell_starts(&mut lines, start, first_line, delimiter);
        let cells = record.iter().take(MOST_COLUMNS).enumerate().map(|(column, value)| {
            let (line, character) = starts.get(column).copied().unwrap_or((first_line, 1));
            let cell = format!("{}{line}", excel_column(column));
            let place = Place::at(file.clone(), line, character).with_cell(cell);
            Cell { text: value.trim().to_owned(), place }
        });
        rows.push(cells.collect());
    }
    from_rows(file, rows, layout)
}

/// Line and column (from 1, in characters) of every cell of the record that starts at `start`.
///
/// The csv crate gives unquoted values only, so the raw text is walked once more.
fn cell_starts(
    lines: &mut LineCounter<'_>,
    start: usize,
    first_line: u32,
    delimiter: char,
) -> Vec<(u32, u32)> {
    let text = lines.text;
    let rest = text[start..].trim_start_matches(['\r', '\n']);
    let skipped = &text[start..text.len() - rest.len()];
    let mut line = first_line.max(1);
    // A record's position may stand on the line break before it.
    if start > 0 || !skipped.is_empty() {
        line = lines.line_at(text.len() - rest.len());
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

/// Counts the lines of a text up to places that come in order, each line once.
struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl LineCounter<'_> {
    fn line_at(&mut self, to: usize) -> u32 {
        self.line += self.text[self.at..to].matches('\n').count() as u32;
        self.at = to;
        self.line
    }
}

/// What parts the cells of each line: a comma when it has one, else a tab, else a semicolon.
///
/// The first line decides whose next line is parted alike, so that neither a title above the
/// header nor signs inside later texts can.
fn delimiter(text: &str) -> char {
    let mut lines: Vec<String> = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        match (c, lines.last_mut()) {
            ('\n' | '\r', Some(line)) if !quoted && !line.trim().is_empty() => {
                lines.push(String::new());
            }
            // A blank line decides nothing, and there may be millions of them.
            ('\n' | '\r', Some(line)) if !quoted => line.clear(),
            (_, Some(line)) if !quoted => line.push(c),
            _ => {}
        }
        if lines.len() > FIRST_LINES {
            break;
        }
    }
    let signs = || [',', '\t', ';'].into_iter();
    let agreed = lines
        .windows(2)
        .find_map(|pair| signs().find(|sign| pair.iter().all(|line| line.contains(*sign))));
    let any = || lines.iter().find_map(|line| signs().find(|sign| line.contains(*sign)));
    agreed.or_else(any).unwrap_or(',')
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

#[cfg(test)]
mod tests {
    use super::super::Record;
    use super::*;

    fn table(text: &str) -> Result<Table, Vec<Problem>> {
        read_table("a.csv", text, Layout::Plain)
    }

    fn texts(record: &Record) -> Vec<&str> {
        record.cells.iter().map(|cell| cell.text.as_str()).collect()
    }

    #[test]
    fn every_cell_knows_its_line_column_and_excel_name() {
        let table = table("指標,値\n\"二\n行\",1\n三,2\n").unwrap();
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
        let table = table("a,b,,\r\n1,2,,\r\n,,,\r\n").unwrap();
        assert_eq!((table.header.len(), table.records.len()), (2, 1));
    }

    #[test]
    fn all_faults_of_a_file_are_told_at_once() {
        let problems = table("a,b,a\n1,2,3,4\n5,6,7,8\n").unwrap_err();
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::DuplicateColumn, Code::RowTooLong, Code::RowTooLong]);
    }

    #[test]
    fn tabs_and_semicolons_part_cells_too() {
        for text in ["a\tb\n1,5\t2\n", "a;b\n1,5;2\n"] {
            let table = table(text).unwrap();
            assert_eq!(texts(&table.records[0]), ["1,5", "2"], "{text}");
            assert_eq!(table.records[0].cells[1].place.column, Some(5), "{text}");
        }
    }

    #[test]
    fn a_header_with_a_blank_corner_is_no_title() {
        let table = table(",回答割合\n家族,38\n友人,5\n").unwrap();
        assert_eq!((table.header[1].text.as_str(), table.records.len()), ("回答割合", 2));
    }

    #[test]
    fn signs_in_later_cells_do_not_decide_what_parts_them() {
        let table = table("名前,備考\n一,x;y;z\n").unwrap();
        assert_eq!(table.records[0].cells[1].text, "x;y;z");
    }

    #[test]
    fn a_table_of_one_column_keeps_its_header() {
        let table = table("名前\n一\n").unwrap();
        assert_eq!((table.header[0].text.as_str(), table.records.len()), ("名前", 1));
    }

    #[test]
    fn a_table_with_too_much_is_refused_with_its_line() {
        for (text, line) in [
            ("a\n".repeat(MOST_ROWS + 1), MOST_ROWS + 1),
            (format!("a,b\n{}\n", "1,".repeat(MOST_COLUMNS + 1)), 2),
            (format!("a\n1\n{}\n", "x".repeat(LONGEST_CELL + 1)), 3),
            (format!("{}\n", "1,".repeat(MOST_COLUMNS - 1)).repeat(601), 601),
        ] {
            let problems = table(&text).unwrap_err();
            assert_eq!((problems[0].code, problems.len()), (Code::TooLarge, 1));
            assert_eq!(problems[0].place.line, Some(line as u32), "{}", problems[0].message);
        }
    }

    #[test]
    fn an_unclosed_quote_is_told_with_the_line_it_opens_on() {
        let problems = table("a,b\n1,\"2\n3,4\n").unwrap_err();
        assert_eq!((problems[0].code, problems[0].place.line), (Code::CsvSyntax, Some(2)));
    }

    #[test]
    fn a_title_above_the_header_does_not_decide_what_parts_the_cells() {
        for text in ["表1; 年代別\n年代,値\n10代,5\n", "表1\n年代\t値,円\n10代\t5\n"]
        {
            let read = read_table("a.csv", text, Layout::Figure).unwrap();
            assert_eq!((texts(&read.records[0]), read.header.len()), (vec!["10代", "5"], 2));
        }
    }
}
