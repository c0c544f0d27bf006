//! Guards the architecture: holds the code of every crate against the tables of rooms in
//! ARCHITECTURE.md (`table.rs` explains their format), and finds circles among files.
//!
//! Read is all code as the compiler sees it, whole files: every form of path, followed through
//! imports and re-exports to the file where the item stands. Only test code is exempt, wherever
//! it stands (`#[cfg(test)]`, `#[test]`, and modules below): tests may use every room of their
//! package and of the packages below it, which Cargo sees to, and may touch what they like.
//!
//! Methods are followed where the type of their value is plain to see: `self`, parameters, fields,
//! what functions return (`values.rs`). In closures and loops it is not, and such calls go unseen.

mod circles;
mod mentions;
mod names;
mod reader_tests;
mod sources;
mod table;
mod touches;
mod uses;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use sources::Crate;
use table::{Room, room_of};
use touches::Touch;
use uses::House;

struct Checked {
    rooms: Vec<Room>,
    house: House,
    files: BTreeMap<String, String>,
    /// Files that no `mod` leads to.
    strays: Vec<String>,
}

/// Everything is read once for all tests.
static CHECKED: LazyLock<Checked> = LazyLock::new(|| {
    let read = |name: &str| std::fs::read_to_string(root().join(name)).unwrap();
    let rooms = table::rooms(&read("ARCHITECTURE.md")).unwrap();
    let folders: BTreeSet<_> = rooms.iter().map(|room| room.folder.as_str()).collect();
    let mut crates = Vec::new();
    let mut files = BTreeMap::new();
    for folder in folders {
        let mut texts = sources::texts(root(), folder, ".rs");
        files.extend(texts.clone());
        let manifest = read(&format!("{folder}/../Cargo.toml"));
        let name = package_name(&manifest).replace('-', "_");
        // A program is a crate of its own in the folder of its library.
        if let Some((path, text)) = texts.remove_entry(&format!("{folder}/main.rs")) {
            let program = BTreeMap::from([(path, text)]);
            crates.push(Crate::new("main", folder, "main.rs", &program));
        }
        crates.push(Crate::new(&name, folder, "lib.rs", &texts));
    }
    let house = House::new(&crates);
    let strays = crates.iter().flat_map(|source| source.strays.clone()).collect();
    Checked { rooms, house, files, strays }
});

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn package_name(manifest: &str) -> String {
    let package = manifest.split("[package]").nth(1).unwrap();
    let name = package.lines().find_map(|line| line.strip_prefix("name = ")).unwrap();
    name.trim_matches('"').to_owned()
}

/// Fails with all faults at once.
#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// `lib.rs` and `main.rs`, where no row names them.
fn is_top(file: &str) -> bool {
    file.ends_with("src/lib.rs") || file.ends_with("src/main.rs")
}

/// The room of a file as messages name it.
fn told(room: Option<usize>) -> String {
    room.map_or("no room".into(), |room| format!("`{}`", CHECKED.rooms[room].names.join("`, `")))
}

/// Whether a room may use the `lib.rs` of another crate: with every room of it.
fn may_use_all(room: usize, top: &str) -> bool {
    let folder = top.trim_end_matches("/lib.rs");
    let rooms = CHECKED.rooms.iter().enumerate();
    let mut of_crate = rooms.filter(|(_, room)| room.folder == folder);
    of_crate.all(|(at, _)| CHECKED.rooms[room].may_use.contains(&at))
}

#[test]
fn every_crate_has_a_table() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let members = manifest.lines().find_map(|line| line.strip_prefix("members = [")).unwrap();
    let members = members.trim_end_matches(']').split(", ").map(|name| name.trim_matches('"'));
    for member in members {
        let folder = if member == "." { "src".into() } else { format!("{member}/src") };
        assert!(CHECKED.rooms.iter().any(|room| room.folder == folder), "{folder} has no table");
    }
}

