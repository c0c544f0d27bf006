//! The first time against the last: one line for every item, its values written at both ends.

use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::{Datum, SLOTS, Table, unit_text};
use crate::frame::category_names::wrap_names;
use crate::kinds::lines;
use crate::label::declutter::{self, Block, declutter};
use crate::mark::{AROUND, Anchor, MARKER, Shape, Stroke};
use crate::space::{Frame, SMALLEST, TALLEST, small};
use crate::text_metrics::{self, LEADING};
use soukatsu_core::model::figure::{Figure, Highlight, Order, is_total};

/// Draws the figure.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    // Years stay in the order of time, whatever order the author wants.
    let table = Table::of(&Figure { order: Order::Data, ..figure.clone() });
    let slope = Slope::of(&table, figure);
    if slope.items.is_empty() {
        return Canvas::without_data(frame.width, frame.default_height, frame.text_size);
    }
    let plan = plan(&slope, frame);
    let mut canvas = Canvas::new(frame.width, plan.height);
    plan.draw_frame(&mut canvas, &slope);
    // What is highlighted lies above everything else.
    for highlighted in [false, true] {
        for item in slope.items.iter().filter(|item| item.highlighted == highlighted) {
            draw_item(&mut canvas, &plan, item, slope.radius());
        }
    }
    plan.draw_leaders(&mut canvas, slope.radius() + AROUND);
    plan.draw_labels(&mut canvas, &slope);
    canvas
}

/// What goes from one value to another.
pub(crate) struct SlopeItem<'a> {
    pub name: &'a str,
    /// At the first and at the last time.
    pub ends: [Option<&'a Datum>; 2],
    pub highlighted: bool,
    stroke: Stroke,
    shape: Shape,
}

pub(crate) struct Slope<'a> {
    /// Names of the times; where all values are of one time, only the last.
    pub times: [Option<&'a str>; 2],
    pub items: Vec<SlopeItem<'a>>,
    pub unit: String,
}

impl SlopeItem<'_> {
    pub fn bold(&self) -> bool {
        self.highlighted || is_total(self.name)
    }

    /// How far its value moves; without a limit when one of its values is missing.
    pub fn change(&self) -> f64 {
        match self.ends {
            [Some(first), Some(last)] => (last.value - first.value).abs(),
            _ => f64::INFINITY,
        }
    }
}

impl<'a> Slope<'a> {
    /// Years as categories are the times, and the series the items; else the other way round.
    fn of(table: &'a Table, figure: &Figure) -> Slope<'a> {
        let (rows, columns) = (table.categories.len(), table.columns.len());
        let cell = |row: usize, column: usize| table.columns[column].cells[row].as_ref();
        let years = figure.data.has_years_down();
        let times = if years { rows } else { columns };
        let of_item = |item: usize, time: usize| match years {
            true => cell(time, item),
            false => cell(item, time),
        };
        let count = if years { columns } else { rows };
        // A year that has no value yet is no end.
        let valued = |time: &usize| (0..count).any(|item| of_item(item, *time).is_some());
        let first = (0..times).find(valued);
        let last = (0..times).rev().find(valued);
        let first = first.filter(|first| Some(*first) != last);
        let name_of_time = |time: usize| match years {
            true => table.categories[time].as_str(),
            false => table.columns[time].name.as_str(),
        };
        let mut items: Vec<SlopeItem> = (0..count)
            .map(|item| SlopeItem {
                name: match years {
                    true => &table.columns[item].name,
                    false => &table.categories[item],
                },
                ends: [first, last].map(|time| of_item(item, time?)),
                highlighted: false,
                stroke: Stroke::Thin,
                shape: Shape::Disc,
            })
            .filter(|item| item.ends.iter().any(Option::is_some))
            .collect();
        for item in &mut items {
            item.highlighted = item.ends.iter().flatten().any(|cell| match figure.highlight {
                Some(Highlight::Series(series)) => years && series == cell.at.0,
                Some(Highlight::Category(row)) => !years && row == cell.at.1,
                None => false,
            });
        }
        let highlighting = items.iter().any(|item| item.highlighted);
        let many = items.len() > SLOTS;
        for (index, item) in items.iter_mut().enumerate() {
            (item.stroke, item.shape) = match (highlighting, item.highlighted) {
                (true, true) => (Stroke::Highlight, Shape::Disc),
                // An open sign weighs less than a filled one.
                (true, false) => (Stroke::Thin, Shape::Ring),
                // More than there are dashes: their labels tell them apart.
                (false, _) if many => (Stroke::Thin, Shape::Disc),
                (false, _) => (Stroke::Line(index), Shape::of(index)),
            };
        }
        let times = [first, last].map(|time| time.map(name_of_time));
        Slope { times, items, unit: unit_text(&figure.unit) }
    }

    /// Radius of the signs; smaller where they are many.
    pub fn radius(&self) -> f64 {
        if self.items.len() > 2 * SLOTS { 0.75 * MARKER } else { MARKER }
    }

    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.items.iter().flat_map(|item| item.ends).flatten().map(|cell| cell.value)
    }
}

