//! Fiscal years, as reports name them: R6, 令和6年度, H30, 2019年度.

use std::fmt;

use serde::Serialize;

/// A Japanese fiscal year (April to March), held as the Gregorian year it starts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct FiscalYear(u16);

/// Eras with their first Gregorian year and the last year number that is written in them.
const ERAS: [(&str, &str, u16, u16); 3] =
    [("R", "令和", 2019, 99), ("H", "平成", 1989, 31), ("S", "昭和", 1926, 64)];

impl FiscalYear {
    /// Reads `R6`, `令和6年度`, `令和元年度`, `H30`, `2019`, `2019年度`; full-width forms too.
    ///
    /// `None` when the text names no year, so that a header row can be searched for periods.
    pub fn parse(text: &str) -> Option<Self> {
        let half: String = text.trim().chars().map(to_half_width).collect();
        let body = half.trim_end_matches("年度").trim_end_matches('年').trim();
        for (letter, name, first, last) in ERAS {
            let digits = body.strip_prefix(name).or_else(|| body.strip_prefix(letter));
            let Some(digits) = digits else { continue };
            let year: u16 = if digits == "元" { 1 } else { parse_digits(digits)? };
            return (1..=last).contains(&year).then(|| FiscalYear(first + year - 1));
        }
        let year = parse_digits(body)?;
        (1926..=2117).contains(&year).then_some(FiscalYear(year))
    }

    /// The Gregorian year in which it starts.
    pub fn gregorian(self) -> u16 {
        self.0
    }

    /// `令和6年度`, `令和元年度`, `平成30年度`.
    pub fn long(self) -> String {
        let (_, name, year) = self.era();
        if year == 1 { format!("{name}元年度") } else { format!("{name}{year}年度") }
    }

    fn era(self) -> (&'static str, &'static str, u16) {
        let (letter, name, first, _) =
            ERAS.into_iter().find(|era| self.0 >= era.2).unwrap_or(ERAS[2]);
        (letter, name, self.0 + 1 - first)
    }
}

impl fmt::Display for FiscalYear {
    /// The short form of column headers: `R6`, `H30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, _, year) = self.era();
        write!(f, "{letter}{year}")
    }
}

fn parse_digits(text: &str) -> Option<u16> {
    let short = !text.is_empty() && text.len() <= 4;
    (short && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Full-width ASCII (！ to ～) to its half-width twin; everything else as it is.
pub(crate) fn to_half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_year_under_all_its_names() {
        for name in ["R1", "令和元年度", "令和1年度", "2019", "2019年度", "Ｒ１", " R1 ", "H31"]
        {
            assert_eq!(FiscalYear::parse(name), Some(FiscalYear(2019)), "{name}");
        }
    }

    #[test]
    fn what_is_no_year_is_none() {
        for name in ["", "R", "R0", "目標値", "R1.5", "H32", "19", "R123456", "令和", "2019-1"]
        {
            assert_eq!(FiscalYear::parse(name), None, "{name}");
        }
    }

    #[test]
    fn short_and_long_forms() {
        let year = |text| FiscalYear::parse(text).unwrap();
        assert_eq!(year("令和6年度").to_string(), "R6");
        assert_eq!(year("H30").long(), "平成30年度");
        assert_eq!(year("R1").long(), "令和元年度");
    }
}
