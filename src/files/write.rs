//! Files and folders that come to the disk whole or not at all.
#![expect(clippy::disallowed_methods, reason = "files are written here")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use tempfile::{NamedTempFile, TempDir};

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
