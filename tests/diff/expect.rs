//! `diff --expect`: nothing may change but what was meant, and what follows from it.

use std::collections::BTreeMap;

use crate::common;
use crate::desk::{Desk, Run};

type Files = BTreeMap<String, Vec<u8>>;

const CELL: &str = "csv/fig-04.csv:家族や知人の勧め:回答割合";

/// Runs `diff r after` on the small report and a changed copy of it, with a list `list.toml`.
fn guarded(change: impl Fn(&mut Files), list: &str, more: &[&str]) -> (Run, Desk) {
    let mut files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    change(&mut files);
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    desk.put("list.toml", list);
    let run = desk.run(&[&["diff", "r", "after"], more].concat());
    (run, desk)
}

fn cell(files: &mut Files) {
    common::replace(files, "csv/fig-04.csv", "家族や知人の勧め,38.4", "家族や知人の勧め,39.4");
}

fn sentence(files: &mut Files) {
    let (from, to) = ("救急の要請につながった例もある。", "命を救った例もある。");
    common::replace(files, "prose/02-kurashi.typ", from, to);
}

fn date(files: &mut Files) {
    common::replace(files, "report.toml", "2026-07-16", "2026-07-17");
}

/// The codes and places of the problems.
fn told(run: &Run) -> Vec<String> {
    let mut lines = run.err.lines().peekable();
    let mut told = Vec::new();
    while let Some(line) = lines.next() {
        let code = line.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
        let place = lines.peek().and_then(|next| next.trim().strip_prefix("場所"));
        if let (Some((code, _)), Some(place)) = (code, place) {
            told.push(format!("{code} {}", place.trim()));
        }
    }
    told
}

#[test]
fn the_expected_cell_and_what_follows_from_it_pass() {
    let (run, _) = guarded(cell, "", &["--expect", CELL]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("予定した訂正と、それに伴う所だけです"), "{}", run.err);
}

