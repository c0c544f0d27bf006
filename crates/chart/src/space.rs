//! The space a drawing gets, and the sizes that texts may have in it.

/// The space a drawing gets, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub width: f64,
    /// Height when the figure sets none.
    pub default_height: f64,
    /// Size of names and numbers; ticks and units are half a point smaller.
    pub text_size: f64,
    /// Points to keep above and below the plot of a vertical chart at least, so that it is
    /// level with its neighbour.
    pub head: f64,
    pub foot: f64,
}

impl Frame {
    /// A frame of its own, with no neighbour to be level with.
    pub fn new(width: f64, default_height: f64, text_size: f64) -> Frame {
        Frame { width, default_height, text_size, head: 0.0, foot: 0.0 }
    }
}

/// Which way bars grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orientation {
    Vertical,
    Horizontal,
}

/// Points in a millimetre.
pub(crate) const MM: f64 = 72.0 / 25.4;
/// The smallest letters that print well on a copier, in points.
pub(crate) const SMALLEST: f64 = 7.0;
/// No chart grows taller than this many points: it must stay on one page.
pub(crate) const TALLEST: f64 = 640.0;

/// The size of ticks and units beside text of this size, in points.
pub(crate) fn small(size: f64) -> f64 {
    (size - 0.5).max(SMALLEST)
}
