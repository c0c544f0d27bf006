//! Calls against a small report.

use std::collections::BTreeMap;

use super::bind;
use crate::load::Folder;
use crate::model::report::Report;
use crate::problem::{Code, Problem};
use crate::validate::read_report;

const MANIFEST: &str = r#"
format = 1
[report]
title = "総括"
author = "市"
council = "会"
date = 2025-10-14
[data.pillars]
csv = "pillars.csv"
[data.indicators]
csv = "indicators.csv"
[data.initiatives]
csv = "initiatives.csv"
[data.constants]
csv = "constants.csv"
[[page]]
chapter = "章"
prose = "p.typ"
[[figure]]
number = "1"
title = "関心"
kind = "percent-bars"
csv = "fig-1.csv"
unit = "%"
[[figure]]
number = "2"
title = "職員"
kind = "stacked-bars"
csv = "fig-2.csv"
unit = "人"
[[figure]]
number = "3"
title = "理由"
kind = "ranked-bars"
csv = "fig-3.csv"
unit = "%"
"#;

const INDICATORS: &str = "\
指標,略称,区分,単位,形式,向き,目標値,目標値の表記,基準値,R4,R5,R6
市民の満足度,満足度,,%,小数1桁,以上,80.0,,75.0,77.0,80.1,76.3
残業,,,時間,整数,以下,20000,,25854,27770,26495,26563
残業,,特殊要因を除く,時間,整数,,,,,,24161,23706
基金,,,百万円,億千万,以上,2000,{値}以上,3780,4090,3250,1750
";

fn run(sentence: &str) -> (Vec<String>, Vec<Problem>) {
    let (report, problems) = read(INDICATORS, sentence);
    assert_eq!(problems, []);
    let (bindings, problems) = bind(&report.unwrap());
    let texts = bindings.prose[0].values.values().map(|bound| bound.text.clone()).collect();
    (texts, problems)
}

fn read(indicators: &str, sentence: &str) -> (Option<Report>, Vec<Problem>) {
    let pillars = "番号,体系,副題\n1,暮らし,\n2,行政,\n";
    let initiatives = "\
整理番号,体系,施策,取組名,担当課,実施状況,具体的取組
1,暮らし,甲,見守り,福祉課,実施済,
2,暮らし,甲,防災,総務課,一部実施,
3,行政,乙,窓口,市民課,実施済,
";
    let prose = format!("#import \"/template/author.typ\": *\n{sentence}\n");
    let files = [
        ("report.toml", MANIFEST),
        ("pillars.csv", pillars),
        ("indicators.csv", indicators),
        ("initiatives.csv", initiatives),
        (
            "constants.csv",
            "定数,値,単位,形式,出典\n地区数,12,地区,整数,要綱\n開始,令和3年4月,,語,告示\n",
        ),
        (
            "fig-1.csv",
            "年代,ある,少し,ない\n30代,21.0,50.0,29.0\n40代,18.0,48.0,34.0\n全体,18.6,54.3,27.1\n",
        ),
        ("fig-2.csv", "職階,女性,男性\n係長級,13,35\n課長級,4,31\n"),
        ("fig-3.csv", "理由,割合\n交通,52.7\n買物,38.1\n娯楽,38.1\n仕事,5.0\n"),
        ("p.typ", &prose),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, text)| ((*name).into(), text.as_bytes().to_vec())).collect();
    read_report(&Folder::Memory(files))
}

fn printed(call: &str) -> String {
    let (texts, problems) = run(&format!("本文#{call}である。"));
    assert_eq!(problems, [], "{call}");
    texts.concat()
}

/// The problem that a call has.
fn fault(call: &str) -> Problem {
    let (_, mut problems) = run(&format!("本文#{call}である。"));
    assert_eq!(problems.len(), 1, "{call}: {problems:#?}");
    problems.remove(0)
}

