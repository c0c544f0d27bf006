//! An edition on its way in: a bag that is written under a hidden name, and what interrupted runs
//! left of such.
#![expect(clippy::disallowed_methods, reason = "bags are folders on the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::open::Store;
use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::digest_list;
use crate::archive::layout::edition_files::{
    BAG_INFO, DECLARATION, DECLARED, MANIFEST, PAYLOAD, TAG_MANIFEST, in_payload,
};
use crate::archive::layout::labels;
use crate::archive::layout::limits::{DEEPEST, LARGEST_FILE};
use crate::archive::layout::payload::Payload;
use crate::archive::layout::store_files::STAGING;
use crate::files::{self, Temporary, create_read_only, sync_folder};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::system_reason;

/// How files come into a store.
pub const TEMPORARY: Temporary = Temporary { prefix: STAGING, mode: 0o644, is_synced: true };

/// Whether something in a store was left by an interrupted run.
pub fn is_left_over(name: &str) -> bool {
    name.starts_with(STAGING)
}

impl Store {
    /// Removes what interrupted runs left; nobody else is adding while the lock is held.
    pub(super) fn sweep(&self) {
        let entries = fs::read_dir(self.root()).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| is_left_over(&entry.file_name().to_string_lossy())) {
            // What cannot be removed does no harm.
            _ = match entry.file_type() {
                Ok(kind) if kind.is_dir() => fs::remove_dir_all(entry.path()),
                _ => fs::remove_file(entry.path()),
            };
        }
    }
}

/// Writes a bag into an empty folder; every file is on the disk when it is done.
///
/// `find` knows a file with the same bytes that is in the store already, to be linked instead of
/// written again: the folder of its edition, and its path below it.
///
/// # Errors
/// The system's words.
pub fn write_bag(
    dir: &Path,
    payload: &Payload<'_>,
    info: &BagInfo,
    find: impl Fn(&str) -> Option<(PathBuf, String)>,
) -> Result<(), String> {
    let mut manifest = String::new();
    let mut folders = BTreeSet::from([dir.to_owned()]);
    for (path, bytes) in payload {
        if path.split('/').count() >= DEEPEST {
            return Err(format!("{path}: フォルダーが深すぎます（{DEEPEST}段まで）"));
        }
        let digest = sha256(bytes);
        let target = dir.join(PAYLOAD).join(path);
        let folder = target.parent().unwrap_or(dir);
        if !folders.contains(folder) {
            fs::create_dir_all(folder).map_err(|error| told(path, &error))?;
            let above = folder.ancestors().take_while(|above| *above != dir);
            folders.extend(above.map(Path::to_owned));
        }
        if !find(&digest).is_some_and(|(dir, name)| linked(&dir, &name, &target, bytes)) {
            create_read_only(&target, bytes).map_err(|error| told(path, &error))?;
        }
        manifest.push_str(&digest_list::line(&digest, &in_payload(path)));
    }
    let sizes = payload.values().map(|bytes| bytes.len() as u64).sum::<u64>();
    let info = info.clone().with(labels::SIZE, &format!("{sizes}.{}", payload.len()));
    let tags = [(DECLARATION, DECLARED.to_owned()), (BAG_INFO, info.text()), (MANIFEST, manifest)];
    let mut tag_manifest = String::new();
    for (name, text) in &tags {
        create_read_only(&dir.join(name), text.as_bytes()).map_err(|error| told(name, &error))?;
        tag_manifest.push_str(&digest_list::line(&sha256(text.as_bytes()), name));
    }
    let list = dir.join(TAG_MANIFEST);
    create_read_only(&list, tag_manifest.as_bytes()).map_err(|error| told(TAG_MANIFEST, &error))?;
    for folder in folders {
        sync_folder(&folder).map_err(|error| told(PAYLOAD, &error))?;
    }
    Ok(())
}

fn told(name: &str, error: &std::io::Error) -> String {
    format!("{name}: {}", system_reason(error))
}

/// Links a file of an earlier edition; only when it is a file of that edition itself and still
/// has these very bytes.
fn linked(dir: &Path, name: &str, target: &Path, bytes: &[u8]) -> bool {
    let Ok((twin, size)) = files::find(dir, name) else { return false };
    size == bytes.len() as u64
        && files::read(dir, name, LARGEST_FILE).is_ok_and(|found| found == bytes)
        && fs::hard_link(twin, target).is_ok()
}
