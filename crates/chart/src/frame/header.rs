//! Units and legend above a plot.

use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::frame::legend::{Legend, LegendEntry};
use crate::mark::Anchor;
use crate::space::small;
use crate::text_metrics;

/// The rows above a plot, laid out.
pub(crate) struct Header {
    left: String,
    right: String,
    legend: Legend,
    legend_x: f64,
    unit_top: f64,
    unit_size: f64,
    pub height: f64,
}

impl Header {
    /// A unit at the left, one at the right, or both; the legend stands between them if it
    /// fits into one row, else above.
    pub fn new(
        left: &str,
        right: Option<&str>,
        entries: &[LegendEntry],
        width: f64,
        size: f64,
    ) -> Header {
        let right = right.unwrap_or("");
        let legend = Legend::new(entries, width, size);
        let unit_size = small(size);
        let taken = |text: &str| match text {
            "" => 0.0,
            _ => text_metrics::width(text) * unit_size + 1.5 * size,
        };
        let beside = legend.rows <= 1 && taken(left) + taken(right) + legend.width <= width;
        let unit_row = if left.is_empty() && right.is_empty() { 0.0 } else { unit_size };
        let unit_top = if beside { 0.0 } else { legend.height + 0.5 * size };
        let legend_x = match (beside, left.is_empty()) {
            (true, false) => width - legend.width - taken(right),
            _ => 0.0,
        };
        Header {
            left: left.to_string(),
            right: right.to_string(),
            height: legend.height.max(unit_top + unit_row),
            legend,
            legend_x,
            unit_top,
            unit_size,
        }
    }

    pub fn has_legend(&self) -> bool {
        self.legend.rows > 0
    }

    /// Width of the left unit in points.
    pub fn left_width(&self) -> f64 {
        text_metrics::width(&self.left) * self.unit_size
    }

    /// Draws the rows, the units `lower` points further down where the plot is; the left unit
    /// at another height when its scale begins there.
    pub fn draw(&self, canvas: &mut Canvas, lower: f64, left_top: Option<f64>) {
        let unit_top = self.unit_top + lower;
        let left_top = left_top.unwrap_or(unit_top);
        let places = [
            (&self.left, Anchor::Start, 0.0, left_top),
            (&self.right, Anchor::End, canvas.width, unit_top),
        ];
        for (unit, anchor, x, top) in places {
            let label = Label::new(unit, self.unit_size).muted();
            canvas.text(Rank::Unit, &label, anchor, x, top);
        }
        self.legend.draw(canvas, self.legend_x, 0.0, |_| Rank::Legend);
    }
}
