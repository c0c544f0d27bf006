//! An edition, or an official PDF alone, back to a report folder.
#![expect(clippy::disallowed_methods, reason = "editions are read and folders written here")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::bag::{MANIFEST, PAYLOAD, read_list};
use super::contents::REPORT;
use super::store::Edition;
use crate::load::may_become_folder;
use crate::problem::system_reason;

/// The files of an edition's report folder, by path.
///
/// # Errors
/// In Japanese, when the edition cannot be read.
pub fn report_files(edition: &Edition) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let list = read_list(&edition.dir, MANIFEST).map_err(|problems| {
        problems.first().map_or_else(String::new, |problem| problem.message.clone())
    })?;
    let prefix = format!("{PAYLOAD}/{REPORT}/");
    let mut files = BTreeMap::new();
    for path in list.keys() {
        let Some(name) = path.strip_prefix(&prefix) else { continue };
        let bytes = fs::read(edition.dir.join(path))
            .map_err(|error| format!("{path}: {}", system_reason(&error)))?;
        files.insert(name.to_owned(), bytes);
    }
    if files.is_empty() {
        Err("報告書のファイルがありません".into())
    } else {
        Ok(files)
    }
}

/// Writes files as a new folder, whole or not at all.
///
/// # Errors
/// In Japanese, when the folder is there, a name leads out of it, or the system refuses.
pub fn write_folder(target: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    may_become_folder(files.keys().map(String::as_str))
        .map_err(|fault| format!("「{}」は{}", fault.name, fault.reason.words()))?;
    if fs::symlink_metadata(target).is_ok() {
        return Err("同じ名前のものがあります。上書きしません".into());
    }
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let staging = tempfile::Builder::new().prefix(".soukatsu-").tempdir_in(parent)?;
        for (name, bytes) in files {
            let path = staging.path().join(name);
            fs::create_dir_all(path.parent().unwrap_or(staging.path()))?;
            fs::write(path, bytes)?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(staging.path(), fs::Permissions::from_mode(0o755))?;
        }
        fs::rename(staging.path(), target)?;
        _ = staging.keep();
        Ok(())
    };
    write().map_err(|error| system_reason(&error))
}
