//! The rows of the page map as they were laid out: whether they run over, and their pages.

use typst_layout::PagedDocument;

use super::row_marks::{Mark, marks};
use soukatsu_core::problem::{Code, Place, Problem};

/// A page row that must not run over: its place in report.toml and the pages it may take.
#[derive(Debug, Clone)]
pub struct RowLimit {
    pub index: usize,
    pub pages: usize,
    /// How the problem calls the row.
    pub name: String,
    pub place: Place,
}

/// The rows that take more pages than they may, by their indices.
pub fn rows_over(document: &PagedDocument, rows: &[RowLimit]) -> Vec<usize> {
    let ends = marks(document, "soukatsu-row-end");
    let starts = marks(document, "soukatsu-row");
    let is_over = |row: &&RowLimit| {
        let both = starts.get(&row.index).zip(ends.get(&row.index));
        both.is_some_and(|(start, end)| end.page + 1 - start.page > row.pages)
    };
    rows.iter().filter(is_over).map(|row| row.index).collect()
}

/// Finds the page rows that take more pages than they may.
///
/// The template marks the beginning of every row with the metadata `soukatsu-row`, and its end
/// with `soukatsu-row-end`; both hold the row's index.
pub fn overflows(document: &PagedDocument, rows: &[RowLimit]) -> Vec<Problem> {
    let starts = marks(document, "soukatsu-row");
    let ends = marks(document, "soukatsu-row-end");
    let mut problems = Vec::new();
    // Pages that earlier rows took too many: the page is named by its number without them.
    let mut shift = 0;
    for row in rows {
        let (Some(start), Some(end)) = (starts.get(&row.index), ends.get(&row.index)) else {
            continue;
        };
        let used = end.page + 1 - start.page;
        if used <= row.pages {
            continue;
        }
        let number = start.label.map(|number| number.saturating_sub(shift));
        shift += (used - row.pages) as u64;
        let over = match used - row.pages {
            1 => format!("約{:.0}mm", (end.y - start.y).max(1.0) / 72.0 * 25.4),
            more => {
                format!("{}ページと約{:.0}mm", more - 1, (end.y - start.y).max(1.0) / 72.0 * 25.4)
            }
        };
        problems.push(
            Problem::error(Code::PageOverflow, row.place.clone())
                .text(&row.name)
                .message(format!(
                    "ページ{}に収まりません。{over}あふれています",
                    number.map_or_else(
                        || format!("「{}」", row.name),
                        |n| format!(" {n}「{}」", row.name)
                    ),
                ))
                .expected(format!("{}ページ以内", row.pages))
                .hint(
                    "文章を短くする、図の height を小さくする、または `pages` を増やしてください",
                ),
        );
    }
    problems
}

/// The pages on which a row of the page map came to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPages {
    /// Its index in the page map.
    pub row: usize,
    /// The first physical page, from 0.
    pub first: usize,
    pub count: usize,
    /// The printed number of the first page.
    pub printed: Option<u64>,
}

/// Where the rows of the page map came to stand, in their order; the appendix behind them is a
/// row of its own.
pub fn row_pages(document: &PagedDocument) -> Vec<RowPages> {
    let ends = marks(document, "soukatsu-row-end");
    let starts = marks(document, "soukatsu-row").into_iter();
    let pages = |(row, start): (usize, Mark)| {
        let end = ends.get(&row)?;
        let count = (end.page + 1).saturating_sub(start.page);
        Some(RowPages { row, first: start.page, count, printed: start.label })
    };
    let mut rows: Vec<RowPages> = starts.filter_map(pages).collect();
    rows.sort_by_key(|pages| pages.row);
    if let Some(last) = rows.last() {
        let (row, first) = (last.row + 1, last.first + last.count);
        let printed = document.pages().get(first).filter(|page| page.numbering.is_some());
        let count = document.pages().len().saturating_sub(first);
        if count > 0 {
            let printed = printed.map(|page| page.number);
            rows.push(RowPages { row, first, count, printed });
        }
    }
    rows
}
