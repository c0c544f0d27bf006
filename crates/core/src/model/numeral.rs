//! Japanese numerals, term by term: `1,234`, `37億6千万`, `2千5百`, `1.2億`; digits of either width.
//!
//! Cells and running text are read with this. What one of them refuses and the other passes over
//! is said where they are: `model/number.rs` and `check/numerals.rs`.

use std::ops::Range;

use rust_decimal::Decimal;

use super::width::digit;

/// Digits with commas between the thousands and a decimal point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digits {
    /// In half width and without commas.
    pub plain: String,
    pub decimals: u32,
    /// In bytes of the text.
    pub length: usize,
    /// How many digits stand in front of the first comma; `None` without a comma.
    pub before_comma: Option<usize>,
}

impl Digits {
    /// Reads the digits with which a text begins; a comma that parts no thousands, and a point
    /// without a digit behind it, are not theirs.
    pub fn read(text: &str) -> Option<Self> {
        let run = |from: usize| digit_run(&text[from..]);
        let mut length = run(0);
        let mut plain = digits_of(text, 0..length);
        let first = plain.len();
        let mut parted = false;
        while let Some(comma) = text[length..].chars().next().filter(|c| matches!(c, ',' | '，')) {
            let from = length + comma.len_utf8();
            let group = digits_of(text, from..from + run(from));
            if group.len() != 3 || plain.is_empty() {
                break;
            }
            (length, parted) = (from + run(from), true);
            plain += &group;
        }
        if plain.is_empty() {
            return None;
        }
        let mut decimals = 0;
        if let Some(point) = text[length..].chars().next().filter(|c| matches!(c, '.' | '．')) {
            let from = length + point.len_utf8();
            let fraction = digits_of(text, from..from + run(from));
            if !fraction.is_empty() {
                decimals = fraction.len() as u32;
                length = from + run(from);
                plain.push('.');
                plain += &fraction;
            }
        }
        Some(Digits { plain, decimals, length, before_comma: parted.then_some(first) })
    }
}

/// The length in bytes of the digits with which a text begins.
pub(crate) fn digit_run(text: &str) -> usize {
    text.find(|c| digit(c).is_none()).unwrap_or(text.len())
}

fn digits_of(text: &str, range: Range<usize>) -> String {
    text[range].chars().filter_map(|c| char::from_digit(digit(c)?, 10)).collect()
}

/// A number with the words that multiply it: `6千万`, `5百`, `1.2億`, `76.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Term {
    pub number: Decimal,
    /// 十, 百, 千 behind it; 1 without any.
    pub small: Decimal,
    /// 万, 億, 兆 behind it, which multiply all since the one before.
    pub great: Option<Decimal>,
    /// In bytes of the text, without the digits.
    pub words: usize,
}

/// Which words of a term are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// One of 十, 百, 千, as cells have them.
    One,
    /// Any number of 百 and 千, as running text has them: 百千.
    Any,
}

const SMALL: [(char, u32); 3] = [('十', 1), ('百', 2), ('千', 3)];
const GREAT: [(char, u32); 3] = [('万', 4), ('億', 8), ('兆', 12)];

impl Term {
    /// Reads the words behind a number; `None` when they make more than can be held.
    pub fn read(number: Decimal, text: &str, words: Words) -> Option<Self> {
        let (mut small, mut length) = (Decimal::ONE, 0);
        let known = if words == Words::Any { &SMALL[1..] } else { &SMALL[..] };
        while let Some((scale, word)) = scale(&text[length..], known) {
            (small, length) = (small.checked_mul(scale)?, length + word);
            if words == Words::One {
                break;
            }
        }
        let great = scale(&text[length..], &GREAT);
        length += great.map_or(0, |(_, word)| word);
        Some(Term { number, small, great: great.map(|(scale, _)| scale), words: length })
    }

    /// Whether a word stands behind the number.
    pub fn is_worded(&self) -> bool {
        self.words > 0
    }

    /// What one step of the last of these decimals is worth.
    pub fn step(&self, decimals: u32) -> Option<Decimal> {
        let small = self.small.checked_mul(Decimal::new(1, decimals))?;
        small.checked_mul(self.great.unwrap_or(Decimal::ONE))
    }
}

fn scale(text: &str, known: &[(char, u32)]) -> Option<(Decimal, usize)> {
    let first = text.chars().next()?;
    let (_, zeros) = known.iter().find(|(word, _)| *word == first)?;
    Some((Decimal::from(10_u64.pow(*zeros)), first.len_utf8()))
}

/// Terms added up: `37億6千万` is 37 × 億 and 6 × 千 × 万.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Total {
    total: Decimal,
    /// What the next great word multiplies.
    open: Decimal,
}

impl Total {
    /// Adds a term; `None` when that is more than can be held.
    pub fn add(&mut self, term: &Term) -> Option<()> {
        self.open = self.open.checked_add(term.number.checked_mul(term.small)?)?;
        if let Some(great) = term.great {
            self.total = self.total.checked_add(self.open.checked_mul(great)?)?;
            self.open = Decimal::ZERO;
        }
        Some(())
    }

    /// The sum of all terms.
    pub fn value(&self) -> Option<Decimal> {
        self.total.checked_add(self.open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_end_where_a_comma_or_a_point_is_no_part_of_them() {
        let read = |text: &str| Digits::read(text).map(|digits| (digits.plain, digits.length));
        assert_eq!(read("1,234.5万"), Some(("1234.5".into(), 7)));
        assert_eq!(read("１，２３４"), Some(("1234".into(), 15)));
        assert_eq!(read("3,4人"), Some(("3".into(), 1)));
        assert_eq!(read("5.と"), Some(("5".into(), 1)));
        assert_eq!(read(",5"), None);
    }

    #[test]
    fn terms_are_added_up_group_by_group() {
        let mut sum = Total::default();
        let mut rest = "2千5百万300";
        while let Some(digits) = Digits::read(rest) {
            let number = digits.plain.parse().unwrap();
            let term = Term::read(number, &rest[digits.length..], Words::One).unwrap();
            sum.add(&term).unwrap();
            rest = &rest[digits.length + term.words..];
        }
        assert_eq!(sum.value(), Some(Decimal::from(25_000_300)));
    }
}
