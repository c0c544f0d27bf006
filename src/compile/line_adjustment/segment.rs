//! A run of text in a line: its characters with their places, and their new places.

use std::ops::Range;

use typst::layout::{Abs, Em, Frame, FrameItem, Point, Size};
use typst::text::TextItem;
use typst::visualize::Geometry;

use super::spacing::{Class, Gap, GapKind, gap, widths};

/// What stands nearer than this to the end of a text goes on with it, in em: the white that a
/// template puts around what must not break.
const NEAR: f64 = 0.55;
/// Differences below this, in em, are none.
const LITTLE: f64 = 0.002;
/// Only white that is at least so wide, in em, was put between Japanese and half-width characters.
const WESTERN_SEEN: f64 = 0.1;

/// A character, or a box of several, that moves as a whole.
struct Body {
    /// The item it is in; characters of one item are set by Typst together.
    item: usize,
    /// Its glyph; none for a box.
    glyph: Option<usize>,
    /// How it behaves to what stands before it, and to what stands behind it.
    classes: (Class, Class),
    em: f64,
    /// Without its white, in points from the left of the frame.
    place: Range<f64>,
    /// Where the body begins in its glyph.
    offset: f64,
}

/// Bodies that follow on each other in one line.
pub(super) struct Segment {
    baseline: f64,
    bodies: Vec<Body>,
    items: Range<usize>,
    /// Where the first item begins and the last ends, with its white.
    from: f64,
    to: f64,
    /// Whether another stands before it on its line.
    pub goes_on: bool,
}

impl Segment {
    /// A segment that begins with an item; none where it has no text.
    pub fn begin(index: usize, pos: Point, item: &FrameItem) -> Option<Self> {
        let found = bodies(index, pos, item)?;
        Some(Self {
            baseline: found.baseline,
            bodies: found.bodies,
            items: index..index + 1,
            from: found.from,
            to: found.to,
            goes_on: false,
        })
    }

    /// Whether both stand on one line.
    pub fn is_level(&self, other: &Self) -> bool {
        (self.baseline - other.baseline).abs() < 0.02
    }

    /// Takes an item in that follows on what is there; tells whether it does.
    pub fn extend(&mut self, index: usize, pos: Point, item: &FrameItem) -> bool {
        let Some(found) = bodies(index, pos, item) else { return false };
        let em = found.bodies[0].em.min(self.bodies[self.bodies.len() - 1].em);
        let follows = (-0.02..NEAR * em).contains(&(found.from - self.to))
            && (found.baseline - self.baseline).abs() < 0.02;
        if follows {
            self.bodies.extend(found.bodies);
            self.items.end = index + 1;
            self.to = found.to;
        }
        follows
    }

    /// Gives every character its place; tells whether one moved. `width`: of the frame around it.
    pub fn adjust(&self, items: &mut [(Point, FrameItem)], width: Abs) -> bool {
        let Some(places) = self.places(width.to_pt()) else { return false };
        let warp = Warp::new(&self.bodies, &places);
        for index in self.with_decoration(items) {
            let (pos, item) = &mut items[index];
            let is_own = self.items.contains(&index);
            match item {
                FrameItem::Text(text) if is_own => {
                    let own: Vec<(&Body, f64)> = (self.bodies.iter().zip(&places))
                        .filter(|(body, _)| body.item == index)
                        .map(|(body, place)| (body, *place))
                        .collect();
                    let next = self.bodies.iter().position(|body| body.item > index);
                    let end = next.map(|next| places[next]);
                    set(pos, text, &own, end);
                }
                FrameItem::Group(_) if is_own => {
                    if let Some(body) = self.bodies.iter().find(|body| body.item == index) {
                        pos.x += Abs::pt(warp.place(body.place.start) - body.place.start);
                    }
                }
                FrameItem::Shape(shape, _) if self.is_beside(*pos) => {
                    let from = pos.x.to_pt();
                    match &mut shape.geometry {
                        Geometry::Line(to) if to.y == Abs::zero() => {
                            to.x = Abs::pt(warp.place(from + to.x.to_pt()) - warp.place(from));
                        }
                        Geometry::Rect(size) => stretch(size, from, &warp),
                        _ => {}
                    }
                    pos.x = Abs::pt(warp.place(from));
                }
                FrameItem::Link(_, size) if self.is_beside(*pos) => {
                    let from = pos.x.to_pt();
                    stretch(size, from, &warp);
                    pos.x = Abs::pt(warp.place(from));
                }
                FrameItem::Tag(_) if self.is_beside(*pos) => {
                    pos.x = Abs::pt(warp.place(pos.x.to_pt()));
                }
                _ => {}
            }
        }
        true
    }