#[test]
fn values_are_printed_in_the_notation_of_their_data() {
    for (call, text) in [
        (r#"値("満足度", "R6")"#, "76.3%"),
        (r#"値("満足度", "令和6年度")"#, "76.3%"),
        (r#"値("残業", "R6", 区分: "特殊要因を除く")"#, "23,706時間"),
        (r#"値("基金", "R6")"#, "17億5千万"),
        (r#"値("図1", "全体", "少し")"#, "54.3%"),
        (r#"値("図1", "全体", "少し", 桁: 0)"#, "54%"),
        (r#"値("図2", "計", "女性")"#, "17人"),
        (r#"目標値("基金")"#, "20億以上"),
        (r#"目標値("満足度", 桁: 0)"#, "80%"),
        (r#"基準値("満足度")"#, "75.0%"),
        (r#"定数("地区数")"#, "12地区"),
        (r#"定数("開始")"#, "令和3年4月"),
        (r#"年度("R5")"#, "令和5年度"),
        (r#"指標名("満足度")"#, "市民の満足度"),
    ] {
        assert_eq!(printed(call), text, "{call}");
    }
}

#[test]
fn differences_find_their_words_by_unit_and_direction() {
    for (call, text) in [
        (r#"増減("満足度", "R4", "R5")"#, "3.1ポイント増加"),
        (r#"増減("満足度", "R5", "R6")"#, "3.8ポイント減少"),
        (r#"増減("満足度", "R6", "R6")"#, "横ばい"),
        (r#"増減("残業", "R5", "R6", 語: "増/減/同じ")"#, "68時間増"),
        (r#"増減("基金", "R5", "R6")"#, "15億円減少"),
        (r#"増減("図2", "係長級", "課長級", "男性")"#, "4人減少"),
        (r#"差("満足度", "R5", "R6")"#, "3.8ポイント"),
        (r#"増減率("残業", "R4", "R6")"#, "4.3%減少"),
        (r#"目標との差("満足度", "R6")"#, "3.7ポイント"),
    ] {
        assert_eq!(printed(call), text, "{call}");
    }
}

#[test]
fn shares_groups_ranks_and_counts_are_computed_from_cells() {
    for (call, text) in [
        (r#"割合("図2", "課長級", "女性")"#, "11.4%"),
        (r#"割合("図2", "計", "女性")"#, "20.5%"),
        (r#"層("図1", "全体", "ある", "少し")"#, "72.9%"),
        (r#"合計("残業", から: "R5")"#, "53,058時間"),
        (r#"順位("図3", "交通")"#, "最多"),
        (r#"順位("図3", "仕事")"#, "4番目"),
        (r#"上位("図3", 1)"#, "「交通」"),
        (r#"上位("図3", 2, から: 2)"#, "「買物」「娯楽」"),
        (r#"最大の項目("図1", "ある")"#, "30代"),
        (r#"最小の項目("満足度")"#, "令和6年度"),
        ("取組数()", "3件"),
        (r#"取組数("実施済", "一部実施", 体系: "暮らし")"#, "2件"),
        (r#"取組割合("実施済")"#, "66.7%"),
        ("取組名(2)", "防災"),
        ("体系数()", "2つ"),
    ] {
        assert_eq!(printed(call), text, "{call}");
    }
}

#[test]
fn claims_that_the_data_supports_pass() {
    for condition in [
        r#"未達成("満足度", "R6")"#,
        r#"達成("満足度", "R5")"#,
        r#"未達成("残業", "R6")"#,
        r#"以上(各値("満足度"), 76)"#,
        r#"超える(値("満足度", "R6"), 基準値("満足度"))"#,
        r#"下回る(値("基金", "R6"), 目標値("基金"))"#,
        r#"超える(値("満足度", "R5"), 値("満足度", "R6"), 差: 3)"#,
        r#"台(値("満足度", "R6"), 70)"#,
        r#"範囲(値("満足度", "R6"), 76, 77)"#,
        r#"ほぼ等しい(値("残業", "R6"), 26500, 幅: 100)"#,
        r#"等しい(取組数("一部実施"), 1)"#,
        r#"増加("満足度", "R4", "R5")"#,
        r#"横ばい("残業", "R5", "R6", 幅: 100)"#,
        r#"年々減少("基金")"#,
        r#"増減の繰返し("満足度")"#,
        r#"最大("満足度", "R5")"#,
        r#"最小("図1", "40代", 系列: "ある")"#,
        r#"上位である("図3", "交通")"#,
        r#"列の上位である("図1", "全体", "少し", "ない")"#,
        r#"以上(各層("図1", "ある", "少し"), 66)"#,
        r#"以上(体系別割合("実施済"), 50)"#,
        r#"取組である(2, 実施状況: "一部実施", 体系: "暮らし")"#,
        r#"かつ(増加("満足度", "R4", "R5"), でない(達成("満足度", "R6")))"#,
        r#"または(達成("満足度", "R6"), 達成("満足度", "R5"))"#,
    ] {
        assert_eq!(run(&format!("#主張({condition})[句]")).1, [], "{condition}");
    }
}

#[test]
fn a_claim_that_the_data_does_not_support_names_phrase_condition_values_and_cells() {
    let problem = fault(r#"主張(達成("満足度", "R6"))[目標を達成]"#);
    assert_eq!((problem.code, problem.text.as_deref()), (Code::ClaimFalse, Some("目標を達成")));
    assert!(problem.message.contains("満足度 R6 = 76.3%"), "{}", problem.message);
    assert!(problem.expected.unwrap().contains("80.0%"));
    assert!(problem.hint.unwrap().contains("indicators.csv L2"));
    for condition in [
        r#"上位である("図3", "交通", "買物")"#,
        r#"上位である("図3", "買物")"#,
        r#"列の上位である("図1", "全体", "ない")"#,
        r#"年々増加("満足度")"#,
        r#"超える(値("満足度", "R5"), 値("満足度", "R6"), 差: 4)"#,
        r#"最大("図3", "買物", "娯楽")"#,
        r#"取組である(2, 体系: "行政")"#,
        r#"超える(体系別割合("実施済"), 50)"#,
    ] {
        let problem = fault(&format!("主張({condition})[句]"));
        assert_eq!(problem.code, Code::ClaimFalse, "{condition}");
    }
}

#[test]
fn calls_that_cannot_be_worked_out_are_told_with_their_place() {
    for (call, code) in [
        (r#"値("満足", "R6")"#, Code::UnknownName),
        (r#"値("満足度", "R9")"#, Code::UnknownName),
        (r#"値("図9", "全体")"#, Code::UnknownName),
        (r#"値("図1", "全体")"#, Code::WrongCall),
        (r#"値("残業", "R4", 区分: "特殊要因を除く")"#, Code::WrongCall),
        (r#"値("満足度")"#, Code::WrongCall),
        (r#"値("満足度", "R6", "R5", "R4")"#, Code::WrongCall),
        (r#"値("満足度", "R6", 年: "R5")"#, Code::WrongCall),
        (r#"差(値("満足度", "R6"), "R6", "R5")"#, Code::WrongCall),
        (r#"上位("図3", 2)"#, Code::WrongCall),
        (r#"取組数("済")"#, Code::UnknownName),
        (r#"定数("区数")"#, Code::UnknownName),
        (r#"割合("残業", "R6", "特殊要因を除く")"#, Code::WrongCall),
        (r#"主張(以上(各値("残業", "特殊要因を除く"), 1))[句]"#, Code::WrongCall),
        (r#"達成("満足度", "R6")"#, Code::Prose),
        (r#"主張("達成")[句]"#, Code::WrongCall),
        (r#"主張(以上(値("残業", "R6"), 値("満足度", "R6")))[句]"#, Code::WrongCall),
    ] {
        let problem = fault(call);
        assert_eq!(problem.code, code, "{call}");
        assert_eq!(problem.place.line, Some(2), "{call}");
    }
}

#[test]
fn the_phrase_of_a_false_claim_shows_the_values_inside_it() {
    let sentence = r#"#主張(増加("満足度", "R5", "R6"))[前年度から#増減("満足度", "R5", "R6")し]"#;
    let (_, problems) = run(sentence);
    assert_eq!(problems[0].text.as_deref(), Some("前年度から3.8ポイント減少し"));
}

#[test]
fn a_finding_names_a_computed_number() {
    let problem = fault(r#"主張(超える(層("図1", "全体", "ある", "少し"), 80))[8割]"#);
    assert!(problem.message.contains("図1 全体の和 = 72.9%"), "{}", problem.message);
}

#[test]
fn claims_of_indicators_without_a_year_do_not_end_the_program() {
    let no_year = INDICATORS.replace("R4,R5,R6", "甲,乙,丙");
    let sentence = "#主張(年々増加(\"市民の満足度\"))[年々増えた。]";
    let (report, problems) = read(&no_year, sentence);
    assert!(problems.iter().any(|problem| problem.code == Code::NoPeriods), "{problems:?}");
    // Nothing can be said of all years where there are none.
    let (bindings, _) = bind(&report.unwrap());
    assert_eq!(bindings.prose.len(), 1);
}

/// What a call comes to over a figure with this table, or its fault.
fn of_table(kind: &str, csv: &str, call: &str) -> String {
    let manifest = format!(
        "format = 1\n[report]\ntitle = \"題\"\nauthor = \"市\"\ncouncil = \"会\"\n\
         date = 2026-07-16\n[[page]]\nchapter = \"章\"\nprose = \"p.typ\"\n[[figure]]\n\
         number = \"1\"\ntitle = \"図\"\nkind = \"{kind}\"\ncsv = \"f.csv\"\nunit = \"人\"\n"
    );
    let prose = format!("#import \"/template/author.typ\": *\n{call}\n#図(\"図1\")\n");
    let files = [("report.toml", manifest), ("p.typ", prose), ("f.csv", csv.to_owned())];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    let (report, problems) = read_report(&Folder::Memory(files));
    assert!(!problems.iter().any(Problem::is_error), "{problems:#?}");
    let (bindings, problems) = bind(&report.unwrap());
    match problems.first() {
        Some(problem) => format!("{} {}", problem.code, problem.message),
        None => bindings.prose[0].values.values().next().unwrap().text.clone(),
    }
}

const BIRTHS: &str = "月,総数,男,女\n1月,216,100,116\n2月,185,90,95\n計,401,190,211\n";

#[test]
fn a_total_column_is_the_whole_and_no_part_of_it() {
    // Whatever the kind: a line of the total beside those of its parts is no part either.
    for kind in ["stacked-columns", "percent-columns", "columns"] {
        for (call, text) in [
            ("#割合(\"図1\", \"1月\", \"男\")", "46.3%"),
            ("#値(\"図1\", \"1月\", \"計\")", "216人"),
            ("#値(\"図1\", \"1月\", \"合計\")", "216人"),
            ("#値(\"図1\", \"2月\", \"総数\")", "185人"),
            ("#値(\"図1\", \"計\", \"男\")", "190人"),
            ("#値(\"図1\", \"合計\", \"計\")", "401人"),
            ("#層(\"図1\", \"1月\", \"男\", \"女\")", "216人"),
            ("#合計(\"図1\", \"男\")", "190人"),
        ] {
            assert_eq!(of_table(kind, BIRTHS, call), text, "{kind} {call}");
        }
    }
    let top = "#主張(列の上位である(\"図1\", \"1月\", \"女\", \"男\"))[多い]";
    assert_eq!(
        of_table("columns", BIRTHS, &format!("{top}#値(\"図1\", \"1月\", \"男\")")),
        "100人"
    );
}

#[test]
fn a_sum_over_a_column_that_is_named_a_total_and_is_none_is_refused() {
    let table = BIRTHS.replace("216", "500").replace("401", "900");
    let told = of_table("columns", &table, "#値(\"図1\", \"1月\", \"計\")");
    assert!(told.starts_with("S506") && told.contains("「総数」"), "{told}");
}

#[test]
fn a_share_of_what_makes_no_whole_is_refused_with_the_reason() {
    for (kind, table, call, reason) in [
        ("bars", "費目,R4,R5,R6\n市税,3,3,3\n", "#割合(\"図1\", \"市税\", \"R6\")", "時点"),
        ("columns", "年度,人数\nR5,3\nR6,4\n", "#割合(\"図1\", \"R6\", \"人数\")", "だけ"),
        ("lines", "年度,転入,転出\nR5,3,4\nR6,4,5\n", "#割合(\"図1\", \"R6\", \"転入\")", "推移"),
    ] {
        let told = of_table(kind, table, call);
        assert!(told.starts_with("S506") && told.contains(reason), "{told}");
    }
    // Stacked year by year they are parts, and so they are beside their total.
    let parts = "年度,男,女\nR5,3,5\nR6,1,3\n";
    assert_eq!(of_table("stacked-columns", parts, "#割合(\"図1\", \"R6\", \"男\")"), "25.0%");
    let beside = "年度,男,女,計\nR5,3,5,8\nR6,1,3,4\n";
    assert_eq!(of_table("lines", beside, "#割合(\"図1\", \"R6\", \"男\")"), "25.0%");
    let told = fault("割合(\"残業\", \"R6\", \"特殊要因を除く\")");
    assert!(told.message.contains("指標") && told.hint.is_some(), "{told:#?}");
}
