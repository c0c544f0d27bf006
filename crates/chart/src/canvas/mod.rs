//! Where marks are gathered and where labels look for a free place.

pub(crate) mod area;
pub(crate) mod hit_test;
pub(crate) mod label;
pub(crate) mod sector;

use crate::mark::{Anchor, CellAt, Drawing, Ink, Mark, Paint, Shape, Stroke, Text};
use crate::text_metrics::LEADING;
use area::Area;
use hit_test::{Backdrop, CLEARANCE};
use label::Label;
use sector::Sector;
use soukatsu_core::model::figure::ChartKind;

/// Empty space between two texts on one line, in points.
const WORD_SPACE: f64 = 2.0;

/// The reading order of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Unit,
    Legend,
    /// The name of a category and then its values.
    Category(usize),
    Reference,
    Ticks,
    Notes,
}

/// A chart in the making.
#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    pub width: f64,
    pub height: f64,
    /// Lines that give way to texts.
    grid: Vec<([[f64; 2]; 2], Stroke)>,
    pub(crate) shapes: Vec<Mark>,
    /// Whether a reference line is among them: most charts have none, and labels ask often.
    has_reference: bool,
    pub(crate) texts: Vec<(Rank, Text, Area)>,
    /// Whether names of categories had to be left out or cut.
    pub lacks_names: bool,
    /// Top and bottom of the plot, for charts that can be aligned with their neighbours.
    pub plot: Option<[f64; 2]>,
}

impl Canvas {
    pub fn new(width: f64, height: f64) -> Canvas {
        Canvas {
            width,
            height,
            grid: Vec::new(),
            shapes: Vec::new(),
            has_reference: false,
            texts: Vec::new(),
            plot: None,
            lacks_names: false,
        }
    }

    /// A line of the scale, horizontal or vertical. Texts interrupt it.
    pub fn grid(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.scale_line(from, to, Stroke::Grid);
    }

    /// Any other vertical or horizontal line that texts interrupt.
    pub fn scale_line(&mut self, from: [f64; 2], to: [f64; 2], stroke: Stroke) {
        self.grid.push(([from, to], stroke));
    }

    /// A box; `cell` is the value it stands for, if any.
    pub fn rect(&mut self, area: Area, fill: Paint, cell: Option<CellAt>) {
        let Area { left: x, top: y, .. } = area;
        self.shapes.push(Mark::Rect { x, y, w: area.width(), h: area.height(), fill, cell });
    }

    /// A part of a ring; `cell` is the value it stands for.
    pub fn sector(&mut self, sector: Sector, fill: Paint, cell: Option<CellAt>) {
        let Sector { middle: [x, y], inner, outer, from, to } = sector;
        self.shapes.push(Mark::Sector { x, y, inner, outer, from, to, fill, cell });
    }

    pub fn line(&mut self, points: Vec<[f64; 2]>, stroke: Stroke) {
        if points.len() > 1 {
            self.has_reference |= matches!(stroke, Stroke::Target | Stroke::Baseline);
            self.shapes.push(Mark::Line { points, stroke });
        }
    }

    pub fn marker(&mut self, [x, y]: [f64; 2], r: f64, shape: Shape, cell: Option<CellAt>) {
        self.shapes.push(Mark::Marker { x, y, r, shape, cell });
    }

    /// Sets a text of the frame, whose place was planned. What is too long even for the page
    /// (the ticks of a 28-digit number) is left out.
    pub fn text(&mut self, rank: Rank, label: &Label, anchor: Anchor, x: f64, top: f64) {
        let area = label.area(anchor, x, top);
        let page = Area::new(0.0, 0.0, self.width, self.height);
        if label.text.is_empty() || !page.grown(0.01).holds(&area) {
            return;
        }
        let ink = if label.muted { Ink::Muted } else { Ink::Normal };
        self.push(rank, label, anchor, area, ink);
    }

    /// Sets lines one under another in the style of a label, the first with its top at `top`.
    pub fn lines(
        &mut self,
        rank: Rank,
        style: &Label,
        lines: &[String],
        anchor: Anchor,
        x: f64,
        top: f64,
    ) {
        for (index, line) in lines.iter().enumerate() {
            let label = Label { text: line, ..*style };
            self.text(rank, &label, anchor, x, top + index as f64 * LEADING * style.size);
        }
    }

    /// Sets a text at the first free place; `false` when there is none.
    pub fn text_at_first_free(
        &mut self,
        rank: Rank,
        label: &Label,
        places: impl IntoIterator<Item = Area>,
    ) -> bool {
        for area in places {
            let ink = match self.backdrop(&area) {
                Backdrop::Blocked => continue,
                Backdrop::Paper if label.muted => Ink::Muted,
                Backdrop::Paper => Ink::Normal,
                Backdrop::Shape(paint) => Ink::On(paint),
            };
            self.push(rank, label, Anchor::Middle, area, ink);
            return true;
        }
        false
    }

