//! What one cell of a workbook stores, as text, and what is wrong or surprising about it.

use std::collections::BTreeMap;

use calamine::{DataRef, ExcelDateTime};

use crate::problem::{Code, Place, Problem};

/// Excel computes with so many digits; what lies beyond is noise of binary numbers.
const EXCEL_DIGITS: usize = 15;

/// What a cell stores.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Text(String),
    Number(String),
    /// The number stored, while the cell shows it as a percentage.
    Percentage(String),
    /// `#DIV/0!` and its like.
    Error(String),
    Switch(bool),
    /// A formula that no program has computed yet.
    Uncomputed,
}

/// A cell with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stored {
    pub content: Content,
    pub place: Place,
}

impl Content {
    /// Reads a value; `None` for an empty cell. `format` is the number format of the cell.
    pub fn read(value: &DataRef<'_>, format: &str, uncomputed: bool) -> Option<Self> {
        Some(match value {
            DataRef::Empty if uncomputed => Content::Uncomputed,
            DataRef::Empty => return None,
            DataRef::String(text) => Content::Text(text.clone()),
            DataRef::SharedString(text) => Content::Text((*text).to_owned()),
            DataRef::Int(number) => Content::Number(number.to_string()),
            DataRef::Float(number) if format.contains('%') => {
                Content::Percentage(decimal(*number, 0))
            }
            DataRef::Float(number) => Content::Number(decimal(*number, decimals(format))),
            DataRef::Bool(switch) => Content::Switch(*switch),
            DataRef::DateTime(moment) => Content::Text(date(*moment)),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                Content::Text(text.strip_suffix("T00:00:00").unwrap_or(text).to_owned())
            }
            DataRef::Error(error) => Content::Error(error.to_string()),
        })
    }

    /// The text that goes into the table.
    pub fn text(&self) -> &str {
        match self {
            Content::Text(text) | Content::Number(text) | Content::Percentage(text) => text,
            Content::Error(text) => text,
            Content::Switch(true) => "TRUE",
            Content::Switch(false) => "FALSE",
            Content::Uncomputed => "",
        }
    }
}

impl Stored {
    /// The problem of a cell that holds nothing to print.
    pub fn fault(&self) -> Option<Problem> {
        let problem =
            Problem::error(Code::WorkbookCell, self.place.clone()).text(self.content.text());
        Some(match &self.content {
            Content::Error(text) => problem
                .message(format!("計算の誤り「{text}」になっているセルです"))
                .expected("値のあるセル、又は空のセル")
                .hint("Excelで式を直してください。値がないときは空のセルにします"),
            Content::Switch(_) => problem
                .message("TRUEかFALSEの入ったセルです")
                .expected("数か文字のセル")
                .hint("文字として出すときは、セルの表示形式を「文字列」にして入力し直してください"),
            Content::Uncomputed => problem
                .message("式の計算結果が保存されていません")
                .expected("計算した値の入ったセル")
                .hint("Excelで開いて計算させ、保存し直してください"),
            Content::Text(_) | Content::Number(_) | Content::Percentage(_) => return None,
        })
    }
}

/// Numbers that are shown as percentages: one warning a column.
///
/// The stored 0.763 is used as it is, and a page would say 0.8% where Excel shows 76.3%.
pub(super) fn shown_otherwise(cells: &[Stored]) -> Vec<Problem> {
    let mut columns: BTreeMap<Option<u32>, Vec<&Stored>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| matches!(cell.content, Content::Percentage(_))) {
        columns.entry(cell.place.column).or_default().push(cell);
    }
    let warn = |cells: Vec<&Stored>| {
        let first = cells[0];
        let text = first.content.text();
        Problem::warning(Code::WorkbookCell, first.place.clone())
            .text(text)
            .message(format!(
                "パーセントの表示形式のセルです（この列に{}個）。表示でなく、保存された値（{text}）を使います",
                cells.len()
            ))
            .hint("単位を % にするときは、76.3 のように100倍の値を書き、表示形式を「標準」か「数値」にしてください")
    };
    columns.into_values().map(warn).collect()
}

/// The shortest decimal text of a stored number, with at least so many digits after the point.
///
/// Numbers that Excel computed are cut to the digits that Excel itself computes with: the
/// stored 0.30000000000000004 is 0.3.
fn decimal(number: f64, least: usize) -> String {
    let shortest = number.to_string();
    let significant = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.trim_start_matches('0').trim_end_matches('0').len()
    };
    let mut text = shortest;
    if significant(&text) > EXCEL_DIGITS {
        let rounded = format!("{number:.*e}", EXCEL_DIGITS - 1);
        text = rounded.parse::<f64>().map_or(text, |number| number.to_string());
    }
    let after = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let numeric = text.bytes().all(|b| b.is_ascii_digit() || b"-.".contains(&b));
    if numeric && after < least {
        if after == 0 {
            text.push('.');
        }
        text.push_str(&"0".repeat(least - after));
    }
    text
}

/// How many digits after the point a number format shows always: 1 for `0.0` or `#,##0.0`.
///
/// They are kept as zeros, so that 40.0 does not become 40; digits are never taken away.
fn decimals(format: &str) -> usize {
    let first = format.split(';').next().unwrap_or_default();
    let plain = first.trim_end_matches(['_', ' ', ')']);
    let known = |c: char| "#0,.".contains(c);
    if !plain.chars().all(known) {
        return 0;
    }
    let fraction = plain.split_once('.').map_or("", |(_, fraction)| fraction);
    fraction.chars().take_while(|c| *c == '0').count().min(EXCEL_DIGITS)
}

/// `2025-04-01`; a time of day stays beside it.
fn date(moment: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let whole_day = moment.as_f64().fract() == 0.0;
    match (moment.is_datetime(), whole_day) {
        (true, true) => format!("{year:04}-{month:02}-{day:02}"),
        (true, false) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        (false, _) => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_their_shortest_decimal_text_without_binary_noise() {
        for (number, text) in [
            (76.3, "76.3"),
            (0.1 + 0.2, "0.3"),
            (1.1 * 1.1, "1.21"),
            (-346.0, "-346"),
            (123_456_789_012_345.0, "123456789012345"),
            (2.675, "2.675"),
            (1e-7, "0.0000001"),
            (0.0, "0"),
        ] {
            assert_eq!(decimal(number, 0), text);
        }
    }

    #[test]
    fn a_number_format_may_add_zeros_but_takes_no_digit_away() {
        assert_eq!(decimal(40.0, decimals("0.0")), "40.0");
        assert_eq!(decimal(40.0, decimals("#,##0.00_ ")), "40.00");
        assert_eq!(decimal(38.46, decimals("0.0")), "38.46");
        assert_eq!(decimal(40.0, decimals("General")), "40");
        assert_eq!(decimal(40.0, decimals("0.0\"人\"")), "40");
    }
}
