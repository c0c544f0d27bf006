//! Target and baseline: a line across the chart and a label that touches nothing.

use rust_decimal::prelude::ToPrimitive;

use super::area::Area;
use super::canvas::{Ground, Rank};
use super::homes::Home;
use super::label::Label;
use super::legend::{Entry, Key};
use super::lettering::{self, LEADING};
use super::mark::{Anchor, Stroke};
use super::spread::{Wish, spread};
use super::table::Column;
use super::upright::Upright;
use super::{Frame, small};
use soukatsu_core::model::figure::{Figure, ReferenceLine};

/// A value drawn across the whole chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reference {
    pub stroke: Stroke,
    pub value: f64,
    pub label: String,
}

/// The reference lines of a figure, target first.
pub(super) fn of(figure: &Figure) -> Vec<Reference> {
    let read = |line: &Option<ReferenceLine>, stroke| {
        line.as_ref().map(|line| Reference {
            stroke,
            value: line.value.to_f64().unwrap_or(0.0),
            label: lettering::clean(&line.label),
        })
    };
    [read(&figure.target, Stroke::Target), read(&figure.baseline, Stroke::Baseline)]
        .into_iter()
        .flatten()
        .collect()
}

/// A range that holds the reference lines too.
pub(super) fn widened(range: (f64, f64), references: &[Reference]) -> (f64, f64) {
    references.iter().fold(range, |(low, high), line| (low.min(line.value), high.max(line.value)))
}

/// Legend entries of the lines, where their labels find no other home.
pub(super) fn entries(references: &[Reference]) -> impl Iterator<Item = Entry> {
    references.iter().map(|line| Entry { key: Key::Line(line.stroke), name: line.label.clone() })
}

/// Draws the lines across an upright chart.
pub(super) fn draw(up: &mut Upright, references: &[Reference]) {
    for line in references {
        let y = up.main.y(line.value);
        up.canvas.line(vec![[up.plot.left, y], [up.plot.right, y]], line.stroke);
    }
}

/// Sets the labels in an upright chart; `false` when this home has no room for them.
pub(super) fn label(up: &mut Upright, references: &[Reference], home: Home) -> bool {
    match home {
        Home::Legend => true,
        Home::Margin => {
            let labels = side_labels(references, |value| up.main.y(value));
            let x = up.plot.right + 4.0;
            set_beside(up, labels, Rank::Reference, x, FAR)
        }
        Home::Inside => references.iter().all(|line| {
            let label = Label::new(&line.label, small(up.size));
            let y = up.main.y(line.value);
            let (left, right) = (up.plot.left + 2.0, up.plot.right);
            let mut places = places_along(y, left, right, label.width(), label.size);
            // 「目標値 60.0%　57.2」 would read as one: numbers keep a clear distance.
            places.retain(|place| {
                up.canvas.ground(place) == Ground::Paper
                    && up.canvas.apart(place, APART * label.size)
            });
            up.canvas.text_at_first_free(Rank::Reference, &label, places)
        }),
    }
}

/// Lines of one label stand closer together than labels do.
const CLOSE: f64 = 0.4;

/// Space between a label inside the chart and the numbers beside it, in ems.
const APART: f64 = 1.2;

/// How far a label of a reference line may be moved from its line, in ems.
const FAR: f64 = 1.1;

/// Sets labels one under the other with their left edges at `x`, each at most `far` ems from
/// its height; `false` when there is no room.
pub(super) fn set_beside(
    up: &mut Upright,
    mut labels: Vec<SideLabel>,
    rank: Rank,
    x: f64,
    far: f64,
) -> bool {
    let size = small(up.size);
    let (top, bottom) = (up.plot.top - size / 2.0, up.plot.bottom + size / 2.0);
    if !move_apart(&mut labels, size, far, top, bottom) {
        return false;
    }
    for label in &labels {
        for (top, line) in label.line_tops(size) {
            let line = Label::new(line, size);
            let place = line.area(Anchor::Start, x, top);
            // A number of the last column may reach over.
            if up.canvas.ground(&place.grown(-CLOSE)) != Ground::Paper {
                return false;
            }
            up.canvas.text(rank, &line, Anchor::Start, x, top);
        }
    }
    true
}

/// Width of the widest of these names in points, when they stand beside a chart and none may be
/// wider than `em`.
pub(super) fn names_width(columns: &[Column], em: f64, size: f64) -> f64 {
    let label = |column: &Column| SideLabel::new(&column.name, 0.0, em);
    let widths = columns.iter().map(|column| lettering::widest(&label(column).lines));
    widths.fold(0.0, f64::max) * size
}

/// Width of the margin that holds the labels, in points.
pub(super) fn margin(references: &[Reference], frame: &Frame) -> f64 {
    let labels = side_labels(references, |_| 0.0);
    let widest = labels.iter().map(|label| lettering::widest(&label.lines)).fold(0.0, f64::max);
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

/// A block of lines that stands beside the chart at the height of something in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SideLabel {
    pub lines: Vec<String>,
    /// The height it belongs to.
    y: f64,
    /// Where it came to stand: the top of its first line.
    top: f64,
}

impl SideLabel {
    pub fn new(text: &str, y: f64, em: f64) -> SideLabel {
        SideLabel { lines: lettering::wrap(text, em, 3), y, top: 0.0 }
    }

    fn height(&self, size: f64) -> f64 {
        lettering::height(self.lines.len()) * size
    }

    /// Tops of the lines.
    fn line_tops(&self, size: f64) -> impl Iterator<Item = (f64, &String)> {
        let line_top = move |index: usize| self.top + index as f64 * LEADING * size;
        self.lines.iter().enumerate().map(move |(index, line)| (line_top(index), line))
    }
}

/// Moves labels apart between `top` and `bottom`, each as near to its height as possible.
///
/// `false` when there is no room, or a label would end up too far away to be understood.
fn move_apart(labels: &mut [SideLabel], size: f64, far: f64, top: f64, bottom: f64) -> bool {
    let wish = |label: &SideLabel| Wish { middle: label.y, height: label.height(size) };
    let wishes: Vec<Wish> = labels.iter().map(wish).collect();
    let Some(tops) = spread(&wishes, top, bottom) else { return false };
    for (label, top) in labels.iter_mut().zip(tops) {
        label.top = top;
    }
    let near = |label: &SideLabel| {
        let middle = label.top + label.height(size) / 2.0;
        (middle - label.y).abs() <= far * size
    };
    labels.iter().all(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_at_one_height_are_moved_apart() {
        let mut labels = [SideLabel::new("甲", 50.0, 10.0), SideLabel::new("乙", 51.0, 10.0)];
        assert!(move_apart(&mut labels, 8.0, FAR, 0.0, 100.0));
        assert!(labels[1].top - labels[0].top >= 10.0);
    }

    #[test]
    fn labels_without_room_are_refused() {
        let mut labels = [SideLabel::new("甲", 5.0, 10.0), SideLabel::new("乙", 5.0, 10.0)];
        assert!(!move_apart(&mut labels, 8.0, FAR, 0.0, 12.0));
    }
}
