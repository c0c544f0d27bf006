//! Everything that lies in the folder of an edition.
#![expect(clippy::disallowed_methods, reason = "the folder of an edition is read here")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::limits::DEEPEST;
use soukatsu_core::problem::{Code, Place, Problem, system_reason};

/// The most files and folders that are looked at: five times what a report folder may hold.
const MOST: usize = 100_000;

/// What a walk came upon; places are relative to the folder.
#[derive(Debug, Default)]
pub struct Walk {
    /// The regular files by path with `/`, with their sizes in bytes.
    pub files: BTreeMap<String, u64>,
    /// The folders with nothing in them, by path with `/`.
    pub empty: Vec<String>,
    /// What is no regular file and no folder, and what could not be looked at.
    pub problems: Vec<Problem>,
}

/// Looks at everything below a folder; links are not followed.
pub fn walk(dir: &Path) -> Walk {
    let mut walk = Walk::default();
    let mut left = MOST;
    // A list of the folders to come instead of calls in calls: deep folders take no stack.
    let mut open = vec![(dir.to_owned(), String::new(), 1)];
    while let Some((folder, prefix, depth)) = open.pop() {
        if let Err(error) = walk.folder(&folder, &prefix, depth, &mut left, &mut open) {
            let name = if prefix.is_empty() { "." } else { prefix.trim_end_matches('/') };
            let reason = system_reason(&error);
            walk.fault(name.to_owned(), &format!("フォルダーを読めません（{reason}）"));
        }
        if left == 0 {
            let message = format!("ファイルとフォルダーが多すぎます（{MOST}まで見ます）");
            walk.fault(prefix.trim_end_matches('/').to_owned(), &message);
            break;
        }
    }
    walk.empty.sort();
    walk.problems.sort_by(|a, b| a.place.cmp(&b.place));
    walk
}

impl Walk {
    fn folder(
        &mut self,
        folder: &Path,
        prefix: &str,
        depth: usize,
        left: &mut usize,
        open: &mut Vec<(PathBuf, String, usize)>,
    ) -> std::io::Result<()> {
        let mut is_empty = !prefix.is_empty();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            is_empty = false;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            *left -= 1;
            if entry.file_name().to_str().is_none() {
                // Its name as it is shown could be that of another file.
                self.fault(name, "名前がUnicodeではありません");
            } else if kind.is_dir() && depth >= DEEPEST {
                self.fault(name, &format!("フォルダーが深すぎます（{DEEPEST}段まで）"));
            } else if kind.is_dir() {
                open.push((entry.path(), format!("{name}/"), depth + 1));
            } else if kind.is_file() {
                self.files.insert(name, entry.metadata()?.len());
            } else {
                // A link could lead anywhere, and its target is not what was kept.
                self.fault(name, "普通のファイルではありません（リンクなど）");
            }
            if *left == 0 {
                break;
            }
        }
        if is_empty {
            self.empty.push(prefix.trim_end_matches('/').to_owned());
        }
        Ok(())
    }

    fn fault(&mut self, name: String, message: &str) {
        self.problems.push(Problem::error(Code::BagDamaged, Place::file(name)).message(message));
    }
}
