//! The report folders inside the program, to start from.

use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};

use super::files;

static REPORTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// Why no report folder was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewFault {
    /// There is no sample of the name; those that there are.
    NoSample(Vec<String>),
    /// Something stands in the folder already.
    Occupied,
    /// In the system's words.
    CannotWrite(String),
}

/// Makes a report folder from the sample of a name.
///
/// # Errors
/// Why it could not be made.
pub fn new_report(dir: &Path, sample: &str) -> Result<(), NewFault> {
    let Some(report) = REPORTS.get_dir(sample) else {
        let known = REPORTS.dirs().map(|dir| dir.path().display().to_string());
        return Err(NewFault::NoSample(known.collect()));
    };
    if files::is_occupied(dir) {
        return Err(NewFault::Occupied);
    }
    let mut found = Vec::new();
    collect(report, report.path(), &mut found);
    files::write_tree(dir, found.into_iter()).map_err(NewFault::CannotWrite)
}

fn collect(
    dir: &'static Dir<'static>,
    root: &Path,
    files: &mut Vec<(&'static Path, &'static [u8])>,
) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(child) => collect(child, root, files),
            DirEntry::File(file) => {
                if let Ok(path) = file.path().strip_prefix(root) {
                    files.push((path, file.contents()));
                }
            }
        }
    }
}
