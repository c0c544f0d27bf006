//! Scales: round ticks that cover the data, and where a value falls between them.

use rust_decimal::Decimal;

use soukatsu_core::model::quantity::in_thousands;
use soukatsu_core::model::unit::Unit;

/// A linear scale from tick to tick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    /// Ticks stand at `first * step` to `last * step`.
    first: i64,
    last: i64,
    step: Step,
    /// The word that large numbers are written with, and its power of ten: 万 and 4.
    word: Option<(char, i32)>,
}

/// The distance of two ticks: `digits * 10^exponent`, digits being 1, 2 or 5.
/// Kept in two parts so that tick texts are exact.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    digits: i64,
    exponent: i32,
}

impl Step {
    fn size(self) -> f64 {
        self.digits as f64 * power_of_ten(self.exponent)
    }

    /// Steps from very small to larger than any `Decimal`: 1, 2, 5, 10, … Quarters (25, 250)
    /// are round in no unit that these reports use: shares go by 割, counts by 千 and 万.
    fn all(whole: bool) -> impl Iterator<Item = Step> {
        let smallest = if whole { 0 } else { -12 };
        (smallest..=30).flat_map(|exponent| [1, 2, 5].map(|digits| Step { digits, exponent }))
    }
}

impl Scale {
    /// The finest scale of at most `most` intervals that covers `low` to `high`.
    ///
    /// `whole`: the data are counts, so no tick has a fraction.
    pub fn covering(low: f64, high: f64, most: i64, whole: bool) -> Scale {
        let (low, high) = (low.min(high), low.max(high));
        Step::all(whole)
            .map(|step| Scale::with_step(low, high, step))
            // A range of nothing gets one interval above it.
            .map(|scale| if scale.first == scale.last { scale.longer() } else { scale })
            .find(|scale| scale.intervals() <= most.max(1) || (most < 2 && scale.intervals() == 2))
            .unwrap_or(Scale {
                first: 0,
                last: 1,
                step: Step { digits: 1, exponent: 30 },
                word: None,
            })
    }

    fn with_step(low: f64, high: f64, step: Step) -> Scale {
        // The slack forgives the last bit of a division, nothing that a reader could see.
        let first = (low / step.size() + 1e-9).floor();
        let last = (high / step.size() - 1e-9).ceil();
        Scale { first: first as i64, last: last as i64, step, word: None }
    }

    /// Ticks of a plain unit are written as they are spoken, 100万 and 2億, where they would
    /// have seven digits or more. 百万円 has its scale in the unit already.
    pub fn spoken(self, unit: &str) -> Scale {
        let plain =
            Unit::parse(unit).is_some_and(|unit| unit.scale == Decimal::ONE && unit.base != "%");
        let highest = self.low().abs().max(self.high().abs());
        let word = match self.step.exponent {
            _ if !plain || !(1e6..1e12).contains(&highest) => None,
            7.. if highest >= 1e8 => Some(('億', 8)),
            4.. => Some(('万', 4)),
            _ => None,
        };
        Scale { word, ..self }
    }

    fn longer(self) -> Scale {
        Scale { last: self.last.saturating_add(1), ..self }
    }

    pub fn intervals(&self) -> i64 {
        self.last.saturating_sub(self.first)
    }

    pub fn low(&self) -> f64 {
        self.first as f64 * self.step.size()
    }

    pub fn high(&self) -> f64 {
        self.last as f64 * self.step.size()
    }

    /// 0 for the lowest tick, 1 for the highest.
    pub fn fraction(&self, value: f64) -> f64 {
        let fraction = (value / self.step.size() - self.first as f64) / self.intervals() as f64;
        fraction.clamp(0.0, 1.0)
    }

    /// ValueLabel and text of every tick, lowest first.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        (self.first..=self.last).map(|k| (k as f64 * self.step.size(), self.text(k))).collect()
    }

    /// Every how many ticks a text stands when texts need `needed` points and ticks are
    /// `pitch` points apart; both ends get one whenever that is possible.
    pub fn every(&self, needed: f64, pitch: f64) -> usize {
        let least = (needed / pitch.max(0.1)).ceil().max(1.0) as i64;
        let intervals = self.intervals().max(1);
        (least..=intervals).find(|every| intervals % every == 0).unwrap_or(least) as usize
    }

    /// The tick's number: thousands grouped, as many decimals as the step has.
    fn text(&self, k: i64) -> String {
        let (word, power) = self.word.filter(|_| k != 0).unzip();
        let exponent = self.step.exponent - power.unwrap_or(0);
        let units = (k * self.step.digits).unsigned_abs().to_string();
        let decimals = (-exponent).max(0) as usize;
        let mut digits = format!("{units:0>width$}", width = decimals + 1);
        if units != "0" {
            digits.push_str(&"0".repeat(exponent.max(0) as usize));
        }
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let mut text = format!("{}{}", if k < 0 { "-" } else { "" }, in_thousands(whole));
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
        }
        text.extend(word);
        text
    }
}

/// Exact for every exponent that steps use, and the same on every machine.
fn power_of_ten(exponent: i32) -> f64 {
    let power = (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 { 1.0 / power } else { power }
}

/// Where values stand along the way that bars grow, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ValueAxis {
    pub scale: Scale,
    /// What it shows where its ends are no ticks.
    range: Option<(f64, f64)>,
    /// Where the lowest and the highest value are.
    pub start: f64,
    pub end: f64,
}

