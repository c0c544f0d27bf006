//! Columns, bars, lines and shares, looked at as a reader would: from the finished marks.

use rust_decimal::Decimal;

use super::common::*;
use soukatsu_chart::*;
use soukatsu_core::model::figure::{ChartKind, Figure, ReferenceLine};

fn target(label: &str, value: i64) -> Option<ReferenceLine> {
    Some(ReferenceLine { label: label.into(), value: Decimal::from(value), reached: None })
}

fn overtime() -> Figure {
    let table = "相談件数,特殊要因を除く\nR1,27770,\nR2,40304,26832\nR3,30379,27731\n\
                 R4,29001,25747\nR5,26495,25161\nR6,26563,23706";
    Figure {
        target: target("目標値 20,000時間", 20_000), ..figure("columns", "時間", table)
    }
}

#[test]
fn texts_are_read_unit_first_then_legend_then_each_category_with_its_values() {
    let drawing = draw(&overtime(), FULL);
    assert_clean(&drawing);
    let texts = texts(&drawing);
    let start = ["（時間）", "相談件数", "特殊要因を除く", "R1", "27,770", "－", "R2", "40,304"];
    assert_eq!(texts[..8], start);
    let end = ["目標値", "20,000時間", "0", "10,000", "20,000", "30,000", "40,000", "50,000"];
    assert_eq!(texts[texts.len() - 8..], end);
}

#[test]
fn a_missing_value_has_no_column() {
    let drawing = draw(&overtime(), FULL);
    assert_eq!((bars(&drawing, 0).len(), bars(&drawing, 2).len()), (6, 5));
}

#[test]
fn columns_are_as_high_as_their_values() {
    let drawing = draw(&figure("columns", "件", "件数\nR1,10\nR2,20\nR3,40"), HALF);
    assert_clean(&drawing);
    let heights: Vec<f64> = bars(&drawing, 1).iter().map(|(_, h)| *h).collect();
    assert!((heights[1] / heights[0] - 2.0).abs() < 0.01, "{heights:?}");
    assert!((heights[2] / heights[0] - 4.0).abs() < 0.01, "{heights:?}");
}

#[test]
fn negative_columns_hang_from_zero_and_names_stand_below_them() {
    let drawing = draw(&figure("columns", "百万円", "収支\nR1,-612\nR2,198\nR3,-1274"), HALF);
    assert_clean(&drawing);
    let rects: Vec<(f64, f64)> = (drawing.marks.iter())
        .filter_map(|mark| match mark {
            Mark::Rect { y, h, .. } => Some((*y, y + h)),
            _ => None,
        })
        .collect();
    assert!((rects[0].0 - rects[1].1).abs() < 0.02 && (rects[2].0 - rects[1].1).abs() < 0.02);
    let name = drawing.texts().find(|text| text.text == "R3").unwrap();
    assert!(name.y > rects[2].1);
    assert!(texts(&drawing).contains(&"-1,274"));
}

#[test]
fn shares_of_a_row_fill_the_scale_even_when_rounding_left_99_9() {
    let table = "甲,乙,丙\n30代,33.3,33.3,33.3\n全体,50.0,30.0,20.0";
    for (kind, frame) in [("percent-bars", HALF), ("percent-columns", FULL)] {
        let drawing = draw(&figure(kind, "%", table), frame);
        assert_clean(&drawing);
        let sum = |row: usize| {
            let part = |slot| bars(&drawing, slot)[row];
            let length = |(w, h): (f64, f64)| if kind == "percent-bars" { w } else { h };
            length(part(0)) + length(part(1)) + length(part(2))
        };
        assert!((sum(0) - sum(1)).abs() < 0.03, "{kind}");
    }
}

#[test]
fn small_shares_go_without_a_number_and_no_other_does() {
    let table = "満足,不満,無回答\n30代,52.9,44.7,2.4\n40代,50.0,45.5,4.5";
    let drawing = draw(&figure("percent-bars", "%", table), HALF);
    assert_clean(&drawing);
    let texts = texts(&drawing);
    assert!(["52.9", "44.7", "50.0", "45.5", "4.5"].iter().all(|text| texts.contains(text)));
    assert!(!texts.contains(&"2.4"));
}

