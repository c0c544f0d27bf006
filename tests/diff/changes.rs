//! `diff` as an office uses it: what changed between two editions, and the 正誤表.

use std::collections::BTreeMap;

use crate::common;
use crate::desk::{Desk, Run};

type Files = BTreeMap<String, Vec<u8>>;

/// Runs `diff r after` on the small report and a changed copy of it.
fn diff(change: impl Fn(&mut Files), more: &[&str]) -> (Run, Desk) {
    let mut files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    change(&mut files);
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    let run = desk.run(&[&["diff", "r", "after"], more].concat());
    (run, desk)
}

fn cell(files: &mut Files) {
    common::replace(files, "csv/fig-04.csv", "家族や知人の勧め,38.4", "家族や知人の勧め,39.4");
}

#[test]
fn the_same_report_twice_has_no_differences() {
    let (run, _) = diff(|_| {}, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("同じです"), "{}", run.out);
}

#[test]
fn a_mended_cell_is_told_with_what_prints_it_and_nothing_else() {
    let (run, _) = diff(cell, &[]);
    insta::assert_snapshot!("cell", run.whole());
}

#[test]
fn prose_titles_and_renamed_rows_are_told_where_they_are_printed() {
    let change = |files: &mut Files| {
        let prose = "prose/02-kurashi.typ";
        let (from, to) =
            ("救急の要請につながった例もある。", "命を救った例もある。訪問は月に一度である。");
        common::replace(files, prose, from, to);
        common::replace(files, "report.toml", "2026-07-16", "2026-07-17");
        common::replace(files, "csv/fig-04.csv", "旅行雑誌", "旅行の雑誌");
    };
    let (run, _) = diff(change, &[]);
    insta::assert_snapshot!("prose", run.whole());
}

#[test]
fn a_claim_that_no_longer_holds_is_told_although_the_report_is_at_fault() {
    let change = |files: &mut Files| {
        let csv = String::from_utf8(files["csv/initiatives.csv"].clone()).unwrap();
        files.insert(
            "csv/initiatives.csv".into(),
            csv.replacen("実施済", "一部実施", 1).into_bytes(),
        );
    };
    let (run, _) = diff(change, &[]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("成り立つ → 成り立たない"), "{}", run.out);
    assert!(run.err.contains("誤りが"), "{}", run.err);
}

#[test]
fn json_and_csv_hold_the_same_changes() {
    let (run, _) = diff(cell, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let change = &json["changes"]["cells"][0];
    assert_eq!((&change["old"], &change["new"]), (&"38.4".into(), &"39.4".into()));
    assert_eq!(json["changes"]["printed"][0]["spot"], "図4の「家族や知人の勧め」");
    let (run, _) = diff(cell, &["--format", "csv"]);
    assert!(run.out.starts_with('\u{feff}'));
    assert!(run.out.contains(",図4の「家族や知人の勧め」,38.4,39.4,"), "{}", run.out);
}

#[test]
fn the_errata_are_an_accessible_pdf_with_wrong_and_right() {
    let (run, desk) = diff(cell, &["--errata", "errata.pdf", "--reason", "転記の誤り"]);
    assert!(run.err.contains("errata.pdf に書き出しました"), "{}", run.err);
    let pdf = std::fs::read(desk.at("errata.pdf")).unwrap();
    let pdf = hayro_syntax::Pdf::new(pdf).unwrap();
    let tags = crate::tags::tag_tree(&pdf, false);
    for tag in ["H1", "Table", "TH", "TD"] {
        assert!(tags.contains(tag), "{tag}: {tags}");
    }
    let (_, desk) = diff(cell, &["--errata", "errata.csv", "--reason", "転記の誤り"]);
    let csv = std::fs::read_to_string(desk.at("errata.csv")).unwrap();
    let row = "3ページ,2 分野ごとの成果と課題,図4の「家族や知人の勧め」,38.4,39.4,転記の誤り,";
    assert!(csv.contains(row), "{csv}");
}

#[test]
fn an_official_pdf_stands_for_the_report_it_was_made_from() {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(desk.run(&["build", "r", "--official", "-o", "old.pdf"]).code, 0);
    let run = desk.run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let mut files = common::files("mihon-r8");
    cell(&mut files);
    desk.put("r/csv/fig-04.csv", &files["csv/fig-04.csv"]);
    let run = desk.run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("38.4 → 39.4"), "{}", run.out);
}

#[test]
fn nothing_is_written_over_what_is_compared() {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(desk.run(&["build", "r", "--official", "-o", "old.pdf"]).code, 0);
    let old = std::fs::read(desk.at("old.pdf")).unwrap();
    let csv = std::fs::read(desk.at("r/csv/fig-04.csv")).unwrap();
    for out in [
        ["--errata", "old.pdf"],
        ["--pages", "./old.pdf"],
        ["--errata", "r/csv/fig-04.csv"],
        ["--errata", "r/new.csv"],
    ] {
        let run = desk.run(&[&["diff", "old.pdf", "r"][..], &out].concat());
        assert_eq!(run.code, 2, "{out:?}: {}", run.err);
    }
    let same = ["diff", "old.pdf", "r", "--errata", "e.pdf", "--pages", "e.pdf"];
    assert_eq!(desk.run(&same).code, 2);
    assert_eq!(std::fs::read(desk.at("old.pdf")).unwrap(), old);
    assert_eq!(std::fs::read(desk.at("r/csv/fig-04.csv")).unwrap(), csv);
    assert_eq!(desk.names("."), ["old.pdf", "r"]);
}

#[test]
fn an_official_pdf_that_was_altered_afterwards_is_told() {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(desk.run(&["build", "r", "--official", "-o", "old.pdf"]).code, 0);
    let mut altered = lopdf::Document::load(desk.at("old.pdf")).unwrap();
    altered.delete_pages(&[4]);
    altered.save(desk.at("altered.pdf")).unwrap();
    let run = desk.run(&["diff", "old.pdf", "altered.pdf"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("後から変えられた"), "{}", run.err);
    assert!(run.out.contains("なくなったページ"), "{}", run.out);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let desk = Desk::with(&common::files("mihon-r8"));
    desk.put("no.pdf", "PDFではない");
    for (other, told) in [("none", "読めません"), ("no.pdf", "でもPDFでもない")] {
        let run = desk.run(&["diff", "r", other]);
        assert_eq!(run.code, 1);
        assert!(run.err.contains(told), "{other}: {}", run.err);
    }
}
