//! Files and folders that come to the disk whole or not at all.
#![expect(clippy::disallowed_methods, reason = "files are written here")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use soukatsu_core::problem::system_reason;

/// What is written beside its place first, and how.
#[derive(Debug, Clone, Copy)]
pub struct Temporary {
    /// With what its name begins until it is in its place; what is left of an interrupted run has
    /// such a name, too.
    pub prefix: &'static str,
    /// Who may read and write the file (where the system knows such modes), less what the user
    /// denies to all files.
    pub mode: u32,
    /// Whether the bytes are on the disk before the file is in its place.
    pub is_synced: bool,
}

impl Temporary {
    /// Of ordinary files of the user.
    pub const ORDINARY: Temporary =
        Temporary { prefix: ".soukatsu-", mode: 0o666, is_synced: false };

    /// Writes a file in place of an older one; an interrupted run leaves the old. When it is
    /// synced, it is on the disk for good when its folder is, too: see [`sync_folder`].
    ///
    /// # Errors
    /// When the system refuses.
    pub fn replace(self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        self.stage(path, bytes)?.persist(path)?;
        Ok(())
    }

    /// The bytes of a file, beside its place and without its name.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn stage(self, path: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(self.prefix);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(self.mode));
        let mut file = builder.tempfile_in(folder_of(path))?;
        file.write_all(bytes)?;
        if self.is_synced {
            file.as_file().sync_all()?;
        }
        Ok(file)
    }

    /// A folder to be filled, and removed again unless it is [kept](TempDir::keep).
    ///
    /// # Errors
    /// When the system refuses.
    pub fn folder(self, parent: &Path) -> std::io::Result<TempDir> {
        tempfile::Builder::new().prefix(self.prefix).tempdir_in(parent)
    }
}

/// The folder that a file stands in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file that is not there yet and that nobody is to change, down to the disk.
///
/// # Errors
/// When something stands there, or the system refuses.
pub fn create_read_only(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions)?;
    file.sync_all()
}

/// Makes the names in a folder last; systems that cannot do so keep them by themselves.
///
/// # Errors
/// When the system refuses.
pub fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Writes files as a new folder, which is there when all of them are.
///
/// # Errors
/// When the system refuses.
pub fn new_folder(target: &Path, files: &BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    let staging = Temporary::ORDINARY.folder(folder_of(target))?;
    for (name, bytes) in files {
        let path = staging.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(staging.path()))?;
        fs::write(path, bytes)?;
    }
    open_to_read(staging.path())?;
    fs::rename(staging.path(), target)?;
    _ = staging.keep();
    Ok(())
}

/// Opens a temporary folder, which is for its owner only, to everybody who may read what it is in.
///
/// # Errors
/// When the system refuses.
#[cfg(unix)]
pub fn open_to_read(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o755))
}

/// Other systems have no such folders.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn open_to_read(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A file that must not be there yet.
pub struct New<'a> {
    pub path: PathBuf,
    pub bytes: &'a [u8],
    /// Whether nobody but the user may read it (where the system knows such files).
    pub is_secret: bool,
}

/// Writes new files, all or none, and never in the place of another, not even of one that
/// appears in between.
///
/// # Errors
/// The file that stands in the way or cannot be written, and the system's words.
pub fn write_new<'a>(files: &'a [New<'_>]) -> Result<(), (&'a Path, String)> {
    let mut waiting = Vec::new();
    for file in files {
        let staged = stage(file).map_err(|error| (&*file.path, system_reason(&error)))?;
        waiting.push((file, staged));
    }
    let mut written: Vec<&Path> = Vec::new();
    for (file, staged) in waiting {
        if let Err(error) = staged.persist_noclobber(&file.path) {
            for path in written {
                _ = fs::remove_file(path);
            }
            return Err((&file.path, system_reason(&error.error)));
        }
        written.push(&file.path);
    }
    Ok(())
}

/// The bytes of a new file, beside its place and without its name.
fn stage(file: &New<'_>) -> std::io::Result<NamedTempFile> {
    if fs::symlink_metadata(&file.path).is_ok() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    let mode = if file.is_secret { 0o600 } else { 0o666 };
    Temporary { mode, is_synced: true, ..Temporary::ORDINARY }.stage(&file.path, file.bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new<'a>(dir: &Path, name: &str, bytes: &'a [u8]) -> New<'a> {
        New { path: dir.join(name), bytes, is_secret: true }
    }

    #[test]
    fn new_files_are_written_all_or_none() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("b"), "old").unwrap();
        let files = [new(dir.path(), "a", b"x"), new(dir.path(), "b", b"y")];
        let (path, _) = write_new(&files).unwrap_err();
        assert_eq!(path, dir.path().join("b"));
        assert_eq!(fs::read(dir.path().join("b")).unwrap(), b"old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_appears_in_between_takes_the_written_ones_back() {
        let dir = tempfile::tempdir().unwrap();
        // The same name twice: nothing stands there until the first is in its place.
        let files =
            [new(dir.path(), "a", b"x"), new(dir.path(), "b", b"y"), new(dir.path(), "b", b"z")];
        assert!(write_new(&files).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_file_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        write_new(&[new(dir.path(), "a", b"x")]).unwrap();
        let mode = fs::metadata(dir.path().join("a")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
