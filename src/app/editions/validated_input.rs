//! What an officer types of a new edition. It stays for ever, so a slip is told before.

use jiff::ToSpan;
use jiff::civil::Date;

use soukatsu_core::problem::is_unprintable;

/// In characters.
const LONGEST_REASON: usize = 1000;
const LONGEST_NAME: usize = 200;
/// No official version of this kind is older: the first year of Heisei.
const FIRST_YEAR: i16 = 1989;

/// A reason; runs of blanks become one.
///
/// # Errors
/// In Japanese, what is wrong with it.
pub fn reason(text: &str) -> Result<String, String> {
    filled(text, LONGEST_REASON)
}

/// A name; runs of blanks become one.
///
/// # Errors
/// In Japanese, what is wrong with it.
pub fn name(text: &str) -> Result<String, String> {
    filled(text, LONGEST_NAME)
}

fn filled(text: &str, longest: usize) -> Result<String, String> {
    let odd = (1..).zip(text.chars()).find_map(|(at, c)| Some((at, c, fault(c)?)));
    if let Some((at, c, (what, mend))) = odd {
        return Err(format!("{at}文字目に{what}（U+{:04X}）があります。{mend}", u32::from(c)));
    }
    let length = text.chars().count();
    if length > longest {
        return Err(format!("長すぎます（{length}文字）。{longest}文字までにしてください"));
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { Err("空にはできません".into()) } else { Ok(text) }
}

/// What is wrong with a character that must not be kept for years, and how to mend it.
fn fault(c: char) -> Option<(&'static str, &'static str)> {
    const RETYPE: &str = "その前後を打ち直してください";
    Some(match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ("改行", "1行で書いてください"),
        _ if is_unprintable(c) || is_unseen(c) => ("目に見えない文字", RETYPE),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => {
            ("外字", "ほかのパソコンでは読めないので、標準の字か、かなに替えてください")
        }
        '\u{fffd}' => ("文字化けの跡", RETYPE),
        '\u{fdd0}'..='\u{fdef}' => (NO_CHARACTER, RETYPE),
        _ if u32::from(c) & 0xfffe == 0xfffe => (NO_CHARACTER, RETYPE),
        _ => return None,
    })
}

/// Letters that show nothing, so that two texts look alike. Variation selectors are none of them:
/// they choose the form of a kanji.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
    )
}

const NO_CHARACTER: &str = "文字ではない番号";

/// A day, in one form only.
///
/// # Errors
/// In Japanese, what is wrong with it.
pub fn day(text: &str) -> Result<Date, String> {
    let is_shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !is_shaped {
        return Err("「2026-07-16」の形（西暦4桁-月2桁-日2桁）で書いてください".into());
    }
    let day: Date = text.parse().map_err(|_| "暦にない日です".to_owned())?;
    if day.year() < FIRST_YEAR {
        return Err(format!("{FIRST_YEAR}年より前の日です。年を確かめてください"));
    }
    Ok(day)
}

/// Whether a day lies so far ahead that another year was meant.
pub fn is_far_ahead(day: Date) -> bool {
    today().checked_add(1.year()).is_ok_and(|last| day > last)
}

/// The day that the clock shows.
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// The day when none is typed: that of the clock.
///
/// # Errors
/// The day that the clock shows, when no edition can be of it.
pub fn or_today(day: Option<Date>) -> Result<Date, Date> {
    let day = day.unwrap_or_else(today);
    if day.year() >= FIRST_YEAR { Ok(day) } else { Err(day) }
}

/// Whether a day that the clock gave is so long after another one that the clock must be doubted:
/// editions follow each other within months, and a clock that is ahead would close a store to all
/// editions of the years between.
pub fn is_long_after(day: Date, other: Date) -> bool {
    other.checked_add(MOST_YEARS.years()).is_ok_and(|last| day > last)
}

pub const MOST_YEARS: i16 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_and_a_name_are_kept_as_they_were_meant() {
        assert_eq!(reason(" 図4の 　訂正 ").unwrap(), "図4の 訂正");
        assert_eq!(name("葛󠄀城 髙太郎").unwrap(), "葛󠄀城 髙太郎");
        assert_eq!(reason(&"あ".repeat(1000)).unwrap().chars().count(), 1000);
    }

    #[test]
    fn what_cannot_be_read_in_ten_years_is_told_with_its_place() {
        for (text, told) in [
            ("訂\n正", "2文字目に改行（U+000A）"),
            ("訂正\u{1b}[2J", "3文字目に目に見えない文字（U+001B）"),
            ("\u{202e}正訂", "1文字目に目に見えない文字（U+202E）"),
            ("a\u{2066}", "2文字目に目に見えない文字（U+2066）"),
            ("a\u{200f}", "U+200F"),
            ("a\u{61c}", "U+061C"),
            ("a\u{3164}", "U+3164"),
            ("a\u{ad}", "U+00AD"),
            ("a\u{2800}", "U+2800"),
            ("見本\u{e000}", "3文字目に外字"),
            ("\u{10fffd}", "U+10FFFD"),
            ("\u{fdd0}", "文字ではない番号（U+FDD0）"),
            ("\u{1ffff}", "文字ではない番号（U+1FFFF）"),
            ("見\u{fffd}本", "文字化け"),
            (" 　", "空にはできません"),
            ("", "空にはできません"),
        ] {
            let fault = reason(text).unwrap_err();
            assert!(fault.contains(told), "{text:?}: {fault}");
            assert_eq!(name(text).unwrap_err(), fault);
        }
        assert!(reason(&"あ".repeat(1001)).unwrap_err().contains("1000文字まで"));
        assert!(name(&"あ".repeat(201)).unwrap_err().contains("200文字まで"));
    }

    #[test]
    fn a_day_has_one_form_and_lies_in_our_time() {
        assert_eq!(day("2026-07-01").unwrap().to_string(), "2026-07-01");
        for text in
            ["20260701", "2026-7-1", "2026/07/01", "2026-07-01T00:00", "+2026-07-01", "令和8年", ""]
        {
            assert!(day(text).unwrap_err().contains("の形"), "{text}");
        }
        assert_eq!(day("2026-02-30").unwrap_err(), "暦にない日です");
        assert!(day("1926-07-01").unwrap_err().contains("1989年より前"));
        assert!(day("1989-01-08").is_ok());
        let next = today().checked_add(1.year()).unwrap();
        assert!(!is_far_ahead(next) && is_far_ahead(next.tomorrow().unwrap()));
    }

    #[test]
    fn a_clock_that_is_years_ahead_of_all_that_is_known_is_doubted() {
        let day = |text| day(text).unwrap();
        assert!(is_long_after(day("2100-01-01"), day("2026-07-16")));
        assert!(!is_long_after(day("2028-07-16"), day("2026-07-16")));
    }
}
