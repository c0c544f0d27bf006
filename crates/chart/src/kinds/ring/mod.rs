//! The shares of one whole as a ring, from twelve o'clock clockwise in the order of the data.
//!
//! Names stand around the ring where all of them find room there, else in a list beside it.

mod listed;
mod named;
mod whole;

use crate::canvas::Canvas;
use crate::data::table::Table;
use crate::space::Frame;
use soukatsu_core::model::figure::Figure;
use whole::Whole;

/// Draws the figure.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    let whole = Whole::of(&table, figure);
    if whole.is_empty() {
        return Canvas::without_data(frame.width, frame.default_height, frame.text_size);
    }
    named::draw(&whole, frame).unwrap_or_else(|| listed::draw(&whole, frame))
}
