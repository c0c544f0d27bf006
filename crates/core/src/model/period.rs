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

/// What may stand behind a year and says of its values how far they are known, and at which time
/// of the year they were: in brackets or without.
const QUALIFIERS: [&str; 19] = [
    "実績見込み",
    "実績見込",
    "実績値",
    "実績",
    "見込み",
    "見込値",
    "見込",
    "推計値",
    "推計",
    "予測",
    "速報値",
    "速報",
    "確定値",
    "確定",
    "暫定",
    "予定",
    "現在",
    "時点",
    "末",
];

/// A text without what stands behind its year, which comes second: `R7(見込)` is R7 and 見込.
fn qualified(text: &str) -> (&str, &str) {
    let text = text.trim().trim_end_matches(['※', '*', '＊']).trim_end();
    let inside = text.strip_suffix([')', '】', '〕', ']']).and_then(|text| {
        let (body, inner) = text.rsplit_once(['(', '【', '〔', '['])?;
        let (body, inner) = (body.trim_end(), inner.trim());
        (!body.is_empty() && QUALIFIERS.contains(&inner)).then_some((body, inner))
    });
    if let Some((body, word)) = inside {
        return (qualified(body).0, word);
    }
    let behind = QUALIFIERS.iter().find_map(|word| Some((text.strip_suffix(word)?, *word)));
    match behind.map(|(body, word)| (body.trim_end(), word)) {
        Some((body, word)) if !body.is_empty() => (body, word),
        _ => (text, ""),
    }
}

/// The word that stands behind a year: 見込 of `R7(見込)`.
pub fn qualifier(text: &str) -> String {
    qualified(&half_width(text)).1.to_owned()
}

/// Whether a word behind a year says that its values are not what was counted in the end.
pub fn is_expected(text: &str) -> bool {
    let half = half_width(text);
    let (_, word) = qualified(&half);
    !word.is_empty() && !["実績値", "実績", "確定値", "確定", "現在", "時点", "末"].contains(&word)
}

/// A year in one calendar: R6, 令和6年度, 2024.
fn single(body: &str) -> Option<FiscalYear> {
    let body = body.trim_end_matches("年度").trim_end_matches('年').trim();
    for (letter, name, first, last) in ERAS {
        let digits = body.strip_prefix(name).or_else(|| body.strip_prefix(letter));
        let Some(digits) = digits else { continue };
        let year: u16 = if digits == "元" { 1 } else { parse_digits(digits.trim())? };
        return (1..=last).contains(&year).then(|| FiscalYear(first + year - 1));
    }
    let year = parse_digits(body.strip_prefix("西暦").unwrap_or(body))?;
    (1926..=2117).contains(&year).then_some(FiscalYear(year))
}

/// The calendar of a year: its era, or nothing for the Gregorian one.
fn calendar(body: &str) -> Option<&'static str> {
    let of = |(letter, name, ..): &(&'static str, &str, u16, u16)| {
        (body.starts_with(letter) || body.starts_with(name)).then_some(*letter)
    };
    ERAS.iter().find_map(of)
}

/// Brackets that a second name of a year stands in.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('【', '】'), ('〔', '〕'), ('[', ']')];

/// The two names of a year that is named in two calendars: 令和元年度(2019年度),
/// 平成31(令和元)年度, 平成31年度/令和元年度.
fn both(body: &str) -> Option<[FiscalYear; 2]> {
    let in_brackets = BRACKETS.iter().find_map(|(open, close)| {
        let (before, rest) = body.split_once(*open)?;
        let (inner, after) = rest.split_once(*close)?;
        Some((format!("{}{}", before.trim(), after.trim()), inner.trim().to_owned()))
    });
    let parted = || {
        let (one, other) = body.split_once(['/', '・', '=', '、', ' '])?;
        Some((one.trim().to_owned(), other.trim().to_owned()))
    };
    let (one, other) = in_brackets.or_else(parted)?;
    let years = [single(&one)?, single(&other)?];
    // 2019/2020 and R5(R6) are two years, and not one in two calendars.
    (calendar(&one) != calendar(&other)).then_some(years)
}

impl FiscalYear {
    /// Reads `R6`, `令和6年度`, `令和元年度`, `H30`, `2019`, `2019年度`; full-width forms too. The
    /// same year may be named in two calendars, `令和元年度（2019年度）`, and a word may stand behind
    /// it, `R7(見込)`, `令和6年度末`.
    ///
    /// `None` when the text names no year, so that a header row can be searched for periods.
    pub fn parse(text: &str) -> Option<Self> {
        let half = half_width(text.trim());
        let (body, _) = qualified(&half);
        single(body).or_else(|| both(body).filter(|[one, other]| one == other).map(|[one, _]| one))
    }

