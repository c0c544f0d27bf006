//! Files on the disk, whole or not at all.
#![expect(clippy::disallowed_methods, reason = "this is where the program writes")]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

pub use crate::archive::kept_around;
use crate::files::Temporary;
pub use crate::files::{New, real, write_new};
use soukatsu_core::problem::system_reason;

/// With what every PDF begins.
const PDF: &[u8] = b"%PDF-";

/// Writes a file through a temporary one beside it, so that an interrupted run leaves the old.
///
/// # Errors
/// The system's words for what went wrong.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if kept_around(path).is_some() {
        return Err(KEPT.into());
    }
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => return Err("同じ名前のフォルダーがあります".into()),
        // A rename would put a file in the place of a device, a pipe or a link.
        Ok(found) if !found.is_file() => return Err("普通のファイルではありません".into()),
        _ => {}
    }
    Temporary::ORDINARY.replace(path, bytes).map_err(|error| system_reason(&error))
}

/// What is said of a place in a store.
pub const KEPT: &str = "正式版の保管庫の中です。そこには `soukatsu archive` だけが書きます";

/// Writes a PDF as [`write`] does, but in the place of nothing other than a PDF.
///
/// # Errors
/// In Japanese, what stands in the way.
pub fn write_pdf(path: &Path, pdf: &[u8]) -> Result<(), String> {
    if path.is_file() && holds_no_pdf(path) {
        return Err("PDFではないファイルがあります。上書きしません".into());
    }
    write(path, pdf)
}

/// Writes many files below a folder, which is made when it is not there.
///
/// # Errors
/// The system's words for what went wrong.
pub fn write_tree<'a>(
    root: &Path,
    files: impl Iterator<Item = (&'a Path, &'a [u8])>,
) -> Result<(), String> {
    for (path, bytes) in files {
        let target = root.join(path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|error| system_reason(&error))?;
        }
        write(&target, bytes)?;
    }
    Ok(())
}

/// Makes a folder that may be there.
///
/// # Errors
/// The system's words.
pub fn make_folder(path: &Path) -> Result<(), String> {
    std::fs::create_dir_all(path).map_err(|error| system_reason(&error))
}

/// Files on their way into a folder: they wait in a hidden one inside it until all are there,
/// so that an interrupted run leaves the folder as it was.
pub struct Staging {
    dir: PathBuf,
    made: bool,
    /// Gone when the work was given up.
    waiting: Arc<Mutex<Option<TempDir>>>,
}

impl Staging {
    /// Begins to fill a folder, which is made when it is not there.
    ///
    /// # Errors
    /// The system's words for what went wrong.
    pub fn new(dir: &Path) -> Result<Self, String> {
        let made = !dir.exists();
        let begin = || {
            std::fs::create_dir_all(dir)?;
            Temporary::ORDINARY.folder(dir)
        };
        let waiting = begin().map_err(|error| system_reason(&error))?;
        Ok(Staging { dir: dir.to_owned(), made, waiting: Arc::new(Mutex::new(Some(waiting))) })
    }

