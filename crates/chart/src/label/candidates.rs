//! For every kind of mark the places where its number may stand, the best one first.

use crate::canvas::area::Area;
use crate::space::Orientation;

/// Space between a mark's edge and its number.
const GAP: f64 = 2.0;

/// What a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Owner {
    /// The free end of a bar.
    BarEnd { orientation: Orientation, middle: f64, end: f64, base: f64 },
    /// The free end of a column in a small chart, where a number further off would seem to be
    /// another's.
    NearColumnEnd { x: f64, end: f64, base: f64 },
    /// A segment of a stack. Its number may also stand beside it where it is vertical, and where
    /// it is horizontal in this much space above it.
    Segment { orientation: Orientation, area: Area, headroom: f64 },
    /// A point of a line. In a valley the line leaves upwards, so the number goes below.
    Point { at: [f64; 2], r: f64, valley: bool },
}

impl Owner {
    /// What lies between the end of a bar and a number beyond it.
    pub fn gap(&self, place: &Area) -> Area {
        match *self {
            Owner::BarEnd { orientation: Orientation::Vertical, end, .. } => {
                let (top, bottom) = match place.bottom <= end {
                    true => (place.bottom, end),
                    false => (end, place.top.max(end)),
                };
                Area { top, bottom, ..*place }
            }
            Owner::BarEnd { orientation: Orientation::Horizontal, end, .. } => {
                let (left, right) = match place.left >= end {
                    true => (end, place.left),
                    false => (place.right.min(end), end),
                };
                Area { left, right, ..*place }
            }
            _ => *place,
        }
    }

    /// Where a text of `w` by `h` points may stand, the best candidate first; `only_at` its mark
    /// or also near it.
    pub fn candidates(&self, w: f64, h: f64, only_at: bool) -> Vec<Area> {
        match *self {
            Owner::BarEnd { orientation, middle, end, base } => {
                bar_end(orientation, middle, end, base, w, h)
            }
            Owner::NearColumnEnd { x, end, base } => near_column_end(x, end, base, w, h),
            Owner::Segment { orientation, area, headroom } => {
                let mut places = inside(&area, w, h);
                match orientation {
                    _ if only_at => {}
                    Orientation::Vertical => places.extend(beside(&area, w, h)),
                    Orientation::Horizontal if headroom >= h => places.extend(above(&area, w, h)),
                    Orientation::Horizontal => {}
                }
                places
            }
            Owner::Point { at, r, valley } => around(at, r, valley, w, h),
        }
    }
}

/// Beyond the end of a bar, a little further on, then inside the bar.
fn bar_end(
    orientation: Orientation,
    middle: f64,
    end: f64,
    base: f64,
    w: f64,
    h: f64,
) -> Vec<Area> {
    // Along a row there is more room than above a column. y grows downwards.
    let (gap, extent, furthest, ahead) = match orientation {
        Orientation::Vertical => (GAP, h, 1.6 * h, end > base),
        Orientation::Horizontal => (GAP + 0.5, w, 4.0 * h, end >= base),
    };
    let after = |far: f64| end + gap + far;
    let before = |far: f64| end - gap - extent - far;
    let out = |far: f64| if ahead { after(far) } else { before(far) };
    let inward = |far: f64| if ahead { before(far) } else { after(far) };
    let beyond = (0..=furthest as usize).map(|far| out(far as f64));
    let within = (0..(end - base).abs() as usize).map(|far| inward(far as f64));
    let at = |along: f64| match orientation {
        Orientation::Vertical => Area::new(middle - w / 2.0, along, w, h),
        Orientation::Horizontal => Area::new(along, middle - h / 2.0, w, h),
    };
    beyond.chain(within).map(at).collect()
}

/// Beyond the end of a column, hardly further, where need be a little aside.
fn near_column_end(x: f64, end: f64, base: f64, w: f64, h: f64) -> Vec<Area> {
    let near = bar_end(Orientation::Vertical, x, end, base, w, h);
    let near = near.into_iter().take(1 + (0.5 * h) as usize);
    let aside = [0.0, 0.15, -0.15, 0.3, -0.3].map(|part| part * w);
    near.flat_map(|at| aside.map(|by| Area::new(at.left + by, at.top, w, h))).collect()
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

    #[test]
    fn a_value_stands_above_its_column_and_below_a_negative_one() {
        let up = bar_end(Orientation::Vertical, 50.0, 20.0, 80.0, 12.0, 8.0);
        assert_eq!(up[0], Area::new(44.0, 10.0, 12.0, 8.0));
        let down = bar_end(Orientation::Vertical, 50.0, 80.0, 20.0, 12.0, 8.0);
        assert_eq!(down[0], Area::new(44.0, 82.0, 12.0, 8.0));
    }

    #[test]
    fn a_value_too_wide_for_its_segment_never_stands_inside() {
        let part = Area::new(0.0, 0.0, 10.0, 10.0);
        assert!(inside(&part, 12.0, 8.0).is_empty());
        assert_eq!(inside(&part, 8.0, 8.0)[0], Area::new(1.0, 1.0, 8.0, 8.0));
    }
}
