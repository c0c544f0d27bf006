//! Paired bars, slopes and small multiples, looked at as a reader would.

use super::common::*;
use soukatsu_chart::*;
use soukatsu_core::model::figure::{Figure, Highlight, Panel};

const AGES: &str = "男,女\n65歳以上,300,400\n15〜64歳,600,500\n0〜14歳,150,100";

/// Left edge, width, height and paint of the bars that stand for values, with their cells.
fn rects(drawing: &Drawing) -> Vec<(CellAt, [f64; 4], Paint)> {
    let rect = |mark: &Mark| match mark {
        Mark::Rect { x, y, w, h, fill, cell } => Some(((*cell)?, [*x, *y, *w, *h], *fill)),
        _ => None,
    };
    drawing.marks.iter().filter_map(rect).collect()
}

fn markers(drawing: &Drawing) -> Vec<(CellAt, [f64; 2], Shape)> {
    let marker = |mark: &Mark| match mark {
        Mark::Marker { x, y, shape, cell, .. } => Some(((*cell)?, [*x, *y], *shape)),
        _ => None,
    };
    drawing.marks.iter().filter_map(marker).collect()
}

#[test]
fn bars_go_from_the_names_in_the_middle_to_both_sides_on_one_scale() {
    let drawing = drawn(&figure("paired-bars", "人", AGES), HALF);
    let bars = rects(&drawing);
    let width = |cell| bars.iter().find(|bar| bar.0 == cell).map(|bar| bar.1[2]).unwrap();
    assert!((width((0, 1)) / width((1, 2)) - 6.0).abs() < 0.01);
    let name = place(&drawing, "15〜64歳");
    for (cell, [x, _, w, _], paint) in &bars {
        match cell.0 {
            0 => assert!(x + w < name.x && *paint == Paint::Series(0)),
            _ => assert!(*x > name.x && *paint == Paint::Series(2)),
        }
    }
}

#[test]
fn both_halves_are_headed_by_their_series_and_count_upwards_from_the_middle() {
    let drawing = drawn(&figure("paired-bars", "人", AGES), HALF);
    let texts = texts(&drawing);
    assert_eq!(texts[..6], ["（人）", "男", "女", "65歳以上", "300", "400"]);
    assert_eq!(texts.iter().filter(|text| **text == "500").count(), 3, "a value and two ticks");
    assert!(place(&drawing, "男").weight == Weight::Bold);
    assert!(!texts.iter().any(|text| text.starts_with('-')));
}

#[test]
fn a_sum_heads_its_half_and_an_average_over_all_is_a_row() {
    let sum = drawn(&figure("paired-bars", "人", &format!("{AGES}\n総数,1050,1000")), FULL);
    assert!(texts(&sum).contains(&"男（総数 1,050人）") && rects(&sum).len() == 6);
    let average = drawn(&figure("paired-bars", "%", &format!("{AGES}\n全体,350,333")), FULL);
    assert!(texts(&average).contains(&"全体") && rects(&average).len() == 8);
}

#[test]
fn names_too_long_for_the_middle_stand_at_the_left() {
    let table = "R1,R6\n現在地域活動に参加しておらず今後も参加しない,40,30\nその他,10,20";
    let drawing = drawn(&figure("paired-bars", "%", table), HALF);
    let name = place(&drawing, "その他");
    assert_eq!(name.anchor, Anchor::End);
    assert!(rects(&drawing).iter().all(|(_, [x, ..], _)| *x > name.x));
}

#[test]
fn three_series_have_no_two_sides_but_none_of_them_is_lost() {
    let drawing = drawn(&figure("paired-bars", "人", "甲,乙,丙\nR1,1,2,3\nR2,4,5,6"), HALF);
    assert_eq!(rects(&drawing).len(), 6);
}

