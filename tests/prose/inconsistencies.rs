//! Every inconsistency that the reference document carried is found when a report carries it
//! (the second table of its list of corrections), one by one and all together.

use std::collections::BTreeMap;

use crate::common;
use proptest::prelude::*;
use soukatsu::app::{BuildOptions, Workshop};
use soukatsu::export::page_texts;
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::{Problem, Severity};

type Files = BTreeMap<String, Vec<u8>>;

const REPORT: &str = r#"format = 1
[report]
title   = "行政経営計画 総括"
author  = "ある市"
council = "第2回審議会"
date    = 2025-10-14

[data.pillars]
csv = "csv/pillars.csv"
[data.indicators]
csv = "csv/indicators.csv"
[data.initiatives]
csv = "csv/initiatives.csv"

[[page]]
chapter = "各体系の進捗状況"
pillar  = "財務マネジメント"
measure = "財政基盤の強化"
prose   = "prose/1.typ"

[[page]]
pillar  = "政策マネジメント"
measure = "便利な窓口の実現"
prose   = "prose/2.typ"

[[figure]]
number    = "1-1"
title     = "参加率の推移"
kind      = "lines"
indicator = "参加率"

[[figure]]
number    = "1-2"
title     = "公債費比率の推移"
kind      = "lines"
indicator = "公債費比率"

[[figure]]
number    = "2"
title     = "収支の推移"
kind      = "columns"
indicator = "収支"
"#;

const PILLARS: &str = "番号,体系,副題
1,財務マネジメント,持続可能な財政
2,政策マネジメント,成果を上げる仕組み
";

const INDICATORS: &str = "指標,略称,区分,単位,形式,向き,目標値,目標値の表記,基準値,R4,R5,R6
市民の地域活動への参加率,参加率,,%,小数1桁,以上,60.0,,40.2,43.9,47.7,43.6
実質公債費比率,公債費比率,,%,小数1桁,以下,12.5,,9.3,9.5,9.6,10.1
経常経費に対する人件費の比率,人件費比率,,%,小数1桁,以下,16.0,,16.0,14.9,14.4,14.5
財政調整基金残高,基金,,百万円,億千万,以上,2000,,3780,4090,3250,1750
実質単年度収支,収支,,百万円,符号付き整数,以上,0,,,246,235,593
";

const INITIATIVES: &str = "整理番号,体系,施策,取組名,担当課,実施状況,具体的取組,備考
8,財務マネジメント,財政基盤の強化,広聴機会の充実と新しい広聴手法の検討,総合政策課,実施済,,
15,財務マネジメント,財政基盤の強化,働きやすい環境の整備と新しい働き方の検討,総務課,実施済,,
18,財務マネジメント,財政基盤の強化,採用試験の見直し,総務課,一部実施,,
26,政策マネジメント,便利な窓口の実現,個別施設計画の策定,財政課,実施済,,
34,政策マネジメント,便利な窓口の実現,デジタル・トランスフォーメーションの推進,総合政策課,実施済,,
";

const FIRST: &str = "#import \"/template/author.typ\": *

#指標表(\"参加率\", \"公債費比率\", \"人件費比率\", \"基金\", \"収支\")

= 市民の地域活動への参加率

参加率は、令和6年度に#増減(\"参加率\", \"R5\", \"R6\")した【図1-1】。

= 実質公債費比率

令和6年度は#値(\"公債費比率\", \"R6\")となった【図1-2】。

= 財政調整基金残高

令和6年度末の残高は#値(\"基金\", \"R6\")円である【図2】。

#図(\"図1-1\")

#図(\"図1-2\")

#図(\"図2\")

#取組(8)[意見を広く聴いた。]

#取組(15)[環境を整えた。]

#取組(18)[試験を見直した。]
";

const SECOND: &str = "#import \"/template/author.typ\": *

#取組(26)[計画を定めた。]

#取組(34)[手続を改めた。]
";

