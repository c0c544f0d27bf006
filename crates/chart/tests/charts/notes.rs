//! Notes on single values.

use super::common::*;
use soukatsu_chart::*;
use soukatsu_core::model::figure::{Annotation, Figure};

fn noted(kind: &str, table: &str, category: usize, text: &str) -> Figure {
    let annotations = vec![Annotation::Point { series: Some(0), category, text: text.into() }];
    Figure { annotations, ..figure(kind, "件", table) }
}

#[test]
fn a_note_stands_over_the_number_of_its_column() {
    let drawing = draw(&noted("columns", "件数\nR1,10\nR2,40\nR3,20", 2, "制度改正"), HALF);
    assert_clean(&drawing);
    let place = |text: &str| drawing.texts().find(|own| own.text == text).unwrap();
    let (note, number) = (place("制度改正"), place("20"));
    assert!(note.y + note.size <= number.y && (note.x - number.x).abs() < 1.0);
}

#[test]
fn a_note_on_a_line_is_nearest_to_its_own_point() {
    let table = "甲,乙\nR1,50,54\nR2,52,55\nR3,51,53\nR4,50,54";
    let drawing = draw(&noted("lines", table, 1, "改修"), HALF);
    assert_clean(&drawing);
    let points = |own: usize| {
        drawing.marks.iter().find_map(|mark| match mark {
            Mark::Marker { x, y, cell: Some((series, 1)), .. } if *series == own => Some([*x, *y]),
            _ => None,
        })
    };
    // Under the chart, or nearer to its own point than to the one of the other line.
    if let Some(note) = drawing.texts().find(|text| text.text == "改修") {
        let [left, right] = [-0.5, 0.5].map(|part| note.x + part * note.w);
        let distance = |own: usize| {
            let [x, y] = points(own).unwrap();
            let aside = (left - x).max(x - right).max(0.0);
            let away = (note.y - y).max(y - note.y - note.size).max(0.0);
            aside.hypot(away)
        };
        assert!(distance(0) < distance(1));
    }
}

#[test]
fn a_note_that_finds_no_place_stands_under_the_chart_with_its_category() {
    let long = "庁舎の移転に伴い窓口の受付方法を改めたため";
    let drawing = draw(&noted("columns", "件数\nR1,10\nR2,40\nR3,20", 1, long), HALF);
    assert_clean(&drawing);
    assert!(texts(&drawing).last().unwrap().starts_with("R2："));
}

#[test]
fn a_note_on_a_part_of_a_stack_names_its_series() {
    let table = "女性,男性\nR1,10,20\nR2,12,24";
    let drawing = draw(&noted("stacked-columns", table, 1, "任用替え"), HALF);
    assert_clean(&drawing);
    assert!(texts(&drawing).contains(&"R2・女性：任用替え"));
}

#[test]
fn a_note_on_a_bar_stands_behind_its_number() {
    let drawing = draw(&noted("bars", "件数\n甲,10\n乙,4", 1, "速算"), HALF);
    assert_clean(&drawing);
    assert!(texts(&drawing).contains(&"速算"));
}
