//! Rows that stand on the wrong side of the paper: not on a right-hand page, with something
//! printed on a back that must be blank, or half on a sheet of another size.

use typst_layout::PagedDocument;

use super::row_marks::marks;
use soukatsu_core::problem::{Code, Place, Problem};

/// A row of the page map with what it asks of the sheets.
#[derive(Debug, Clone)]
pub struct RowSides {
    pub index: usize,
    /// How a problem calls the row.
    pub name: String,
    pub place: Place,
    /// At most so many pages, as far as they are known to fit.
    pub pages: usize,
    /// It begins on the front of a sheet.
    pub right: bool,
    /// Nothing is printed on the back of its last page.
    pub blank_back: bool,
    /// It is itself a side on which nothing is printed.
    pub blank: bool,
    /// Its pages are sheets of their own, printed on both sides: no other page is on their backs.
    pub fold_out: bool,
}

/// Finds the rows whose pages do not lie as report.toml says: a template of one's own may know of
/// upright pages only. `wide`: the rows that want pages wider than high.
pub fn wrong_formats<'a>(
    document: &PagedDocument,
    wide: impl Iterator<Item = (usize, &'a Place)>,
) -> Vec<Problem> {
    let starts = marks(document, "soukatsu-row");
    let is_upright = |row: &usize| {
        let page = starts.get(row).and_then(|mark| document.pages().get(mark.page));
        page.is_some_and(|page| page.frame.width() <= page.frame.height())
    };
    wide.filter(|(row, _)| is_upright(row))
        .map(|(_, place)| {
            Problem::error(Code::WrongPaper, place.clone())
                .message("横向き又は折込みのページが、縦のA4で組まれています。テンプレートが、この行の用紙に応じていません")
                .expected("テンプレートが、/model/pages.json の format（landscape、fold-out）に応じて用紙を変えること")
                .hint("テンプレートを直すか、orientation と paper の行を消してください")
        })
        .collect()
}

/// Finds the rows that stand on the wrong side.
///
/// Every row is judged as if the faults of the rows before it were mended as their hints say,
/// so that one run tells all blank sides that are missing, and none too many.
pub fn wrong_sides(document: &PagedDocument, rows: &[RowSides]) -> Vec<Problem> {
    let starts = marks(document, "soukatsu-row");
    let ends = marks(document, "soukatsu-row-end");
    let placed: Vec<Placed> = rows
        .iter()
        .filter_map(|row| {
            let (start, end) = (starts.get(&row.index)?.page, ends.get(&row.index)?.page);
            Some(Placed { row, start, pages: end + 1 - start })
        })
        .collect();
    judge(&placed, document.pages().len())
}

/// A row on its pages; `start` is the physical page from 0.
struct Placed<'a> {
    row: &'a RowSides,
    start: usize,
    pages: usize,
}

