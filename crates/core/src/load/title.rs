//! Rows that are no part of a table: a title above the header, remarks below the data.
//!
//! A title is left out only where nothing else can be meant, and it is said; in every other
//! case the author is asked. Nothing is lost in silence.

use super::table::{Cell, Layout, filled, without_blanks};
use crate::problem::{Code, Problem};

/// A title, a unit and a date may stand above a header; more is no table.
const MOST_TITLES: usize = 3;

/// How many rows above the header are titles.
///
/// # Errors
/// The first row of a figure's table may be a title or a header, and nobody can tell.
pub(super) fn count(rows: &[Vec<Cell>], layout: Layout<'_>) -> Result<usize, Box<Problem>> {
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
        // One column only, or a header with a blank corner.
        Layout::Figure if single == rows.len() => Ok(0),
        Layout::Figure if rows.first().is_none_or(|row| row[0].text.is_empty()) => Ok(0),
        Layout::Figure if single == 0 => Ok(0),
        Layout::Figure => {
            let remarks = rows[1..single].iter().all(|row| {
                let told = row.iter().find(|cell| !cell.text.is_empty());
                let text = told.map_or("", |cell| cell.text.as_str());
                !row[0].text.is_empty() || text.contains("単位") || text.contains("現在")
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
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    text.chars().any(digit) && text.chars().all(|c| digit(c) || "+-−▲△.,，．%％()（） ".contains(c))
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
pub(super) fn note(row: &[Cell]) -> Option<Problem> {
    let cell = row.iter().find(|cell| !cell.text.is_empty())?;
    Some(
        Problem::note(Code::TitleRow, cell.place.clone())
            .text(&cell.text)
            .message("見出し行の上にある行を、表題として読み飛ばしました"),
    )
}

/// Whether a row under the header is a remark on the table and no data: 注：…, 資料：….
pub(super) fn is_remark(row: &[Cell]) -> bool {
    let mut texts = row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let (Some(text), None) = (texts.next(), texts.next()) else { return false };
    if row.len() < 2 {
        return false;
    }
    let text = text.trim_start_matches(['（', '(', '[', '［', '【', '<', '＜']);
    if text.starts_with(['※', '＊', '*']) {
        return true;
    }
    ["注", "注釈", "資料", "出典", "備考"].iter().any(|word| {
        let rest = text.strip_prefix(word).map(|rest| rest.trim_start_matches(is_digit));
        let sign = |c: char| "：:）)］]】>＞．. 、　".contains(c);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(sign))
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Says that a remark cannot stand under a table.
pub(super) fn remark(row: &[Cell]) -> Option<Problem> {
    let cell = row.iter().find(|cell| !cell.text.is_empty())?;
    Some(
        Problem::error(Code::StrayRow, cell.place.clone())
            .text(&cell.text)
            .message("表の中に、データでない行（注や資料）があります")
            .hint(
                "この行を消してください。図の資料は report.toml の source に、注は文章に書きます",
            ),
    )
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
    fn remarks_under_a_table_are_told_and_categories_that_begin_alike_are_not() {
        for remark in [
            "注：速報値",
            "（注）四捨五入",
            "資料：市民課",
            "※1 速報値",
            "注1）速報値",
            "出典 総務省",
        ] {
            assert_eq!(told(&format!("年代,値\n10代,5\n{remark},\n")), Code::StrayRow, "{remark}");
        }
        let table = read("項目,値\n注文,5\n資料館,\n", Layout::Figure).unwrap();
        assert_eq!(table.records.len(), 2);
    }
}
