//! A sheet of an Excel workbook (.xlsx) to a table.
//!
//! Values are what the workbook stores, never what a cell's format shows: a formula counts as
//! the value that Excel last computed for it, a date as `2025-04-01`. Where what is shown
//! differs from what is stored, it is said.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::limits::{LARGEST_WORKBOOK, MOST_CELLS, MOST_COLUMNS, count, large_file};
use super::number_format::japanese_format;
use super::rows::from_rows;
use super::table::{Cell, Layout, Record, Table, excel_column};
use super::workbook_cell::{Content, Stored};
use super::workbook_look::{Area, notes};
use super::workbook_parts::{PackageFault, check_package, sheet_look};
use crate::problem::{Code, Place, Problem, closest, contained, did_you_mean};

/// Excel itself has no more rows.
const EXCEL_ROWS: u32 = 1_048_576;

/// All texts of a sheet, in bytes.
const MOST_TEXT: usize = 64 << 20;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Which sheet of which workbook is wanted, and where report.toml says so.
#[derive(Debug, Clone, Copy)]
pub struct SheetRequest<'a> {
    pub file: &'a str,
    /// Where report.toml names the file.
    pub place: &'a Place,
    /// `sheet = "…"` with its place; without one, the workbook must have one visible sheet.
    pub sheet: Option<(&'a str, &'a Place)>,
}

/// Reads one sheet of a workbook.
///
/// # Errors
/// A file that is no workbook, is damaged, locked with a password or too large; a sheet that is
/// not there or not named; cells that hold an error of Excel; and the faults of any table.
pub fn read_workbook(
    request: SheetRequest<'_>,
    bytes: &[u8],
    layout: Layout<'_>,
) -> Result<Table, Vec<Problem>> {
    // The reader of workbooks may panic on parts that no program writes.
    let read = contained(|| read_sheet(request, bytes, layout));
    read.unwrap_or_else(|_| Err(vec![*damaged(request.file)]))
}

