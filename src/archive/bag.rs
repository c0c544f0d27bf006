//! A BagIt bag (RFC 8493): how one is written.
//!
//! A bag is a folder with its payload in `data/` and lists of SHA-256 digests beside it, so that
//! any BagIt program can check it without this one.
#![expect(clippy::disallowed_methods, reason = "bags are folders on the disk")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::files::{self, DEEPEST, LARGEST_FILE};
use super::info::{BagInfo, INFO};
use super::list;
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::system_reason;

/// The digests of the payload.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The digests of the other files; its own digest names the whole bag.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// What says that a folder is a bag.
pub const DECLARATION: &str = "bagit.txt";
pub const DECLARED: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The folder of the payload.
pub const PAYLOAD: &str = "data";
/// Signatures are of the finished bag, so no list of it can hold them.
pub const SIGNATURES: &str = "signatures";

/// The files of a payload by their path below `data/`.
pub type Payload<'a> = BTreeMap<String, Cow<'a, [u8]>>;

/// Writes a bag into an empty folder; every file is on the disk when it is done.
///
/// `find` knows a file with the same bytes that is in the store already, to be linked instead of
/// written again: the folder of its edition, and its path below it.
///
/// # Errors
/// The system's words.
pub fn write(
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
            put(&target, bytes).map_err(|error| told(path, &error))?;
        }
        manifest.push_str(&list::line(&digest, &format!("{PAYLOAD}/{path}")));
    }
    let sizes = payload.values().map(|bytes| bytes.len() as u64).sum::<u64>();
    let info = info.clone().with("Payload-Oxum", &format!("{sizes}.{}", payload.len()));
    let tags = [(DECLARATION, DECLARED.to_owned()), (INFO, info.text()), (MANIFEST, manifest)];
    let mut tag_manifest = String::new();
    for (name, text) in &tags {
        put(&dir.join(name), text.as_bytes()).map_err(|error| told(name, &error))?;
        tag_manifest.push_str(&list::line(&sha256(text.as_bytes()), name));
    }
    let list = dir.join(TAG_MANIFEST);
    put(&list, tag_manifest.as_bytes()).map_err(|error| told(TAG_MANIFEST, &error))?;
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

/// Writes a file that nobody is to change, down to the disk.
pub(super) fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions)?;
    file.sync_all()
}

/// Makes the names in a folder last; systems that cannot do so keep them by themselves.
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
