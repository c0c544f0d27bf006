//! Rows of cells to a table: titles above it, its header, its records, remarks below.
//!
//! CSV files and sheets of workbooks both end here. A title is left out only where nothing else
//! can be meant, and it is said; in every other case the author is asked. Nothing is lost in
//! silence.

use std::collections::HashSet;
use std::sync::Arc;

use super::headings::{column_name, headings};
use super::table::{Cell, Layout, Record, Remark, RemarkKind, Table, without_blanks};
use crate::problem::{Code, Place, Problem};

/// A title, a unit and a date may stand above a header; more is no table.
const MOST_TITLES: usize = 3;

/// Puts rows together to a table; rows without any text are left out.
///
/// # Errors
/// No rows, a header that cannot be told from a title, a header that stands twice, and every row
/// with more cells than the header, all at once.
pub(super) fn from_rows(
    file: Arc<str>,
    mut rows: Vec<Vec<Cell>>,
    layout: Layout<'_>,
) -> Result<Table, Vec<Problem>> {
    rows.retain(|row| filled(row) > 0);
    // （単位：人） above the header, whatever column it stands in.
    let single = |row: &&Vec<Cell>| filled(row) == 1 && Remark::read(row).is_some();
    let lead = match layout {
        Layout::Plain => 0,
        _ => rows.iter().take_while(single).count(),
    };
    let titles = match title_rows(&rows[lead..], layout) {
        Ok(titles) => lead + titles,
        Err(problem) => return Err(vec![*problem]),
    };
    let mut remarks: Vec<Remark> = Vec::new();
    let mut notes = Vec::new();
    for row in &rows[..titles] {
        let remark = Remark::read(row);
        // A unit that agrees is told no further.
        if remark.as_ref().is_none_or(|remark| remark.kind == RemarkKind::Unit) {
            notes.extend(title_note(row));
        }
        remarks.extend(remark);
    }
    let header_rows = match layout {
        Layout::Table { header_rows } => header_rows.max(1),
        _ => 1,
    };
    let Some((header, body)) = rows[titles..].split_at_checked(header_rows) else {
        return Err(vec![
            Problem::error(Code::CsvSyntax, Place::file(file)).message("表が空です").expected(
                match header_rows {
                    1 => "見出し行と、1行以上のデータ".to_owned(),
                    more => format!("{more}行の見出しと、1行以上のデータ"),
                },
            ),
        ]);
    };
    let mut problems = Vec::new();
    let body = match layout {
        Layout::Plain => body.iter().collect(),
        _ => parted(body, &mut remarks),
    };
    let table = Table { notes, remarks, ..assemble(file, header, &body, &mut problems) };
    if problems.is_empty() { Ok(table) } else { Err(problems) }
}

/// The rows that hold data; what is said under them goes to `remarks`.
fn parted<'r>(body: &'r [Vec<Cell>], remarks: &mut Vec<Remark>) -> Vec<&'r Vec<Cell>> {
    let mut data = Vec::new();
    // Below the last row of several cells, a line under a remark goes on with it.
    let last = body.iter().rposition(|row| filled(row) > 1 && Remark::read(row).is_none());
    let mut goes_on = false;
    for (index, row) in body.iter().enumerate() {
        if let Some(remark) = Remark::read(row) {
            goes_on = last.is_none_or(|last| index > last);
            remarks.push(remark);
        } else if let (true, Some(remark)) = (goes_on, remarks.last_mut()) {
            let mut lines = row.iter().filter(|cell| !cell.text.is_empty());
            // 2）… under 注1）… is another one.
            let next = lines.clone().next().and_then(|cell| remark.next(cell));
            if let Some(next) = next {
                lines.next();
                remarks.push(next);
            }
            if let Some(remark) = remarks.last_mut() {
                lines.for_each(|cell| remark.go_on(&cell.text));
            }
        } else {
            data.push(row);
        }
    }
    data
}