#[test]
fn every_file_is_in_a_room() {
    let mut faults = Vec::new();
    for file in CHECKED.files.keys().filter(|file| !is_top(file)) {
        if room_of(file, &CHECKED.rooms).is_none() {
            faults.push(format!("{file} is in no room of ARCHITECTURE.md"));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_room_has_a_file() {
    let held: BTreeSet<_> =
        CHECKED.files.keys().filter_map(|file| room_of(file, &CHECKED.rooms)).collect();
    for (at, room) in CHECKED.rooms.iter().enumerate() {
        assert!(held.contains(&at), "no file in {}: {}", room.folder, told(Some(at)));
    }
}

#[test]
fn every_file_is_compiled() {
    let strays = CHECKED.strays.iter();
    assert_none(&strays.map(|file| format!("no `mod` leads to {file}")).collect::<Vec<_>>());
}

/// What the reader loses, the other tests do not see.
#[test]
fn every_path_is_followed() {
    let lost = CHECKED.house.lost.iter();
    let faults: Vec<_> = lost.map(|(file, path)| format!("{file}: {path} leads nowhere")).collect();
    assert_none(&faults);
}

#[test]
fn rooms_use_only_what_the_table_allows() {
    let mut faults = Vec::new();
    // What a `mod.rs` hands on of the modules below it, it does not use.
    for used in CHECKED.house.uses.iter().filter(|used| !used.handed_on) {
        let by = room_of(&used.by, &CHECKED.rooms);
        let of = room_of(&used.of, &CHECKED.rooms);
        let fine = match (by, of) {
            (None, _) => is_top(&used.by),
            (Some(by), Some(of)) => by == of || CHECKED.rooms[by].may_use.contains(&of),
            (Some(by), None) => may_use_all(by, &used.of),
        };
        if !fine {
            let (by, of) = (told(by), told(of));
            faults.push(format!("{by} uses {of}: `{}` of {} in {}", used.name, used.of, used.by));
        }
    }
    assert_none(&faults);
}

#[test]
fn rooms_touch_what_the_table_says_and_nothing_else() {
    let mut faults = Vec::new();
    let mut touched: BTreeSet<(usize, Touch)> = BTreeSet::new();
    for call in &CHECKED.house.calls {
        let Some(touch) = Touch::of(&call.name) else { continue };
        let room = room_of(&call.by, &CHECKED.rooms);
        touched.extend(room.map(|room| (room, touch)));
        if !room.is_some_and(|room| CHECKED.rooms[room].touches.contains(&touch)) {
            let room = told(room);
            faults.push(format!("{room} touches {touch:?}: `{}` in {}", call.name, call.by));
        }
    }
    for (at, room) in CHECKED.rooms.iter().enumerate() {
        let idle = room.touches.iter().filter(|touch| !touched.contains(&(at, **touch)));
        faults.extend(idle.map(|touch| format!("{} touches no {touch:?}", told(Some(at)))));
    }
    assert_none(&faults);
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    let found = circles::circles(&CHECKED.house.uses);
    assert_none(&found.iter().map(ToString::to_string).collect::<Vec<_>>());
}

/// clippy tells while one writes; it knows the same doors.
#[test]
fn clippy_bans_what_the_table_gives_out() {
    let text = std::fs::read_to_string(root().join("clippy.toml")).unwrap();
    let banned: Vec<_> = text.split('"').filter(|part| part.starts_with("std::")).collect();
    for path in &banned {
        let known = Touch::of(path).or(Touch::of(&format!("{path}!"))).is_some()
            || path.starts_with("std::path::Path::")
            // Time is no touch, but pages must not depend on it.
            || path.starts_with("std::time::");
        assert!(known, "{path}");
    }
    // Traits are all there is in std::os.
    let of_std = |path: &str| path.starts_with("std::") && !path.starts_with("std::os::");
    for (path, _) in touches::TOUCHING.iter().filter(|(path, _)| of_std(path)) {
        let covered = banned.iter().any(|banned| touches::is_below(banned, path));
        assert!(covered, "nothing of {path} is banned");
    }
}

#[test]
fn no_report_is_known_outside_data() {
    let mut texts = CHECKED.house.texts.clone();
    // Comments are no part of what the compiler sees; those of tests count too.
    for (file, text) in &CHECKED.files {
        let comments = text.lines().filter_map(|line| Some(line.split_once("//")?.1));
        texts.extend(comments.map(|comment| (file.clone(), comment.to_owned())));
    }
    texts.extend(sources::texts(root(), "templates", ""));
    let mut faults = Vec::new();
    for word in ["荒尾", "見本市", "地域マネジメント", "行政経営計画", "超過勤務"]
    {
        let named = texts.iter().filter(|(_, text)| text.contains(word));
        faults.extend(named.map(|(file, _)| format!("{file} names {word}")));
    }
    assert_none(&faults);
}
