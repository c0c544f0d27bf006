//! Reports that are never finished: the command ends, says so and leaves the files alone.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::common;
use crate::desk::{Desk, Run};

/// Longer than anyone waits: nested, since Typst ends single loops itself.
const NEVER_ENDING: &str =
    "for i in range(9999) { for j in range(9999) { for k in range(9999) {} } }";

fn with_prose(code: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = common::files("mihon-r8");
    files.get_mut("prose/01-sokatsu.typ").unwrap().extend(format!("\n#{{ {code} }}\n").bytes());
    files
}

/// The report with a template of its own that does something at the end of the pages.
fn with_template(code: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = common::files("mihon-r8");
    common::replace(&mut files, "report.toml", "template = \"council\"", "template = \"own\"");
    for (path, text) in soukatsu::world::Template::embedded("council").unwrap().files() {
        files.insert(format!("own/{path}"), text.as_bytes().to_vec());
    }
    files.get_mut("own/report.typ").unwrap().extend(format!("\n#{{ {code} }}\n").bytes());
    files
}

/// Runs a command that must be stopped, and holds it to that.
fn stopped(desk: &Desk, args: &[&str]) -> Run {
    let begun = Instant::now();
    let run = desk.run(&[args, &["--time-limit", "1"]].concat());
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(run.code, 1, "{}", run.whole());
    assert!(run.err.contains("誤り[S809] 1秒たっても"), "{}", run.err);
    assert!(run.err.contains("場所   r"), "{}", run.err);
    run
}

#[test]
fn a_runaway_prose_ends_the_build_and_leaves_the_old_pdf() {
    let desk = Desk::with(&with_prose(NEVER_ENDING));
    desk.put("r.pdf", "%PDF-1.7 old");
    let run = stopped(&desk, &["build", "r"]);
    assert!(run.err.contains("前からあるファイルはそのままです"), "{}", run.err);
    assert_eq!(run.out, "");
    assert_eq!(std::fs::read(desk.at("r.pdf")).unwrap(), b"%PDF-1.7 old");
    assert_eq!(desk.names("."), ["r", "r.pdf"]);
}

#[test]
fn a_runaway_template_ends_the_build() {
    let desk = Desk::with(&with_template(NEVER_ENDING));
    stopped(&desk, &["build", "r"]);
    assert_eq!(desk.names("."), ["r"]);
}

#[test]
fn a_template_that_makes_pages_without_end_is_stopped() {
    let desk = Desk::with(&with_template("for i in range(100000) { pagebreak() }"));
    stopped(&desk, &["build", "r"]);
}

#[test]
fn tracing_ends_too() {
    let desk = Desk::with(&with_prose(NEVER_ENDING));
    let run = stopped(&desk, &["check", "r", "--trace", "--format", "json"]);
    assert_eq!(run.out, "", "half a JSON is none");
}

#[test]
fn a_comparison_ends_and_writes_nothing() {
    let desk = Desk::with(&with_prose(NEVER_ENDING));
    for (name, bytes) in common::files("mihon-r8") {
        desk.put(&format!("old/{name}"), bytes);
    }
    let run = desk.run(&["diff", "old", "r", "--errata", "e.pdf", "--time-limit", "1"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("S809") && run.err.contains("場所   old、r"), "{}", run.err);
    assert_eq!((run.out.as_str(), desk.names(".")), ("", vec!["old".to_owned(), "r".to_owned()]));
}

#[test]
fn pictures_that_are_not_all_drawn_leave_nothing_behind() {
    // Laid out in far less than a second, drawn in far more.
    let desk = Desk::with(&common::files("mihon-r8"));
    let run = stopped(&desk, &["render", "r", "--dpi", "1100"]);
    assert!(run.err.contains("画像は1枚も書き出していません"), "{}", run.err);
    assert_eq!(desk.names("."), ["r"]);
}

#[test]
fn watch_does_not_hang_in_silence() {
    let desk = Desk::with(&with_prose(NEVER_ENDING));
    let run = stopped(&desk, &["watch", "r"]);
    assert!(run.err.contains("watch を終わります"), "{}", run.err);
    assert_eq!(desk.names("."), ["r"]);
}

#[test]
fn a_report_in_time_is_built_as_ever() {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(desk.run(&["build", "r", "-o", "a.pdf"]).code, 0);
    assert_eq!(desk.run(&["build", "r", "-o", "b.pdf", "--time-limit", "86400"]).code, 0);
    let [a, b] = ["a.pdf", "b.pdf"].map(|name| std::fs::read(desk.at(name)).unwrap());
    assert!(a == b);
}

#[test]
fn what_typst_stops_itself_is_said_in_japanese() {
    for (code, words) in [
        ("let n = 0; while n < 1 { n = n * 1 }", "繰返しが終わりません"),
        ("while true {}", "繰返しが終わりません"),
        ("let f(x) = f(x + 1); f(0)", "呼び出しが深すぎます"),
        ("show heading: it => { it }; show heading: it => [= #it]; [= a]", "深すぎます"),
    ] {
        let run = Desk::with(&with_prose(code)).run(&["build", "r"]);
        assert_eq!(run.code, 1, "{code}: {}", run.whole());
        assert!(run.err.contains("S501") && run.err.contains(words), "{code}: {}", run.err);
        assert!(!run.err.contains("Typst"), "{}", run.err);
    }
}

#[test]
fn a_limit_that_is_no_time_is_wrong_usage() {
    for value in ["0", "-5", "五", "1.5", "", "86401"] {
        let run = Desk::new().run(&["build", "r", "--time-limit", value]);
        assert_eq!(run.code, 2, "{value}");
        let words =
            format!("「{value}」は使えません。1から86400までの整数（秒）を指定してください。");
        assert!(run.err.contains(&words), "{value}: {}", run.err);
    }
}
