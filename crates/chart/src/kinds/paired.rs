//! Two series back to back, as in a population pyramid: one scale to both sides.

use crate::canvas::area::Area;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::{Datum, SeriesColumn, Table, paint, unit_text};
use crate::frame::category_names::wrap_names;
use crate::frame::scale::Scale;
use crate::kinds::bars;
use crate::label::candidates::Owner;
use crate::label::values::{self, ValueLabel};
use crate::mark::{Anchor, Stroke};
use crate::space::{Frame, Orientation, SMALLEST, TALLEST, small};
use crate::text_metrics;
use soukatsu_core::model::figure::{Figure, Highlight, is_total};

/// Share of a row that its bar takes, and the thickest bar in points.
const FILL: f64 = 0.78;
const THICKEST: f64 = 18.0;
/// The paints of the two series, and of the one that is not highlighted.
const SLOTS: [usize; 2] = [0, 2];
const PALE: usize = 2;

/// Draws the figure. Anything but two series stands side by side, so that none is lost.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    let [left, right] = table.columns.as_slice() else {
        return bars::draw(figure, frame);
    };
    let pair = Pair::of(&table, [left, right], figure);
    let plan = Plan::new(&pair, frame, &figure.unit);
    let mut canvas = Canvas::new(frame.width, plan.height);
    plan.draw_frame(&mut canvas, &pair);
    let values = draw_bars(&mut canvas, &plan, &pair);
    values::set_all(&mut canvas, &values, frame.text_size);
    if pair.cells().next().is_none() {
        let middles = [0.5, 0.25, 0.75].map(|part| part * frame.width);
        canvas.say_empty(middles, (plan.top + plan.bottom) / 2.0, frame.text_size);
    }
    canvas
}

/// What is drawn: two columns, without a total that would dwarf everything else.
pub(crate) struct Pair<'a> {
    columns: [&'a SeriesColumn; 2],
    pub categories: &'a [String],
    /// Rows of the table that get bars.
    pub rows: Vec<usize>,
    pub headings: [String; 2],
    pub unit: String,
    highlight: Option<Highlight>,
}

impl<'a> Pair<'a> {
    fn of(table: &'a Table, columns: [&'a SeriesColumn; 2], figure: &Figure) -> Pair<'a> {
        let categories = &table.categories;
        let all = 0..categories.len();
        let largest_part = |column: &SeriesColumn| {
            let parts = all.clone().filter(|row| !is_total(&categories[*row]));
            parts
                .filter_map(|row| column.cells[row].as_ref())
                .map(|cell| cell.value)
                .fold(0.0, f64::max)
        };
        // A sum stands in the headings; an average over all is a row like the others.
        let is_sum = |row: &usize| {
            is_total(&categories[*row])
                && columns.iter().all(|column| {
                    let part = largest_part(column);
                    column.cells[*row].as_ref().is_some_and(|cell| part > 0.0 && cell.value > part)
                })
        };
        let sum = all.clone().find(is_sum);
        let heading = |column: &SeriesColumn| {
            let total = sum.and_then(|row| Some((row, column.cells[row].as_ref()?)));
            match total {
                Some((row, cell)) => format!(
                    "{}（{} {}{}）",
                    column.name,
                    categories[row],
                    cell.text,
                    figure.unit.trim()
                ),
                None => column.name.clone(),
            }
        };
        Pair {
            columns,
            categories,
            rows: all.filter(|row| Some(*row) != sum).collect(),
            headings: columns.map(heading),
            unit: unit_text(&figure.unit),
            highlight: figure.highlight,
        }
    }

    pub fn cells(&self) -> impl Iterator<Item = &Datum> {
        let columns = self.columns.iter();
        columns.flat_map(|column| self.rows.iter().filter_map(|row| column.cells[*row].as_ref()))
    }

    /// Width of the widest number in points, of the negative ones or of the others.
    pub fn widest(&self, negative: bool, size: f64) -> f64 {
        let cells = self.cells().filter(|cell| (cell.value < 0.0) == negative);
        cells.map(|cell| text_metrics::width(&cell.text) * size + 4.0).fold(0.0, f64::max)
    }

    fn slot(&self, side: usize, cell: &Datum) -> usize {
        match self.highlight {
            None => SLOTS[side],
            Some(Highlight::Series(series)) if series == cell.at.0 => 0,
            Some(Highlight::Category(row)) if row == cell.at.1 => 0,
            Some(_) => PALE,
        }
    }
}