#[test]
fn ranked_bars_come_largest_first_then_missing_then_the_rest() {
    let table = "割合\nその他,4.2\n交通,\n買い物,58.4\n自然,29.3";
    let drawing = draw(&figure("ranked-bars", "%", table), HALF);
    assert_clean(&drawing);
    let wanted = ["（%）", "買い物", "58.4", "自然", "29.3", "交通", "－", "その他", "4.2"];
    assert_eq!(texts(&drawing), wanted);
}

#[test]
fn the_line_of_columns_and_line_never_crosses_the_columns() {
    let table =
        "付議,報告,流会\nR1,46,38,1\nR2,41,36,2\nR3,37,31,2\nR4,31,27,3\nR5,26,22,4\nR6,19,17,6";
    let plain = figure("columns-and-line", "件", table);
    let figure = Figure { line_series: Some(2), line_unit: "月".into(), stacked: true, ..plain };
    let drawing = draw(&figure, FULL);
    assert_clean(&drawing);
    let line = drawing.marks.iter().find_map(|mark| match mark {
        Mark::Line { points, stroke: Stroke::Line(0) } if points.len() == 6 => Some(points),
        _ => None,
    });
    let lowest = line.unwrap().iter().map(|point| point[1]).fold(0.0, f64::max);
    let columns = drawing.marks.iter().filter_map(|mark| match mark {
        Mark::Rect { y, h, .. } if *h != 6.4 => Some(*y),
        _ => None,
    });
    assert!(lowest < columns.fold(f64::INFINITY, f64::min));
    assert!(texts(&drawing).contains(&"流会（右目盛）"));
}

#[test]
fn a_line_high_above_zero_says_where_its_scale_begins() {
    let high = draw(&figure("lines", "%", "率\nR1,96.2\nR2,97.4\nR3,98.8"), HALF);
    let axis = |mark: &Mark| matches!(mark, Mark::Line { stroke: Stroke::Axis, .. });
    assert_clean(&high);
    assert!(!high.marks.iter().any(axis));
    assert_eq!(texts(&high)[0], "（%）縦軸は96から");
    let usual = draw(&figure("lines", "%", "率\nR1,62.4\nR2,50.0\nR3,59.3"), HALF);
    assert!(usual.marks.iter().any(axis));
    assert_eq!(texts(&usual)[0], "（%）");
}

#[test]
fn a_long_part_name_is_written_out_whole() {
    let name = "組織や勤務形態などの制度面と執務室や建物などの環境面の両方";
    let table = format!("割合\n{name},48.2\n制度面,31.5\n環境面,17.9\nその他,2.4");
    let drawing = draw(&figure("shares", "%", &table), HALF);
    assert_clean(&drawing);
    let all = texts(&drawing).concat();
    assert!(all.contains(name) && all.contains("48.2%") && all.contains("その他 2.4%"), "{all}");
}

#[test]
fn columns_whose_names_find_no_room_are_turned_to_bars_and_years_are_not() {
    let names = ["観光資源や娯楽施設に魅力が少ない", "職場のコミュニケーションの円滑化"];
    let rows = |name: &dyn Fn(usize) -> String| -> String {
        (0..9).map(|row| format!("\n{},{}", name(row), row + 3)).collect()
    };
    let long = rows(&|row| format!("{}{row}", names[row % 2]));
    let drawing = draw(&figure("columns", "件", &format!("件数{long}")), HALF);
    assert_clean(&drawing);
    assert_eq!(drawing.kind, ChartKind::Bars);
    assert!(texts(&drawing).concat().contains("娯楽施設に魅力が少ない8"));
    let years = rows(&|row| format!("平成{}年度", row + 20));
    let drawing = draw(&figure("columns", "件", &format!("件数{years}")), HALF);
    assert_eq!(drawing.kind, ChartKind::Columns);
}

