//! The frame of charts whose bars lie: names at the left, legend above, ticks below.

use crate::canvas::area::Area;
use crate::canvas::hit_test::Ground;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::frame::category_names::wrap_names;
use crate::frame::legend::{Entry, Legend};
use crate::frame::reference::Reference;
use crate::frame::scale::Scale;
use crate::label::notes::Notes;
use crate::mark::{Anchor, Stroke};
use crate::space::{Frame, SMALLEST, TALLEST, small};
use crate::text_metrics::{self, LEADING};
use soukatsu_core::model::figure::is_total;

/// Share of a row that its bars take, and the thickest bar in points.
const FILL: f64 = 0.72;
const THICKEST: f64 = 20.0;
/// Share of the width that names may take.
const NAMES: f64 = 0.45;
/// Space between names and plot.
const GAP: f64 = 4.0;

/// What a chart asks of its frame.
pub(crate) struct Wishes<'a> {
    /// The unit as it stands at the axis, and as the report names it.
    pub unit: String,
    pub plain_unit: &'a str,
    pub categories: &'a [String],
    /// The category whose name is bold.
    pub led_to: Option<usize>,
    pub entries: Vec<Entry>,
    /// What the plot must cover.
    pub low: f64,
    pub high: f64,
    pub whole: bool,
    /// Whether ticks and grid are drawn.
    pub ticked: bool,
    /// Points for numbers beyond the ends of negative and of positive bars.
    pub before: f64,
    pub after: f64,
    /// Bars in a row.
    pub per_row: usize,
    /// Whether numbers stand inside the bars.
    pub stacked: bool,
    /// Whether the labels of reference lines get a row above the plot.
    pub labelled: bool,
    /// Whether the names of the series stand above the first row: the middle of the last part
    /// on the scale, and the width of its name in points.
    pub named: Option<(f64, f64)>,
    pub notes: &'a Notes,
}

/// A chart with its frame planned.
pub(crate) struct Lying {
    pub plot: Area,
    pub size: f64,
    scale: Scale,
    low: f64,
    high: f64,
    legend: Legend,
    unit_top: f64,
    /// Top of the row of series names above the first bar.
    pub names_top: f64,
    names: Vec<Vec<String>>,
    name_right: f64,
    foot: f64,
    rows: usize,
    pitch: f64,
    per_row: usize,
    stacked: bool,
    /// Space above each bar for numbers that do not fit into their segments.
    pub headroom: f64,
    pub thickness: f64,
}

