//! Whether names from outside may become the files of a folder: the same folder on every system,
//! and nothing beside it.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::folder::stays_inside;
use crate::problem::{Code, Place, Problem};

/// What Windows cannot have in a name, and what it takes for something else.
const FORBIDDEN: [char; 7] = [':', '<', '>', '"', '|', '?', '*'];
/// Names of devices on Windows, with any ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// In bytes, of a name between two `/`.
const LONGEST_PART: usize = 255;
const LONGEST: usize = 1024;
const DEEPEST: usize = 32;
const MOST: usize = 10_000;

/// A name that must not become a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameFault {
    pub name: String,
    pub reason: NameReason,
}

/// Why it must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameReason {
    /// It leads out of the folder: absolute, or with `..`.
    Outside,
    /// It has `\`, which parts folders on Windows and nothing elsewhere.
    Backslash,
    /// It has characters that cannot be seen or that no file can have, or is empty.
    Unwritable,
    /// `./a`, `a//b`, `a/`: another way to write the name of another file.
    Roundabout,
    TooLong,
    /// Some system would write both to one file: they differ in case or in the form of Unicode.
    Twin(String),
    /// The other is a file in a folder of this name.
    IsFolderOf(String),
    TooMany,
}

impl NameReason {
    /// The end of a Japanese sentence on the name, without a full stop.
    pub fn words(&self) -> String {
        match self {
            NameReason::Outside => "報告書フォルダーの外を指す名前です".into(),
            NameReason::Backslash => "区切りに \\ を使った名前です".into(),
            NameReason::Unwritable => "ファイルの名前にできない文字があるか、空です".into(),
            NameReason::Roundabout => "余分な . や / のある名前です".into(),
            NameReason::TooLong => "名前が長すぎるか、フォルダーの入れ子が深すぎます".into(),
            NameReason::Twin(other) => {
                format!("「{other}」と、大文字と小文字か、濁点などの表し方だけが違う名前です")
            }
            NameReason::IsFolderOf(other) => {
                format!("「{other}」のフォルダーと同じ名前のファイルです")
            }
            NameReason::TooMany => format!("ファイルが{MOST}個より多くあります"),
        }
    }
}

/// Whether the names may all become files of one folder.
///
/// # Errors
/// The first name that may not, in the order given.
pub fn may_become_folder<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<(), NameFault> {
    name_faults(names).into_iter().next().map_or(Ok(()), Err)
}

/// Every name that must not become a file of the folder, in the order given.
pub fn name_faults<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<NameFault> {
    let fault = |name: &str, reason| NameFault { name: name.to_owned(), reason };
    let mut names: Vec<&str> = names.into_iter().take(MOST + 1).collect();
    let mut faults = Vec::new();
    if names.len() > MOST {
        faults.extend(names.pop().map(|name| fault(name, NameReason::TooMany)));
    }
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    // Every folder, with a file in it.
    let mut folders: BTreeMap<String, &str> = BTreeMap::new();
    let mut sound = Vec::new();
    for name in names {
        match by_itself(name) {
            Some(reason) => faults.push(fault(name, reason)),
            None => sound.push((name, folded(name))),
        }
    }
    for (name, folded) in &sound {
        for (at, _) in folded.match_indices('/') {
            folders.entry(folded[..at].to_owned()).or_insert(name);
        }
    }
    let mut told = BTreeSet::new();
    for (name, folded) in &sound {
        if let Some(inside) = folders.get(folded) {
            faults.push(fault(name, NameReason::IsFolderOf((*inside).to_owned())));
        }
        if let Some(other) = taken.insert(folded.clone(), name)
            && told.insert(*name)
        {
            faults.push(fault(name, NameReason::Twin(other.to_owned())));
        }
    }
    faults
}

/// What is wrong with a name whatever the others are.
fn by_itself(name: &str) -> Option<NameReason> {
    let parts = || name.split('/');
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    if name.starts_with('/') || drive || parts().any(|part| part == "..") {
        return Some(NameReason::Outside);
    }
    if name.contains('\\') {
        return Some(NameReason::Backslash);
    }
    if name.is_empty() || parts().any(is_unwritable) {
        return Some(NameReason::Unwritable);
    }
    if parts().any(|part| part.is_empty() || part == ".") {
        return Some(NameReason::Roundabout);
    }
    let long = name.len() > LONGEST || parts().any(|part| part.len() > LONGEST_PART);
    if long || parts().count() > DEEPEST {
        return Some(NameReason::TooLong);
    }
    // Whatever else this system may take for a way out.
    (!stays_inside(name)).then_some(NameReason::Outside)
}

fn is_unwritable(part: &str) -> bool {
    // Windows takes them off the end, and finds another file.
    let cut = part.ends_with([' ', '.']) && part != ".";
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |kind: &str| {
        let rest = stem.strip_prefix(kind).map(|rest| rest.chars().collect::<Vec<_>>());
        matches!(rest.as_deref(), Some(['1'..='9' | '¹' | '²' | '³']))
    };
    let device = DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt");
    cut || device
        || part.contains(|c: char| c.is_control() || is_unseen(c) || FORBIDDEN.contains(&c))
}