    /// Keeps a file until all are there. May be called from any thread.
    ///
    /// # Errors
    /// The system's words for what went wrong.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(waiting) = waiting.as_ref() else { return Err("打ち切りました".into()) };
        std::fs::write(waiting.path().join(name), bytes).map_err(|error| system_reason(&error))
    }

    /// What leaves no trace of the files, for another thread; from then on none can be kept.
    pub fn clearing(&self) -> impl FnOnce() + Send + 'static {
        let (waiting, dir, made) = (Arc::clone(&self.waiting), self.dir.clone(), self.made);
        move || {
            drop(waiting.lock().unwrap_or_else(PoisonError::into_inner).take());
            if made {
                // Only an empty folder can be removed so.
                _ = std::fs::remove_dir(&dir);
            }
        }
    }

    /// Moves the files into the folder, in place of older ones of the same names.
    ///
    /// # Errors
    /// The system's words; nothing was moved when a folder or a link stands in the way.
    pub fn publish(self, names: &[String]) -> Result<(), String> {
        for name in names {
            match std::fs::symlink_metadata(self.dir.join(name)) {
                Ok(found) if !found.is_file() => {
                    return Err(format!("「{name}」は普通のファイルではありません"));
                }
                _ => {}
            }
        }
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(waiting) = waiting.as_ref() else { return Err("打ち切りました".into()) };
        for name in names {
            std::fs::rename(waiting.path().join(name), self.dir.join(name))
                .map_err(|error| system_reason(&error))?;
        }
        Ok(())
    }

    /// Gives up, and leaves no trace.
    pub fn discard(self) {
        self.clearing()();
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Who holds what clears it may live on.
        drop(self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// Removes the regular files of a folder whose names are chosen, and says which, in their order.
pub fn remove_files(dir: &Path, chosen: impl Fn(&str) -> bool) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let regular = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut names: Vec<String> =
        regular.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| chosen(name) && std::fs::remove_file(dir.join(name)).is_ok());
    names.sort();
    names
}

/// Whether a folder is there and holds something.
pub fn is_occupied(path: &Path) -> bool {
    path.is_file() || std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some())
}

/// Whether something other than a PDF stands there: the data of the report, perhaps. What
/// cannot be read is taken for such, too.
pub fn holds_no_pdf(path: &Path) -> bool {
    let begin = |path: &Path| {
        let mut begin = Vec::new();
        std::fs::File::open(path)?.take(PDF.len() as u64).read_to_end(&mut begin)?;
        std::io::Result::Ok(begin)
    };
    !begin(path).is_ok_and(|begin| begin.is_empty() || begin == PDF)
}

/// What stands at a path, behind links.
pub enum Kind {
    /// A regular file of so many bytes.
    File(u64),
    Folder,
    /// A pipe, a device: to read it may never end.
    Other,
}

/// What stands at a path.
///
/// # Errors
/// The system's words; none of them when nothing is there.
pub fn kind(path: &Path) -> Result<Kind, Option<String>> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(Kind::File(found.len())),
        Ok(found) if found.is_dir() => Ok(Kind::Folder),
        Ok(_) => Ok(Kind::Other),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(None),
        Err(error) => Err(Some(system_reason(&error))),
    }
}

/// The largest file that is read, in bytes: more than any official PDF.
const LARGEST: u64 = 2 << 30;

/// Reads a regular file, through links if need be. To read a pipe or a device could keep the
/// program waiting for ever, or fill the memory.
///
/// # Errors
/// In Japanese, what went wrong.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    read_at_most(path, LARGEST)
}

/// The same of a file that is no larger than this; one that grows while it is read is bounded, too.
///
/// # Errors
/// In Japanese, what went wrong.
pub fn read_at_most(path: &Path, largest: u64) -> Result<Vec<u8>, String> {
    let too_large = |found: u64| format!("大きすぎます（{found}バイト。{largest}バイトまで）");
    let found = std::fs::metadata(path).map_err(|error| system_reason(&error))?;
    if found.is_dir() {
        return Err("フォルダーです。ファイルではありません".into());
    }
    if !found.is_file() {
        return Err("普通のファイルではありません（パイプや装置など）".into());
    }
    if found.len() > largest {
        return Err(too_large(found.len()));
    }
    let file = std::fs::File::open(path).map_err(|error| system_reason(&error))?;
    let mut bytes = Vec::new();
    file.take(largest + 1).read_to_end(&mut bytes).map_err(|error| system_reason(&error))?;
    let read = bytes.len() as u64;
    if read > largest { Err(too_large(read)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_replaced_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("taken");
        std::fs::create_dir(&target).unwrap();
        assert!(write(&target, b"x").is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let link = dir.path().join("link");
        std::os::unix::fs::symlink("elsewhere", &link).unwrap();
        assert!(write(&link, b"x").is_err());
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn an_old_file_is_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a.pdf");
        write(&target, b"old and longer").unwrap();
        write(&target, b"new").unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"new");
    }
}
