//! A report folder: on disk, or in memory for the embedded reports and for tests.
#![expect(clippy::disallowed_methods, reason = "report folders are read here")]

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::problem::system_reason;

/// Files are named relative to the folder, with `/` on every system.
#[derive(Debug, Clone)]
pub enum Folder {
    Disk(PathBuf),
    Memory(BTreeMap<String, Vec<u8>>),
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file. Holds the names of its neighbours, for a hint.
    Missing(Vec<String>),
    /// The name leads out of the report folder, or is no relative path.
    Outside,
    /// It is a folder, not a file.
    Directory,
    /// The system refused; holds its words.
    Refused(String),
}

impl Folder {
    /// Whether something with this name stands in it.
    pub fn holds(&self, name: &str) -> bool {
        match self {
            Folder::Disk(root) => root.join(name).exists(),
            Folder::Memory(files) => files.contains_key(name),
        }
    }

    /// Reads one file.
    ///
    /// # Errors
    /// See [`ReadError`]; a name that leaves the folder is refused before the disk is asked.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        if !stays_inside(name) {
            return Err(ReadError::Outside);
        }
        match self {
            Folder::Memory(files) => files
                .get(name)
                .cloned()
                .ok_or_else(|| ReadError::Missing(siblings(name, files.keys().cloned()))),
            Folder::Disk(root) => read_disk(root, name),
        }
    }
}

fn read_disk(root: &Path, name: &str) -> Result<Vec<u8>, ReadError> {
    let path = root.join(name);
    if path.is_dir() {
        return Err(ReadError::Directory);
    }
    // A symbolic link may point anywhere: what it resolves to must still be inside.
    if let (Ok(real), Ok(real_root)) = (path.canonicalize(), root.canonicalize())
        && !real.starts_with(real_root)
    {
        return Err(ReadError::Outside);
    }
    // To read a pipe or a device would never end.
    if path.exists() && !path.is_file() {
        return Err(ReadError::Refused("普通のファイルではありません".into()));
    }
    std::fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing(siblings(name, list(root, name))),
        _ => ReadError::Refused(system_reason(&error)),
    })
}

/// The files beside a missing one. Sorted, because a directory's own order is not stable.
fn list(root: &Path, name: &str) -> impl Iterator<Item = String> {
    let parent = name.rsplit_once('/').map_or("", |(parent, _)| parent);
    let mut names: Vec<String> = std::fs::read_dir(root.join(parent))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .map(|file| if parent.is_empty() { file } else { format!("{parent}/{file}") })
        .collect();
    names.sort();
    names.into_iter()
}

fn siblings(name: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let parent = |path: &str| path.rsplit_once('/').map(|(parent, _)| parent.to_owned());
    names.filter(|other| parent(other) == parent(name)).collect()
}

/// Whether a name leads to something inside the folder it is relative to.
pub fn stays_inside(name: &str) -> bool {
    let mut parts =
        Path::new(name).components().filter(|part| *part != Component::CurDir).peekable();
    parts.peek().is_some()
        && !name.contains('\\')
        && parts.all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leaves_the_folder_is_refused() {
        let folder = Folder::Memory(BTreeMap::new());
        for name in ["../secret", "/etc/passwd", "csv/../../x", "", "csv\\..\\x", "."] {
            assert_eq!(folder.read(name), Err(ReadError::Outside), "{name}");
        }
    }

    #[test]
    fn a_missing_file_names_its_neighbours() {
        let files = ["csv/a.csv", "csv/b.csv", "prose/c.typ"].map(|n| (n.to_owned(), Vec::new()));
        let folder = Folder::Memory(files.into());
        let expected = vec!["csv/a.csv".to_owned(), "csv/b.csv".to_owned()];
        assert_eq!(folder.read("csv/x.csv"), Err(ReadError::Missing(expected)));
    }
}
