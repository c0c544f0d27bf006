//! Names the source that the program is compiled from, for its records: two programs with the
//! same version need not make the same PDF.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// All that decides what the program does, beside the libraries, which Cargo.lock names.
const SOURCE: [&str; 5] = ["Cargo.toml", "build.rs", "crates", "src", "templates"];

fn main() {
    let mut files = Vec::new();
    for name in SOURCE {
        println!("cargo::rerun-if-changed={name}");
        collect(Path::new(name), &mut files);
    }
    files.sort();
    // The lines of sha256sum, as the content hash of a report is made.
    let mut lines = String::new();
    for (name, path) in files {
        let bytes = fs::read(&path).expect("the source can be read");
        writeln!(lines, "{}  {name}", sha256(&bytes)).expect("a string takes any text");
    }
    println!("cargo::rustc-env=SOURCE_SHA256={}", sha256(lines.as_bytes()));
}

/// Files below a path, with their names written the same on every system.
fn collect(path: &Path, files: &mut Vec<(String, PathBuf)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("the source can be read") {
            collect(&entry.expect("the source can be read").path(), files);
        }
        return;
    }
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let name = parts.join("/");
    // What editors leave is no source.
    if !name.ends_with('~') && !parts.iter().any(|part| part.starts_with('.')) {
        files.push((name, path.to_owned()));
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
