//! A strip of an upright chart with its own scale.

use super::scale::Scale;

/// From `top` to `bottom` in points, where the scale's highest and lowest ticks are.
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

    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.scale.fraction(value) * self.height()
    }

    /// Where bars start: zero, or the end of the scale that is nearest to it.
    pub fn base(&self) -> f64 {
        self.y(0.0)
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
}
