//! The notice on the cover of an official version with data that is not final.

use super::causes::Causes;
use super::change::{ChangeDraft, PrintedChange};
use super::page_map::PageMap;
use super::spots::Spot;
use crate::compare::data::{CellChange, MANIFEST, SettingKey, TableChanges};
use crate::compare::edition::Edition;
use soukatsu_core::model::report::PageKind;

/// What the covers say of data that is not final.
pub fn notice_change(
    old: Edition<'_>,
    new: Edition<'_>,
    data: &TableChanges,
    map: &PageMap<'_>,
) -> Option<(usize, PrintedChange)> {
    if old.notice == new.notice {
        return None;
    }
    let edition = if new.notice.is_some() { new } else { old };
    let pages = edition.report.pages.iter().enumerate();
    let covers: Vec<usize> =
        pages.filter(|(_, page)| page.kind == PageKind::Cover).map(|(row, _)| row).collect();
    let says = |cell: &CellChange| {
        let keys = ["state", "preliminary", "provisional"];
        cell.table == MANIFEST && keys.iter().any(|key| SettingKey(&cell.row).ends_in(key))
    };
    let cells = data.cells.iter().enumerate();
    let cells = cells.filter(|(_, cell)| says(cell)).map(|(index, _)| index).collect();
    let draft = ChangeDraft {
        causes: Causes { cells, ..Causes::default() },
        ..ChangeDraft::new(Spot::ProvisionalNotice, &covers)
    };
    let text = |notice: Option<&str>| notice.map(str::to_owned);
    let change = draft.finish(map, text(old.notice), text(new.notice));
    (!covers.is_empty()).then(|| (map.order(&covers), change))
}