/// A report that carries none of them.
fn sound() -> Files {
    let files = [
        ("report.toml", REPORT),
        ("csv/pillars.csv", PILLARS),
        ("csv/indicators.csv", INDICATORS),
        ("csv/initiatives.csv", INITIATIVES),
        ("prose/1.typ", FIRST),
        ("prose/2.typ", SECOND),
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect()
}

fn check(files: Files) -> Vec<Problem> {
    Workshop::new(Fonts::embedded()).check(&Folder::Memory(files)).problems.clone()
}

/// One row of the list: in its words, how a report comes to carry it, the code that tells it, and
/// what the message must name.
struct Row {
    what: &'static str,
    carry: fn(&mut Files),
    code: &'static str,
    names: &'static [&'static str],
}

fn add(files: &mut Files, file: &str, text: &str) {
    files.get_mut(file).unwrap().extend_from_slice(text.as_bytes());
}

const ROWS: [Row; 14] = [
    Row {
        what: "a figure's number is used twice, on two pages",
        carry: |files| {
            let again = "\n[[figure]]\nnumber = \"1-1\"\ntitle = \"基金の推移\"\nkind = \"lines\"\nindicator = \"基金\"\n";
            add(files, "report.toml", again);
        },
        code: "S205",
        names: &["図1-1", "重複"],
    },
    Row {
        what: "item 8: 広聴機能…の実施 in the body, 広聴機会…の検討 in the list",
        carry: |files| {
            add(
                files,
                "prose/1.typ",
                "\n= 8. 広聴機能の充実と新しい広聴手法の実施\n\n意見を聴いた。\n",
            )
        },
        code: "S909",
        names: &["広聴機能の充実と新しい広聴手法の実施", "整理番号8"],
    },
    Row {
        what: "item 15: …新しい働き方の推進 in the body, …検討 in the list",
        carry: |files| {
            add(
                files,
                "prose/1.typ",
                "\n市は、働きやすい環境の整備と新しい働き方の推進に努めた。\n",
            )
        },
        code: "S909",
        names: &["新しい働き方の推進", "整理番号15"],
    },
    Row {
        what: "item 26: 個別管理計画 in the body's heading, 個別施設計画 in the list",
        carry: |files| add(files, "prose/2.typ", "\n= 26. 個別管理計画の策定\n\n計画を定めた。\n"),
        code: "S909",
        names: &["個別管理計画の策定", "整理番号26"],
    },
    Row {
        what: "item 34: デジタル・トランスフォーメーション with and without ・",
        carry: |files| {
            add(files, "prose/2.typ", "\n「デジタルトランスフォーメーションの推進」を続ける。\n")
        },
        code: "S909",
        names: &["デジタルトランスフォーメーション", "整理番号34"],
    },
    Row {
        what: "財政マネジメント for 財務マネジメント in the list",
        carry: |files| {
            let (from, to) = ("18,財務マネジメント", "18,財政マネジメント");
            common::replace(files, "csv/initiatives.csv", from, to);
        },
        code: "S204",
        names: &["財政マネジメント"],
    },
    Row {
        what: "財政マネジメント for 財務マネジメント in the body",
        carry: |files| add(files, "prose/1.typ", "\n財政マネジメントの取組を進めた。\n"),
        code: "S909",
        names: &["財政マネジメント", "体系"],
    },
    Row {
        what: "items under one 施策 in the body, under another in the list",
        carry: |files| {
            let moved = "\n#取組(34)[手続を改めた。]\n";
            common::replace(files, "prose/2.typ", moved, "");
            add(files, "prose/1.typ", moved);
        },
        code: "S912",
        names: &["整理番号 34", "財政基盤の強化"],
    },
    Row {
        what: "4.1%減少 for a difference of two percentages (47.7 → 43.6)",
        carry: |files| {
            add(files, "prose/1.typ", "\n参加率は、令和6年度に前年度から4.1%減少した。\n")
        },
        code: "S903",
        names: &["4.1%", "参加率"],
    },
    Row {
        what: "前年度比0.5%増 (9.6 → 10.1)",
        carry: |files| {
            add(files, "prose/1.typ", "\n公債費比率は、令和6年度に前年度比0.5%増となった。\n")
        },
        code: "S903",
        names: &["0.5%", "公債費比率"],
    },
    Row {
        what: "15億5千万円を取り崩し, while the balance falls by 15億0千万",
        carry: |files| {
            add(
                files,
                "prose/1.typ",
                "\n財政調整基金残高は、令和6年度に15億5千万円を取り崩して減った。\n",
            );
        },
        code: "S901",
        names: &["15億5千万円", "15億円", "基金"],
    },
    Row {
        what: "比率 in the table, 割合 in the heading",
        carry: |files| {
            add(files, "prose/1.typ", "\n= 経常経費に対する人件費の割合\n\n大きな動きはない。\n")
        },
        code: "S909",
        names: &["経常経費に対する人件費の割合", "指標"],
    },
    Row {
        what: "+593百万 without 円",
        carry: |files| add(files, "prose/1.typ", "\n収支は、令和6年度に+593百万となった。\n"),
        code: "S905",
        names: &["+593百万", "円"],
    },
    Row {
        what: "the same without 円 in the unit of the table",
        carry: |files| {
            common::replace(files, "csv/indicators.csv", "収支,,百万円", "収支,,百万");
        },
        code: "S905",
        names: &["百万", "円"],
    },
];