/// The bars and the lines they start from. Gives their numbers.
fn draw_bars(canvas: &mut Canvas, plan: &Plan, pair: &Pair) -> Vec<ValueLabel> {
    let mut values = Vec::new();
    let thickness = (FILL * plan.pitch).min(THICKEST);
    for (index, row) in pair.rows.iter().enumerate() {
        let y = plan.middle(index);
        for (side, column) in pair.columns.iter().enumerate() {
            let cell = column.cells[*row].as_ref();
            let base = plan.x(side, 0.0);
            let end = cell.map_or(base, |cell| plan.x(side, cell.value));
            if let Some(cell) = cell.filter(|_| end != base) {
                let (left, right) = (end.min(base), end.max(base));
                let area = Area::new(left, y - thickness / 2.0, right - left, thickness);
                let fill = paint(pair.slot(side, cell), cell.unsettled);
                canvas.rect(area, fill, Some(cell.at));
            }
            // The number of a bar without length stands outwards, too.
            let inwards = if side == 0 { 1e-3 } else { -1e-3 };
            let base = if end == base { base + inwards } else { base };
            let orientation = Orientation::Horizontal;
            let owner = Owner::BarEnd { orientation, middle: y, end, base };
            values.push(ValueLabel::new(*row, cell, owner).or_sign(column.absent[*row]));
        }
    }
    for side in [0, 1] {
        let x = plan.x(side, 0.0);
        canvas.line(vec![[x, plan.top], [x, plan.bottom]], Stroke::Axis);
    }
    values
}

/// Share of the width that names may take between the halves, and at the left of them.
const BETWEEN: f64 = 0.2;
const AT_LEFT: f64 = 0.36;
/// Space between names and bars.
const GAP: f64 = 5.0;

/// Where everything stands.
pub(crate) struct Plan {
    width: f64,
    pub height: f64,
    size: f64,
    pub top: f64,
    pub bottom: f64,
    pub pitch: f64,
    /// Where the scale begins in each half, and its length outwards.
    inner: [f64; 2],
    length: f64,
    scale: Scale,
    low: f64,
    high: f64,
    names: Vec<Vec<String>>,
    name_x: f64,
    name_anchor: Anchor,
    headings: [Vec<String>; 2],
}

impl Plan {
    pub fn new(pair: &Pair, frame: &Frame, unit: &str) -> Plan {
        let (size, width) = (frame.text_size, frame.width);
        let (low, high) = pair.cells().fold((0.0, 0.0), |(low, high): (f64, f64), cell| {
            (low.min(cell.value), high.max(cell.value))
        });
        let high = if high > low { high } else { 1.0 };
        let whole = pair.cells().all(|cell| cell.exact.fract().is_zero());
        let most = (width / (13.0 * size)) as i64;
        let scale = Scale::covering(low, high, most.clamp(2, 4), whole).spoken(unit);
        let tick = |negative: bool| {
            let ticks = scale.ticks().into_iter().filter(|(value, _)| (*value < 0.0) == negative);
            ticks.map(|(_, text)| text_metrics::width(&text) * small(size)).fold(0.0, f64::max)
        };

        let shown: Vec<String> =
            pair.rows.iter().map(|row| pair.categories[*row].clone()).collect();
        let between = shown.iter().all(|name| text_metrics::fits(name, BETWEEN * width / size, 2));
        let em = if between { BETWEEN } else { AT_LEFT } * width / size;
        let mut names = wrap_names(&shown, em);
        let row_height = |names: &[Vec<String>]| {
            let deepest = names.iter().map(Vec::len).max().unwrap_or(1);
            (text_metrics::height(deepest) * size + 1.5).max(SMALLEST + 2.0)
        };
        let rows = pair.rows.len().max(1) as f64;
        if row_height(&names) * rows > TALLEST - 8.0 * size {
            names = shown.iter().map(|name| text_metrics::wrap(name, em, 1)).collect();
        }
        let widths = names.iter().map(|lines| text_metrics::widest(lines));
        let name_width = widths.fold(0.0, f64::max) * size;

        let (start, mut apart) = match between {
            true => (0.0, name_width + 2.0 * GAP),
            // Both halves start from one line.
            false => (name_width + GAP, 0.0),
        };
        if low < 0.0 {
            apart = apart.max(6.0);
        }
        let middle = (start + width) / 2.0;
        let room = (width - start - apart) / 2.0;
        // Numbers of thirty digits leave no room for bars: then they get no place of their own.
        let kept = |negative: bool| {
            let numbers = pair.widest(negative, size);
            let numbers = if numbers <= 0.45 * room { numbers } else { 0.0 };
            numbers.max((tick(negative) / 2.0).min(0.2 * room))
        };
        let outwards = kept(false) + 0.5;
        let inwards = if low < 0.0 { kept(true) } else { 0.0 };
        let inner = [middle - apart / 2.0 - inwards, middle + apart / 2.0 + inwards];
        let length = width - inner[1] - outwards;

        let half = (inner[1] + length / 2.0 - middle - 2.0).min(width - inner[1] - length / 2.0);
        let headings =
            [0, 1].map(|side| text_metrics::wrap(&pair.headings[side], 2.0 * half / size, 2));
        let deepest = headings.iter().map(Vec::len).max().unwrap_or(0);
        // The unit stands at the right end of the headings' row where the heading ends before.
        let unit = text_metrics::width(&pair.unit) * small(size);
        let heading_right = inner[1] + (length + text_metrics::widest(&headings[1]) * size) / 2.0;
        let beside = heading_right + size <= width - unit;
        let unit_row = if pair.unit.is_empty() || beside { 0.0 } else { small(size) + 3.0 };
        let top = unit_row + text_metrics::height(deepest) * size + 4.0;
        let foot = small(size) + 4.0;

        let least = row_height(&names).min((TALLEST - top - foot) / rows);
        let pitch = ((frame.default_height - top - foot) / rows).max(least);
        let bottom = top + pitch * rows;
        Plan {
            width,
            height: bottom + foot,
            size,
            top,
            bottom,
            pitch,
            inner,
            length,
            scale,
            low,
            high,
            names,
            name_x: if between { middle } else { name_width },
            name_anchor: if between { Anchor::Middle } else { Anchor::End },
            headings,
        }
    }