fn assemble(
    file: Arc<str>,
    rows: &[Vec<Cell>],
    body: &[&Vec<Cell>],
    problems: &mut Vec<Problem>,
) -> Table {
    let width = |row: &Vec<Cell>| row.iter().rposition(|cell| !cell.text.is_empty());
    let width = rows.iter().filter_map(width).max().map_or(0, |last| last + 1);
    let joined = |cell: &Cell| Cell { text: one_line(&cell.text), place: cell.place.clone() };
    let rows: Vec<Vec<Cell>> =
        rows.iter().map(|row| row.iter().take(width).map(joined).collect()).collect();
    let headings = headings(&rows);
    let header: Vec<Cell> = (0..width).map(|x| column_name(&headings, x)).collect();
    let mut seen = HashSet::new();
    for cell in &header {
        if !cell.text.is_empty() && !seen.insert(cell.text.as_str()) {
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
                    .hint(match extra.place.sheet.is_some() {
                        true => "見出しの行にこの列の名前を書くか、この値を消してください",
                        false => "値の中のコンマは、セル全体を \" で囲むと1つのセルになります",
                    }),
            );
        }
        let cells: Vec<Cell> = row.iter().take(width).cloned().collect();
        let Some(first) = cells.first() else { continue };
        records.push(Record { place: first.place.clone(), cells });
    }
    Table {
        file,
        header,
        records,
        headings,
        notes: Vec::new(),
        remarks: Vec::new(),
        merged: Vec::new(),
    }
}

/// How many rows above the header are titles.
///
/// # Errors
/// The first row of a figure's table may be a title or a header, and nobody can tell.
fn title_rows(rows: &[Vec<Cell>], layout: Layout<'_>) -> Result<usize, Box<Problem>> {
    let single = rows.iter().take_while(|row| filled(row) == 1).count();
    match layout {
        Layout::Plain => Ok(0),
        Layout::Headings(names) => {
            let known = |row: &[Cell]| {
                row.iter().filter(|cell| names.contains(&&*without_blanks(&cell.text))).count()
            };
            let header = rows.iter().position(|row| known(row) >= 2).unwrap_or(0);
            Ok(if header <= single.min(MOST_TITLES) { header } else { 0 })
        }
        // Titles, a unit; and the first row of a header may hold one heading, right of the corner.
        Layout::Table { .. } if single == rows.len() => Ok(0),
        Layout::Table { header_rows } => {
            let is_heading =
                |row: &Vec<Cell>| row[0].text.is_empty() && Remark::read(row).is_none();
            let heads = rows[..single].iter().rev().take(header_rows - 1);
            let titles = single - heads.take_while(|row| is_heading(row)).count();
            match titles <= MOST_TITLES {
                true => Ok(titles),
                false => Err(Box::new(unclear(&rows[0]))),
            }
        }
        // One column only, or a header with a blank corner.
        Layout::Figure if single == rows.len() => Ok(0),
        Layout::Figure if rows.first().is_none_or(|row| row[0].text.is_empty()) => Ok(0),
        Layout::Figure if single == 0 => Ok(0),
        Layout::Figure => {
            let remarks = rows[1..single].iter().all(|row| {
                let first = row.iter().find(|cell| !cell.text.is_empty());
                let text = first.map_or("", |cell| cell.text.as_str());
                let said = text.contains("単位") || text.contains("現在");
                !row[0].text.is_empty() || said || Remark::read(row).is_some()
            });
            let data = rows[single + 1..].iter().any(|row| filled(row) > 1);
            if single <= MOST_TITLES && remarks && looks_like_header(&rows[single]) && data {
                return Ok(single);
            }
            Err(Box::new(unclear(&rows[0])))
        }
    }
}

/// A name in the first column, and one in another that is no number.
fn looks_like_header(row: &[Cell]) -> bool {
    let named = row.first().is_some_and(|cell| !cell.text.is_empty());
    named && row.iter().skip(1).any(|cell| !cell.text.is_empty() && !is_number(&cell.text))
}

fn is_number(text: &str) -> bool {
    text.chars().any(is_digit)
        && text.chars().all(|c| is_digit(c) || "+-−▲△.,，．%％()（） ".contains(c))
}

fn unclear(row: &[Cell]) -> Problem {
    let place = row[0].place.clone();
    Problem::error(Code::StrayRow, place)
        .text(&row[0].text)
        .message("この行が表題なのか見出しなのか決められません")
        .expected("1行目に見出し。例：年代,回答割合")
        .hint("見出しなら、値の列にも名前を付けてください。表題なら、その下に見出し行を置くか、表題の行を消してください")
}

