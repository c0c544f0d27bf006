//! The store: its editions, and how a new one comes into it whole or not at all.
//!
//! An edition is there when its folder is: it is filled under a hidden name and renamed when all
//! of it is on the disk. `chain.txt` is written after that, as a witness against editions that
//! are taken away; a run that is interrupted in between lacks only its line there, and leaves the
//! mark of [`super::adding`].
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::bag::{self, Payload, TAG_MANIFEST};
use super::begin::Lock;
use super::chain;
use super::check::check;
use super::digests::Digests;
use super::edition::{Edition, name, number_of};
use super::files::{self, FileFault, LARGEST_LIST};
use super::info::BagInfo;
use super::list::read_list;
use super::proven::in_store;
use super::signed::SIGNERS;
use super::signers::Signers;
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::{Code, Place, Problem, system_reason};

/// The folder of the editions.
pub const EDITIONS: &str = "editions";
/// The list of the editions with their digests, one line each, in their order.
pub const CHAIN: &str = "chain.txt";
/// Editions on their way in; what is left of an interrupted run has this name, too.
pub const STAGING: &str = ".staging-";

/// So much of a line is shown.
const LONGEST_SHOWN: usize = 200;

/// A store of official versions.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) root: PathBuf,
}

/// Why something in a store cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreFault {
    /// There is no such folder.
    Missing,
    /// The folder is none of a store.
    NoStore,
    /// What is in the store already is not as it was left; see `archive verify`.
    Damaged(String),
    /// The same, with what there is to know of it; its place is relative to the store.
    Broken(Box<Problem>),
    /// The system refused; holds its words.
    Refused(String),
    /// An edition is there, but chain.txt could not be written; holds its number and the system's
    /// words.
    Unwitnessed(u32, String),
    /// An edition is there, but the system could not say that it is on the disk; holds its number
    /// and the system's words.
    Unsettled(u32, String),
}

pub(super) fn refused(error: &std::io::Error) -> StoreFault {
    StoreFault::Refused(system_reason(error))
}