    /// The items of the segment, with what is drawn behind its first text and over its last.
    fn with_decoration(&self, items: &[(Point, FrameItem)]) -> Range<usize> {
        let is_text = |(_, item): &(Point, FrameItem)| {
            matches!(item, FrameItem::Text(_) | FrameItem::Group(_))
        };
        let before = items[..self.items.start].iter().rev().take_while(|item| !is_text(item));
        let after = items[self.items.end..].iter().take_while(|item| !is_text(item));
        self.items.start - before.count()..self.items.end + after.count()
    }

    /// Whether something stands at the height of the line and between its ends.
    fn is_beside(&self, pos: Point) -> bool {
        let em = self.bodies[0].em;
        let (x, y) = (pos.x.to_pt(), pos.y.to_pt());
        (self.baseline - 1.2 * em..self.baseline + 0.6 * em).contains(&y)
            && (self.from - em..=self.to + em).contains(&x)
    }

    /// Where the line ends: behind its last character, without white that Typst has put there.
    fn end(&self) -> f64 {
        self.bodies.last().map_or(self.to, |last| last.place.end)
    }

    /// The new places of the bodies; none where they stay.
    fn places(&self, width: f64) -> Option<Vec<f64>> {
        let bodies = &self.bodies;
        if bodies.len() < 2 {
            return None;
        }
        let gap_now = |index: usize| bodies[index + 1].place.start - bodies[index].place.end;
        let pairs = || bodies.windows(2).enumerate();
        let western = pairs().any(|(index, pair)| {
            is_western(&pair[0], &pair[1]) && gap_now(index) > WESTERN_SEEN * pair[0].em
        });
        let gaps: Vec<Gap> = pairs()
            .map(|(_, pair)| gap(pair[0].classes.1, pair[1].classes.0, pair[0].em, western))
            .collect();
        // A line that Typst left as it is by nature is one that ends where its text ends.
        let is_full = (self.end() - width).abs() < 0.1;
        let is_adjusted = is_full
            || gaps.iter().enumerate().any(|(index, gap)| {
                let is_joint = bodies[index].item != bodies[index + 1].item;
                let more = (gap_now(index) - gap.natural) / gap.em;
                more.abs() > LITTLE && !(is_joint && is_left_by_typst(gap, more))
            });
        let first = &bodies[0];
        // A paragraph begins with its bracket, not with the white before it.
        let hangs = !self.goes_on
            && first.classes.0 == Class::Opening
            && first.place.start - self.from > LITTLE;
        let from = if hangs { self.from } else { first.place.start };
        let wide: f64 = bodies.iter().map(|body| body.place.end - body.place.start).sum();
        let natural: f64 = gaps.iter().map(|gap| gap.natural).sum();
        let widths = match is_adjusted {
            true => widths(&gaps, self.end() - from - wide - natural)?,
            // Its line may have no room for more.
            false => gaps.iter().enumerate().map(|(i, gap)| gap.natural.min(gap_now(i))).collect(),
        };
        let mut places = vec![from];
        for (body, width) in bodies.iter().zip(widths) {
            let last = places[places.len() - 1];
            places.push(last + body.place.end - body.place.start + width);
        }
        let moves =
            |(body, place): (&Body, &f64)| (body.place.start - place).abs() > LITTLE * body.em;
        bodies.iter().zip(&places).any(moves).then_some(places)
    }
}

/// Whether a gap between two styles is as Typst leaves it in any line: it tells only punctuation of
/// one style that it shares its white, knows of no white between half-width characters and a
/// Japanese one of another style, and takes that at the edge of a box away.
fn is_left_by_typst(gap: &Gap, more: f64) -> bool {
    let is = |width: f64| (more - width).abs() <= LITTLE;
    is(0.5)
        || is(0.25)
        || gap.kind == GapKind::Western && is(-0.25)
        || gap.natural > 0.4 * gap.em && is(-0.5)
}

fn is_western(before: &Body, after: &Body) -> bool {
    matches!(
        (before.classes.1, after.classes.0),
        (Class::Ideograph, Class::Letter) | (Class::Letter, Class::Ideograph)
    )
}

fn stretch(size: &mut Size, from: f64, warp: &Warp) {
    let to = from + size.x.to_pt();
    size.x = Abs::pt(warp.place(to) - warp.place(from));
}

