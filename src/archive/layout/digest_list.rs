//! The lists of a bag: a digest and a path on each line.

use std::collections::BTreeMap;
use std::path::Path;

use super::limits::LARGEST_LIST;
use crate::files;
use soukatsu_core::load::stays_inside;
use soukatsu_core::problem::{Code, Place, Problem};

/// A line of a list. Line breaks and percent signs cannot stand in it as they are.
pub fn line(digest: &str, path: &str) -> String {
    let path = path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D");
    format!("{digest}  {path}\n")
}

fn decoded(path: &str) -> String {
    let replaced = path.replace("%0A", "\n").replace("%0a", "\n");
    replaced.replace("%0D", "\r").replace("%0d", "\r").replace("%25", "%")
}

/// The digests of a list by path.
///
/// # Errors
/// Lines that are none of a list, paths that leave the bag, and paths that are there twice.
pub fn read_list(dir: &Path, name: &str) -> Result<BTreeMap<String, String>, Vec<Problem>> {
    let text = read_text(dir, name).map_err(|problem| vec![*problem])?;
    parse(name, &text)
}

/// As [`read_list`], of a text that was read already.
///
/// # Errors
/// As [`read_list`].
pub fn parse(name: &str, text: &str) -> Result<BTreeMap<String, String>, Vec<Problem>> {
    let (mut list, mut problems) = (BTreeMap::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let fault = |message: &str| {
            Problem::error(Code::BagDamaged, Place::at(name, index as u32 + 1, 1))
                .text(line.chars().take(LONGEST_SHOWN).collect::<String>())
                .message(message)
        };
        let Some((digest, path)) = line.split_once([' ', '\t']) else {
            problems.push(fault("一覧の行が「SHA-256　ファイル名」になっていません"));
            continue;
        };
        let path = decoded(path.trim_start_matches([' ', '\t', '*']));
        let digest = digest.to_ascii_lowercase();
        if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            problems.push(fault("SHA-256 が64桁の16進数になっていません"));
        } else if !stays_inside(&path) {
            problems.push(fault("ファイルの名前が版のフォルダーの外を指しています"));
        } else if list.insert(path, digest).is_some() {
            problems.push(fault("同じファイルが2回書かれています"));
        }
    }
    if problems.is_empty() { Ok(list) } else { Err(problems) }
}

/// So much of a line is shown.
const LONGEST_SHOWN: usize = 200;

/// Reads a text file of a bag.
///
/// # Errors
/// When it is no regular file of a sensible size, or no text.
pub fn read_text(dir: &Path, name: &str) -> Result<String, Box<Problem>> {
    let fault = |message: String| {
        Box::new(Problem::error(Code::BagDamaged, Place::file(name)).message(message))
    };
    let bytes = files::read(dir, name, LARGEST_LIST)
        .map_err(|error| fault(format!("「{name}」{}", error.message())))?;
    String::from_utf8(bytes).map_err(|_| fault(format!("「{name}」がUTF-8の文字になっていません")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_breaks_and_percent_signs_come_back() {
        let digest = "0".repeat(64);
        for name in ["data/100%.csv", "data/a\nb", "data/a\rb", "data/%0A", "data/%250A"] {
            let list = parse("m", &line(&digest, name)).unwrap();
            assert_eq!(list.keys().collect::<Vec<_>>(), [name]);
        }
    }

    #[test]
    fn a_path_out_of_the_bag_and_a_second_line_of_a_file_are_refused() {
        let digest = "0".repeat(64);
        for path in ["../x", "/etc/passwd", "data/../../x", "data\\..\\x"] {
            let problems = parse("m", &line(&digest, path)).unwrap_err();
            assert!(problems[0].message.contains("外を指して"), "{path}");
        }
        let twice = line(&digest, "data/a") + &line(&digest, "data/a");
        assert!(parse("m", &twice).unwrap_err()[0].message.contains("2回"));
    }

    #[test]
    fn capital_digits_and_windows_line_ends_are_read() {
        let text = format!("{}  data/a\r\n", "AB".repeat(32));
        assert_eq!(parse("m", &text).unwrap()["data/a"], "ab".repeat(32));
    }
}