impl ValueAxis {
    /// From `top` to `bottom`, where the scale's highest and lowest ticks are.
    pub fn vertical(scale: Scale, top: f64, bottom: f64) -> ValueAxis {
        ValueAxis { scale, range: None, start: bottom, end: top }
    }

    /// From `left` to `right`, where the lowest and the highest value of `range` are.
    pub fn horizontal(scale: Scale, range: (f64, f64), left: f64, right: f64) -> ValueAxis {
        ValueAxis { scale, range: Some(range), start: left, end: right }
    }

    pub fn length(&self) -> f64 {
        (self.end - self.start).abs()
    }

    pub fn position(&self, value: f64) -> f64 {
        self.start + self.fraction(value) * (self.end - self.start)
    }

    fn fraction(&self, value: f64) -> f64 {
        match self.range {
            None => self.scale.fraction(value),
            Some((low, high)) if high > low => ((value - low) / (high - low)).clamp(0.0, 1.0),
            Some(_) => 0.0,
        }
    }

    /// Lowers the top of a vertical axis until a label of this height fits above `value`.
    pub fn leave_above(&mut self, value: f64, label: f64) {
        let part = self.fraction(value);
        if part > 0.0 {
            let missing = (label - (1.0 - part) * self.length()) / part;
            self.end += missing.clamp(0.0, label);
        }
    }

    /// Raises the bottom of a vertical axis until a label of this height fits below `value`.
    pub fn leave_below(&mut self, value: f64, label: f64) {
        let part = 1.0 - self.fraction(value);
        if part > 0.0 {
            let missing = (label - (1.0 - part) * self.length()) / part;
            self.start -= missing.clamp(0.0, label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(low: f64, high: f64, most: i64, whole: bool) -> Vec<String> {
        let scale = Scale::covering(low, high, most, whole);
        scale.ticks().into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_are_round_numbers_that_cover_the_data() {
        assert_eq!(
            texts(0.0, 40304.0, 5, true),
            ["0", "10,000", "20,000", "30,000", "40,000", "50,000"]
        );
        assert_eq!(texts(0.0, 76.3, 4, false), ["0", "20", "40", "60", "80"]);
        assert_eq!(texts(-240.0, 105.0, 5, true), ["-300", "-200", "-100", "0", "100", "200"]);
        assert_eq!(texts(0.0, 0.23, 5, false), ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25"]);
        assert_eq!(texts(0.0, 100.0, 4, false), ["0", "50", "100"]);
        assert_eq!(texts(0.0, 9.0, 4, false), ["0", "5", "10"]);
    }

    #[test]
    fn counts_get_no_fractions() {
        assert_eq!(texts(0.0, 3.0, 5, true), ["0", "1", "2", "3"]);
        assert_eq!(texts(0.0, 1.0, 5, true), ["0", "1"]);
        assert_eq!(texts(0.0, 9.0, 4, true), ["0", "5", "10"]);
    }

    #[test]
    fn nothing_at_all_still_has_a_scale() {
        assert_eq!(texts(0.0, 0.0, 5, true), ["0", "1"]);
    }

    #[test]
    fn the_largest_decimal_has_a_scale() {
        let scale = Scale::covering(0.0, 7.9e28, 5, true);
        assert!(scale.high() >= 7.9e28 && scale.fraction(7.9e28) > 0.5);
        assert_eq!(
            scale.ticks().last().unwrap().1.len(),
            "80,000,000,000,000,000,000,000,000,000".len()
        );
    }

    #[test]
    fn large_numbers_of_a_plain_unit_are_written_as_they_are_spoken() {
        let spoken = |high: f64, unit: &str| {
            let scale = Scale::covering(0.0, high, 4, true).spoken(unit);
            scale.ticks().into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        assert_eq!(spoken(3_760_000.0, "円"), ["0", "100万", "200万", "300万", "400万"]);
        assert_eq!(spoken(150_000_000.0, "円"), ["0", "0.5億", "1.0億", "1.5億"]);
        assert_eq!(spoken(40_304.0, "時間"), ["0", "20,000", "40,000", "60,000"]);
        assert_eq!(
            spoken(3_760_000.0, "千円"),
            ["0", "1,000,000", "2,000,000", "3,000,000", "4,000,000"]
        );
    }

    #[test]
    fn crowded_ticks_keep_the_texts_of_both_ends() {
        let scale = Scale::covering(0.0, 6.0, 6, true);
        assert_eq!(scale.every(8.0, 10.0), 1);
        assert_eq!(scale.every(8.0, 5.0), 2);
        assert_eq!(scale.every(8.0, 2.0), 6);
    }

    #[test]
    fn every_value_falls_between_the_ends() {
        let scale = Scale::covering(-3.0, 11.0, 5, false);
        assert!(scale.low() <= -3.0 && scale.high() >= 11.0);
        assert_eq!(scale.fraction(scale.low()), 0.0);
        assert_eq!(scale.fraction(scale.high()), 1.0);
    }

    fn axis(low: f64, high: f64) -> ValueAxis {
        ValueAxis::vertical(Scale::covering(low, high, 5, true), 10.0, 110.0)
    }

    #[test]
    fn a_label_above_the_highest_value_stays_inside_the_band() {
        let mut axis = axis(0.0, 50.0);
        axis.leave_above(50.0, 9.0);
        assert_eq!(axis.position(50.0), 19.0);
        let mut roomy = self::axis(0.0, 42.0);
        roomy.leave_above(42.0, 9.0);
        assert_eq!(roomy.end, 10.0);
    }
}
