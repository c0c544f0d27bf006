//! Whether a place is inside a store or an edition, where only this room writes.
#![expect(clippy::disallowed_methods, reason = "what a folder is")]

use std::path::{Path, PathBuf};

use crate::archive::layout::edition_files::DECLARATION;
use crate::archive::layout::store_files::{EDITIONS, README};
use crate::files::real;

/// Whether a folder is a bag: an edition, wherever it stands.
pub fn is_bag(folder: &Path) -> bool {
    folder.join(DECLARATION).is_file()
}

/// The store, or the bag, that a file would stand in.
pub fn kept_around(path: &Path) -> Option<PathBuf> {
    let is_store = |folder: &Path| folder.join(EDITIONS).is_dir() && folder.join(README).is_file();
    let is_kept = |folder: &&Path| is_bag(folder) || is_store(folder);
    real(path).ancestors().skip(1).find(is_kept).map(Path::to_owned)
}
