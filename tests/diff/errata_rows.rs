//! The rows of the 正誤表: which there are, what is behind each, and the reasons that they print.

use std::collections::BTreeMap;

use crate::common;
use crate::desk::{Desk, Run};

type Files = BTreeMap<String, Vec<u8>>;

const INDICATORS: &str = "csv/indicators.csv";

/// Runs `diff r after --errata e.csv` on a sample report and a changed copy of it; `reasons`:
/// targets with their reasons, as a list gives them.
fn diff(sample: &str, change: impl Fn(&mut Files), reasons: &[(&str, &str)]) -> (Run, Desk) {
    diff_of(common::files(sample), change, reasons)
}

fn diff_of(mut files: Files, change: impl Fn(&mut Files), reasons: &[(&str, &str)]) -> (Run, Desk) {
    let desk = Desk::with(&files);
    change(&mut files);
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    let entry = |(at, reason): &(&str, &str)| {
        let (at, words) = at.split_once(" = ").unwrap_or((at, ""));
        let words =
            words.split_once(" → ").map(|(old, new)| format!("old = '{old}'\nnew = '{new}'"));
        format!("[[correction]]\nat = '{at}'\n{}\nreason = '{reason}'\n", words.unwrap_or_default())
    };
    desk.put("list.toml", reasons.iter().map(entry).collect::<String>());
    let mut args = vec!["diff", "r", "after", "--errata", "e.csv"];
    if !reasons.is_empty() {
        args.extend(["--reason", "list.toml"]);
    }
    let run = desk.run(&args);
    (run, desk)
}

/// The rows: `ページ|章|箇所|誤|正|理由|伴う変更`.
fn rows(run: &Run, desk: &Desk) -> Vec<Vec<String>> {
    let csv =
        std::fs::read_to_string(desk.at("e.csv")).unwrap_or_else(|_| panic!("{}", run.whole()));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// `箇所|理由|伴う変更` of each row.
fn reasoned(sample: &str, change: impl Fn(&mut Files), reasons: &[(&str, &str)]) -> Vec<String> {
    let (run, desk) = diff(sample, change, reasons);
    let rows = rows(&run, &desk);
    rows.into_iter().map(|row| format!("{}|{}|{}", row[2], row[5], row[6])).collect()
}

/// `箇所|誤|正` of each row.
fn told(sample: &str, change: impl Fn(&mut Files)) -> Vec<String> {
    let (run, desk) = diff(sample, change, &[]);
    rows(&run, &desk).into_iter().map(|row| row[2..5].join("|")).collect()
}

fn has_no_rows((run, desk): (Run, Desk)) {
    assert!(run.err.contains("紙面に変わった所がないので"), "{}", run.whole());
    assert!(!desk.at("e.csv").exists());
}

#[test]
fn a_row_has_the_reason_of_the_cell_that_it_follows_from() {
    let change = |files: &mut Files| {
        common::replace(files, "report.toml", "2026-07-16", "2026-07-17");
        common::replace(files, INDICATORS, "以上,15,{値}以上", "以上,15,{値}を超える");
    };
    let words = ("csv/indicators.csv:出店数:目標値の表記", "表記の誤り");
    let date = ("report.toml:report.date", "日程の変更");
    let rows = ["表紙の日付|日程の変更|", "指標表「出店数」の目標値|表記の誤り|"];
    assert_eq!(reasoned("mihon-r8", change, &[date, words]), rows);
    let alone = ["表紙の日付||", "指標表「出店数」の目標値|表記の誤り|"];
    assert_eq!(reasoned("mihon-r8", change, &[words]), alone);
}

#[test]
fn rows_of_the_cover_have_the_reasons_of_their_own_keys() {
    let change = |files: &mut Files| {
        common::replace(files, "report.toml", "2026-07-16", "2026-07-17");
        common::replace(files, "report.toml", "\"総括\"]", "\"総まとめ\"]");
        common::replace(files, "report.toml", "# status = \"案\"", "status = \"案\"");
    };
    let list = [
        ("report.toml:report.date", "日程の変更"),
        ("report.toml:report.title", "題名の誤り"),
        ("report.toml:report.status", "まだ案のため"),
    ];
    let rows = ["表紙の題名|題名の誤り、まだ案のため|", "表紙の日付|日程の変更|"];
    assert_eq!(reasoned("mihon-r8", change, &list), rows);
}

#[test]
fn a_key_that_came_to_a_figure_gives_its_reason_to_that_figure_alone() {
    let change = |files: &mut Files| {
        let (fourth, second) = ("height = 38", "n      = 1184");
        let with = |line: &str, item: &str| format!("{line}\nprovisional = [\"{item}\"]");
        common::replace(files, "report.toml", fourth, &with(fourth, "旅行雑誌"));
        common::replace(files, "report.toml", second, &with(second, "全体"));
    };
    let list = [
        ("report.toml:figure「4」.provisional", "図4の理由"),
        ("report.toml:figure「2」.provisional", "図2の理由"),
    ];
    let rows = ["図2の表し方|図2の理由|", "図4の表し方|図4の理由|"];
    assert_eq!(reasoned("mihon-r8", change, &list), rows);
}

#[test]
fn a_sentence_that_was_written_otherwise_too_is_a_correction_with_all_its_reasons() {
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, "3,7,12,16", "3,7,12,17");
        common::replace(files, "prose/03-nigiwai.typ", "空き店舗への", "空き店舗での");
    };
    let list = [
        ("csv/indicators.csv:出店数:R7", "転記の誤り"),
        ("prose/03-nigiwai.typ = 空き店舗への → 空き店舗での", "言葉の誤り"),
    ];
    let rows = reasoned("mihon-r8", change, &list);
    assert!(rows.contains(&"指標表「出店数」のR7|転記の誤り|".to_owned()), "{rows:#?}");
    assert!(rows.contains(&"第4段落|転記の誤り、言葉の誤り|".to_owned()), "{rows:#?}");
}

