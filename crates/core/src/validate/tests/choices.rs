//! Order, highlight, values that are not final, lines, panels.

use super::*;
use crate::model::figure::{DataState, Highlight, Order, Panel};

const YEARS: &str = "年度,客,宿泊\nR4,1,2\nR5,3,\nR6,5,6\n";

const INDICATOR: &str = "kind = \"columns\"\nindicator = \"観光客数\"\n";

fn unsettled(lines: &str) -> Vec<((usize, usize), DataState)> {
    figure(lines, YEARS).data.unsettled.into_iter().collect()
}

#[test]
fn choices_that_are_not_made_leave_the_figure_as_it_is() {
    let figure = figure(&kind("columns", ""), YEARS);
    assert_eq!((figure.order, figure.panel, figure.table), (Order::Data, Panel::Columns, false));
    assert_eq!((figure.highlight, figure.target), (None, None));
    assert!(figure.annotations.is_empty() && figure.data.unsettled.is_empty());
}

#[test]
fn order_table_and_panel_are_read() {
    let csv = "理由,客,宿泊\n甲,1,2\n乙,3,4\n";
    let lines = "order = \"descending\"\ntable = true\npanel = \"columns\"";
    let figure = figure(&kind("small-multiples", lines), csv);
    assert_eq!((figure.order, figure.table), (Order::Descending, true));
    let lines = kind("small-multiples", "panel = \"lines\"");
    assert_eq!(super::figure(&lines, YEARS).panel, Panel::Lines);
}

#[test]
fn a_highlight_is_an_item_or_a_series_and_the_item_where_both_have_the_name() {
    let of = |name: &str, csv: &str| {
        figure(&kind("columns", &format!("highlight = \"{name}\"")), csv).highlight
    };
    assert_eq!(of("宿泊", YEARS), Some(Highlight::Series(1)));
    assert_eq!(of("R5", YEARS), Some(Highlight::Category(1)));
    assert_eq!(of("令和6年度", YEARS), Some(Highlight::Category(2)));
    assert_eq!(of("甲", "項目,甲,乙\n乙,1,2\n甲,3,4\n"), Some(Highlight::Category(1)));
}

#[test]
fn the_short_name_of_an_indicator_is_its_first_series() {
    for name in ["観光客数", "観光客の数"] {
        let lines = format!("{INDICATOR}highlight = \"{name}\"");
        assert_eq!(figure(&lines, "").highlight, Some(Highlight::Series(0)));
    }
}

#[test]
fn a_name_that_the_data_does_not_have_is_told_with_the_nearest_one() {
    for lines in [
        "highlight = \"宿拍\"",
        "preliminary = [\"宿拍\"]",
        "provisional = [\"宿拍:R4\"]",
        "annotations = [{ at = \"R4\", series = \"宿拍\", text = \"注\" }]",
    ] {
        let told = problems(&kind("columns", lines), YEARS);
        let [problem] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((problem.severity, problem.code), error(Code::UnknownName));
        assert_eq!(problem.hint.as_deref(), Some("「宿泊」ではありませんか"), "{lines}");
    }
}

#[test]
fn a_name_far_from_all_is_told_with_those_there_are() {
    let told = problems(&kind("columns", "provisional = [\"客：不明な年\"]"), YEARS);
    assert_eq!(told[0].text.as_deref(), Some("不明な年"));
    assert_eq!(told[0].hint.as_deref(), Some("この図の項目は R4・R5・R6 です"));
}

#[test]
fn values_that_are_not_final_are_named_by_item_by_series_or_one_by_one() {
    let preliminary = DataState::Preliminary;
    let of = |entry: &str| unsettled(&kind("columns", &format!("preliminary = [\"{entry}\"]")));
    assert_eq!(of("R6"), [((0, 2), preliminary), ((1, 2), preliminary)]);
    assert_eq!(of("客:R6"), [((0, 2), preliminary)]);
    assert_eq!(of("宿泊：令和4年度"), [((1, 0), preliminary)]);
    // R5 is missing, and what is missing is nothing to mark.
    assert_eq!(of("宿泊"), [((1, 0), preliminary), ((1, 2), preliminary)]);
}

#[test]
fn a_value_that_is_both_preliminary_and_provisional_is_provisional() {
    let lines = "preliminary = [\"R6\"]\nprovisional = [\"客:R6\"]";
    let expected = [((0, 2), DataState::Provisional), ((1, 2), DataState::Preliminary)];
    assert_eq!(unsettled(&kind("columns", lines)), expected);
}

