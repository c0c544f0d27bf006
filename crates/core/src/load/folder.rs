//! A report folder: on disk, or in memory for the embedded reports and for tests.
#![expect(clippy::disallowed_methods, reason = "report folders are read here")]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::limits::largest_file;
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
    /// It has so many bytes, which is more than a file of its kind may have.
    TooLarge(u64),
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
            Folder::Memory(files) => match files.get(name) {
                Some(bytes) if bytes.len() as u64 > largest_file(name) => {
                    Err(ReadError::TooLarge(bytes.len() as u64))
                }
                Some(bytes) => Ok(bytes.clone()),
                None => Err(ReadError::Missing(siblings(name, files.keys().cloned()))),
            },
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
    read_at_most(&path, largest_file(name))
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => ReadError::Missing(siblings(name, list(root, name))),
            _ => ReadError::Refused(system_reason(&error)),
        })?
        .map_err(ReadError::TooLarge)
}

/// The bytes of a file; when there are more than so many, how many, as far as is known. A file that
/// grows while it is read is bounded, too.
pub(super) fn read_at_most(path: &Path, largest: u64) -> std::io::Result<Result<Vec<u8>, u64>> {
    let file = std::fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > largest {
        return Ok(Err(size));
    }
    let mut bytes = Vec::with_capacity(size as usize);
    file.take(largest + 1).read_to_end(&mut bytes)?;
    let read = bytes.len() as u64;
    Ok(if read > largest { Err(read) } else { Ok(bytes) })
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
    fn a_large_file_is_refused_by_its_size_before_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = std::fs::File::create(dir.path().join("report.toml")).unwrap();
        // Sparse: to read it would take gigabytes.
        file.set_len(3 << 30).unwrap();
        let folder = Folder::Disk(dir.path().to_owned());
        assert_eq!(folder.read("report.toml"), Err(ReadError::TooLarge(3 << 30)));
        let bytes = vec![b' '; 3 << 20];
        let folder = Folder::Memory([("report.toml".to_owned(), bytes)].into());
        assert_eq!(folder.read("report.toml"), Err(ReadError::TooLarge(3 << 20)));
    }

    #[test]
    fn a_missing_file_names_its_neighbours() {
        let files = ["csv/a.csv", "csv/b.csv", "prose/c.typ"].map(|n| (n.to_owned(), Vec::new()));
        let folder = Folder::Memory(files.into());
        let expected = vec!["csv/a.csv".to_owned(), "csv/b.csv".to_owned()];
        assert_eq!(folder.read("csv/x.csv"), Err(ReadError::Missing(expected)));
    }
}