#[test]
fn shares_that_do_not_make_100_are_drawn_as_they_are() {
    let bar = draw(&figure("shares", "%", "割合\n甲,40.0\n乙,20.0"), HALF);
    assert_clean(&bar);
    assert!((bars(&bar, 0)[0].0 - 0.4 * (HALF.width - 1.0)).abs() < 0.02);
    let rows = draw(&figure("percent-bars", "%", "甲,乙\n30代,60,40\n40代,60,20"), HALF);
    assert_clean(&rows);
    let first = bars(&rows, 0);
    assert!((first[0].0 - first[1].0).abs() < 0.02, "{first:?}");
}

#[test]
fn every_kind_draws_nothing_at_all_and_says_so() {
    for (kind, _) in ChartKind::ALL {
        for table in ["件数\nR1,\nR2,", "件数"] {
            let empty = figure(kind, "件", table);
            let drawing = draw(&empty, HALF);
            assert_clean(&drawing);
            assert!(texts(&drawing).contains(&"データなし"), "{kind}");
            assert!(alt(&empty).contains("データなし。"));
        }
    }
}

#[test]
fn a_frame_that_makes_no_sense_still_gets_a_chart() {
    for width in [f64::NAN, -5.0, 0.0, f64::INFINITY] {
        let frame = Frame::new(width, width, width);
        assert_clean(&draw(&overtime(), frame));
    }
}

#[test]
fn the_height_is_what_the_report_asks_for() {
    let figure = Figure { height_mm: Some(48.0), ..overtime() };
    assert_eq!(draw(&figure, FULL).height, 136.06);
}

#[test]
fn a_total_among_the_columns_is_no_part_of_the_stack() {
    let table = "総数,男,女\n4月,216,100,116\n5月,185,90,95";
    for kind in ["stacked-columns", "stacked-bars", "percent-columns", "percent-bars"] {
        let mut figure = figure(kind, "人", table);
        figure.data.totals.series = vec![0];
        let drawing = draw(&figure, FULL);
        assert_clean(&drawing);
        let cells = drawing.marks.iter().filter_map(|mark| match mark {
            Mark::Rect { cell, .. } => *cell,
            _ => None,
        });
        let cells: Vec<CellAt> = cells.collect();
        assert_eq!(cells, [(1, 0), (2, 0), (1, 1), (2, 1)], "{kind}");
        assert!(!texts(&drawing).contains(&"総数"), "{kind}");
        assert!(!alt(&figure).contains("総数"), "{kind}");
    }
}

#[test]
fn zeros_are_told_apart_from_no_data() {
    for (kind, wanted) in [
        ("shares", vec!["男 0件", "女 0件", "合計が0のため、割合はありません"]),
        ("ring", vec!["男", "女", "0件"]),
    ] {
        let drawing = draw(&figure(kind, "件", "件数\n男,0\n女,0"), FULL);
        assert_clean(&drawing);
        let texts = texts(&drawing);
        for text in wanted {
            assert!(texts.contains(&text), "{kind} {text}: {texts:?}");
        }
    }
    for kind in ["percent-bars", "percent-columns"] {
        let drawing = draw(&figure(kind, "件", "男,女\n4月,0,0\n5月,1,3\n6月,,"), FULL);
        assert_clean(&drawing);
        let texts = texts(&drawing);
        assert!(texts.contains(&"合計0件"), "{kind}: {texts:?}");
        assert!(texts.contains(&"－"), "{kind}: {texts:?}");
    }
}

#[test]
fn columns_with_a_line_stand_side_by_side_unless_they_are_to_be_stacked() {
    let table = "計画,実績,率\nR4,40,31,78\nR5,40,36,90";
    let plain = figure("columns-and-line", "件", table);
    let apart = Figure { line_series: Some(2), line_unit: "%".into(), ..plain };
    let bars = |figure: &Figure| {
        let drawing = draw(figure, FULL);
        assert_clean(&drawing);
        let places = drawing.marks.iter().filter_map(|mark| match mark {
            Mark::Rect { x, cell: Some(_), .. } => Some((*x * 100.0) as i64),
            _ => None,
        });
        let mut places: Vec<i64> = places.collect();
        places.sort_unstable();
        places.dedup();
        places.len()
    };
    assert_eq!(bars(&apart), 4);
    assert_eq!(bars(&Figure { stacked: true, ..apart }), 2);
}
