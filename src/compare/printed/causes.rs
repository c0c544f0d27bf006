//! The changed cells behind what is printed differently.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compare::data::{CellChange, PartChange, Presence, TableChanges};
use crate::compare::edition::Side;
use soukatsu_core::problem::Place;

/// The changes of the tables behind what is printed: indices into [`TableChanges`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Causes {
    pub cells: BTreeSet<usize>,
    /// Rows that came or went.
    pub parts: BTreeSet<usize>,
}

impl Causes {
    /// What changed among the places that an edition prints something from.
    pub fn of<'a>(
        data: &TableChanges,
        edition: Side,
        places: impl Iterator<Item = &'a Place>,
    ) -> Self {
        let places: Vec<&Place> = places.collect();
        let cells = causes(data, places.iter().copied(), place_in(edition));
        let rows: BTreeSet<TableRow> = places.into_iter().map(row_of).collect();
        let here = |part: &PartChange| {
            part.presence == came_or_went(edition)
                && part.place.line.is_some()
                && rows.contains(&row_of(&part.place))
        };
        let parts = data.parts.iter().enumerate().filter(|(_, part)| here(part));
        Causes { cells, parts: parts.map(|(index, _)| index).collect() }
    }

    /// Of both editions.
    pub fn and(mut self, other: Self) -> Self {
        self.cells.extend(other.cells);
        self.parts.extend(other.parts);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.parts.is_empty()
    }
}

/// Where a cell stands in an edition.
fn place_in(edition: Side) -> fn(&CellChange) -> &Place {
    match edition {
        Side::Old => |change| &change.old_place,
        Side::New => |change| &change.new_place,
    }
}

/// What became of a row that only this edition has.
fn came_or_went(edition: Side) -> Presence {
    match edition {
        Side::Old => Presence::Removed,
        Side::New => Presence::Added,
    }
}

/// A name inside of a text is known by so many characters.
const SHORTEST_NAME: usize = 4;

/// The changed cells that are among some places.
fn causes<'a>(
    data: &TableChanges,
    cells: impl Iterator<Item = &'a Place>,
    place: impl Fn(&CellChange) -> &Place,
) -> BTreeSet<usize> {
    let cells: BTreeSet<String> = cells.map(Place::located).collect();
    let changed = data.cells.iter().enumerate();
    changed.filter(|(_, change)| cells.contains(&place(change).located())).map(|(i, _)| i).collect()
}

/// The changed cells that hold just the texts that changed, or a name inside of them.
pub fn alike(data: &TableChanges, was: Option<&str>, is: Option<&str>) -> Causes {
    let (Some(was), Some(is)) = (was, is) else { return Causes::default() };
    let explains = |cell: &CellChange| {
        let name = cell.old.chars().count() >= SHORTEST_NAME;
        (cell.old == was && cell.new == is) || (name && was.replace(&cell.old, &cell.new) == is)
    };
    let cells = data.cells.iter().enumerate();
    let cells = cells.filter(|(_, cell)| explains(cell)).map(|(index, _)| index).collect();
    Causes { cells, ..Causes::default() }
}

/// The cells that name a row of which something is told, as far as the texts have those names.
pub fn renamed(
    data: &TableChanges,
    cells: &[Place],
    [was, is]: [&str; 2],
    edition: Side,
) -> Vec<usize> {
    let place = place_in(edition);
    let rows: BTreeSet<TableRow> = cells.iter().map(row_of).collect();
    let named = |change: &CellChange| {
        let named = !change.old.is_empty() && was.contains(&change.old) && is.contains(&change.new);
        named && rows.contains(&row_of(place(change)))
    };
    let changed = data.cells.iter().enumerate().filter(|(_, change)| named(change));
    changed.map(|(index, _)| index).collect()
}

/// The cells that put a row into another group: a count rests on them, too.
pub fn regrouped<'d>(
    data: &'d TableChanges,
    counted: &[Place],
    edition: Side,
) -> impl Iterator<Item = usize> + use<'d> {
    let place = place_in(edition);
    let rows: BTreeSet<TableRow> = counted.iter().map(row_of).collect();
    let groups = |change: &CellChange| change.column == "体系" || change.column == "施策";
    let changed = data.cells.iter().enumerate();
    changed
        .filter(move |(_, change)| groups(change) && rows.contains(&row_of(place(change))))
        .map(|(index, _)| index)
}

/// A row of a table: file, sheet and line.
type TableRow = (Arc<str>, Option<Arc<str>>, Option<u32>);

fn row_of(place: &Place) -> TableRow {
    (place.file.clone(), place.sheet.clone(), place.line)
}
