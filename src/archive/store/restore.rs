//! An edition, or an official PDF alone, back to a report folder.
#![expect(clippy::disallowed_methods, reason = "folders are written here")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::open::Store;
use super::verified_files::VerifiedFiles;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{REPORT, below, in_payload, of_payload};
use crate::archive::layout::limits::LARGEST_FILE;
use crate::files::new_folder;
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
    let verified = VerifiedFiles::of(store, edition)?;
    let (mut files, mut problems) = (BTreeMap::new(), Vec::new());
    let mut left = LARGEST_FILE;
    for path in verified.names() {
        let Some(name) = of_payload(path).and_then(|path| below(REPORT, path)) else { continue };
        match verified.read(path) {
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
    Ok((files, store.bag_faults(edition)))
}

fn fault(edition: &Edition, name: &str) -> Problem {
    let place = Place::file(in_payload(name));
    edition.in_store(Problem::error(Code::BagDamaged, place))
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
    new_folder(target, files).map_err(|error| system_reason(&error))
}
