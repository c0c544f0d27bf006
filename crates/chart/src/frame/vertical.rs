//! The frame of upright charts: header, scales, category names, and the plot between them.

use crate::canvas::area::Area;
use crate::canvas::hit_test::Ground;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::frame::category_names::Names;
use crate::frame::header::Header;
use crate::frame::legend::Entry;
use crate::frame::periods::{Brackets, Period};
use crate::frame::reference::Reference;
use crate::frame::scale::{Band, Scale};
use crate::label::notes::Notes;
use crate::label::side::{self, SideLabel};
use crate::label::strategy::Home;
use crate::mark::{Anchor, Stroke};
use crate::space::{Frame, small};
use crate::text_metrics;

/// What a chart asks of its frame.
pub(crate) struct Wishes<'a> {
    pub unit: String,
    pub categories: &'a [String],
    /// The category whose name is bold.
    pub led_to: Option<usize>,
    pub entries: Vec<Entry>,
    /// Points to keep free at the right for labels beside the plot.
    pub side: f64,
    /// Points to keep free to the right of the middle of the last category.
    pub after_last: f64,
    /// Lowest and highest value that may carry a label beyond its end.
    pub labelled: (f64, f64),
    /// Width of the widest of these labels in ems.
    pub widest: f64,
    /// Whether numbers stand inside the columns, not above them.
    pub stacked: bool,
    pub line: Option<LineWishes>,
    /// Points that marks may reach below the plot.
    pub below: f64,
    pub periods: &'a [Period],
    pub notes: &'a Notes,
}

/// A line above the columns, with its own scale at the right.
pub(crate) struct LineWishes {
    pub unit: String,
    pub low: f64,
    pub high: f64,
    pub whole: bool,
}

/// A chart with its frame drawn.
pub(crate) struct Upright {
    pub canvas: Canvas,
    /// The whole plot, all bands together.
    pub plot: Area,
    pub main: Band,
    /// The band of the line, above the columns: two scales in one place would invite readers
    /// to see crossings that mean nothing.
    pub upper: Option<Band>,
    pub size: f64,
    slots: usize,
}

/// Space between ticks and plot, and between plot and category names.
const GAP: f64 = 3.0;
/// Space between a label inside the chart and the numbers beside it, in ems.
const APART: f64 = 1.2;
/// How far a label of a reference line may be moved from its line, in ems.
const FAR: f64 = 1.1;
/// The line's share of the plot.
const UPPER: f64 = 0.34;