fn found<'p>(problems: &'p [Problem], row: &Row) -> Option<&'p Problem> {
    problems.iter().find(|problem| {
        problem.code.name() == row.code
            && row.names.iter().all(|name| problem.message.contains(name))
    })
}

#[test]
fn a_sound_report_has_no_problems() {
    assert_eq!(check(sound()), []);
}

#[test]
fn every_inconsistency_is_found_by_itself() {
    for row in ROWS {
        let mut files = sound();
        (row.carry)(&mut files);
        let problems = check(files);
        let problem = found(&problems, &row)
            .unwrap_or_else(|| panic!("{} ({}):\n{problems:#?}", row.what, row.code));
        assert!(problem.place.line.is_some(), "{problem:#?}");
        assert!(problem.text.is_some() && problem.hint.is_some(), "{problem:#?}");
    }
}

#[test]
fn all_inconsistencies_are_found_together() {
    let mut files = sound();
    ROWS.iter().for_each(|row| (row.carry)(&mut files));
    let problems = check(files);
    for row in &ROWS {
        assert!(found(&problems, row).is_some(), "{} ({}):\n{problems:#?}", row.what, row.code);
    }
}

/// The codes that a sound report has after a change, without hints.
fn told(carry: impl Fn(&mut Files)) -> Vec<&'static str> {
    let mut files = sound();
    carry(&mut files);
    let weighty = |problem: &Problem| problem.severity != Severity::Hint;
    check(files).iter().filter(|p| weighty(p)).map(|problem| problem.code.name()).collect()
}

fn told_of(sentence: &str) -> Vec<&'static str> {
    told(|files| add(files, "prose/1.typ", &format!("\n{sentence}\n")))
}

