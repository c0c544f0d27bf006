//! The first time against the last: one line an item.

use super::canvas::Canvas;
use super::{Frame, lines};
use crate::model::figure::Figure;

/// Draws the figure.
pub(super) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    lines::draw(figure, frame)
}
