//! The printed values: for every kind of mark the places where its number may stand.

use super::area::Area;
use super::canvas::{Canvas, Rank};
use super::label::Label;
use super::small;
use super::table::Cell;

/// The smallest letters that print well on a copier, in points.
pub(super) const SMALLEST: f64 = 7.0;
/// Printed where a value is missing, as Japanese statistics do.
pub(super) const MISSING: &str = "－";
/// Space between a mark's edge and its number.
const GAP: f64 = 2.0;

/// What a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Owner {
    /// The free end of an upright column.
    ColumnEnd { x: f64, end: f64, base: f64 },
    /// The same in a small chart, where a number further off would seem to be another's.
    NearColumnEnd { x: f64, end: f64, base: f64 },
    /// The free end of a bar that lies.
    BarEnd { y: f64, end: f64, base: f64 },
    /// A segment of a stacked column; its number may also stand beside it.
    ColumnPart(Area),
    /// A segment of a stacked bar; its number may also stand in this much space above it.
    BarPart(Area, f64),
    /// A point of a line. In a valley the line leaves upwards, so the number goes below.
    Point { at: [f64; 2], r: f64, valley: bool },
}

/// A number that wants a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    pub category: usize,
    pub text: String,
    pub owner: Owner,
    pub bold: bool,
    pub muted: bool,
    /// Nothing is missed when it finds no place at its mark.
    pub optional: bool,
}

impl Value {
    /// The number of a cell, or the sign for a missing one.
    pub fn new(category: usize, cell: Option<&Cell>, owner: Owner) -> Value {
        Value {
            category,
            text: cell.map_or(MISSING, |cell| &cell.text).to_string(),
            owner,
            bold: false,
            muted: cell.is_none(),
            optional: cell.is_none(),
        }
    }

    /// A number that may be left out: its segment is too small to matter.
    pub fn optional(self, optional: bool) -> Value {
        Value { optional: self.optional || optional, ..self }
    }

    pub fn bold_if(self, bold: bool) -> Value {
        Value { bold, ..self }
    }

    fn label(&self, size: f64) -> Label<'_> {
        let label = Label::new(&self.text, size);
        let label = if self.bold { label.bold() } else { label };
        if self.muted { label.muted() } else { label }
    }

    /// Sets the value at the first place that is free and can belong to nothing else;
    /// `only_at` its mark or also near it.
    fn set(&self, canvas: &mut Canvas, size: f64, only_at: bool) -> bool {
        let label = self.label(size);
        let mut places = self.owner.places(label.width(), size, only_at);
        match self.owner {
            Owner::Point { at, .. } => places.retain(|place| canvas.nearest_is(at, place)),
            Owner::ColumnEnd { .. } | Owner::BarEnd { .. } => {
                // A number behind another one would belong to that; one behind a target line
                // would seem to have passed it, so there it stands only as a last resort.
                let between = |place: &Area| self.owner.gap(place);
                places.retain(|place| !canvas.has_text(&between(place)));
                let (behind, free): (Vec<Area>, Vec<Area>) =
                    places.into_iter().partition(|place| canvas.has_line(&between(place)));
                places = free.into_iter().chain(behind).collect();
            }
            _ => {}
        }
        canvas.text_at_first_free(Rank::Category(self.category), &label, places)
    }
}

/// Sets all values in one size if that can be done, the largest first.
///
/// When some find no place in any size, the fullest try stays if it lacks no more than a
/// tenth; otherwise none is set, since a reader would take the gaps for missing data.
pub(super) fn set_all(canvas: &mut Canvas, values: &[Value], size: f64) {
    let before = canvas.text_count();
    let mut best: Option<(usize, Canvas)> = None;
    for size in [size, small(size), SMALLEST] {
        canvas.forget_since(before);
        let missed = |value: &&Value| !value.set(canvas, size, false) && !value.optional;
        let missed = values.iter().filter(missed).count();
        if missed == 0 {
            return;
        }
        if best.as_ref().is_none_or(|(fewest, _)| missed < *fewest) {
            best = Some((missed, canvas.clone()));
        }
    }
    canvas.forget_since(before);
    if let Some((missed, full)) = best
        && missed * 10 <= values.len()
    {
        *canvas = full;
    }
}

/// Sets the numbers of stacks: each inside its part, the larger size first. Those that do not fit
/// stand beside or above their parts if all of them can; otherwise they are left out, and when
/// that is most of them, all are. Totals have places of their own.
pub(super) fn set_parts(canvas: &mut Canvas, values: &[Value], size: f64) {
    let is_part = |value: &&Value| matches!(value.owner, Owner::ColumnPart(_) | Owner::BarPart(..));
    let (parts, totals): (Vec<&Value>, Vec<&Value>) = values.iter().partition(is_part);
    let set = |canvas: &mut Canvas, value: &Value, only_at: bool| {
        [size, SMALLEST].into_iter().any(|size| value.set(canvas, size, only_at))
    };
    let before = canvas.text_count();
    let needed = parts.iter().filter(|value| !value.optional).count();
    let missed: Vec<&Value> =
        parts.into_iter().filter(|value| !set(canvas, value, true) && !value.optional).collect();
    let inside = canvas.text_count();
    if !missed.iter().all(|value| set(canvas, value, false)) {
        let most = missed.len() * 2 > needed;
        canvas.forget_since(if most { before } else { inside });
    }
    let totals: Vec<Value> = totals.into_iter().cloned().collect();
    set_all(canvas, &totals, size);
}

