//! The 正誤表 as a sheet that is handed out: who gives it out and when, whom to ask, which pages to
//! exchange; nothing for what is not known, and nothing too small to be read.

use lopdf::content::Content;
use lopdf::{Document, Object};

use crate::common;
use crate::desk::{Desk, Run};
use crate::reading::{Faults, Reading, reading};

const CONTACT: &str = "\n[contact]\ndepartment = \"総合政策課\"\nphone = \"0968-63-1273（直通）\"\n\
    mail = \"seisaku@city.mihon.example.lg.jp\"\n";

/// The sample and its next edition, in which a value of 図3 is another one, with `more` at the end
/// of its report.toml.
fn desk(more: &str) -> Desk {
    let mut files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    common::replace(&mut files, "csv/indicators.csv", ",138,172,224", ",138,173,224");
    files.get_mut("report.toml").unwrap().extend(more.as_bytes());
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    desk
}

fn diff(desk: &Desk, options: &[&str]) -> Run {
    let run = desk.run(&[&["diff", "r", "after", "--errata", "e.pdf"], options].concat());
    assert!(desk.at("e.pdf").exists(), "{}", run.whole());
    run
}

/// The sheet as a screen reader goes through it; nothing of it may be lost to one.
fn read(desk: &Desk) -> String {
    let Reading { text, faults } = reading(&std::fs::read(desk.at("e.pdf")).unwrap());
    let Faults { unmarked, empty, lost } = faults;
    assert_eq!([unmarked, empty, lost].concat(), [""; 0]);
    text
}

/// The sizes of all text on the pages of a PDF, in points.
fn sizes(pdf: &[u8]) -> Vec<f32> {
    let document = Document::load_mem(pdf).unwrap();
    let contents = document.page_iter().map(|page| document.get_page_content(page));
    let operations = contents.flat_map(|content| Content::decode(&content).unwrap().operations);
    let fonts = operations.filter(|operation| operation.operator == "Tf");
    fonts
        .filter_map(|operation| {
            operation.operands.get(1).and_then(|size| Object::as_float(size).ok())
        })
        .collect()
}

