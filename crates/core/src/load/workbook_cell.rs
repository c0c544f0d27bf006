//! What one cell of a workbook stores, as text, and what is wrong or surprising about it.

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

use super::number_format::{Difference, ShownNumber, is_day, shown_day, shown_number, whole_day};
use crate::problem::{Code, Place, Problem};

/// Excel computes with so many digits; what lies beyond is noise of binary numbers.
const EXCEL_DIGITS: usize = 15;

/// What a cell stores.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Text(String),
    Number(String),
    /// `#DIV/0!` and its like.
    Error(String),
    Switch(bool),
    /// A formula that no program has computed yet.
    Uncomputed,
}

/// What a cell shows, where that is not what it stores.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shown {
    Number(ShownNumber),
    /// A year, a month or a fiscal year of a day.
    Day(String),
    /// The day itself, in another form: 令和7年5月12日.
    WholeDay(String),
}

/// A cell with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stored {
    pub content: Content,
    pub shown: Option<Box<Shown>>,
    /// It is struck out.
    pub is_struck: bool,
    pub place: Place,
}

impl Content {
    /// Reads a value and what is shown of it; `None` for an empty cell. `format` is the number
    /// format of the cell.
    pub fn read(
        value: &DataRef<'_>,
        format: &str,
        (uncomputed, is_1904): (bool, bool),
    ) -> Option<(Self, Option<Shown>)> {
        let number = |text: String| {
            let shown = shown_number(format, &text).map(Shown::Number);
            (Content::Number(text), shown)
        };
        let day = |moment: ExcelDateTime| {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let part = || shown_day(format, (year, month, day)).map(Shown::Day);
            let whole = || whole_day(format, (year, month, day)).map(Shown::WholeDay);
            let shown = moment.is_datetime().then(|| part().or_else(whole));
            (Content::Text(date(moment)), shown.flatten())
        };
        let as_day = |number: f64| {
            is_day(format).then(|| ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904))
        };
        let text = |text: String| (Content::Text(text), None);
        Some(match value {
            DataRef::Empty if uncomputed => (Content::Uncomputed, None),
            DataRef::Empty => return None,
            DataRef::String(written) => text(written.clone()),
            DataRef::SharedString(written) => text((*written).to_owned()),
            DataRef::Int(value) => match as_day(*value as f64) {
                Some(moment) => day(moment),
                None => number(with_zeros(value.to_string(), decimals(format))),
            },
            DataRef::Float(value) => match as_day(*value) {
                Some(moment) => day(moment),
                None => number(decimal(*value, decimals(format))),
            },
            DataRef::Bool(switch) => (Content::Switch(*switch), None),
            DataRef::DateTime(moment) => day(*moment),
            DataRef::DateTimeIso(written) | DataRef::DurationIso(written) => {
                text(written.strip_suffix("T00:00:00").unwrap_or(written).to_owned())
            }
            DataRef::Error(error) => (Content::Error(error.to_string()), None),
        })
    }

    /// The text that goes into the table.
    pub fn text(&self) -> &str {
        match self {
            Content::Text(text) | Content::Number(text) | Content::Error(text) => text,
            Content::Switch(true) => "TRUE",
            Content::Switch(false) => "FALSE",
            Content::Uncomputed => "",
        }
    }
}

impl Stored {
    /// Takes what the sheet shows of a number or a day for what it stores: a table of any kind is
    /// printed as it is seen, 47.9% and not 0.478708206885848.
    pub fn take_what_is_shown(&mut self) {
        let content = match self.shown.as_deref() {
            Some(Shown::Number(shown))
                if matches!(shown.difference, Difference::Percent | Difference::Rounded) =>
            {
                Content::Number(shown.text.trim().to_owned())
            }
            Some(Shown::Day(text) | Shown::WholeDay(text)) => Content::Text(text.clone()),
            _ => return,
        };
        (self.content, self.shown) = (content, None);
    }

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
            Content::Text(_) | Content::Number(_) => return None,
        })
    }
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
    with_zeros(text, least)
}

/// A number with at least so many digits after the point.
fn with_zeros(mut text: String, least: usize) -> String {
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
