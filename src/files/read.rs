//! Reading files below a folder from elsewhere: regular ones, reached through no link, of a
//! sensible size.
//!
//! A store, for one, may come from anybody. A link in it could lead to any file of the machine, a pipe could
//! keep the program waiting for ever, and a file could be larger than the memory.
#![expect(clippy::disallowed_methods, reason = "files are read here")]

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use same_file::Handle;
use soukatsu_core::load::stays_inside;
use soukatsu_core::problem::system_reason;
use unicode_normalization::UnicodeNormalization;

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
        let found = match fs::symlink_metadata(path.join(part)) {
            Err(error) if error.kind() == ErrorKind::NotFound && !part.is_ascii() => {
                let other = in_other_form(&path, part).ok_or(FileFault::Missing)?;
                path.push(other);
                fs::symlink_metadata(&path)
            }
            found => {
                path.push(part);
                found
            }
        };
        let found = found.map_err(|error| refused(&error))?;
        match parts.peek() {
            Some(_) if found.is_dir() => {}
            None if found.is_file() => return Ok((path, found.len())),
            _ => return Err(FileFault::NoFile),
        }
    }
    Err(FileFault::Missing)
}

/// The name in a folder that is this one in another form of Unicode (が as one character or as か
/// and ゛): some systems and servers give names back otherwise than they took them.
fn in_other_form(folder: &Path, name: &str) -> Option<String> {
    let names = fs::read_dir(folder).ok()?.flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let mut alike: Vec<String> = names.filter(|other| is_same_name(other, name)).collect();
    // Two of them: neither is known to be the one.
    alike.pop().filter(|_| alike.is_empty())
}

/// Whether two names of files differ in nothing but the form of Unicode.
pub fn is_same_name(one: &str, other: &str) -> bool {
    one.nfc().eq(other.nfc())
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
    let mut file = open_found(&path)?;
    // It may have grown since.
    (&mut file).take(largest + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    match bytes.len() as u64 > largest {
        true => Err(FileFault::TooLarge(bytes.len() as u64)),
        false => Ok(bytes),
    }
}

/// Opens a file that was found to be a regular one: what was put in its place meanwhile, such as
/// a link out of the folder, is refused.
fn open_found(path: &Path) -> Result<fs::File, FileFault> {
    let file = fs::File::open(path).map_err(|error| refused(&error))?;
    let is_regular = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let opened = file.try_clone().and_then(Handle::from_file);
    let same = opened.and_then(|opened| Ok(opened == Handle::from_path(path)?));
    match same.map_err(|error| refused(&error))? && is_regular(path) {
        true => Ok(file),
        false => Err(FileFault::NoFile),
    }
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
    fn a_name_is_found_in_the_other_form_of_unicode_when_only_one_is_like_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("カ\u{3099}イト\u{3099}");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("き\u{3099}.csv"), "1").unwrap();
        assert_eq!(read(dir.path(), "ガイド/ぎ.csv", 10), Ok(b"1".to_vec()));
        fs::write(folder.join("ぎ.csv"), "2").unwrap();
        assert_eq!(read(dir.path(), "ガイド/ぎ.csv", 10), Ok(b"2".to_vec()));
        assert_eq!(read(dir.path(), "ガイド/き.csv", 10), Err(FileFault::Missing));
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        fs::File::create(dir.path().join("a")).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(read(dir.path(), "a", 1 << 30), Err(FileFault::TooLarge(1 << 40)));
    }
}
