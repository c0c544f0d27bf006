//! The guard itself is held to find what it should, in crates made up for it.

use std::collections::BTreeMap;

use super::circles::circles;
use super::sources::Crate;
use super::table::{room_of, rooms};
use super::touches::Touch;
use super::uses::{House, Use};

/// A crate called `made` of these files below `made/src`.
fn made(files: &[(&str, &str)]) -> Crate {
    named("made", files)
}

fn named(name: &str, files: &[(&str, &str)]) -> Crate {
    let folder = format!("{name}/src");
    let texts = files.iter().map(|(file, text)| (format!("{folder}/{file}"), text.to_string()));
    Crate::new(name, &folder, "lib.rs", &texts.collect())
}

/// Uses as `a.rs -> b.rs: Name`, without the folder.
fn uses(files: &[(&str, &str)]) -> Vec<String> {
    House::new(&[made(files)]).uses.iter().map(told).collect()
}

fn told(used: &Use) -> String {
    let file = |path: &str| path.trim_start_matches("made/src/").to_owned();
    format!("{} -> {}: {}", file(&used.by), file(&used.of), used.name)
}

fn calls(text: &str) -> Vec<String> {
    let house = House::new(&[made(&[("lib.rs", text)])]);
    house.calls.into_iter().map(|call| call.name).collect()
}

/// The files of every circle, without the folder.
fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let house = House::new(&[made(files)]);
    let name = |file: &&str| file.trim_start_matches("made/src/").to_owned();
    circles(&house.uses).iter().map(|circle| circle.files.iter().map(name).collect()).collect()
}

const B: (&str, &str) =
    ("b.rs", "pub struct Thing; impl Thing { pub fn new() {} } pub fn work() {}");

#[test]
fn nested_braces_are_taken_apart() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::{b::{self, Thing as Other}, c};  fn f() { c::go() }"),
        B,
        ("c.rs", "pub fn go() {}"),
    ]);
    assert_eq!(found, ["a.rs -> b.rs: Thing", "a.rs -> c.rs: go"]);
}

#[test]
fn a_path_in_code_counts_without_any_import() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "fn f(x: crate::b::Thing) { self::super::b::work(); }"),
        B,
    ]);
    assert_eq!(found, ["a.rs -> b.rs: Thing", "a.rs -> b.rs: work"]);
}

#[test]
fn super_climbs_from_the_module_and_not_from_the_file() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod deep; pub fn here() {}"),
        (
            "a/deep.rs",
            "mod inner { fn f() { super::super::here(); super::super::super::b::work() } }",
        ),
        B,
    ]);
    assert_eq!(found, ["a/deep.rs -> a/mod.rs: here", "a/deep.rs -> b.rs: work"]);
}

#[test]
fn code_behind_a_test_module_is_read() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "#[cfg(test)] mod tests { use crate::b::work; } fn f() { crate::b::Thing; }"),
        B,
    ]);
    assert_eq!(found, ["a.rs -> b.rs: Thing"]);
}

#[test]
fn files_below_a_test_module_are_test_code_whatever_their_names() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "#[cfg(all(test, unix))] #[path = \"a_tests.rs\"] mod tests;"),
        ("a_tests.rs", "mod plain; use crate::b::work;"),
        ("plain.rs", "use crate::b::Thing;"),
        B,
    ]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_function_for_tests_alone_is_test_code() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "struct A; impl A { #[cfg(test)] fn f() { crate::b::work() } } #[test] fn g() { crate::b::work() }",
        ),
        B,
    ]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_may_be_compiled_without_tests_is_no_test_code() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "#[cfg(any(test, unix))] use crate::b::Thing; #[cfg(not(test))] use crate::b::work;",
        ),
        B,
    ]);
    assert_eq!(found, ["a.rs -> b.rs: Thing", "a.rs -> b.rs: work"]);
}

#[test]
fn a_file_named_like_tests_is_read_where_no_attribute_says_so() {
    let found = uses(&[("lib.rs", "mod tests; mod b;"), ("tests.rs", "use crate::b::work;"), B]);
    assert_eq!(found, ["tests.rs -> b.rs: work"]);
}

#[test]
fn a_reexport_counts_for_the_file_that_defines_the_item() {
    let found = uses(&[
        ("lib.rs", "mod a; mod c; mod b;"),
        ("a.rs", "use super::c::Renamed;"),
        ("c.rs", "pub use crate::b::*; pub use self::Thing as Renamed;"),
        B,
    ]);
    assert!(found.contains(&"a.rs -> b.rs: Thing".to_owned()), "{found:?}");
    assert!(!found.iter().any(|used| used.starts_with("a.rs -> c.rs")), "{found:?}");
}

