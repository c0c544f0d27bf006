//! Columns of a table by their headers, and cells as typed values.

use rust_decimal::Decimal;

use super::fields::with_suggestion;
use crate::load::{Cell, Table};
use crate::model::period::to_half_width;
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

/// Reads a cell that holds one number; an empty cell is `None`, never zero.
///
/// Full-width digits, thousands separators and a real minus sign are read as they are meant.
pub(super) fn number(cell: &Cell, problems: &mut Vec<Problem>) -> Option<Decimal> {
    if cell.text.is_empty() {
        return None;
    }
    let half: String = cell.text.chars().map(to_half_width).collect();
    let plain = half.replace(['−', '▲', '△'], "-");
    match plain_number(&plain) {
        Some(value) => Some(value),
        None => {
            problems.push(not_a_number(cell, &plain));
            None
        }
    }
}

/// `1,234.5` with commas only where thousands are parted; no exponent, no unit.
fn plain_number(text: &str) -> Option<Decimal> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let parted = whole.contains(',');
    let grouped = groups.all(|group| group.len() == 3 && digits(group));
    if !digits(first) || !digits(fraction) || !grouped || (parted && first.len() > 3) {
        return None;
    }
    text.trim_start_matches('+').replace(',', "").parse().ok()
}

fn not_a_number(cell: &Cell, plain: &str) -> Problem {
    let problem = Problem::error(Code::NotANumber, cell.place.clone())
        .text(&cell.text)
        .message(format!("「{}」は数として読めません", cell.text))
        .expected("数だけのセル（例 1234、76.3、-5）");
    let leading: String =
        plain.chars().take_while(|c| c.is_ascii_digit() || "-+.,".contains(*c)).collect();
    if !leading.is_empty() && plain_number(&leading).is_some() {
        let unit = &plain[leading.len()..];
        return problem.hint(format!(
            "単位「{unit}」はセルに書かず、「単位」の列か report.toml に書いてください"
        ));
    }
    problem.hint("値がないときは空のセルにしてください（0とは区別されます）")
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
    let half: String = cell.text.chars().map(to_half_width).collect();
    let value = half.parse().ok().filter(|number| *number > 0);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, Vec<Problem>) {
        let mut problems = Vec::new();
        let cell = Cell { text: text.into(), place: Place::at("a.csv", 2, 3) };
        (number(&cell, &mut problems).map(|value| value.to_string()), problems)
    }

    #[test]
    fn numbers_as_people_type_them() {
        for (text, value) in [
            ("1234", "1234"),
            ("1,234", "1234"),
            ("１，２３４", "1234"),
            ("-5", "-5"),
            ("−5", "-5"),
            ("▲5", "-5"),
            ("△0.5", "-0.5"),
            ("+105", "105"),
            ("76.30", "76.30"),
        ] {
            assert_eq!(read(text), (Some(value.into()), vec![]), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["abc", "1,23", "1234,567", "1.2.3", "1e5", "--1", "5-", ".5", "5.", "1,,234"] {
            let (value, problems) = read(text);
            assert_eq!((value, problems.len()), (None, 1), "{text}");
        }
    }

    #[test]
    fn a_unit_inside_a_number_cell_is_refused_with_its_place_and_a_hint() {
        let (_, problems) = read("76.3%");
        assert_eq!(problems[0].place, Place::at("a.csv", 2, 3));
        assert!(problems[0].hint.as_ref().unwrap().contains("単位「%」"));
    }

    #[test]
    fn an_empty_cell_is_missing_and_no_fault() {
        assert_eq!(read(""), (None, vec![]));
    }
}
