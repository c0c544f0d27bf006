//! The store: its editions, and how a new one comes into it whole or not at all.
//!
//! An edition is there when its folder is: it is filled under a hidden name and renamed when all
//! of it is on the disk. `chain.txt` is written after that, as a witness against editions that
//! are taken away; a run that is interrupted in between lacks only its line there.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::bag::{self, Payload, TAG_MANIFEST};
use super::contents::PDF;
use super::info::BagInfo;
use super::signed::SIGNERS;
use super::signers::Signers;
use crate::model::digest::sha256;
use crate::problem::{Code, Place, Problem, system_reason};

/// The folder of the editions.
pub const EDITIONS: &str = "editions";
/// The list of the editions with their digests, one line each.
pub const CHAIN: &str = "chain.txt";
/// Says what the folder is, to people and to this program.
const README: &str = "README.txt";
const README_TEXT: &str = include_str!("README.txt");
const LOCK: &str = ".lock";
/// Editions on their way in; what is left of an interrupted run has this name, too.
const STAGING: &str = ".staging-";

/// A store of official versions.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// An edition by its number, from 1, and its folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    pub number: u32,
    pub dir: PathBuf,
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
    /// The system refused; holds its words.
    Refused(String),
    /// The edition is there, but chain.txt could not be written; holds the system's words.
    Unwitnessed(String),
}

fn refused(error: &std::io::Error) -> StoreFault {
    StoreFault::Refused(system_reason(error))
}

