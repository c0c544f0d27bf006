//! Calls against a table of any kind.

use std::collections::BTreeMap;

use super::bind;
use crate::load::Folder;
use crate::problem::Problem;
use crate::validate::read_report;

const REVENUE: &str = "\
区分,款,R5,R6,R7
自主財源,市税,1000,1100,1210
自主財源,寄附金,－,20,5
依存財源,地方交付税,500,400,500
依存財源,国庫支出金,300,－80,285
";

/// What a call comes to over the table, or its fault.
fn value(call: &str) -> String {
    of(REVENUE, call)
}

fn of(csv: &str, call: &str) -> String {
    let toml = "format = 1\n[report]\ntitle = \"題\"\nauthor = \"市\"\ncouncil = \"会\"\n\
        date = 2026-07-16\n[[page]]\nchapter = \"章\"\nprose = \"p.typ\"\n[[table]]\n\
        number = \"1\"\ntitle = \"歳入\"\ncsv = \"t.csv\"\nunit = \"千円\"\ngroup = \"区分\"\n\
        subtotal = \"小計\"\ntotal = \"歳入合計\"\ncolumns = [\"款\", \"R5\", \"R6\", \
        { name = \"R7\", label = \"令和7年度 決算額\" }, { compute = \"構成比\", of = \"R7\" }, \
        { compute = \"増減\", of = \"R7\", from = \"R6\" }, { compute = \"順位\", of = \"R7\" }]\n";
    let prose = format!("#import \"/template/author.typ\": *\n{call}\n#表(\"表1\")\n");
    let files = [("report.toml", toml), ("p.typ", &prose), ("t.csv", csv)];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
    let (report, problems) = read_report(&Folder::Memory(files));
    assert!(!problems.iter().any(Problem::is_error), "{problems:#?}");
    let (bindings, problems) = bind(&report.unwrap());
    match problems.first() {
        Some(problem) => format!("{} {}", problem.code, problem.message),
        None => {
            bindings.prose[0].values.values().next().map_or("成立".into(), |one| one.text.clone())
        }
    }
}

#[test]
fn a_value_is_named_by_its_row_and_its_column_as_data_or_page_have_it() {
    for (call, text) in [
        ("#値(\"表1\", \"市税\", \"R7\")", "1,210千円"),
        ("#値(\"表1\", \"市税\", \"令和7年度 決算額\")", "1,210千円"),
        ("#値(\"表1\", \"R7\", \"市税\")", "1,210千円"),
        ("#値(\"表1\", \"国庫支出金\", \"R6\")", "△80千円"),
        ("#値(\"表1\", \"自主財源 小計\", \"R7\")", "1,215千円"),
        ("#値(\"表1\", \"歳入合計\", \"R7\")", "2,000千円"),
        ("#値(\"表1\", \"合計\", \"R7\")", "2,000千円"),
        ("#値(\"表1\", \"市税\", \"構成比\")", "60.5%"),
        ("#値(\"表1\", \"寄附金\", \"増減額\")", "△15千円"),
        ("#値(\"表1\", \"地方交付税\", \"順位\")", "2位"),
    ] {
        assert_eq!(value(call), text, "{call}");
    }
    assert!(value("#値(\"表1\", \"小計\", \"R7\")").starts_with("S502"));
    assert!(value("#値(\"表1\", \"寄附金\", \"R5\")").starts_with("S506"));
    assert!(value("#値(\"表2\", \"市税\", \"R5\")").contains("表「表2」がありません"));
}

#[test]
fn shares_are_of_the_total_or_of_what_is_named() {
    for (call, text) in [
        ("#割合(\"表1\", \"市税\", \"R7\")", "60.5%"),
        ("#割合(\"表1\", \"市税\", \"R7\", 全体: \"自主財源 小計\")", "99.6%"),
        ("#割合(\"表1\", \"市税\", \"R7\", 全体: \"R6\", 桁: 0)", "110%"),
    ] {
        assert_eq!(value(call), text, "{call}");
    }
}

#[test]
fn rows_are_ranked_and_added_up_without_totals_and_without_what_is_not_there() {
    for (call, text) in [
        ("#順位(\"表1\", \"市税\", \"R7\")", "最多"),
        ("#順位(\"表1\", \"寄附金\", \"R6\")", "3番目"),
        ("#合計(\"表1\", \"R7\")", "2,000千円"),
        ("#最大の項目(\"表1\", \"R5\")", "市税"),
        ("#最小の項目(\"表1\", \"R5\")", "国庫支出金"),
        ("#層(\"表1\", \"R7\", \"市税\", \"寄附金\")", "1,215千円"),
    ] {
        assert_eq!(value(call), text, "{call}");
    }
}

#[test]
fn years_that_stand_across_are_compared_along_a_row() {
    for (call, text) in [
        ("#増減(\"表1\", \"R6\", \"R7\", \"市税\")", "110千円増加"),
        ("#増減率(\"表1\", \"R6\", \"R7\", \"市税\")", "10.0%増加"),
        ("#差(\"表1\", \"R6\", \"R7\", \"寄附金\")", "15千円"),
        ("#最大の項目(\"表1\", \"市税\")", "令和7年度"),
    ] {
        assert_eq!(value(call), text, "{call}");
    }
    assert_eq!(value("#主張(増加(\"表1\", \"R6\", \"R7\", \"市税\"))[増えた]"), "成立");
    assert_eq!(value("#主張(年々増加(\"表1\", 系列: \"市税\"))[増え続けた]"), "成立");
    assert!(
        value("#主張(年々増加(\"表1\", 系列: \"地方交付税\"))[増え続けた]").starts_with("S507")
    );
    assert_eq!(value("#主張(最大(\"表1\", \"市税\", 系列: \"R7\"))[最も多い]"), "成立");
}

#[test]
fn two_rows_of_one_name_are_asked_about() {
    let csv = "区分,款,R5,R6,R7\n甲,雑入,1,1,1\n乙,雑入,2,2,2\n";
    let told = of(csv, "#値(\"表1\", \"雑入\", \"R7\")");
    assert!(told.contains("2つ以上あり"), "{told}");
}