    /// An empty chart of this size that says so.
    pub fn without_data(width: f64, height: f64, size: f64) -> Canvas {
        let mut canvas = Canvas::new(width, height);
        canvas.say_empty([width / 2.0], height / 2.0, size);
        canvas
    }

    /// Says that there is nothing to see, so that an empty chart is not taken for a fault: at the
    /// first of these middles that is free.
    pub fn say_empty(&mut self, middles: impl IntoIterator<Item = f64>, y: f64, size: f64) {
        let label = Label::new("データなし", size).muted();
        let places = middles.into_iter().map(|x| label.area(Anchor::Middle, x, y - size / 2.0));
        let places: Vec<Area> = places.collect();
        self.text_at_first_free(Rank::Reference, &label, places);
    }

    fn push(&mut self, rank: Rank, label: &Label, anchor: Anchor, area: Area, ink: Ink) {
        let x = match anchor {
            Anchor::Start => area.left,
            Anchor::Middle => area.middle_x(),
            Anchor::End => area.right,
        };
        let text = Text {
            x,
            y: area.top,
            w: area.width(),
            size: label.size,
            anchor,
            weight: label.weight,
            ink,
            text: label.text.to_string(),
        };
        self.texts.push((rank, text, area));
    }

    /// What a text in this place would stand on. Grid lines do not count: they give way.
    pub fn backdrop(&self, area: &Area) -> Backdrop {
        let page = Area::new(0.0, 0.0, self.width, self.height);
        let around = Area {
            left: area.left - WORD_SPACE,
            right: area.right + WORD_SPACE,
            ..area.grown(CLEARANCE)
        };
        if !page.holds(area) || self.texts.iter().any(|(_, _, text)| text.overlaps(&around)) {
            return Backdrop::Blocked;
        }
        hit_test::backdrop(&self.shapes, area)
    }

    /// How many texts there are; together with `forget_since` a way to try and take back.
    pub fn text_count(&self) -> usize {
        self.texts.len()
    }

    pub fn forget_since(&mut self, count: usize) {
        self.texts.truncate(count);
    }

    /// Grid, shapes and texts in order, rounded.
    pub fn finish(mut self, kind: ChartKind) -> Drawing {
        self.texts.sort_by_key(|(rank, ..)| *rank);
        let mut marks = Vec::new();
        for line in &self.grid {
            marks.extend(self.interrupted(line));
        }
        marks.append(&mut self.shapes);
        marks.extend(self.texts.into_iter().map(|(_, text, _)| Mark::Text(text)));
        Drawing {
            width: crate::mark::hundredth(self.width),
            height: crate::mark::hundredth(self.height),
            kind,
            plot: self.plot,
            marks: marks.into_iter().map(Mark::rounded).collect(),
        }
    }

    /// The parts of a grid line that no text stands on.
    fn interrupted(&self, ([from, to], stroke): &([[f64; 2]; 2], Stroke)) -> Vec<Mark> {
        let (from, to) = (*from, *to);
        let along = if from[1] == to[1] { 0 } else { 1 };
        let mut gaps: Vec<(f64, f64)> = (self.texts.iter())
            .map(|(_, _, area)| area.grown(1.5))
            .filter(|area| area.crossed_by(from, to))
            .map(|area| match along {
                0 => (area.left, area.right),
                _ => (area.top, area.bottom),
            })
            .collect();
        gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut parts = Vec::new();
        let (mut start, end) = (from[along].min(to[along]), from[along].max(to[along]));
        gaps.push((end, end));
        for (gap_start, gap_end) in gaps {
            // Crumbs between two labels would look like dirt.
            if gap_start - start > 3.0 {
                let point = |at: f64| if along == 0 { [at, from[1]] } else { [from[0], at] };
                let points = vec![point(start), point(gap_start)];
                parts.push(Mark::Line { points, stroke: *stroke });
            }
            start = start.max(gap_end);
        }
        parts
    }
}

impl Canvas {
    /// Whether any part of a text lies here.
    pub fn has_text(&self, area: &Area) -> bool {
        self.texts.iter().any(|(_, _, text)| text.overlaps(area))
    }

    /// Whether a reference line passes here.
    pub fn has_line(&self, area: &Area) -> bool {
        self.has_reference
            && self.shapes.iter().any(|shape| match shape {
                Mark::Line { points, stroke: Stroke::Target | Stroke::Baseline } => {
                    points.windows(2).any(|pair| area.crossed_by(pair[0], pair[1]))
                }
                _ => false,
            })
    }

