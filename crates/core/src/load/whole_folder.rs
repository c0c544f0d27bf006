//! A whole report folder, with the files that no build reads.
#![expect(clippy::disallowed_methods, reason = "report folders are read here")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::folder::read_at_most;
use super::ignored::is_ignored;
use super::limits::{LARGEST_FOLDER, MOST_FILES};
use crate::problem::system_reason;

/// Why a folder cannot be read in whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WholeFault {
    /// A link, a pipe or the like; holds its path.
    NoFile(String),
    /// A name that is no Unicode; holds it as near as can be.
    Name(String),
    TooLarge,
    /// The system refused: path and words.
    Refused(String, String),
}

/// Every file of a folder by its path with `/`, but for what editors and systems leave there for
/// a while and for hidden files.
///
/// # Errors
/// See [`WholeFault`]. Links are refused, because what they lead to may change or be elsewhere.
pub fn whole_folder(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, WholeFault> {
    let mut files = BTreeMap::new();
    let mut left = LARGEST_FOLDER;
    let mut open: Vec<(PathBuf, String)> = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let refused = |error: std::io::Error| {
            WholeFault::Refused(folder.display().to_string(), system_reason(&error))
        };
        for entry in fs::read_dir(&folder).map_err(refused)? {
            let entry = entry.map_err(refused)?;
            let lossy = entry.file_name().to_string_lossy().into_owned();
            if is_ignored(Path::new(&lossy)) {
                continue;
            }
            let name = entry.file_name().into_string().map_err(|_| WholeFault::Name(lossy))?;
            let path = format!("{prefix}{name}");
            let kind = entry.file_type().map_err(refused)?;
            if kind.is_dir() {
                open.push((entry.path(), format!("{path}/")));
                continue;
            }
            if !kind.is_file() {
                return Err(WholeFault::NoFile(path));
            }
            let size = entry.metadata().map_err(refused)?.len();
            left = left.checked_sub(size).ok_or(WholeFault::TooLarge)?;
            let read = read_at_most(&entry.path(), size + left).map_err(refused)?;
            let bytes = read.map_err(|_| WholeFault::TooLarge)?;
            left = (left + size).saturating_sub(bytes.len() as u64);
            files.insert(path, bytes);
            if files.len() > MOST_FILES {
                return Err(WholeFault::TooLarge);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("csv")).unwrap();
        fs::create_dir(dir.path().join(".git")).unwrap();
        for name in ["report.toml", "csv/指標.csv", ".git/index", "csv/~$指標.xlsx", "メモ.txt"]
        {
            fs::write(dir.path().join(name), name).unwrap();
        }
        dir
    }

    #[test]
    fn every_file_is_there_but_for_what_comes_and_goes() {
        let files = whole_folder(folder().path()).unwrap();
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["csv/指標.csv", "report.toml", "メモ.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused() {
        let dir = folder();
        std::os::unix::fs::symlink("/etc/passwd", dir.path().join("csv/x.csv")).unwrap();
        assert_eq!(whole_folder(dir.path()), Err(WholeFault::NoFile("csv/x.csv".into())));
    }
}