impl Store {
    /// The store in a folder.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(root: &Path) -> Result<Self, StoreFault> {
        if !root.is_dir() {
            return Err(StoreFault::Missing);
        }
        let store = Store { root: root.to_owned() };
        if store.root.join(EDITIONS).is_dir() { Ok(store) } else { Err(StoreFault::NoStore) }
    }

    /// The store in a folder, which becomes one when it is empty or not there.
    ///
    /// # Errors
    /// When the folder holds other things, or cannot be made.
    pub fn open_or_make(root: &Path) -> Result<Self, StoreFault> {
        match Self::open(root) {
            Err(StoreFault::Missing) => {}
            Err(StoreFault::NoStore) if is_new(root) => {}
            done => return done,
        }
        let store = Store { root: root.to_owned() };
        let make = || -> std::io::Result<()> {
            fs::create_dir_all(root)?;
            replace(&root.join(README), README_TEXT.as_bytes())?;
            // The last, because it is what makes the folder a store.
            fs::create_dir_all(root.join(EDITIONS))?;
            bag::sync_folder(root)
        };
        make().map_err(|error| refused(&error))?;
        Ok(store)
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
    /// When it cannot be read, or the first line that is none of it.
    pub fn chain(&self) -> Result<BTreeMap<u32, String>, StoreFault> {
        let text = match fs::read_to_string(self.root.join(CHAIN)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(refused(&error)),
        };
        let mut chain = BTreeMap::new();
        for line in text.lines() {
            let entry = line.split_once("  ").and_then(|(number, digest)| {
                let hex = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
                Some((number_of(number)?, digest.to_owned())).filter(|_| hex)
            });
            let new = entry.is_some_and(|(number, digest)| chain.insert(number, digest).is_none());
            if !new {
                return Err(StoreFault::Damaged(format!("{CHAIN} の行「{line}」が読めません")));
            }
        }
        Ok(chain)
    }

    /// The signers that the store names; none without such a file.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn signers(&self) -> Result<Signers, Vec<Problem>> {
        match fs::read(self.root.join(SIGNERS)) {
            Ok(bytes) => Signers::read(SIGNERS, &bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Signers::default()),
            Err(error) => Err(vec![
                Problem::error(Code::FileUnreadable, Place::file(SIGNERS))
                    .message(format!("読めません（{}）", system_reason(&error))),
            ]),
        }
    }

    /// Waits until no other process adds to the store, and keeps it so.
    ///
    /// # Errors
    /// When the system has no locks here.
    pub fn lock(&self) -> Result<Lock, StoreFault> {
        let open = || File::options().create(true).append(true).open(self.root.join(LOCK));
        let file = open().map_err(|error| refused(&error))?;
        // The system lets go of it when the process ends, however it ends.
        file.lock().map_err(|error| refused(&error))?;
        Ok(Lock(file))
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
        self.sweep();
        let (editions, _) = self.editions()?;
        let number = editions.last().map_or(1, |last| last.number + 1);
        let known = known_files(&editions);
        let staging = tempfile::Builder::new()
            .prefix(STAGING)
            .tempdir_in(&self.root)
            .map_err(|error| refused(&error))?;
        bag::write(staging.path(), payload, info, |digest| known.get(digest).cloned())
            .map_err(StoreFault::Refused)?;
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
        let publish = || -> std::io::Result<()> {
            open_to_read(staging.path())?;
            bag::sync_folder(staging.path())?;
            // Refused when the folder is there: nothing is ever replaced.
            fs::rename(staging.path(), &dir)?;
            bag::sync_folder(&self.root.join(EDITIONS))
        };
        publish().map_err(|error| refused(&error))?;
        _ = staging.keep();
        let edition = Edition { number, dir };
        self.witness(&editions, &edition).map_err(|fault| match fault {
            StoreFault::Refused(reason) => StoreFault::Unwitnessed(reason),
            other => other,
        })?;
        Ok(edition)
    }

    /// Writes chain.txt anew: its old lines, those that an interrupted run left out, and the one
    /// of the new edition.
    fn witness(&self, before: &[Edition], new: &Edition) -> Result<(), StoreFault> {
        let mut chain = self.chain()?;
        for edition in before.iter().chain([new]) {
            if let (false, Ok(digest)) = (chain.contains_key(&edition.number), edition.digest()) {
                chain.insert(edition.number, digest);
            }
        }
        let lines: String =
            chain.iter().map(|(number, digest)| format!("{}  {digest}\n", name(*number))).collect();
        replace(&self.root.join(CHAIN), lines.as_bytes()).map_err(|error| refused(&error))
    }

    /// Removes what interrupted runs left; nobody else is adding while the lock is held.
    fn sweep(&self) {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        let left = |name: &str| name.starts_with(STAGING);
        for entry in entries.filter(|entry| left(&entry.file_name().to_string_lossy())) {
            // What cannot be removed does no harm.
            _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// As long as it lives, no other process adds to the store.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "what counts is that it is open")] File);

impl Edition {
    /// Its list of digests, which holds all others: what is signed.
    ///
    /// # Errors
    /// The system's words.
    pub fn list(&self) -> Result<Vec<u8>, String> {
        fs::read(self.dir.join(TAG_MANIFEST)).map_err(|error| system_reason(&error))
    }

    /// The digest that names the edition: of this list.
    ///
    /// # Errors
    /// The system's words.
    pub fn digest(&self) -> Result<String, String> {
        self.list().map(|list| sha256(&list))
    }

    /// Its PDF.
    ///
    /// # Errors
    /// The system's words.
    pub fn pdf(&self) -> Result<Vec<u8>, String> {
        fs::read(self.dir.join(bag::PAYLOAD).join(PDF)).map_err(|error| system_reason(&error))
    }

    /// A text of its payload.
    ///
    /// # Errors
    /// The system's words.
    pub fn text(&self, path: &str) -> Result<String, String> {
        let path = self.dir.join(bag::PAYLOAD).join(path);
        fs::read_to_string(path).map_err(|error| system_reason(&error))
    }

    /// `0003`.
    pub fn name(&self) -> String {
        name(self.number)
    }
}

/// The name of an edition's folder.
pub fn name(number: u32) -> String {
    format!("{number:04}")
}

fn number_of(name: &str) -> Option<u32> {
    let number = name.parse().ok().filter(|number| *number > 0)?;
    // One spelling: 0003, and no 3 beside it.
    (self::name(number) == name).then_some(number)
}

/// Nothing in it but what an interrupted making left.
fn is_new(root: &Path) -> bool {
    fs::read_dir(root).is_ok_and(|entries| {
        entries.flatten().all(|entry| entry.file_name().to_string_lossy() == README)
    })
}

/// Where the files of the editions stand, by their digests: the newest counts.
fn known_files(editions: &[Edition]) -> BTreeMap<String, PathBuf> {
    let mut known = BTreeMap::new();
    for edition in editions {
        let list = bag::read_list(&edition.dir, bag::MANIFEST).unwrap_or_default();
        known.extend(list.into_iter().map(|(path, digest)| (digest, edition.dir.join(path))));
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

/// Writes a file in place of an older one, down to the disk.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(STAGING);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file: NamedTempFile = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    bag::sync_folder(folder)
}
