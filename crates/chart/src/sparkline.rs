//! A small line in a table: the course of a row's values, and the target that they are held
//! against. The values stand beside it, so it has no scale and no text.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use soukatsu_core::model::figure::ChartKind;

use crate::mark::{Drawing, Mark, Shape, Stroke};

/// The box of the drawing, in points: two lines of a table's small text high.
const WIDTH: f64 = 42.0;
const HEIGHT: f64 = 17.0;
/// The sign of the last value.
const SIGN: f64 = 1.7;
/// What marks reach beyond their points, line widths included.
const ROOM: f64 = 2.6;

/// Draws the values of the years from left to right; a year without a value leaves a gap.
pub fn sparkline(values: &[Option<Decimal>], target: Option<Decimal>) -> Drawing {
    let values: Vec<Option<f64>> =
        values.iter().map(|value| value.and_then(|value| value.to_f64())).collect();
    let target = target.and_then(|target| target.to_f64());
    let heights = values.iter().flatten().copied().chain(target);
    let (low, high) = heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let step = (WIDTH - 2.0 * ROOM) / (values.len().max(2) - 1) as f64;
    // What does not move is drawn in the middle.
    let y = |value: f64| match high - low {
        span if span > 0.0 => ROOM + (HEIGHT - 2.0 * ROOM) * ((high - value) / span),
        _ => HEIGHT / 2.0,
    };
    let at = |(index, value): (usize, f64)| [ROOM + step * index as f64, y(value)];
    let mut marks = Vec::new();
    if let Some(target) = target.filter(|_| values.iter().any(Option::is_some)) {
        let points = vec![[0.0, y(target)], [WIDTH, y(target)]];
        marks.push(Mark::Line { points, stroke: Stroke::Target });
    }
    let mut runs: Vec<Vec<[f64; 2]>> = vec![Vec::new()];
    for (index, value) in values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => run.push(at((index, *value))),
            _ => runs.push(Vec::new()),
        }
    }
    let sign = |[x, y]: [f64; 2], r: f64| Mark::Marker { x, y, r, shape: Shape::Disc, cell: None };
    let last = runs.iter().flatten().last().copied();
    for points in runs.into_iter().filter(|run| !run.is_empty()) {
        match &points[..] {
            // A year between gaps has no line that would show it.
            [alone] => marks.push(sign(*alone, SIGN * 0.6)),
            _ => marks.push(Mark::Line { points, stroke: Stroke::Line(0) }),
        }
    }
    marks.extend(last.map(|point| sign(point, SIGN)));
    let marks = marks.into_iter().map(Mark::rounded).collect();
    Drawing { width: WIDTH, height: HEIGHT, marks, plot: None, kind: ChartKind::Lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[Option<i64>], target: Option<i64>) -> Vec<Mark> {
        let values: Vec<_> = values.iter().map(|value| value.map(Decimal::from)).collect();
        sparkline(&values, target.map(Decimal::from)).marks
    }

    fn points(mark: &Mark) -> Vec<[f64; 2]> {
        match mark {
            Mark::Line { points, .. } => points.clone(),
            Mark::Marker { x, y, .. } => vec![[*x, *y]],
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_run_from_left_to_right_and_the_target_lies_across() {
        let marks = drawn(&[Some(10), Some(20), Some(30)], Some(20));
        let [target, line, last] = &marks[..] else { panic!("{marks:?}") };
        assert!(matches!(target, Mark::Line { stroke: Stroke::Target, .. }));
        let (target, line) = (points(target), points(line));
        assert_eq!([target[0][0], target[1][0]], [0.0, WIDTH]);
        assert!(line[0][1] > line[1][1] && line[1][1] > line[2][1], "larger is higher: {line:?}");
        assert_eq!(line[1][1], target[0][1], "a value that is the target lies on it");
        assert_eq!(points(last), [line[2]], "the last value has the sign");
    }

    #[test]
    fn a_year_without_a_value_is_a_gap() {
        let marks = drawn(&[Some(1), Some(2), None, Some(4)], None);
        assert_eq!(marks.len(), 3, "a line, a value alone, the sign of the last: {marks:?}");
        assert!(drawn(&[None, None], Some(3)).is_empty());
        assert!(drawn(&[], None).is_empty());
    }

    #[test]
    fn everything_stays_inside_the_box() {
        for (values, target) in [
            (vec![Some(5), Some(5)], Some(5)),
            (vec![Some(-400), Some(1_000_000), Some(3)], Some(-500)),
            (vec![Some(7)], None),
        ] {
            for mark in drawn(&values, target) {
                let inside =
                    |[x, y]: &[f64; 2]| (0.0..=WIDTH).contains(x) && (0.0..=HEIGHT).contains(y);
                assert!(points(&mark).iter().all(inside), "{mark:?}");
            }
        }
    }
}