#[test]
fn years_as_categories_make_a_slope_from_the_first_to_the_last_of_every_series() {
    let table = "市民課,税務課\nR1,40,30\nR2,99,99\nR3,20,35";
    let drawing = drawn(&figure("slope", "時間", table), HALF);
    let wanted = ["（時間）", "R1", "R3", "市民課", "40", "20", "税務課", "30", "35"];
    assert_eq!(texts(&drawing), wanted);
    let cells: Vec<CellAt> = markers(&drawing).iter().map(|marker| marker.0).collect();
    assert_eq!(cells, [(0, 0), (0, 2), (1, 0), (1, 2)]);
}

#[test]
fn series_as_times_make_a_slope_for_every_category() {
    let drawing = drawn(&figure("slope", "%", "令和元年度,令和6年度\n甲,10,20\n乙,15,12"), HALF);
    assert_eq!((lines(&drawing, Stroke::Line(0)), lines(&drawing, Stroke::Line(1))), (1, 1));
    assert!(place(&drawing, "20").y < place(&drawing, "12").y);
}

#[test]
fn a_year_without_a_value_is_no_end_of_a_slope() {
    let drawing = drawn(&figure("slope", "件", "甲,乙\nR5,,\nR6,1,2\nR7,3,5\nR8,,"), HALF);
    assert_eq!(texts(&drawing)[..3], ["（件）", "R6", "R7"]);
}

#[test]
fn an_item_without_its_last_value_is_a_sign_with_its_name_at_the_left() {
    let drawing = drawn(&figure("slope", "%", "R2,R6\n郵送,20,\n窓口,70,40"), HALF);
    assert_eq!(lines(&drawing, Stroke::Line(0)), 0);
    assert_eq!(markers(&drawing).len(), 3);
    assert!(place(&drawing, "郵送").x < place(&drawing, "窓口").x);
}

#[test]
fn labels_at_one_height_are_moved_apart_and_joined_to_their_values() {
    let close = drawn(&figure("slope", "%", "R1,R6\n甲,10,50\n乙,90,50.1\n丙,40,49.9"), HALF);
    assert!(lines(&close, Stroke::Leader) >= 3);
    let apart = drawn(&figure("slope", "%", "R1,R6\n甲,10,20\n乙,90,80"), HALF);
    assert_eq!(lines(&apart, Stroke::Leader), 0);
}

#[test]
fn a_highlighted_slope_stands_out_from_thin_ones() {
    let table = "R1,R6\n甲,10,50\n乙,90,60\n丙,40,30";
    let highlight = Some(Highlight::Category(1));
    let figure = Figure { highlight, ..figure("slope", "%", table) };
    let drawing = drawn(&figure, HALF);
    assert_eq!((lines(&drawing, Stroke::Highlight), lines(&drawing, Stroke::Thin)), (1, 2));
    assert_eq!(place(&drawing, "乙").weight, Weight::Bold);
}

#[test]
fn a_slope_grows_for_its_labels_but_never_beyond_a_page() {
    let table = |count: usize| -> String {
        let row = |item: usize| format!("\n項目{item},{},{}", item * 7 % 50, item * 11 % 60);
        format!("R1,R6{}", (0..count).map(row).collect::<String>())
    };
    let many = drawn(&figure("slope", "件", &table(40)), HALF);
    assert!(many.height > HALF.default_height && texts(&many).contains(&"項目39"));
    let too_many = drawn(&figure("slope", "件", &table(200)), HALF);
    assert!(too_many.height <= 640.0 && markers(&too_many).len() == 400);
}

#[test]
fn a_value_that_is_not_final_has_a_circle_around_its_sign() {
    let figure = unsettled(figure("slope", "%", "R1,R6\n甲,10,50\n乙,90,60"), (1, 0));
    let drawing = drawn(&figure, HALF);
    let own = markers(&drawing).iter().find(|marker| marker.0 == (1, 0)).unwrap().1;
    let around: Vec<[f64; 2]> = (drawing.marks.iter())
        .filter_map(|mark| match mark {
            Mark::Marker { x, y, shape: Shape::Around, .. } => Some([*x, *y]),
            _ => None,
        })
        .collect();
    // The other one is the key that explains it.
    assert_eq!((around[0], around.len()), (own, 2));
    assert!(texts(&drawing).contains(&"速報値"));
}

