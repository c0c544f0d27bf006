//! Kinds that the data cannot make, and kinds that do not show it.

use super::*;

/// Rows of a table: names and one value each.
fn rows(head: &str, names: &[&str], value: &str) -> String {
    let rows: Vec<String> = names.iter().map(|name| format!("{name},{value}")).collect();
    format!("{head}\n{}\n", rows.join("\n"))
}

/// The code of the only problem, and what its hint says.
fn doubt(lines: &str, csv: &str) -> (Code, String) {
    let found = problems(lines, csv);
    let [problem] = found.as_slice() else { panic!("{lines}\n{csv}\n{found:#?}") };
    assert_eq!(problem.severity, Severity::Warning);
    (problem.code, problem.hint.clone().unwrap())
}

/// That the kind is doubted, and which one is better.
fn better(name: &str, more: &str, csv: &str, instead: &str) {
    let (code, hint) = doubt(&kind(name, more), csv);
    assert_eq!(code, Code::BetterKind, "{name}");
    assert!(hint.contains(&format!("= \"{instead}\"")), "{name}: {hint}");
}

fn cannot(name: &str, csv: &str) {
    assert_eq!(told(&kind(name, ""), csv), [error(Code::UnsuitableKind)], "{name}\n{csv}");
}

fn fits(name: &str, csv: &str) {
    assert_eq!(told(&kind(name, ""), csv), [], "{name}\n{csv}");
}

#[test]
fn kinds_of_one_series_and_of_two_refuse_another_number() {
    for name in ["shares", "ring", "ranked-bars"] {
        cannot(name, "理由,a,b\n甲,1,2\n");
        cannot(name, "理由,a,b,c,d,e,f,g\n甲,1,2,3,4,5,6,7\n");
    }
    cannot("paired-bars", "年代,男\n10代,1\n");
    cannot("paired-bars", "年代,男,女,他\n10代,1,2,3\n");
    fits("paired-bars", "年代,男,女\n10代,1,2\n");
}

#[test]
fn small_multiples_hold_twelve_series() {
    let table = |count: usize| {
        let names: Vec<String> = (1..=count).map(|n| format!("地区{n}")).collect();
        format!("年度,{}\nR5,{}\n", names.join(","), vec!["1"; count].join(","))
    };
    fits("small-multiples", &table(12));
    cannot("small-multiples", &table(13));
    cannot("bars", &table(7));
}

#[test]
fn a_slope_needs_two_times() {
    fits("slope", "年度,甲,乙\nR4,1,2\nR6,3,4\n");
    fits("slope", "地区,R4,R6\n東,1,2\n西,3,4\n");
    // Only the first and the last column are drawn.
    fits("slope", "地区,H28,H29,H30,R1,R2,R3,R4\n東,1,2,3,4,5,6,7\n");
    cannot("slope", "地区,R4\n東,1\n西,3\n");
    // Its lines carry their names: they need no six looks to be told apart.
    fits("slope", "年度,a,b,c,d,e,f,g\nR4,1,2,3,4,5,6,7\nR5,1,2,3,4,5,6,7\n");
}

#[test]
fn negative_parts_and_sides_are_told_once_a_figure() {
    let two = "理由,a,b\n甲,-1,2\n乙,3,-4\n";
    for name in ["percent-bars", "percent-columns", "paired-bars"] {
        cannot(name, two);
    }
    for name in ["shares", "ring"] {
        cannot(name, "理由,a\n甲,-1\n乙,3\n");
    }
    fits("stacked-bars", two);
}

#[test]
fn numbers_too_long_to_stand_beside_a_mark_are_told_where_nothing_else_gives_the_value() {
    let long = "分野,R1,R6\n福祉,1148000000,1203000000\n土木,982000000,874000000\n";
    for name in ["slope", "paired-bars"] {
        let (code, hint) = doubt(&kind(name, "unit = \"円\""), long);
        assert_eq!(code, Code::BetterKind);
        assert!(hint.contains("百万円"), "{hint}");
    }
    fits("slope", "分野,R1,R6\n福祉,1148,1203\n土木,982,874\n");
}

#[test]
fn numbers_that_name_places_are_no_order_for_a_line() {
    better("lines", "", "地区,件数\n第1地区,1\n第2地区,2\n第3地区,3\n", "columns");
    fits("lines", "学年,件数\n1年生,1\n2年生,2\n3年生,3\n");
}

#[test]
fn an_item_that_stands_twice_is_told() {
    let table = "部署,時間\n総務課,1\n福祉課,2\n総務課,3\n";
    assert_eq!(told(&kind("bars", ""), table), [warning(Code::DuplicateName)]);
}

#[test]
fn a_figure_without_any_value_is_told() {
    assert_eq!(
        told(&kind("bars", ""), "部署,時間\n総務課,\n福祉課,\n"),
        [warning(Code::FigureWithoutData)]
    );
}

#[test]
fn a_line_series_of_another_kind_is_told() {
    let lines = kind("bars", "line = \"時間\"");
    assert_eq!(told(&lines, "部署,時間\n総務課,1\n福祉課,2\n"), [warning(Code::UnsuitableKind)]);
}

#[test]
fn parts_of_many_kinds_are_ranked_instead() {
    let seven = rows("理由,値", &["a", "b", "c", "d", "e", "f", "g"], "1");
    let six = rows("理由,値", &["a", "b", "c", "d", "e", "f"], "1");
    for name in ["shares", "ring"] {
        better(name, "", &seven, "ranked-bars");
        fits(name, &six);
    }
}