#[test]
fn a_sheet_says_who_gives_it_out_when_and_whom_to_ask() {
    let desk = desk(CONTACT);
    diff(&desk, &["--issued", "2026-12-01"]);
    let text = read(&desk);
    for told in [
        "令和8年12月1日",
        "見本市　総合政策課",
        "次のとおり訂正します。",
        "問合せ先",
        "電話　0968-63-1273（直通）",
        "メール　seisaku@city.mihon.example.lg.jp",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let document = Document::load(desk.at("e.pdf")).unwrap();
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let made =
        document.get_dictionary(info).unwrap().get(b"CreationDate").unwrap().as_str().unwrap();
    assert!(made.starts_with(b"D:20261201"), "{made:?}");
}

#[test]
fn what_is_not_known_is_not_printed() {
    let desk = desk("");
    diff(&desk, &[]);
    let text = read(&desk);
    for word in ["問合せ先", "電話", "メール", "差替え", "12月1日"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    assert!(text.contains("見本市"), "{text}");
}

#[test]
fn a_part_of_the_contact_stands_alone() {
    let desk = desk("\n[contact]\nphone = \"0968-63-1273\"\n");
    diff(&desk, &[]);
    let text = read(&desk);
    assert!(text.contains("電話　0968-63-1273") && !text.contains("メール"), "{text}");
}

#[test]
fn pages_that_come_with_it_are_named() {
    let desk = desk("");
    diff(&desk, &["--pages", "p.pdf"]);
    let text = read(&desk);
    assert!(text.contains("差替え：3ページ、5ページ（両面の用紙2枚）"), "{text}");
    assert!(text.contains("この正誤表に添えた差替えページと入れ替えてください"), "{text}");
}

#[test]
fn a_figure_that_is_drawn_otherwise_needs_its_page() {
    let mut files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    common::replace(&mut files, "csv/indicators.csv", ",138,172,224", ",138,173,224");
    common::replace(&mut files, "report.toml", "kind   = \"ranked-bars\"", "kind   = \"bars\"");
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    diff(&desk, &[]);
    let text = read(&desk);
    assert!(text.contains("差し替えたページのとおり"), "{text}");
    assert!(text.contains("差替えが要るページ：3ページ"), "{text}");
    assert!(!text.contains("添えた差替えページ"), "{text}");
}

#[test]
fn pages_that_are_not_made_are_not_promised() {
    let desk = desk("");
    let stamp = "差替え".repeat(60);
    diff(&desk, &["--pages", "p.pdf", "--stamp", &stamp]);
    assert!(!desk.at("p.pdf").exists());
    assert!(!read(&desk).contains("差替え"));
}

#[test]
fn sheets_that_come_or_go_are_told_with_both_sides() {
    let files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    let manifest = String::from_utf8(files["report.toml"].clone()).unwrap();
    let at = manifest.find("# 2ページ").unwrap();
    let page = "[[page]]\nchapter = \"追加の資料\"\nprose = \"prose/09.typ\"\n\n";
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    desk.put("after/prose/09.typ", "資料を加える。\n");
    desk.put("after/report.toml", format!("{}{page}{}", &manifest[..at], &manifest[at..]));
    diff(&desk, &["--pages", "p.pdf"]);
    let text = read(&desk);
    assert!(text.contains("抜くページ：") && text.contains("入れるページ："), "{text}");
    assert!(text.contains("2〜"), "{text}");
}

#[test]
fn many_rows_go_on_over_pages_with_their_header_and_every_text_is_legible() {
    let files = common::files("gallery");
    let desk = Desk::with(&files);
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        // The last digit of every first value: no rule of the sample minds.
        let mended = match name.strip_prefix("csv/") {
            Some("koyo.csv" | "manzoku.csv") | None => text.into_owned(),
            Some(_) => text.split('\n').map(other_value).collect::<Vec<_>>().join("\n"),
        };
        desk.put(&format!("after/{name}"), mended);
    }
    let mut manifest = String::from_utf8(files["report.toml"].clone()).unwrap();
    let at = manifest.find("title").unwrap();
    let end = at + manifest[at..].find('\n').unwrap();
    let lines = "title = [\"公共施設等総合管理計画及び職員の定員管理に関する計画並びに行政改革大綱\", \"（関連する個別の実施計画を含む）\", \"総括\"]";
    manifest.replace_range(at..end, lines);
    desk.put("after/report.toml", manifest);
    diff(&desk, &[]);
    let pdf = std::fs::read(desk.at("e.pdf")).unwrap();
    let pages = Document::load_mem(&pdf).unwrap().get_pages().len();
    assert!(pages > 1, "{pages}");
    let least = sizes(&pdf).into_iter().fold(f32::MAX, f32::min);
    assert!(least >= 9.0, "{least}");
    let text = read(&desk);
    let text: String = text.split(' ').collect();
    for page in 1..=pages {
        assert!(text.contains(&format!("{page}/{pages}")), "{text}");
    }
}

/// A row of a table with another first value.
fn other_value(row: &str) -> String {
    let Some((name, values)) = row.split_once(',') else { return row.to_owned() };
    match values.chars().next().and_then(|digit| digit.to_digit(10)) {
        Some(digit @ 1..=8) => format!("{name},{}{}", digit + 1, &values[1..]),
        _ => row.to_owned(),
    }
}

#[test]
fn a_day_that_is_none_or_has_no_place_is_wrong_usage() {
    let desk = desk("");
    for (options, told) in [
        (["--errata", "e.pdf", "--issued", "令和8年12月1日"], "2026"),
        (
            ["--errata", "e.csv", "--issued", "2026-12-01"],
            "CSVの正誤表には、発行の日を入れる所がありません",
        ),
    ] {
        let run = desk.run(&[&["diff", "r", "after"], &options[..]].concat());
        assert_eq!(run.code, 2, "{}", run.whole());
        assert!(run.err.contains(told), "{}", run.whole());
    }
    let run = desk.run(&["diff", "r", "after", "--issued", "2026-12-01"]);
    assert_eq!(run.code, 2, "{}", run.whole());
}
