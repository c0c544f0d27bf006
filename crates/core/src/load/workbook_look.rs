//! Where a sheet shows something else than what is read from it: formats, hidden and struck-out
//! cells. Each is said once a column, before anything is printed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::number_format::Difference;
use super::table::excel_column;
use super::workbook_cell::{Content, Shown, Stored};
use super::workbook_parts::SheetLook;
use crate::problem::{Code, Place, Problem};

/// Where the table stands in its sheet: rows and columns from 1.
pub(super) struct Area {
    pub rows: RangeInclusive<u32>,
    pub columns: RangeInclusive<u32>,
}

impl Area {
    fn holds(&self, cell: &Stored) -> bool {
        self.rows.contains(&row(cell)) && self.columns.contains(&column(cell))
    }

    /// Whether a cell names something: it stands in the header or in the first column.
    fn is_name(&self, cell: &Stored) -> bool {
        row(cell) == *self.rows.start() || column(cell) == *self.columns.start()
    }
}

fn row(cell: &Stored) -> u32 {
    cell.place.line.unwrap_or(1)
}

fn column(cell: &Stored) -> u32 {
    cell.place.column.unwrap_or(1)
}

/// What cells of one column may have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Number(Difference),
    Day,
    Struck,
    StruckPart,
    TextNumber,
}

/// Everything about the look of a table that its reader should know.
pub(super) fn notes(cells: &[Stored], look: &SheetLook, area: &Area) -> Vec<Problem> {
    let cells: Vec<&Stored> = cells.iter().filter(|cell| area.holds(cell)).collect();
    let mut problems = Vec::new();
    problems.extend(hidden_rows(&cells, look));
    problems.extend(hidden_columns(&cells, look));
    let struck = struck_rows(&cells);
    problems.extend(struck_row(&cells, &struck));
    let parts: BTreeSet<(u32, u32)> = look.struck_parts.iter().copied().collect();
    let numeric: BTreeSet<u32> = cells
        .iter()
        .filter(|cell| matches!(cell.content, Content::Number(_)) && !area.is_name(cell))
        .map(|cell| column(cell))
        .collect();
    let mut groups: BTreeMap<(u32, Kind), Vec<&Stored>> = BTreeMap::new();
    for cell in &cells {
        let mut add = |kind| groups.entry((column(cell), kind)).or_default().push(cell);
        match cell.shown.as_deref() {
            Some(Shown::Number(shown)) => {
                let worded = shown.difference == Difference::Worded;
                if !worded || (area.is_name(cell) && !is_year(cell, &shown.text)) {
                    add(Kind::Number(shown.difference));
                }
            }
            Some(Shown::Day(_)) => add(Kind::Day),
            Some(Shown::WholeDay(_)) | None => {}
        }
        if cell.is_struck && !struck.contains(&row(cell)) {
            add(Kind::Struck);
        } else if !cell.is_struck && parts.contains(&(row(cell) - 1, column(cell) - 1)) {
            add(Kind::StruckPart);
        }
        let as_text = matches!(&cell.content, Content::Text(text) if is_plain_number(text));
        if as_text && !area.is_name(cell) && numeric.contains(&column(cell)) {
            add(Kind::TextNumber);
        }
    }
    problems.extend(groups.into_iter().map(|((_, kind), cells)| note(kind, &cells)));
    problems
}

/// 2024 shown as 2024年度 is the same year.
fn is_year(cell: &Stored, shown: &str) -> bool {
    let stored = cell.content.text();
    let words = shown.strip_prefix(stored).unwrap_or(shown);
    stored.len() == 4 && ["年", "年度"].contains(&words)
}

fn is_plain_number(text: &str) -> bool {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.chars().any(|c| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || ".,".contains(c))
}

