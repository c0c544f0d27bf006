//! Reports and files that ask for all memory: the command ends, says so and leaves the files alone.

use std::collections::BTreeMap;

use crate::common;
use crate::desk::{Desk, Run};

fn with_prose(code: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = common::files("mihon-r8");
    files.get_mut("prose/01-sokatsu.typ").unwrap().extend(format!("\n#{{ {code} }}\n").bytes());
    files
}

/// Runs a command that must be stopped, and holds it to that.
fn stopped(desk: &Desk, args: &[&str]) -> Run {
    let run = desk.run(&[args, &["--memory-limit", "300"]].concat());
    assert_eq!(run.code, 1, "{}", run.whole());
    assert!(run.err.contains("誤り[S814] メモリーが足りないか、300MBより"), "{}", run.err);
    run
}

#[test]
fn a_list_of_a_thousand_million_ends_the_build_and_leaves_the_old_pdf() {
    let desk = Desk::with(&with_prose("let all = range(1000000000)"));
    desk.put("r.pdf", "%PDF-1.7 old");
    let run = stopped(&desk, &["build", "r"]);
    assert!(run.err.contains("場所   r\n"), "{}", run.err);
    assert!(run.err.contains("前からあるファイルはそのままです"), "{}", run.err);
    assert_eq!(std::fs::read(desk.at("r.pdf")).unwrap(), b"%PDF-1.7 old");
    assert_eq!(desk.names("."), ["r", "r.pdf"]);
}

#[test]
fn memory_that_is_taken_in_small_pieces_is_counted_too() {
    let desk = Desk::with(&with_prose("range(9000000).map(i => [#i])"));
    stopped(&desk, &["build", "r"]);
}

#[test]
fn comparing_and_keeping_end_and_write_nothing() {
    let desk = Desk::with(&with_prose("let all = range(1000000000)"));
    for (name, bytes) in common::files("mihon-r8") {
        desk.put(&format!("old/{name}"), bytes);
    }
    let run = stopped(&desk, &["diff", "old", "r", "--errata", "e.pdf"]);
    assert!(run.err.contains("場所   old、r\n"), "{}", run.err);
    let add = ["archive", "add", "r", "--store", "s", "--reason", "訂正", "--approved-by", "市長"];
    stopped(&desk, &add);
    assert_eq!(desk.names("."), ["old", "r"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_system_without_memory_is_told_in_words() {
    let desk = Desk::with(&with_prose("let all = range(1000000000)"));
    let soukatsu = env!("CARGO_BIN_EXE_soukatsu");
    let line = format!("ulimit -v 1000000; exec '{soukatsu}' build r");
    let run = std::process::Command::new("sh")
        .args(["-c", &line])
        .current_dir(desk.path())
        .output()
        .unwrap();
    let err = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{err}");
    assert!(err.contains("誤り[S814]") || err.contains("メモリーが足りないので"), "{err}");
}
