//! One edition as a zip, to hand over.

use std::path::{Path, PathBuf};

use super::selection::{NoEdition, Selection, open_edition};
use crate::app::files::{self, KEPT, New};
use crate::archive::zipped;
use soukatsu_core::problem::Problem;

/// Why there is no zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotExported {
    Edition(NoEdition),
    /// The edition is not as it was kept; places are relative to the store.
    Damaged {
        number: u32,
        problems: Vec<Problem>,
    },
    /// It cannot be written; in Japanese, why.
    Unwritable(PathBuf, String),
}

/// Writes a zip of an edition; without a place for it, into the current folder under the name of
/// the edition. Gives its place.
///
/// # Errors
/// What stands in the way; nothing is written over.
pub fn export(
    store: &Path,
    selection: &Selection,
    target: Option<&Path>,
) -> Result<PathBuf, NotExported> {
    let (store, edition) = open_edition(store, selection).map_err(NotExported::Edition)?;
    let number = edition.number;
    let zip = zipped(&store, &edition, &edition.name())
        .map_err(|problems| NotExported::Damaged { number, problems })?;
    let named = || format!("{}.zip", edition.name()).into();
    let target = target.map_or_else(named, Path::to_owned);
    if files::kept_around(&target).is_some() {
        return Err(NotExported::Unwritable(target, KEPT.to_owned()));
    }
    let new = [New { path: target.clone(), bytes: &zip, is_secret: false }];
    files::write_new(&new)
        .map_err(|(path, reason)| NotExported::Unwritable(path.to_owned(), reason))?;
    Ok(target)
}
