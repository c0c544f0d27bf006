//! Turns a figure into plain geometry: scales, ticks, stacking, and places for every label.
//!
//! In: `model::Figure` and the size of the space it gets. Out: a `Drawing`, marks with
//! coordinates in points, and the alternative text. A thin Typst renderer paints the marks.
//! Knows nothing of Typst, fonts or the disk; the same figure gives the same bytes.

#![warn(clippy::disallowed_methods, clippy::disallowed_macros)]

mod alt;
mod area;
mod band;
mod bars;
mod canvas;
#[cfg(test)]
mod checker;
mod columns;
mod ground;
mod header;
mod homes;
mod label;
mod legend;
mod lettering;
mod lines;
mod lying;
mod mark;
mod multiples;
mod multiples_grid;
mod names;
mod notes;
mod order;
mod paired;
mod paired_plan;
mod palette;
mod periods;
mod places;
mod reference;
mod ring;
mod ring_list;
mod ring_names;
mod roles;
mod row;
mod scale;
mod search;
mod sector;
mod shares;
mod slope;
mod slope_plan;
mod slope_sides;
mod spread;
mod stack;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_kinds;
#[cfg(test)]
mod tests_labels;
#[cfg(test)]
mod tests_ring;
mod upright;
mod values;

pub use alt::alt;
pub use mark::{Anchor, CellAt, Drawing, Ink, Mark, Paint, Shape, Stroke, Text, Weight};
pub use palette::{PaletteFault, palette_faults};
pub use row::draw_row;
pub use stack::totals;

use canvas::Canvas;
use legend::{Entry, Legend};
use table::Table;

use soukatsu_core::model::figure::{ChartKind, Figure};
use soukatsu_core::model::period::FiscalYear;

/// The space a drawing gets, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub width: f64,
    /// Height when the figure sets none.
    pub default_height: f64,
    /// Size of names and numbers; ticks and units are half a point smaller.
    pub text_size: f64,
    /// Points to keep above and below the plot of an upright chart at least, so that it is
    /// level with its neighbour.
    pub head: f64,
    pub foot: f64,
}

impl Frame {
    /// A frame of its own, with no neighbour to be level with.
    pub fn new(width: f64, default_height: f64, text_size: f64) -> Frame {
        Frame { width, default_height, text_size, head: 0.0, foot: 0.0 }
    }
}

/// Points in a millimetre.
const MM: f64 = 72.0 / 25.4;

/// Draws a figure.
///
/// The drawing is as wide as the frame. It is as high as the figure asks (in mm) or else the
/// frame, and higher only when its rows of text would otherwise touch each other.
/// Any data can be drawn: nothing at all, missing and negative values, fifty categories.
pub fn draw(figure: &Figure, frame: Frame) -> Drawing {
    let height = figure.height_mm.map_or(frame.default_height, |mm| mm * MM);
    let within = |value: f64, low: f64, high: f64| {
        if value.is_finite() { value.clamp(low, high) } else { low }
    };
    let frame = Frame {
        width: within(frame.width, 120.0, 2000.0),
        default_height: within(height, 40.0, 2000.0),
        text_size: within(frame.text_size, values::SMALLEST, 24.0),
        head: within(frame.head, 0.0, 1000.0),
        foot: within(frame.foot, 0.0, 1000.0),
    };
    let canvas = canvas(figure, &frame);
    // Under columns there may be no room for the names of departments; beside bars there is.
    let lying = turned(figure).filter(|_| canvas.lacks_names);
    match lying {
        Some(kind) => {
            let lying = Figure { kind, ..figure.clone() };
            self::canvas(&lying, &frame).finish(kind)
        }
        None => canvas.finish(figure.kind),
    }
}

/// The kind with bars in place of columns; years stay upright, for their course reads from left
/// to right.
fn turned(figure: &Figure) -> Option<ChartKind> {
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

fn canvas(figure: &Figure, frame: &Frame) -> Canvas {
    match figure.kind {
        ChartKind::Columns
        | ChartKind::StackedColumns
        | ChartKind::PercentColumns
        | ChartKind::ColumnsAndLine => columns::draw(figure, frame),
        ChartKind::Bars
        | ChartKind::StackedBars
        | ChartKind::PercentBars
        | ChartKind::RankedBars => bars::draw(figure, frame),
        ChartKind::Lines => lines::draw(figure, frame),
        ChartKind::Shares => shares::draw(figure, frame),
        ChartKind::Ring => explained(figure, frame, ring::draw),
        ChartKind::PairedBars => explained(figure, frame, paired::draw),
        ChartKind::Slope => explained(figure, frame, slope::draw),
        ChartKind::SmallMultiples => explained(figure, frame, multiples::draw),
    }
}

/// Draws a chart that has no legend; where values are not final, a row below says so.
fn explained(figure: &Figure, frame: &Frame, draw: fn(&Figure, &Frame) -> Canvas) -> Canvas {
    let Some(entry) = Entry::unsettled(figure, &Table::of(figure)) else {
        return draw(figure, frame);
    };
    let legend = Legend::new(&[entry], frame.width, frame.text_size);
    let row = legend.height + 0.6 * frame.text_size;
    let mut canvas = draw(figure, &Frame { default_height: frame.default_height - row, ..*frame });
    canvas.height += row;
    let top = canvas.height - legend.height;
    legend.draw(&mut canvas, frame.width - legend.width, top, |_| canvas::Rank::Notes);
    canvas
}

/// The size of ticks and units beside text of this size, in points.
fn small(size: f64) -> f64 {
    (size - 0.5).max(values::SMALLEST)
}