#[test]
fn figures_written_by_hand_are_told_by_what_the_data_says() {
    for (sentence, codes) in [
        ("参加率は、令和6年度に45.0%であった。", &["S901"][..]),
        ("参加率は、令和6年度に43.6%であった。", &["S902"]),
        ("参加率は、目標値の60.0%に届かない。", &["S902"]),
        ("参加率は、目標値の65.0%に届かない。", &["S901"]),
        ("参加率は、令和6年度に前年度から4.1ポイント減少した。", &["S902"]),
        ("参加率は、令和6年度に前年度から4.2ポイント減少した。", &["S901"]),
        ("実施した取組は4件である。", &["S902"]),
        ("参加率は4割を超えている。", &["S509"]),
        ("研修を3回開いた。", &["S509"]),
        ("令和6年4月1日の第2回会議で、3月までの状況を聴いた。", &[]),
        ("#主張(超える(値(\"参加率\", \"R6\"), 40))[4割を超えている]。", &[]),
        ("#主張(超える(値(\"参加率\", \"R6\"), 40))[5割を超えている]。", &["S508"]),
        ("#主張(超える(値(\"参加率\", \"R6\"), 40))[令和5年度に4割を超えた]。", &["S508"]),
        ("#主張(超える(値(\"基金\", \"R5\"), 2000))[20億円を上回る]。", &[]),
    ] {
        assert_eq!(told_of(sentence), codes, "{sentence}");
    }
}

#[test]
fn words_against_the_movement_of_the_data_are_told() {
    for (sentence, codes) in [
        ("参加率は、令和6年度に増加した。", &["S904"][..]),
        ("参加率は、令和6年度に減少した。", &[]),
        ("#値(\"参加率\", \"R5\")から#値(\"参加率\", \"R6\")に増加した。", &["S904"]),
        ("#値(\"参加率\", \"R5\")から#値(\"参加率\", \"R6\")に減少した。", &[]),
        ("#差(\"参加率\", \"R5\", \"R6\")増加した。", &["S904"]),
        ("#差(\"参加率\", \"R5\", \"R6\")の減となった。", &[]),
        ("参加率は高くないが、令和6年度に申込者は増加した。", &[]),
    ] {
        assert_eq!(told_of(sentence), codes, "{sentence}");
    }
}

#[test]
fn figures_are_cited_numbered_in_order_and_captioned_without_number() {
    let report = |from: &'static str, to: &'static str| {
        move |files: &mut Files| common::replace(files, "report.toml", from, to)
    };
    let prose = |from: &'static str, to: &'static str| {
        move |files: &mut Files| common::replace(files, "prose/1.typ", from, to)
    };
    assert_eq!(told(prose("【図2】", "")), ["S906"]);
    // In full width it is the same figure.
    assert_eq!(told(prose("【図2】", "【図２】")), [] as [&str; 0]);
    assert_eq!(told(prose("【図2】", "【図3】")), ["S403", "S906"]);
    assert_eq!(told(report("\"参加率の推移\"", "\"図1-1 参加率の推移\"")), ["S908"]);
    let swapped = told(|files| {
        common::replace(
            files,
            "prose/1.typ",
            "#図(\"図1-2\")\n\n#図(\"図2\")",
            "#図(\"図2\")\n\n#図(\"図1-2\")",
        );
    });
    assert_eq!(swapped, ["S907"]);
    let gap = told(|files| {
        common::replace(files, "report.toml", "\"2\"", "\"4\"");
        common::replace(files, "prose/1.typ", "【図2】", "【図4】");
        common::replace(files, "prose/1.typ", "\"図2\"", "\"図4\"");
    });
    assert_eq!(gap, ["S907"]);
    assert!(told(report("\"2\"", "\"二\"")).contains(&"S203"));
}

#[test]
fn one_thing_under_two_names_in_the_data_is_told() {
    let list = |from: &'static str, to: &'static str| {
        told(move |files| common::replace(files, "csv/initiatives.csv", from, to))
    };
    assert_eq!(list("採用試験の見直し", "個別施設計画の策定"), ["S911"]);
    assert_eq!(
        list("政策マネジメント,便利な窓口の実現,個別", "財務マネジメント,便利な窓口の実現,個別"),
        ["S911", "S912"]
    );
    assert_eq!(told_of("= 財政基盤の強化【実施済】\n\n本文。"), ["S910"]);
    assert_eq!(told_of("「実施済」と「実施済み」がある。"), ["S910"]);
}

