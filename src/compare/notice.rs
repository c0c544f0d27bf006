//! The notice on the cover of an official version with data that is not final.

use super::Edition;
use super::causes::Causes;
use super::draft::Draft;
use super::expect::MANIFEST;
use super::grids::{CellChange, GridChanges};
use super::items::ItemKind;
use super::printed::{Kind, PrintedChange};
use super::rows_of::RowsOf;
use soukatsu_core::model::report::PageKind;

/// What the covers say of data that is not final.
pub(super) fn of_notice(
    old: Edition<'_>,
    new: Edition<'_>,
    data: &GridChanges,
    rows: &RowsOf<'_>,
) -> Option<(usize, PrintedChange)> {
    if old.notice == new.notice {
        return None;
    }
    let edition = if new.notice.is_some() { new } else { old };
    let pages = edition.report.pages.iter().enumerate();
    let covers: Vec<usize> =
        pages.filter(|(_, page)| page.kind == PageKind::Cover).map(|(row, _)| row).collect();
    let says = |cell: &CellChange| {
        let keys = [".state", ".preliminary", ".provisional"];
        cell.table == MANIFEST && keys.iter().any(|key| cell.row.ends_with(key))
    };
    let cells = data.cells.iter().enumerate();
    let cells = cells.filter(|(_, cell)| says(cell)).map(|(index, _)| index).collect();
    let spot = "表紙の「仮データを含む」の表示".to_owned();
    let draft = Draft {
        causes: Causes { cells, ..Causes::default() },
        ..Draft::new(Kind::Item(ItemKind::Heading), spot, &covers)
    };
    let text = |notice: Option<&str>| notice.map(str::to_owned);
    let change = draft.finish(rows, text(old.notice), text(new.notice));
    (!covers.is_empty()).then(|| (rows.order(&covers), change))
}
