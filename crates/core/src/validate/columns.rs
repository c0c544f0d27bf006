//! Columns of a table by their headers, and cells as typed values.

use super::fields::with_suggestion;
use crate::load::{Cell, Table};
use crate::model::width::half_width;
use crate::problem::{Code, Place, Problem};

/// Finds the columns with these headers.
///
/// # Errors
/// Every header that is missing, all at once.
pub(super) fn find<const N: usize>(
    table: &Table,
    names: [&str; N],
    problems: &mut Vec<Problem>,
) -> Option<[usize; N]> {
    let found = names.map(|name| table.column(name));
    for (name, column) in names.iter().zip(found) {
        if column.is_none() {
            problems.push(missing_column(table, name));
        }
    }
    let all: Option<Vec<usize>> = found.into_iter().collect();
    all.and_then(|columns| columns.try_into().ok())
}

fn missing_column(table: &Table, name: &str) -> Problem {
    let place =
        table.header.first().map_or_else(|| Place::file(table.file.clone()), |c| c.place.clone());
    let problem = Problem::error(Code::MissingColumn, place)
        .message(format!("列「{name}」がありません"))
        .expected(format!("見出し行に「{name}」の列"));
    let known: Vec<&str> = table.header.iter().map(|cell| cell.text.as_str()).collect();
    let suggested = with_suggestion(problem, name, known.iter().copied());
    match suggested.hint {
        Some(_) => suggested,
        None => suggested.hint(format!("今ある列は {} です", known.join("・"))),
    }
}

/// A cell that must hold something.
pub(super) fn required(cell: &Cell, name: &str, problems: &mut Vec<Problem>) -> Option<String> {
    if cell.text.is_empty() {
        problems.push(
            Problem::error(Code::MissingValue, cell.place.clone())
                .text("")
                .message(format!("「{name}」が空です"))
                .hint(format!("「{name}」を記入してください")),
        );
        return None;
    }
    Some(cell.text.clone())
}

/// A cell that must hold a whole number of at least 1.
pub(super) fn ordinal(cell: &Cell, name: &str, problems: &mut Vec<Problem>) -> Option<u32> {
    required(cell, name, problems)?;
    let value = half_width(&cell.text).parse().ok().filter(|number| *number > 0);
    if value.is_none() {
        problems.push(
            Problem::error(Code::NotANumber, cell.place.clone())
                .text(&cell.text)
                .message(format!("「{name}」が番号になっていません"))
                .expected("1以上の整数")
                .hint("番号だけを書いてください"),
        );
    }
    value
}
