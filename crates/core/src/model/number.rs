//! Numbers as people write them in tables: `1,234`, `▲5`, `37億6千万`, `76.3%`, `－`, `…`.
//!
//! In: the text of one cell and what its column expects. Out: an exact decimal in the unit of
//! the column, or which kind of nothing the cell says. Never a guess: what could mean two
//! things is a fault.

use rust_decimal::Decimal;

use super::numeral::{Digits, Term, Total, Words};
use super::unit::Unit;
use super::width::half_width;

/// Values at or beyond this are refused, so that no later sum can run over.
const LIMIT: i64 = 1_000_000_000_000_000_000;

/// What a column expects of its cells.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// The unit in which values are wanted; a unit inside a cell must convert to it exactly.
    pub unit: Option<Unit>,
    /// `(5)` is -5 (`negative = "()"` in report.toml).
    pub parentheses: bool,
    /// 以上, 以下, 未満 or 超 may follow the number (目標値).
    pub bound: bool,
}

/// A way of writing that is read, but that the rules for machine-readable tables advise against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    FullWidth,
    Comma,
    Triangle,
    Parentheses,
    Unit,
    Words,
    Bound,
    NoneMark,
    UnknownMark,
    SecretMark,
    RevisedMark,
    PreliminaryMark,
}

/// Why a cell holds no number. The four are different things, and none of them is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// An empty cell: nobody filled it in.
    Missing,
    /// `－`: there is no such value.
    None,
    /// `…`: there is a value, but it is not known.
    Unknown,
    /// `x`: there is a value, but it is kept secret, for it would tell of single people.
    Secret,
}

impl Absence {
    /// The sign that is printed for it and that needs a word of explanation.
    pub fn sign(self) -> Option<Sign> {
        match self {
            Absence::Missing | Absence::None => None,
            Absence::Unknown => Some(Sign::Unknown),
            Absence::Secret => Some(Sign::Secret),
        }
    }
}

/// A sign in the place of a number, as statistics print it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    Unknown,
    Secret,
}

impl Sign {
    /// As it is printed.
    pub fn text(self) -> &'static str {
        match self {
            Sign::Unknown => "…",
            Sign::Secret => "x",
        }
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Sign::Unknown => "不詳",
            Sign::Secret => "秘匿",
        }
    }
}

/// A letter beside a number, as statistics have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `r`: 訂正値.
    Revised,
    /// `p`: 速報値.
    Preliminary,
}

/// A number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// In the unit of the column, exact.
    pub exact: Decimal,
    /// 以上, 以下, 未満 or 超 after the number.
    pub bound: Option<&'static str>,
    /// A letter beside the number.
    pub mark: Option<Mark>,
}

/// What a cell says, and how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub content: Result<Number, Absence>,
    /// Every advised-against form in the cell, in order, once each.
    pub forms: Vec<Form>,
}

/// Why a cell cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    NotANumber,
    /// A unit that is not the column's and does not convert to it.
    OtherUnit(String),
    /// `(5)` where the column does not say what parentheses mean.
    Parentheses,
    /// `40,304 (26,832)`: two data in one cell, main and second.
    TwoValues(String, String),
    /// 以上 and its like outside 目標値.
    Bound(&'static str),
    /// More digits than can be held exactly.
    TooLarge,
}

const NONE_MARKS: [&str; 11] = ["-", "−", "―", "‐", "–", "—", "ー", "─", "‑", "ｰ", "━"];
const UNKNOWN_MARKS: [&str; 6] = ["…", "……", "...", "‥", "・・・", "･･･"];
const SECRET_MARKS: [&str; 5] = ["x", "X", "χ", "Χ", "秘匿"];
const BOUNDS: [&str; 4] = ["以上", "以下", "未満", "超"];

/// Reads the text of one cell.
///
/// # Errors
/// See [`Fault`].
pub fn read(text: &str, expected: &Expected) -> Result<Reading, Fault> {
    let text = text.trim();
    let half = half_width(text);
    let absent = |absence, forms| Ok(Reading { content: Err(absence), forms });
    if text.is_empty() {
        return absent(Absence::Missing, vec![]);
    } else if NONE_MARKS.contains(&half.as_str()) {
        return absent(Absence::None, vec![Form::NoneMark]);
    } else if UNKNOWN_MARKS.contains(&half.as_str()) {
        return absent(Absence::Unknown, vec![Form::UnknownMark]);
    } else if SECRET_MARKS.contains(&half.as_str()) {
        return absent(Absence::Secret, vec![Form::SecretMark]);
    }
    let mut forms = Vec::new();
    if text.contains(|c: char| ('０'..='９').contains(&c) || "．，＋－−".contains(c)) {
        forms.push(Form::FullWidth);
    }
    let (half, mark) = marked(&half, expected);
    forms.extend(mark.map(|mark| match mark {
        Mark::Revised => Form::RevisedMark,
        Mark::Preliminary => Form::PreliminaryMark,
    }));
    let bound = BOUNDS.into_iter().find(|word| half.ends_with(word));
    let body = bound.map_or(half, |word| half.trim_end_matches(word).trim_end());
    let (body, wrapped) = unwrap(body, expected)?;
    let (negative, body) = sign(body, &mut forms);
    if wrapped {
        forms.push(Form::Parentheses);
        if negative.is_some() {
            return Err(Fault::NotANumber);
        }
    }
    let exact = amount(body, expected.unit.as_ref(), &mut forms)?;
    if let Some(word) = bound {
        forms.push(Form::Bound);
        if !expected.bound {
            return Err(Fault::Bound(word));
        }
    }
    let negative = wrapped || negative == Some(true);
    let exact = if negative { -exact } else { exact };
    forms.sort_unstable();
    forms.dedup();
    Ok(Reading { content: Ok(Number { exact, bound, mark }), forms })
}