fn read_sheet(
    request: SheetRequest<'_>,
    bytes: &[u8],
    layout: Layout<'_>,
) -> Result<Table, Vec<Problem>> {
    let file = request.file;
    let mut book = open(file, bytes).map_err(|problem| vec![*problem])?;
    let sheet = choose(request, &book).map_err(|problem| vec![*problem])?;
    let index = book.sheets_metadata().iter().position(|known| known.name == sheet).unwrap_or(0);
    let is_hidden = book.sheets_metadata()[index].visible != SheetVisible::Visible;
    let sheet_place = Place::file(file).in_sheet(sheet.as_str());
    let mut cells = cells(&mut book, &sheet, &sheet_place).map_err(|problem| vec![*problem])?;
    if let Layout::Table { .. } = layout {
        cells.iter_mut().for_each(Stored::take_what_is_shown);
    }
    let mut problems: Vec<Problem> = cells.iter().filter_map(Stored::fault).collect();
    let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
    let rows = rows(&cells, &sheet_place);
    let mut table = match from_rows(Arc::from(file), rows, layout) {
        Ok(table) => table,
        Err(more) => {
            problems.extend(more);
            return Err(problems);
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    table.notes.extend(is_hidden.then(|| hidden_sheet(&sheet_place, &sheet)));
    let first = table.header.first().and_then(|cell| cell.place.line).unwrap_or(1);
    let last = table.records.last().and_then(|record| record.place.line).unwrap_or(first);
    let width = table.header.len() as u32;
    let look = sheet_look(bytes, index);
    let left = table.header.iter().filter(|cell| !cell.text.is_empty());
    let left = left.filter_map(|cell| cell.place.column).min().unwrap_or(1);
    let area = Area { rows: first..=last, columns: left..=width.max(left) };
    table.notes.extend(notes(&cells, &look, &area));
    let own = merged_as_meant(&mut table, merged.iter().map(|area| (area.start, area.end)), layout);
    let inside = merged.iter().filter(|area| {
        let (row, column) = area.start;
        let inside = (first..=last).contains(&(row + 1)) && column < width;
        inside && area.start != area.end && !own.contains(&area.start)
    });
    table.notes.extend(inside.map(|area| {
        Problem::warning(Code::WorkbookCell, place(&sheet_place, area.start))
            .message("結合したセルです。左上のほかは、空のセルとして読みました")
            .expected("結合せず、どのセルにも値を書いた表")
            .hint("Excelでセルの結合を解除し、空いたセルに値を入れてください")
    }));
    Ok(table)
}

/// The merged cells of a table of any kind that mean what they look like: headings, and labels over
/// several records, whose text every record gets. Gives where they begin.
fn merged_as_meant(
    table: &mut Table,
    areas: impl Iterator<Item = ((u32, u32), (u32, u32))>,
    layout: Layout<'_>,
) -> BTreeSet<(u32, u32)> {
    let Layout::Table { .. } = layout else { return BTreeSet::new() };
    let lines = table.headings.iter().filter_map(|heading| heading.cell.place.line);
    let (first, last) =
        lines.fold((u32::MAX, 0), |(from, to), line| (from.min(line), to.max(line)));
    let mut meant = BTreeSet::new();
    for (start, end) in areas.filter(|(start, end)| start != end) {
        if (first..=last).contains(&(start.0 + 1)) && end.0 < last {
            meant.insert(start);
            continue;
        }
        let within = |record: &Record| {
            record.place.line.is_some_and(|line| (start.0 + 1..=end.0 + 1).contains(&line))
        };
        let Some(from) = table.records.iter().position(within) else { continue };
        let to = table.records.iter().rposition(within).unwrap_or(from);
        let column = start.1 as usize;
        if column >= table.header.len() {
            continue;
        }
        // 合計 over the columns of labels, which begin the row: the others are blank as is meant.
        if start.1 != end.1 {
            meant.extend((start.0 == end.0 && start.1 == 0).then_some(start));
            continue;
        }
        let text = table.records[from].cell(column).text;
        for record in &mut table.records[from..=to] {
            if let Some(cell) = record.cells.get_mut(column) {
                cell.text.clone_from(&text);
            }
        }
        table.merged.push((column, from, to));
        meant.insert(start);
    }
    meant
}

fn hidden_sheet(place: &Place, sheet: &str) -> Problem {
    Problem::warning(Code::WorkbookCell, place.clone())
        .text(sheet)
        .message(format!("非表示のシート「{sheet}」を読みました。画面には出ていません"))
        .hint("使うシートなら表示してください。別のシートのつもりなら sheet の名前を直してください")
}

fn damaged(file: &str) -> Box<Problem> {
    Box::new(
        Problem::error(Code::Workbook, Place::file(file))
            .message("Excelのブックとして読めません（壊れています）")
            .hint("Excelで開き、「Excel ブック（*.xlsx）」として保存し直してください"),
    )
}

fn open<'b>(file: &str, bytes: &'b [u8]) -> Result<Book<'b>, Box<Problem>> {
    let fault = |message: &str, hint: &str| {
        Box::new(Problem::error(Code::Workbook, Place::file(file)).message(message).hint(hint))
    };
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(fault(
            "パスワードの付いたブックか、古い形式（.xls）のブックなので、読めません",
            "Excelでパスワードを外し、「Excel ブック（*.xlsx）」として保存し直してください",
        ));
    }
    if bytes.len() as u64 > LARGEST_WORKBOOK {
        return Err(Box::new(large_file(file, Place::file(file), Some(bytes.len() as u64))));
    }
    match check_package(bytes) {
        Ok(()) => {}
        Err(PackageFault::Broken) => return Err(damaged(file)),
        Err(PackageFault::TooLarge(what)) => {
            return Err(Box::new(
                Problem::error(Code::TooLarge, Place::file(file))
                    .message(format!("ブックが大きすぎます。{what}"))
                    .hint("要る表だけを、新しいブックに写してください"),
            ));
        }
    }
    Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => {
            fault("パスワードの付いたブックは読めません", "Excelでパスワードを外してください")
        }
        _ => damaged(file),
    })
}

/// The sheet that report.toml names, or the only one that can be seen.
fn choose(request: SheetRequest<'_>, book: &Book<'_>) -> Result<String, Box<Problem>> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let all: Vec<&str> = sheets.clone().map(|sheet| sheet.name.as_str()).collect();
    let visible: Vec<&str> = sheets
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.as_str())
        .collect();
    let Some((wanted, place)) = request.sheet else {
        return match visible[..] {
            [only] => Ok(only.to_owned()),
            _ => {
                let problem = Problem::error(Code::Sheet, request.place.clone())
                    .text(request.file)
                    .message(format!(
                        "ブックにシートが{}枚あり、どれを読むか決まりません",
                        visible.len()
                    ))
                    .expected(format!("sheet = \"…\"（あるシートは {}）", visible.join("・")))
                    .hint("csv の行の下に `sheet = \"シート名\"` を書いてください");
                Err(Box::new(problem))
            }
        };
    };
    // Excel itself has no two sheets whose names differ in width alone.
    let exact = all.iter().find(|name| **name == wanted);
    let wide = || all.iter().find(|name| width_folded(name) == width_folded(wanted));
    if let Some(found) = exact.or_else(wide) {
        return Ok((*found).to_owned());
    }
    let problem = Problem::error(Code::Sheet, place.clone())
        .text(wanted)
        .message(format!("ブックにシート「{wanted}」がありません"))
        .expected(format!("あるシート（{}）のどれか", all.join("・")));
    let near = closest(wanted, all.iter().copied());
    Err(Box::new(match near {
        Some(near) => problem.hint(did_you_mean(wanted, near)),
        None => problem.hint("シートの名前を1字も違えずに書いてください"),
    }))
}

