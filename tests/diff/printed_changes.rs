//! What `diff` says is printed differently: the thing by its name, once, on the pages that print
//! it, in their chapter.

use std::collections::BTreeMap;

use crate::common;
use crate::desk::{Desk, Run};

type Files = BTreeMap<String, Vec<u8>>;

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

/// The rows of a CSV table without its header.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What is printed differently: `ページ|章|箇所|前|後`.
fn printed_of(sample: &str, change: impl Fn(&mut Files)) -> Vec<String> {
    let (run, _) = diff(sample, change, &["--format", "csv"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let printed = rows(&run.out).into_iter().filter(|row| row[0] == "紙面");
    printed.map(|row| row[1..6].join("|")).collect()
}

fn printed(change: impl Fn(&mut Files)) -> Vec<String> {
    printed_of("mihon-r8", change)
}

fn everywhere(files: &mut Files, file: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "{file}: {from}");
    files.insert(file.to_owned(), text.replace(from, to).into_bytes());
}

/// One change of report.toml.
fn manifest(from: &'static str, to: &'static str) -> impl Fn(&mut Files) {
    move |files| common::replace(files, "report.toml", from, to)
}

const PILLARS: &str = "csv/pillars.csv";
const INITIATIVES: &str = "csv/initiatives.csv";
const INDICATORS: &str = "csv/indicators.csv";

#[test]
fn the_subtitle_of_a_pillar_is_told() {
    let change = |files: &mut Files| common::replace(files, PILLARS, "人が訪れ、", "人が集い、");
    let told = "もくじ、3ページ||体系「にぎわい」の副題|人が訪れ、商いの生まれるまちづくり|人が集い、商いの生まれるまちづくり";
    assert_eq!(printed(change), [told]);
}

#[test]
fn a_running_line_on_several_pages_is_one_change() {
    let line = "running = \"分野ごとの成果と課題\"";
    let change = |files: &mut Files| {
        everywhere(files, "report.toml", line, "running = \"分野別の成果と課題\"");
    };
    let told =
        "3–4ページ|2 分野ごとの成果と課題|ページの上端の行|分野ごとの成果と課題|分野別の成果と課題";
    assert_eq!(printed(change), [told]);
}

#[test]
fn a_page_is_not_called_by_its_place_in_the_page_map() {
    let change = manifest("\"見本市行政改革プラン 総括\"", "\"見本市行政改革プラン 総まとめ\"");
    let told = printed(change);
    assert!(told[0].starts_with("もくじ、1ページ||ページの見出し|"), "{told:?}");
}

#[test]
fn a_figure_that_is_only_drawn_otherwise_is_told_with_what_is_other() {
    let cases = [
        (
            "kind      = \"columns\"            # 棒",
            "kind      = \"lines\"  # 棒",
            "図3",
            "図の種類",
        ),
        ("height = 38", "height = 38\nhighlight = \"家族や知人の勧め\"", "図4", "強調する所"),
        ("height = 38", "height = 42", "図4", "大きさ"),
    ];
    for (from, to, figure, aspect) in cases {
        let right = format!("（{aspect}を改めた図。差し替えたページのとおり）");
        let told = format!("3ページ|2 分野ごとの成果と課題|{figure}の表し方|（前の図）|{right}");
        assert_eq!(printed(manifest(from, to)), [told]);
    }
}

#[test]
fn marks_and_notes_of_figures_are_told() {
    let change = manifest("height = 24\nstate  = \"確定\"", "height = 24\nstate  = \"速報\"");
    assert_eq!(printed(change), ["4ページ|2 分野ごとの成果と課題|図6の注記||速報値"]);
    let change = manifest("table     = true\n", "");
    let table = "3ページ、5ページ|2 分野ごとの成果と課題|図3の付録の表|（データの表と、そのページへのリンク）|";
    assert_eq!(printed(change), [table]);
}

#[test]
fn an_alternative_text_is_told_and_is_not_in_the_errata() {
    let change = manifest("height = 38", "height = 38\nalt = \"家族や知人の勧めが最も多い。\"");
    let (run, desk) = diff("mihon-r8", change, &["--errata", "e.csv"]);
    assert!(run.out.contains("図4の代替テキスト"), "{}", run.out);
    assert!(run.err.contains("紙面に変わった所がないので"), "{}", run.err);
    assert_eq!(desk.names("."), ["after", "r"]);
}

#[test]
fn a_renamed_series_is_one_change() {
    let change = |files: &mut Files| {
        common::replace(files, "csv/fig-02.csv", "無回答", "不明・無回答");
    };
    let told = "2ページ、5ページ|2 分野ごとの成果と課題|図2の系列名|無回答|不明・無回答";
    assert_eq!(printed(change), [told]);
}

#[test]
fn a_renamed_pillar_is_one_change_on_every_page_that_names_it() {
    let change = |files: &mut Files| {
        common::replace(files, PILLARS, "1,暮らし", "1,くらし");
        everywhere(files, INITIATIVES, ",暮らし,", ",くらし,");
        everywhere(files, "report.toml", "\"暮らし\"", "\"くらし\"");
    };
    let told = "もくじ、1–2ページ||体系「暮らし」の名前|暮らし|くらし";
    assert_eq!(printed(change), [told]);
}

#[test]
fn a_short_name_that_is_never_printed_is_no_change_of_the_pages() {
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, ",観光客数,", ",来訪者数,");
        for file in ["report.toml", "prose/01-sokatsu.typ", "prose/03-nigiwai.typ"] {
            everywhere(files, file, "\"観光客数\"", "\"来訪者数\"");
        }
    };
    assert_eq!(printed(change), [""; 0]);
}

