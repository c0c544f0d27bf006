//! The changed cells behind what is printed differently.

use std::collections::BTreeSet;

use super::grids::{CellChange, GridChanges, PartChange, Presence};
use soukatsu_core::problem::Place;

/// The changes of the tables behind what is printed: indices into [`GridChanges`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Causes {
    pub cells: BTreeSet<usize>,
    /// Rows that came or went.
    pub parts: BTreeSet<usize>,
}

impl Causes {
    /// What changed among the places that an edition prints something from.
    pub fn of<'a>(
        data: &GridChanges,
        edition: Side,
        places: impl Iterator<Item = &'a Place>,
    ) -> Self {
        let places: Vec<&Place> = places.collect();
        let cells = causes(data, places.iter().copied(), edition.place());
        let rows: BTreeSet<(String, Option<u32>)> = places.into_iter().map(row_of).collect();
        let here = |part: &PartChange| {
            part.presence == edition.whole()
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

/// One of the two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

impl Side {
    fn place(self) -> fn(&CellChange) -> &Place {
        match self {
            Side::Old => |change| &change.old_place,
            Side::New => |change| &change.new_place,
        }
    }

    /// How a row is told that only this edition has.
    fn whole(self) -> Presence {
        match self {
            Side::Old => Presence::Removed,
            Side::New => Presence::Added,
        }
    }
}

/// A name inside of a text is known by so many characters.
const SHORTEST_NAME: usize = 4;

/// The changed cells that are among some places.
fn causes<'a>(
    data: &GridChanges,
    cells: impl Iterator<Item = &'a Place>,
    place: impl Fn(&CellChange) -> &Place,
) -> BTreeSet<usize> {
    let cells: BTreeSet<String> = cells.map(Place::located).collect();
    let changed = data.cells.iter().enumerate();
    changed.filter(|(_, change)| cells.contains(&place(change).located())).map(|(i, _)| i).collect()
}

/// The changed cells that hold just the texts that changed, or a name inside of them.
pub(super) fn alike(data: &GridChanges, was: Option<&str>, is: Option<&str>) -> Causes {
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
pub(super) fn renamed(
    data: &GridChanges,
    told: &[Place],
    [was, is]: [&str; 2],
    edition: Side,
) -> Vec<usize> {
    let place = edition.place();
    let rows: BTreeSet<(String, Option<u32>)> = told.iter().map(row_of).collect();
    let named = |change: &CellChange| {
        let named = !change.old.is_empty() && was.contains(&change.old) && is.contains(&change.new);
        named && rows.contains(&row_of(place(change)))
    };
    let changed = data.cells.iter().enumerate().filter(|(_, change)| named(change));
    changed.map(|(index, _)| index).collect()
}

/// The cells that put a row into another group: a count rests on them, too.
pub(super) fn regrouped<'d>(
    data: &'d GridChanges,
    counted: &[Place],
    edition: Side,
) -> impl Iterator<Item = usize> + use<'d> {
    let place = edition.place();
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
