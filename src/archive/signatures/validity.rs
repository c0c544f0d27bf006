//! From when until when a key counts: `valid-after` and `valid-before` of OpenSSH.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// OpenSSH counts seconds from 1970.
const FIRST_YEAR: i16 = 1971;
/// Times that end in Z are told in the time of Japan, whose days the editions bear.
const HOURS_AHEAD: i64 = 9;

/// The span of time in which a key counts; without an end, for ever.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Validity {
    pub after: Option<DateTime>,
    pub before: Option<DateTime>,
}

impl Validity {
    /// Whether it has no bounds.
    pub fn is_unbounded(self) -> bool {
        self == Validity::default()
    }

    /// Whether it ends before it begins.
    pub fn is_empty(self) -> bool {
        matches!((self.after, self.before), (Some(after), Some(before)) if before <= after)
    }

    /// Whether a whole day lies in it, to the minute. Of a day that is not known, only a span
    /// without bounds says anything.
    pub fn covers(self, day: Option<Date>) -> bool {
        let Some(day) = day else { return self.is_unbounded() };
        self.after.is_none_or(|after| after <= day.at(0, 0, 0, 0))
            && self.before.is_none_or(|before| before >= day.at(23, 59, 0, 0))
    }

    /// `2026-04-01から 2027-04-01より前`.
    pub fn words(self) -> String {
        let words = [(self.after, "から"), (self.before, "より前")];
        let words = words.iter().filter_map(|(time, word)| Some(told((*time)?) + word));
        words.collect::<Vec<_>>().join(" ")
    }
}

fn told(time: DateTime) -> String {
    let (date, time) = (time.date(), time.time());
    let [hour, minute, second] = [time.hour(), time.minute(), time.second()];
    match (hour, minute, second) {
        (0, 0, 0) => date.to_string(),
        (_, _, 0) => format!("{date} {hour:02}:{minute:02}"),
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// Reads `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, with a `Z` behind it for UTC.
pub fn time(text: &str) -> Option<DateTime> {
    let (digits, is_utc) = match text.strip_suffix('Z') {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || ![8, 12, 14].contains(&digits.len()) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to).map_or(Some(0), |d| d.parse().ok());
    let date = Date::new(digits[..4].parse().ok()?, part(4, 6)?, part(6, 8)?).ok()?;
    let time = jiff::civil::Time::new(part(8, 10)?, part(10, 12)?, part(12, 14)?, 0).ok()?;
    let time = DateTime::from_parts(date, time);
    let time = if is_utc { time.checked_add(HOURS_AHEAD.hours()).ok()? } else { time };
    (time.year() >= FIRST_YEAR).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(after: &str, before: &str) -> Validity {
        Validity { after: time(after), before: time(before) }
    }

    fn covers(span: Validity, day: &str) -> bool {
        span.covers(Some(day.parse().unwrap()))
    }

    #[test]
    fn a_day_counts_from_the_first_to_the_last_of_the_span() {
        let year = span("20260401", "20270401");
        let days = ["2026-03-31", "2026-04-01", "2027-03-31", "2027-04-01"];
        assert_eq!(days.map(|day| covers(year, day)), [false, true, true, false]);
    }

    #[test]
    fn a_span_to_the_last_minute_of_a_day_holds_that_day_and_a_part_of_one_does_not() {
        for end in ["202703312359", "20270331235959", "20270401"] {
            assert!(covers(span("", end), "2027-03-31"), "{end}");
        }
        assert!(!covers(span("", "202703311200"), "2027-03-31"));
        assert!(!covers(span("202604010900", ""), "2026-04-01"));
    }

    #[test]
    fn a_time_of_utc_is_that_of_japan() {
        assert_eq!(time("20260331150000Z"), time("20260401"));
    }

    #[test]
    fn of_an_unknown_day_only_a_key_without_bounds_counts() {
        assert!(Validity::default().covers(None));
        assert!(!span("20260401", "").covers(None));
    }

    #[test]
    fn what_openssh_reads_as_no_time_is_none() {
        for text in [
            "",
            "2026",
            "20260431",
            "2026-04-01",
            "202604012400",
            "19700101",
            "２０２６０４０１",
            "20260401z",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_is_told_in_days_and_in_minutes_where_it_has_some() {
        assert_eq!(
            span("20260401", "202704010830").words(),
            "2026-04-01から 2027-04-01 08:30より前"
        );
    }
}
