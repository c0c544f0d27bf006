//! Holds the `use crate::…` lines of every room against the table in ARCHITECTURE.md.

use std::fs;
use std::path::{Path, PathBuf};

/// A room and the rooms it may use. A room may always use itself.
const ROOMS: [(&str, &[&str]); 17] = [
    ("problem", &[]),
    ("load", &["problem"]),
    ("model", &["problem"]),
    ("validate", &["load", "model", "problem"]),
    ("bind", &["model", "problem"]),
    ("check", &["bind", "model", "problem"]),
    ("chart", &["model", "problem"]),
    ("world", &["bind", "model", "chart", "problem"]),
    ("compile", &["world", "problem"]),
    ("trace", &["bind", "check", "model", "world", "problem"]),
    ("export", &["compile", "model", "problem"]),
    ("record", &["model", "world"]),
    ("official", &["model", "record", "problem"]),
    ("compare", &["bind", "chart", "compile", "export", "model", "problem", "world"]),
    (
        "pipeline",
        &[
            "load", "validate", "model", "bind", "check", "world", "compile", "export", "trace",
            "record", "official", "compare", "problem",
        ],
    ),
    (
        "archive",
        &[
            "load", "model", "world", "export", "record", "official", "compare", "pipeline",
            "problem",
        ],
    ),
    (
        "cli",
        &[
            "load", "validate", "model", "bind", "check", "chart", "world", "compile", "export",
            "trace", "record", "official", "compare", "pipeline", "archive", "problem",
        ],
    ),
];

/// Rooms that may call the file system.
const DISK: [&str; 4] = ["load", "world", "archive", "cli"];

fn sources(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(sources(&path)),
            false if path.extension().is_some_and(|e| e == "rs") => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

/// Every source file with the room it belongs to; lib.rs and main.rs belong to none.
fn files() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let room = |path: &Path| {
        let first = path.strip_prefix(&root).unwrap().components().next().unwrap();
        first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
    };
    let all = sources(&root).into_iter().map(|path| (room(&path), path));
    // Files of tests alone may use every room.
    all.filter(|(_, path)| !path.ends_with("tests.rs"))
        .filter(|(room, _)| room != "lib" && room != "main")
        .map(|(room, path)| {
            let text = fs::read_to_string(&path).unwrap();
            (room, path, text)
        })
        .collect()
}

/// The part of a file that is compiled into the program.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap()
}

#[test]
fn every_room_is_in_the_table() {
    for (room, path, _) in files() {
        assert!(ROOMS.iter().any(|(known, _)| *known == room), "{}", path.display());
    }
}

#[test]
fn rooms_use_only_what_the_table_allows() {
    for (room, path, text) in files() {
        let (_, allowed) = ROOMS.iter().find(|(known, _)| *known == room).unwrap();
        for (at, _) in without_tests(&text).match_indices("crate::") {
            let used: String = text[at + "crate::".len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let fine = used == room || used.is_empty() || allowed.contains(&used.as_str());
            assert!(fine, "{} ({room}) uses {used}", path.display());
        }
    }
}

#[test]
fn only_the_rooms_at_the_edge_touch_the_disk() {
    for (room, path, text) in files() {
        let touches = without_tests(&text).contains("std::fs::");
        assert!(!touches || DISK.contains(&room.as_str()), "{}", path.display());
    }
}

#[test]
fn no_report_is_known_outside_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = sources(&root.join("src"));
    files.extend(templates(&root.join("templates")));
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        for word in ["荒尾", "見本市", "地域マネジメント", "行政経営計画", "超過勤務"]
        {
            assert!(!without_tests(&text).contains(word), "{} names {word}", path.display());
        }
    }
}

fn templates(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(templates(&path)) } else { found.push(path) }
    }
    found
}