/// Puts the glyphs of a text where its bodies are; `end`: where the next text begins.
fn set(pos: &mut Point, text: &mut TextItem, bodies: &[(&Body, f64)], end: Option<f64>) {
    let Some((_, first)) = bodies.first() else { return };
    pos.x = Abs::pt(*first);
    let em = |points: f64| Em::from_abs(Abs::pt(points), text.size);
    let advances: Vec<(usize, Em, Em)> = bodies
        .iter()
        .enumerate()
        .filter_map(|(index, (body, place))| {
            let width = body.place.end - body.place.start;
            let next = bodies.get(index + 1).map(|(_, next)| *next).or(end);
            let advance = next.map_or(width, |next| next - place);
            body.glyph.map(|glyph| (glyph, em(advance), em(-body.offset)))
        })
        .collect();
    for (glyph, advance, offset) in advances {
        text.glyphs[glyph].x_advance = advance;
        text.glyphs[glyph].x_offset = offset;
    }
}

/// Where what stood at a place of the line stands now: characters are moved, the white between
/// them is stretched.
struct Warp(Vec<(f64, f64)>);

impl Warp {
    fn new(bodies: &[Body], places: &[f64]) -> Self {
        let ends = |(body, place): (&Body, &f64)| {
            let width = body.place.end - body.place.start;
            [(body.place.start, *place), (body.place.end, place + width)]
        };
        Self(bodies.iter().zip(places).flat_map(ends).collect())
    }

    fn place(&self, x: f64) -> f64 {
        let after = self.0.partition_point(|(old, _)| *old <= x);
        match (after.checked_sub(1).map(|before| self.0[before]), self.0.get(after).copied()) {
            (None, Some((old, new))) | (Some((old, new)), None) => x + (new - old),
            (Some((old, new)), Some((next_old, next_new))) => {
                let share = (x - old) / (next_old - old);
                new + share * (next_new - new)
            }
            (None, None) => x,
        }
    }
}

struct Found {
    baseline: f64,
    bodies: Vec<Body>,
    from: f64,
    to: f64,
}

/// The characters of an item. A group is a box in the line: it moves as a whole.
fn bodies(index: usize, pos: Point, item: &FrameItem) -> Option<Found> {
    match item {
        FrameItem::Text(text) => bodies_of_text(index, pos, text),
        FrameItem::Group(group) if group.transform.is_identity() && group.clip.is_none() => {
            let inner = bodies_in(&group.frame, pos)?;
            let (first, last) = (inner.bodies.first()?, inner.bodies.last()?);
            let body = Body {
                item: index,
                glyph: None,
                classes: (first.classes.0, last.classes.1),
                em: first.em,
                place: first.place.start..last.place.end,
                offset: 0.0,
            };
            // The box has its edges where it has them: its white is not the line's.
            let (from, to) = (inner.from, inner.to);
            Some(Found { baseline: inner.baseline, bodies: vec![body], from, to })
        }
        _ => None,
    }
}

/// The characters in a box of a single line; none where it is anything else.
fn bodies_in(frame: &Frame, at: Point) -> Option<Found> {
    let mut found: Option<Found> = None;
    for (pos, item) in frame.items() {
        let Some(next) = bodies(0, at + *pos, item) else {
            continue;
        };
        match &mut found {
            None => found = Some(next),
            Some(found) => {
                if (found.baseline - next.baseline).abs() > 0.02 {
                    return None;
                }
                found.bodies.extend(next.bodies);
                found.from = found.from.min(next.from);
                found.to = found.to.max(next.to);
            }
        }
    }
    found
}

fn bodies_of_text(index: usize, pos: Point, text: &TextItem) -> Option<Found> {
    let em = text.size.to_pt();
    let from = pos.x.to_pt();
    let mut pen = from;
    let mut bodies = Vec::with_capacity(text.glyphs.len());
    for (glyph_index, glyph) in text.glyphs.iter().enumerate() {
        let c = text.text.get(glyph.range()).and_then(|text| text.chars().next())?;
        let advance = text.font.x_advance(glyph.id).map_or(1.0, |advance| advance.get());
        let class = Class::of(c, advance);
        let (width, offset) = class.body(advance);
        let start = pen + (glyph.x_offset.get() + offset) * em;
        bodies.push(Body {
            item: index,
            glyph: Some(glyph_index),
            classes: (class, class),
            em,
            place: start..start + width * em,
            offset: offset * em,
        });
        pen += glyph.x_advance.get() * em;
    }
    (!bodies.is_empty()).then_some(Found { baseline: pos.y.to_pt(), bodies, from, to: pen })
}