#[test]
fn what_a_glob_brings_in_counts_where_it_is_used() {
    let found =
        uses(&[("lib.rs", "mod a; mod b;"), ("a.rs", "use super::b::*; fn f() { work() }"), B]);
    assert_eq!(found, ["a.rs -> b.rs: work"]);
}

#[test]
fn a_name_may_be_a_module_and_a_function() {
    let found = uses(&[
        ("lib.rs", "mod a; mod work;"),
        ("a.rs", "use super::work::{self, work}; fn f() { work::more(); work() }"),
        ("work.rs", "pub fn work() {} pub fn more() {}"),
    ]);
    assert_eq!(found, ["a.rs -> work.rs: more", "a.rs -> work.rs: work"]);
}

#[test]
fn a_local_name_is_no_use_of_what_is_handed_on_under_it() {
    let found = circles_of(&[
        ("lib.rs", "mod b; pub use b::work; pub fn f(work: u8) -> u8 { work }"),
        ("b.rs", "pub fn work() { crate::f(1) }"),
    ]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn paths_in_macros_are_found() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "fn f() { println!(\"{}\", crate::b::work()); matches!(1, crate::b::Thing if true) }",
        ),
        B,
    ]);
    assert_eq!(found, ["a.rs -> b.rs: Thing", "a.rs -> b.rs: work"]);
}

#[test]
fn paths_in_attributes_are_found() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "struct A { #[arg(parse = crate::b::work)] x: u8, #[serde(with = \"crate::b::Thing\")] y: u8 }",
        ),
        B,
    ]);
    assert_eq!(found, ["a.rs -> b.rs: Thing", "a.rs -> b.rs: work"]);
}

#[test]
fn a_part_of_a_type_counts_for_the_file_of_its_impl() {
    let found = uses(&[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "fn f() { crate::b::Thing::more() }"),
        B,
        ("c.rs", "impl crate::b::Thing { pub fn more() {} }"),
    ]);
    assert_eq!(found, ["a.rs -> b.rs: Thing", "a.rs -> c.rs: Thing::more", "c.rs -> b.rs: Thing"]);
}

#[test]
fn methods_are_found_where_the_type_is_written() {
    let parts = "use super::Thing; impl Thing { fn one(&self) {} fn two(&self) {} fn three(&self) {} fn four(&self) {} fn five(&self) {} }";
    let found = uses(&[
        (
            "lib.rs",
            "mod parts; struct Thing; impl Thing { fn f(&self) { self.one() } } \
             struct Holder { thing: Thing } impl Holder { fn g(&self) { self.thing.two() } } \
             fn get() -> Option<Thing> { None } \
             fn i() { let x = get().unwrap(); x.four(); let x = 1; x.five() } \
             fn h(thing: &mut Thing) { thing.three() }",
        ),
        ("parts.rs", parts),
    ]);
    let expected = ["Thing::four", "Thing::one", "Thing::three", "Thing::two"];
    assert_eq!(found[..4], expected.map(|name| format!("lib.rs -> parts.rs: {name}")));
}

#[test]
fn items_of_another_crate_are_found() {
    let low = named("low", &[("lib.rs", "pub mod x;"), ("x.rs", "pub fn go() {}")]);
    let high = made(&[("lib.rs", "fn f() { low::x::go() }")]);
    let found: Vec<_> = House::new(&[high, low]).uses.iter().map(told).collect();
    assert_eq!(found, ["lib.rs -> low/src/x.rs: go"]);
}

#[test]
fn a_path_that_leads_nowhere_is_told() {
    let house = House::new(&[made(&[("lib.rs", "mod b; fn f() { b::missing() }"), B])]);
    assert_eq!(house.lost.len(), 1, "{:?}", house.lost);
}

#[test]
fn a_file_that_no_module_leads_to_is_told() {
    assert_eq!(made(&[("lib.rs", ""), B]).strays, ["made/src/b.rs"]);
}

#[test]
fn two_files_that_use_one_another_are_a_circle() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use super::b::go; pub struct A;"),
        ("b.rs", "use super::a::A; pub fn go() {}"),
    ];
    assert_eq!(circles_of(&files), [["a.rs", "b.rs"]]);
    let house = House::new(&[made(&files)]);
    let told = circles(&house.uses)[0].to_string();
    assert!(told.contains("made/src/a.rs uses `go` of made/src/b.rs"), "{told}");
}

#[test]
fn circles_apart_are_told_apart() {
    let found = circles_of(&[
        ("lib.rs", "mod a; mod b; mod c; mod d; mod e;"),
        ("a.rs", "pub fn a() { super::b::b() }"),
        ("b.rs", "pub fn b() { super::c::c() }"),
        ("c.rs", "pub fn c() { super::a::a(); super::d::d() }"),
        ("d.rs", "pub fn d() { super::e::e() }"),
        ("e.rs", "pub fn e() { super::d::d() }"),
    ]);
    assert_eq!(found, [vec!["a.rs", "b.rs", "c.rs"], vec!["d.rs", "e.rs"]]);
}

