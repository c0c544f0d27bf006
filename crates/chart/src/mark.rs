//! What a chart is made of once everything has its place: plain geometry as data.
//!
//! All lengths are points, the origin is the top left corner, y grows downwards.
//! Paints are named by role; the Typst theme decides what a role looks like.

use std::fmt;

use serde::{Serialize, Serializer};

use soukatsu_core::model::figure::ChartKind;

/// A finished chart: a box of fixed size and the marks inside it, in painting order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawing {
    /// Width of the box in points.
    pub width: f64,
    /// Height of the box in points.
    pub height: f64,
    /// Shapes first, then all text in reading order.
    pub marks: Vec<Mark>,
    /// Top and bottom of the plot of a vertical chart, so that neighbours can be aligned.
    #[serde(skip)]
    pub plot: Option<[f64; 2]>,
    /// The kind that was drawn: columns with long names are turned to bars.
    #[serde(skip)]
    pub kind: ChartKind,
}

impl Drawing {
    /// Every text, in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks
            .iter()
            .filter_map(|mark| if let Mark::Text(text) = mark { Some(text) } else { None })
    }
}

/// One thing to draw.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "mark", rename_all = "kebab-case")]
pub enum Mark {
    /// A bar, a column, a segment or the key of a legend entry.
    Rect {
        x: f64,
        y: f64,
        w: f64,
        h: f64,
        fill: Paint,
        /// The value it stands for; none for the key of a legend.
        #[serde(skip)]
        cell: Option<CellAt>,
    },
    /// A part of a ring. Angles are in turns, clockwise from twelve o'clock.
    Sector {
        x: f64,
        y: f64,
        inner: f64,
        outer: f64,
        from: f64,
        to: f64,
        fill: Paint,
        #[serde(skip)]
        cell: Option<CellAt>,
    },
    /// A line through two or more points.
    Line {
        points: Vec<[f64; 2]>,
        stroke: Stroke,
    },
    /// The sign of a data point; `r` is the radius of the circle it fills.
    Marker {
        x: f64,
        y: f64,
        r: f64,
        shape: Shape,
        #[serde(skip)]
        cell: Option<CellAt>,
    },
    Text(Text),
}

/// A value of the figure's data: series and category.
pub type CellAt = (usize, usize);

/// One line of text. Its box is exactly `w` wide and `size` high.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Text {
    /// Where the anchor of the box stands.
    pub x: f64,
    /// Top of the box.
    pub y: f64,
    pub w: f64,
    pub size: f64,
    pub anchor: Anchor,
    pub weight: Weight,
    pub ink: Ink,
    pub text: String,
}

/// Which point of a text box `x` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    Regular,
    Bold,
}

/// What a text stands on, so that the theme can choose a readable ink and a halo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// On paper.
    Normal,
    /// On paper, of less weight: ticks and units.
    Muted,
    /// Inside a shape of this paint: `on-series-2`, `on-unsettled-2`.
    On(Paint),
}

/// The fill of a shape: `series-0` to `series-5`, or `unsettled-0` to `unsettled-5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    Series(usize),
    /// The same series where the value is preliminary or provisional.
    Unsettled(usize),
}

/// The role of a line; widths and dashes are the theme's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// The light lines of the scale.
    Grid,
    /// The line where bars start.
    Axis,
    Target,
    Baseline,
    /// The edge of a marked period, and its bracket.
    Period,
    /// From a note to its value.
    Leader,
    /// The line of a series: `line-0` to `line-5`.
    Line(usize),
    /// The line of the series that the author highlights.
    Highlight,
    /// A line among others that only its label tells apart.
    Thin,
}

/// The sign of a series' data points. Shapes differ so that a copier cannot merge them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    Disc,
    Square,
    Triangle,
    Ring,
    Diamond,
    OpenSquare,
    /// A thin circle around the sign of a value that is not final.
    Around,
}

/// Radius of a data point's sign, in points.
pub(crate) const MARKER: f64 = 2.4;
/// Distance from a sign to the circle around it that says: this value is not final.
pub(crate) const AROUND: f64 = 1.6;

impl Shape {
    const ALL: [Shape; 6] = [
        Shape::Disc,
        Shape::Square,
        Shape::Triangle,
        Shape::Ring,
        Shape::Diamond,
        Shape::OpenSquare,
    ];

    /// The sign of the series drawn with `line-<slot>`.
    pub fn of(slot: usize) -> Shape {
        Self::ALL[slot % Self::ALL.len()]
    }
}

