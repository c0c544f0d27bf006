//! The report folder as it goes into a store: every file of it, under names that come back.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::app::Build;
use soukatsu_core::load::{WholeFault, name_problems, whole_folder};
use soukatsu_core::problem::Problem;

/// Why a report folder cannot be kept in whole.
#[derive(Debug)]
pub enum NotWhole {
    Folder(PathBuf, WholeFault),
    /// Names that not every system can restore.
    Names(Vec<Problem>),
}

impl fmt::Display for NotWhole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (root, fault) = match self {
            NotWhole::Folder(root, fault) => (root.display(), fault),
            NotWhole::Names(_) => {
                return f
                    .write_str("どのシステムでも取り出せる名前ではないので、保管していません。");
            }
        };
        match fault {
            WholeFault::NoFile(path) => write!(
                f,
                "「{root}/{path}」は普通のファイルではない（リンクなど）ので、保管できません。実物のファイルに替えてください。"
            ),
            WholeFault::Name(name) => {
                write!(f, "「{root}」の「{name}」は、名前がUnicodeでないので保管できません。")
            }
            WholeFault::TooLarge => write!(
                f,
                "「{root}」が大きすぎて保管できません（1GB、2万ファイルまで）。報告書に要らないファイルを移してください。"
            ),
            WholeFault::Refused(path, reason) => write!(f, "「{path}」を読めません（{reason}）。"),
        }
    }
}

/// The whole folder; files that the build read are those that it read, even when they changed
/// since.
///
/// # Errors
/// Why it cannot be kept.
pub fn report_files(root: &Path, build: &Build) -> Result<BTreeMap<String, Vec<u8>>, NotWhole> {
    let files = whole_folder(root);
    let mut files = files.map_err(|fault| NotWhole::Folder(root.to_owned(), fault))?;
    let read = build.report.iter().flat_map(|report| &report.sources);
    files.extend(read.map(|(path, source)| (path.clone(), source.bytes.clone())));
    let problems = name_problems(files.keys().map(String::as_str));
    if problems.is_empty() { Ok(files) } else { Err(NotWhole::Names(problems)) }
}