/// Signs that turn the direction of text or have no width: a name with them reads as another.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The same for names that some system takes for one: HFS+ and APFS for the form, they and
/// Windows for the case.
fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

/// Every name that some system or some BagIt program cannot write or read as it is.
pub fn name_problems<'a>(names: impl IntoIterator<Item = &'a str> + Clone) -> Vec<Problem> {
    let problem = |name: &str, words: &str| {
        Problem::error(Code::FileName, Place::file(name))
            .message(format!("どのシステムでも取り出せる名前ではありません（{words}）"))
            .hint("名前を変えてください。report.toml などに書いた名前も直します")
    };
    let faults = name_faults(names.clone());
    let mut problems: Vec<Problem> =
        faults.iter().map(|fault| problem(&fault.name, &fault.reason.words())).collect();
    // BagIt writes it as %25, and not every program reads it back.
    let odd = names.into_iter().filter(|name| name.contains('%'));
    problems.extend(odd.map(|name| problem(name, "% のある名前です")));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(names: &[&str]) -> Option<(String, NameReason)> {
        may_become_folder(names.iter().copied()).err().map(|fault| (fault.name, fault.reason))
    }

    #[test]
    fn the_names_of_a_report_may_become_a_folder() {
        let names =
            ["report.toml", "csv/図1（推移）.csv", "csv/a b.csv", "csv/a.csv", "prose/が.typ"];
        assert_eq!(first(&names), None);
        assert_eq!(first(&["a", "a.csv", "ab/c", "con1.csv", "command.csv", ".hidden"]), None);
    }

    #[test]
    fn no_name_leads_out() {
        for name in ["../x", "/etc/x", "a/../../b", "..", "a/..", "C:/x", "c:x", "//server/x"] {
            assert_eq!(first(&["a", name]), Some((name.into(), NameReason::Outside)), "{name}");
        }
    }

    #[test]
    fn no_name_means_something_else_on_another_system() {
        for name in ["..\\x", "a\\b", "\\\\server\\x"] {
            assert_eq!(first(&[name]), Some((name.into(), NameReason::Backslash)), "{name}");
        }
        for name in [
            "",
            "a\0b",
            "a\nb",
            "a/b ",
            "a./b",
            "con",
            "csv/NUL.csv",
            "Com1.txt",
            "ab:c",
            "a?",
            "a\u{202E}vsc.exe",
            "a\u{200B}",
        ] {
            assert_eq!(first(&[name]), Some((name.into(), NameReason::Unwritable)), "{name:?}");
        }
        for name in ["./a", "a//b", "a/", "a/./b"] {
            assert_eq!(first(&[name]), Some((name.into(), NameReason::Roundabout)), "{name}");
        }
    }

    #[test]
    fn a_backslash_with_a_drive_leads_out() {
        assert_eq!(first(&["C:\\x"]), Some(("C:\\x".into(), NameReason::Outside)));
    }

    #[test]
    fn two_names_are_two_files_everywhere() {
        let twin = |name: &str, other: &str| Some((name.into(), NameReason::Twin(other.into())));
        assert_eq!(first(&["csv/a.csv", "csv/A.csv"]), twin("csv/A.csv", "csv/a.csv"));
        assert_eq!(first(&["が.csv", "か\u{3099}.csv"]), twin("か\u{3099}.csv", "が.csv"));
        assert_eq!(first(&["ａ", "Ａ"]), twin("Ａ", "ａ"));
        assert_eq!(first(&["a", "a"]), twin("a", "a"));
        assert_eq!(first(&["A/x", "a/y"]), None, "one folder, two files");
    }

    #[test]
    fn no_file_is_the_folder_of_another() {
        let folder =
            |name: &str, other: &str| Some((name.into(), NameReason::IsFolderOf(other.into())));
        assert_eq!(first(&["a", "a/b"]), folder("a", "a/b"));
        assert_eq!(first(&["a/b/c", "A"]), folder("A", "a/b/c"));
    }

    #[test]
    fn names_are_neither_endless_nor_countless() {
        let (part, whole, deep) = ("あ".repeat(86), "a/".repeat(31) + "a", "a/".repeat(32) + "a");
        assert_eq!(first(&[&part]), Some((part.clone(), NameReason::TooLong)));
        assert_eq!(first(&[&whole]), None);
        assert_eq!(first(&[&deep]), Some((deep.clone(), NameReason::TooLong)));
        let many: Vec<String> = (0..=MOST).map(|number| format!("f{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(first(&many[..MOST]), None);
        assert_eq!(first(&many), Some(("f10000".into(), NameReason::TooMany)));
    }

    #[test]
    fn every_bad_name_is_told() {
        let faults = name_faults(["../a", "b", "/c"]);
        let names: Vec<&str> = faults.iter().map(|fault| fault.name.as_str()).collect();
        assert_eq!(names, ["../a", "/c"]);
    }
}
