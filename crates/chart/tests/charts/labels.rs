//! Numbers and names that have no room, looked at as a reader would.

use super::common::*;
use soukatsu_chart::*;
use soukatsu_core::model::figure::{Figure, Highlight};

#[test]
fn numbers_of_a_stack_stand_inside_their_parts_or_all_of_the_others_beside_them() {
    let thin = "甲,乙\nR1,40,3\nR2,50,4\nR3,45,2";
    let drawing = draw(&figure("stacked-columns", "件", thin), FULL);
    assert_clean(&drawing);
    let found = texts(&drawing);
    assert!(["40", "50", "45", "3", "4", "2"].iter().all(|text| found.contains(text)), "{found:?}");
    // At the left of its column a number would be taken for one of the scale.
    let place = |name: &str| drawing.texts().find(|text| text.text == name).unwrap();
    assert!(place("3").x > place("40").x);
    // In a third of the page there is no room beside the columns: the thin ones go without.
    let narrow = Frame::new(154.0, 90.0, 8.0);
    let drawing = draw(
        &figure(
            "stacked-columns",
            "件",
            &format!("{thin}\nR4,44,3\nR5,47,3\nR6,41,2\nR7,44,3\nR8,47,3"),
        ),
        narrow,
    );
    assert_clean(&drawing);
    let found = texts(&drawing);
    assert!(["2", "3", "4"].iter().all(|text| !found.contains(text)), "{found:?}");
}

#[test]
fn a_long_name_is_wrapped_often_before_it_is_cut() {
    let name = "子育て世帯の経済的な負担を軽減するための医療費助成の対象拡大";
    let table = format!("件数\n{name},10\nその他,4");
    let drawing = draw(&figure("bars", "件", &table), Frame::new(154.0, 90.0, 8.0));
    assert_clean(&drawing);
    assert!(texts(&drawing).concat().contains(name));
}

#[test]
fn a_share_of_nothing_is_told_beside_the_bar() {
    let table = "割合\n甲,60.0\n乙,40.0\n丙,0.0\n丁,";
    let drawing = draw(&figure("shares", "%", table), HALF);
    assert_clean(&drawing);
    let found = texts(&drawing);
    assert!(found.contains(&"丙 0.0%") && found.contains(&"丁 －"), "{found:?}");
}

#[test]
fn a_highlighted_share_is_the_darkest() {
    let table = "割合\n甲,60.0\n乙,25.0\n丙,15.0";
    let highlight = Some(Highlight::Category(1));
    let drawing = draw(&Figure { highlight, ..figure("shares", "%", table) }, HALF);
    assert!((bars(&drawing, 0)[0].0 - 0.25 * (HALF.width - 1.0)).abs() < 0.02);
}
