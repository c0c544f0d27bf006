//! Files that only have another name: what refers to them by it is no change of its own.

use std::collections::BTreeMap;

use super::Edition;
use super::expect::MANIFEST;
use super::grids::{GridChanges, compare_grids};
use soukatsu_core::model::grid::Grid;

/// A file of the old edition and the one of the new edition that has just its bytes.
pub(super) type Rename = (String, String);

/// The files that went and came with the same bytes.
pub(super) fn renames(old: Edition<'_>, new: Edition<'_>) -> Vec<Rename> {
    let (was, is) = (&old.report.sources, &new.report.sources);
    let mut came: Vec<_> = is.iter().filter(|(path, _)| !was.contains_key(*path)).collect();
    let gone = was.iter().filter(|(path, _)| !is.contains_key(*path));
    let pairs = gone.filter_map(|(path, source)| {
        let same = came.iter().position(|(_, other)| other.bytes == source.bytes)?;
        Some((path.clone(), came.remove(same).0.clone()))
    });
    pairs.collect()
}

/// What differs in the tables of two editions when these files had their new names before.
pub(super) fn data_beside(old: Edition<'_>, new: Edition<'_>, renames: &[&Rename]) -> GridChanges {
    let mut was = BTreeMap::new();
    for (name, grid) in &old.report.grids {
        let mut grid = grid.clone();
        if name == MANIFEST {
            renames.iter().for_each(|rename| refer(&mut grid, rename));
        }
        was.insert(renamed(name, renames), grid);
    }
    compare_grids(&was, &new.report.grids)
}

/// `csv/a.csv`, `kpi.xlsx 指標` under the new name.
fn renamed(table: &str, renames: &[&Rename]) -> String {
    let found = renames.iter().find_map(|(was, is)| {
        let rest = table.strip_prefix(was.as_str())?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| format!("{is}{rest}"))
    });
    found.unwrap_or_else(|| table.to_owned())
}

/// Gives a file its new name in the values of the manifest, and in the names of its entries.
fn refer(grid: &mut Grid, (was, is): &Rename) {
    let entry = [format!("「{was}」"), format!("「{is}」")];
    for row in &mut grid.rows {
        for (text, _) in &mut row.cells {
            if text == was {
                text.clone_from(is);
            }
            *text = text.replace(&entry[0], &entry[1]);
        }
    }
}
