//! The shares of one whole as a ring.

use super::canvas::Canvas;
use super::{Frame, shares};
use crate::model::figure::Figure;

/// Draws the figure.
pub(super) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    shares::draw(figure, frame)
}