#[test]
fn percentages_that_do_not_make_100_are_amounts() {
    let below = "年代,a,b\n10代,30.0,40.0\n20代,35.0,40.0\n";
    let above = "年代,a,b\n10代,80.0,40.0\n20代,75.0,60.0\n";
    let of = |name: &str, csv: &str| doubt(&kind(name, "unit = \"%\""), csv);
    for (name, amounts, apart) in [
        ("percent-bars", "stacked-bars", "\"bars\""),
        ("percent-columns", "stacked-columns", "\"columns\""),
    ] {
        let ((one, stacked), (other, several)) = (of(name, below), of(name, above));
        assert_eq!((one, other), (Code::PartsNot100, Code::PartsNot100));
        assert!(stacked.contains(amounts) && !stacked.contains(apart), "{stacked}");
        assert!(several.contains(amounts) && several.contains(apart), "{several}");
    }
    for name in ["shares", "ring"] {
        let (code, hint) = of(name, "理由,値\n甲,60.0\n乙,60.0\n");
        assert_eq!(code, Code::PartsNot100);
        assert!(hint.contains("ranked-bars"), "{hint}");
    }
}

#[test]
fn one_row_that_does_not_make_100_is_told_at_its_cell() {
    let csv = "年代,a,b\n10代,60.0,40.0\n20代,60.0,49.0\n30代,50.0,50.0\n";
    let told = problems(&kind("percent-bars", "unit = \"％\""), csv);
    let [problem] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((&*problem.place.file, problem.place.line), ("f.csv", Some(3)));
    assert_eq!(problem.text.as_deref(), Some("109.0"));
    assert!(problem.message.contains("「20代」"), "{}", problem.message);
}

#[test]
fn amounts_other_than_percentages_need_not_make_100() {
    fits("percent-bars", "年代,a,b\n10代,30,40\n20代,35,40\n");
}

#[test]
fn only_rounding_is_explained_under_a_figure() {
    let rounded = |csv: &str| {
        let (report, _) = read(&kind("shares", "unit = \"%\""), csv);
        report.unwrap().figures[0].is_rounded()
    };
    assert!(rounded("理由,値\n甲,33.3\n乙,66.6\n"));
    assert!(!rounded("理由,値\n甲,50.0\n乙,50.0\n"));
    assert!(!rounded("理由,値\n甲,60.0\n乙,60.0\n"));
}

#[test]
fn bars_of_100_percent_need_two_parts() {
    better("percent-bars", "unit = \"%\"", "年代,a\n10代,30.0\n20代,40.0\n", "bars");
    better("percent-columns", "", "年代,a\n10代,30\n20代,40\n", "columns");
}

#[test]
fn a_line_over_items_without_an_order_is_doubted() {
    let reasons = "理由,値,率\n交通,1,2\n買い物,2,3\n医療,3,4\n";
    better("lines", "", reasons, "columns");
    better("columns-and-line", "line-unit = \"%\"", reasons, "columns");
    better("small-multiples", "panel = \"lines\"", reasons, "columns");
    fits("small-multiples", reasons);
    fits("lines", "年代,値\n10代,1\n20代,2\n");
    fits("lines", "職階,値\n主任級,1\n係長級,2\n課長級,2\n");
}

#[test]
fn a_line_to_a_total_is_doubted_in_the_same_breath() {
    better("lines", "", "年代,値\n10代,1\n20代,2\n全体,2\n", "columns");
    better("lines", "", "理由,値\n交通,1\n医療,2\n全体,2\n", "columns");
}

#[test]
fn one_point_is_no_line() {
    better("lines", "", "年度,値\nR6,1\n", "columns");
    better("lines", "", "年度,値\nR5,\nR6,1\n", "columns");
}

#[test]
fn a_course_is_not_sorted_by_size() {
    let years = "年度,値\nR4,1\nR5,2\nR6,3\n";
    better("ranked-bars", "", years, "columns");
    better("bars", "order = \"ascending\"", years, "columns");
    let (code, hint) = doubt(&kind("columns", "order = \"descending\""), years);
    assert_eq!(code, Code::BetterKind);
    assert!(hint.contains("`order` の行を消して"), "{hint}");
    fits("columns", years);
}

#[test]
fn names_without_room_under_columns_lie_beside_bars() {
    let letters: Vec<String> = (0..13).map(|n| format!("地区{n}")).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    better("columns", "", &rows("地区,値", &letters, "1"), "bars");
    fits("columns", &rows("地区,値", &letters[..12], "1"));
    better(
        "stacked-columns",
        "",
        &rows("理由,a,b", &["あ".repeat(21).as_str()], "1,2"),
        "stacked-bars",
    );
    better("percent-columns", "", &rows("理由,a,b", &letters, "1,2"), "percent-bars");
    let years: Vec<String> = (1..=14).map(|n| format!("H{n}")).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    fits("columns", &rows("年度,値", &years, "1"));
}

#[test]
fn a_slope_of_many_items_is_bars() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    better("slope", "", &rows("地区,R4,R6", &names, "1,2"), "bars");
    fits("slope", &rows("地区,R4,R6", &names[..8], "1,2"));
}

#[test]
fn a_lone_small_multiple_is_one_chart() {
    let years = "年度,値\nR5,1\nR6,2\n";
    better("small-multiples", "", years, "columns");
    better("small-multiples", "panel = \"lines\"", years, "lines");
}

#[test]
fn a_kind_that_cannot_be_drawn_is_not_doubted_beside() {
    let csv = rows("理由,a,b", &["a", "b", "c", "d", "e", "f", "g"], "1,2");
    assert_eq!(told(&kind("ring", "unit = \"%\""), &csv), [error(Code::UnsuitableKind)]);
}