#[test]
fn a_name_that_is_right_can_be_declared() {
    let drift = "\n「財政マネジメント」とは別のものである。\n";
    assert_eq!(told(|files| add(files, "prose/1.typ", drift)), ["S909"]);
    let declared = told(|files| {
        add(files, "prose/1.typ", drift);
        add(files, "report.toml", "\n[style]\nterms = [\"財政マネジメント\"]\n");
    });
    assert_eq!(declared, [""; 0]);
}

#[test]
fn a_form_of_a_status_that_the_prose_keeps_to_is_a_hint_and_can_be_declared() {
    let codes = |style: &str| {
        let mut files = sound();
        add(&mut files, "prose/1.typ", "\n「未実施または検討中」のものはない。市又は県。\n");
        add(&mut files, "report.toml", style);
        let problems = check(files);
        assert!(problems.iter().all(|problem| problem.severity == Severity::Hint));
        problems.iter().map(|problem| problem.code.name()).collect::<Vec<_>>()
    };
    assert_eq!(codes(""), ["S910", "S915"]);
    assert_eq!(codes("\n[style]\nterms = [\"未実施または検討中\"]\n"), [""; 0]);
}

#[test]
fn an_initiative_elsewhere_can_be_acknowledged() {
    let mut files = sound();
    let moved = "\n#取組(34)[手続を改めた。]\n";
    common::replace(&mut files, "prose/2.typ", moved, "");
    add(&mut files, "prose/1.typ", moved);
    let also = "measure = \"財政基盤の強化\"\nalso = [34]";
    common::replace(&mut files, "report.toml", "measure = \"財政基盤の強化\"", also);
    // Another 体系 is no matter of the page map, and is told all the same.
    let told = check(files.clone());
    assert!(told.len() == 1 && told[0].message.contains("体系"), "{told:#?}");
    common::replace(&mut files, "report.toml", "pillar  = \"財務マネジメント\"\n", "");
    assert_eq!(check(files), []);
}

