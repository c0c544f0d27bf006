//! The 正誤表 of `diff --errata`: what stands in it, in which order, and when it is refused.

use std::collections::BTreeMap;

use crate::common;
use crate::desk::{Desk, Run};

type Files = BTreeMap<String, Vec<u8>>;

const INDICATORS: &str = "csv/indicators.csv";

/// Runs `diff r after` on a sample report and a changed copy of it.
fn diff(sample: &str, change: impl Fn(&mut Files), more: &[&str]) -> (Run, Desk) {
    let mut files = common::files(sample);
    let desk = Desk::with(&files);
    change(&mut files);
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    let run = desk.run(&[&["diff", "r", "after"], more].concat());
    (run, desk)
}

/// The rows of the 正誤表: `ページ|章|箇所|誤|正|理由|伴う変更`.
fn errata(sample: &str, change: impl Fn(&mut Files)) -> (Vec<String>, Run) {
    let (run, desk) = diff(sample, change, &["--errata", "e.csv"]);
    let csv = std::fs::read_to_string(desk.at("e.csv")).expect(&run.err);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let row = |row: csv::StringRecord| row.iter().collect::<Vec<_>>().join("|");
    (reader.records().map(|record| row(record.unwrap())).collect(), run)
}

/// The parts of report.toml: before the pages 1 to 4, each of them, and behind them.
fn with_pages(files: &mut Files, change: impl Fn(&mut Vec<String>)) {
    let text = String::from_utf8(files["report.toml"].clone()).unwrap();
    let start = text.find("# 1ページ").unwrap();
    let end = text.find("# ---- 図。").unwrap();
    let mut pages: Vec<String> = Vec::new();
    for line in text[start..end].split_inclusive('\n') {
        if line.ends_with("ページ\n") && line.starts_with("# ") {
            pages.push(String::new());
        }
        *pages.last_mut().unwrap() += line;
    }
    change(&mut pages);
    let whole = format!("{}{}{}", &text[..start], pages.concat(), &text[end..]);
    files.insert("report.toml".into(), whole.into_bytes());
}

#[test]
fn rows_follow_the_pages_and_consequences_hang_under_their_correction() {
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, "3,7,12,16", "3,7,12,17");
        common::replace(files, "report.toml", "2026-07-16", "2026-07-17");
    };
    let (rows, _) = errata("mihon-r8", change);
    let told: Vec<String> = rows
        .iter()
        .map(|row| row.split('|').collect::<Vec<_>>())
        .map(|row| [row[0], row[2], row[6]].join("|"))
        .collect();
    let expected = [
        "表紙、1–5ページ|表紙の日付|",
        "3ページ|指標表「出店数」のR7|",
        "1ページ|「支え合い、出店及び電子申請で目標を達成」第1段落|○",
        "3ページ|第4段落|○",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_rests_on_several_corrections_names_them() {
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, "41.2,53.6", "41.2,53.8");
        common::replace(files, INDICATORS, "3,7,12,16", "3,7,12,17");
    };
    let (rows, _) = errata("mihon-r8", change);
    let both = "○（指標表「出店数」のR7、指標表「電子申請」のR7）";
    let sentence = rows.iter().find(|row| row.contains("「支え合い、出店及び")).unwrap();
    assert!(sentence.ends_with(both), "{rows:#?}");
    let single = rows.iter().find(|row| row.contains("「電子申請の定着」")).unwrap();
    assert!(single.ends_with("|○"), "{rows:#?}");
}

#[test]
fn swapped_pages_are_told_as_such_and_their_sentences_are_not() {
    let (rows, run) = errata("mihon-r8", |files| with_pages(files, |pages| pages.swap(2, 3)));
    let moved =
        ["3ページ||ページの移動|3ページ|4ページ||", "4ページ||ページの移動|4ページ|3ページ||"];
    assert_eq!(rows, moved, "{}", run.err);
    let told = "ページの順序や数が変わっているので、正誤表だけでは足りません。";
    assert!(run.err.contains(told), "{}", run.err);
}

#[test]
fn an_added_page_is_one_row_beside_its_line_in_the_contents() {
    let change = |files: &mut Files| {
        let prose = "#import \"/template/author.typ\": *\n\nこの冊子の数値は見込みを含まない。\n";
        files.insert("prose/05-hosoku.typ".into(), prose.into());
        let page = "# 5ページ\n[[page]]\ntitle = \"補足\"\nprose = \"prose/05-hosoku.typ\"\n\n";
        with_pages(files, |pages| pages.insert(2, page.to_owned()));
    };
    let (rows, run) = errata("mihon-r8", change);
    let whole = [
        "3ページ||ページの追加||3ページを加える||",
        "3–5ページ||ページの移動|3ページから5ページまで|4ページから6ページまで||",
        "もくじ、3ページ||ページの見出し||補足||",
    ];
    assert_eq!(rows, whole);
    assert!(run.err.contains("正誤表だけでは足りません"), "{}", run.err);
}

