//! The author's notes on single values: beside the value, or in rows under the chart.

use crate::canvas::area::Area;
use crate::canvas::hit_test::Backdrop;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::Table;
use crate::label::strategy::NotePlace;
use crate::mark::{Anchor, CellAt, Stroke};
use crate::space::{Orientation, small};
use crate::text_metrics::{self, clean};
use soukatsu_core::model::figure::{Annotation, Figure};

/// A note and what it belongs to: a value, or all of a category.
#[derive(Debug, Clone, PartialEq)]
struct Note {
    series: Option<usize>,
    category: usize,
    text: String,
}

/// All notes of a chart, with their places.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Notes {
    inside: Vec<Note>,
    foot: Vec<String>,
    size: f64,
}

/// Space between a mark and its note.
const GAP: f64 = 2.0;
/// How far a note may be from its mark without a line that leads there, in ems: its number
/// stands between them.
const NEAR: f64 = 1.7;
/// Widest note in the chart in ems, and how far a line may lead.
const WIDEST: f64 = 10.0;
const FAR: f64 = 4.5;

impl Notes {
    /// The notes of a figure. Parts of a stack have no free side: their notes stand below.
    pub fn new(
        figure: &Figure,
        table: &Table,
        place: NotePlace,
        stacked: bool,
        size: f64,
    ) -> Notes {
        let mut notes = Notes { inside: Vec::new(), foot: Vec::new(), size: small(size) };
        for annotation in &figure.annotations {
            let Annotation::Point { series, category, text } = annotation else { continue };
            let note = Note { series: *series, category: *category, text: clean(text) };
            let drawn = table.cells().any(|cell| note.is_on(cell.at));
            match place {
                NotePlace::Inside if drawn && stacked == series.is_none() => {
                    notes.inside.push(note)
                }
                _ => notes.foot.push(format!("{}：{}", note.owner(figure), note.text)),
            }
        }
        notes
    }

    /// Adds rows under the chart.
    pub fn with_foot(mut self, lines: Vec<String>) -> Notes {
        self.foot.extend(lines);
        self
    }

    fn foot_lines(&self, width: f64) -> Vec<String> {
        let em = width / self.size;
        self.foot.iter().flat_map(|line| text_metrics::wrap(line, em, 2)).collect()
    }

    /// Height of the rows under the chart, with the space above them.
    pub fn foot_height(&self, width: f64) -> f64 {
        match self.foot_lines(width).len() {
            0 => 0.0,
            lines => text_metrics::height(lines) * self.size + 3.0,
        }
    }

    /// Sets the rows under the chart, from its bottom up.
    pub fn draw_foot(&self, canvas: &mut Canvas) {
        let top = canvas.height - self.foot_height(canvas.width) + 3.0;
        let (lines, style) = (self.foot_lines(canvas.width), Label::new("", self.size));
        canvas.lines(Rank::Notes, &style, &lines, Anchor::Start, 0.0, top);
    }

    /// Sets the notes beside their values; `false` when one of them finds no place.
    pub fn draw_inside(&self, canvas: &mut Canvas, orientation: Orientation) -> bool {
        self.inside.iter().all(|note| note.set(canvas, orientation, self.size))
    }
}

impl Note {
    fn is_on(&self, (series, category): CellAt) -> bool {
        self.category == category && self.series.is_none_or(|own| own == series)
    }

    /// The category, and the series where there are several.
    fn owner(&self, figure: &Figure) -> String {
        let data = &figure.data;
        let category = data.categories.get(self.category).map_or(String::new(), |name| clean(name));
        match self.series.and_then(|series| data.series.get(series)) {
            Some(series) if data.series.len() > 1 => format!("{category}・{}", clean(&series.name)),
            _ => category,
        }
    }

