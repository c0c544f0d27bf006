//! Every kind of chart, one file each.

mod bars;
mod lines;
mod multiples;
mod paired;
mod ring;
mod shares;
mod slope;

use crate::canvas::{Canvas, Rank};
use crate::data::table::Table;
use crate::frame::legend::{Legend, LegendEntry};
use crate::space::Frame;
use soukatsu_core::model::figure::{ChartKind, Figure};

/// Draws a figure as its kind wants it.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    match figure.kind {
        ChartKind::Columns
        | ChartKind::StackedColumns
        | ChartKind::PercentColumns
        | ChartKind::ColumnsAndLine
        | ChartKind::Bars
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
    let Some(entry) = LegendEntry::unsettled(figure, &Table::of(figure)) else {
        return draw(figure, frame);
    };
    let legend = Legend::new(&[entry], frame.width, frame.text_size);
    let row = legend.height + 0.6 * frame.text_size;
    let mut canvas = draw(figure, &Frame { default_height: frame.default_height - row, ..*frame });
    canvas.height += row;
    let top = canvas.height - legend.height;
    legend.draw(&mut canvas, frame.width - legend.width, top, |_| Rank::Notes);
    canvas
}