#[test]
fn a_change_on_a_moved_page_has_the_number_of_the_page_that_people_hold() {
    let change = |files: &mut Files| {
        with_pages(files, |pages| pages.swap(2, 3));
        cell(files);
    };
    let (rows, _) = errata("mihon-r8", change);
    let told = "3ページ|2 分野ごとの成果と課題|図4の「家族や知人の勧め」|38.4|39.4||";
    assert!(rows.contains(&told.to_owned()), "{rows:#?}");
}

#[test]
fn pages_that_changed_without_a_text_that_did_are_named() {
    // A sentence stands elsewhere on the page: every one is still there.
    let change = |files: &mut Files| {
        let (first, second) =
            ("  異変に早く気付き、救急の要請につながった例もある。\n", "#取組(3)[\n");
        let file = "prose/02-kurashi.typ";
        common::replace(files, file, first, "");
        common::replace(files, file, second, &format!("{second}{first}\n"));
    };
    let (run, desk) = diff("mihon-r8", change, &["--errata", "e.pdf"]);
    let told = "紙面は2ページで変わりましたが、誤と正の文で示せる所がありません。";
    assert!(run.err.contains(told), "{}", run.whole());
    assert!(run.out.contains("場所だけが変わった文 1個"), "{}", run.out);
    assert_eq!(desk.names("."), ["after", "r"]);
}

#[test]
fn a_report_with_errors_gets_no_errata_and_no_pages() {
    let change = |files: &mut Files| common::replace(files, INDICATORS, "12,16", "12,14");
    let out = ["--errata", "e.pdf", "--pages", "p.pdf"];
    let (run, desk) = diff("mihon-r8", change, &out);
    assert_eq!(run.code, 1);
    for name in ["正誤表", "差替えページ"] {
        let told = format!("後の版に誤りがあるので、{name}は書き出していません。");
        assert!(run.err.contains(&told), "{}", run.err);
    }
    assert_eq!(desk.names("."), ["after", "r"]);
}

fn cell(files: &mut Files) {
    common::replace(files, "csv/fig-04.csv", "家族や知人の勧め,38.4", "家族や知人の勧め,39.4");
}

#[test]
fn characters_that_no_font_has_are_told_with_the_option_or_the_list() {
    let (run, _) = diff("mihon-r8", cell, &["--errata", "e.pdf", "--reason", "転記の誤り😀"]);
    assert_eq!(run.code, 1);
    for told in ["「😀」（U+1F600）を表せるフォントがありません", "場所   --reason"]
    {
        assert!(run.err.contains(told), "{}", run.err);
    }
    let (run, _) = diff("mihon-r8", cell, &["--pages", "p.pdf", "--stamp", "差替え😀"]);
    assert!(run.err.contains("場所   --stamp"), "{}", run.err);
    let desk = Desk::with(&common::files("mihon-r8"));
    let list = "[[correction]]\nat = \"csv/fig-04.csv\"\nreason = \"誤\\u0000り\"\n";
    desk.put("list.toml", list);
    let run = desk.run(&["diff", "r", "r", "--errata", "e.pdf", "--reason", "list.toml"]);
    assert!(run.err.contains("見えない制御文字（U+0000）"), "{}", run.err);
    assert!(run.err.contains("場所   list.toml:2"), "{}", run.err);
}

#[test]
fn a_stamp_that_does_not_fit_is_refused_with_how_much_does() {
    let stamp = "差替え".repeat(60);
    let (run, desk) = diff("mihon-r8", cell, &["--pages", "p.pdf", "--stamp", &stamp]);
    assert_eq!(run.code, 1);
    let told = "--stamp の語が長すぎて、ページの幅に入りません。入るのは53字までです";
    assert!(run.err.contains(told), "{}", run.err);
    assert_eq!(desk.names("."), ["after", "r"]);
}

#[test]
fn empty_words_and_names_of_other_files_are_wrong_usage() {
    let cases: [(&[&str], &str); 4] = [
        (&["--errata", "x.txt"], "名前は .pdf か .csv で終えてください"),
        (&["--pages", "x.png"], "名前は .pdf で終えてください"),
        (&["--errata", "e.pdf", "--reason", ""], "空でない語を書いてください"),
        (&["--pages", "p.pdf", "--stamp", ""], "空でない語を書いてください"),
    ];
    for (options, told) in cases {
        let (run, desk) = diff("mihon-r8", cell, options);
        assert_eq!(run.code, 2, "{options:?}");
        assert!(run.err.contains(told), "{}", run.err);
        assert_eq!(desk.names("."), ["after", "r"]);
    }
}

#[test]
fn a_row_of_a_character_that_looks_like_another_says_what_differs() {
    let change = |files: &mut Files| {
        common::replace(files, "prose/04-shiyakusho.typ", "の水準へ戻すため", "の水準ヘ戻すため");
    };
    let (rows, run) = errata("mihon-r8", change);
    let told = "へ（ひらがな U+3078）と ヘ（カタカナ U+30D8）";
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert!(row.contains(&format!("（よく似た別の字に改める: {told}）")), "{row}");
    assert!(run.out.contains(&format!("よく似た別の字 {told}")), "{}", run.out);
}
