//! Totals among the columns and rows of a figure's table.

use super::*;
use crate::model::totals::Totals;

const BIRTHS: &str = "月,総　数,男,女\n1月,216,100,116\n2月,185,90,95\n";

/// The totals of a figure, and what is told of it.
fn totals(kind_name: &str, csv: &str) -> (Totals, Vec<Problem>) {
    let (report, problems) = read(&kind(kind_name, "unit = \"人\""), csv);
    let figure = report.unwrap().figures.pop();
    (figure.map(|figure| figure.data.totals).unwrap_or_default(), problems)
}

fn series(series: &[usize]) -> Totals {
    Totals { series: series.to_vec(), rows: Vec::new() }
}

fn rows(rows: &[usize]) -> Totals {
    Totals { series: Vec::new(), rows: rows.to_vec() }
}

#[test]
fn a_total_column_is_known_first_or_last_and_what_is_not_drawn_is_said() {
    for kind_name in
        ["stacked-columns", "stacked-bars", "percent-columns", "percent-bars", "paired-bars"]
    {
        let (found, told) = totals(kind_name, BIRTHS);
        assert_eq!(found, series(&[0]), "{kind_name}");
        let [note] = told.as_slice() else { panic!("{told:#?}") };
        assert_eq!((note.severity, note.code), (Severity::Hint, Code::TotalNotSum));
        assert!(note.message.contains("「総　数」") && note.message.contains("描きません"));
        assert!(note.hint.as_ref().unwrap().contains("#値(\"図1\", \"1月\", \"総　数\")"));
    }
    let last = "月,男,女,計\n1月,100,116,216\n2月,90,95,185\n";
    assert_eq!(totals("stacked-bars", last).0, series(&[2]));
}

#[test]
fn charts_without_parts_keep_their_total_column_and_say_nothing() {
    for kind_name in ["columns", "bars", "lines"] {
        assert_eq!(totals(kind_name, BIRTHS), (series(&[0]), Vec::new()), "{kind_name}");
        let other = BIRTHS.replace("216", "500");
        assert_eq!(totals(kind_name, &other), (series(&[]), Vec::new()), "{kind_name}");
    }
}

#[test]
fn a_total_that_the_parts_do_not_make_names_its_cells() {
    let (_, told) = totals("stacked-columns", &BIRTHS.replace("216", "215").replace("1月", "一月"));
    assert_eq!(told.iter().filter(|problem| problem.is_error()).count(), 0, "within rounding");
    let (_, told) = totals("stacked-columns", &BIRTHS.replace("216", "206"));
    let [error] = told.as_slice() else { panic!("{told:#?}") };
    assert_eq!((error.severity, error.code), (Severity::Error, Code::TotalNotSum));
    assert_eq!(error.place.cell.as_deref(), Some("B2"));
    assert!(error.message.contains("「総　数」（1月）が 206 で") && error.message.contains("216"));
    assert_eq!(error.expected.as_deref(), Some("男 100（C2）、女 116（D2）の合計 216"));
}

#[test]
fn missing_values_leave_the_name_to_decide_and_are_counted() {
    let (found, told) = totals("stacked-bars", "月,男,女,計\n1月,100,,216\n2月,90,95,185\n");
    assert_eq!(found, series(&[2]));
    assert!(told[0].message.contains("1か所は確かめられません"), "{told:#?}");
}

#[test]
fn a_total_row_is_no_share() {
    let table = "区分,人数\n男,100\n女,116\n合 計,216\n";
    for kind_name in ["shares", "ring"] {
        assert_eq!(totals(kind_name, table).0, rows(&[2]), "{kind_name}");
        let (_, told) = totals(kind_name, &table.replace("216", "260"));
        assert_eq!(told[0].code, Code::TotalNotSum);
        assert!(told[0].is_error() && told[0].place.cell.as_deref() == Some("B4"));
    }
    // Percentages of one whole with their 100 below, as tables have it.
    let shares = "区分,割合\n男,33.3\n女,66.6\n計,100.0\n";
    assert_eq!(
        told(&kind("shares", "unit = \"%\""), shares),
        [(Severity::Hint, Code::TotalNotSum)]
    );
}

#[test]
fn a_row_for_all_stays_in_charts_that_compare_rows() {
    let table = "年代,男,女\n若,3,4\n老,5,6\n全体,8,10\n";
    // Beside stacks of amounts, their sum would dwarf them.
    let (found, told) = totals("stacked-bars", table);
    assert_eq!((found, told.len()), (rows(&[2]), 1));
    // The split of all is worth a bar.
    assert_eq!(totals("percent-bars", table).1, []);
    // 全体 may hold what no row does; 計 may not.
    assert_eq!(totals("stacked-bars", &table.replace("全体,8", "全体,9.5")).1, []);
    let off = told_of(&table.replace("全体,8", "計,18"));
    assert_eq!(off, [(Severity::Warning, Code::TotalNotSum)]);
}

fn told_of(csv: &str) -> Vec<(Severity, Code)> {
    told(&kind("stacked-bars", "unit = \"人\""), csv)
}

#[test]
fn stack_is_a_choice_of_columns_and_line_alone() {
    let table = "年度,計画,実績,率\nR4,4,3,75\nR5,4,4,100\n";
    let line = "line = \"率\"\nline-unit = \"%\"\n";
    assert!(!figure(&kind("columns-and-line", line), table).stacked);
    assert!(figure(&kind("columns-and-line", &format!("{line}stack = true")), table).stacked);
    assert_eq!(told(&kind("columns", "stack = true"), table), [warning(Code::UnsuitableKind)]);
}
