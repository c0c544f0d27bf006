//! Numbers as the pages print them, written a second time so that the engine is not asked.

use rust_decimal::{Decimal, RoundingStrategy};

/// A number as an office types it; `None` for anything else.
pub fn number(text: &str) -> Option<Decimal> {
    text.replace(',', "").parse().ok()
}

/// Half up, away from zero, with a fixed count of decimals.
pub fn rounded(value: Decimal, decimals: u32) -> Decimal {
    let mut value = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    value.rescale(decimals);
    value
}

/// Commas between the thousands of a number as it is written: `-1274` as `-1,274`.
pub fn with_commas(text: &str) -> String {
    let (sign, digits) = text.split_at(usize::from(text.starts_with('-')));
    let (whole, fraction) = digits.find('.').map_or((digits, ""), |dot| digits.split_at(dot));
    let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().filter_map(utf8).collect();
    format!("{sign}{}{fraction}", groups.join(","))
}

fn utf8(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// A value in its 形式 with its unit.
pub fn printed(value: Decimal, notation: &str, unit: &str) -> Option<String> {
    if notation == "億千万" {
        return Some(oku_senman(value));
    }
    let (signed, plain) = match notation.strip_prefix("符号付き") {
        Some(plain) => (value > Decimal::ZERO, plain),
        None => (false, notation),
    };
    let decimals = match plain {
        "整数" => 0,
        "小数1桁" => 1,
        "小数2桁" => 2,
        _ => return None,
    };
    let text = with_commas(&rounded(value, decimals).to_string());
    Some(format!("{}{text}{unit}", if signed { "+" } else { "" }))
}

/// Millions of yen in 億 and 千万: 3760 as `37億6千万`.
fn oku_senman(million_yen: Decimal) -> String {
    let ten_millions = rounded(million_yen / Decimal::TEN, 0);
    let digits = ten_millions.abs().to_string();
    let (oku, rest) = digits.split_at(digits.len() - 1);
    let sign = if ten_millions < Decimal::ZERO { "-" } else { "" };
    match (oku, rest) {
        ("", rest) => format!("{sign}{rest}千万"),
        (oku, "0") => format!("{sign}{}億", with_commas(oku)),
        (oku, rest) => format!("{sign}{}億{rest}千万", with_commas(oku)),
    }
}

/// A part of a whole in percent with one decimal; `None` when the whole is nothing.
pub fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (!whole.is_zero()).then(|| rounded(part * Decimal::ONE_HUNDRED / whole, 1))
}

#[test]
fn the_oracle_writes_numbers_as_an_office_does() {
    let written = |value: &str, notation, unit| printed(number(value).unwrap(), notation, unit);
    for (value, notation, unit, text) in [
        ("3760", "億千万", "百万円", "37億6千万"),
        ("3800", "億千万", "百万円", "38億"),
        ("40", "億千万", "百万円", "4千万"),
        ("-1234", "億千万", "百万円", "-12億3千万"),
        ("26563", "整数", "時間", "26,563時間"),
        ("468", "符号付き整数", "百万円", "+468百万円"),
        ("62", "小数1桁", "%", "62.0%"),
        ("76.25", "小数1桁", "%", "76.3%"),
    ] {
        assert_eq!(written(value, notation, unit).unwrap(), text);
    }
    assert_eq!(with_commas("-1274"), "-1,274");
}