fn note(kind: Kind, cells: &[&Stored]) -> Problem {
    let first = cells[0];
    let stored = first.content.text();
    let shown = match first.shown.as_deref() {
        Some(Shown::Number(shown)) => shown.text.trim(),
        Some(Shown::Day(text) | Shown::WholeDay(text)) => text,
        None => "",
    };
    let count = format!("この列に{}個", cells.len());
    let problem = |severity: fn(Code, Place) -> Problem| {
        severity(Code::WorkbookCell, first.place.clone()).text(stored)
    };
    let both = match shown {
        "" => format!("画面では空に見えますが、保存された値（{stored}）を使います"),
        shown => {
            format!("画面の表示「{shown}」でなく、保存された値（{stored}）を使います")
        }
    };
    let told = |what: &str, hint: &str| {
        problem(Problem::warning).message(format!("{what}（{count}）。{both}")).hint(hint)
    };
    match kind {
        Kind::Number(Difference::Percent) => told(
            "パーセントの表示形式のセルです",
            "単位を % にするときは、76.3 のように100倍の値を書き、表示形式を「標準」か「数値」にしてください",
        ),
        Kind::Number(Difference::Scaled) => told(
            "桁を縮める表示形式（#,##0, など）のセルです",
            "表示の値を使うときは、その値を書いて表示形式を「標準」か「数値」にしてください。保存された値を使うときは、単位を合わせ、表示形式を直してください",
        ),
        Kind::Number(Difference::Rounded) => told(
            "表示が丸められているセルです",
            "表示の値を使うときは、その値を書くか、式で丸めて（ROUND）ください。保存された値を使うときは、表示形式の小数の桁を増やしてください",
        ),
        Kind::Number(Difference::Blank) => told(
            "値を見せない表示形式のセルです",
            "値がないのなら空のセルにし、あるのなら表示形式を「標準」か「数値」にしてください",
        ),
        Kind::Number(Difference::Unsigned) => told(
            "負の数の符号を見せない表示形式のセルです",
            "表示形式を、負の数に - か ▲ の付くものにしてください",
        ),
        Kind::Number(Difference::Padded) => told(
            "先頭に0を足す表示形式のセルです",
            "先頭の0も要るときは、表示形式を「文字列」にして入力し直してください",
        ),
        Kind::Number(Difference::Worded) => told(
            "表示形式で文字を足したセルです",
            "足した文字も要るときは、表示形式を「文字列」にして、表示のとおりに入力し直してください",
        ),
        Kind::Day => told(
            "日付の一部だけか、年度を表示するセルです",
            "年度や月として使うときは、表示形式を「文字列」にして、R6 や 4月 のように入力し直してください",
        ),
        Kind::Struck => problem(Problem::warning)
            .message(format!("取り消し線の付いたセルです（{count}）。消したはずの「{stored}」も読みました"))
            .hint("要らないものは消し、要るものは取り消し線を外してください"),
        Kind::StruckPart => problem(Problem::warning)
            .message(format!(
                "文字の一部に取り消し線のあるセルです（{count}）。線を引いた文字も含めて「{stored}」と読みました"
            ))
            .expected("線を引いた文字のないセル")
            .hint("線を引いた文字を消してください"),
        Kind::TextNumber => problem(Problem::note)
            .message(format!("文字として入った数です（{count}）。「{stored}」を数として読みました"))
            .hint("このまま読めますが、Excelの合計などには入りません。表示形式を「数値」にして入力し直すことを勧めます"),
    }
}

/// The first stored cell of rows or columns, and how many of them.
fn hidden(
    cells: &[&Stored],
    is_hidden: impl Fn(&Stored) -> bool,
    line: fn(&Stored) -> u32,
) -> Option<(Place, String, usize)> {
    let found: Vec<&&Stored> = cells.iter().filter(|cell| is_hidden(cell)).collect();
    let first = found.first()?;
    let lines: BTreeSet<u32> = found.iter().map(|cell| line(cell)).collect();
    Some((first.place.clone(), first.content.text().to_owned(), lines.len()))
}

fn hidden_rows(cells: &[&Stored], look: &SheetLook) -> Option<Problem> {
    let (place, text, count) =
        hidden(cells, |cell| look.hidden_rows.contains(&(row(cell) - 1)), row)?;
    let how = if look.is_filtered {
        "フィルターで隠れた行か、非表示の行です"
    } else {
        "非表示の行です"
    };
    Some(
        Problem::warning(Code::WorkbookCell, place)
            .text(text)
            .message(format!(
                "{how}（この表に{count}行）。画面に出ていない行も、データとして読みました"
            ))
            .hint("使わない行は消すか別のシートに移し、使う行は表示してください"),
    )
}

fn hidden_columns(cells: &[&Stored], look: &SheetLook) -> Option<Problem> {
    let is_hidden = |cell: &Stored| {
        let column = column(cell) - 1;
        look.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    };
    let (place, text, count) = hidden(cells, is_hidden, column)?;
    let name = excel_column(place.column.unwrap_or(1) as usize - 1);
    Some(
        Problem::warning(Code::WorkbookCell, place)
            .text(text)
            .message(format!("非表示の列です（{name}列など、この表に{count}列）。画面に出ていない列も、データとして読みました"))
            .hint("使わない列は消すか別のシートに移し、使う列は表示してください"),
    )
}

/// The rows of which every cell is struck out.
fn struck_rows(cells: &[&Stored]) -> BTreeSet<u32> {
    let mut rows: BTreeMap<u32, bool> = BTreeMap::new();
    for cell in cells {
        *rows.entry(row(cell)).or_insert(true) &= cell.is_struck;
    }
    rows.into_iter().filter(|(_, struck)| *struck).map(|(row, _)| row).collect()
}

fn struck_row(cells: &[&Stored], struck: &BTreeSet<u32>) -> Option<Problem> {
    let first = cells.iter().find(|cell| struck.contains(&row(cell)))?;
    let text = first.content.text();
    Some(
        Problem::warning(Code::WorkbookCell, first.place.clone())
            .text(text)
            .message(format!(
                "取り消し線の付いた行です（この表に{}行）。消したはずの「{text}」の行も、データとして読みました",
                struck.len()
            ))
            .hint("要らない行は消し、要る行は取り消し線を外してください"),
    )
}
