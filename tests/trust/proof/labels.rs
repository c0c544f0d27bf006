//! The labels of the charts: those of changed cells must go.

use std::collections::BTreeMap;

use crate::proof::change::Change;
use crate::proof::data::Files;
use crate::proof::format;
use crate::proof::pages::{Pages, joined};
use crate::proof::printed::figure_page;

/// Labels of charts that stand as before although their cells have changed.
pub fn stale(change: &Change, files: &Files, before: &Pages, after: &Pages) -> Vec<String> {
    let Some(page) = page(change) else { return Vec::new() };
    let contents = change.contents(files);
    let mut found = Vec::new();
    if change.renames(files) {
        let (old, new) = (joined(&contents[0].0), joined(&contents[0].1));
        let times = |pages: &Pages, name: &str| pages.text(page).matches(name).count();
        let stays = times(after, &old) >= times(before, &old) && !new.contains(&old);
        if stays || times(after, &new) <= times(before, &new) {
            found.push(format!("{page}ページの図に「{old}」が残る"));
        }
    }
    let mut balance: BTreeMap<String, i32> = BTreeMap::new();
    // The one chart with a unit in its labels.
    let unit = if change.file.ends_with("fig-06-1.csv") { "%" } else { "" };
    for (old, new) in contents.iter().filter(|(old, _)| format::number(old).is_some()) {
        let label = |text: &str| format!("{}{unit}", format::with_commas(text));
        *balance.entry(label(old)).or_default() -= 1;
        *balance.entry(label(new)).or_default() += 1;
    }
    for (label, _) in balance.iter().filter(|(_, count)| **count < 0) {
        let (was, is) = (before.times(page, label), after.times(page, label));
        if was > 0 && is >= was {
            found.push(format!("{page}ページの図に「{label}」が残る"));
        }
    }
    found
}

/// The page with the chart of a changed cell.
fn page(change: &Change) -> Option<u8> {
    if let Some(name) = change.file.strip_prefix("csv/fig-") {
        return Some(figure_page(name.trim_end_matches(".csv").trim_start_matches('0')));
    }
    let row = change.cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let year = change.cell.starts_with(|c: char| ('J'..='O').contains(&c));
    match (change.file.ends_with("indicators.csv") && year, row) {
        (true, "7" | "8") => Some(8),
        (true, "14") => Some(17),
        _ => None,
    }
}