impl Lying {
    /// Plans across the page: names, numbers, plot. The rows follow in `plan_rows`.
    pub fn new(frame: &Frame, wishes: &Wishes) -> Lying {
        let size = frame.text_size;
        let tick_size = small(size);
        let names = wrap_names(wishes.categories, NAMES * frame.width / size);
        let widths = names.iter().map(|lines| text_metrics::widest(lines));
        let name_right = widths.fold(0.0, f64::max) * size;

        let most = ((frame.width - name_right) / (4.5 * size)) as i64;
        let most = most.clamp(2, 5);
        let scale =
            Scale::covering(wishes.low, wishes.high, most, wishes.whole).spoken(wishes.plain_unit);
        let last_tick = match scale.ticks().last() {
            Some((_, text)) if wishes.ticked => text_metrics::width(text) * tick_size / 2.0,
            _ => 0.0,
        };
        // Numbers of thirty digits leave no plot: then they go without a place of their own.
        let fits = wishes.before + wishes.after <= 0.35 * frame.width;
        let (before, after) = if fits { (wishes.before, wishes.after) } else { (0.0, 0.0) };
        let left = name_right + GAP + before;
        let after = after.max(last_tick.min(0.2 * frame.width));
        let right = (frame.width - after - 0.5).max(left + 20.0);

        let (low, high) = match wishes.ticked {
            true => (scale.low(), scale.high()),
            false => (wishes.low, wishes.high),
        };
        let legend = Legend::new(&wishes.entries, frame.width, size);
        let unit_width = text_metrics::width(&wishes.unit) * tick_size;
        let beside = legend.rows <= 1 && legend.width + 1.5 * size + unit_width <= frame.width;
        let unit_top = if beside { 0.0 } else { legend.height + 0.4 * size };
        let unit_row = if wishes.unit.is_empty() { 0.0 } else { tick_size };
        let label_row = if wishes.labelled { tick_size + 3.0 } else { 0.0 };
        let name_row = if wishes.named.is_some() { size + 2.0 } else { 0.0 };
        // A short unit stands at the end of the row of names.
        let among_names = legend.rows == 0
            && wishes.named.is_some_and(|(middle, width)| {
                let middle = left + (middle - low) / (high - low).max(1e-9) * (right - left);
                middle + width / 2.0 + size <= frame.width - unit_width
            });
        let header = if among_names { 0.0 } else { legend.height.max(unit_top + unit_row) };
        let top = header + 3.0 + name_row + label_row;
        let names_top = header + 3.0;
        let unit_top = if among_names { names_top } else { unit_top };
        let ticks = if wishes.ticked { tick_size + 4.0 } else { 1.0 };
        let foot = ticks + wishes.notes.foot_height(frame.width);
        Lying {
            plot: Area { left, top, right, bottom: frame.default_height - foot },
            size,
            scale,
            low,
            high,
            legend,
            unit_top,
            names_top,
            names,
            name_right,
            foot,
            rows: wishes.categories.len().max(1),
            pitch: 0.0,
            per_row: wishes.per_row.max(1),
            stacked: wishes.stacked,
            headroom: 0.0,
            thickness: 0.0,
        }
    }

    /// Whether each row has room for numbers above its bar without the chart growing for them.
    pub fn has_headroom(&self) -> bool {
        self.plot.height() / self.rows as f64 >= 2.0 * SMALLEST + 7.5
    }

    /// Plans down the page. The chart grows only when its rows would touch each other.
    pub fn plan_rows(&mut self, headroom: bool) {
        self.headroom = if headroom { SMALLEST + 2.5 } else { 0.0 };
        let per_row = self.per_row as f64;
        let deepest = self.names.iter().map(Vec::len).max().unwrap_or(1);
        let least = (text_metrics::height(deepest) * self.size + 1.5)
            .max(per_row * (SMALLEST + 2.1) + 2.0)
            .max(self.headroom + SMALLEST + 5.0)
            .min((TALLEST - self.plot.top - self.foot).max(40.0) / self.rows as f64);
        self.pitch = (self.plot.height() / self.rows as f64).max(least);
        self.plot.bottom = self.plot.top + self.pitch * self.rows as f64;
        // Thick enough for a number inside each bar, or at each of several, where the row
        // allows that.
        let room = self.pitch - self.headroom - 1.5;
        let wanted = match self.stacked || self.per_row > 1 {
            true => (self.size + 2.6).min(room / per_row),
            false => 0.0,
        };
        let fill = if headroom { 0.86 } else { FILL };
        self.thickness = (room * fill / per_row).clamp(wanted, THICKEST.max(wanted));
    }

    /// Draws everything but the bars.
    pub fn draw(&self, width: f64, wishes: &Wishes) -> Canvas {
        let mut canvas = Canvas::new(width, self.plot.bottom + self.foot);
        let unit = Label::new(&wishes.unit, small(self.size)).muted();
        canvas.text(Rank::Unit, &unit, Anchor::End, width, self.unit_top);
        self.legend.draw(&mut canvas, 0.0, 0.0, |_| Rank::Legend);
        self.draw_names(&mut canvas, wishes);
        if wishes.ticked {
            self.draw_ticks(&mut canvas);
        }
        wishes.notes.draw_foot(&mut canvas);
        canvas
    }

