//! Numerals in Japanese running text: `76.3%`, `37億6千万円`, `8割5分`, `▲４ポイント`, `17,000通`.

use std::ops::Range;

use rust_decimal::Decimal;

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
            None => at = start + run(&text[start..], |c| digit(c).is_some()),
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
    let (mut total, mut section) = (Decimal::ZERO, Decimal::ZERO);
    let mut step;
    let mut scaled = false;
    loop {
        let (number, decimals, length) = plain_number(&text[at..])?;
        at += length;
        let mut small = Decimal::ONE;
        while let Some((scale, length)) = scale(&text[at..], &[('百', 2), ('千', 3)]) {
            (small, at) = (small.checked_mul(scale)?, at + length);
        }
        let big = scale(&text[at..], &[('万', 4), ('億', 8), ('兆', 12)]);
        section = section.checked_add(number.checked_mul(small)?)?;
        step = small.checked_mul(Decimal::new(1, decimals))?;
        scaled |= small != Decimal::ONE || big.is_some();
        if let Some((scale, length)) = big {
            total = total.checked_add(section.checked_mul(scale)?)?;
            step = step.checked_mul(scale)?;
            section = Decimal::ZERO;
            at += length;
        }
        let more = text[at..].chars().next().is_some_and(|c| digit(c).is_some());
        if !more || (small == Decimal::ONE && big.is_none()) {
            break;
        }
    }
    let digits = start..at;
    let mut exact = total.checked_add(section)?;
    let written = UNITS.iter().find(|unit| text[at..].starts_with(**unit)).copied();
    let mut unit = written.unwrap_or_default();
    at += unit.len();
    let tenths = unit == "割";
    if tenths {
        (exact, step) = (exact.checked_mul(Decimal::TEN)?, step.checked_mul(Decimal::TEN)?);
        if let Some((more, 0, length)) = plain_number(&text[at..])
            && text[at + length..].starts_with('分')
        {
            (exact, step) = (exact.checked_add(more)?, Decimal::ONE);
            at += length + '分'.len_utf8();
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

/// Digits with commas and decimals: the number, its decimals, and its length in bytes.
fn plain_number(text: &str) -> Option<(Decimal, u32, usize)> {
    let mut plain = String::new();
    let mut at = 0;
    let digits = |from: usize| run(&text[from..], |c| digit(c).is_some());
    let take = |plain: &mut String, from: usize, length: usize| {
        plain.extend(
            text[from..from + length].chars().filter_map(|c| char::from_digit(digit(c)?, 10)),
        );
    };
    let length = digits(0);
    take(&mut plain, 0, length);
    at += length;
    while let Some(comma) = text[at..].chars().next().filter(|c| matches!(c, ',' | '，')) {
        let from = at + comma.len_utf8();
        let length = digits(from);
        if text[from..from + length].chars().count() != 3 || plain.is_empty() {
            break;
        }
        take(&mut plain, from, length);
        at = from + length;
    }
    let mut decimals = 0;
    if let Some(point) = text[at..].chars().next().filter(|c| matches!(c, '.' | '．')) {
        let from = at + point.len_utf8();
        let length = digits(from);
        if length > 0 {
            plain.push('.');
            take(&mut plain, from, length);
            decimals = text[from..from + length].chars().count() as u32;
            at = from + length;
        }
    }
    if plain.len() > 20 {
        return None;
    }
    Some((plain.parse().ok()?, decimals, at))
}

fn scale(text: &str, known: &[(char, u32)]) -> Option<(Decimal, usize)> {
    let first = text.chars().next()?;
    let (_, zeros) = known.iter().find(|(c, _)| *c == first)?;
    Some((Decimal::from(10_u64.pow(*zeros)), first.len_utf8()))
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

pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
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
