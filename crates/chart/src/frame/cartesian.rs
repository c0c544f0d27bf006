//! The Cartesian frame: values along one axis, categories along the other. Bars, ticks and
//! reference lines in either orientation; `vertical` and `horizontal` lay it out.

use crate::canvas::area::Area;
use crate::canvas::hit_test::Backdrop;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::frame::legend::LegendEntry;
use crate::frame::reference::{self, Reference};
use crate::frame::scale::{Scale, ValueAxis};
use crate::label::notes::Notes;
use crate::label::side::{self, SideLabel};
use crate::label::strategy::ReferencePlace;
use crate::mark::{Anchor, Stroke};
use crate::space::{Orientation, small};
use crate::text_metrics;

/// What every chart asks of its frame.
pub(crate) struct Spec<'a> {
    /// The unit as it stands at the axis, and as the report names it.
    pub unit: String,
    pub plain_unit: &'a str,
    pub categories: &'a [String],
    /// The category whose name is bold.
    pub led_to: Option<usize>,
    pub entries: Vec<LegendEntry>,
    /// What the plot must cover.
    pub low: f64,
    pub high: f64,
    /// Whether all values are counts, so that no tick has a fraction.
    pub whole: bool,
    /// Whether numbers stand inside the bars, not beyond their ends.
    pub stacked: bool,
    pub notes: &'a Notes,
}

impl Spec<'_> {
    /// The scale of at most so many intervals.
    pub fn scale(&self, most: i64) -> Scale {
        Scale::covering(self.low, self.high, most, self.whole).spoken(self.plain_unit)
    }
}

/// Where categories stand, in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CategoryAxis {
    pub start: f64,
    /// From a category to the next.
    pub pitch: f64,
    /// Points from the middle of a category's slot to the middle of its bars.
    pub offset: f64,
}

impl CategoryAxis {
    /// Middle of the bars of a category.
    pub fn middle(&self, category: usize) -> f64 {
        self.start + (category as f64 + 0.5) * self.pitch + self.offset
    }
}

/// The side of the plot at which the texts of ticks stand.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum TickSide {
    Left,
    Right,
    Below,
}

/// Space between ticks and plot.
pub(crate) const TICK_GAP: f64 = 3.0;
/// Space between a label inside the chart and the numbers beside it, in ems.
const APART: f64 = 1.2;
/// How far a label of a reference line may be moved from its line, in ems.
const FAR: f64 = 1.1;

/// A chart with its frame drawn.
pub(crate) struct Cartesian {
    pub canvas: Canvas,
    pub orientation: Orientation,
    /// The whole plot, all bands together.
    pub plot: Area,
    pub values: ValueAxis,
    /// The axis of the line, above the columns: two scales in one place would invite readers
    /// to see crossings that mean nothing.
    pub upper: Option<ValueAxis>,
    pub categories: CategoryAxis,
    pub size: f64,
}

impl Cartesian {
    /// A bar of this thickness between two places on the value axis.
    pub fn bar(&self, middle: f64, thickness: f64, from: f64, to: f64) -> Area {
        let (low, high) = (from.min(to), from.max(to));
        let edge = middle - thickness / 2.0;
        match self.orientation {
            Orientation::Vertical => Area::new(edge, low, thickness, high - low),
            Orientation::Horizontal => Area::new(low, edge, high - low, thickness),
        }
    }

    /// Whichever of two places on the value axis is further from its start.
    pub fn further(&self, one: f64, other: f64) -> f64 {
        match self.orientation {
            Orientation::Vertical => one.min(other),
            Orientation::Horizontal => one.max(other),
        }
    }

    /// A stroke across the plot at a place on the value axis.
    fn across(&self, at: f64) -> [[f64; 2]; 2] {
        let Area { left, top, right, bottom } = self.plot;
        match self.orientation {
            Orientation::Vertical => [[left, at], [right, at]],
            Orientation::Horizontal => [[at, top], [at, bottom]],
        }
    }

