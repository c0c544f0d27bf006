//! Turns a figure into plain geometry: scales, ticks, stacking, and places for every label.
//!
//! In: `model::Figure` and the size of the space it gets. Out: a `Drawing`, marks with
//! coordinates in points, and the alternative text. A thin Typst renderer paints the marks.
//! Knows nothing of Typst, fonts or the disk; the same figure gives the same bytes.
//!
//! One direction: `kinds` → `frame` → `label` → `canvas` → [`Mark`]; all but the last read the
//! figure as `data` gives it. `alt` and `palette` stand apart.

#![warn(clippy::disallowed_methods, clippy::disallowed_macros)]

mod alt;
mod canvas;
mod data;
mod frame;
mod kinds;
mod label;
mod mark;
mod palette;
mod space;
mod sparkline;
mod text_metrics;

pub use alt::alt;
pub use data::stack::totals;
pub use mark::{Anchor, CellAt, Drawing, Ink, Mark, Paint, Shape, Stroke, Text, Weight};
pub use palette::{PaletteFault, palette_faults};
pub use space::Frame;
pub use sparkline::sparkline;

use soukatsu_core::model::figure::{ChartKind, Figure};
use soukatsu_core::model::period::FiscalYear;

/// Draws a figure.
///
/// The drawing is as wide as the frame. It is as high as the figure asks (in mm) or else the
/// frame, and higher only when its rows of text would otherwise touch each other.
/// Any data can be drawn: nothing at all, missing and negative values, fifty categories.
pub fn draw(figure: &Figure, frame: Frame) -> Drawing {
    // Totals among the parts are not drawn; marks stand for cells of the whole data all the same.
    if let Some(parts) = figure.without_totals() {
        let (series, rows) = figure.drawn();
        let mut drawing = draw(&parts, frame);
        for cell in drawing.marks.iter_mut().filter_map(Mark::cell_mut) {
            *cell = (series[cell.0], rows[cell.1]);
        }
        return drawing;
    }
    let height = figure.height_mm.map_or(frame.default_height, |mm| mm * space::MM);
    let within = |value: f64, low: f64, high: f64| {
        if value.is_finite() { value.clamp(low, high) } else { low }
    };
    let frame = Frame {
        width: within(frame.width, 120.0, 2000.0),
        default_height: within(height, 40.0, 2000.0),
        text_size: within(frame.text_size, space::SMALLEST, 24.0),
        head: within(frame.head, 0.0, 1000.0),
        foot: within(frame.foot, 0.0, 1000.0),
    };
    let canvas = kinds::draw(figure, &frame);
    // Under columns there may be no room for the names of departments; beside bars there is.
    let horizontal = horizontal_kind(figure).filter(|_| canvas.lacks_names);
    match horizontal {
        Some(kind) => {
            let turned = Figure { kind, ..figure.clone() };
            kinds::draw(&turned, &frame).finish(kind)
        }
        None => canvas.finish(figure.kind),
    }
}

/// Draws the figures of a row, each in its own frame.
///
/// The tallest decides the height of all. Plots of vertical charts begin at one height and end
/// at one height. A figure alone in its row is drawn as [`draw`] draws it.
pub fn draw_row(row: &[(&Figure, Frame)]) -> Vec<Drawing> {
    frame::row::level(row, draw)
}

/// The kind with bars in place of columns; years stay columns, for their course reads from left
/// to right.
fn horizontal_kind(figure: &Figure) -> Option<ChartKind> {
    let categories = &figure.data.categories;
    if categories.iter().all(|name| FiscalYear::parse(name).is_some()) {
        return None;
    }
    Some(match figure.kind {
        ChartKind::Columns => ChartKind::Bars,
        ChartKind::StackedColumns => ChartKind::StackedBars,
        ChartKind::PercentColumns => ChartKind::PercentBars,
        _ => return None,
    })
}