#[test]
fn two_corrections_of_one_sentence_print_both_reasons() {
    let file = "prose/02-kurashi.typ";
    let change = |files: &mut Files| {
        common::replace(files, file, "異変に早く気付き", "異変に気付き");
        common::replace(files, file, "救急の要請につながった", "命を救った");
    };
    let list = [
        ("prose/02-kurashi.typ = 救急の要請につながった → 命を救った", "確認した事実"),
        ("prose/02-kurashi.typ = 異変に早く気付き → 異変に気付き", "言い過ぎ"),
    ];
    let spot = "取組1「見守り協力員制度の創設」第1段落";
    let row = format!("{spot}|確認した事実、言い過ぎ|");
    assert_eq!(reasoned("mihon-r8", change, &list), [row]);
}

#[test]
fn a_sum_on_a_stack_follows_from_the_value_that_was_corrected() {
    let change = |files: &mut Files| common::replace(files, "csv/hojin.csv", "1440", "1450");
    let list = [("csv/hojin.csv:R4:法人", "転記の誤り")];
    let rows = ["図4の「R4」の「法人」|転記の誤り|", "図4の「R4」の合計||○"];
    assert_eq!(reasoned("gallery", change, &list), rows);
    assert_eq!(told("gallery", change)[1], "図4の「R4」の合計|5,750|5,760");
    let change = |files: &mut Files| {
        common::replace(files, "csv/fig-13-1.csv", "課長級以上,4,31", "課長級以上,4,30");
    };
    let sum = "図13-1の「課長級以上」の合計|35|34".to_owned();
    assert!(told("arao-r7", change).contains(&sum));
}

#[test]
fn a_renamed_indicator_is_no_other_picture() {
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, "電子申請の利用率", "電子申請の利用割合");
        let calls = ["\"電子申請の利用率\"", "\"電子申請の利用割合\""];
        common::replace(files, "prose/04-shiyakusho.typ", calls[0], calls[1]);
    };
    let rows = ["指標表「電子申請」の指標名|電子申請の利用率|電子申請の利用割合"];
    assert_eq!(told("mihon-r8", change), rows);
}