/// Takes a letter off `r123` and `123 p`, unless it is the unit.
fn marked<'t>(text: &'t str, expected: &Expected) -> (&'t str, Option<Mark>) {
    for (letter, mark) in [('r', Mark::Revised), ('p', Mark::Preliminary)] {
        if expected.unit.as_ref().is_some_and(|unit| unit.name.ends_with(letter)) {
            continue;
        }
        let before = text.strip_prefix(letter).map(str::trim_start);
        let before = before
            .filter(|rest| rest.starts_with(|c: char| digit_or_sign(c) || "-−▲△▼+".contains(c)));
        let behind = text.strip_suffix(letter).map(str::trim_end);
        let behind = behind.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
        if let Some(rest) = before.or(behind) {
            return (rest, Some(mark));
        }
    }
    (text, None)
}

/// Takes the parentheses off `(5)`; tells `5 (3)` and parentheses that mean nothing here.
fn unwrap<'t>(text: &'t str, expected: &Expected) -> Result<(&'t str, bool), Fault> {
    let Some((before, inner)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else {
        return Ok((text, false));
    };
    let (before, inner) = (before.trim(), inner.trim());
    let number = |text: &str| {
        let (_, body) = sign(text, &mut Vec::new());
        amount(body, expected.unit.as_ref(), &mut Vec::new()).is_ok()
    };
    match (before.is_empty(), number(inner)) {
        (true, true) if expected.parentheses => Ok((inner, true)),
        (true, true) => Err(Fault::Parentheses),
        (false, true) if number(before) => Err(Fault::TwoValues(before.into(), inner.into())),
        _ => Err(Fault::NotANumber),
    }
}

/// The sign in front: `Some(true)` for a minus, `Some(false)` for a plus.
fn sign<'t>(text: &'t str, forms: &mut Vec<Form>) -> (Option<bool>, &'t str) {
    let mut rest = text.chars();
    let negative = match rest.next() {
        Some('-' | '−') => true,
        Some('▲' | '△' | '▼') => {
            forms.push(Form::Triangle);
            true
        }
        Some('+') => false,
        _ => return (None, text),
    };
    (Some(negative), rest.as_str().trim_start())
}

/// More digits after the point than any office needs; sums of such values stay exact.
const MOST_DECIMALS: u32 = 15;

/// Reads an unsigned amount, half-width already, in the unit of its column.
///
/// # Errors
/// No number, a unit that does not convert exactly, or more than can be held.
fn amount(text: &str, unit: Option<&Unit>, forms: &mut Vec<Form>) -> Result<Decimal, Fault> {
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
    // 0.5億 is 50000000, and not 50000000.0: the digits behind the point are those of 億.
    let value = if worded { value.normalize() } else { value };
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
    let sign = |c: char| "+-−▲△▼~〜()#*…".contains(c) || c.is_ascii_digit();
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
    let digits = Digits::read(text).ok_or(Fault::NotANumber)?;
    let rest = &text[digits.length..];
    if rest.starts_with(digit_or_sign) || digits.before_comma.is_some_and(|count| count > 3) {
        return Err(Fault::NotANumber);
    }
    if digits.before_comma.is_some() {
        forms.push(Form::Comma);
    }
    let value = Decimal::from_str_exact(&digits.plain).map_err(|_| Fault::TooLarge)?;
    Ok((value, rest))
}

/// `37億6千万`: groups from great to small, `2千5百万` being one group of 万.
///
/// Returns the amount, what follows it, and whether any word stood in it.
fn in_words<'t>(text: &'t str, forms: &mut Vec<Form>) -> Result<(Decimal, &'t str, bool), Fault> {
    let mut sum = Total::default();
    let (mut last_great, mut last_small): (Option<Decimal>, Option<Decimal>) = (None, None);
    let (mut rest, mut worded) = (text, false);
    let falls = |word: Decimal, last: Option<Decimal>| last.is_none_or(|last| word < last);
    while rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (number, after) = plain_number(rest, forms)?;
        let term = Term::read(number, after, Words::One).ok_or(Fault::TooLarge)?;
        rest = &after[term.words..];
        // Digits without a word end their group: 1千500万.
        let ends = term.small == Decimal::ONE;
        if !ends && !falls(term.small, last_small) {
            return Err(Fault::NotANumber);
        }
        sum.add(&term).ok_or(Fault::TooLarge)?;
        match term.great {
            Some(great) if !falls(great, last_great) => return Err(Fault::NotANumber),
            Some(great) => (last_great, last_small) = (Some(great), None),
            // 3億5: nobody can tell whether 5 or 5千万 is meant.
            None if ends && rest.is_empty() && worded => return Err(Fault::NotANumber),
            None => last_small = Some(term.small),
        }
        worded |= term.is_worded();
        // A fraction may only stand in front of the last word: 1.2億, but not 1.5億3千万.
        if number.scale() > 0 && rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(Fault::NotANumber);
        }
    }
    Ok((sum.value().ok_or(Fault::TooLarge)?, rest, worded))
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