    fn set(&self, canvas: &mut Canvas, orientation: Orientation, size: f64) -> bool {
        let Some((mark, point)) = canvas.marks_of(|at| self.is_on(at)) else { return false };
        let em = match (point, orientation) {
            // Over its own column, not over its neighbours'.
            (false, Orientation::Vertical) => (3.4 * mark.width() / size).min(WIDEST),
            _ => WIDEST,
        };
        let lines = text_metrics::wrap(&self.text, em, 3);
        let whole = text_metrics::fits(&self.text, em, 3);
        let (w, h) =
            (text_metrics::widest(&lines) * size, text_metrics::height(lines.len()) * size);
        let beyond = |near: bool| match (orientation, near) {
            (Orientation::Vertical, true) => above_and_below(&mark, w, h, NEAR * size),
            (Orientation::Horizontal, true) => to_the_right(&mark, w, h, canvas.width),
            (_, false) if point => around(&mark, w, h, FAR * size),
            (_, false) => Vec::new(),
        };
        let own = [mark.middle_x(), mark.middle_y()];
        // Nearer to its own point than to any other, and clear of numbers: 「95 改修」 would
        // read as one.
        let free = |canvas: &Canvas, place: &Area| {
            canvas.backdrop(place) == Backdrop::Paper
                && canvas.apart(place, size)
                && (!point || canvas.nearest_is(own, place))
        };
        let near = beyond(true).into_iter().find(|place| free(canvas, place));
        let led = || {
            let mut places = beyond(false).into_iter().filter(|place| free(canvas, place));
            places.find_map(|place| {
                let leader = leader(&mark, &place)?;
                canvas.clear(leader[0], leader[1], own).then_some((place, leader))
            })
        };
        let (place, leader) = match (whole, near) {
            (false, _) => return false,
            (_, Some(place)) => (place, None),
            _ => match led() {
                Some((place, leader)) => (place, Some(leader)),
                None => return false,
            },
        };
        let anchor =
            if orientation == Orientation::Horizontal { Anchor::Start } else { Anchor::Middle };
        let x = if orientation == Orientation::Horizontal { place.left } else { place.middle_x() };
        canvas.lines(Rank::Notes, &Label::new("", size), &lines, anchor, x, place.top);
        if let Some([from, to]) = leader {
            canvas.line(vec![from, to], Stroke::Leader);
        }
        true
    }
}

/// Over a mark, its number in between, or under it.
fn above_and_below(mark: &Area, w: f64, h: f64, far: f64) -> Vec<Area> {
    let left = mark.middle_x() - w / 2.0;
    let steps = || (0..=far as usize).map(|far| far as f64);
    let above = steps().map(|far| Area::new(left, mark.top - GAP - far - h, w, h));
    let below = steps().map(|far| Area::new(left, mark.bottom + GAP + far, w, h));
    above.chain(below).collect()
}

/// Right of a horizontal bar, behind its number.
fn to_the_right(mark: &Area, w: f64, h: f64, width: f64) -> Vec<Area> {
    let top = mark.middle_y() - h / 2.0;
    let room = (width - mark.right - w).max(0.0).min(12.0 * h) as usize;
    (4..=room).map(|far| Area::new(mark.right + far as f64, top, w, h)).collect()
}

/// Around a point, further and further away.
fn around(mark: &Area, w: f64, h: f64, far: f64) -> Vec<Area> {
    let (x, y) = (mark.middle_x(), mark.middle_y());
    let mut places = Vec::new();
    for far in (10..=(far as usize).max(10)).step_by(3) {
        let far = far as f64;
        for (dx, dy) in
            [(0.0, -1.0), (0.7, -0.7), (-0.7, -0.7), (0.0, 1.0), (0.7, 0.7), (-0.7, 0.7)]
        {
            let (cx, cy) = (x + dx * (far + w / 2.0), y + dy * (far + h / 2.0));
            places.push(Area::new(cx - w / 2.0, cy - h / 2.0, w, h));
        }
    }
    places
}

/// From the edge of a mark to the nearest point of its note, with a little space at both ends;
/// none where nothing would be left of it.
fn leader(mark: &Area, place: &Area) -> Option<[[f64; 2]; 2]> {
    let (x, y) = (mark.middle_x(), mark.middle_y());
    let to = [x.clamp(place.left, place.right), y.clamp(place.top, place.bottom)];
    let (dx, dy) = (to[0] - x, to[1] - y);
    let length = (dx * dx + dy * dy).sqrt().max(0.1);
    let at = |distance: f64| [x + dx * distance / length, y + dy * distance / length];
    let r = mark.width().max(mark.height()) / 2.0;
    let (start, end) = (r + 2.6, length - 1.6);
    (end - start >= 2.0).then(|| [at(start), at(end)])
}
