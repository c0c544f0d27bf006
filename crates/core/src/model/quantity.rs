//! Quantities: an exact decimal, the text it is printed as, and the cell it came from.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::problem::Place;

/// One value of the report. It travels twice: as the text that is printed and as the
/// exact number that charts and claims use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantity {
    /// As printed, with its unit: `76.3%`, `27,770時間`, `37億6千万`.
    pub text: String,
    /// In the unit of its column, never rounded.
    #[serde(with = "rust_decimal::serde::str")]
    pub exact: Decimal,
    #[serde(skip)]
    pub place: Place,
}

/// How the numbers of a row are written (形式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// 整数 `27,770`, 小数1桁 `76.3`, 小数2桁 `0.25`: fixed decimals, thousands grouped.
    Fixed { decimals: u32, signed: bool },
    /// 億千万: an amount in 百万円 as `37億6千万`.
    OkuSenman,
}

impl Notation {
    /// All names that the column 形式 may hold.
    pub const NAMES: [&'static str; 6] =
        ["整数", "小数1桁", "小数2桁", "符号付き整数", "符号付き小数1桁", "億千万"];

    /// The notation with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "整数" => Notation::Fixed { decimals: 0, signed: false },
            "小数1桁" => Notation::Fixed { decimals: 1, signed: false },
            "小数2桁" => Notation::Fixed { decimals: 2, signed: false },
            "符号付き整数" => Notation::Fixed { decimals: 0, signed: true },
            "符号付き小数1桁" => Notation::Fixed { decimals: 1, signed: true },
            "億千万" => Notation::OkuSenman,
            _ => return None,
        })
    }

    /// The number as printed, without its unit.
    pub fn format(self, value: Decimal) -> String {
        match self {
            Notation::Fixed { decimals, signed } => {
                let text = grouped(value, decimals);
                if signed && value > Decimal::ZERO { format!("+{text}") } else { text }
            }
            Notation::OkuSenman => oku_senman(value),
        }
    }

    /// The number with its unit. 億千万 carries its scale in itself and takes none.
    pub fn format_with_unit(self, value: Decimal, unit: &str) -> String {
        match self {
            Notation::Fixed { .. } => format!("{}{unit}", self.format(value)),
            Notation::OkuSenman => self.format(value),
        }
    }
}

/// Rounds half up (away from zero), as Japanese statistics do.
pub fn round_half_up(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Thousands grouped with commas; a minus sign in front of negative numbers.
pub fn grouped(value: Decimal, decimals: u32) -> String {
    let mut rounded = round_half_up(value, decimals);
    rounded.rescale(decimals);
    let digits = rounded.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        text.push('-');
    }
    text.push_str(&in_thousands(whole));
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Digits with a comma between the thousands: `1234567` as `1,234,567`.
pub fn in_thousands(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// 3760 (百万円) as `37億6千万`, 3800 as `38億`, 950 as `9億5千万`, 40 as `4千万`.
///
/// The page shows 千万; smaller parts are rounded half up, the exact value stays in the model.
fn oku_senman(million_yen: Decimal) -> String {
    let senman = round_half_up(million_yen / Decimal::TEN, 0);
    let sign = if senman.is_sign_negative() && !senman.is_zero() { "-" } else { "" };
    let oku = (senman.abs() / Decimal::TEN).trunc();
    let rest = senman.abs() - oku * Decimal::TEN;
    match (oku.is_zero(), rest.is_zero()) {
        (false, true) => format!("{sign}{}億", grouped(oku, 0)),
        (false, false) => format!("{sign}{}億{}千万", grouped(oku, 0), rest.normalize()),
        (true, _) => format!("{sign}{}千万", rest.normalize()),
    }
}

/// What rounding may add to or take from the sum of values: half of one in the last digit for
/// each. The digits are those of the value that has the most, for a sheet drops the 0 of 40.0.
pub fn allowance<'q>(values: impl Iterator<Item = &'q Quantity>) -> Decimal {
    let (count, digits) = values
        .fold((0_u32, 0), |(count, digits), value| (count + 1, digits.max(value.exact.scale())));
    Decimal::new(5, digits.min(27) + 1).saturating_mul(count.into())
}

/// `part` of `whole` as a percentage with one decimal, half up; `None` when the whole is 0.
pub fn percentage(part: usize, whole: usize) -> Option<Decimal> {
    (whole > 0).then(|| {
        round_half_up(Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole), 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn amounts_in_oku_and_senman() {
        for (value, text) in [
            ("3760", "37億6千万"),
            ("3800", "38億"),
            ("2000", "20億"),
            ("40", "4千万"),
            ("0", "0千万"),
            ("-1550", "-15億5千万"),
            ("3755", "37億6千万"),
            ("995", "10億"),
            ("123450", "1,234億5千万"),
        ] {
            assert_eq!(Notation::OkuSenman.format(d(value)), text, "{value}");
        }
    }

    #[test]
    fn fixed_decimals_round_half_up_and_group_thousands() {
        assert_eq!(grouped(d("27770"), 0), "27,770");
        assert_eq!(grouped(d("76.25"), 1), "76.3");
        assert_eq!(grouped(d("-0.04"), 1), "0.0");
        assert_eq!(grouped(d("-1234567.5"), 0), "-1,234,568");
        assert_eq!(grouped(d("80"), 1), "80.0");
    }

    #[test]
    fn a_signed_notation_shows_plus_but_not_on_zero() {
        let signed = Notation::from_name("符号付き整数").unwrap();
        assert_eq!(signed.format_with_unit(d("105"), "百万円"), "+105百万円");
        assert_eq!(signed.format_with_unit(d("-24"), "百万円"), "-24百万円");
        assert_eq!(signed.format(d("0")), "0");
    }

    #[test]
    fn every_listed_notation_is_known() {
        assert!(Notation::NAMES.iter().all(|name| Notation::from_name(name).is_some()));
    }

    #[test]
    fn a_share_of_nothing_is_no_number() {
        assert_eq!(percentage(30, 35), Some(d("85.7")));
        assert_eq!(percentage(0, 0), None);
    }
}
