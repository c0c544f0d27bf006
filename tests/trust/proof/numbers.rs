//! The changes that are tried on a number.

use rust_decimal::Decimal;

use crate::proof::format::number;

/// What surrounds a number and decides which changes of it are realistic.
pub struct Around<'r> {
    /// As it is typed.
    pub text: &'r str,
    /// The smallest change that the pages show.
    pub step: Decimal,
    /// What the number is held against: 目標値, or for a 目標値 the last year.
    pub limit: Option<Decimal>,
    /// The other numbers of its column, when their order means something.
    pub rivals: Vec<Decimal>,
    /// Percentages stay within 0–100, counts above 0; amounts may be negative.
    pub percent: bool,
    pub signed: bool,
}

impl Around<'_> {
    /// New contents, each with its kind.
    pub fn changes(&self) -> Vec<(&'static str, String)> {
        let Some(old) = number(self.text) else { return Vec::new() };
        let large = (old.abs() * Decimal::new(3, 1)).max(self.step * Decimal::from(20));
        let mut tried: Vec<(&'static str, Option<Decimal>)> = vec![
            ("最小の変化", Some(old + self.step)),
            ("最小の変化", Some(old - self.step)),
            ("桁の入替え", self.swapped()),
            ("大きな増", Some(old + large)),
            ("大きな減", Some(old - large)),
            ("目標の反対側", self.limit.map(|limit| self.across(old, limit))),
            ("順位の入替え", self.other_end(old)),
        ];
        // Zero has no sign to turn.
        if self.signed && !old.is_zero() {
            tried.push(("符号の反転", Some(-old)));
        }
        let mut found: Vec<(&'static str, String)> = Vec::new();
        for (kind, value) in tried {
            let Some(value) = value.filter(|value| self.is_realistic(*value)) else { continue };
            let text = self.typed(value);
            if text != self.text && !found.iter().any(|(_, seen)| *seen == text) {
                found.push((kind, text));
            }
        }
        found.push(("空欄", String::new()));
        found
    }

    /// As the office types it: with the decimals of the old content.
    pub fn typed(&self, value: Decimal) -> String {
        let decimals = self.text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        crate::proof::format::rounded(value, decimals as u32).to_string()
    }

    fn is_realistic(&self, value: Decimal) -> bool {
        let floor = self.signed || value >= Decimal::ZERO;
        floor && !(self.percent && value > Decimal::ONE_HUNDRED)
    }

    /// The first two neighbouring digits that differ, exchanged: 76.3 as 67.3.
    fn swapped(&self) -> Option<Decimal> {
        let mut digits: Vec<char> = self.text.chars().collect();
        let places: Vec<usize> =
            (0..digits.len()).filter(|i| digits[*i].is_ascii_digit()).collect();
        let pair = places.windows(2).find(|pair| digits[pair[0]] != digits[pair[1]])?;
        digits.swap(pair[0], pair[1]);
        number(&digits.iter().collect::<String>())
    }

    /// Just on the other side of the limit.
    fn across(&self, old: Decimal, limit: Decimal) -> Decimal {
        if old >= limit { limit - self.step } else { limit + self.step }
    }

    /// Past the other end of the column: the highest becomes the lowest, any other the highest.
    fn other_end(&self, old: Decimal) -> Option<Decimal> {
        let (low, high) = (self.rivals.iter().min()?, self.rivals.iter().max()?);
        Some(if old >= *high { *low - self.step } else { *high + self.step })
    }
}
