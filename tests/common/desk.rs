//! Whole commands on an empty folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// An empty folder with the program in it.
pub struct Desk(pub TempDir);

pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    #[allow(clippy::new_without_default, reason = "a desk is made, not assumed")]
    pub fn new() -> Self {
        Desk(tempfile::tempdir().unwrap())
    }

    /// A desk with a report folder `r`.
    pub fn with(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let desk = Desk::new();
        for (name, bytes) in files {
            desk.put(&format!("r/{name}"), bytes);
        }
        desk
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file, with the folders it stands in.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn run(&self, args: &[&str]) -> Run {
        let mut command = Command::cargo_bin("soukatsu").unwrap();
        let output = command.current_dir(self.path()).env_clear().args(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// What stands in a folder of the desk; `.` is the desk itself.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.at(folder)).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Run {
    /// Output and exit code in one text, for a snapshot.
    pub fn whole(&self) -> String {
        format!("[exit {}]\n[stdout]\n{}[stderr]\n{}", self.code, self.out, self.err)
    }
}
