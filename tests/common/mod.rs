//! What several test files need: the sample reports, built once.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod attached;
pub mod crops;
pub mod desk;
pub mod editions;
pub mod kept;
pub mod marked;
pub mod places;
pub mod reading;
pub mod tags;
pub mod tampered;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use soukatsu::pipeline::{Outcome, Output, Session};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

/// The folder of a sample report.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// A sample report in memory, so that a test can change it.
pub fn files(name: &str) -> BTreeMap<String, Vec<u8>> {
    let root = sample(name);
    let mut found = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Replaces a text that must stand in the file.
pub fn replace(files: &mut BTreeMap<String, Vec<u8>>, file: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "{file} holds no {from}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
}

/// Builds a report with the embedded fonts.
pub fn build(folder: &Folder) -> Outcome {
    Session::new(Fonts::embedded()).build(folder)
}

/// The handout, built once for all tests of a file.
pub fn handout() -> &'static Outcome {
    static HANDOUT: OnceLock<Outcome> = OnceLock::new();
    HANDOUT.get_or_init(|| build(&Folder::Disk(sample("arao-r7"))))
}

/// The PDF of a faultless report.
pub fn pdf(outcome: &Outcome) -> Vec<u8> {
    let document = outcome.document().unwrap_or_else(|| panic!("{:#?}", outcome.problems));
    let session = Session::new(Fonts::embedded());
    session.export(outcome.report.as_ref().unwrap(), document, &Output::default()).unwrap()
}