    /// The box around the marks that stand for some values, and whether they are points.
    pub fn marks_of(&self, wanted: impl Fn(CellAt) -> bool) -> Option<(Area, bool)> {
        let marks = self.shapes.iter().filter_map(|shape| match shape {
            Mark::Rect { x, y, w, h, cell, .. } if cell.is_some_and(&wanted) => {
                Some((Area::new(*x, *y, *w, *h), false))
            }
            Mark::Marker { x, y, r, cell, .. } if cell.is_some_and(&wanted) => {
                Some((Area::new(x - r, y - r, 2.0 * r, 2.0 * r), true))
            }
            _ => None,
        });
        marks.reduce(|(all, point), (own, _)| (all.with(&own), point))
    }

    /// Whether a thin line may lead from here to there: past texts, lines and all signs but
    /// those around `own`.
    pub fn clear(&self, from: [f64; 2], to: [f64; 2], own: [f64; 2]) -> bool {
        let crossed = |area: Area| area.crossed_by(from, to);
        let texts = self.texts.iter().any(|(_, _, area)| crossed(area.grown(CLEARANCE)));
        !texts
            && !self.shapes.iter().any(|shape| match shape {
                Mark::Rect { x, y, w, h, .. } => crossed(Area::new(*x, *y, *w, *h)),
                Mark::Marker { x, y, .. } if [*x, *y] == own => false,
                Mark::Marker { x, y, r, .. } | Mark::Sector { x, y, outer: r, .. } => {
                    crossed(Area::new(x - r, y - r, 2.0 * r, 2.0 * r))
                }
                Mark::Line { points, .. } => {
                    points.windows(2).any(|pair| crossing([pair[0], pair[1]], [from, to]))
                }
                Mark::Text(_) => false,
            })
    }

    /// Whether no other text stands beside this place within `space` points.
    pub fn apart(&self, area: &Area, space: f64) -> bool {
        let around = Area { left: area.left - space, right: area.right + space, ..*area };
        !self.texts.iter().any(|(_, _, text)| text.overlaps(&around))
    }

    /// Whether a text here is clearly nearer to the data point at `own` than to any other.
    pub fn nearest_is(&self, own: [f64; 2], area: &Area) -> bool {
        let distance = area.distance(own);
        self.shapes.iter().all(|shape| match shape {
            Mark::Marker { x, y, .. } => {
                [*x, *y] == own || area.distance([*x, *y]) > 1.25 * distance + 0.5
            }
            _ => true,
        })
    }
}

/// Whether two straight strokes cross.
fn crossing([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> bool {
    let side = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_takes_the_first_place_that_nothing_touches() {
        let mut canvas = Canvas::new(100.0, 100.0);
        canvas.rect(Area::new(10.0, 50.0, 30.0, 50.0), Paint::Series(1), None);
        let label = Label::new("12", 8.0);
        let edge = label.area(Anchor::Middle, 25.0, 46.0);
        let inside = label.area(Anchor::Middle, 25.0, 55.0);
        assert_eq!(canvas.backdrop(&edge), Backdrop::Blocked);
        assert!(canvas.text_at_first_free(Rank::Category(0), &label, [edge, inside]));
        assert!(!canvas.text_at_first_free(Rank::Category(0), &label, [edge, inside]));
        let drawing = canvas.finish(ChartKind::Columns);
        let Some(Mark::Text(text)) = drawing.marks.last() else { panic!("no text") };
        assert_eq!((text.ink, text.y), (Ink::On(Paint::Series(1)), 55.0));
    }

    #[test]
    fn grid_lines_give_way_to_texts() {
        let mut canvas = Canvas::new(100.0, 100.0);
        canvas.grid([0.0, 50.0], [100.0, 50.0]);
        canvas.text(Rank::Ticks, &Label::new("12", 8.0), Anchor::Middle, 50.0, 46.0);
        let lines: Vec<_> = (canvas.finish(ChartKind::Columns).marks.into_iter())
            .filter_map(|mark| match mark {
                Mark::Line { points, .. } => Some(points),
                _ => None,
            })
            .collect();
        assert_eq!(lines, [[[0.0, 50.0], [44.5, 50.0]], [[55.5, 50.0], [100.0, 50.0]]]);
    }

    #[test]
    fn texts_are_read_in_order_whatever_the_order_of_drawing() {
        let mut canvas = Canvas::new(100.0, 100.0);
        for (rank, text) in [(Rank::Ticks, "0"), (Rank::Category(1), "b"), (Rank::Unit, "u")] {
            canvas.text(rank, &Label::new(text, 8.0), Anchor::Start, 0.0, 0.0);
        }
        let texts: Vec<_> = (canvas.finish(ChartKind::Columns).marks.into_iter())
            .map(|mark| match mark {
                Mark::Text(text) => text.text,
                _ => unreachable!(),
            })
            .collect();
        assert_eq!(texts, ["u", "b", "0"]);
    }
}