impl Stroke {
    /// Half of the widest ink this role may get, white casing included, in points.
    /// Labels keep clear of it; the theme must stay within it.
    pub fn reach(self) -> f64 {
        match self {
            Stroke::Grid => 0.25,
            Stroke::Period | Stroke::Leader => 0.3,
            Stroke::Axis => 0.4,
            Stroke::Target | Stroke::Baseline => 1.0,
            Stroke::Line(_) => 1.25,
            Stroke::Highlight => 1.6,
            Stroke::Thin => 1.0,
        }
    }
}

impl Mark {
    /// The value it stands for.
    pub(crate) fn cell_mut(&mut self) -> Option<&mut CellAt> {
        match self {
            Mark::Rect { cell, .. } | Mark::Sector { cell, .. } | Mark::Marker { cell, .. } => {
                cell.as_mut()
            }
            Mark::Line { .. } | Mark::Text(_) => None,
        }
    }

    /// The same mark with every coordinate rounded to 0.01 pt, so that bytes are stable.
    pub(crate) fn rounded(self) -> Mark {
        match self {
            Mark::Rect { x, y, w, h, fill, cell } => {
                // Both edges are rounded, not the size: neighbours keep touching exactly.
                let (left, top) = (hundredth(x), hundredth(y));
                let w = hundredth(hundredth(x + w) - left);
                let h = hundredth(hundredth(y + h) - top);
                Mark::Rect { x: left, y: top, w, h, fill, cell }
            }
            Mark::Line { points, stroke } => {
                let points = points.into_iter().map(|p| p.map(hundredth)).collect();
                Mark::Line { points, stroke }
            }
            Mark::Sector { x, y, inner, outer, from, to, fill, cell } => {
                let [x, y, inner, outer] = [x, y, inner, outer].map(hundredth);
                // A hundred-thousandth of a turn is a hundredth of a point on a ring's edge.
                let [from, to] = [from, to].map(|turn| (turn * 1e5).round() / 1e5 + 0.0);
                Mark::Sector { x, y, inner, outer, from, to, fill, cell }
            }
            Mark::Marker { x, y, r, shape, cell } => {
                Mark::Marker { x: hundredth(x), y: hundredth(y), r: hundredth(r), shape, cell }
            }
            Mark::Text(text) => Mark::Text(Text {
                x: hundredth(text.x),
                y: hundredth(text.y),
                w: hundredth(text.w),
                size: hundredth(text.size),
                ..text
            }),
        }
    }
}

/// Rounds to 0.01; never gives the negative zero, whose sign would show in the bytes.
pub(crate) fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

impl fmt::Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Paint::Series(slot) => write!(f, "series-{slot}"),
            Paint::Unsettled(slot) => write!(f, "unsettled-{slot}"),
        }
    }
}

impl Serialize for Paint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Ink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Ink::Normal => serializer.serialize_str("normal"),
            Ink::Muted => serializer.serialize_str("muted"),
            Ink::On(paint) => serializer.collect_str(&format_args!("on-{paint}")),
        }
    }
}

impl Serialize for Stroke {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Stroke::Grid => serializer.serialize_str("grid"),
            Stroke::Axis => serializer.serialize_str("axis"),
            Stroke::Target => serializer.serialize_str("target"),
            Stroke::Baseline => serializer.serialize_str("baseline"),
            Stroke::Period => serializer.serialize_str("period"),
            Stroke::Leader => serializer.serialize_str("leader"),
            Stroke::Highlight => serializer.serialize_str("highlight"),
            Stroke::Thin => serializer.serialize_str("thin"),
            Stroke::Line(slot) => serializer.collect_str(&format_args!("line-{slot}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_still_touch_after_rounding() {
        let fill = Paint::Series(0);
        let rect = |x: f64, w: f64| Mark::Rect { x, y: 0.0, w, h: 1.0, fill, cell: None };
        let (a, b) = (rect(0.004, 1.004).rounded(), rect(1.008, 1.0).rounded());
        let (Mark::Rect { x, w, .. }, Mark::Rect { x: next, .. }) = (a, b) else { unreachable!() };
        assert_eq!(hundredth(x + w), next);
    }

    #[test]
    fn zero_has_no_sign() {
        assert!(hundredth(-0.001).is_sign_positive());
    }

    #[test]
    fn roles_are_written_as_names() {
        let line = Mark::Line { points: vec![[0.0, 1.5]], stroke: Stroke::Line(2) };
        assert_eq!(
            serde_json::to_string(&line).unwrap(),
            r#"{"mark":"line","points":[[0.0,1.5]],"stroke":"line-2"}"#
        );
        assert_eq!(serde_json::to_string(&Ink::On(Paint::Series(3))).unwrap(), r#""on-series-3""#);
    }
}
