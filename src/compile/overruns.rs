//! Text that leaves the type area, its cell or the paper: what does not break runs on over what
//! stands beside it.
//!
//! Everything is taken from the frames of the layout, so that it holds for any template and for
//! tables that an author has made.

use std::collections::{BTreeMap, BTreeSet};

use typst::layout::{Abs, Rect};
use typst::syntax::Span;
use typst_layout::PagedDocument;

use super::cells::{CellText, Column, Line, Seen, seen};
use super::row_marks::marks;
use super::rows::{RowLimit, row_pages};
use super::wide_tables::WideTable;
use crate::world::ReportWorld;
use soukatsu_core::problem::{Code, Place, Problem, printable};

/// Less is not seen, and comes of rounding.
const TOLERANCE: Abs = Abs::raw(0.3);
/// A word is told in full up to so many characters.
const LONGEST_WORD: usize = 40;
/// So many columns of a row are named.
const NAMED_COLUMNS: usize = 4;

/// Finds text that runs over.
///
/// `text_width`: of the template's type area, in pt. `cell_place`: where a text of a table stands
/// in the data, by the name of its row and by itself. `told`: tables of which is told already that
/// they are too wide.
pub fn overruns(
    document: &PagedDocument,
    world: &ReportWorld,
    rows: &[RowLimit],
    text_width: f64,
    cell_place: &dyn Fn(&str, &str) -> Option<Place>,
    told: &[WideTable],
) -> Vec<Problem> {
    let starts = marks(document, "soukatsu-row");
    let spans = row_pages(document);
    let seen = seen(document);
    let mut problems = Vec::new();
    // What runs over on the page of a table that is told to be too wide is that table.
    let is_told = |index: usize| told.iter().any(|table| table.page == index);
    for (index, page) in seen.iter().enumerate().filter(|(index, _)| !is_told(*index)) {
        let span = spans.iter().find(|row| (row.first..row.first + row.count).contains(&index));
        let row = span.and_then(|span| rows.get(span.row));
        let mark = span.and_then(|span| starts.get(&span.row)).or(starts.values().next());
        let name = row.map_or("付録".to_owned(), |row| format!("「{}」", row.name));
        let number = &document.pages()[index];
        let number = number.numbering.as_ref().map(|_| format!(" {}", number.number));
        let told = Told {
            page: format!("ページ{}{name}", number.unwrap_or_default()),
            place: row.map_or_else(|| Place::file("report.toml"), |row| row.place.clone()),
        };
        problems.extend(told.in_cells(page, world, cell_place));
        let paper = document.pages()[index].frame.width();
        let right = mark.map(|mark| (mark.x + text_width).max(paper.to_pt() - mark.x));
        problems.extend(told.in_lines(page, world, right.map_or(paper, Abs::pt)));
    }
    problems
}

/// How problems of a page name it.
struct Told {
    page: String,
    place: Place,
}

impl Told {
    /// Lines beyond the type area or off the paper.
    fn in_lines(&self, page: &Seen, world: &ReportWorld, right: Abs) -> Vec<Problem> {
        let mut told = BTreeSet::new();
        let mut problems = Vec::new();
        for line in page.lines.iter().filter(|line| !line.in_cell || line.area.max.x > page.paper.x)
        {
            let Rect { min, max } = line.area;
            let mut beyond = Vec::new();
            // What begins in the margin is meant to stand there.
            if !line.furniture && min.x < right && max.x > right + TOLERANCE + line.hanging {
                beyond.push((max.x - right, "版面の右へ"));
            }
            let bottom = page.bottom.unwrap_or(page.paper.y).min(page.paper.y);
            if !line.furniture && min.y < bottom && max.y > bottom + line.descent {
                beyond.push((max.y - bottom, "版面の下へ"));
            }
            let edges = [
                (max.x - page.paper.x, "用紙の右へ"),
                (-min.x, "用紙の左へ"),
                (max.y - page.paper.y - line.descent, "用紙の下へ"),
            ];
            beyond.extend(edges.into_iter().filter(|(by, _)| *by > TOLERANCE));
            let Some((by, whither)) = beyond.first().copied() else { continue };
            let word = line.word_beyond(right.min(page.paper.x));
            if !told.insert((whither, word.clone())) {
                continue;
            }
            let place = written(world, line.span);
            problems.push(
                Problem::error(Code::TextOverrun, place.unwrap_or_else(|| self.place.clone()))
                    .text(shortened(&word))
                    .message(format!("{}で、文字が{whither}{}はみ出しています", self.page, about(by)))
                    .expected("版面に収まること")
                    .hint("切れ目のない長い言葉は、行の中で折り返せません。短くするか、間に空白を入れてください"),
            );
        }
        problems
    }

