//! An edition, or an official PDF alone, back to a report folder.
#![expect(clippy::disallowed_methods, reason = "folders are written here")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::bag::PAYLOAD;
use super::check::check;
use super::contents::REPORT;
use super::digests::Digests;
use super::edition::Edition;
use super::files::LARGEST_FILE;
use super::proven::{Proven, in_store};
use super::store::Store;
use soukatsu_core::load::may_become_folder;
use soukatsu_core::problem::{Code, Place, Problem, printable, system_reason};

/// The report folder of an edition: its files by path, and what else of the edition is not as it
/// was kept, without bearing on them.
pub type Restored = (BTreeMap<String, Vec<u8>>, Vec<Problem>);

/// The files of an edition's report folder, each of them proven to be the one that was kept.
///
/// # Errors
/// What is not as it was kept; places are relative to the store.
pub fn report_files(store: &Store, edition: &Edition) -> Result<Restored, Vec<Problem>> {
    let proven = Proven::of(store, edition)?;
    let prefix = format!("{PAYLOAD}/{REPORT}/");
    let (mut files, mut problems) = (BTreeMap::new(), Vec::new());
    let mut left = LARGEST_FILE;
    for path in proven.names() {
        let Some(name) = path.strip_prefix(&prefix) else { continue };
        match proven.read(path) {
            Ok(bytes) => {
                left = left.checked_sub(bytes.len() as u64).ok_or_else(|| {
                    vec![fault(edition, REPORT).message("報告書が大きすぎます（2GBまで）")]
                })?;
                files.insert(name.to_owned(), bytes);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if files.is_empty() {
        return Err(vec![fault(edition, REPORT).message("報告書のファイルがありません")]);
    }
    let others = check(&edition.dir, &Digests::default());
    Ok((files, others.into_iter().map(|problem| in_store(edition, problem)).collect()))
}

fn fault(edition: &Edition, name: &str) -> Problem {
    let place = Place::file(format!("{PAYLOAD}/{name}"));
    in_store(edition, Problem::error(Code::BagDamaged, place))
}

/// Writes files as a new folder, whole or not at all.
///
/// # Errors
/// In Japanese, when the folder is there, a name leads out of it, or the system refuses.
pub fn write_folder(target: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    may_become_folder(files.keys().map(String::as_str))
        .map_err(|fault| format!("「{}」は{}", printable(&fault.name), fault.reason.words()))?;
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