/// Sets each value as well as it can be: in its mark in any size before near it in any size.
pub(super) fn set_each(canvas: &mut Canvas, values: &[Value], size: f64) {
    for value in values {
        let tries = [(size, true), (SMALLEST, true), (size, false), (SMALLEST, false)];
        let allowed = tries.into_iter().filter(|(_, only_at)| *only_at || !value.optional);
        for (size, only_at) in allowed {
            if value.set(canvas, size, only_at) {
                break;
            }
        }
    }
}

impl Owner {
    /// What lies between the end of a bar and a number beyond it.
    fn gap(&self, place: &Area) -> Area {
        match *self {
            Owner::ColumnEnd { end, .. } => {
                let (top, bottom) = match place.bottom <= end {
                    true => (place.bottom, end),
                    false => (end, place.top.max(end)),
                };
                Area { top, bottom, ..*place }
            }
            Owner::BarEnd { end, .. } => {
                let (left, right) = match place.left >= end {
                    true => (end, place.left),
                    false => (place.right.min(end), end),
                };
                Area { left, right, ..*place }
            }
            _ => *place,
        }
    }

    /// Where a text of `w` by `h` points may stand, the best place first; `only_at` its mark
    /// or also near it.
    fn places(&self, w: f64, h: f64, only_at: bool) -> Vec<Area> {
        match *self {
            Owner::ColumnEnd { x, end, base } => column_end(x, end, base, w, h),
            Owner::NearColumnEnd { x, end, base } => near_column_end(x, end, base, w, h),
            Owner::BarEnd { y, end, base } => bar_end(y, end, base, w, h),
            Owner::ColumnPart(part) if only_at => inside(&part, w, h),
            Owner::ColumnPart(part) => {
                let mut places = inside(&part, w, h);
                places.extend(beside(&part, w, h));
                places
            }
            Owner::BarPart(part, headroom) => {
                let mut places = inside(&part, w, h);
                if headroom >= h && !only_at {
                    places.extend(above(&part, w, h));
                }
                places
            }
            Owner::Point { at, r, valley } => around(at, r, valley, w, h),
        }
    }
}

/// Beyond the end of a column, a little further on, then inside the column.
fn column_end(x: f64, end: f64, base: f64, w: f64, h: f64) -> Vec<Area> {
    let upward = end <= base;
    let out = |far: f64| if upward { end - GAP - h - far } else { end + GAP + far };
    let inward = |far: f64| if upward { end + GAP + far } else { end - GAP - h - far };
    let beyond = (0..=(1.6 * h) as usize).map(|far| out(far as f64));
    let within = (0..(end - base).abs() as usize).map(|far| inward(far as f64));
    let at = |top: f64| Area::new(x - w / 2.0, top, w, h);
    beyond.chain(within).map(at).collect()
}

/// Beyond the end of a column, hardly further, where need be a little aside.
fn near_column_end(x: f64, end: f64, base: f64, w: f64, h: f64) -> Vec<Area> {
    let near = column_end(x, end, base, w, h).into_iter().take(1 + (0.5 * h) as usize);
    let aside = [0.0, 0.15, -0.15, 0.3, -0.3].map(|part| part * w);
    near.flat_map(|at| aside.map(|by| Area::new(at.left + by, at.top, w, h))).collect()
}

/// Beyond the end of a bar, further on, then inside the bar.
fn bar_end(y: f64, end: f64, base: f64, w: f64, h: f64) -> Vec<Area> {
    let forward = end >= base;
    let gap = GAP + 0.5;
    let out = |far: f64| if forward { end + gap + far } else { end - gap - w - far };
    let inward = |far: f64| if forward { end - gap - w - far } else { end + gap + far };
    let beyond = (0..=(4.0 * h) as usize).map(|far| out(far as f64));
    let within = (0..(end - base).abs() as usize).map(|far| inward(far as f64));
    let at = |left: f64| Area::new(left, y - h / 2.0, w, h);
    beyond.chain(within).map(at).collect()
}