impl Upright {
    /// Lays out and draws the frame. `scale` gives the scale for a number of intervals.
    pub fn new(frame: &Frame, wishes: &Wishes, scale: impl Fn(i64) -> Scale) -> Upright {
        let size = frame.text_size;
        let tick_size = small(size);
        let label = size + 3.0;
        let slots = wishes.categories.len().max(1);
        let right_unit = wishes.line.as_ref().map(|line| line.unit.as_str());
        let header_of =
            |unit: &str| Header::new(unit, right_unit, &wishes.entries, frame.width, size);
        let top_of = |header: &Header| header.height + tick_size / 2.0 + 3.0;
        let (above, between, share) = match &wishes.line {
            // Above the line there is room for its numbers, between the bands for two ticks,
            // and for the numbers of columns that are not stacked.
            Some(_) => (
                label,
                tick_size / 2.0 + 3.5 + if wishes.stacked { 0.0 } else { label },
                1.0 - UPPER,
            ),
            None => (0.0, 0.0, 1.0),
        };

        // The number of ticks depends on the height, which depends on the names' lines, whose
        // wrapping depends on the ticks' width: guess one line, then settle.
        let top = top_of(&header_of(&wishes.unit));
        let guess = (frame.default_height - top - above - between - size - GAP) * share;
        let main = scale(((guess / (2.2 * size)) as i64).clamp(2, 5));
        let header = header_of(&format!("{}{}", wishes.unit, start(&main)));
        let upper =
            (wishes.line.as_ref()).map(|line| Scale::covering(line.low, line.high, 3, line.whole));
        let widest = 0.35 * frame.width;
        let left = (tick_width(&main, tick_size) + GAP).min(widest);
        let ticks = upper.map_or(0.0, |scale| tick_width(&scale, tick_size) + GAP);
        // The middle of the last of n slots is 1/2n of the plot away from its right edge.
        let half = 0.5 / slots as f64;
        let before_labels = (frame.width - wishes.after_last - half * left) / (1.0 - half);
        let right = (frame.width - ticks.min(widest) - wishes.side).min(before_labels);
        let right = right.max(left + 20.0);
        let slot = (right - left) / slots as f64;
        let names = Names::new(wishes.categories, wishes.led_to, slot, left, frame.width, size);

        let brackets = Brackets::new(wishes.periods, left, slot, frame.width, size);
        let brackets_top = header.height + 3.0;
        let own_top = top_of(&header) + brackets.height();
        let top = own_top.max(frame.head);
        // Where a neighbour pushes the plot down, units go with it.
        let lower = if wishes.periods.is_empty() { top - own_top } else { 0.0 };

        // Names wider than their slots reach below the ticks and keep clear of them.
        let gap = if names.every > 1 { tick_size / 2.0 + 1.5 } else { GAP };
        let gap = gap.max(wishes.below + 1.5);
        let foot = gap + names.height() + wishes.notes.foot_height(frame.width);
        let foot = foot.max(frame.foot);
        let least = top + above + between + 3.5 * size / share + foot;
        let mut canvas = Canvas::new(frame.width, frame.default_height.max(least));
        let plot = Area { left, top, right, bottom: canvas.height - foot };
        let split = top + above + (plot.height() - above - between) * (1.0 - share);
        let mut main = Band { top: split + between, bottom: plot.bottom, scale: main };
        let upper = upper.map(|scale| Band { top: top + above, bottom: split, scale });
        let (low, high) = wishes.labelled;
        // A row with nothing but a short unit leaves room for labels beside the unit.
        let unit_right = header.left_width() + 4.0;
        let beside_unit =
            header.has_legend() || unit_right > left + (slot - wishes.widest * size) / 2.0;
        if upper.is_none() && beside_unit {
            main.leave_above(high, label);
        }
        if low < 0.0 {
            main.leave_below(low, label);
        }

        // Of two bands, the lower one has its unit at its own top unless the line passes there.
        let free = header.left_width() + 5.0 < left + slot / 2.0;
        let unit_top = main.top - tick_size * 1.5 - 2.0;
        header.draw(&mut canvas, lower, (upper.is_some() && free).then_some(unit_top));
        let names_top = plot.bottom + gap;
        names.draw(&mut canvas, left, slot, names_top);
        brackets.draw(&mut canvas, brackets_top, plot.bottom);
        wishes.notes.draw_foot(&mut canvas);
        canvas.lacks_names = !names.whole;
        canvas.plot = Some([plot.top, plot.bottom]);
        let mut up = Upright { canvas, plot, main, upper, size, slots };
        up.draw_ticks(main, Anchor::End);
        if let Some(band) = upper {
            up.draw_ticks(band, Anchor::Start);
        }
        up
    }

    /// Grid and texts of a scale; texts end at the left of the plot or start at its right.
    fn draw_ticks(&mut self, band: Band, anchor: Anchor) {
        let size = small(self.size);
        let (left, right) = (self.plot.left, self.plot.right);
        let x = if anchor == Anchor::End { left - GAP } else { right + GAP };
        let pitch = band.height() / band.scale.intervals().max(1) as f64;
        let every = band.scale.every(size + 1.0, pitch);
        for (index, (value, text)) in band.scale.ticks().into_iter().enumerate() {
            let y = band.y(value);
            if !index.is_multiple_of(every) {
                continue;
            }
            // Zero of the main scale is no part of the grid: there bars start.
            if value != 0.0 || anchor == Anchor::Start {
                self.canvas.grid([left, y], [right, y]);
            }
            let label = Label::new(&text, size).muted();
            self.canvas.text(Rank::Ticks, &label, anchor, x, y - size / 2.0);
        }
    }

