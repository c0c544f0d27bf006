//! The layout of horizontal charts: names at the left, legend above, ticks below.

use crate::canvas::area::Area;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::frame::cartesian::{Cartesian, CategoryAxis, Spec, TickSide};
use crate::frame::category_names::wrap_names;
use crate::frame::legend::Legend;
use crate::frame::scale::ValueAxis;
use crate::mark::Anchor;
use crate::space::{Frame, Orientation, SMALLEST, TALLEST, small};
use crate::text_metrics;
use soukatsu_core::model::figure::is_total;

/// What horizontal charts ask besides.
pub(crate) struct Options {
    /// Whether ticks and grid are drawn.
    pub ticked: bool,
    /// Points for numbers beyond the ends of negative and of positive bars.
    pub before: f64,
    pub after: f64,
    /// Bars in a row.
    pub per_row: usize,
    /// Whether the labels of reference lines get a row above the plot.
    pub labelled: bool,
    /// Whether the names of the series stand above the first row: the middle of the last part
    /// on the scale, and the width of its name in points.
    pub named: Option<(f64, f64)>,
}

/// What the rows of a horizontal chart leave for its bars.
pub(crate) struct Rows {
    pub thickness: f64,
    /// Space above each bar for numbers that do not fit into their segments.
    pub headroom: f64,
    /// Top of the row of series names above the first bar.
    pub names_top: f64,
}

/// Share of a row that its bars take, and the thickest bar in points.
const FILL: f64 = 0.72;
const THICKEST: f64 = 20.0;
/// Share of the width that names may take.
const NAMES: f64 = 0.45;
/// Space between names and plot.
const GAP: f64 = 4.0;