#[test]
fn a_figure_that_is_no_better_marks_no_single_values() {
    let lines = |state: &str| {
        kind(
            "columns",
            &format!("state = \"{state}\"\nprovisional = [\"客:R6\"]\npreliminary = [\"R4\"]"),
        )
    };
    assert_eq!(unsettled(&lines("仮")), []);
    assert_eq!(unsettled(&lines("速報")), [((0, 2), DataState::Provisional)]);
}

#[test]
fn years_of_an_indicator_are_its_items() {
    let marked = unsettled(&format!("{INDICATOR}provisional = [\"宿泊客:R5\"]"));
    assert_eq!(marked, [((1, 1), DataState::Provisional)]);
}

#[test]
fn a_mark_for_values_that_are_not_there_is_told() {
    let lines = format!("{INDICATOR}provisional = [\"R7\"]");
    assert_eq!(told(&lines, ""), [warning(Code::MarkWithoutPlace)]);
}

#[test]
fn a_target_is_reached_by_the_latest_value_on_the_side_that_the_indicator_says() {
    let lines = "kind = \"lines\"\nindicator = \"観光客数\"\nbaseline = true";
    let figure = figure(lines, "");
    // R7 is empty; R6 has 352 of 350.
    assert_eq!(figure.target.unwrap().reached, Some(true));
    assert_eq!(figure.baseline.unwrap().reached, None);
}

#[test]
fn a_table_of_its_own_may_have_a_target_and_a_base_value() {
    let lines = "unit = \"%\"\ntarget-value = 70.0\nbaseline-value = 1_250";
    let figure = figure(&kind("columns", lines), YEARS);
    let (target, baseline) = (figure.target.unwrap(), figure.baseline.unwrap());
    assert_eq!((target.label.as_str(), target.reached), ("目標値 70.0%", None));
    assert_eq!(baseline.label, "基準値 1,250%");
}

#[test]
fn a_line_that_is_switched_off_is_not_drawn() {
    let lines = kind("columns", "target = false\ntarget-value = 70");
    assert_eq!(figure(&lines, YEARS).target, None);
}

#[test]
fn values_of_lines_stand_where_no_table_of_indicators_has_them() {
    let indicator = format!("{INDICATOR}target-value = 70");
    assert_eq!(told(&indicator, ""), [error(Code::WrongValue)]);
    let without = kind("columns", "target = true");
    assert_eq!(told(&without, YEARS), [warning(Code::UnsuitableKind)]);
    let ring = kind("ring", "target-value = 70");
    assert_eq!(told(&ring, "理由,値\n甲,1\n"), [warning(Code::UnsuitableKind)]);
}

#[test]
fn a_panel_of_another_kind_is_told() {
    let lines = kind("columns", "panel = \"lines\"");
    assert_eq!(told(&lines, YEARS), [warning(Code::UnsuitableKind)]);
}

#[test]
fn every_wrong_value_is_told_in_one_run() {
    let lines = "order = \"largest\"\nhighlight = \"\"\npreliminary = \"R6\"\nprovisional = [6]
panel = \"bars\"\ntable = \"yes\"\ntarget-value = \"70\"\nbaseline-value = 1e5\nannotations = \"注\"";
    let told = problems(&kind("columns", lines), YEARS);
    let lines: std::collections::BTreeSet<_> = told.iter().map(|p| p.place.line).collect();
    assert_eq!(lines.len(), 9, "{told:#?}");
    assert!(told.iter().all(Problem::is_error));
}

#[test]
fn every_choice_that_the_data_does_not_bear_is_told_in_one_run() {
    let lines =
        "highlight = \"甲\"\npreliminary = [\"R5\", \"宿泊:R5\", \"客:R9\"]\npanel = \"lines\"
order = \"ascending\"\nannotations = [{ at = \"R5\", series = \"宿泊\", text = \"注\" },
{ from = \"R6\", to = \"R4\", text = \"注\" }, { from = \"R8\", text = \"注\" }]";
    let expected = [
        error(Code::UnknownName),
        warning(Code::MarkWithoutPlace),
        error(Code::UnknownName),
        warning(Code::UnsuitableKind),
        warning(Code::BetterKind),
        error(Code::MarkWithoutPlace),
        error(Code::MarkWithoutPlace),
        error(Code::UnknownName),
    ];
    let mut problems = problems(&kind("columns", lines), YEARS);
    crate::problem::sort(&mut problems);
    let told: Vec<_> = problems.iter().map(|p| (p.severity, p.code)).collect();
    assert_eq!(told, expected, "{problems:#?}");
}
