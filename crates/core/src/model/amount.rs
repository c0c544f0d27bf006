//! An unsigned amount with its words and its unit: `1,234`, `37億6千万`, `1.2億円`, `76.3%`.

use rust_decimal::Decimal;

use super::number::{Fault, Form, LIMIT};
use super::unit::Unit;

/// Words that multiply the group before them, the largest first.
const GREAT: [(char, i64); 3] = [('兆', 1_000_000_000_000), ('億', 100_000_000), ('万', 10_000)];

/// Words that multiply a number inside a group.
const SMALL: [(char, i64); 3] = [('千', 1000), ('百', 100), ('十', 10)];

/// More digits after the point than any office needs; sums of such values stay exact.
const MOST_DECIMALS: u32 = 15;

/// Reads an unsigned amount, half-width already, in the unit of its column.
///
/// # Errors
/// No number, a unit that does not convert exactly, or more than can be held.
pub(super) fn amount(
    text: &str,
    unit: Option<&Unit>,
    forms: &mut Vec<Form>,
) -> Result<Decimal, Fault> {
    let (plain, rest) = plain_number(text, forms)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return held(plain);
    }
    if unit.is_some_and(|unit| unit.name == rest) {
        forms.push(Form::Unit);
        return held(plain);
    }
    let (value, rest, worded) = in_words(text, forms)?;
    let rest = rest.trim();
    if rest.is_empty() && worded {
        forms.push(Form::Words);
        let one = Decimal::ONE;
        let from = Unit { name: String::new(), base: String::new(), scale: one };
        let to = unit.map_or(one, |unit| unit.scale);
        let to = Unit { scale: to, ..from.clone() };
        return held(from.convert(value, &to).ok_or(Fault::TooLarge)?);
    }
    // What begins with a sign or a digit is no unit, but a second thing in the cell.
    let Some(found) = Unit::parse(rest).filter(|_| is_unit(rest)) else {
        return Err(Fault::NotANumber);
    };
    let converted = unit.and_then(|unit| found.convert(value, unit));
    forms.push(Form::Unit);
    match converted {
        Some(value) => held(value),
        None if unit.is_some_and(|unit| unit.base == found.base) => Err(Fault::TooLarge),
        None => {
            let start = text.len() - text.trim_start_matches(digit_or_sign).len();
            Err(Fault::OtherUnit(text[start..].trim().to_owned()))
        }
    }
}

fn digit_or_sign(c: char) -> bool {
    c.is_ascii_digit() || ",.".contains(c)
}

fn is_unit(text: &str) -> bool {
    let sign = |c: char| "+-−▲△~〜()#*…".contains(c) || c.is_ascii_digit();
    !text.contains(sign) && !text.starts_with(['.', ',', ':', '/'])
        // A power of ten is no unit: 1e5.
        && !text.eq_ignore_ascii_case("e")
}

fn held(value: Decimal) -> Result<Decimal, Fault> {
    let fits = value.abs() < Decimal::from(LIMIT) && value.scale() <= MOST_DECIMALS;
    if fits { Ok(value) } else { Err(Fault::TooLarge) }
}

/// A number such as `1,234.5` at the beginning of a text, and what follows it.
///
/// Commas stand between thousands only; no exponent; digits on both sides of the point.
fn plain_number<'t>(text: &'t str, forms: &mut Vec<Form>) -> Result<(Decimal, &'t str), Fault> {
    let end = text.find(|c: char| !digit_or_sign(c)).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let parted = whole.contains(',');
    let grouped = groups.all(|group| group.len() == 3 && digits(group));
    if !digits(first) || !digits(fraction) || !grouped || (parted && first.len() > 3) {
        return Err(Fault::NotANumber);
    }
    if parted {
        forms.push(Form::Comma);
    }
    let value = Decimal::from_str_exact(&number.replace(',', "")).map_err(|_| Fault::TooLarge)?;
    Ok((value, rest))
}

/// `37億6千万`: groups from great to small, `2千5百万` being one group of 万.
///
/// Returns the amount, what follows it, and whether any word stood in it.
fn in_words<'t>(text: &'t str, forms: &mut Vec<Form>) -> Result<(Decimal, &'t str, bool), Fault> {
    let (mut total, mut group) = (Decimal::ZERO, Decimal::ZERO);
    let (mut last_great, mut last_small) = (i64::MAX, i64::MAX);
    let (mut rest, mut worded) = (text, false);
    let times = |value: Decimal, word: i64| value.checked_mul(word.into()).ok_or(Fault::TooLarge);
    let plus = |one: Decimal, more| one.checked_add(more).ok_or(Fault::TooLarge);
    while rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (number, after) = plain_number(rest, forms)?;
        // A fraction may only stand in front of the last word: 1.2億, but not 1.5億3千万.
        let fraction = number.scale() > 0;
        let mut value = number;
        rest = after;
        let mut next = rest.chars();
        let small = next.next().and_then(|c| SMALL.iter().find(|(word, _)| *word == c));
        if let Some((_, word)) = small {
            if *word >= last_small {
                return Err(Fault::NotANumber);
            }
            (value, rest, last_small, worded) = (times(value, *word)?, next.as_str(), *word, true);
        } else {
            // Digits without a word end their group: 1千500万.
            last_small = 1;
        }
        group = plus(group, value)?;
        let mut next = rest.chars();
        let great = next.next().and_then(|c| GREAT.iter().find(|(word, _)| *word == c));
        if let Some((_, word)) = great {
            if *word >= last_great {
                return Err(Fault::NotANumber);
            }
            total = plus(total, times(group, *word)?)?;
            (group, rest, last_great, last_small) = (Decimal::ZERO, next.as_str(), *word, i64::MAX);
            worded = true;
        } else if last_small == 1 && rest.is_empty() && worded {
            // 3億5: nobody can tell whether 5 or 5千万 is meant.
            return Err(Fault::NotANumber);
        }
        if fraction && rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(Fault::NotANumber);
        }
    }
    Ok((plus(total, group)?, rest, worded))
}