    /// Grid and texts of a scale.
    pub fn draw_ticks(&mut self, axis: ValueAxis, side: TickSide) {
        let size = small(self.size);
        let below = side == TickSide::Below;
        let ticks = axis.scale.ticks();
        let widths = ticks.iter().map(|(_, text)| text_metrics::width(text));
        let needed = if below { widths.fold(0.0, f64::max) * size + 4.0 } else { size + 1.0 };
        let pitch = axis.length() / axis.scale.intervals().max(1) as f64;
        let every = axis.scale.every(needed, pitch);
        for (index, (value, text)) in ticks.iter().enumerate() {
            let at = axis.position(*value);
            let named = index.is_multiple_of(every);
            // Zero of the main scale is no part of the grid: there bars start.
            if (named || below) && (*value != 0.0 || side == TickSide::Right) {
                let [from, to] = self.across(at);
                self.canvas.grid(from, to);
            }
            if named {
                let label = Label::new(text, size).muted();
                let (anchor, x, top) = match side {
                    TickSide::Left => (Anchor::End, self.plot.left - TICK_GAP, at - size / 2.0),
                    TickSide::Right => (Anchor::Start, self.plot.right + TICK_GAP, at - size / 2.0),
                    TickSide::Below => (Anchor::Middle, at, self.plot.bottom + TICK_GAP),
                };
                self.canvas.text(Rank::Ticks, &label, anchor, x, top);
            }
        }
    }

    /// The line where bars start; a scale without zero has none.
    pub fn draw_axis(&mut self) {
        if self.values.scale.low() > 0.0 || self.values.scale.high() < 0.0 {
            return;
        }
        let stroke = self.across(self.values.position(0.0));
        self.canvas.line(stroke.to_vec(), Stroke::Axis);
    }

    /// Draws the lines across the plot, to their labels where those stand above it.
    pub fn draw_references(&mut self, references: &[Reference], place: ReferencePlace) {
        for line in references {
            let [mut from, to] = self.across(self.values.position(line.value));
            if self.orientation == Orientation::Horizontal && place == ReferencePlace::Inside {
                from[1] -= 2.0;
            }
            self.canvas.line(vec![from, to], line.stroke);
        }
    }

    /// Sets the labels of reference lines; `false` when this place has no room for them.
    pub fn label_references(&mut self, references: &[Reference], place: ReferencePlace) -> bool {
        match place {
            ReferencePlace::Legend => true,
            ReferencePlace::Margin => {
                let labels =
                    reference::side_labels(references, |value| self.values.position(value));
                let x = self.plot.right + 4.0;
                self.set_beside(labels, Rank::Reference, x, FAR)
            }
            ReferencePlace::Inside => references.iter().all(|line| {
                let label = Label::new(&line.label, small(self.size));
                let at = self.values.position(line.value);
                // 「目標値 60.0%　57.2」 would read as one: numbers keep a clear distance.
                let (mut candidates, apart) = match self.orientation {
                    Orientation::Vertical => (self.along(&label, at), APART * label.size),
                    Orientation::Horizontal => (self.above(&label, at), 0.0),
                };
                candidates.retain(|place| {
                    self.canvas.backdrop(place) == Backdrop::Paper
                        && self.canvas.apart(place, apart)
                });
                self.canvas.text_at_first_free(Rank::Reference, &label, candidates)
            }),
        }
    }

    /// Places for a label along a level line: at the right end above and below it, then further
    /// left.
    fn along(&self, label: &Label, y: f64) -> Vec<Area> {
        let (w, h) = (label.width(), label.size);
        let (left, right) = (self.plot.left + 2.0, self.plot.right);
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

    /// Places for a label above a line that stands: it may slide as long as the line still points
    /// at it.
    fn above(&self, label: &Label, x: f64) -> Vec<Area> {
        let slack = (label.width() / 2.0).max(0.0) as usize;
        let slide = (0..=slack).flat_map(|far| [x + far as f64, x - far as f64]);
        let top = self.plot.top - label.size - 4.0;
        slide.map(|x| label.area(Anchor::Middle, x, top)).collect()
    }

    /// Sets labels beside the plot; `false` when there is no room.
    pub fn set_beside(&mut self, labels: Vec<SideLabel>, rank: Rank, x: f64, far: f64) -> bool {
        side::set_beside(&mut self.canvas, &self.plot, small(self.size), labels, rank, x, far)
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

/// Width of the widest tick in points.
pub(crate) fn tick_width(scale: &Scale, size: f64) -> f64 {
    let widths = scale.ticks().into_iter().map(|(_, text)| text_metrics::width(&text));
    widths.fold(0.0, f64::max) * size
}