fn draw_item(canvas: &mut Canvas, plan: &Plan, item: &SlopeItem, r: f64) {
    let end = |side: usize| item.ends[side].map(|cell| [plan.x[side], plan.y(cell.value)]);
    canvas.line([0, 1].into_iter().filter_map(end).collect(), item.stroke);
    for side in [0, 1] {
        let (Some(at), Some(cell)) = (end(side), item.ends[side]) else { continue };
        lines::draw_sign(canvas, at, r, item.shape, cell);
    }
}

/// Space between the times' names and the labels.
const HEAD_GAP: f64 = 4.0;

/// A chart with everything in its place.
pub(crate) struct Plan {
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
pub(crate) fn plan(slope: &Slope, frame: &Frame) -> Plan {
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
        let key = |item: &SlopeItem| (item.highlighted, item.change());
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
    let setting = TextSetting { size, short, leaders: [false; 2] };
    let plan = Plan::new(slope, frame, items, setting, tallest)?;
    let leaders = [0, 1].map(|side| plan.sides[side].labels.iter().any(|l| l.is_moved(size)));
    if leaders == [false; 2] {
        return Some(plan);
    }
    Plan::new(slope, frame, items, TextSetting { leaders, ..setting }, tallest)
}

impl Plan {
    fn new(
        slope: &Slope,
        frame: &Frame,
        items: &[usize],
        setting: TextSetting,
        tallest: f64,
    ) -> Option<Plan> {
        let (width, size) = (frame.width, setting.size);
        let mut sides = sides(slope, items, width, setting);
        let taken = |side: &Side| match side.labels.is_empty() {
            true => 2.0 * GAP,
            false => {
                let lines = side.labels.iter().map(|label| text_metrics::widest(&label.lines));
                let names = lines.fold(0.0, f64::max) * size;
                let word = if names > 0.0 { WORD * size } else { 0.0 };
                side.gap + side.value_width + word + names + 0.5
            }
        };
        let x = [taken(&sides[0]), width - taken(&sides[1])];

        let middle = (x[0] + x[1]) / 2.0;
        let heads = [(0, middle - 2.0), (1, width - middle - 2.0)].map(|(side, room)| {
            text_metrics::wrap(slope.times[side].unwrap_or(""), room / size, 2)
        });
        let head_left = head_middle(&heads[0], x[0], (0.0, middle - 2.0), size)
            - text_metrics::widest(&heads[0]) * size / 2.0;
        let head_right = head_middle(&heads[1], x[1], (middle + 2.0, width), size)
            + text_metrics::widest(&heads[1]) * size / 2.0;
        // The unit stands at an end of the times' row where there is room for it.
        let unit = text_metrics::width(&slope.unit) * small(size);
        let (unit_at, unit_row) = match unit + size {
            _ if slope.unit.is_empty() => ((Anchor::Start, 0.0), 0.0),
            needed if needed <= head_left => ((Anchor::Start, 0.0), 0.0),
            needed if needed <= width - head_right => ((Anchor::End, width), 0.0),
            _ => ((Anchor::Start, 0.0), small(size) + 3.0),
        };
        let deepest = heads.iter().map(Vec::len).max().unwrap_or(0);
        // Times without a name leave their row to the unit.
        let own_row = if slope.unit.is_empty() { 0.0 } else { small(size) };
        let head = (unit_row + text_metrics::height(deepest) * size).max(own_row) + HEAD_GAP;

        let blocks = |side: &Side, y: &dyn Fn(&EndLabel) -> f64| -> Vec<Block> {
            let block = |label: &EndLabel| Block { middle: y(label), height: label.height };
            side.labels.iter().map(block).collect()
        };
        let needed = sides.iter().map(|side| declutter::needed(&blocks(side, &|_| 0.0)));
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
            let tops = declutter(&blocks(side, &|label| label.y), head, height)?;
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
            let em = text_metrics::widest(&label.lines);
            text_metrics::fits_well(slope.items[label.item].name, em, label.lines.len())
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
            let top = bottom - text_metrics::height(lines.len()) * size;
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
            let styled = |text| Label::new(text, size).bold_if(item.bold());
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
                let top = label.middle - text_metrics::height(label.lines.len()) * size / 2.0;
                canvas.lines(rank, &styled(""), &label.lines, anchor, x, top);
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
    let half = text_metrics::widest(lines) * size / 2.0;
    x.min(right - half).max(left + half)
}

/// Space between an axis and its labels, in points; with lines between them.
pub(crate) const GAP: f64 = 5.5;
pub(crate) const LEADER_GAP: f64 = 14.0;
/// Space between value and name, in ems.
pub(crate) const WORD: f64 = 0.6;
/// Shares of the width: what the lines get at least, what names and one column of values get
/// at most.
const LINES: f64 = 0.22;
const NAMES: f64 = 0.42;
const VALUES: f64 = 0.22;
/// How far a label may be moved before a line joins it to its value, in ems.
const NEAR: f64 = 0.3;

/// The labels at one side.
pub(crate) struct Side {
    pub labels: Vec<EndLabel>,
    pub value_width: f64,
    /// Space between axis and labels.
    pub gap: f64,
}

/// The value of an item, and its name where it belongs to this side.
pub(crate) struct EndLabel {
    pub item: usize,
    pub lines: Vec<String>,
    pub height: f64,
    /// The height of its value, and where its middle came to stand.
    pub y: f64,
    pub middle: f64,
}

impl EndLabel {
    pub fn is_moved(&self, size: f64) -> bool {
        (self.middle - self.y).abs() > NEAR * size
    }
}

/// How the texts of a try are set.
#[derive(Clone, Copy)]
pub(crate) struct TextSetting {
    pub size: f64,
    /// Whether names keep to one line.
    pub short: bool,
    /// Whether a side has lines between axis and labels.
    pub leaders: [bool; 2],
}

impl Side {
    pub fn none() -> Side {
        Side { labels: Vec::new(), value_width: 0.0, gap: GAP }
    }
}

/// The labels of both sides. Names stand at the right; at the left only where the last value is
/// missing.
pub(crate) fn sides(
    slope: &Slope,
    items: &[usize],
    width: f64,
    TextSetting { size, short, leaders }: TextSetting,
) -> [Side; 2] {
    let at = |side: usize| {
        let with_value = move |item: &&usize| slope.items[**item].ends[side].is_some();
        items.iter().filter(with_value).copied()
    };
    let widths = [0, 1].map(|side| {
        let texts = at(side).filter_map(|item| slope.items[item].ends[side]);
        texts.map(|cell| text_metrics::width(&cell.text)).fold(0.0, f64::max) * size
    });
    // Numbers of thirty digits would leave no room for lines.
    let too_wide = widths.iter().any(|wide| *wide > VALUES * width);
    let widths = if too_wide { [0.0; 2] } else { widths };
    let named = |side: usize, item: usize| side == 1 || slope.items[item].ends[1].is_none();
    let gaps = leaders.map(|leads| if leads { LEADER_GAP } else { GAP });
    let spare = width * (1.0 - LINES) - widths.iter().chain(&gaps).sum::<f64>() - 2.0 * WORD * size;
    let wanted = [0, 1].map(|side| {
        let names = at(side).filter(|item| named(side, *item)).map(|item| slope.items[item].name);
        names.map(text_metrics::width).fold(0.0, f64::max) * size
    });
    // Each side as much as it needs, and half of it where both need more than there is.
    let room = |side: usize| {
        let other: f64 = wanted[1 - side].min(spare / 2.0);
        wanted[side].min(spare - other).min(NAMES * width).max(0.0)
    };
    [0, 1].map(|side| {
        let items: Vec<usize> = at(side).collect();
        let name = |item: &usize| match named(side, *item) {
            true => slope.items[*item].name.to_string(),
            false => String::new(),
        };
        let names: Vec<String> = items.iter().map(name).collect();
        let lines = match short {
            true => {
                names.iter().map(|name| text_metrics::wrap(name, room(side) / size, 1)).collect()
            }
            false => wrap_names(&names, room(side) / size),
        };
        let label = |(item, lines): (usize, Vec<String>)| EndLabel {
            item,
            height: text_metrics::height(lines.len().max(1)) * size,
            lines,
            y: 0.0,
            middle: 0.0,
        };
        let labels = items.into_iter().zip(lines).map(label).collect();
        Side { labels, value_width: widths[side], gap: gaps[side] }
    })
}
