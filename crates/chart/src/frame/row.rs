//! Figures side by side: drawings of one height, with plots that are level.

use crate::mark::Drawing;
use crate::space::{Frame, MM};
use soukatsu_core::model::figure::Figure;

/// How often a row is drawn at most: each time one chart may ask the others for more room.
const ROUNDS: usize = 8;
/// Lengths that differ by less are the same, in points.
const SAME: f64 = 0.01;

/// Draws the figures of a row with `draw`, again and again until none needs more room.
pub(crate) fn level(
    row: &[(&Figure, Frame)],
    draw: impl Fn(&Figure, Frame) -> Drawing,
) -> Vec<Drawing> {
    let mut drawings: Vec<Drawing> =
        row.iter().map(|(figure, frame)| draw(figure, *frame)).collect();
    if row.len() < 2 {
        return drawings;
    }
    let mut level = Level::default();
    for _ in 0..ROUNDS {
        if !level.raise_to(&drawings) {
            break;
        }
        let levelled = |(figure, frame): &(&Figure, Frame)| {
            let (figure, frame) = level.apply(figure, frame);
            draw(&figure, frame)
        };
        drawings = row.iter().map(levelled).collect();
    }
    drawings
}

/// What all drawings of a row keep to, in points.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    height: f64,
    head: f64,
    foot: f64,
}

impl Level {
    /// Makes room for every drawing; `false` when there was enough.
    fn raise_to(&mut self, drawings: &[Drawing]) -> bool {
        let mut raised = false;
        let mut raise = |own: &mut f64, wanted: f64| {
            if wanted > *own + SAME {
                *own = wanted;
                raised = true;
            }
        };
        for drawing in drawings {
            raise(&mut self.height, drawing.height);
            if let Some([top, bottom]) = drawing.plot {
                raise(&mut self.head, top);
                raise(&mut self.foot, drawing.height - bottom);
            }
        }
        raised
    }

    /// The figure at this level; room that its own frame asks for is kept.
    fn apply(&self, figure: &Figure, frame: &Frame) -> (Figure, Frame) {
        let figure = Figure { height_mm: Some(self.height / MM), ..figure.clone() };
        let (head, foot) = (self.head.max(frame.head), self.foot.max(frame.foot));
        (figure, Frame { head, foot, ..*frame })
    }
}
