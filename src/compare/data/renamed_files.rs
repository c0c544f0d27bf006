//! Files that only have another name: what refers to them by it is no change of its own.

use std::collections::BTreeMap;

use super::manifest::{MANIFEST, SettingKey};
use super::table_changes::{TableChanges, compare_tables};
use super::table_names::moved_table;
use crate::compare::edition::Edition;
use soukatsu_core::model::grid::Grid;

/// A file of the old edition and the one of the new edition that has just its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedFile {
    pub old: String,
    pub new: String,
}

impl RenamedFile {
    /// Whether a path is one of its two names.
    pub fn is_called(&self, path: &str) -> bool {
        self.old == path || self.new == path
    }
}

/// The files that went and came with the same bytes.
pub fn renamed_files(old: Edition<'_>, new: Edition<'_>) -> Vec<RenamedFile> {
    let (was, is) = (&old.report.sources, &new.report.sources);
    let mut came: Vec<_> = is.iter().filter(|(path, _)| !was.contains_key(*path)).collect();
    let gone = was.iter().filter(|(path, _)| !is.contains_key(*path));
    let pairs = gone.filter_map(|(path, source)| {
        let same = came.iter().position(|(_, other)| other.bytes == source.bytes)?;
        Some(RenamedFile { old: path.clone(), new: came.remove(same).0.clone() })
    });
    pairs.collect()
}

/// What differs in the tables of two editions when these files had their new names before.
pub fn changes_beside(old: Edition<'_>, new: Edition<'_>, renames: &[RenamedFile]) -> TableChanges {
    let mut was = BTreeMap::new();
    for (name, grid) in &old.report.grids {
        let mut grid = grid.clone();
        if name == MANIFEST {
            renames.iter().for_each(|rename| refer(&mut grid, rename));
        }
        was.insert(renamed(name, renames), grid);
    }
    compare_tables(&was, &new.report.grids)
}

/// The name of a table when these files have their new ones.
fn renamed(table: &str, renames: &[RenamedFile]) -> String {
    let found = renames.iter().find_map(|file| moved_table(table, &file.old, &file.new));
    found.unwrap_or_else(|| table.to_owned())
}

/// Gives a file its new name in the values of the manifest, and in the names of its entries.
fn refer(settings: &mut Grid, file: &RenamedFile) {
    for row in &mut settings.rows {
        for (text, _) in &mut row.cells {
            if *text == file.old {
                text.clone_from(&file.new);
            }
            *text = SettingKey(text).with_renamed_entry(&file.old, &file.new);
        }
    }
}