#[test]
fn a_figure_that_is_the_same_picture_has_no_row() {
    let shorter = |files: &mut Files| {
        let second = "width  = \"half\"\nheight = 50";
        common::replace(files, "report.toml", second, "width  = \"half\"\nheight = 45");
    };
    has_no_rows(diff("mihon-r8", shorter, &[]));
    let unseen = |files: &mut Files| {
        common::replace(files, "csv/kyufu.csv", "1056000000", "1056000001");
    };
    has_no_rows(diff("gallery", unseen, &[]));
}

#[test]
fn notes_in_another_order_are_the_same_notes() {
    let note = |at: &str, series: &str, text: &str| {
        format!("{{ at = \"{at}\", series = \"{series}\", text = \"{text}\" }}")
    };
    let (one, two) = (note("R4", "年間の観光客数", "あ"), note("R6", "宿泊客", "い"));
    let height = "height    = 40";
    let mut files = common::files("mihon-r8");
    let with = format!("{height}\nannotations = [{one}, {two}]");
    common::replace(&mut files, "report.toml", height, &with);
    let swapped = |files: &mut Files| {
        let (from, to) = (format!("{one}, {two}"), format!("{two}, {one}"));
        common::replace(files, "report.toml", &from, &to);
    };
    has_no_rows(diff_of(files, swapped, &[]));
}

#[test]
fn a_value_that_is_drawn_and_not_printed_is_told_as_the_shape_of_the_figure() {
    let change = |files: &mut Files| {
        common::replace(files, "csv/kyufu.csv", "1056000000", "1256000000");
    };
    let row = "図20の形|（前の図）|（棒の高さを改めた図。差し替えたページのとおり）";
    assert_eq!(told("gallery", change), [row]);
    let list = [("csv/kyufu.csv:R4:給付額", "転記の誤り")];
    assert_eq!(reasoned("gallery", change, &list), ["図20の形|転記の誤り|"]);
}

#[test]
fn the_title_of_the_first_chapter_is_told_with_the_contents_and_its_page() {
    let change = |files: &mut Files| {
        let (from, to) = ("chapter = \"プランの総括", "chapter = \"計画の総括");
        common::replace(files, "report.toml", from, to);
    };
    let (run, desk) = diff("mihon-r8", change, &[]);
    assert_eq!(rows(&run, &desk)[0][0], "もくじ、1ページ");
}

#[test]
fn what_is_made_from_a_cell_stands_under_the_cell() {
    let share = |files: &mut Files| common::replace(files, "csv/zaigen.csv", "27.3", "27.4");
    let rows = [
        "図17の「地方交付税」|転記の誤り|",
        "図18の「地方交付税」||○",
        "図17の下の注||○",
        "図18の下の注||○",
        "図18の「市税」||",
        "図18の「国県支出金」||",
    ];
    let list = [("csv/zaigen.csv:地方交付税:構成比", "転記の誤り")];
    assert_eq!(reasoned("gallery", share, &list), rows);
    let target = |files: &mut Files| common::replace(files, INDICATORS, "以上,350,", "以上,340,");
    let rows = reasoned("mihon-r8", target, &[]);
    assert_eq!(rows[0], "指標表「観光客数」の目標値||");
    assert!(rows.contains(&"図3の目標値||○".to_owned()), "{rows:#?}");
}

#[test]
fn a_sentence_that_names_a_renamed_item_follows_from_its_name() {
    let change = |files: &mut Files| {
        common::replace(files, "csv/fig-04.csv", "家族や知人の勧め", "家族の勧め");
    };
    assert_eq!(reasoned("mihon-r8", change, &[]), ["図4の項目名||", "第3段落||○"]);
}

#[test]
fn counts_follow_from_the_initiative_that_came() {
    let change = |files: &mut Files| {
        let last = "4,暮らし,支え合いの仕組みづくり,乗合";
        let more = format!("9,暮らし,支え合いの仕組みづくり,移動販売,企画課,実施済,実証,\n{last}");
        common::replace(files, "csv/initiatives.csv", last, &more);
    };
    let rows = reasoned("mihon-r8", change, &[("csv/initiatives.csv", "記載漏れ")]);
    assert_eq!(rows[0], "取組9の全体|記載漏れ|");
    assert!(rows.len() > 5 && rows[1..].iter().all(|row| row.ends_with("||○")), "{rows:#?}");
}

