//! Tables of any kind, cell by cell: what `diff` says of them, what the guard lets pass, what the
//! 正誤表 hands out.

use std::collections::BTreeMap;

use crate::common;
use crate::desk::{Desk, Run};

type Files = BTreeMap<String, Vec<u8>>;

const TABLE: &str = "\
[[table]]
number = \"1\"
title = \"歳入の推移\"
csv = \"csv/sainyu.csv\"
unit = \"千円\"
total = \"歳入合計\"
note = \"速報による\"
columns = [\"款\", \"R6\", { name = \"R7\", label = \"令和7年度\" },
  { compute = \"増減\", of = \"R7\", from = \"R6\" }, \"備考\"]
";

fn files() -> Files {
    let toml = format!(
        "format = 1\n[report]\ntitle = \"決算の概要\"\nauthor = \"市\"\ncouncil = \"議会\"\n\
         date = 2026-07-16\n[[page]]\nkind = \"cover\"\n[[page]]\nchapter = \"歳入\"\n\
         prose = \"prose/a.typ\"\n{TABLE}"
    );
    let prose = "#import \"/template/author.typ\": *\n市税は#値(\"表1\", \"市税\", \"R7\")、\
                 歳入は#値(\"表1\", \"歳入合計\", \"R7\")である【表1】。\n\n#表(\"表1\")\n";
    let csv = "款,R6,R7,備考\n市税,1100,1210,\n寄附金,20,5,皆減に近い\n地方交付税,400,500,\n";
    [("report.toml", toml.as_str()), ("prose/a.typ", prose), ("csv/sainyu.csv", csv)]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into()
}

fn diff(change: impl Fn(&mut Files), more: &[&str]) -> (Run, Desk) {
    let mut files = files();
    let desk = Desk::with(&files);
    change(&mut files);
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    let run = desk.run(&[&["diff", "r", "after"], more].concat());
    (run, desk)
}

/// What is printed differently: `箇所|前|後`.
fn printed(change: impl Fn(&mut Files)) -> Vec<String> {
    let (run, _) = diff(change, &["--format", "csv"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let mut reader = csv::Reader::from_reader(run.out.as_bytes());
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[0] == "紙面");
    rows.map(|row| format!("{}|{}|{}", &row[3], &row[4], &row[5])).collect()
}

fn replace(file: &'static str, from: &'static str, to: &'static str) -> impl Fn(&mut Files) {
    move |files| common::replace(files, file, from, to)
}

const CSV: &str = "csv/sainyu.csv";

#[test]
fn a_corrected_cell_changes_what_is_worked_out_from_it_and_nothing_else() {
    assert_eq!(
        printed(replace(CSV, "1100,1210", "1100,1310")),
        [
            "表1の「市税」の「令和7年度」|1,210|1,310",
            "表1の「市税」の「増減額」|110|210",
            "表1の「歳入合計」の「令和7年度」|1,715|1,815",
            "表1の「歳入合計」の「増減額」|195|295",
            "第1段落|市税は1,210千円、歳入は1,715千円である【表1】。|市税は1,310千円、歳入は1,815千円である【表1】。",
        ]
    );
}

#[test]
fn rows_and_columns_that_come_or_go_are_told_once() {
    let printed_of =
        printed(replace(CSV, "地方交付税,400,500,\n", "地方交付税,400,500,\n市債,10,20,新設\n"));
    assert_eq!(printed_of[0], "表1の「市債」の行||市債　10　20　10　新設");
    assert!(!printed_of.iter().any(|row| row.contains("「市債」の「")), "{printed_of:?}");
    let gone = printed(replace("report.toml", ", \"備考\"]", "]\nleft-out = [\"備考\"]"));
    assert_eq!(gone, ["表1の「備考」の列|備考：皆減に近い|"]);
}

#[test]
fn a_new_name_of_a_row_is_no_new_row() {
    assert_eq!(
        printed(replace(CSV, "地方交付税,", "普通交付税,")),
        ["表1の「地方交付税」の行の名前|地方交付税|普通交付税"]
    );
}

#[test]
fn words_around_the_table_are_told() {
    for (from, to, told) in [
        ("歳入の推移", "歳入決算の推移", "表1の題名|歳入の推移|歳入決算の推移"),
        ("速報による", "確報による", "表1の注|速報による|確報による"),
        ("令和7年度", "令和7年度決算", "表1の見出し「令和7年度」|令和7年度|令和7年度決算"),
        ("title = \"歳入の推移\"", "state = \"速報\"\ntitle = \"歳入の推移\"", "表1の注記||速報値"),
    ] {
        let printed = printed(replace("report.toml", from, to));
        assert!(printed.iter().any(|row| row == told), "{told}: {printed:?}");
    }
}

#[test]
fn the_guard_lets_a_listed_cell_and_what_follows_from_it_pass() {
    let change = replace(CSV, "1100,1210", "1100,1310");
    let (run, _) = diff(&change, &["--expect", "csv/sainyu.csv:市税:R7"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    let (run, _) = diff(&change, &["--expect", "csv/sainyu.csv:寄附金:R7"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("S806") && run.err.contains("S807"), "{}", run.err);
}

#[test]
fn the_errata_begin_with_the_corrected_cell() {
    let (run, desk) = diff(replace(CSV, "20,5", "20,6"), &["--errata", "e.pdf"]);
    assert_eq!(run.code, 1, "{}", run.whole());
    let text = crate::reading::reading(&std::fs::read(desk.at("e.pdf")).unwrap()).text;
    let first = text.find("「寄附金」の「令和7年度」").unwrap();
    let follows = text.find("上の訂正に伴う変更").unwrap();
    assert!(first < follows, "{text}");
}