const WARDS: &str = "東,西,南,北,中\nR1,10,20,30,40,50\nR2,20,20,,10,40\nR3,30,20,10,40,5";

#[test]
fn small_multiples_stand_row_by_row_as_evenly_as_their_number_allows() {
    let drawing = drawn(&figure("small-multiples", "件", WARDS), FULL);
    let at = |name: &str| (place(&drawing, name).x, place(&drawing, name).y);
    let (first, second, fourth) = (at("東"), at("西"), at("北"));
    assert_eq!((first.1, at("南").1, fourth.1), (second.1, second.1, at("中").1));
    assert_eq!((first.0, second.0), (fourth.0, at("中").0));
    assert!(fourth.1 > first.1);
}

#[test]
fn small_multiples_share_one_scale_whose_ticks_stand_at_the_left_only() {
    let drawing = drawn(&figure("small-multiples", "件", WARDS), FULL);
    let bars = rects(&drawing);
    let height = |cell| bars.iter().find(|bar| bar.0 == cell).map(|bar| bar.1[3]).unwrap();
    assert!((height((4, 0)) / height((0, 0)) - 5.0).abs() < 0.01);
    let zeros: Vec<f64> = (drawing.marks.iter().filter_map(text))
        .filter(|text| text.text == "0" && text.ink == Ink::Muted)
        .map(|text| text.x)
        .collect();
    assert!(zeros.len() == 2 && zeros[0] == zeros[1], "{zeros:?}");
    assert_eq!(texts(&drawing).iter().filter(|text| **text == "（件）").count(), 1);
}

#[test]
fn a_missing_value_leaves_a_gap_in_a_small_chart() {
    let columns = figure("small-multiples", "件", WARDS);
    assert_eq!(rects(&drawn(&columns, FULL)).len(), 14);
    let drawing = drawn(&Figure { panel: Panel::Lines, ..columns }, FULL);
    assert_eq!(markers(&drawing).len(), 14);
    assert_eq!(lines(&drawing, Stroke::Line(0)), 4);
}

#[test]
fn small_multiples_are_read_panel_by_panel_each_category_with_its_value() {
    let drawing = drawn(&figure("small-multiples", "件", WARDS), FULL);
    let wanted = ["（件）", "東", "R1", "10", "R2", "20", "R3", "30", "西", "R1", "20"];
    assert_eq!(texts(&drawing)[..11], wanted);
}

#[test]
fn crowded_small_charts_keep_the_numbers_of_their_ends_and_of_what_is_highlighted() {
    let rows: String = (1..=12).map(|y| format!("\nR{y},{}000,{}500", 20 - y, 10 + y)).collect();
    let drawing = drawn(&figure("small-multiples", "人", &format!("男,女{rows}")), HALF);
    for wanted in ["19,000", "8,000", "11,500", "22,500"] {
        assert!(texts(&drawing).contains(&wanted), "{wanted}");
    }
    assert!(!texts(&drawing).contains(&"13,000"));
    let highlight = Some(Highlight::Category(6));
    let figure =
        Figure { highlight, ..figure("small-multiples", "人", &format!("男,女{rows}")) };
    assert!(texts(&drawn(&figure, HALF)).contains(&"13,000"), "the highlighted year");
}

#[test]
fn a_highlighted_small_chart_is_dark_among_pale_ones() {
    let highlight = Some(Highlight::Series(2));
    let figure = Figure { highlight, ..figure("small-multiples", "件", WARDS) };
    for (cell, _, paint) in rects(&drawn(&figure, FULL)) {
        let slot = if cell.0 == 2 { 0 } else { 2 };
        assert_eq!(paint, Paint::Series(slot), "{cell:?}");
    }
}
