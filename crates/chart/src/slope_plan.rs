//! Where everything of a slope chart stands: two axes, and labels at both sides of them.

use super::canvas::{Canvas, Rank};
use super::label::Label;
use super::lettering::{self, LEADING};
use super::lying::TALLEST;
use super::mark::{Anchor, Stroke};
use super::slope::{Item, Slope};
use super::slope_sides::{GAP, LEADER_GAP, Lettering, Side, SideLabel, WORD, sides};
use super::spread::{self, Wish, spread};
use super::values::SMALLEST;
use super::{Frame, small};

/// Space between the times' names and the labels.
const HEAD_GAP: f64 = 4.0;

/// A chart with everything in its place.
pub(super) struct Plan {
    pub height: f64,
    /// The two axes.
    pub x: [f64; 2],
    size: f64,
    width: f64,
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
    heads: [Vec<String>; 2],
    head_top: f64,
    unit_at: (Anchor, f64),
    sides: [Side; 2],
}

/// The largest letters with which all labels have room; else a longer drawing, and at last only
/// the labels of the items that change most.
pub(super) fn plan(slope: &Slope, frame: &Frame) -> Plan {
    let all: Vec<usize> = (0..slope.items.len()).collect();
    let all = all.as_slice();
    let sizes = [frame.text_size, small(frame.text_size), SMALLEST];
    let plans = || {
        let room = frame.default_height;
        sizes.iter().filter_map(move |size| joined(slope, frame, all, *size, false, room))
    };
    // Smaller letters are better than names broken inside their words.
    if let Some(plan) = plans().find(|plan| plan.well_named(slope)).or_else(|| plans().next()) {
        return plan;
    }
    for short in [false, true] {
        if let Some(plan) = joined(slope, frame, all, SMALLEST, short, TALLEST) {
            return plan;
        }
    }
    let mut telling = all.to_vec();
    telling.sort_by(|&a, &b| {
        let key = |item: &Item| (item.highlighted, item.change());
        let (a, b) = (key(&slope.items[a]), key(&slope.items[b]));
        b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    loop {
        telling.pop();
        let plan = joined(slope, frame, &telling, SMALLEST, true, TALLEST);
        if let Some(plan) = plan {
            return plan;
        }
    }
}

/// A plan no higher than `tallest` with the labels of these items, and lines to those that had
/// to be moved; `None` when they have no room.
fn joined(
    slope: &Slope,
    frame: &Frame,
    items: &[usize],
    size: f64,
    short: bool,
    tallest: f64,
) -> Option<Plan> {
    let lettering = Lettering { size, short, leaders: [false; 2] };
    let plan = Plan::new(slope, frame, items, lettering, tallest)?;
    let leaders = [0, 1].map(|side| plan.sides[side].labels.iter().any(|l| l.is_moved(size)));
    if leaders == [false; 2] {
        return Some(plan);
    }
    Plan::new(slope, frame, items, Lettering { leaders, ..lettering }, tallest)
}

impl Plan {
    fn new(
        slope: &Slope,
        frame: &Frame,
        items: &[usize],
        lettering: Lettering,
        tallest: f64,
    ) -> Option<Plan> {
        let (width, size) = (frame.width, lettering.size);
        let mut sides = sides(slope, items, width, lettering);
        let taken = |side: &Side| match side.labels.is_empty() {
            true => 2.0 * GAP,
            false => {
                let lines = side.labels.iter().map(|label| lettering::widest(&label.lines));
                let names = lines.fold(0.0, f64::max) * size;
                let word = if names > 0.0 { WORD * size } else { 0.0 };
                side.gap + side.value_width + word + names + 0.5
            }
        };
        let x = [taken(&sides[0]), width - taken(&sides[1])];

        let middle = (x[0] + x[1]) / 2.0;
        let heads = [(0, middle - 2.0), (1, width - middle - 2.0)]
            .map(|(side, room)| lettering::wrap(slope.times[side].unwrap_or(""), room / size, 2));
        let head_left = head_middle(&heads[0], x[0], (0.0, middle - 2.0), size)
            - lettering::widest(&heads[0]) * size / 2.0;
        let head_right = head_middle(&heads[1], x[1], (middle + 2.0, width), size)
            + lettering::widest(&heads[1]) * size / 2.0;
        // The unit stands at an end of the times' row where there is room for it.
        let unit = lettering::width(&slope.unit) * small(size);
        let (unit_at, unit_row) = match unit + size {
            _ if slope.unit.is_empty() => ((Anchor::Start, 0.0), 0.0),
            needed if needed <= head_left => ((Anchor::Start, 0.0), 0.0),
            needed if needed <= width - head_right => ((Anchor::End, width), 0.0),
            _ => ((Anchor::Start, 0.0), small(size) + 3.0),
        };
        let deepest = heads.iter().map(Vec::len).max().unwrap_or(0);
        // Times without a name leave their row to the unit.
        let own_row = if slope.unit.is_empty() { 0.0 } else { small(size) };
        let head = (unit_row + lettering::height(deepest) * size).max(own_row) + HEAD_GAP;

        let wishes = |side: &Side, y: &dyn Fn(&SideLabel) -> f64| -> Vec<Wish> {
            let wish = |label: &SideLabel| Wish { middle: y(label), height: label.height };
            side.labels.iter().map(wish).collect()
        };
        let needed = sides.iter().map(|side| spread::needed(&wishes(side, &|_| 0.0)));
        let needed = needed.fold(3.0 * size, f64::max);
        if head + needed > tallest.max(frame.default_height) {
            return None;
        }
        let height = frame.default_height.max(head + needed);
        let values = || slope.values();
        let mut plan = Plan {
            height,
            x,
            size,
            width,
            low: values().fold(f64::INFINITY, f64::min),
            high: values().fold(f64::NEG_INFINITY, f64::max),
            top: head + size / 2.0,
            bottom: height - size / 2.0,
            heads,
            head_top: unit_row,
            unit_at,
            sides: [Side::none(), Side::none()],
        };
        for (number, side) in sides.iter_mut().enumerate() {
            for label in &mut side.labels {
                let cell = slope.items[label.item].ends[number];
                label.y = cell.map_or(0.0, |cell| plan.y(cell.value));
            }
            let tops = spread(&wishes(side, &|label| label.y), head, height)?;
            for (label, top) in side.labels.iter_mut().zip(tops) {
                label.middle = top + label.height / 2.0;
            }
        }
        plan.sides = sides;
        Some(plan)
    }

    /// Whether every name is whole and broken between phrases only.
    fn well_named(&self, slope: &Slope) -> bool {
        let labels = self.sides.iter().flat_map(|side| &side.labels);
        let named = labels.filter(|label| !label.lines.is_empty());
        named.into_iter().all(|label| {
            let em = lettering::widest(&label.lines);
            lettering::fits_well(slope.items[label.item].name, em, label.lines.len())
        })
    }

    pub fn y(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        // Values that are all the same lie in the middle.
        let part = if span > 0.0 { (value - self.low) / span } else { 0.5 };
        self.bottom - part * (self.bottom - self.top)
    }

    /// Axes, the names of the times above them, and the unit.
    pub fn draw_frame(&self, canvas: &mut Canvas, slope: &Slope) {
        let size = self.size;
        let unit = Label::new(&slope.unit, small(size)).muted();
        canvas.text(Rank::Unit, &unit, self.unit_at.0, self.unit_at.1, 0.0);
        let middle = (self.x[0] + self.x[1]) / 2.0;
        let rooms = [(0.0, middle - 2.0), (middle + 2.0, self.width)];
        for (side, lines) in self.heads.iter().enumerate() {
            if slope.times[side].is_none() {
                continue;
            }
            let x = self.x[side];
            canvas.grid([x, self.top - size / 2.0], [x, self.height]);
            let bottom = self.top - size / 2.0 - HEAD_GAP;
            let top = bottom - lettering::height(lines.len()) * size;
            for (index, line) in lines.iter().enumerate() {
                let label = Label::new(line, size).bold();
                let middle = head_middle(lines, x, rooms[side], size);
                let y = (top + index as f64 * LEADING * size).max(self.head_top);
                canvas.text(Rank::Legend, &label, Anchor::Middle, middle, y);
            }
        }
    }

    /// Lines from the values to the labels that were moved; `r` is the radius of the signs.
    pub fn draw_leaders(&self, canvas: &mut Canvas, r: f64) {
        for (side, x, outwards) in [(0, self.x[0], -1.0), (1, self.x[1], 1.0)] {
            let Side { labels, gap, .. } = &self.sides[side];
            for label in labels.iter().filter(|_| *gap == LEADER_GAP) {
                let from = [x + outwards * (r + 0.8), label.y];
                let to = [x + outwards * (gap - 1.8), label.middle];
                canvas.line(vec![from, to], Stroke::Leader);
            }
        }
    }

    /// Names and values, item by item.
    pub fn draw_labels(&self, canvas: &mut Canvas, slope: &Slope) {
        let size = self.size;
        for (number, item) in slope.items.iter().enumerate() {
            let rank = Rank::Category(number);
            let styled = |text| {
                let label = Label::new(text, size);
                if item.bold() { label.bold() } else { label }
            };
            let labels =
                [0, 1].map(|side| self.sides[side].labels.iter().find(|l| l.item == number));
            for (side, label) in labels.iter().enumerate() {
                let Some(label) = label else { continue };
                let Side { value_width, gap, .. } = self.sides[side];
                let away = gap + value_width + if value_width > 0.0 { WORD * size } else { 0.0 };
                let (x, anchor) = match side {
                    0 => (self.x[0] - away, Anchor::End),
                    _ => (self.x[1] + away, Anchor::Start),
                };
                let top = label.middle - lettering::height(label.lines.len()) * size / 2.0;
                for (index, line) in label.lines.iter().enumerate() {
                    let y = top + index as f64 * LEADING * size;
                    canvas.text(rank, &styled(line), anchor, x, y);
                }
            }
            for (side, label) in labels.iter().enumerate() {
                let (Some(label), Some(cell)) = (label, item.ends[side]) else { continue };
                let Side { value_width, gap, .. } = self.sides[side];
                // Both columns of numbers are flush right, as in a table.
                let x = match side {
                    0 => self.x[0] - gap,
                    _ => self.x[1] + gap + value_width,
                };
                if value_width > 0.0 {
                    let y = label.middle - size / 2.0;
                    canvas.text(rank, &styled(&cell.text), Anchor::End, x, y);
                }
            }
        }
    }
}

/// The middle of a time's name: above its axis as far as the room from left to right lets it.
fn head_middle(lines: &[String], x: f64, (left, right): (f64, f64), size: f64) -> f64 {
    let half = lettering::widest(lines) * size / 2.0;
    x.min(right - half).max(left + half)
}
