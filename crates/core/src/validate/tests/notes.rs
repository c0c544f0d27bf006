//! Annotations inside a chart.

use super::*;
use crate::model::figure::Annotation;

const YEARS: &str = "年度,客\nR4,1\nR5,\nR6,5\n";
const TWO: &str = "年度,客,宿泊\nR4,1,2\nR5,3,\nR6,5,6\n";

fn note(kind_name: &str, note: &str) -> String {
    kind(kind_name, &format!("annotations = [{{ {note} }}]"))
}

fn period(from: usize, to: usize) -> Annotation {
    Annotation::Period { from, to, text: "注".into() }
}

fn point(series: usize, category: usize) -> Annotation {
    Annotation::Point { series: Some(series), category, text: "注".into() }
}

#[test]
fn a_period_has_two_ends_or_one() {
    let of = |text: &str| figure(&note("lines", text), YEARS).annotations;
    assert_eq!(of("from = \"R4\", to = \"令和6年度\", text = \"注\""), [period(0, 2)]);
    assert_eq!(of("from = \"R5\", text = \"注\""), [period(1, 1)]);
}

#[test]
fn a_point_names_its_series_where_there_are_several() {
    let of = |text: &str, csv: &str| figure(&note("lines", text), csv).annotations;
    assert_eq!(of("at = \"R6\", text = \"注\"", YEARS), [point(0, 2)]);
    assert_eq!(of("at = \"R6\", series = \"宿泊\", text = \"注\"", TWO), [point(1, 2)]);
    let told = told(&note("lines", "at = \"R6\", text = \"注\""), TWO);
    assert_eq!(told, [error(Code::MissingKey)]);
}

#[test]
fn a_point_of_a_stack_stands_at_its_total_and_needs_no_series() {
    let lines = note("stacked-columns", "at = \"R6\", text = \"注\"");
    let whole = Annotation::Point { series: None, category: 2, text: "注".into() };
    assert_eq!(figure(&lines, TWO).annotations, [whole]);
}

#[test]
fn annotations_may_be_tables_of_their_own() {
    let lines = "[[figure.annotations]]\nfrom = \"R4\"\ntext = \"注\"
[[figure.annotations]]\nat = \"R6\"\ntext = \"注\"";
    assert_eq!(figure(&kind("lines", lines), YEARS).annotations, [period(0, 0), point(0, 2)]);
}

#[test]
fn a_period_that_runs_backwards_is_told_the_right_way_round() {
    let problems = problems(&note("lines", "from = \"R6\", to = \"R4\", text = \"注\""), YEARS);
    assert_eq!((problems[0].severity, problems[0].code), error(Code::MarkWithoutPlace));
    assert!(problems[0].hint.as_ref().unwrap().contains("from = \"R4\", to = \"R6\""));
}

#[test]
fn a_point_without_a_value_is_told() {
    let lines = note("lines", "at = \"R5\", text = \"注\"");
    assert_eq!(told(&lines, YEARS), [error(Code::MarkWithoutPlace)]);
}

#[test]
fn a_period_among_sorted_items_is_told_and_left_out() {
    let csv = "年代,客\n10代,1\n20代,2\n30代,3\n";
    let lines = note("columns", "from = \"10代\", to = \"20代\", text = \"注\"");
    let (report, problems) = read(&format!("{lines}\norder = \"descending\""), csv);
    assert_eq!(problems[0].code, Code::MarkWithoutPlace);
    assert!(!problems[0].is_error() && report.unwrap().figures[0].annotations.is_empty());
}

#[test]
fn a_note_says_where_it_stands_in_one_way() {
    for text in [
        "text = \"注\"",
        "from = \"R4\", at = \"R4\", text = \"注\"",
        "to = \"R4\", text = \"注\"",
        "to = \"R4\", at = \"R4\", text = \"注\"",
        "from = \"R4\", series = \"客\", text = \"注\"",
    ] {
        assert_eq!(told(&note("lines", text), YEARS), [error(Code::WrongValue)], "{text}");
    }
}

#[test]
fn a_note_has_words_and_only_known_keys() {
    let of = |text: &str| told(&note("lines", text), YEARS);
    assert_eq!(of("from = \"R4\""), [error(Code::MissingKey)]);
    assert_eq!(of("from = \"R4\", text = \" \""), [error(Code::MissingKey)]);
    assert_eq!(of("from = \"R4\", txt = \"注\", text = \"注\""), [error(Code::UnknownKey)]);
    assert_eq!(of("from = 2022, text = \"注\""), [error(Code::WrongValue)]);
}

#[test]
fn more_than_thirty_characters_belong_into_the_prose() {
    let of = |count: usize| {
        told(&note("lines", &format!("from = \"R4\", text = \"{}\"", "あ".repeat(count))), YEARS)
    };
    assert_eq!(of(30), []);
    assert_eq!(of(31), [warning(Code::MarkWithoutPlace)]);
}

#[test]
fn notes_for_which_a_kind_has_no_room_are_told_once_and_left_out() {
    let csv = "年代,客\n10代,1\n20代,2\n";
    let period = "from = \"10代\", text = \"注\"";
    let point = "at = \"10代\", text = \"注\"";
    for (name, text) in [("bars", period), ("ring", point), ("shares", period)] {
        let lines = kind(name, &format!("annotations = [{{ {text} }}, {{ {text} }}]"));
        let (report, problems) = read(&lines, csv);
        let [problem] = problems.as_slice() else { panic!("{name}: {problems:?}") };
        assert_eq!((problem.severity, problem.code), warning(Code::UnsuitableKind));
        assert!(problem.message.contains("ほかに1つ"), "{}", problem.message);
        assert!(report.unwrap().figures[0].annotations.is_empty());
    }
}

#[test]
fn the_characters_of_a_note_are_looked_at() {
    let (report, _) = read(&note("lines", "at = \"R6\", text = \"鷗\""), YEARS);
    assert!(report.unwrap().texts.iter().any(|(text, _)| text == "鷗"));
}