#[test]
fn a_renamed_indicator_is_told_by_its_name_alone() {
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, "財政調整基金残高", "財政調整基金の残高");
    };
    let told = "4ページ|2 分野ごとの成果と課題|指標表「基金残高」の指標名|財政調整基金残高|財政調整基金の残高";
    assert_eq!(printed(change), [told]);
}

#[test]
fn what_the_list_prints_and_what_the_block_prints_have_their_own_pages() {
    let change = |files: &mut Files| {
        let from = "福祉課,実施済,協力員の養成講座、";
        common::replace(files, INITIATIVES, from, "福祉総務課,実施済,協力員の養成研修、");
    };
    let told = [
        "1ページ|1 プランの総括と取組の実施状況|取組1の担当課|福祉課|福祉総務課",
        "2ページ|2 分野ごとの成果と課題|取組1の具体的取組|協力員の養成講座、登録世帯への見守り訪問|協力員の養成研修、登録世帯への見守り訪問",
    ];
    assert_eq!(printed(change), told);
}

#[test]
fn the_badge_of_an_initiative_is_told_in_its_own_words() {
    let change = |files: &mut Files| {
        common::replace(files, INITIATIVES, "一部実施,原価の算定", "実施済,原価の算定");
    };
    let told = printed(change);
    let list = "1ページ|1 プランの総括と取組の実施状況|取組8の実施状況|一部実施|実施済";
    let badge = "4ページ|2 分野ごとの成果と課題|取組8の見出しの実施状況|【一部実施】|【実施】";
    assert!([list, badge].iter().all(|row| told.iter().any(|told| told == row)), "{told:#?}");
}

#[test]
fn the_list_over_two_pages_is_told_with_the_page_and_chapter_of_the_change() {
    let change = |files: &mut Files| {
        common::replace(files, INITIATIVES, "総務課、くらしいきいき課", "総務課、暮らし生き生き課");
    };
    let told = printed_of("arao-r7", change);
    let start = "20ページ|4 荒尾市行政経営計画 実施計画書取組実施状況一覧|取組";
    assert!(!told.is_empty() && told.iter().all(|row| row.starts_with(start)), "{told:#?}");
}

#[test]
fn prose_of_an_initiative_is_found_under_its_number_and_name() {
    let change = |files: &mut Files| {
        let file = "prose/02-kurashi.typ";
        common::replace(files, file, "救急の要請につながった", "命を救った");
        common::replace(files, file, "全ての地区での実施を目指す", "全ての地区で行う");
    };
    let spots: Vec<String> =
        printed(change).iter().map(|row| row.split('|').nth(2).unwrap().to_owned()).collect();
    let told = ["取組1「見守り協力員制度の創設」第1段落", "取組3「自主防災組織の育成」第2段落"];
    assert_eq!(spots, told);
}