/// The middle of a segment, then away from the middle in steps of 1 pt.
fn inside(part: &Area, w: f64, h: f64) -> Vec<Area> {
    let (x, y) = (part.middle_x() - w / 2.0, part.middle_y() - h / 2.0);
    let (free_x, free_y) = ((part.width() - w) / 2.0, (part.height() - h) / 2.0);
    if free_x < 0.0 || free_y < 0.0 {
        return Vec::new();
    }
    let mut places = vec![Area::new(x, y, w, h)];
    for far in 1..=(free_x.max(free_y) as usize) {
        let far = far as f64;
        if far <= free_y {
            places.push(Area::new(x, y + far, w, h));
            places.push(Area::new(x, y - far, w, h));
        }
        if far <= free_x {
            places.push(Area::new(x - far, y, w, h));
            places.push(Area::new(x + far, y, w, h));
        }
    }
    places
}

/// Right of a segment, its middle still at the height of the segment. At its left a number would
/// seem to belong to the column before it, or to the scale.
fn beside(part: &Area, w: f64, h: f64) -> Vec<Area> {
    let slack = (part.height() / 2.0 + 1.0).min(h) as usize;
    let mut places = Vec::new();
    for far in 0..=slack {
        for y in [part.middle_y() - far as f64, part.middle_y() + far as f64] {
            places.push(Area::new(part.right + GAP, y - h / 2.0, w, h));
        }
    }
    places
}

/// Above a segment, its middle still over the segment.
fn above(part: &Area, w: f64, h: f64) -> Vec<Area> {
    let slack = (part.width() / 2.0 + 1.0) as usize;
    let top = part.top - 1.5 - h;
    let shifts = (0..=slack).flat_map(|far| [far as f64, -(far as f64)]);
    shifts.map(|shift| Area::new(part.middle_x() - w / 2.0 + shift, top, w, h)).collect()
}

/// Above or below a point, then at its corners and sides.
fn around([x, y]: [f64; 2], r: f64, valley: bool, w: f64, h: f64) -> Vec<Area> {
    // Closer than to any other mark: nearness is all that tells whose number it is.
    let gap = r + 1.05;
    let mut places = Vec::new();
    for far in 0..(0.9 * h) as usize {
        let (above, below) = (y - gap - h - far as f64, y + gap + far as f64);
        let tops = if valley { [below, above] } else { [above, below] };
        for top in tops {
            for aside in [0.0, 0.25, -0.25, 0.5, -0.5] {
                places.push(Area::new(x - w / 2.0 + aside * w, top, w, h));
            }
        }
    }
    for left in [x + gap, x - gap - w] {
        for up in [-0.5, -0.9, -0.1] {
            places.push(Area::new(left, y + up * h, w, h));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::mark::Shape;

    fn value(text: &str, owner: Owner) -> Value {
        Value { text: text.into(), muted: false, optional: false, ..Value::new(0, None, owner) }
    }

    #[test]
    fn a_value_stands_above_its_column_and_below_a_negative_one() {
        let up = column_end(50.0, 20.0, 80.0, 12.0, 8.0);
        assert_eq!(up[0], Area::new(44.0, 10.0, 12.0, 8.0));
        let down = column_end(50.0, 80.0, 20.0, 12.0, 8.0);
        assert_eq!(down[0], Area::new(44.0, 82.0, 12.0, 8.0));
    }

    #[test]
    fn a_value_too_wide_for_its_segment_never_stands_inside() {
        let part = Area::new(0.0, 0.0, 10.0, 10.0);
        assert!(inside(&part, 12.0, 8.0).is_empty());
        assert_eq!(inside(&part, 8.0, 8.0)[0], Area::new(1.0, 1.0, 8.0, 8.0));
    }

    #[test]
    fn values_are_left_out_together_when_too_many_find_no_place() {
        let mut canvas = Canvas::new(40.0, 40.0);
        let owner = Owner::BarPart(Area::new(0.0, 0.0, 4.0, 4.0), 0.0);
        set_all(&mut canvas, &vec![value("123", owner); 3], 8.0);
        assert_eq!(canvas.text_count(), 0);
    }

    #[test]
    fn a_number_never_stands_nearer_to_the_point_of_another_line() {
        let mut canvas = Canvas::new(100.0, 100.0);
        let (mine, other) = ([50.0, 50.0], [50.0, 38.0]);
        canvas.marker(mine, 2.0, Shape::Disc, None);
        canvas.marker(other, 2.0, Shape::Square, None);
        let owner = Owner::Point { at: mine, r: 2.0, valley: false };
        assert!(value("63.5", owner).set(&mut canvas, 8.0, false));
        assert!(
            canvas.ground(&Area::new(42.0, 53.5, 16.0, 8.0))
                == super::super::canvas::Ground::Blocked
        );
    }

    #[test]
    fn a_missing_value_is_shown_by_a_dash_and_is_no_zero() {
        let owner = Owner::ColumnEnd { x: 0.0, end: 0.0, base: 0.0 };
        let missing = Value::new(0, None, owner);
        assert!(missing.text == "－" && missing.muted && missing.optional);
    }
}