#[test]
fn house_style_is_told_where_it_is_laid_down_or_mixed() {
    let styled = |style: &str, sentence: &str| {
        let mut files = sound();
        add(&mut files, "report.toml", &format!("\n[style]\n{style}\n"));
        add(&mut files, "prose/1.typ", &format!("\n{sentence}\n"));
        let problems = check(files);
        problems
            .iter()
            .map(|p| (p.code.name(), p.text.clone().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let one = |code, text: &str| vec![(code, text.to_owned())];
    assert_eq!(styled("", "市または県。"), []);
    assert_eq!(styled("", "市または県又は国、県又は市。"), one("S915", "または"));
    assert_eq!(styled("words = \"公用文\"", "市または県。"), one("S916", "または"));
    assert_eq!(styled("words = \"公用文\"", "さらに、市を加えた。"), []);
    assert_eq!(styled("words = { \"子供\" = \"こども\" }", "子供が集う。"), one("S916", "子供"));
    assert_eq!(styled("punctuation = \"、。\"", "市，県。"), one("S916", "，"));
    assert_eq!(styled("brackets = \"全角\"", "市(県を除く）。"), one("S916", "("));
    assert_eq!(styled("", "市(県を除く)と町（村を除く）、国（省）。"), one("S915", "("));
    assert_eq!(styled("words = 1", "市。")[0].0, "S203");
}

#[test]
fn the_number_of_answers_is_asked_of_surveys_only() {
    let source = |extra: &str| {
        let mut files = sound();
        add(&mut files, "csv/pillars.csv", "");
        files.insert("csv/fig.csv".into(), "年代,割合\n18〜39歳,40.1\n40歳以上,50.2\n".into());
        let figure = "\n[[figure]]\nnumber = \"3\"\ntitle = \"年代別の割合\"\nkind = \"bars\"\ncsv = \"csv/fig.csv\"\nunit = \"%\"\n";
        add(&mut files, "report.toml", &format!("{figure}{extra}"));
        add(&mut files, "prose/1.typ", "\n年代で違う【図3】。\n\n#図(\"図3\")\n");
        check(files).iter().map(|problem| problem.code.name()).collect::<Vec<_>>()
    };
    assert_eq!(source("source = \"市民アンケート\"\n"), ["S914"]);
    assert_eq!(source("source = \"市民アンケート\"\nn = 1234\n"), [""; 0]);
    assert_eq!(source("source = \"市民アンケート\"\nn = \"不明\"\n"), [""; 0]);
    assert_eq!(source("source = \"住民基本台帳\"\n"), [""; 0]);
}

#[test]
fn calls_and_marks_that_do_nothing_are_told_before_the_build() {
    assert_eq!(told_of("#目標地(\"参加率\")である。"), ["S501"]);
    assert_eq!(told_of("#指標表()"), ["S506"]);
    assert_eq!(told_of("=見出し"), ["S501"]);
    assert_eq!(told_of("#h(1em)本文。"), [""; 0]);
}

#[test]
fn every_function_of_typst_is_known() {
    assert_eq!(told_of("#skew(ax: 12deg)[斜め]と#decimal(\"1.50\")である。"), [""; 0]);
    assert_eq!(told_of("#skwe(ax: 12deg)[斜め]"), ["S501"]);
}

#[test]
fn a_note_on_rounding_by_hand_is_told() {
    let mut files = sound();
    let note = "\n#注[端数処理（四捨五入）の関係で、合計が100%にならない場合がある]\n";
    add(&mut files, "prose/2.typ", note);
    let problems = check(files);
    assert!(problems.iter().any(|problem| problem.code.name() == "S913"), "{problems:#?}");
}

#[test]
fn the_note_on_rounding_is_printed_where_parts_do_not_make_100() {
    let printed = |change: fn(&mut Files)| {
        let mut files = common::files("mihon-r8");
        change(&mut files);
        let outcome = Workshop::new(Fonts::embedded())
            .build(&Folder::Memory(files), &BuildOptions::default());
        page_texts(outcome.draft.as_ref().unwrap()).concat().matches("端数処理").count()
    };
    assert_eq!(printed(|_| {}), 0);
    assert_eq!(printed(|files| common::replace(files, "csv/fig-06.csv", "12.4", "12.3")), 1);
    let third = |files: &mut Files| {
        // Three of one pillar in three statuses: 33.3% each.
        common::replace(files, "csv/initiatives.csv", "2,暮らし", "2,にぎわい");
        common::replace(files, "csv/initiatives.csv", "商工観光課,実施済", "商工観光課,一部実施");
        common::replace(files, "csv/initiatives.csv", "企画課,実施済", "企画課,未実施/検討中");
    };
    assert_eq!(printed(third), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_sentences_are_checked_without_a_panic(words in proptest::collection::vec(word(), 0..30)) {
        let mut files = sound();
        add(&mut files, "prose/1.typ", &format!("\n{}\n", words.concat()));
        check(files);
    }
}

/// What sentences about figures are made of.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9０-９]{1,4}[.,．，]?[0-9]{0,3}",
        proptest::sample::select(vec![
            "参加率",
            "基金",
            "令和6年度",
            "令和元年度",
            "前年度から",
            "から",
            "は、",
            "、",
            "。",
            "億",
            "千万",
            "円",
            "%",
            "％",
            "割",
            "分",
            "ポイント",
            "増加",
            "減少し",
            "取り崩し",
            "目標値の",
            "という目標",
            "▲",
            "△",
            "-",
            "【図1-1】",
            "【図",
            "】",
            "「",
            "」",
            "（",
            "(",
            "第",
            "の1つ",
            "=",
            "\n",
            "\n\n= ",
            "財政マネジメント",
            "#値(\"参加率\", \"R6\")",
            "#差(\"基金\", \"R5\", \"R6\")",
            "#主張(超える(値(\"参加率\", \"R6\"), 40))[4割]",
            "または",
            "又は",
            "四捨五入",
            "合計",
        ])
        .prop_map(str::to_owned),
    ]
}