#[test]
fn a_part_of_the_row_name_and_full_width_colons_will_do() {
    let (run, _) = guarded(cell, "", &["--expect", "csv/fig-04.csv：知人の勧め：回答割合"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_target_may_be_written_in_another_form_than_the_table() {
    let target = "csv/fig-04.csv:家族や知\u{2F08}の勧め:回答\u{E0100}割合";
    let (run, _) = guarded(cell, "", &["--expect", target]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_row_or_a_file_may_be_expected_in_whole() {
    for expected in
        ["csv/fig-04.csv:家族や知人の勧め", "csv/fig-04.csv", "csv/fig-04.csv::回答割合"]
    {
        let (run, _) = guarded(cell, "", &["--expect", expected]);
        assert_eq!(run.code, 0, "{expected}: {}", run.err);
    }
}

#[test]
fn everything_that_was_not_expected_is_told_with_its_place() {
    let all = |files: &mut Files| {
        cell(files);
        sentence(files);
        date(files);
        common::replace(files, "csv/fig-04.csv", "観光案内所,", "案内所,");
    };
    let (run, _) = guarded(all, "", &["--expect", CELL]);
    assert_eq!(run.code, 1);
    assert_eq!(
        told(&run),
        [
            "S806 csv/fig-04.csv:6:1（セル A6）",
            "S806 report.toml:11:11",
            "S806 prose/02-kurashi.typ"
        ]
    );
}

#[test]
fn an_expected_correction_that_was_not_made_is_told() {
    let (run, _) = guarded(|_| {}, "", &["--expect", CELL]);
    assert_eq!((run.code, told(&run)), (1, vec!["S807 --expect".to_owned()]));
}

#[test]
fn another_value_than_the_listed_one_is_told() {
    let list = format!("[[correction]]\nat = \"{CELL}\"\nold = \"38.4\"\nnew = \"39.5\"\n");
    let (run, _) = guarded(cell, &list, &["--expect", "list.toml"]);
    assert_eq!((run.code, told(&run)), (1, vec!["S807 list.toml:2:6".to_owned()]));
    assert!(run.err.contains("39.4") && run.err.contains("39.5"), "{}", run.err);
}

#[test]
fn a_listed_sentence_is_known_by_its_words() {
    let list = |new: &str| {
        format!(
            "[[correction]]\nat = \"prose/02-kurashi.typ\"\nold = \"救急の要請につながった\"\nnew = \"{new}\"\n"
        )
    };
    let (run, _) = guarded(sentence, &list("命を救った"), &["--expect", "list.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let (run, _) = guarded(sentence, &list("命を守った"), &["--expect", "list.toml"]);
    assert_eq!(run.code, 1);
    let places = told(&run);
    assert!(places.iter().any(|told| told == "S807 list.toml:2:6"), "{places:?}");
    assert!(places.iter().any(|told| told.starts_with("S806 prose/02-kurashi.typ:")), "{places:?}");
}

#[test]
fn a_key_of_the_manifest_may_be_expected() {
    let (run, _) = guarded(date, "", &["--expect", "report.toml:report.date"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let (run, _) = guarded(date, "", &["--expect", "report.toml:report.council"]);
    assert_eq!(run.code, 1);
    assert!(told(&run).contains(&"S806 report.toml:11:11".to_owned()), "{}", run.err);
}

#[test]
fn other_words_of_a_listed_sentence_are_told() {
    let list = "[[correction]]\nat = \"prose/02-kurashi.typ\"\nold = \"救急の要請につながった例\"\nnew = \"命を救った例\"\n";
    let both = |files: &mut Files| {
        sentence(files);
        common::replace(files, "prose/02-kurashi.typ", "異変に早く", "異変にいち早く");
    };
    let (run, _) = guarded(sentence, list, &["--expect", "list.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let (run, _) = guarded(both, list, &["--expect", "list.toml"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("予定した言葉のほかの変更"), "{}", run.err);
}

#[test]
fn what_is_no_sentence_is_told_in_a_file_that_is_listed_by_its_words() {
    let list = "[[correction]]\nat = \"prose/02-kurashi.typ\"\nold = \"救急の要請につながった例\"\nnew = \"命を救った例\"\n";
    for (from, to) in [
        ("#図並び(\"図1\", \"図2\")", "#図並び(\"図2\", \"図1\")"),
        ("// 「*」で囲むと", "// 「＊」で囲むと"),
        ("*#主張(達成(", "#主張(達成("),
    ] {
        let both = |files: &mut Files| {
            sentence(files);
            common::replace(files, "prose/02-kurashi.typ", from, to);
            if from.starts_with('*') {
                common::replace(files, "prose/02-kurashi.typ", "達成した]*", "達成した]");
            }
        };
        let (run, _) = guarded(both, list, &["--expect", "list.toml"]);
        assert_eq!(run.code, 1, "{from}");
        assert!(run.err.contains("文のほかの所"), "{from}: {}", run.err);
        assert!(run.out.contains("文章のうち、文のほかの所"), "{from}: {}", run.out);
    }
}

#[test]
fn the_order_of_rows_and_an_empty_list_of_the_manifest_are_told() {
    let swapped = |files: &mut Files| {
        cell(files);
        let text = String::from_utf8(files["csv/fig-04.csv"].clone()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.swap(3, 4);
        files.insert("csv/fig-04.csv".into(), lines.join("\n").into_bytes());
        let official = "\n[official]\nblocking = []\n\n[style]";
        common::replace(files, "report.toml", "\n[style]", official);
    };
    let (run, _) = guarded(swapped, "", &["--expect", CELL]);
    assert_eq!(run.code, 1);
    for told in ["予定にない行の並びが変わっています", "official.blocking"] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
}

#[test]
fn whatever_follows_from_a_listed_cell_passes() {
    for (file, from, to, target) in [
        ("csv/indicators.csv", "60.0,,52.4", "61.0,,52.4", "csv/indicators.csv:支え合い:目標値"),
        ("csv/indicators.csv", "60.0,,52.4", "60.0,,52.5", "csv/indicators.csv:支え合い:基準値"),
        ("csv/pillars.csv", "暮らし続けられる地域", "安心して暮らせる地域", "csv/pillars.csv"),
    ] {
        let (run, _) =
            guarded(|files| common::replace(files, file, from, to), "", &["--expect", target]);
        assert_eq!(run.code, 0, "{target}: {}", run.err);
    }
}

#[test]
fn a_renamed_row_is_found_by_what_kept_its_name() {
    let renamed = |files: &mut Files| {
        common::replace(files, "csv/fig-04.csv", "旅行雑誌,", "旅行の雑誌,");
    };
    for row in ["旅行雑誌", "旅行の雑誌"] {
        let target = format!("./csv/fig-04.csv:{row}:きっかけ");
        let (run, _) = guarded(renamed, "", &["--expect", &target]);
        assert_eq!(run.code, 0, "{row}: {}", run.err);
    }
}

/// The small report with the built-in template as its own.
fn own_template(files: &mut Files) {
    let council = common::sample("../templates/council");
    for (name, bytes) in common::files(council.to_str().unwrap()) {
        files.insert(format!("own/{name}"), bytes);
    }
    common::replace(files, "report.toml", "template = \"council\"", "template = \"own\"");
}

#[test]
fn the_template_may_change_only_when_it_is_listed() {
    let mut files = common::files("mihon-r8");
    own_template(&mut files);
    let desk = Desk::with(&files);
    cell(&mut files);
    common::replace(&mut files, "own/blocks/status.typ", "担当課", "所管課");
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    let run = desk.run(&["diff", "r", "after", "--expect", CELL]);
    assert_eq!(run.code, 1);
    assert!(told(&run).contains(&"S806 own/blocks/status.typ".to_owned()), "{}", run.err);
    let run = desk.run(&["diff", "r", "after", "--expect", CELL, "--expect", "own"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_page_that_moved_is_told() {
    let blank = |files: &mut Files| {
        cell(files);
        let page = "[[page]]\nkind = \"blank\"\n\n# 2ページ\n";
        common::replace(files, "report.toml", "# 2ページ\n", page);
    };
    let (run, _) = guarded(blank, "", &["--expect", CELL, "--expect", "report.toml"]);
    assert_eq!(run.code, 1, "{}", run.out);
    let places = told(&run);
    assert!(places.iter().all(|told| told.starts_with("S808 ")), "{places:?}");
    assert!(run.err.contains("ページが加わっています"), "{}", run.err);
    assert!(run.err.contains("ページが動いています"), "{}", run.err);
}

#[test]
fn a_report_with_errors_is_not_as_expected() {
    let false_claim = |files: &mut Files| {
        let csv = String::from_utf8(files["csv/initiatives.csv"].clone()).unwrap();
        let mended = csv.replacen("実施済", "一部実施", 1);
        files.insert("csv/initiatives.csv".into(), mended.into_bytes());
    };
    let (run, _) = guarded(false_claim, "", &["--expect", "csv/initiatives.csv"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("後の版に誤りがある"), "{}", run.err);
}

#[test]
fn nothing_goes_out_that_was_not_expected() {
    let both = |files: &mut Files| {
        cell(files);
        date(files);
    };
    let out = ["--errata", "e.pdf", "--pages", "p.pdf"];
    let (run, desk) = guarded(both, "", &[&["--expect", CELL][..], &out].concat());
    assert_eq!(run.code, 1);
    assert!(run.err.contains("書き出していません"), "{}", run.err);
    assert_eq!(desk.names("."), ["after", "list.toml", "r"]);
    let date = ["--expect", CELL, "--expect", "report.toml:report.date"];
    let (run, desk) = guarded(both, "", &[&date[..], &out].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(desk.names("."), ["after", "e.pdf", "list.toml", "p.pdf", "r"]);
}

#[test]
fn every_correction_has_its_own_reason_in_the_errata() {
    let both = |files: &mut Files| {
        cell(files);
        sentence(files);
    };
    let list = format!(
        "[[correction]]\nat = \"{CELL}\"\nreason = \"転記の誤り\"\n[[correction]]\nat = \"prose/02-kurashi.typ\"\nreason = \"表現の見直し\"\n"
    );
    for option in ["--expect", "--reason"] {
        let (run, desk) = guarded(both, &list, &[option, "list.toml", "--errata", "e.csv"]);
        let csv = std::fs::read_to_string(desk.at("e.csv")).expect(&run.err);
        assert!(csv.contains(",38.4,39.4,転記の誤り,"), "{csv}");
        assert!(csv.contains("命を救った例もある。,表現の見直し,"), "{csv}");
    }
}

#[test]
fn what_neither_edition_has_is_told_with_what_there_is() {
    for (expected, told) in [
        ("csv/none.csv:甲:R6", "表「csv/none.csv」がありません"),
        ("csv/none.csv", "ファイル「csv/none.csv」がありません"),
        ("csv/fig-04.csv:家族や知人の進め:回答割合", "「家族や知人の勧め」ではありませんか"),
        ("csv/fig-04.csv:家族や知人の勧め:割合", "列「割合」がありません"),
        ("csv/indicators.csv:年間:R6", "行が1つに決まりません"),
    ] {
        let (run, _) = guarded(cell, "", &["--expect", expected]);
        assert_eq!(run.code, 1);
        assert!(run.err.contains("[S204]") && run.err.contains(told), "{expected}: {}", run.err);
    }
}

#[test]
fn a_faulty_list_is_told_line_by_line() {
    let (run, _) = guarded(cell, "[[correction]]\nreason = \"x\"\n", &["--expect", "list.toml"]);
    assert_eq!((run.code, told(&run)), (1, vec!["S202 list.toml:1:1".to_owned()]));
    let (run, _) = guarded(cell, "", &["--expect", "none.toml"]);
    assert_eq!((run.code, told(&run)), (1, vec!["S103 none.toml".to_owned()]));
}

#[test]
fn json_holds_what_was_not_expected() {
    let (run, _) = guarded(date, "", &["--expect", CELL, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let codes: Vec<_> = json["unexpected"].as_array().unwrap().iter().map(|p| &p["code"]).collect();
    assert_eq!(codes, ["S806", "S807"]);
}

#[test]
fn a_file_whose_bytes_alone_changed_is_told_because_it_is_published() {
    type Change = fn(&mut Files);
    let cases: [(&str, Change); 4] = [
        ("report.toml", |files| {
            common::replace(files, "report.toml", "# 表紙", "# 公表しない事情")
        }),
        ("csv/fig-06.csv", |files| {
            let csv = files.get_mut("csv/fig-06.csv").unwrap();
            *csv = String::from_utf8(csv.clone()).unwrap().replace('\n', "\r\n").into_bytes();
        }),
        ("csv/fig-06.csv", |files| {
            let csv = files.get_mut("csv/fig-06.csv").unwrap();
            assert!(csv.starts_with("\u{feff}".as_bytes()));
            csv.drain(..3);
        }),
        ("csv/fig-06.csv", |files| {
            let csv = files.get_mut("csv/fig-06.csv").unwrap();
            let text = String::from_utf8(csv.clone()).unwrap();
            *csv =
                encoding_rs::SHIFT_JIS.encode(text.trim_start_matches('\u{feff}')).0.into_owned();
        }),
    ];
    for (file, change) in cases {
        let changed = |files: &mut Files| {
            cell(files);
            change(files);
        };
        let (run, _) = guarded(changed, "", &["--expect", CELL]);
        assert_eq!((run.code, told(&run)), (1, vec![format!("S806 {file}")]), "{}", run.whole());
        assert!(run.err.contains("正式版には添付されます"), "{}", run.err);
        let (run, _) = guarded(changed, "", &["--expect", CELL, "--expect", file]);
        assert_eq!(run.code, 0, "{}", run.whole());
    }
}
