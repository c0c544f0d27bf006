//! Two series back to back, as in a population pyramid.

use super::canvas::Canvas;
use super::{Frame, bars};
use crate::model::figure::Figure;

/// Draws the figure.
pub(super) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    bars::draw(figure, frame)
}
