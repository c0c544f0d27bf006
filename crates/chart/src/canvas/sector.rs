//! A part of a ring, and whether a box lies inside it, beside it or across its edge.

use std::f64::consts::TAU;

use crate::canvas::area::Area;

/// Part of the ring around `middle` between two radii. Angles are in turns, clockwise from
/// twelve o'clock; a part from 0 to 1 is a whole ring without edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sector {
    pub middle: [f64; 2],
    pub inner: f64,
    pub outer: f64,
    pub from: f64,
    pub to: f64,
}

/// How a box and a sector lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Touch {
    Apart,
    /// The whole box inside the sector.
    Inside,
    Crossed,
}

/// The direction of an angle in turns.
pub(crate) fn direction(turn: f64) -> [f64; 2] {
    let (sin, cos) = (turn * TAU).sin_cos();
    [sin, -cos]
}

impl Sector {
    /// The point at an angle and a distance from the middle.
    pub fn at(&self, turn: f64, radius: f64) -> [f64; 2] {
        let [x, y] = direction(turn);
        [self.middle[0] + radius * x, self.middle[1] + radius * y]
    }

    /// The angle in its middle.
    pub fn bisector(&self) -> f64 {
        (self.from + self.to) / 2.0
    }

    pub fn touch(&self, area: &Area) -> Touch {
        let corners = corners(area);
        let (near, far) = (
            area.distance(self.middle),
            corners.iter().map(|corner| self.radius(*corner)).fold(0.0, f64::max),
        );
        if near >= self.outer || far <= self.inner {
            return Touch::Apart;
        }
        let cut = |turn: f64| area.crossed_by(self.at(turn, self.inner), self.at(turn, self.outer));
        if !self.whole() && (cut(self.from) || cut(self.to)) {
            return Touch::Crossed;
        }
        // Now all that the box has of the ring on one side of the hole is in this sector or
        // in others.
        if near >= self.inner && far <= self.outer {
            let here = self.spans([area.middle_x(), area.middle_y()]);
            return if here { Touch::Inside } else { Touch::Apart };
        }
        let in_band = |point: &&[f64; 2]| {
            let radius = self.radius(**point);
            radius > self.inner && radius < self.outer
        };
        let crossings = [self.inner, self.outer].map(|radius| self.arc_crossings(area, radius));
        let inside = corners.iter().filter(in_band).chain(crossings.iter().flatten());
        let overlaps = self.whole() || inside.into_iter().any(|point| self.spans(*point));
        if overlaps { Touch::Crossed } else { Touch::Apart }
    }

    fn whole(&self) -> bool {
        self.to - self.from > 1.0 - 1e-6
    }

    fn radius(&self, [x, y]: [f64; 2]) -> f64 {
        (x - self.middle[0]).hypot(y - self.middle[1])
    }

    /// Whether the angle of a point lies between the edges.
    fn spans(&self, [x, y]: [f64; 2]) -> bool {
        let turn = (x - self.middle[0]).atan2(self.middle[1] - y) / TAU;
        (turn - self.from).rem_euclid(1.0) < self.to - self.from
    }

    /// Where the sides of a box meet the circle of this radius.
    fn arc_crossings(&self, area: &Area, radius: f64) -> Vec<[f64; 2]> {
        let [cx, cy] = self.middle;
        let reach = |away: f64| (radius * radius - away * away).max(0.0).sqrt();
        let sides =
            [area.left, area.right].map(|x| [-1.0, 1.0].map(|s| [x, cy + s * reach(x - cx)]));
        let ends =
            [area.top, area.bottom].map(|y| [-1.0, 1.0].map(|s| [cx + s * reach(y - cy), y]));
        let edge = area.grown(1e-9);
        let on_both = |[x, y]: &[f64; 2]| {
            edge.holds(&Area::new(*x, *y, 0.0, 0.0))
                && (self.radius([*x, *y]) - radius).abs() < 1e-6
        };
        sides.into_iter().chain(ends).flatten().filter(on_both).collect()
    }
}

