//! What lies where in a chart in the making: questions of labels that look for a place.

use super::area::Area;
use super::canvas::Canvas;
use super::ground::CLEARANCE;
use super::mark::{CellAt, Mark, Stroke};

impl Canvas {
    /// Whether any part of a text lies here.
    pub fn has_text(&self, area: &Area) -> bool {
        self.texts.iter().any(|(_, _, text)| text.overlaps(area))
    }

    /// Whether a reference line passes here.
    pub fn has_line(&self, area: &Area) -> bool {
        self.shapes.iter().any(|shape| match shape {
            Mark::Line { points, stroke: Stroke::Target | Stroke::Baseline } => {
                points.windows(2).any(|pair| area.crossed_by(pair[0], pair[1]))
            }
            _ => false,
        })
    }

    /// The box around the marks that stand for some values, and whether they are points.
    pub fn marks_of(&self, wanted: impl Fn(CellAt) -> bool) -> Option<(Area, bool)> {
        let marks = self.shapes.iter().filter_map(|shape| match shape {
            Mark::Rect { x, y, w, h, cell, .. } if cell.is_some_and(&wanted) => {
                Some((Area::new(*x, *y, *w, *h), false))
            }
            Mark::Marker { x, y, r, cell, .. } if cell.is_some_and(&wanted) => {
                Some((Area::new(x - r, y - r, 2.0 * r, 2.0 * r), true))
            }
            _ => None,
        });
        marks.reduce(|(all, point), (own, _)| (all.with(&own), point))
    }

    /// Whether a thin line may lead from here to there: past texts, lines and all signs but
    /// those around `own`.
    pub fn clear(&self, from: [f64; 2], to: [f64; 2], own: [f64; 2]) -> bool {
        let crossed = |area: Area| area.crossed_by(from, to);
        let texts = self.texts.iter().any(|(_, _, area)| crossed(area.grown(CLEARANCE)));
        !texts
            && !self.shapes.iter().any(|shape| match shape {
                Mark::Rect { x, y, w, h, .. } => crossed(Area::new(*x, *y, *w, *h)),
                Mark::Marker { x, y, .. } if [*x, *y] == own => false,
                Mark::Marker { x, y, r, .. } | Mark::Sector { x, y, outer: r, .. } => {
                    crossed(Area::new(x - r, y - r, 2.0 * r, 2.0 * r))
                }
                Mark::Line { points, .. } => {
                    points.windows(2).any(|pair| crossing([pair[0], pair[1]], [from, to]))
                }
                Mark::Text(_) => false,
            })
    }

    /// Whether no other text stands beside this place within `space` points.
    pub fn apart(&self, area: &Area, space: f64) -> bool {
        let around = Area { left: area.left - space, right: area.right + space, ..*area };
        !self.texts.iter().any(|(_, _, text)| text.overlaps(&around))
    }

    /// Whether a text here is clearly nearer to the data point at `own` than to any other.
    pub fn nearest_is(&self, own: [f64; 2], area: &Area) -> bool {
        let distance = area.distance(own);
        self.shapes.iter().all(|shape| match shape {
            Mark::Marker { x, y, .. } => {
                [*x, *y] == own || area.distance([*x, *y]) > 1.25 * distance + 0.5
            }
            _ => true,
        })
    }
}

/// Whether two straight strokes cross.
fn crossing([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> bool {
    let side = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
