//! Where the tables stand: CSV files and sheets of workbooks that report.toml names.

use super::fields::Fields;
use super::reader::Reader;
use crate::load::{
    Cell, Layout, MOST_ALL_CELLS, Record, SheetRequest, Table, read_table, read_workbook,
};
use crate::model::grid::{Grid, GridRow};
use crate::model::name::{NameIndex, name_difference};
use crate::model::source::source_name;
use crate::problem::{Code, Place, Problem};

/// A table that report.toml names, with how its cells are to be read.
#[derive(Debug, Clone)]
pub(super) struct TableSource {
    pub file: String,
    pub place: Place,
    sheet: Option<(String, Place)>,
    /// `negative = "()"`: numbers in parentheses are negative.
    pub parentheses: bool,
}

/// Endings of files that Excel opens, but that are read in no other way than saved anew.
const OTHER_BOOKS: [&str; 6] = [".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".xltx"];

impl TableSource {
    /// Reads `sheet` and `negative` that may stand beside a `csv`.
    pub fn read(
        csv: Option<(String, Place)>,
        fields: &Fields<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let sheet = fields.text("sheet", problems);
        let negative = |word: &str| (word == "()").then_some(true);
        let parentheses = fields.word("negative", &["()"], negative, problems).unwrap_or_default();
        let (file, place) = csv?;
        if let Some((_, place)) = sheet.as_ref().filter(|_| !is_workbook(&file)) {
            problems.push(
                Problem::error(Code::Sheet, place.clone())
                    .message("「sheet」はブック（.xlsx）にだけ書けます")
                    .hint("この行を消すか、csv にブックの名前を書いてください"),
            );
        }
        Some(TableSource { file, place, sheet, parentheses })
    }

    /// The file, or the file and the sheet.
    fn name(&self) -> String {
        let file = source_name(&self.file);
        match &self.sheet {
            Some((sheet, _)) => format!("{file} {sheet}"),
            None => file,
        }
    }
}

/// The table as it was read.
pub fn grid(table: &Table) -> Grid {
    let row = |record: &Record| GridRow {
        place: record.place.clone(),
        cells: record.cells.iter().map(|cell| (cell.text.clone(), cell.place.clone())).collect(),
    };
    Grid {
        header: table.header.iter().map(|cell| cell.text.clone()).collect(),
        rows: table.records.iter().map(row).collect(),
    }
}

fn too_many_cells(file: &str, place: &Place) -> Problem {
    Problem::error(Code::TooLarge, place.clone())
        .text(file)
        .message(format!(
            "表のセルが、全ての表を合わせて{}万個より多くなります",
            MOST_ALL_CELLS / 10_000
        ))
        .expected(format!("合わせて{}万個以内のセル", MOST_ALL_CELLS / 10_000))
        .hint("ここから後の表は読んでいません。紙面に要る行と列だけの表にしてください")
}

/// Columns whose headings are one name in two forms; the same heading twice is told already.
fn twin_headers(header: &[Cell]) -> Vec<Problem> {
    let mut names = NameIndex::default();
    let mut problems = Vec::new();
    for (index, cell) in header.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
        let Some(first) = names.add(&cell.text, index) else { continue };
        let Some(differs) = name_difference(&header[first].text, &cell.text) else { continue };
        problems.push(
            Problem::error(Code::DuplicateColumn, cell.place.clone())
                .text(&cell.text)
                .message(format!("列「{}」が2つあります。{differs}", cell.text))
                .hint("どちらかの列を消すか、見出しを変えてください"),
        );
    }
    problems
}

fn is_workbook(file: &str) -> bool {
    file.to_ascii_lowercase().ends_with(".xlsx")
}

impl Reader<'_> {
    /// Reads a table that report.toml names: a CSV file, or a sheet of a workbook.
    pub(super) fn read_source(
        &mut self,
        source: &TableSource,
        layout: Layout<'_>,
    ) -> Option<Table> {
        let TableSource { file, place, .. } = source;
        let lower = file.to_ascii_lowercase();
        if let Some(ending) = OTHER_BOOKS.iter().find(|ending| lower.ends_with(*ending)) {
            self.problems.push(
                Problem::error(Code::Workbook, place.clone())
                    .text(file)
                    .message(format!("{ending} のファイルは読めません"))
                    .expected("CSV（.csv）か、Excelのブック（.xlsx）")
                    .hint("Excelで開き、「Excel ブック（*.xlsx）」として保存し直してください"),
            );
            return None;
        }
        let read = if is_workbook(file) {
            let bytes = self.read_bytes(file, place)?;
            let sheet = source.sheet.as_ref().map(|(name, place)| (name.as_str(), place));
            read_workbook(SheetRequest { file, place, sheet }, &bytes, layout)
        } else {
            let text = self.read_text(file, place)?;
            read_table(file, &text, layout)
        };
        match read {
            Ok(mut table) => {
                let cells = table.records.iter().map(|record| record.cells.len()).sum();
                match self.left.cells.checked_sub(cells) {
                    Some(left) => self.left.cells = left,
                    None => {
                        if self.left.cells > 0 {
                            self.problems.push(too_many_cells(file, place));
                        }
                        self.left.cells = 0;
                        return None;
                    }
                }
                self.problems.append(&mut table.notes);
                self.problems.extend(twin_headers(&table.header));
                self.grids.insert(source.name(), grid(&table));
                Some(table)
            }
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }
}