impl Store {
    /// The store in a folder.
    ///
    /// # Errors
    /// When there is none, or its folder of editions is none.
    pub fn open(root: &Path) -> Result<Self, StoreFault> {
        match fs::metadata(root) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(StoreFault::NoStore),
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(StoreFault::Missing),
            Err(error) => return Err(refused(&error)),
        }
        // A link would take what is written here elsewhere.
        match fs::symlink_metadata(root.join(EDITIONS)) {
            Ok(found) if found.is_dir() => Ok(Store { root: root.to_owned() }),
            Ok(_) => Err(StoreFault::Damaged(format!(
                "{EDITIONS} が普通のフォルダーではありません（リンクなど）"
            ))),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(refused(&error)),
            Err(_) if fs::symlink_metadata(root.join(CHAIN)).is_ok() => {
                Err(StoreFault::Damaged(format!("{EDITIONS} がなくなっています")))
            }
            Err(_) => Err(StoreFault::NoStore),
        }
    }

    /// The folder of the store.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The editions in their order, and the names of what else lies among them.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn editions(&self) -> Result<(Vec<Edition>, Vec<String>), StoreFault> {
        let (mut editions, mut strange) = (Vec::new(), Vec::new());
        let entries = fs::read_dir(self.root.join(EDITIONS)).map_err(|error| refused(&error))?;
        for entry in entries {
            let entry = entry.map_err(|error| refused(&error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            match number_of(&name).filter(|_| folder) {
                Some(number) => editions.push(Edition { number, dir: entry.path() }),
                None => strange.push(name),
            }
        }
        editions.sort();
        strange.sort();
        Ok((editions, strange))
    }

    /// The digests of the editions as chain.txt has them; empty when there is none yet.
    ///
    /// # Errors
    /// When it cannot be read, or the first line that is none of it or not in its order.
    pub fn chain(&self) -> Result<BTreeMap<u32, String>, StoreFault> {
        let damaged = |reason: String| StoreFault::Damaged(format!("{CHAIN} {reason}"));
        let bytes = match files::read(&self.root, CHAIN, LARGEST_LIST) {
            Ok(bytes) => bytes,
            Err(FileFault::Missing) => Vec::new(),
            Err(fault) => return Err(damaged(fault.message())),
        };
        let Ok(text) = String::from_utf8(bytes) else {
            return Err(damaged("がUTF-8の文字になっていません".into()));
        };
        let mut chain = BTreeMap::<u32, String>::new();
        for line in text.lines() {
            let entry = line.split_once("  ").and_then(|(number, digest)| {
                let hex = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
                Some((number_of(number)?, digest.to_owned())).filter(|_| hex)
            });
            let last = chain.last_key_value().map(|(last, _)| *last);
            let Some((number, digest)) = entry.filter(|(number, _)| Some(*number) > last) else {
                let line: String = line.chars().take(LONGEST_SHOWN).collect();
                return Err(damaged(format!("の行「{line}」が読めません")));
            };
            chain.insert(number, digest);
        }
        Ok(chain)
    }

    /// Everything that speaks against an edition: its files, and its place in the chain; places are
    /// relative to the store.
    pub fn doubts(&self, edition: &Edition) -> Vec<Problem> {
        let files = check(&edition.dir, &Digests::default()).into_iter();
        let mut problems: Vec<Problem> = files.map(|p| in_store(edition, p)).collect();
        problems.extend(chain::of_edition(self, edition));
        problems
    }

    /// The signers that the store names; none without such a file.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn signers(&self) -> Result<Signers, Vec<Problem>> {
        match files::read(&self.root, SIGNERS, LARGEST_LIST) {
            Ok(bytes) => Signers::read(SIGNERS, &bytes),
            Err(FileFault::Missing) => Ok(Signers::default()),
            Err(fault) => Err(vec![
                Problem::error(Code::FileUnreadable, Place::file(SIGNERS))
                    .message(format!("「{SIGNERS}」{}", fault.message())),
            ]),
        }
    }

    /// Puts a new edition behind the last one. Earlier editions are only read.
    ///
    /// `more`: files beside the bag that are of the finished bag, by their path in it, made from
    /// the text of its list of digests: signatures.
    ///
    /// # Errors
    /// The system's words; the store is as it was.
    pub fn add(
        &self,
        _: &Lock,
        payload: &Payload<'_>,
        info: &BagInfo,
        more: impl Fn(&[u8]) -> Vec<(String, Vec<u8>)>,
    ) -> Result<Edition, StoreFault> {
        let (editions, _) = self.editions()?;
        let number = next_number(&editions)?;
        let known = known_files(&editions);
        let staging = tempfile::Builder::new()
            .prefix(STAGING)
            .tempdir_in(&self.root)
            .map_err(|error| refused(&error))?;
        let find = |digest: &str| {
            let (place, path) = known.get(digest)?;
            Some((editions.get(*place)?.dir.clone(), path.clone()))
        };
        bag::write(staging.path(), payload, info, find).map_err(StoreFault::Refused)?;
        let list = fs::read(staging.path().join(TAG_MANIFEST)).map_err(|error| refused(&error))?;
        for (name, bytes) in more(&list) {
            let path = staging.path().join(&name);
            let folder = path.parent().unwrap_or(staging.path()).to_owned();
            let store = || -> std::io::Result<()> {
                fs::create_dir_all(&folder)?;
                bag::put(&path, &bytes)?;
                bag::sync_folder(&folder)
            };
            store().map_err(|error| refused(&error))?;
        }
        let dir = self.root.join(EDITIONS).join(name(number));
        let ready = open_to_read(staging.path()).and_then(|()| bag::sync_folder(staging.path()));
        ready.map_err(|error| refused(&error))?;
        self.mark(number, &sha256(&list))?;
        // Nothing is ever replaced: the number is free as long as the lock is held.
        match fs::rename(staging.path(), &dir) {
            // Over a network, the answer may get lost on its way back.
            Err(error) if !dir.join(TAG_MANIFEST).exists() => {
                self.unmark();
                return Err(refused(&error));
            }
            _ => _ = staging.keep(),
        }
        let edition = Edition { number, dir };
        // From here on the edition is there, whatever else may fail.
        self.witness(&editions, &edition).map_err(|fault| match fault {
            StoreFault::Refused(reason) | StoreFault::Damaged(reason) => {
                StoreFault::Unwitnessed(number, reason)
            }
            other => other,
        })?;
        let settled = bag::sync_folder(&self.root.join(EDITIONS));
        let settled = settled.and_then(|()| bag::sync_folder(&self.root));
        settled.map_err(|error| StoreFault::Unsettled(number, system_reason(&error)))?;
        self.unmark();
        Ok(edition)
    }

    /// Writes chain.txt anew: its old lines, those that an interrupted run left out, and the one
    /// of the new edition.
    pub(super) fn witness(&self, before: &[Edition], new: &Edition) -> Result<(), StoreFault> {
        let mut chain = self.chain()?;
        for edition in before.iter().chain([new]) {
            if let Entry::Vacant(gap) = chain.entry(edition.number) {
                gap.insert(edition.digest().map_err(StoreFault::Refused)?);
            }
        }
        let lines: String =
            chain.iter().map(|(number, digest)| format!("{}  {digest}\n", name(*number))).collect();
        replace(&self.root.join(CHAIN), lines.as_bytes()).map_err(|error| refused(&error))
    }
}

/// The number behind the last edition.
fn next_number(editions: &[Edition]) -> Result<u32, StoreFault> {
    let last = editions.last().map_or(0, |last| last.number);
    let none_left = || StoreFault::Damaged(format!("版の順番 {last} の次がありません"));
    last.checked_add(1).ok_or_else(none_left)
}

/// Where the files of the editions stand, by their digests: the place of the edition among the
/// others, and the path below its folder. The newest counts.
fn known_files(editions: &[Edition]) -> BTreeMap<String, (usize, String)> {
    let mut known = BTreeMap::new();
    for (place, edition) in editions.iter().enumerate() {
        let list = read_list(&edition.dir, bag::MANIFEST).unwrap_or_default();
        known.extend(list.into_iter().map(|(path, digest)| (digest, (place, path))));
    }
    known
}

/// A temporary folder is for its owner only; an edition is for everybody who may read the store.
#[cfg(unix)]
fn open_to_read(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_read(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Writes a file in place of an older one; it is on the disk when its folder is synced.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(STAGING);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file: NamedTempFile = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