/// The name of a sheet, with 〜 and ～, and half- and full-width letters, as one.
fn width_folded(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.trim().replace('〜', "～").replace('−', "－").nfkc().collect()
}

/// Every cell that stores something, in the order of the sheet.
fn cells(
    book: &mut Book<'_>,
    sheet: &str,
    sheet_place: &Place,
) -> Result<Vec<Stored>, Box<Problem>> {
    let fault = |error: XlsxError| {
        let problem = Problem::error(Code::Workbook, sheet_place.clone());
        Box::new(match error {
            XlsxError::CellError(text) => problem
                .text(text)
                .message("計算の誤りになっているセルがあります")
                .hint("Excelで式を直してください"),
            _ => problem
                .message("シートを読めません（壊れています）")
                .hint("Excelで開き、「Excel ブック（*.xlsx）」として保存し直してください"),
        })
    };
    let too_large = || {
        Box::new(
            Problem::error(Code::TooLarge, sheet_place.clone())
                .message(format!(
                    "シートが大きすぎます（{}セル、{}列まで）",
                    count(MOST_CELLS as u64),
                    count(MOST_COLUMNS as u64)
                ))
                .hint("要る表だけを別のシートに写してください"),
        )
    };
    let is_1904 = book.has_1904_epoch();
    // Formulas first: a formula without a computed value would pass for an empty cell.
    let mut uncomputed = BTreeSet::new();
    let mut reader = book.worksheet_cells_reader(sheet).map_err(fault)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(fault)? {
        if cell.formula.is_some() && cell.value == calamine::DataRef::Empty {
            uncomputed.insert(cell.pos);
        }
    }
    drop(reader);
    let mut reader = book.worksheet_cells_reader(sheet).map_err(fault)?;
    let mut found: BTreeMap<(u32, u32), Stored> = BTreeMap::new();
    let mut letters = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(fault)? {
        let position = cell.get_position();
        let style = reader.styles().get(style);
        let is_struck = style
            .and_then(|style| style.font.as_ref())
            .is_some_and(|font| font.has_strikethrough());
        let format = style.and_then(|style| style.number_format.as_ref());
        let known = format.and_then(|format| japanese_format(format.format_id?));
        let format = known.or(format.map(|format| format.format_code.as_str())).unwrap_or("");
        let how = (uncomputed.contains(&position), is_1904);
        let Some((content, shown)) = Content::read(cell.get_value(), format, how) else { continue };
        let shown = shown.map(Box::new);
        letters += content.text().len();
        if position.0 >= EXCEL_ROWS {
            return Err(damaged(&sheet_place.file));
        }
        if position.1 as usize >= MOST_COLUMNS || found.len() >= MOST_CELLS || letters > MOST_TEXT {
            return Err(too_large());
        }
        found.insert(
            position,
            Stored { content, shown, is_struck, place: place(sheet_place, position) },
        );
    }
    Ok(found.into_values().collect())
}

/// Row and column from 0 to a place.
fn place(sheet: &Place, (row, column): (u32, u32)) -> Place {
    let cell = format!("{}{}", excel_column(column as usize), row + 1);
    Place { line: Some(row + 1), column: Some(column + 1), ..sheet.clone() }.with_cell(cell)
}

/// Cells to rows that begin in column A; what is not stored is empty.
fn rows(cells: &[Stored], sheet: &Place) -> Vec<Vec<Cell>> {
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    for stored in cells {
        let (line, column) =
            (stored.place.line.unwrap_or(1), stored.place.column.unwrap_or(1) as usize);
        let row = rows.entry(line).or_default();
        while row.len() + 1 < column {
            let empty = place(sheet, (line - 1, row.len() as u32));
            row.push(Cell { text: String::new(), place: empty });
        }
        let text = stored.content.text().trim().to_owned();
        row.push(Cell { text, place: stored.place.clone() });
    }
    rows.into_values().collect()
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
mod tests;
