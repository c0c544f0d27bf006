//! Periods over a chart.

use super::common::*;
use soukatsu_chart::*;
use soukatsu_core::model::figure::{Annotation, Figure, Order};

fn marked(from: usize, to: usize) -> Figure {
    let annotations = vec![Annotation::Period { from, to, text: "コロナ禍".into() }];
    let table = "件数\nR1,10\nR2,40\nR3,20\nR4,30\nR5,25\nR6,28";
    Figure { annotations, ..figure("columns", "件", table) }
}

#[test]
fn a_period_has_its_name_over_its_categories_and_two_edges() {
    let drawing = draw(&marked(1, 3), FULL);
    assert_clean(&drawing);
    let text = |name: &str| drawing.texts().find(|text| text.text == name).unwrap();
    let name = text("コロナ禍");
    assert!((name.x + name.w / 2.0 - text("R3").x).abs() < 1.0);
    let edges = drawing.marks.iter().filter_map(|mark| match mark {
        Mark::Line { points, stroke: Stroke::Period } if points[0][0] == points[1][0] => {
            Some(points[0][0].round())
        }
        _ => None,
    });
    let mut edges: Vec<f64> = edges.collect();
    edges.dedup();
    assert_eq!(edges.len(), 2);
}

#[test]
fn a_period_that_the_order_tears_apart_is_told_under_the_chart() {
    let figure = Figure { order: Order::Descending, ..marked(1, 3) };
    let drawing = draw(&figure, FULL);
    assert_clean(&drawing);
    assert_eq!(*texts(&drawing).last().unwrap(), "R2からR4まで：コロナ禍");
}

#[test]
fn periods_that_overlap_stand_in_rows() {
    let mut figure = marked(0, 3);
    figure.annotations.push(Annotation::Period { from: 2, to: 5, text: "移行期".into() });
    assert_clean(&draw(&figure, FULL));
}