#[test]
fn a_parent_that_hands_its_children_on_is_in_no_circle() {
    let found = circles_of(&[
        ("lib.rs", "mod a; mod b; pub use a::A; pub fn f() {}"),
        ("a.rs", "use super::b::Thing; pub struct A; fn g() { super::f() }"),
        B,
    ]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_parent_that_uses_a_child_using_its_items_is_in_a_circle() {
    let found = circles_of(&[
        ("lib.rs", "mod a; pub struct Own; fn f() { a::go() }"),
        ("a.rs", "use super::Own; pub fn go() {}"),
    ]);
    assert_eq!(found, [["a.rs", "lib.rs"]]);
}

#[test]
fn a_call_is_known_by_its_whole_path() {
    let found = calls(
        "use std::fs::{self as disk, File}; fn f() { disk::read(\"x\"); File::open(\"x\"); }",
    );
    assert_eq!(found, ["std::fs", "std::fs::File", "std::fs::File::open", "std::fs::read"]);
}

#[test]
fn what_touches_the_world_outside_is_known() {
    let found = calls("fn f(p: &Path) { println!(); p.exists(); std::process::exit(1) }");
    let touches: Vec<_> = found.iter().filter_map(|call| Touch::of(call)).collect();
    assert_eq!(touches, [Touch::Disk, Touch::Terminal, Touch::Terminal]);
    assert_eq!(Touch::of("std::fsync::x"), None);
    assert_eq!(Touch::of("std::process::ExitCode"), None);
}

#[test]
fn texts_of_tests_are_left_out() {
    let text =
        "/// One\nfn f() { g(\"two\") } #[cfg(test)] mod tests { const T: &str = \"three\"; }";
    let house = House::new(&[made(&[("lib.rs", text)])]);
    let texts: Vec<_> = house.texts.iter().map(|(_, text)| text.trim()).collect();
    assert_eq!(texts, ["One", "two"]);
}

const TABLES: &str = "\
| room under `low/src/` | what it does | may use | touches |
|---|---|---|---|
| `a/` | … | – | nothing |
| `b` | … | a | reads disk (fonts, too) |

| other | table | of two | rows |
|---|---|---|---|

| room under `src/` | what it does | may use | touches |
|---|---|---|---|
| `c/`, `*.rs` | … | low | disk, terminal |
| `c/deep/` | … | low/b, c | nothing |
| `d` | … | all above | nothing |
";

#[test]
fn tables_of_several_crates_are_read_together() {
    let found = rooms(TABLES).unwrap();
    let may_use = |room: usize| found[room].may_use.iter().copied().collect::<Vec<_>>();
    let all: BTreeMap<_, _> = (0..5).map(|at| (found[at].names[0].as_str(), may_use(at))).collect();
    let expected = [
        ("a", vec![]),
        ("b", vec![0]),
        ("c", vec![0, 1]),
        ("c/deep", vec![1, 2]),
        ("d", vec![0, 1, 2, 3]),
    ];
    assert_eq!(all, BTreeMap::from(expected));
    assert_eq!(found[1].touches, [Touch::Disk].into());
    assert_eq!(found[2].touches, [Touch::Disk, Touch::Terminal].into());
}

#[test]
fn a_file_is_in_the_room_with_the_longest_name() {
    let found = rooms(TABLES).unwrap();
    let files = [
        ("low/src/a/mod.rs", Some(0)),
        ("low/src/b.rs", Some(1)),
        ("low/src/beside.rs", None),
        ("src/c/x.rs", Some(2)),
        ("src/other.rs", Some(2)),
        ("src/lib.rs", None),
        ("src/c/deep/x.rs", Some(3)),
        ("src/d.rs", Some(4)),
    ];
    for (file, room) in files {
        assert_eq!(room_of(file, &found), room, "{file}");
    }
}

fn refused(old: &str, new: &str) -> String {
    assert!(TABLES.contains(old));
    rooms(&TABLES.replace(old, new)).unwrap_err()
}

#[test]
fn a_room_below_cannot_be_used() {
    assert_eq!(refused("| low |", "| d |"), "c, *.rs: no room above is called d");
}

#[test]
fn a_name_that_two_crates_have_needs_its_crate() {
    let twice = TABLES.to_owned() + &TABLES.replace("low/", "high/").replace("| low |", "| b |");
    assert!(rooms(&twice).unwrap_err().contains("several crates have a room b"));
}

#[test]
fn a_touch_that_is_unknown_is_refused() {
    assert_eq!(refused("reads disk", "reads tape"), "b: no such touch: reads tape");
}