fn judge(placed: &[Placed<'_>], total: usize) -> Vec<Problem> {
    let mut problems = Vec::new();
    // Sides that the hints so far add, and those that rows took too many (S601).
    let (mut added, mut surplus) = (0, 0);
    for (position, Placed { row, start, pages }) in placed.iter().enumerate() {
        let fitting = (*pages).min(row.pages);
        let is_left = |page: usize| page % 2 == 1;
        let problem = |code, page: usize| {
            let mended = if page != *start { "（前の誤りを直した後で）" } else { "" };
            Problem::error(code, row.place.clone())
                .text(format!("表紙から数えて{}ページ目{mended}", page + 1))
        };
        let mut first = start + added - surplus;
        // What stands on the back of a sheet is on the paper of its front.
        let before = position.checked_sub(1).map(|before| placed[before].row);
        let other_paper = before.is_some_and(|before| before.fold_out != row.fold_out);
        if other_paper && is_left(first) {
            let blank = "`kind = \"blank\"` の `[[page]]` を加えてください";
            let found = match (row.fold_out, before) {
                (false, Some(before)) => Problem::error(Code::WrongPaper, before.place.clone())
                    .text(format!("表紙から数えて{}ページ目", first))
                    .message(format!("{}の折込み（A3）の裏が、A4のページになります", before.name))
                    .expected("折込みの裏が、A3のページか、A3の白紙であること")
                    .hint("この行の後に、`kind = \"blank\"` と `paper = \"A3\"` の `[[page]]` を加えてください"),
                _ => problem(Code::WrongPaper, first)
                    .message(format!("{}の折込み（A3）が、A4のページの裏から始まります", row.name))
                    .expected("折込みが用紙の表（奇数のページ）から始まること")
                    .hint(format!("この行の前に、{blank}")),
            };
            problems.push(found);
            (added, first) = (added + 1, first + 1);
        }
        // A single page with a blank back is the front of its sheet.
        let right = row.right || (row.blank_back && fitting % 2 == 1);
        if right && is_left(first) {
            problems.push(
                problem(Code::WrongSide, first)
                    .message(format!("{}が左ページ（用紙の裏）から始まります", row.name))
                    .expected("右ページ（用紙の表。奇数のページ）から始まること")
                    .hint("この行の前に、`kind = \"blank\"` の `[[page]]` を加えてください"),
            );
            (added, first) = (added + 1, first + 1);
        }
        if row.blank_back {
            let ends = start + pages == total;
            let blank_follows = placed.get(position + 1).is_some_and(|next| next.row.blank);
            if is_left(first + fitting - 1) {
                problems.push(
                    problem(Code::PrintedBack, first)
                        .message(format!("{}の最後のページが用紙の裏に来ています", row.name))
                        .expected("最後のページが用紙の表で、その裏が白紙であること")
                        .hint("この行を奇数のページ数に収めてください"),
                );
            } else if !ends && !blank_follows {
                problems.push(
                    problem(Code::PrintedBack, first)
                        .message(format!("{}の裏に次のページが印刷されます", row.name))
                        .expected("裏が白紙であること")
                        .hint("この行の後に、`kind = \"blank\"` の `[[page]]` を加えてください"),
                );
                added += 1;
            }
        }
        surplus += pages - fitting;
    }
    problems.extend(appendix_on_a_fold_out(placed, total, added, surplus));
    problems
}

/// The appendix behind all rows, when it would begin on the back of a fold-out.
fn appendix_on_a_fold_out(
    placed: &[Placed<'_>],
    total: usize,
    added: usize,
    surplus: usize,
) -> Option<Problem> {
    let Placed { row, start, pages } = placed.last()?;
    let end = start + pages;
    let on_its_back = row.fold_out && end < total && (end + added - surplus) % 2 == 1;
    on_its_back.then(|| {
        Problem::error(Code::WrongPaper, row.place.clone())
            .text(format!("表紙から数えて{}ページ目", end + added - surplus))
            .message(format!("{}の折込み（A3）の裏が、付録のページになります", row.name))
            .expected("折込みの裏が、A3のページか、A3の白紙であること")
            .hint("この行の後に、`kind = \"blank\"` と `paper = \"A3\"` の `[[page]]` を加えてください")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(pages: usize) -> RowSides {
        RowSides {
            index: 0,
            name: "行".into(),
            place: Place::file("report.toml"),
            pages,
            right: false,
            blank_back: false,
            blank: false,
            fold_out: false,
        }
    }

    fn fold_out() -> RowSides {
        RowSides { fold_out: true, ..plain(1) }
    }

    fn right() -> RowSides {
        RowSides { right: true, ..plain(1) }
    }

    fn slip() -> RowSides {
        RowSides { blank_back: true, ..plain(1) }
    }

    fn blank() -> RowSides {
        RowSides { blank: true, ..plain(1) }
    }

    /// The codes with the row (from 0) that each is told of; rows take the pages beside them.
    fn faults(rows: &[(RowSides, usize)], behind: usize) -> Vec<(Code, u32)> {
        let mut start = 0;
        let mut numbered: Vec<(RowSides, usize)> = rows.to_vec();
        for (line, (row, _)) in numbered.iter_mut().enumerate() {
            row.place = Place::at("report.toml", line as u32, 1);
        }
        let mut place = |(row, pages)| {
            start += pages;
            Placed { row, start: start - pages, pages }
        };
        let placed: Vec<Placed> =
            numbered.iter().map(|(row, pages)| place((row, *pages))).collect();
        let found = judge(&placed, start + behind);
        found.iter().map(|problem| (problem.code, problem.place.line.unwrap())).collect()
    }

    fn one_page(rows: &[RowSides]) -> Vec<(RowSides, usize)> {
        rows.iter().map(|row| (row.clone(), 1)).collect()
    }

    #[test]
    fn fronts_are_the_odd_pages() {
        assert_eq!(faults(&one_page(&[right(), plain(1), right()]), 0), []);
        assert_eq!(faults(&one_page(&[plain(1), right()]), 0), [(Code::WrongSide, 1)]);
    }

    #[test]
    fn a_fault_that_mending_another_one_mends_is_not_told() {
        // With the blank side that the first fault asks for, the second row stands right.
        let rows = one_page(&[plain(1), right(), plain(1), right()]);
        assert_eq!(faults(&rows, 0), [(Code::WrongSide, 1)]);
        // And the last row, right today, would be wrong then.
        let rows = one_page(&[plain(1), right(), right()]);
        assert_eq!(faults(&rows, 0), [(Code::WrongSide, 1), (Code::WrongSide, 2)]);
    }

    #[test]
    fn the_hints_lead_to_a_report_without_faults() {
        let faulty = one_page(&[plain(1), right(), slip(), right()]);
        let (side, back) = (Code::WrongSide, Code::PrintedBack);
        assert_eq!(faults(&faulty, 0), [(side, 1), (side, 2), (back, 2)]);
        let mended = one_page(&[plain(1), blank(), right(), blank(), slip(), blank(), right()]);
        assert_eq!(faults(&mended, 0), []);
    }

    #[test]
    fn the_back_of_a_slip_is_blank_or_the_end_of_the_report() {
        assert_eq!(faults(&one_page(&[slip(), plain(1)]), 0), [(Code::PrintedBack, 0)]);
        assert_eq!(faults(&one_page(&[slip(), blank(), plain(1)]), 0), []);
        assert_eq!(faults(&one_page(&[slip()]), 0), []);
        // An appendix behind the rows is printed on the back, too.
        assert_eq!(faults(&one_page(&[slip()]), 1), [(Code::PrintedBack, 0)]);
    }

    #[test]
    fn a_slip_is_the_front_of_its_sheet() {
        assert_eq!(faults(&one_page(&[plain(1), slip()]), 0), [(Code::WrongSide, 1)]);
        let both = [(Code::WrongSide, 1), (Code::PrintedBack, 1)];
        assert_eq!(faults(&one_page(&[plain(1), slip(), plain(1)]), 0), both);
    }

    #[test]
    fn two_pages_with_a_blank_back_need_two_sheets_and_are_told() {
        let two = RowSides { blank_back: true, ..plain(2) };
        assert_eq!(faults(&[(two.clone(), 2), (blank(), 1)], 0), [(Code::PrintedBack, 0)]);
    }

    #[test]
    fn a_fold_out_is_a_sheet_of_its_own() {
        let back = RowSides { blank: true, ..fold_out() };
        assert_eq!(faults(&one_page(&[fold_out(), back.clone(), plain(1)]), 0), []);
        assert_eq!(faults(&one_page(&[fold_out(), fold_out(), plain(1)]), 0), []);
        assert_eq!(faults(&one_page(&[plain(1), blank(), fold_out()]), 0), []);
        let code = Code::WrongPaper;
        assert_eq!(faults(&one_page(&[plain(1), fold_out()]), 0), [(code, 1)]);
        assert_eq!(faults(&one_page(&[fold_out(), plain(1), plain(1)]), 0), [(code, 0)]);
        // A blank page of A4 is no back of it.
        assert_eq!(faults(&one_page(&[fold_out(), blank()]), 0), [(code, 0)]);
        assert_eq!(faults(&one_page(&[fold_out()]), 1), [(code, 0)]);
        assert_eq!(faults(&one_page(&[fold_out(), back]), 1), []);
    }

    #[test]
    fn mended_fold_outs_have_no_faults_left() {
        let both = [(Code::WrongPaper, 1), (Code::WrongPaper, 1)];
        assert_eq!(faults(&one_page(&[plain(1), fold_out(), plain(1)]), 0), both);
        let back = RowSides { blank: true, ..fold_out() };
        let mended = one_page(&[plain(1), blank(), fold_out(), back, plain(1)]);
        assert_eq!(faults(&mended, 0), []);
    }

    #[test]
    fn pages_that_run_over_shift_no_later_row() {
        assert_eq!(faults(&[(plain(1), 2), (plain(1), 1), (right(), 1)], 0), []);
        assert_eq!(
            faults(&[(plain(2), 2), (plain(1), 1), (right(), 1)], 0),
            [(Code::WrongSide, 2)]
        );
    }
}
