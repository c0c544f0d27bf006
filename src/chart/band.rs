//! A strip of an upright chart with its own scale.

use super::scale::Scale;

/// Height of the strip below a scale that does not start at zero, in points.
const FOOT: f64 = 12.0;

/// From `top` to `bottom` in points; the scale's lowest tick is at the bottom, or above the
/// sign for the part of the scale that is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Band {
    pub top: f64,
    pub bottom: f64,
    pub scale: Scale,
}

impl Band {
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether the scale leaves out the part from zero to its lowest tick.
    pub fn broken(&self) -> bool {
        self.scale.low() > 0.0
    }

    /// The height at which the scale begins.
    pub fn foot(&self) -> f64 {
        if self.broken() { self.bottom - FOOT } else { self.bottom }
    }

    pub fn y(&self, value: f64) -> f64 {
        if self.broken() && value <= 0.0 {
            return self.bottom;
        }
        self.foot() - self.scale.fraction(value) * (self.foot() - self.top)
    }

    /// Where bars start: zero, or the end of the scale that is nearest to it.
    pub fn base(&self) -> f64 {
        if self.broken() { self.bottom } else { self.y(0.0) }
    }

    /// Lowers the top until a label of this height fits above `value`.
    pub fn leave_above(&mut self, value: f64, label: f64) {
        let part = self.scale.fraction(value);
        if part > 0.0 {
            let missing = (label - (1.0 - part) * self.height()) / part;
            self.top += missing.clamp(0.0, label);
        }
    }

    /// Raises the bottom until a label of this height fits below `value`.
    pub fn leave_below(&mut self, value: f64, label: f64) {
        let part = 1.0 - self.scale.fraction(value);
        if part > 0.0 {
            let missing = (label - (1.0 - part) * self.height()) / part;
            self.bottom -= missing.clamp(0.0, label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(low: f64, high: f64) -> Band {
        Band { top: 10.0, bottom: 110.0, scale: Scale::covering(low, high, 5, true) }
    }

    #[test]
    fn a_label_above_the_highest_value_stays_inside_the_band() {
        let mut band = band(0.0, 50.0);
        band.leave_above(50.0, 9.0);
        assert_eq!(band.y(50.0), 19.0);
        let mut roomy = self::band(0.0, 42.0);
        roomy.leave_above(42.0, 9.0);
        assert_eq!(roomy.top, 10.0);
    }

    #[test]
    fn a_scale_without_zero_has_a_foot_where_zero_would_be() {
        let band = band(96.0, 99.0);
        assert!(band.broken() && band.y(96.0) < 99.0);
        assert_eq!(band.base(), 110.0);
    }
}
