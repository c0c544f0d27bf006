//! Reading files below a folder from elsewhere: regular ones, reached through no link, of a
//! sensible size.
//!
//! A store, for one, may come from anybody. A link in it could lead to any file of the machine, a pipe could
//! keep the program waiting for ever, and a file could be larger than the memory.
#![expect(clippy::disallowed_methods, reason = "files are read here")]

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use soukatsu_core::load::stays_inside;
use soukatsu_core::problem::system_reason;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    Missing,
    /// It, or a folder on the way to it, is a link, a pipe or the like.
    NoFile,
    /// Its size in bytes.
    TooLarge(u64),
    /// The system's words.
    Refused(String),
}

impl FileFault {
    /// What is wrong, as the end of a sentence about the file.
    pub fn message(&self) -> String {
        match self {
            FileFault::Missing => "がありません".into(),
            FileFault::NoFile => "が普通のファイルではありません（リンクなど）".into(),
            FileFault::TooLarge(size) => format!("が大きすぎます（{size}バイト）"),
            FileFault::Refused(reason) => format!("を読めません（{reason}）"),
        }
    }
}

fn refused(error: &std::io::Error) -> FileFault {
    match error.kind() {
        ErrorKind::NotFound => FileFault::Missing,
        _ => FileFault::Refused(system_reason(error)),
    }
}

/// The path of a regular file below a folder, and its size. `name`: with `/`.
///
/// # Errors
/// See [`FileFault`]; a name that leads out of the folder is no file of it.
pub fn find(root: &Path, name: &str) -> Result<(PathBuf, u64), FileFault> {
    if !stays_inside(name) {
        return Err(FileFault::NoFile);
    }
    let mut path = root.to_owned();
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let found = fs::symlink_metadata(&path).map_err(|error| refused(&error))?;
        match parts.peek() {
            Some(_) if found.is_dir() => {}
            None if found.is_file() => return Ok((path, found.len())),
            _ => return Err(FileFault::NoFile),
        }
    }
    Err(FileFault::Missing)
}

/// The bytes of a regular file below a folder.
///
/// # Errors
/// See [`FileFault`].
pub fn read(root: &Path, name: &str, largest: u64) -> Result<Vec<u8>, FileFault> {
    let (path, size) = find(root, name)?;
    if size > largest {
        return Err(FileFault::TooLarge(size));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| refused(&error))?;
    file.take(largest).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    Ok(bytes)
}

/// The place of a file that may not be there yet, without links and dots.
pub fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (super::write::folder_of(path).canonicalize(), path.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => path.to_owned(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_file_is_reached_through_no_link() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir_all(at("store/data")).unwrap();
        fs::write(at("store/data/a"), "1").unwrap();
        fs::write(at("secret"), "2").unwrap();
        symlink(at("secret"), at("store/data/b")).unwrap();
        symlink(dir.path(), at("store/out")).unwrap();
        let read = |name| read(&at("store"), name, 10);
        assert_eq!(read("data/a"), Ok(b"1".to_vec()));
        for name in ["data/b", "out/secret", "../secret", "data", "data/a/b"] {
            assert_eq!(read(name), Err(FileFault::NoFile), "{name}");
        }
        assert_eq!(read("data/c"), Err(FileFault::Missing));
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        fs::File::create(dir.path().join("a")).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(read(dir.path(), "a", 1 << 30), Err(FileFault::TooLarge(1 << 40)));
    }
}
