//! The layout of vertical charts: header, scales at the sides, category names below, and the
//! plot between them.

use crate::canvas::Canvas;
use crate::canvas::area::Area;
use crate::frame::cartesian::{
    Cartesian, CategoryAxis, Spec, TICK_GAP, TickSide, start, tick_width,
};
use crate::frame::category_names::Names;
use crate::frame::header::Header;
use crate::frame::periods::{Brackets, Period};
use crate::frame::scale::{Scale, ValueAxis};
use crate::space::{Frame, Orientation, small};

/// What vertical charts ask besides.
pub(crate) struct Options<'a> {
    /// Points to keep free at the right for labels beside the plot.
    pub side: f64,
    /// Points to keep free to the right of the middle of the last category.
    pub after_last: f64,
    /// Lowest and highest value that may carry a label beyond its end.
    pub labelled: (f64, f64),
    /// Width of the widest of these labels in ems.
    pub widest: f64,
    pub line: Option<LineSpec>,
    /// Points that marks may reach below the plot.
    pub below: f64,
    pub periods: &'a [Period],
}

/// A line above the columns, with its own scale at the right.
pub(crate) struct LineSpec {
    pub unit: String,
    pub low: f64,
    pub high: f64,
    pub whole: bool,
}

/// The line's share of the plot.
const UPPER: f64 = 0.34;

/// Lays out and draws the frame.
pub(crate) fn frame(frame: &Frame, spec: &Spec, options: &Options) -> Cartesian {
    let size = frame.text_size;
    let tick_size = small(size);
    let label = size + 3.0;
    let slots = spec.categories.len().max(1);
    let right_unit = options.line.as_ref().map(|line| line.unit.as_str());
    let header_of = |unit: &str| Header::new(unit, right_unit, &spec.entries, frame.width, size);
    let top_of = |header: &Header| header.height + tick_size / 2.0 + 3.0;
    let (above, between, share) = match &options.line {
        // Above the line there is room for its numbers, between the bands for two ticks,
        // and for the numbers of columns that are not stacked.
        Some(_) => {
            (label, tick_size / 2.0 + 3.5 + if spec.stacked { 0.0 } else { label }, 1.0 - UPPER)
        }
        None => (0.0, 0.0, 1.0),
    };

    // The number of ticks depends on the height, which depends on the names' lines, whose
    // wrapping depends on the ticks' width: guess one line, then settle.
    let top = top_of(&header_of(&spec.unit));
    let guess = (frame.default_height - top - above - between - size - TICK_GAP) * share;
    let main = spec.scale(((guess / (2.2 * size)) as i64).clamp(2, 5));
    let header = header_of(&format!("{}{}", spec.unit, start(&main)));
    let upper =
        (options.line.as_ref()).map(|line| Scale::covering(line.low, line.high, 3, line.whole));
    let widest = 0.35 * frame.width;
    let left = (tick_width(&main, tick_size) + TICK_GAP).min(widest);
    let ticks = upper.map_or(0.0, |scale| tick_width(&scale, tick_size) + TICK_GAP);
    // The middle of the last of n slots is 1/2n of the plot away from its right edge.
    let half = 0.5 / slots as f64;
    let before_labels = (frame.width - options.after_last - half * left) / (1.0 - half);
    let right = (frame.width - ticks.min(widest) - options.side).min(before_labels);
    let right = right.max(left + 20.0);
    let slot = (right - left) / slots as f64;
    let names = Names::new(spec.categories, spec.led_to, slot, left, frame.width, size);

    let brackets = Brackets::new(options.periods, left, slot, frame.width, size);
    let brackets_top = header.height + 3.0;
    let own_top = top_of(&header) + brackets.height();
    let top = own_top.max(frame.head);
    // Where a neighbour pushes the plot down, units go with it.
    let lower = if options.periods.is_empty() { top - own_top } else { 0.0 };

    // Names wider than their slots reach below the ticks and keep clear of them.
    let gap = if names.every > 1 { tick_size / 2.0 + 1.5 } else { TICK_GAP };
    let gap = gap.max(options.below + 1.5);
    let foot = gap + names.height() + spec.notes.foot_height(frame.width);
    let foot = foot.max(frame.foot);
    let least = top + above + between + 3.5 * size / share + foot;
    let mut canvas = Canvas::new(frame.width, frame.default_height.max(least));
    let plot = Area { left, top, right, bottom: canvas.height - foot };
    let split = top + above + (plot.height() - above - between) * (1.0 - share);
    let mut values = ValueAxis::vertical(main, split + between, plot.bottom);
    let upper = upper.map(|scale| ValueAxis::vertical(scale, top + above, split));
    let (low, high) = options.labelled;
    // A row with nothing but a short unit leaves room for labels beside the unit.
    let unit_right = header.left_width() + 4.0;
    let beside_unit =
        header.has_legend() || unit_right > left + (slot - options.widest * size) / 2.0;
    if upper.is_none() && beside_unit {
        values.leave_above(high, label);
    }
    if low < 0.0 {
        values.leave_below(low, label);
    }

    // Of two bands, the lower one has its unit at its own top unless the line passes there.
    let free = header.left_width() + 5.0 < left + slot / 2.0;
    let unit_top = values.end - tick_size * 1.5 - 2.0;
    header.draw(&mut canvas, lower, (upper.is_some() && free).then_some(unit_top));
    names.draw(&mut canvas, left, slot, plot.bottom + gap);
    brackets.draw(&mut canvas, brackets_top, plot.bottom);
    spec.notes.draw_foot(&mut canvas);
    canvas.lacks_names = !names.whole;
    canvas.plot = Some([plot.top, plot.bottom]);
    let categories = CategoryAxis { start: left, pitch: slot, offset: 0.0 };
    let orientation = Orientation::Vertical;
    let mut drawn = Cartesian { canvas, orientation, plot, values, upper, categories, size };
    drawn.draw_ticks(values, TickSide::Left);
    if let Some(upper) = upper {
        drawn.draw_ticks(upper, TickSide::Right);
    }
    drawn
}