#[test]
fn a_spot_names_the_heading_that_people_have_on_their_paper() {
    let change = |files: &mut Files| {
        let file = "prose/01-sokatsu.typ";
        common::replace(
            files,
            file,
            "人口の減少に備え、続けられる仕組みが必要",
            "続けられる仕組みが必要",
        );
        common::replace(
            files,
            file,
            "次期プランに引き継ぐ。",
            "次期プランに引き継ぐ。期間は5年とする。",
        );
    };
    let spots: Vec<String> =
        printed(change).iter().map(|row| row.split('|').nth(2).unwrap().to_owned()).collect();
    let heading = "「人口の減少に備え、続けられる仕組みが必要」";
    let place = format!("{heading}第1段落（「");
    assert!(spots[0] == format!("見出し{heading}") && spots[1].starts_with(&place), "{spots:?}");
    assert!(spots[1].ends_with("次期プランに引き継ぐ。」の次）"), "{spots:?}");
}

#[test]
fn a_chapter_title_is_told_with_the_contents_and_by_its_old_name() {
    let change = manifest("chapter = \"分野ごとの", "chapter = \"分野別の");
    let told = "もくじ、2ページ||第2章の題名|分野ごとの成果と課題|分野別の成果と課題";
    assert_eq!(printed(change), [told]);
}

#[test]
fn a_new_chapter_is_told_by_its_title_alone() {
    let running = "running = \"分野ごとの成果と課題\"";
    let told = printed(manifest(running, "chapter = \"にぎわいの成果\""));
    let spots: Vec<&str> = told.iter().map(|row| row.split('|').nth(2).unwrap()).collect();
    assert_eq!(spots, ["第3章の題名", "ページの上端の行"], "{told:#?}");
}

#[test]
fn a_figure_that_is_gone_is_one_change() {
    let change = |files: &mut Files| {
        common::replace(files, "prose/04-shiyakusho.typ", "#図(\"図6\")\n", "");
    };
    let told = printed(change);
    assert!(told.iter().any(|row| row.contains("|図6の全体|電子申請の手続別の内訳")), "{told:#?}");
    assert_eq!(told.iter().filter(|row| row.contains("|図6")).count(), 1, "{told:#?}");
}

#[test]
fn a_count_rests_on_the_cell_that_put_an_initiative_into_another_group() {
    let change = |files: &mut Files| {
        let from = "8,行政運営,便利な窓口と健全な財政";
        common::replace(files, INITIATIVES, from, "8,にぎわい,人と店を呼び込む工夫");
    };
    let (run, _) = diff("mihon-r8", change, &["--format", "csv"]);
    let rows = rows(&run.out);
    let sentence = rows.iter().find(|row| row[4].starts_with("分野別では")).unwrap();
    assert_eq!(sentence[6], "整理番号8 体系、整理番号8 施策");
}

#[test]
fn csv_holds_every_kind_of_difference() {
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, "41.2,53.6", "41.2,49.6");
        common::replace(files, "prose/02-kurashi.typ", "救急の要請につながった", "命を救った");
    };
    let (run, _) = diff("mihon-r8", change, &["--format", "csv"]);
    let rows = rows(&run.out);
    assert!(run.out.starts_with("\u{feff}種類,ページ,章,箇所,前,後,もとになったセル\n"));
    for kind in ["データ", "ファイル", "主張", "紙面", "ページ"] {
        assert!(rows.iter().any(|row| row[0] == kind), "{kind}: {}", run.out);
    }
    let cell =
        ["データ", "", "", "csv/indicators.csv:6:55 N6 電子申請の利用率 R7", "53.6", "49.6", ""];
    assert!(rows.iter().any(|row| row == &cell), "{}", run.out);
}

#[test]
fn csv_is_never_a_header_alone_when_the_editions_differ() {
    let change = |files: &mut Files| {
        let text = String::from_utf8(files["report.toml"].clone()).unwrap();
        files.insert("report.toml".into(), format!("{text}\n# 控え\n").into_bytes());
    };
    let (run, _) = diff("mihon-r8", change, &["--format", "csv"]);
    assert_eq!(run.code, 1);
    assert_eq!(rows(&run.out), [["ファイル", "", "", "report.toml", "", "", ""]]);
}
