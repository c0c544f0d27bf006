//! What a place for a text is made of.

use crate::canvas::area::Area;
use crate::canvas::sector::{Sector, Touch};
use crate::mark::{Mark, Paint};

/// Empty space around every text, in points.
pub(crate) const CLEARANCE: f64 = 1.0;

/// The same above and below a text inside a box.
const FLAT: f64 = 0.6;

/// What a place is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backdrop {
    Paper,
    /// Inside a shape of this paint.
    Shape(Paint),
    Blocked,
}

/// What a text in this place would stand on, other texts apart.
pub(crate) fn backdrop(shapes: &[Mark], area: &Area) -> Backdrop {
    let mut backdrop = Backdrop::Paper;
    for shape in shapes {
        match (touch(shape, area), shape) {
            (Touch::Apart, _) => {}
            (Touch::Inside, Mark::Rect { fill, .. } | Mark::Sector { fill, .. }) => {
                backdrop = Backdrop::Shape(*fill);
            }
            (Touch::Inside | Touch::Crossed, _) => return Backdrop::Blocked,
        }
    }
    backdrop
}

/// How a text with its clearance and a shape lie to each other.
fn touch(shape: &Mark, area: &Area) -> Touch {
    let wanted = area.grown(CLEARANCE);
    let crossed_if = |crossed: bool| if crossed { Touch::Crossed } else { Touch::Apart };
    match shape {
        Mark::Rect { x, y, w, h, .. } => {
            let rect = Area::new(*x, *y, *w, *h);
            // Digits do not fill the height of their box: a flat part of a stack can hold one.
            let wanted = Area { top: area.top - FLAT, bottom: area.bottom + FLAT, ..wanted };
            // Touching boxes of no height or width are edges all the same.
            match rect.grown(0.01).overlaps(&wanted) {
                true if rect.holds(&wanted) => Touch::Inside,
                overlapping => crossed_if(overlapping),
            }
        }
        Mark::Sector { x, y, inner, outer, from, to, .. } => {
            let (inner, outer, from, to) = (*inner, *outer, *from, *to);
            Sector { middle: [*x, *y], inner, outer, from, to }.touch(&wanted)
        }
        Mark::Line { points, stroke } => {
            let near = area.grown(CLEARANCE + stroke.reach());
            crossed_if(points.windows(2).any(|pair| near.crossed_by(pair[0], pair[1])))
        }
        Mark::Marker { x, y, r, .. } => {
            crossed_if(Area::new(x - r, y - r, 2.0 * r, 2.0 * r).overlaps(&wanted))
        }
        Mark::Text(_) => Touch::Apart,
    }
}
