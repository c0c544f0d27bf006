//! Units of measure with their scale: 円, 千円, 百万円, 億円; 人, 千人; %; 時間.

use rust_decimal::Decimal;

use super::width::half_width;

/// Scales that may stand before a unit, the longer first. Each is a power of ten.
const SCALES: [(&str, u32); 10] = [
    ("千億", 11),
    ("百億", 10),
    ("十億", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("兆", 12),
    ("億", 8),
    ("万", 4),
    ("千", 3),
];

/// A unit of measure, as a column or `unit` in report.toml names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// As written: `百万円`.
    pub name: String,
    /// Without its scale: `円`.
    pub base: String,
    /// How many of the base one unit is: 1000000.
    pub scale: Decimal,
}

impl Unit {
    /// Reads the name of a unit; `None` when there is none. `％` and `%` are one unit.
    pub fn parse(text: &str) -> Option<Self> {
        let name = half_width(text.trim());
        if name.is_empty() {
            return None;
        }
        let scaled = SCALES.iter().find_map(|(word, power)| {
            let base = name.strip_prefix(word).filter(|base| !base.is_empty())?;
            Some((base.to_owned(), 10_i64.pow(*power)))
        });
        let (base, scale) = scaled.unwrap_or_else(|| (name.clone(), 1));
        Some(Unit { name, base, scale: Decimal::from(scale) })
    }

    /// An amount of this unit in another; `None` when the bases differ or no exact decimal can
    /// hold the result.
    pub fn convert(&self, amount: Decimal, to: &Unit) -> Option<Decimal> {
        if self.base != to.base {
            return None;
        }
        if self.scale == to.scale {
            return Some(amount);
        }
        let base = amount.checked_mul(self.scale)?;
        let converted = base.checked_div(to.scale)?;
        (converted.checked_mul(to.scale)? == base).then(|| converted.normalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(amount: &str, from: &str, to: &str) -> Option<String> {
        let (from, to) = (Unit::parse(from).unwrap(), Unit::parse(to).unwrap());
        from.convert(amount.parse().unwrap(), &to).map(|amount| amount.to_string())
    }

    #[test]
    fn amounts_convert_exactly_between_scales_of_one_base() {
        assert_eq!(convert("1.2", "億円", "百万円"), Some("120".into()));
        assert_eq!(convert("345", "千円", "百万円"), Some("0.345".into()));
        assert_eq!(convert("259", "千人", "人"), Some("259000".into()));
        assert_eq!(convert("76.30", "%", "％"), Some("76.30".into()));
    }

    #[test]
    fn units_of_different_bases_do_not_convert() {
        assert_eq!(convert("5", "人", "円"), None);
        assert_eq!(convert("5", "%", "ポイント"), None);
    }

    #[test]
    fn what_no_decimal_can_hold_is_none() {
        assert_eq!(convert("79228162514264337593543950335", "億円", "円"), None);
    }

    #[test]
    fn a_scale_alone_is_a_name_and_no_scale() {
        assert_eq!(Unit::parse("千").unwrap().base, "千");
        assert_eq!(Unit::parse(" "), None);
    }
}