fn corners(area: &Area) -> [[f64; 2]; 4] {
    let Area { left, top, right, bottom } = *area;
    [[left, top], [right, top], [right, bottom], [left, bottom]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sector(from: f64, to: f64) -> Sector {
        Sector { middle: [100.0, 100.0], inner: 30.0, outer: 60.0, from, to }
    }

    /// A box of 12 by 8 points around the point at an angle and a radius.
    fn at(turn: f64, radius: f64) -> Area {
        let [x, y] = sector(0.0, 1.0).at(turn, radius);
        Area::new(x - 6.0, y - 4.0, 12.0, 8.0)
    }

    #[test]
    fn angles_run_clockwise_from_twelve_o_clock() {
        let [x, y] = sector(0.0, 1.0).at(0.25, 50.0);
        assert!((x - 150.0).abs() < 1e-9 && (y - 100.0).abs() < 1e-9);
        let [x, y] = sector(0.0, 1.0).at(0.0, 50.0);
        assert!((x - 100.0).abs() < 1e-9 && (y - 50.0).abs() < 1e-9);
    }

    #[test]
    fn a_box_in_the_band_is_inside_one_sector_and_apart_from_the_others() {
        let (right, left) = (sector(0.0, 0.5), sector(0.5, 1.0));
        assert_eq!(right.touch(&at(0.25, 45.0)), Touch::Inside);
        assert_eq!(left.touch(&at(0.25, 45.0)), Touch::Apart);
        assert_eq!(left.touch(&at(0.75, 45.0)), Touch::Inside);
    }

    #[test]
    fn a_box_across_an_edge_touches_both_sectors() {
        for own in [sector(0.0, 0.5), sector(0.5, 1.0)] {
            assert_eq!(own.touch(&at(0.5, 45.0)), Touch::Crossed);
            assert_eq!(own.touch(&at(0.0, 45.0)), Touch::Crossed);
        }
    }

    #[test]
    fn a_box_across_an_arc_touches_only_the_sector_it_reaches_into() {
        for radius in [60.0, 30.0] {
            assert_eq!(sector(0.0, 0.5).touch(&at(0.25, radius)), Touch::Crossed);
            assert_eq!(sector(0.5, 1.0).touch(&at(0.25, radius)), Touch::Apart);
        }
    }

    #[test]
    fn the_hole_and_the_paper_around_are_apart_from_every_sector() {
        for own in [sector(0.0, 1.0), sector(0.1, 0.2), sector(0.2, 0.95)] {
            assert_eq!(own.touch(&at(0.0, 0.0)), Touch::Apart);
            assert_eq!(own.touch(&at(0.15, 80.0)), Touch::Apart);
        }
    }

    #[test]
    fn a_part_of_more_than_half_holds_what_lies_opposite_to_its_gap() {
        let most = sector(0.02, 0.98);
        assert_eq!(most.touch(&at(0.5, 45.0)), Touch::Inside);
        assert_eq!(most.touch(&at(0.0, 45.0)), Touch::Crossed);
    }

    #[test]
    fn a_whole_ring_has_no_edge() {
        assert_eq!(sector(0.0, 1.0).touch(&at(0.0, 45.0)), Touch::Inside);
        assert_eq!(sector(0.0, 1.0).touch(&at(0.0, 60.0)), Touch::Crossed);
        let around = Area::new(0.0, 0.0, 200.0, 200.0);
        assert_eq!(sector(0.0, 1.0).touch(&around), Touch::Crossed);
    }

    #[test]
    fn a_box_over_the_hole_touches_the_sectors_at_both_of_its_ends() {
        let wide = Area::new(50.0, 96.0, 100.0, 8.0);
        assert_eq!(sector(0.2, 0.3).touch(&wide), Touch::Crossed);
        assert_eq!(sector(0.7, 0.8).touch(&wide), Touch::Crossed);
        assert_eq!(sector(0.4, 0.6).touch(&wide), Touch::Apart);
    }
}
