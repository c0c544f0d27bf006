//! Upright rectangles on a page, and how many small ones become a few that an eye can follow.

/// A part of a page in points, from the upper left corner of the cut page; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PageArea {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Rectangles nearer to each other than this are one: about a line of text.
const NEAR: f64 = 9.0;
/// As many rectangles as can still be looked at one by one.
const MOST: usize = 8;
/// Beyond this many only neighbours are joined: pairs of all would take too long.
const MANY: usize = 200;

impl PageArea {
    /// From two opposite corners, in any order.
    pub fn between(a: [f64; 2], b: [f64; 2]) -> Self {
        PageArea {
            left: a[0].min(b[0]),
            top: a[1].min(b[1]),
            right: a[0].max(b[0]),
            bottom: a[1].max(b[1]),
        }
    }

    pub fn with(self, other: Self) -> Self {
        PageArea {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What both have in common; of no size where they have nothing.
    pub fn within(self, other: Self) -> Self {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        PageArea {
            left,
            top,
            right: self.right.min(other.right).max(left),
            bottom: self.bottom.min(other.bottom).max(top),
        }
    }

    pub fn grown(self, by: f64) -> Self {
        PageArea {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    pub fn touches(self, other: Self) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }

    fn size(self) -> f64 {
        (self.right - self.left) * (self.bottom - self.top)
    }
}

/// A few rectangles that hold all of these, from the top to the bottom of the page.
pub fn merge(areas: impl IntoIterator<Item = PageArea>) -> Vec<PageArea> {
    let mut merged: Vec<PageArea> = Vec::new();
    for area in areas {
        join(&mut merged, area);
        if merged.len() > MANY {
            let last = merged.pop().unwrap_or(area);
            if let Some(neighbour) = merged.last_mut() {
                *neighbour = neighbour.with(last);
            }
        }
    }
    while merged.len() > MOST {
        let (a, b) = cheapest(&merged);
        let other = merged.remove(b);
        let one = merged.remove(a);
        join(&mut merged, one.with(other));
    }
    merged.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    merged
}

/// Adds a rectangle, swallowing all that are near, and those that are near to the grown one.
fn join(merged: &mut Vec<PageArea>, mut area: PageArea) {
    while let Some(near) = merged.iter().position(|other| other.touches(area.grown(NEAR))) {
        area = area.with(merged.swap_remove(near));
    }
    merged.push(area);
}

/// The two whose common rectangle holds the least besides them.
fn cheapest(areas: &[PageArea]) -> (usize, usize) {
    let pairs = (0..areas.len()).flat_map(|a| (a + 1..areas.len()).map(move |b| (a, b)));
    let cost = |(a, b): &(usize, usize)| {
        areas[*a].with(areas[*b]).size() - areas[*a].size() - areas[*b].size()
    };
    pairs.min_by(|x, y| cost(x).total_cmp(&cost(y))).unwrap_or((0, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f64, top: f64) -> PageArea {
        PageArea { left, top, right: left + 10.0, bottom: top + 10.0 }
    }

    #[test]
    fn areas_of_one_line_are_one_and_far_ones_are_not() {
        let merged = merge([area(300.0, 500.0), area(100.0, 100.0), area(115.0, 101.0)]);
        let line = PageArea { left: 100.0, top: 100.0, right: 125.0, bottom: 111.0 };
        assert_eq!(merged, [line, area(300.0, 500.0)]);
    }

    #[test]
    fn an_area_that_joins_two_others_makes_one_of_all() {
        assert_eq!(merge([area(100.0, 0.0), area(136.0, 0.0), area(118.0, 0.0)]).len(), 1);
    }

    #[test]
    fn many_areas_become_a_few_that_hold_all() {
        let all: Vec<PageArea> =
            (0..600).map(|n| area(f64::from(n % 20) * 28.0, f64::from(n / 20) * 27.0)).collect();
        let merged = merge(all.clone());
        assert!(merged.len() <= MOST, "{}", merged.len());
        let held = |a: &PageArea| merged.iter().any(|m| m.with(*a) == *m);
        assert!(all.iter().all(held));
    }
}