    /// The two years of a text that names one in each of two calendars, where they are not the
    /// same: 令和5年度（2024年度）.
    pub fn contradiction(text: &str) -> Option<[Self; 2]> {
        let half = half_width(text.trim());
        both(qualified(&half).0).filter(|[one, other]| one != other)
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
        if let Some(month) = body.strip_suffix('末') {
            return Self::last_of(month.trim());
        }
        // 令和7年(2025年)4月1日: one calendar is enough, when both name the same year.
        let plain = BRACKETS.iter().find_map(|(open, close)| {
            let (before, rest) = body.split_once(*open)?;
            let (inner, after) = rest.split_once(*close)?;
            let year = before.strip_suffix('年').unwrap_or(before);
            (single(year)? == single(inner)?)
                .then(|| format!("{year}年{}", after.trim_start_matches('年')))
        });
        let body = plain.as_deref().unwrap_or(body);
        let parts: Vec<&str> = match body.strip_suffix('日') {
            Some(body) => body.split(['年', '月']).collect(),
            None => ['.', '-', '/']
                .into_iter()
                .map(|sign| body.split(sign).collect::<Vec<_>>())
                .find(|parts| parts.len() == 3)?,
        };
        let [year, month, day] = parts[..] else { return None };
        let number = |part: &str| i8::try_from(parse_digits(part.trim())?).ok();
        let year = i16::try_from(single(year)?.0).ok()?;
        Self::of(civil::Date::new(year, number(month)?, number(day)?).ok()?)
    }

    /// The last day of a month: 2025年3月, R7.3.
    fn last_of(text: &str) -> Option<Self> {
        let body = text.strip_suffix('月')?;
        let (year, month) = body.split_once(['年', '.', '-', '/'])?;
        let month = i8::try_from(parse_digits(month.trim())?).ok()?;
        let year = i16::try_from(single(year.trim())?.0).ok()?;
        Self::of(civil::Date::new(year, month, 1).ok()?.last_of_month())
    }

    fn of(date: civil::Date) -> Option<Self> {
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
    fn a_year_may_be_named_in_two_calendars_that_agree() {
        for name in [
            "令和元年度（2019年度）",
            "2019年度（令和元年度）",
            "平成31年度/令和元年度",
            "平成31年度・令和元年度",
            "平成31（令和元）年度",
            "平成31年度（令和元年度）",
            "令和元(2019)年度",
            "2019（R1）",
            "Ｒ１（２０１９）",
            "2019年度【令和元年度】",
            "西暦2019年",
            "R元",
            "令和 元 年度（2019年度）末",
        ] {
            let plain: String = name.replace(' ', "");
            assert_eq!(FiscalYear::parse(&plain), Some(FiscalYear(2019)), "{name}");
            assert_eq!(FiscalYear::contradiction(&plain), None, "{name}");
        }
        for (name, one, other) in
            [("令和5年度（2024年度）", 2023, 2024), ("2019年度(平成30年度)", 2019, 2018)]
        {
            assert_eq!(FiscalYear::parse(name), None);
            let years = [FiscalYear(one), FiscalYear(other)];
            assert_eq!(FiscalYear::contradiction(name), Some(years));
        }
        for name in ["2019/2020", "R5（R6）", "R5(3)", "2019(1,234)", "2019/20", "R5 R6"] {
            assert_eq!((FiscalYear::parse(name), FiscalYear::contradiction(name)), (None, None));
        }
    }

    #[test]
    fn a_word_behind_a_year_says_how_far_its_values_are_known() {
        for (name, year, expected) in [
            ("令和5年度末", 2023, false),
            ("令和6年度（実績）", 2024, false),
            ("令和7年度見込", 2025, true),
            ("R7(見込)", 2025, true),
            ("Ｒ７（見込み）", 2025, true),
            ("2025年度（令和7年度）推計", 2025, true),
            ("R6※", 2024, false),
            ("2024年末", 2024, false),
        ] {
            assert_eq!(FiscalYear::parse(name), Some(FiscalYear(year)), "{name}");
            assert_eq!(is_expected(name), expected, "{name}");
        }
        for name in ["見込", "（実績）", "末", "R7目標", "R7計画値"] {
            assert_eq!(FiscalYear::parse(name), None, "{name}");
        }
    }

    #[test]
    fn the_end_of_a_month_is_its_last_day() {
        let day = Day::parse("2025-03-31");
        for name in ["2025年3月末", "令和7年3月末", "R7.3月末", "令和7年3月末現在", "2025年３月末"]
        {
            assert_eq!(Day::parse(name), day, "{name}");
        }
        assert_eq!(Day::parse("2024年2月末"), Day::parse("2024-02-29"));
        assert_eq!(Day::parse("令和7年（2025年）4月1日"), Day::parse("2025-04-01"));
        assert_eq!(Day::parse("令和7年（2024年）4月1日"), None);
        assert_eq!(Day::parse("3月末"), None);
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
