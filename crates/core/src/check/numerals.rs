//! Numerals in Japanese running text: `76.3%`, `37億6千万円`, `8割5分`, `▲４ポイント`, `17,000通`.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::model::numeral::{Digits, Term, Total, Words, digit_run};
use crate::model::width::digit;

/// A numeral as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Numeral {
    /// With sign and unit, in bytes of the text.
    pub range: Range<usize>,
    /// Its digits and scales only.
    pub digits: Range<usize>,
    /// In its unit: 37億6千万円 is 3,760,000,000 円, 8割 is 80 %.
    pub exact: Decimal,
    /// What one step of its last digit is worth: 0.1 in 76.3%, 10,000,000 in 37億6千万円.
    pub step: Decimal,
    /// Without its scale: 円 for 百万円; 割 and ％ are %. Empty when none follows.
    pub unit: &'static str,
    /// Written with 万, 億 or the like.
    pub scaled: bool,
    /// Written in 割.
    pub tenths: bool,
}

/// So many digits, and a point, are read as a number.
const MOST_DIGITS: usize = 20;

/// What may stand behind a number, longer ones before those that begin them.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "パーセント", "ポイント", "メートル", "センチ", "ページ", "トン", "時間", "か月", "ヶ月", "カ月",
    "箇月", "か所", "ヶ所", "カ所", "箇所", "か国", "か年", "世帯", "団体", "年度", "年間",
    "年目", "年ぶり", "日間", "週間", "回目", "番目", "人目", "項目", "施設", "地区", "会場",
    "指標", "種類", "事業", "丁目", "番地", "月号", "割", "%", "％", "‰", "円", "人",
    "名", "件", "回", "日", "年", "月", "つ", "個", "位", "歳", "代", "社", "校",
    "店", "本", "台", "戸", "棟", "冊", "通", "番", "類", "階", "級", "倍", "点",
    "票", "課", "係", "部", "号", "条", "章", "時", "分", "秒", "週", "km", "kg",
    "ha", "㎡", "m²", "t",
];

/// The numerals of a text, from left to right.
pub fn numerals(text: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(|c| digit(c).is_some()) {
        let start = at + next;
        match numeral(text, start) {
            Some(numeral) => {
                at = numeral.range.end;
                found.push(numeral);
            }
            // Too long for any number: not one.
            None => at = start + digit_run(&text[start..]),
        }
    }
    found
}

/// The first numeral of a text.
pub fn first(text: &str) -> Option<Numeral> {
    numerals(text).into_iter().next()
}

impl Numeral {
    /// Whether two numerals say the same, as far as the coarser one goes.
    pub fn agrees(&self, other: &Numeral) -> bool {
        if self.unit != other.unit {
            return false;
        }
        let step = self.step.max(other.step);
        let rounded = |value: Decimal| {
            value.checked_div(step).map(|steps| {
                steps
                    .round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            })
        };
        self.exact == other.exact || rounded(self.exact.abs()) == rounded(other.exact.abs())
    }

    /// How many digits that mean something it is written with.
    pub fn significant(&self, text: &str) -> usize {
        let digits = text.get(self.digits.clone()).unwrap_or_default();
        digits.chars().filter_map(digit).skip_while(|d| *d == 0).count()
    }
}