    /// Where a value ends in the left (0) or the right (1) half.
    pub fn x(&self, side: usize, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        let outwards = if side == 0 { -1.0 } else { 1.0 };
        self.inner[side] + outwards * part * self.length
    }

    pub fn middle(&self, index: usize) -> f64 {
        self.top + (index as f64 + 0.5) * self.pitch
    }

    /// Everything but the bars.
    pub fn draw_frame(&self, canvas: &mut Canvas, pair: &Pair) {
        let size = self.size;
        let unit = Label::new(&pair.unit, small(size)).muted();
        canvas.text(Rank::Unit, &unit, Anchor::End, self.width, 0.0);
        for (side, lines) in self.headings.iter().enumerate() {
            let middle = (self.x(side, self.low) + self.x(side, self.high)) / 2.0;
            let top = self.top - 4.0 - text_metrics::height(lines.len()) * size;
            let style = Label::new("", size).bold();
            canvas.lines(Rank::Legend, &style, lines, Anchor::Middle, middle, top);
        }
        self.draw_names(canvas, pair);
        self.draw_ticks(canvas);
    }

    fn draw_names(&self, canvas: &mut Canvas, pair: &Pair) {
        let size = self.size;
        let deepest = self.names.iter().map(Vec::len).max().unwrap_or(1);
        let needed = text_metrics::height(deepest) * size + 1.0;
        let every = (needed / self.pitch).ceil().max(1.0) as usize;
        for (index, lines) in self.names.iter().enumerate().step_by(every) {
            let row = pair.rows[index];
            let top = self.middle(index) - text_metrics::height(lines.len()) * size / 2.0;
            let style = Label::new("", size).bold_if(is_total(&pair.categories[row]));
            canvas.lines(Rank::Category(row), &style, lines, self.name_anchor, self.name_x, top);
        }
    }

    fn draw_ticks(&self, canvas: &mut Canvas) {
        let size = small(self.size);
        // No tick beyond the longest bar: there its number stands.
        let ends = (self.low - 1e-9 * self.high, self.high * (1.0 + 1e-9));
        let ticks: Vec<(f64, String)> = (self.scale.ticks().into_iter())
            .filter(|(value, _)| (ends.0..=ends.1).contains(value))
            .collect();
        let widest = ticks.iter().map(|(_, text)| text_metrics::width(text)).fold(0.0, f64::max);
        let pitch = match ticks.as_slice() {
            [(a, _), (b, _), ..] => (self.x(1, *b) - self.x(1, *a)).abs(),
            _ => self.length,
        };
        let every = ((widest * size + 4.0) / pitch.max(0.1)).ceil().max(1.0) as usize;
        let zero = ticks.iter().position(|(value, _)| *value == 0.0).unwrap_or(0);
        let shared = self.inner[0] == self.inner[1];
        for side in [0, 1] {
            for (index, (value, text)) in ticks.iter().enumerate() {
                let x = self.x(side, *value);
                if *value != 0.0 {
                    canvas.grid([x, self.top], [x, self.bottom]);
                }
                let twice = shared && *value == 0.0 && side == 1;
                if zero.abs_diff(index).is_multiple_of(every) && !twice {
                    let label = Label::new(text, size).muted();
                    let place = label.area(Anchor::Middle, x, self.bottom + 3.0);
                    canvas.text_at_first_free(Rank::Ticks, &label, [place]);
                }
            }
        }
    }
}
