//! The labels of a slope chart: values at both sides, and the names beside them.

use super::lettering;
use super::lying::wrap_names;
use super::slope::Slope;

/// Space between an axis and its labels, in points; with lines between them.
pub(super) const GAP: f64 = 5.5;
pub(super) const LEADER_GAP: f64 = 14.0;
/// Space between value and name, in ems.
pub(super) const WORD: f64 = 0.6;
/// Shares of the width: what the lines get at least, what names and one column of values get
/// at most.
const LINES: f64 = 0.22;
const NAMES: f64 = 0.42;
const VALUES: f64 = 0.22;
/// How far a label may be moved before a line joins it to its value, in ems.
const NEAR: f64 = 0.3;

/// The labels at one side.
pub(super) struct Side {
    pub labels: Vec<SideLabel>,
    pub value_width: f64,
    /// Space between axis and labels.
    pub gap: f64,
}

/// The value of an item, and its name where it belongs to this side.
pub(super) struct SideLabel {
    pub item: usize,
    pub lines: Vec<String>,
    pub height: f64,
    /// The height of its value, and where its middle came to stand.
    pub y: f64,
    pub middle: f64,
}

impl SideLabel {
    pub fn is_moved(&self, size: f64) -> bool {
        (self.middle - self.y).abs() > NEAR * size
    }
}

/// How a try is lettered.
#[derive(Clone, Copy)]
pub(super) struct Lettering {
    pub size: f64,
    /// Whether names keep to one line.
    pub short: bool,
    /// Whether a side has lines between axis and labels.
    pub leaders: [bool; 2],
}

impl Side {
    pub fn none() -> Side {
        Side { labels: Vec::new(), value_width: 0.0, gap: GAP }
    }
}

/// The labels of both sides. Names stand at the right; at the left only where the last value is
/// missing.
pub(super) fn sides(
    slope: &Slope,
    items: &[usize],
    width: f64,
    Lettering { size, short, leaders }: Lettering,
) -> [Side; 2] {
    let at = |side: usize| {
        let with_value = move |item: &&usize| slope.items[**item].ends[side].is_some();
        items.iter().filter(with_value).copied()
    };
    let widths = [0, 1].map(|side| {
        let texts = at(side).filter_map(|item| slope.items[item].ends[side]);
        texts.map(|cell| lettering::width(&cell.text)).fold(0.0, f64::max) * size
    });
    // Numbers of thirty digits would leave no room for lines.
    let too_wide = widths.iter().any(|wide| *wide > VALUES * width);
    let widths = if too_wide { [0.0; 2] } else { widths };
    let named = |side: usize, item: usize| side == 1 || slope.items[item].ends[1].is_none();
    let gaps = leaders.map(|leads| if leads { LEADER_GAP } else { GAP });
    let spare = width * (1.0 - LINES) - widths.iter().chain(&gaps).sum::<f64>() - 2.0 * WORD * size;
    let wanted = [0, 1].map(|side| {
        let names = at(side).filter(|item| named(side, *item)).map(|item| slope.items[item].name);
        names.map(lettering::width).fold(0.0, f64::max) * size
    });
    // Each side as much as it needs, and half of it where both need more than there is.
    let room = |side: usize| {
        let other: f64 = wanted[1 - side].min(spare / 2.0);
        wanted[side].min(spare - other).min(NAMES * width).max(0.0)
    };
    [0, 1].map(|side| {
        let items: Vec<usize> = at(side).collect();
        let name = |item: &usize| match named(side, *item) {
            true => slope.items[*item].name.to_string(),
            false => String::new(),
        };
        let names: Vec<String> = items.iter().map(name).collect();
        let lines = match short {
            true => names.iter().map(|name| lettering::wrap(name, room(side) / size, 1)).collect(),
            false => wrap_names(&names, room(side) / size),
        };
        let label = |(item, lines): (usize, Vec<String>)| SideLabel {
            item,
            height: lettering::height(lines.len().max(1)) * size,
            lines,
            y: 0.0,
            middle: 0.0,
        };
        let labels = items.into_iter().zip(lines).map(label).collect();
        Side { labels, value_width: widths[side], gap: gaps[side] }
    })
}
