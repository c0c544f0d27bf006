//! Numbers as people write them in tables: `1,234`, `▲5`, `37億6千万`, `76.3%`, `－`, `…`.
//!
//! In: the text of one cell and what its column expects. Out: an exact decimal in the unit of
//! the column, or which kind of nothing the cell says. Never a guess: what could mean two
//! things is a fault.

use rust_decimal::Decimal;

use super::amount::amount;
use super::period::to_half_width;
use super::unit::Unit;

/// Values at or beyond this are refused, so that no later sum can run over.
pub(super) const LIMIT: i64 = 1_000_000_000_000_000_000;

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
}

/// Why a cell holds no number. The three are different things, and none of them is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// An empty cell: nobody filled it in.
    Missing,
    /// `－`: there is no such value.
    None,
    /// `…`: there is a value, but it is not known.
    Unknown,
}

/// A number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// In the unit of the column, exact.
    pub exact: Decimal,
    /// 以上, 以下, 未満 or 超 after the number.
    pub bound: Option<&'static str>,
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

const NONE_MARKS: [&str; 9] = ["-", "−", "―", "‐", "–", "—", "ー", "─", "‑"];
const UNKNOWN_MARKS: [&str; 6] = ["…", "……", "...", "‥", "・・・", "･･･"];
const BOUNDS: [&str; 4] = ["以上", "以下", "未満", "超"];

/// Reads the text of one cell.
///
/// # Errors
/// See [`Fault`].
pub fn read(text: &str, expected: &Expected) -> Result<Reading, Fault> {
    let text = text.trim();
    let half: String = text.chars().map(to_half_width).collect();
    let absent = |absence, forms| Ok(Reading { content: Err(absence), forms });
    if text.is_empty() {
        return absent(Absence::Missing, vec![]);
    } else if NONE_MARKS.contains(&half.as_str()) {
        return absent(Absence::None, vec![Form::NoneMark]);
    } else if UNKNOWN_MARKS.contains(&half.as_str()) {
        return absent(Absence::Unknown, vec![Form::UnknownMark]);
    }
    let mut forms = Vec::new();
    if text.contains(|c: char| ('０'..='９').contains(&c) || "．，＋－−".contains(c)) {
        forms.push(Form::FullWidth);
    }
    let bound = BOUNDS.into_iter().find(|word| half.ends_with(word));
    let body = bound.map_or(half.as_str(), |word| half.trim_end_matches(word).trim_end());
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
    Ok(Reading { content: Ok(Number { exact, bound }), forms })
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
        Some('▲' | '△') => {
            forms.push(Form::Triangle);
            true
        }
        Some('+') => false,
        _ => return (None, text),
    };
    (Some(negative), rest.as_str().trim_start())
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
