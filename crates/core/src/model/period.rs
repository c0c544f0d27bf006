//! Fiscal years and days, as reports name them: R6, 令和6年度, H30, 2019年度, R7.4.1.

use std::fmt;

use jiff::civil;
use serde::Serialize;

use super::width::half_width;

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
        let half = half_width(text.trim());
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

/// A point in time (時点), on the one calendar that fiscal years stand on too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(civil::Date);

impl Day {
    /// Reads `R7.4.1`, `令和7年4月1日`, `2025-04-01`, `2025/4/1`; full-width forms and 現在 too.
    ///
    /// `None` when the text names no day of the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        let half = half_width(text.trim());
        let body = half.trim_end_matches("現在").trim_end_matches("時点").trim();
        let parts: Vec<&str> = match body.strip_suffix('日') {
            Some(body) => body.split(['年', '月']).collect(),
            None => ['.', '-', '/']
                .into_iter()
                .map(|sign| body.split(sign).collect::<Vec<_>>())
                .find(|parts| parts.len() == 3)?,
        };
        let [year, month, day] = parts[..] else { return None };
        let number = |part: &str| i8::try_from(parse_digits(part.trim())?).ok();
        let year = i16::try_from(FiscalYear::parse(year)?.0).ok()?;
        let date = civil::Date::new(year, number(month)?, number(day)?).ok()?;
        // The calendar of the fiscal years begins here.
        (date >= civil::date(1926, 4, 1)).then_some(Day(date))
    }

    /// The fiscal year in which it falls: April 1 begins one.
    pub fn fiscal_year(self) -> FiscalYear {
        let year = u16::try_from(self.0.year()).unwrap_or_default();
        FiscalYear(if self.0.month() < 4 { year - 1 } else { year })
    }
}

/// A text that names a fiscal year, or a day in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Year(FiscalYear),
    Day(Day),
}

impl Period {
    /// Reads a fiscal year or a day.
    pub fn parse(text: &str) -> Option<Self> {
        let year = FiscalYear::parse(text).map(Period::Year);
        year.or_else(|| Day::parse(text).map(Period::Day))
    }

    /// The fiscal year it is or falls in.
    pub fn fiscal_year(self) -> FiscalYear {
        match self {
            Period::Year(year) => year,
            Period::Day(day) => day.fiscal_year(),
        }
    }
}

/// The years that are missing between some years in ascending order.
///
/// Years at one distance throughout (a survey every five years) miss nothing, when there are
/// enough of them to tell.
pub fn gaps(years: &[FiscalYear]) -> Vec<FiscalYear> {
    let steps: Vec<u16> = years.windows(2).map(|pair| pair[1].0.abs_diff(pair[0].0)).collect();
    if steps.len() > 1 && steps.iter().all(|step| *step == steps[0]) {
        return Vec::new();
    }
    let between = years.windows(2).flat_map(|pair| pair[0].0 + 1..pair[1].0);
    between.map(FiscalYear).collect()
}

fn parse_digits(text: &str) -> Option<u16> {
    let short = !text.is_empty() && text.len() <= 4;
    (short && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
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
    fn one_day_under_all_its_names_falls_into_its_fiscal_year() {
        let day = Day::parse("2025-04-01").unwrap();
        for name in [
            "R7.4.1",
            "令和7年4月1日",
            "2025/4/1",
            "２０２５／４／１",
            "2025年4月1日",
            "R7.4.1現在",
        ] {
            assert_eq!(Day::parse(name), Some(day), "{name}");
        }
        assert_eq!(day.fiscal_year().to_string(), "R7");
        assert_eq!(Day::parse("R7.3.31").unwrap().fiscal_year().to_string(), "R6");
        assert_eq!(Period::parse("R7.4.1").map(Period::fiscal_year), FiscalYear::parse("R7"));
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_none() {
        for name in
            ["R7", "R7.4", "2025-02-29", "R7.13.1", "R7.4.1.1", "7.4.1", "", "年月日", "2025-4/1"]
        {
            assert_eq!(Day::parse(name), None, "{name}");
        }
    }

    #[test]
    fn missing_years_are_named_unless_all_stand_at_one_distance() {
        let missing = |names: &[&str]| {
            let years: Vec<_> = names.iter().map(|n| FiscalYear::parse(n).unwrap()).collect();
            gaps(&years).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(missing(&["R1", "R2", "R4"]), ["R3"]);
        assert_eq!(missing(&["H30", "R1", "R2"]), Vec::<String>::new());
        assert_eq!(missing(&["H27", "R2", "R7"]), Vec::<String>::new());
        assert_eq!(missing(&["R1", "R3"]), ["R2"]);
    }

    #[test]
    fn short_and_long_forms() {
        let year = |text| FiscalYear::parse(text).unwrap();
        assert_eq!(year("令和6年度").to_string(), "R6");
        assert_eq!(year("H30").long(), "平成30年度");
        assert_eq!(year("R1").long(), "令和元年度");
    }
}