#[test]
fn a_figure_under_another_number_is_the_same_figure() {
    let change = |files: &mut Files| {
        common::replace(files, "report.toml", "number = \"6\"", "number = \"7\"");
        let prose = "prose/04-shiyakusho.typ";
        let text = String::from_utf8(files[prose].clone()).unwrap().replace("図6", "図7");
        files.insert(prose.to_owned(), text.into_bytes());
    };
    let rows = told("mihon-r8", change);
    assert_eq!(rows[0], "図6の番号|図6|図7");
    assert!(!rows.iter().any(|row| row.contains("全体")), "{rows:#?}");
}

#[test]
fn a_sentence_that_came_is_told_with_the_one_before_it() {
    let change = |files: &mut Files| {
        let last = "救急の要請につながった例もある。";
        let more = format!("{last}訪問は月に一度である。");
        common::replace(files, "prose/02-kurashi.typ", last, &more);
    };
    let place = "第1段落（「…救急の要請につながった例もある。」の次）||訪問は月に一度である。";
    assert_eq!(told("mihon-r8", change), [format!("取組1「見守り協力員制度の創設」{place}")]);
}

#[test]
fn a_share_is_told_with_the_sign_that_is_printed() {
    let change = |files: &mut Files| {
        common::replace(files, "csv/fig-06.csv", "41.5", "41.6");
        common::replace(files, "csv/fig-06.csv", "12.4", "12.3");
    };
    let rows = ["図6の「証明書の請求」|41.5%|41.6%", "図6の「その他」|12.4%|12.3%"];
    assert_eq!(told("mihon-r8", change), rows);
}

#[test]
fn a_sentence_of_a_cell_and_of_a_constant_prints_both_reasons() {
    let mut files = common::files("mihon-r8");
    let call = "#定数(\"経営相談の対象\")";
    let both = format!("#値(\"出店数\", \"R7\")の店に{call}");
    common::replace(&mut files, "prose/03-nigiwai.typ", &format!("開店から{call}"), &both);
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, "3,7,12,16", "3,7,12,17");
        common::replace(files, "csv/constants.csv", "経営相談の対象,3,", "経営相談の対象,4,");
    };
    let list = [
        ("csv/indicators.csv:出店数:R7", "転記の誤り"),
        ("csv/constants.csv:経営相談の対象:値", "要綱の読み誤り"),
    ];
    let (run, desk) = diff_of(files, change, &list);
    let rows = rows(&run, &desk);
    let row = rows.iter().find(|row| row[4].contains("4年目")).unwrap();
    assert_eq!((row[5].as_str(), row[6].as_str()), ("転記の誤り、要綱の読み誤り", ""));
}

#[test]
fn a_corrected_cell_that_flips_a_judgement_is_told_in_table_and_box() {
    let change = |files: &mut Files| {
        common::replace(files, INDICATORS, "41.2,53.6", "41.2,49.6");
        // The sentences that claim it were corrected, too.
        common::replace(files, "prose/01-sokatsu.typ", ", 達成(\"電子申請\", \"R7\")", "");
        let (from, to) = ("達成(\"電子申請の利用率\"", "未達成(\"電子申請の利用率\"");
        common::replace(files, "prose/04-shiyakusho.typ", from, to);
    };
    let rows = told("mihon-r8", change);
    for row in ["指標表「電子申請」の判定|○達成|×未達", "達成状況の数値目標|5中3達成|5中2達成"]
    {
        assert!(rows.contains(&row.to_owned()), "{rows:#?}");
    }
    let list = [("csv/indicators.csv:電子申請の利用率:R7", "転記の誤り")];
    let rows = reasoned("mihon-r8", change, &list);
    for row in ["指標表「電子申請」の判定||○", "達成状況の数値目標||○"] {
        assert!(rows.contains(&row.to_owned()), "{rows:#?}");
    }
}