/// Says that a title was left out.
fn title_note(row: &[Cell]) -> Option<Problem> {
    let cell = row.iter().find(|cell| !cell.text.is_empty())?;
    Some(
        Problem::note(Code::TitleRow, cell.place.clone())
            .text(&cell.text)
            .message("見出し行の上にある行を、表題として読み飛ばしました"),
    )
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// How many cells of a row hold text.
fn filled(row: &[Cell]) -> usize {
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

#[cfg(test)]
mod tests {
    use super::super::{Table, read_table};
    use super::*;

    const KPI: Layout<'_> = Layout::Headings(&["指標", "単位", "目標値"]);

    fn read(text: &str, layout: Layout<'_>) -> Result<Table, Vec<Problem>> {
        read_table("a.csv", text, layout)
    }

    fn told(text: &str) -> Code {
        read(text, Layout::Figure).unwrap_err()[0].code
    }

    #[test]
    fn titles_above_known_headings_are_left_out_and_said() {
        for text in [
            "表1 指標の推移\n指標,単位\nあ,人\n",
            "表1 指標の推移,,\n,,（単位：％）\n\n指標,単位,\nあ,人,\n",
            "\"表1\n指標の推移\",\n指標,単位\nあ,人\n",
        ] {
            let table = read(text, KPI).unwrap();
            assert_eq!((table.header[0].text.as_str(), table.records.len()), ("指標", 1));
            assert_eq!(table.notes[0].code, Code::TitleRow);
            assert_eq!(table.notes[0].place.line, Some(1));
        }
    }

    #[test]
    fn a_row_of_two_cells_above_the_header_is_never_left_out() {
        let table = read("表1,速報\n指標,単位\nあ,人\n", KPI).unwrap();
        assert_eq!((table.header[0].text.as_str(), table.notes.len()), ("表1", 0));
    }

    #[test]
    fn a_title_above_the_header_of_a_figure_is_left_out_and_said() {
        for text in [
            "図1 満足度\n年代,満足,不満\n10代,5,6\n",
            "図1 満足度,,\n,,（単位：％）\n年代,満足,不満\n10代,5,6\n",
        ] {
            let table = read(text, Layout::Figure).unwrap();
            assert_eq!((table.header.len(), table.records.len()), (3, 1), "{text}");
            assert_eq!(table.notes[0].text.as_deref(), Some("図1 満足度"));
        }
    }

    #[test]
    fn a_blank_corner_and_a_single_column_are_no_titles() {
        let table = read(",回答割合\n家族,38\n友人,5\n", Layout::Figure).unwrap();
        assert_eq!((table.header[1].text.as_str(), table.records.len()), ("回答割合", 2));
        let table = read("名前\n一\n二\n", Layout::Figure).unwrap();
        assert_eq!((table.header[0].text.as_str(), table.records.len()), ("名前", 2));
    }

    #[test]
    fn what_may_be_a_title_or_a_header_is_asked_for() {
        for text in [
            "年代\n10代,5\n20代,6\n",
            "図1\n年代,2019,2020\n10代,5,6\n",
            "図1\n年代,満足\n",
            "一\n二\n三\n四\n年代,満足\n10代,5\n",
            "図1\n,満足\n10代,5\n",
        ] {
            assert_eq!(told(text), Code::StrayRow, "{text}");
        }
    }

    #[test]
    fn remarks_beside_a_table_are_none_of_its_rows() {
        for remark in ["注：速報値", "注：速報値,", "（単位：人）", ",（単位：人）", "出所：市民課"]
        {
            for text in [
                format!("年代,値\n10代,5\n20代,6\n{remark}\n"),
                format!("年代,値\n10代,5\n20代,6\n\n{remark}\nつづきの行\n"),
                format!("図1 値\n{remark}\n年代,値\n10代,5\n20代,6\n"),
            ] {
                let table = read(&text, Layout::Figure).unwrap();
                assert_eq!((table.records.len(), table.remarks.len()), (2, 1), "{text}");
            }
        }
        let table = read(
            "年代,値\n10代,5\n注1 速報値\n　2）推計値\n（3）その他\nのつづき\n",
            Layout::Figure,
        );
        let table = table.unwrap();
        let bodies: Vec<&str> = table.remarks.iter().map(|remark| remark.body.as_str()).collect();
        assert_eq!(bodies, ["速報値", "推計値", "その他のつづき"]);
        let table = read("項目,値\n注文,5\n資料館,\n", Layout::Figure).unwrap();
        assert_eq!((table.records.len(), table.remarks.len()), (2, 0));
        // A category without a value under a remark in the middle stays one.
        let table = read("年代,値\n※速報値\n10代,\n20代,6\n", Layout::Figure).unwrap();
        assert_eq!((table.records.len(), table.remarks.len()), (2, 1));
    }

    #[test]
    fn a_header_that_breaks_over_lines_is_one_line() {
        assert_eq!(one_line("目標\n値"), "目標値");
        assert_eq!(one_line("net\r\n income"), "net income");
        assert_eq!(one_line("年間の 観光客数"), "年間の 観光客数");
    }
}
