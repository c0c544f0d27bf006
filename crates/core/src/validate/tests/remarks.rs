//! Notes, sources and units beside the table of a figure, signs in it, and its years.

use super::*;
use crate::model::figure::DataState;

const TABLE: &str = "月,件数\n1月,5\n2月,6\n";

fn bars(more: &str) -> String {
    kind("columns", &format!("unit = \"件\"\n{more}"))
}

fn hint(lines: &str, csv: &str) -> String {
    let found = problems(lines, csv);
    let [problem] = found.as_slice() else { panic!("{csv}\n{found:#?}") };
    assert_eq!((problem.severity, problem.code), (Severity::Warning, Code::StrayRow));
    problem.hint.clone().unwrap()
}

#[test]
fn a_note_or_a_source_beside_a_table_is_offered_for_print() {
    for text in ["注）速報値", "注）速報値,", "〔注〕速報値", "※1 速報値", "備考：速報値"]
    {
        assert!(
            hint(&bars(""), &format!("{TABLE}{text}\n")).contains("note = \"速報値\""),
            "{text}"
        );
    }
    for text in ["資料：市民課", "出所：市民課,", "（資料）市民課"] {
        assert!(
            hint(&bars(""), &format!("{TABLE}{text}\n")).contains("source = \"市民課\""),
            "{text}"
        );
        assert!(
            hint(&bars(""), &format!("{text}\n{TABLE}")).contains("source = \"市民課\""),
            "{text}"
        );
    }
}

#[test]
fn several_notes_are_offered_in_one_line_of_report_toml() {
    let found = problems(&bars(""), &format!("{TABLE}注1 速報値\n注2 \"推計\"を含む\n"));
    let hints: Vec<&str> = found.iter().map(|problem| problem.hint.as_deref().unwrap()).collect();
    assert_eq!(hints.len(), 2);
    for hint in hints {
        assert!(hint.contains("note = [\"速報値\", \"\\\"推計\\\"を含む\"]"), "{hint}");
    }
}

#[test]
fn what_is_printed_is_not_offered_again() {
    let csv = format!("{TABLE}※ 速報値である。\n出所：市民課 統計係\n");
    let own = "note = \"速報値である\"\nsource = \"市民課　統計係\"";
    let figure = figure(&bars(own), &csv);
    assert_eq!((figure.data.categories.len(), figure.notes.len()), (2, 1));
    let several = "note = [\"速報値である\", \"ほか\"]\nsource = \"市民課統計係\"";
    assert_eq!(self::figure(&bars(several), &csv).notes, ["速報値である", "ほか"]);
}

#[test]
fn the_unit_beside_a_table_is_held_against_the_unit_of_the_figure() {
    for text in ["（単位：件）", "単位：件,", ",（単位：件）", "単位　件、％"]
    {
        let above = told(&bars(""), &format!("{text}\n{TABLE}"));
        assert_eq!(above, [(Severity::Hint, Code::TitleRow)], "{text}");
        assert_eq!(told(&bars(""), &format!("{TABLE}{text}\n")), [], "{text}");
    }
    let after = |text: &str| told(&bars(""), &format!("{TABLE}{text}\n"));
    assert_eq!(after("（単位：千件）"), [error(Code::OtherUnit)]);
    assert_eq!(after("単位：人"), [warning(Code::OtherUnit)]);
    assert_eq!(
        told(&kind("columns", ""), &format!("{TABLE}単位：件\n")),
        [warning(Code::OtherUnit)]
    );
}

#[test]
fn signs_of_statistics_are_kept_with_what_they_mean() {
    let csv = "地区,人口\n東,x\n西,…\n南,－\n北,r12\n中,p7\n";
    let (report, problems) = read(&kind("columns", "unit = \"人\""), csv);
    assert!(problems.iter().all(|problem| problem.severity == Severity::Hint), "{problems:#?}");
    let data = report.unwrap().figures.remove(0).data;
    let absent = [0, 1, 2].map(|row| data.absent(0, row));
    assert_eq!(absent, ["x", "…", "－"]);
    assert_eq!(data.signs_explained().unwrap(), "x は秘匿、… は不詳。訂正値：北");
    assert_eq!(data.unsettled.get(&(0, 4)), Some(&DataState::Preliminary));
}

#[test]
fn years_of_two_calendars_are_read_and_held_against_each_other() {
    let table = |years: &[&str]| {
        let rows: Vec<String> = years.iter().map(|year| format!("{year},5")).collect();
        format!("年度,件数\n{}\n", rows.join("\n"))
    };
    let of = |years: &[&str]| problems(&kind("lines", ""), &table(years));
    assert_eq!(of(&["平成30年度（2018年度）", "平成31年度/令和元年度", "令和2（2020）年度"]), []);
    let gap = of(&["令和元年度（2019年度）", "令和2年度（2020年度）", "令和4年度（2022年度）"]);
    assert!(gap[0].message.contains("R3"), "{gap:#?}");
    let wrong = of(&["令和4年度（2022年度）", "令和5年度（2024年度）"]);
    assert_eq!((wrong[0].severity, wrong[0].code), (Severity::Error, Code::PeriodOrder));
    assert!(wrong[0].message.contains("令和5年度は2023年度"), "{wrong:#?}");
    // 実績 and 見込 of one year are two things.
    assert_eq!(of(&["R5（実績）", "R6（実績）", "R7（実績）", "R7（見込）"]), []);
    assert_eq!(of(&["R5", "R6", "R6"])[0].code, Code::PeriodOrder);
}

#[test]
fn periods_that_cannot_be_read_are_told_and_words_under_a_time_are_not() {
    let of = |head: &str, items: [&str; 2]| {
        let [one, two] = items;
        told(&kind("columns", ""), &format!("{head},件数\n{one},5\n{two},6\n"))
    };
    for (head, items) in [
        ("時点", ["10/1/2017", "10/1/2018"]),
        ("年度", ["令和五年度", "令和六年度"]),
        ("年", ["2019-2020", "2020-2021"]),
        ("調査年度", ["第1回", "第2回"]),
        ("月", ["1/15", "2/15"]),
    ] {
        assert_eq!(of(head, items), [warning(Code::PeriodOrder)], "{head}");
    }
    for (head, items) in [
        ("月", ["4月", "5月"]),
        ("年月", ["2024年4月", "2024年5月"]),
        ("時点", ["開始前", "終了後"]),
        ("時点", ["2025年3月末", "2025年9月末"]),
        ("地区", ["1", "2"]),
        ("年代", ["20代", "30代"]),
    ] {
        assert_eq!(of(head, items), [], "{head}");
    }
}
