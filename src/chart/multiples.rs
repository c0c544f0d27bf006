//! Small multiples: one small chart a series, all on the same scale.

use super::canvas::Canvas;
use super::{Frame, columns};
use crate::model::figure::Figure;

/// Draws the figure.
pub(super) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    columns::draw(figure, frame)
}
