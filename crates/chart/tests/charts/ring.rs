//! Rings, looked at as a reader would.

use super::common::*;
use soukatsu_chart::*;
use soukatsu_core::model::figure::{Figure, Highlight};

const SHARES: &str = "割合\n買い物,41.5\n施設,27.8\n子育て,18.3\nその他,12.4";

/// Beginning, end and paint of the parts of a ring.
fn sectors(drawing: &Drawing) -> Vec<(f64, f64, Paint)> {
    let sector = |mark: &Mark| match mark {
        Mark::Sector { from, to, fill, .. } => Some((*from, *to, *fill)),
        _ => None,
    };
    drawing.marks.iter().filter_map(sector).collect()
}

#[test]
fn parts_run_clockwise_from_twelve_in_the_order_of_the_data() {
    let sectors = sectors(&drawn(&figure("ring", "%", SHARES), FULL));
    let turns: Vec<(f64, f64)> = sectors.iter().map(|(from, to, _)| (*from, *to)).collect();
    assert_eq!(turns, [(0.0, 0.415), (0.415, 0.693), (0.693, 0.876), (0.876, 1.0)]);
}

#[test]
fn names_stand_beside_the_parts_and_values_with_their_unit_inside() {
    let drawing = drawn(&figure("ring", "%", SHARES), FULL);
    assert_eq!(
        texts(&drawing),
        ["買い物", "41.5%", "施設", "27.8%", "子育て", "18.3%", "その他", "12.4%"]
    );
    assert_eq!(place(&drawing, "41.5%").ink, Ink::On(Paint::Series(0)));
    let (right, left) = (place(&drawing, "買い物"), place(&drawing, "子育て"));
    assert_eq!((right.anchor, left.anchor), (Anchor::Start, Anchor::End));
}

#[test]
fn names_of_small_parts_are_joined_to_them_by_lines() {
    let table = "割合\n市税,38.6\n交付税,21.4\n支出金,17.2\n市債,9.8\n県支出金,6.1\n繰入金,2.9\n\
                 使用料,1.8\n分担金,1.2\nその他,1.0";
    let drawing = drawn(&figure("ring", "%", table), FULL);
    assert!(texts(&drawing).contains(&"その他 1.0%"));
    assert!(lines(&drawing, Stroke::Leader) >= 4);
}

#[test]
fn names_without_room_around_the_ring_stand_in_a_list_with_their_values_in_a_column() {
    let table = "割合\n組織や勤務形態などの制度面と執務室や建物などの環境面の両方,48.2\n\
                 勤務形態などの制度面,31.5\n執務室などの環境面,17.9\nその他,2.4";
    let drawing = drawn(&figure("ring", "%", table), HALF);
    let right = |text: &str| (place(&drawing, text).anchor, place(&drawing, text).x);
    assert_eq!(right("48.2%"), right("2.4%"));
    assert_eq!(right("48.2%").0, Anchor::End);
    let keys = drawing.marks.iter().filter(|mark| matches!(mark, Mark::Rect { cell: None, .. }));
    assert_eq!(keys.count(), 4);
}

#[test]
fn a_total_is_no_part_of_the_ring_and_stands_in_its_hole() {
    let drawing = drawn(&figure("ring", "人", "人口\n総数,1234\n男,600\n女,634"), FULL);
    assert_eq!(sectors(&drawing).len(), 2);
    let Some(Mark::Sector { x, y, inner, .. }) = drawing.marks.first() else { panic!("no ring") };
    for wanted in ["総数", "1,234人"] {
        let text = place(&drawing, wanted);
        assert_eq!((text.anchor, text.x), (Anchor::Middle, *x));
        assert!((text.y - y).abs() < *inner);
    }
}

#[test]
fn what_is_missing_from_100_stays_empty() {
    let drawing = draw(&figure("ring", "%", "割合\n甲,40.0\n乙,20.0"), HALF);
    assert_clean(&drawing);
    let ends: Vec<f64> = sectors(&drawing).iter().map(|(_, to, _)| *to).collect();
    assert_eq!(ends, [0.4, 0.6]);
}

#[test]
fn a_lone_part_is_a_whole_ring() {
    let drawing = drawn(&figure("ring", "%", "割合\n賛成,100"), HALF);
    let turns: Vec<(f64, f64)> =
        sectors(&drawing).iter().map(|(from, to, _)| (*from, *to)).collect();
    assert_eq!(turns, [(0.0, 1.0)]);
    assert_eq!(texts(&drawing), ["賛成", "100%"]);
}

#[test]
fn what_has_no_part_on_the_ring_is_listed_all_the_same() {
    let drawing = drawn(&figure("ring", "%", "割合\n甲,60\n乙,\n丙,0\n丁,40"), HALF);
    assert_eq!(sectors(&drawing).len(), 2);
    assert_eq!(texts(&drawing), ["甲", "60%", "乙", "－", "丙", "0%", "丁", "40%"]);
}

#[test]
fn the_last_part_never_has_the_paint_of_the_first_one_beside_it() {
    let rows: String = (1..=7).map(|part| format!("\n区分{part},10")).collect();
    let sectors = sectors(&drawn(&figure("ring", "人", &format!("人数{rows}")), FULL));
    assert_ne!(sectors[0].2, sectors[6].2);
    assert!(sectors.windows(2).all(|pair| pair[0].2 != pair[1].2));
}

#[test]
fn only_the_highlighted_part_is_dark_and_a_value_not_final_is_painted_as_such() {
    let highlight = Some(Highlight::Category(1));
    let plain = Figure { highlight, ..figure("ring", "%", SHARES) };
    let paints: Vec<Paint> =
        sectors(&drawn(&unsettled(plain, (0, 3)), FULL)).iter().map(|part| part.2).collect();
    let pale = Paint::Series(2);
    assert_eq!(paints, [pale, Paint::Series(0), pale, Paint::Unsettled(2)]);
}