    /// Cells that run over their neighbours: one problem a row of a table.
    fn in_cells(
        &self,
        page: &Seen,
        world: &ReportWorld,
        cell_place: &dyn Fn(&str, &str) -> Option<Place>,
    ) -> Vec<Problem> {
        let mut rows: BTreeMap<(usize, usize), Vec<&CellText>> = BTreeMap::new();
        for cell in &page.cells {
            if cell.beyond() > TOLERANCE {
                rows.entry((cell.table, cell.y)).or_default().push(cell);
            }
        }
        let problem = |((table, y), cells): ((usize, usize), Vec<&CellText>)| {
            let column = |x| page.heading(table, Column(x));
            let row = page.row_name(table, y);
            let mut names: Vec<String> =
                cells.iter().map(|cell| format!("「{}」", column(cell.x))).collect();
            names.dedup();
            let more = names.len().saturating_sub(NAMED_COLUMNS);
            names.truncate(NAMED_COLUMNS);
            let more = if more > 0 { format!("ほか{more}つ") } else { String::new() };
            let first = cells[0];
            let text = first.text.trim();
            let by = cells.iter().map(|cell| cell.beyond()).fold(Abs::zero(), Abs::max);
            let (subject, hint) = match (text.chars().any(|c| c.is_ascii_digit()), y) {
                (true, 1..) if text.chars().all(|c| !c.is_alphabetic() || !c.is_ascii()) => (
                    "数値",
                    "単位を千円・百万円などに大きくするか、表に載せる年度（列）を減らしてください。[[table]] の columns に width を書いた列なら、広げるか、width を消してください",
                ),
                _ => (
                    "文字",
                    "短い言葉にするか、切れ目になる空白を入れてください。[[table]] の columns に width を書いた列なら、広げるか、width を消してください",
                ),
            };
            let place = written(world, first.span).or_else(|| cell_place(&row, text));
            let place = place.unwrap_or_else(|| self.place.clone());
            let row = if y == 0 || row.is_empty() {
                String::new()
            } else {
                format!("「{row}」の行の")
            };
            Problem::error(Code::TextOverrun, place)
                .text(shortened(text))
                .message(format!(
                    "{}の表で、{row}{}{more}の欄の{subject}が、欄から{}はみ出しています",
                    self.page,
                    names.concat(),
                    about(by)
                ))
                .expected("どの欄も、隣の欄に重ならないこと")
                .hint(hint)
        };
        rows.into_iter().map(problem).collect()
    }
}

impl Line {
    /// The run without a blank that lies over an edge.
    fn word_beyond(&self, edge: Abs) -> String {
        let at = self.ends.iter().position(|(_, end)| *end > edge + TOLERANCE);
        let at = at.map_or(self.text.len(), |index| self.ends[index].0);
        let chars: Vec<(usize, char)> = self.text.char_indices().collect();
        let middle = chars.iter().rposition(|(start, _)| *start <= at).unwrap_or_default();
        if !chars.get(middle).is_some_and(|(_, c)| c.is_ascii_graphic()) {
            return self.text.trim().to_owned();
        }
        let part = |c: &(usize, char)| c.1.is_ascii_graphic();
        let before = chars[..middle].iter().rev().take_while(|c| part(c)).count();
        let after = chars[middle..].iter().take_while(|c| part(c)).count();
        chars[middle - before..middle + after].iter().map(|(_, c)| c).collect()
    }
}

/// Where an author wrote a text.
fn written(world: &ReportWorld, span: Option<Span>) -> Option<Place> {
    let place = span.and_then(|span| world.place_of(span));
    place.filter(|place| !place.file.starts_with("template/"))
}

fn about(by: Abs) -> String {
    format!("約{:.0}mm", by.to_mm().max(1.0))
}

fn shortened(word: &str) -> String {
    let word = printable(word);
    match word.chars().count() > LONGEST_WORD {
        true => word.chars().take(LONGEST_WORD).chain(['…']).collect(),
        false => word,
    }
}
