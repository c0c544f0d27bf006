//! Files on the disk, whole or not at all.
#![expect(clippy::disallowed_methods, reason = "this is where the program writes")]

use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::problem::system_reason;

/// Writes a file through a temporary one beside it, so that an interrupted run leaves the old.
///
/// # Errors
/// The system's words for what went wrong.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let parent =
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => return Err("同じ名前のフォルダーがあります".into()),
        // A rename would put a file in the place of a device, a pipe or a link.
        Ok(found) if !found.is_file() => return Err("普通のファイルではありません".into()),
        _ => {}
    }
    let store = || -> std::io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".soukatsu-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file: NamedTempFile = builder.tempfile_in(parent)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    };
    store().map_err(|error| system_reason(&error))
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

/// Whether a folder is there and holds something.
pub fn is_occupied(path: &Path) -> bool {
    path.is_file() || std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some())
}

/// Whether something other than a PDF stands there: the data of the report, perhaps. What
/// cannot be read is taken for such, too.
pub fn holds_no_pdf(path: &Path) -> bool {
    !std::fs::read(path).is_ok_and(|bytes| bytes.is_empty() || bytes.starts_with(b"%PDF-"))
}

/// Reads a file.
///
/// # Errors
/// The system's words for what went wrong.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| system_reason(&error))
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
