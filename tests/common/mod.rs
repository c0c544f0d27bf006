//! The sample reports, for tests to change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The program's own allocator: much of what the tests do is done in their own process.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
