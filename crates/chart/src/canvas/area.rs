//! Boxes and strokes, and whether they touch.

/// A rectangle along the axes, in points; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn new(x: f64, y: f64, w: f64, h: f64) -> Area {
        Area { left: x, top: y, right: x + w, bottom: y + h }
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn middle_x(&self) -> f64 {
        (self.left + self.right) / 2.0
    }

    pub fn middle_y(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }

    /// The box with `pad` more on every side.
    pub fn grown(&self, pad: f64) -> Area {
        Area {
            left: self.left - pad,
            top: self.top - pad,
            right: self.right + pad,
            bottom: self.bottom + pad,
        }
    }

    /// The smallest box that holds both.
    pub fn with(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub fn overlaps(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub fn holds(&self, other: &Area) -> bool {
        self.left <= other.left
            && self.right >= other.right
            && self.top <= other.top
            && self.bottom >= other.bottom
    }

    /// Distance of a point from the nearest part of the box.
    pub fn distance(&self, [x, y]: [f64; 2]) -> f64 {
        let aside = (self.left - x).max(x - self.right).max(0.0);
        let away = (self.top - y).max(y - self.bottom).max(0.0);
        (aside * aside + away * away).sqrt()
    }

    /// Whether any part of the straight stroke from `a` to `b` lies inside.
    pub fn crossed_by(&self, a: [f64; 2], b: [f64; 2]) -> bool {
        // Liang and Barsky: the part of the stroke that is inside all four sides.
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let bounds = [(self.left, self.right), (self.top, self.bottom)];
        for (axis, (low, high)) in bounds.into_iter().enumerate() {
            let (from, step) = (a[axis], b[axis] - a[axis]);
            if step == 0.0 {
                if from <= low || from >= high {
                    return false;
                }
                continue;
            }
            let (near, far) = ((low - from) / step, (high - from) / step);
            enter = enter.max(near.min(far));
            leave = leave.min(near.max(far));
        }
        enter < leave
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };

    #[test]
    fn a_stroke_through_a_corner_of_a_box_crosses_it() {
        assert!(BOX.crossed_by([8.0, 14.0], [14.0, 8.0]));
        assert!(!BOX.crossed_by([8.0, 11.0], [11.0, 8.0]));
        assert!(BOX.crossed_by([12.0, 12.0], [13.0, 13.0]));
        assert!(!BOX.crossed_by([0.0, 20.0], [30.0, 20.0]));
        assert!(BOX.crossed_by([15.0, 0.0], [15.0, 30.0]));
        assert!(!BOX.crossed_by([15.0, 0.0], [15.0, 9.0]));
    }

    #[test]
    fn boxes_that_share_an_edge_do_not_overlap() {
        assert!(!BOX.overlaps(&Area::new(20.0, 10.0, 5.0, 5.0)));
        assert!(BOX.overlaps(&Area::new(19.9, 10.0, 5.0, 5.0)));
        assert!(BOX.holds(&Area::new(10.0, 10.0, 10.0, 10.0)));
    }
}
