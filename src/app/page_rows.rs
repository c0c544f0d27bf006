//! The rows of the page map as the layout is held against them.

use crate::compile::{RowLimit, RowSides};
use soukatsu_core::model::report::{PageFormat, PageKind, PageRow, Print, Report};

/// What a row of the page map may take.
pub(super) fn row_limit((index, row): (usize, &PageRow)) -> RowLimit {
    let name = match row.name() {
        name if name.is_empty() => format!("{}番目の [[page]]", index + 1),
        name => name,
    };
    RowLimit { index, pages: row.pages, name, place: row.place.clone() }
}

/// What the rows ask of the sheets when they are printed like this.
pub(super) fn row_sides(report: &Report, print: Print) -> Vec<RowSides> {
    let rows = report.pages.iter().enumerate();
    rows.map(|(index, row)| sides_of_row(row, &row_limit((index, row)), print)).collect()
}

fn sides_of_row(row: &PageRow, limit: &RowLimit, print: Print) -> RowSides {
    let chapter = row.chapter.as_ref().map(|(number, title)| format!("第{number}章「{title}」"));
    RowSides {
        index: limit.index,
        right: row.sides.right || (print.chapters_right && chapter.is_some()),
        name: chapter.unwrap_or_else(|| format!("「{}」", limit.name)),
        place: row.place.clone(),
        pages: row.pages,
        blank_back: row.sides.blank_back,
        blank: row.kind == PageKind::Blank,
        fold_out: print.duplex && row.format == PageFormat::FoldOut,
    }
}
