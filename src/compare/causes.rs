//! The changed cells behind what is printed differently.

use std::collections::BTreeSet;

use super::grids::{CellChange, GridChanges};
use crate::problem::Place;

/// A name inside of a text is known by so many characters.
const SHORTEST_NAME: usize = 4;

/// The changed cells that are among some places.
pub(super) fn causes<'a>(
    data: &GridChanges,
    cells: impl Iterator<Item = &'a Place>,
    place: impl Fn(&CellChange) -> &Place,
) -> BTreeSet<usize> {
    let cells: BTreeSet<String> = cells.map(Place::located).collect();
    let changed = data.cells.iter().enumerate();
    changed.filter(|(_, change)| cells.contains(&place(change).located())).map(|(i, _)| i).collect()
}

/// The changed cells that hold just the texts that changed, or a name inside of them.
pub(super) fn alike(data: &GridChanges, was: Option<&str>, is: Option<&str>) -> BTreeSet<usize> {
    let (Some(was), Some(is)) = (was, is) else { return BTreeSet::new() };
    let explains = |cell: &CellChange| {
        let name = cell.old.chars().count() >= SHORTEST_NAME;
        (cell.old == was && cell.new == is) || (name && was.replace(&cell.old, &cell.new) == is)
    };
    let cells = data.cells.iter().enumerate();
    cells.filter(|(_, cell)| explains(cell)).map(|(index, _)| index).collect()
}

/// The cells that put a row into another group: a count rests on them, too.
pub(super) fn regrouped<'d>(
    data: &'d GridChanges,
    counted: &[Place],
    place: fn(&CellChange) -> &Place,
) -> impl Iterator<Item = usize> + use<'d> {
    let rows: BTreeSet<(String, Option<u32>)> = counted.iter().map(row_of).collect();
    let groups = |change: &CellChange| change.column == "体系" || change.column == "施策";
    let changed = data.cells.iter().enumerate();
    changed
        .filter(move |(_, change)| groups(change) && rows.contains(&row_of(place(change))))
        .map(|(index, _)| index)
}

fn row_of(place: &Place) -> (String, Option<u32>) {
    let sheet = place.sheet.as_deref().unwrap_or_default();
    (format!("{} {sheet}", place.file), place.line)
}
