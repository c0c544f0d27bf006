//! A template of one's own, read from the disk.
//!
//! Report folders come from other people: a link in them must not bring files of this machine
//! onto the pages.
#![expect(clippy::disallowed_methods, reason = "templates of one's own are read here")]

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use soukatsu_core::problem::system_reason;

/// Folders that link to one another must not be read for ever.
const DEEPEST: usize = 32;
const MOST_FILES: usize = 10_000;
/// All files together, in bytes: the pages are made of them, so that much is no template.
const LARGEST: u64 = 64 << 20;

/// The texts of the template `name` in the folder `report`, by their path below the template.
///
/// # Errors
/// In Japanese: what cannot be read, and what must not be.
pub fn read_folder(report: &Path, name: &str) -> Result<BTreeMap<String, String>, String> {
    let root = report.canonicalize().map_err(|error| system_reason(&error))?;
    let dir = report.join(name);
    let mut found = Found { root, dir: dir.clone(), bytes: 0, files: BTreeMap::new() };
    found.collect(&dir, DEEPEST)?;
    Ok(found.files)
}

struct Found {
    /// The report folder, without links.
    root: PathBuf,
    dir: PathBuf,
    bytes: u64,
    files: BTreeMap<String, String>,
}

impl Found {
    fn collect(&mut self, dir: &Path, depth: usize) -> Result<(), String> {
        let tell = |error: io::Error| format!("{}（{}）", self.name(dir), system_reason(&error));
        if depth == 0 {
            return Err(format!("{}（フォルダーの入れ子が深すぎます）", self.name(dir)));
        }
        self.must_be_inside(dir)?;
        let entries = std::fs::read_dir(dir).map_err(tell)?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let mut paths = paths.collect::<io::Result<Vec<_>>>().map_err(tell)?;
        // A directory's own order is not stable, and the first fault is told.
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.collect(&path, depth - 1)?;
            } else if wanted(&path) {
                self.read(&path)?;
            }
        }
        Ok(())
    }

    fn read(&mut self, path: &Path) -> Result<(), String> {
        let name = self.name(path);
        self.must_be_inside(path)?;
        let tell = |error: io::Error| format!("{name}（{}）", system_reason(&error));
        let size = std::fs::metadata(path).map_err(tell)?.len();
        // To read a pipe or a device would never end.
        if !path.is_file() {
            return Err(format!("{name}（普通のファイルではありません）"));
        }
        self.bytes = self.bytes.saturating_add(size);
        if self.bytes > LARGEST || self.files.len() == MOST_FILES {
            return Err(format!(
                "ファイルが多すぎるか、大きすぎます。{MOST_FILES}個、{}MBまでです",
                LARGEST >> 20
            ));
        }
        let text = String::from_utf8(std::fs::read(path).map_err(tell)?);
        let text = text.map_err(|_| format!("{name}（文字コードがUTF-8ではありません）"))?;
        self.files.insert(name, text);
        Ok(())
    }

    fn must_be_inside(&self, path: &Path) -> Result<(), String> {
        match path.canonicalize() {
            Ok(real) if real.starts_with(&self.root) => Ok(()),
            Ok(_) => Err(format!("{}（報告書フォルダーの外を指すリンクです）", self.name(path))),
            Err(error) => Err(format!("{}（{}）", self.name(path), system_reason(&error))),
        }
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.dir).map(slashed).unwrap_or_default()
    }
}

pub(super) fn wanted(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "typ" || extension == "json")
}

pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