    /// The line where bars start; a scale without zero has none.
    pub fn draw_axis(&mut self) {
        if self.main.scale.low() > 0.0 || self.main.scale.high() < 0.0 {
            return;
        }
        let y = self.main.base();
        let (left, right) = (self.plot.left, self.plot.right);
        self.canvas.line(vec![[left, y], [right, y]], Stroke::Axis);
    }

    /// Draws the lines across the plot.
    pub fn draw_references(&mut self, references: &[Reference]) {
        for line in references {
            let y = self.main.y(line.value);
            self.canvas.line(vec![[self.plot.left, y], [self.plot.right, y]], line.stroke);
        }
    }

    /// Sets the labels of reference lines; `false` when this home has no room for them.
    pub fn label_references(&mut self, references: &[Reference], home: Home) -> bool {
        match home {
            Home::Legend => true,
            Home::Margin => {
                let labels = side_labels(references, |value| self.main.y(value));
                let x = self.plot.right + 4.0;
                self.set_beside(labels, Rank::Reference, x, FAR)
            }
            Home::Inside => references.iter().all(|line| {
                let label = Label::new(&line.label, small(self.size));
                let y = self.main.y(line.value);
                let (left, right) = (self.plot.left + 2.0, self.plot.right);
                let mut places = places_along(y, left, right, label.width(), label.size);
                // 「目標値 60.0%　57.2」 would read as one: numbers keep a clear distance.
                places.retain(|place| {
                    self.canvas.ground(place) == Ground::Paper
                        && self.canvas.apart(place, APART * label.size)
                });
                self.canvas.text_at_first_free(Rank::Reference, &label, places)
            }),
        }
    }

    /// Sets labels beside the plot; `false` when there is no room.
    pub fn set_beside(&mut self, labels: Vec<SideLabel>, rank: Rank, x: f64, far: f64) -> bool {
        side::set_beside(&mut self.canvas, &self.plot, small(self.size), labels, rank, x, far)
    }

    pub fn slot_width(&self) -> f64 {
        self.plot.width() / self.slots as f64
    }

    pub fn slot_middle(&self, category: usize) -> f64 {
        self.plot.left + (category as f64 + 0.5) * self.slot_width()
    }

    pub fn say_empty(&mut self) {
        self.canvas.say_empty([self.plot.middle_x()], self.plot.middle_y(), self.size);
    }
}

/// Says where a scale begins that leaves zero out: no reader should have to find that out.
pub(crate) fn start(scale: &Scale) -> String {
    match scale.ticks().first() {
        Some((low, text)) if *low > 0.0 => format!("縦軸は{text}から"),
        _ => String::new(),
    }
}

pub(crate) fn tick_width(scale: &Scale, size: f64) -> f64 {
    let widths = scale.ticks().into_iter().map(|(_, text)| text_metrics::width(&text));
    widths.fold(0.0, f64::max) * size
}

/// Width of the margin that holds the labels, in points.
pub(crate) fn margin(references: &[Reference], frame: &Frame) -> f64 {
    let labels = side_labels(references, |_| 0.0);
    let widest = labels.iter().map(|label| text_metrics::widest(&label.lines)).fold(0.0, f64::max);
    if widest > 0.0 { widest * small(frame.text_size) + 5.0 } else { 0.0 }
}

/// The labels in short lines, at the heights that `y` gives.
fn side_labels(references: &[Reference], y: impl Fn(f64) -> f64) -> Vec<SideLabel> {
    references.iter().map(|line| SideLabel::new(&line.label, y(line.value), 6.0)).collect()
}

/// Places for a label of `w` by `h` along a line at `y` from `left` to `right`: at the right
/// end above and below it, then further left.
fn places_along(y: f64, left: f64, right: f64, w: f64, h: f64) -> Vec<Area> {
    let gap = Stroke::Target.reach() + 1.2;
    let mut places = Vec::new();
    let mut x = right - w;
    while x >= left {
        places.push(Area::new(x, y - gap - h, w, h));
        places.push(Area::new(x, y + gap, w, h));
        x -= 3.0;
    }
    places
}