/// The numeral whose first digit stands at `start`.
fn numeral(text: &str, start: usize) -> Option<Numeral> {
    let mut at = start;
    let mut sum = Total::default();
    let mut step;
    let mut scaled = false;
    loop {
        let (number, digits) = plain_number(&text[at..])?;
        at += digits.length;
        let term = Term::read(number, &text[at..], Words::Any)?;
        at += term.words;
        sum.add(&term)?;
        step = term.step(digits.decimals)?;
        scaled |= term.is_worded();
        if !term.is_worded() || digit_run(&text[at..]) == 0 {
            break;
        }
    }
    let digits = start..at;
    let mut exact = sum.value()?;
    let written = UNITS.iter().find(|unit| text[at..].starts_with(**unit)).copied();
    let mut unit = written.unwrap_or_default();
    at += unit.len();
    let tenths = unit == "割";
    if tenths {
        (exact, step) = (exact.checked_mul(Decimal::TEN)?, step.checked_mul(Decimal::TEN)?);
        if let Some((more, digits)) = plain_number(&text[at..])
            && digits.decimals == 0
            && text[at + digits.length..].starts_with('分')
        {
            (exact, step) = (exact.checked_add(more)?, Decimal::ONE);
            at += digits.length + '分'.len_utf8();
        }
    }
    if matches!(unit, "割" | "％" | "パーセント") {
        unit = "%";
    }
    let (start, negative) = sign(text, start);
    if negative {
        exact = -exact;
    }
    Some(Numeral { range: start..at, digits, exact, step, unit, scaled, tenths })
}

/// The number with which a text begins; `None` for more digits than any number has.
fn plain_number(text: &str) -> Option<(Decimal, Digits)> {
    let digits = Digits::read(text).filter(|digits| digits.plain.len() <= MOST_DIGITS)?;
    Some((digits.plain.parse().ok()?, digits))
}

/// Where the numeral begins with its sign, and whether it is negative.
fn sign(text: &str, start: usize) -> (usize, bool) {
    let mut before = text[..start].chars().rev();
    let Some(sign) = before.next() else { return (start, false) };
    let at = start - sign.len_utf8();
    let after_text = before.next().is_some_and(char::is_alphanumeric);
    match sign {
        '▲' | '△' => (at, true),
        '-' | '−' | '－' if !after_text => (at, true),
        '+' | '＋' => (at, false),
        _ => (start, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, &'static str)> {
        let show = |n: Numeral| (text[n.range].to_owned(), n.exact.normalize().to_string(), n.unit);
        numerals(text).into_iter().map(show).collect()
    }

    #[test]
    fn numerals_are_read_with_scale_sign_and_unit() {
        for (text, exact, unit) in [
            ("76.3%", "76.3", "%"),
            ("７６．３％", "76.3", "%"),
            ("37億6千万円", "3760000000", "円"),
            ("1万5千人", "15000", "人"),
            ("+593百万円", "593000000", "円"),
            ("287千人", "287000", "人"),
            ("8割", "80", "%"),
            ("8割5分", "85", "%"),
            ("17,000通", "17000", "通"),
            ("▲4.1ポイント", "-4.1", "ポイント"),
            ("△５", "-5", ""),
            ("12か月", "12", "か月"),
        ] {
            assert_eq!(read(text), [(text.to_owned(), exact.to_owned(), unit)], "{text}");
        }
    }

    #[test]
    fn a_hyphen_between_numbers_is_no_sign_and_a_comma_of_a_list_none_of_thousands() {
        assert_eq!(read("図6-1").iter().map(|n| n.1.as_str()).collect::<Vec<_>>(), ["6", "1"]);
        assert_eq!(read("3,4人").iter().map(|n| n.1.as_str()).collect::<Vec<_>>(), ["3", "4"]);
    }

    #[test]
    fn the_coarser_numeral_decides_what_agrees() {
        let one = |text| first(text).unwrap();
        assert!(one("79%").agrees(&one("79.0%")) && one("76%").agrees(&one("76.3%")));
        assert!(!one("76.2%").agrees(&one("76.3%")) && !one("76.3%").agrees(&one("76.3件")));
        assert!(one("38億円").agrees(&one("37億6千万円")));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9０-９,.，．割分億千万百兆円%％+▲△あ亜A-]{0,60}") {
            let mut end = 0;
            for numeral in numerals(&text) {
                proptest::prop_assert!(numeral.range.start <= numeral.digits.start);
                proptest::prop_assert!(numeral.digits.start >= end);
                proptest::prop_assert!(text.get(numeral.range.clone()).is_some());
                end = numeral.range.end;
            }
        }
    }
}