    fn draw_names(&self, canvas: &mut Canvas, wishes: &Wishes) {
        let size = self.size;
        let deepest = self.names.iter().map(Vec::len).max().unwrap_or(1);
        let needed = text_metrics::height(deepest) * size + 1.0;
        let every = (needed / self.pitch).ceil().max(1.0) as usize;
        for (row, lines) in self.names.iter().enumerate().step_by(every) {
            // Beside its bar, but never out of its row.
            let height = text_metrics::height(lines.len()) * size;
            let last = (row + every).min(self.rows);
            let lowest = self.plot.top + last as f64 * self.pitch - 0.7 - height;
            let highest = self.plot.top + row as f64 * self.pitch + 0.7;
            if lowest < highest - 0.01 && row > 0 {
                continue;
            }
            let top = (self.middle(row) - height / 2.0).max(highest).min(lowest);
            for (index, line) in lines.iter().enumerate() {
                let label = Label::new(line, size);
                let bold = is_total(&wishes.categories[row]) || wishes.led_to == Some(row);
                let label = if bold { label.bold() } else { label };
                let y = top + index as f64 * LEADING * size;
                canvas.text(Rank::Category(row), &label, Anchor::End, self.name_right, y);
            }
        }
    }

    fn draw_ticks(&self, canvas: &mut Canvas) {
        let size = small(self.size);
        let Area { top, bottom, .. } = self.plot;
        let ticks = self.scale.ticks();
        let widths = ticks.iter().map(|(_, text)| text_metrics::width(text));
        let needed = widths.fold(0.0, f64::max) * size + 4.0;
        let pitch = self.plot.width() / self.scale.intervals().max(1) as f64;
        let every = self.scale.every(needed, pitch);
        for (index, (value, text)) in ticks.iter().enumerate() {
            let x = self.x(*value);
            if *value != 0.0 {
                canvas.grid([x, top], [x, bottom]);
            }
            if index.is_multiple_of(every) {
                let label = Label::new(text, size).muted();
                canvas.text(Rank::Ticks, &label, Anchor::Middle, x, bottom + 3.0);
            }
        }
    }

    /// The line where bars start, and the reference lines across all rows.
    pub fn draw_lines(&self, canvas: &mut Canvas, references: &[Reference], labelled: bool) {
        let Area { top, bottom, .. } = self.plot;
        let zero = self.x(0.0);
        canvas.line(vec![[zero, top], [zero, bottom]], Stroke::Axis);
        for line in references {
            let x = self.x(line.value);
            let from = if labelled { top - 2.0 } else { top };
            canvas.line(vec![[x, from], [x, bottom]], line.stroke);
        }
    }

    /// Sets the labels of the reference lines above the plot; `false` without room.
    pub fn label_references(&self, canvas: &mut Canvas, references: &[Reference]) -> bool {
        let size = small(self.size);
        references.iter().all(|line| {
            let label = Label::new(&line.label, size);
            let x = self.x(line.value);
            // The label may slide as long as the line still points at it.
            let slack = (label.width() / 2.0).max(0.0) as usize;
            let slide = (0..=slack).flat_map(|far| [x + far as f64, x - far as f64]);
            let mut places: Vec<Area> =
                slide.map(|x| label.area(Anchor::Middle, x, self.plot.top - size - 4.0)).collect();
            places.retain(|place| canvas.ground(place) == Ground::Paper);
            canvas.text_at_first_free(Rank::Reference, &label, places)
        })
    }

    pub fn x(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        let fraction = if span > 0.0 { (value - self.low) / span } else { 0.0 };
        self.plot.left + fraction.clamp(0.0, 1.0) * self.plot.width()
    }

    /// Middle of the bars of a row.
    pub fn middle(&self, row: usize) -> f64 {
        self.plot.top + (row as f64 + 0.5) * self.pitch + self.headroom / 2.0
    }
}