/// Lays out and draws the frame. `crowded` says for an axis whether numbers need room above
/// their bars. The chart grows only when its rows would touch each other.
pub(crate) fn frame(
    frame: &Frame,
    spec: &Spec,
    options: &Options,
    crowded: impl Fn(&ValueAxis) -> bool,
) -> (Cartesian, Rows) {
    let size = frame.text_size;
    let tick_size = small(size);
    let names = wrap_names(spec.categories, NAMES * frame.width / size);
    let widths = names.iter().map(|lines| text_metrics::widest(lines));
    let name_right = widths.fold(0.0, f64::max) * size;

    let most = ((frame.width - name_right) / (4.5 * size)) as i64;
    let scale = spec.scale(most.clamp(2, 5));
    let last_tick = match scale.ticks().last() {
        Some((_, text)) if options.ticked => text_metrics::width(text) * tick_size / 2.0,
        _ => 0.0,
    };
    // Numbers of thirty digits leave no plot: then they go without a place of their own.
    let fits = options.before + options.after <= 0.35 * frame.width;
    let (before, after) = if fits { (options.before, options.after) } else { (0.0, 0.0) };
    let left = name_right + GAP + before;
    let after = after.max(last_tick.min(0.2 * frame.width));
    let right = (frame.width - after - 0.5).max(left + 20.0);
    let range = match options.ticked {
        true => (scale.low(), scale.high()),
        false => (spec.low, spec.high),
    };
    let values = ValueAxis::horizontal(scale, range, left, right);

    let legend = Legend::new(&spec.entries, frame.width, size);
    let unit_width = text_metrics::width(&spec.unit) * tick_size;
    let beside = legend.rows <= 1 && legend.width + 1.5 * size + unit_width <= frame.width;
    let unit_top = if beside { 0.0 } else { legend.height + 0.4 * size };
    let unit_row = if spec.unit.is_empty() { 0.0 } else { tick_size };
    let label_row = if options.labelled { tick_size + 3.0 } else { 0.0 };
    let name_row = if options.named.is_some() { size + 2.0 } else { 0.0 };
    // A short unit stands at the end of the row of names.
    let among_names = legend.rows == 0
        && options.named.is_some_and(|(middle, width)| {
            let (low, high) = range;
            let middle = left + (middle - low) / (high - low).max(1e-9) * (right - left);
            middle + width / 2.0 + size <= frame.width - unit_width
        });
    let header = if among_names { 0.0 } else { legend.height.max(unit_top + unit_row) };
    let top = header + 3.0 + name_row + label_row;
    let names_top = header + 3.0;
    let unit_top = if among_names { names_top } else { unit_top };
    let ticks = if options.ticked { tick_size + 4.0 } else { 1.0 };
    let foot = ticks + spec.notes.foot_height(frame.width);
    let room = frame.default_height - foot - top;

    let rows = spec.categories.len().max(1) as f64;
    // Whether each row has room for numbers above its bar without the chart growing for them.
    let roomy = room / rows >= 2.0 * SMALLEST + 7.5;
    let raised = spec.stacked && roomy && crowded(&values);
    let headroom = if raised { SMALLEST + 2.5 } else { 0.0 };
    let per_row = options.per_row.max(1) as f64;
    let deepest = names.iter().map(Vec::len).max().unwrap_or(1);
    let least = (text_metrics::height(deepest) * size + 1.5)
        .max(per_row * (SMALLEST + 2.1) + 2.0)
        .max(headroom + SMALLEST + 5.0)
        .min((TALLEST - top - foot).max(40.0) / rows);
    let pitch = (room / rows).max(least);
    let plot = Area { left, top, right, bottom: top + pitch * rows };
    // Thick enough for a number inside each bar, or at each of several, where the row
    // allows that.
    let thick = pitch - headroom - 1.5;
    let wanted = match spec.stacked || options.per_row > 1 {
        true => (size + 2.6).min(thick / per_row),
        false => 0.0,
    };
    let fill = if raised { 0.86 } else { FILL };
    let thickness = (thick * fill / per_row).clamp(wanted, THICKEST.max(wanted));

    let mut canvas = Canvas::new(frame.width, plot.bottom + foot);
    let unit = Label::new(&spec.unit, tick_size).muted();
    canvas.text(Rank::Unit, &unit, Anchor::End, frame.width, unit_top);
    legend.draw(&mut canvas, 0.0, 0.0, |_| Rank::Legend);
    let categories = CategoryAxis { start: top, pitch, offset: headroom / 2.0 };
    draw_names(&mut canvas, spec, &names, &categories, name_right, size);
    let orientation = Orientation::Horizontal;
    let mut drawn = Cartesian { canvas, orientation, plot, values, upper: None, categories, size };
    if options.ticked {
        drawn.draw_ticks(values, TickSide::Below);
    }
    spec.notes.draw_foot(&mut drawn.canvas);
    (drawn, Rows { thickness, headroom, names_top })
}

/// Draws the names, flush right; only some of them where rows are lower than names.
fn draw_names(
    canvas: &mut Canvas,
    spec: &Spec,
    names: &[Vec<String>],
    axis: &CategoryAxis,
    right: f64,
    size: f64,
) {
    let deepest = names.iter().map(Vec::len).max().unwrap_or(1);
    let needed = text_metrics::height(deepest) * size + 1.0;
    let every = (needed / axis.pitch).ceil().max(1.0) as usize;
    for (row, lines) in names.iter().enumerate().step_by(every) {
        // Beside its bar, but never out of its row.
        let height = text_metrics::height(lines.len()) * size;
        let last = (row + every).min(names.len());
        let lowest = axis.start + last as f64 * axis.pitch - 0.7 - height;
        let highest = axis.start + row as f64 * axis.pitch + 0.7;
        if lowest < highest - 0.01 && row > 0 {
            continue;
        }
        let top = (axis.middle(row) - height / 2.0).max(highest).min(lowest);
        let bold = is_total(&spec.categories[row]) || spec.led_to == Some(row);
        let style = Label::new("", size).bold_if(bold);
        canvas.lines(Rank::Category(row), &style, lines, Anchor::End, right, top);
    }
}
