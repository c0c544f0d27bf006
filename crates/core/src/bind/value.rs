//! What calls come to: numbers, words, verdicts, each with the cells it rests on.

use rust_decimal::Decimal;

use super::arguments::Fault;
use crate::model::quantity::{Notation, grouped};
use crate::problem::Place;

/// A cell that a value rests on, and how people call it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceCell {
    /// `市民満足度 R6 = 76.3%`
    pub what: String,
    pub place: Place,
}

impl SourceCell {
    /// `csv/indicators.csv O3`, or with the line where a cell has no name.
    pub fn place_name(&self) -> String {
        match &self.place.cell {
            Some(cell) => format!("{} {cell}", self.place.file),
            None => self.place.to_string(),
        }
    }
}

/// What a call comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Measure(Measure),
    Measures(Vec<Measure>),
    Words(Words),
    Verdict(Verdict),
}

impl Value {
    /// As printed; lists and verdicts print nothing.
    pub fn text(&self) -> &str {
        match self {
            Value::Measure(measure) => &measure.text,
            Value::Words(words) => &words.text,
            Value::Measures(_) | Value::Verdict(_) => "",
        }
    }

    /// The cells it rests on.
    pub fn cells(&self) -> Vec<&SourceCell> {
        match self {
            Value::Measure(measure) => measure.cells.iter().collect(),
            Value::Measures(measures) => measures.iter().flat_map(|m| &m.cells).collect(),
            Value::Words(words) => words.cells.iter().collect(),
            Value::Verdict(verdict) => verdict.cells.iter().collect(),
        }
    }
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub exact: Decimal,
    pub unit: String,
    pub notation: Notation,
    /// As printed.
    pub text: String,
    /// What a finding calls a computed number: `図7 全体の計`. Cells have names of their own.
    pub name: Option<String>,
    /// Computed, and not a cell as it stands.
    pub computed: bool,
    pub cells: Vec<SourceCell>,
}

impl Measure {
    /// A number that the author wrote into a condition.
    pub fn literal(exact: Decimal, text: &str) -> Self {
        let notation = Notation::Fixed { decimals: exact.scale(), signed: false };
        let (unit, cells) = (String::new(), Vec::new());
        Measure { exact, unit, notation, text: text.to_owned(), name: None, computed: false, cells }
    }

    /// A number worked out from others.
    pub fn computed(
        exact: Decimal,
        unit: &str,
        notation: Notation,
        cells: Vec<SourceCell>,
    ) -> Self {
        let text = notation.format_with_unit(exact, unit);
        Measure { exact, unit: unit.to_owned(), notation, text, name: None, computed: true, cells }
    }

    /// A number that stands in one cell.
    pub fn cell(
        exact: Decimal,
        unit: &str,
        notation: Notation,
        text: String,
        cell: SourceCell,
    ) -> Self {
        let (unit, cells) = (unit.to_owned(), vec![cell]);
        Measure { exact, unit, notation, text, name: None, computed: false, cells }
    }

    /// The same number under a name.
    pub fn named(self, name: impl Into<String>) -> Self {
        Measure { name: Some(name.into()), ..self }
    }

    /// How a finding calls it: `市民満足度 R6 = 76.3%`.
    pub fn called(&self) -> String {
        match self.cells.as_slice() {
            [only] if !self.computed => only.what.clone(),
            _ => match &self.name {
                Some(name) => format!("{name} = {}", self.text),
                None => self.text.clone(),
            },
        }
    }
}

/// Words taken from the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    pub text: String,
    pub computed: bool,
    pub cells: Vec<SourceCell>,
}

/// Whether a condition holds, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub holds: bool,
    /// The condition in words: `市民満足度 R6 が 80以上`.
    pub condition: String,
    /// What the data says: `市民満足度 R6 = 76.3% は 80 に届きません`.
    pub finding: String,
    pub cells: Vec<SourceCell>,
    /// Numbers that the author wrote into the condition.
    pub numbers: Vec<Decimal>,
}

/// The notation of a number that is written as its cell is.
pub fn plain(decimals: u32) -> Notation {
    Notation::Fixed { decimals, signed: false }
}

/// `3.8`, with thousands parted and no needless zeros.
pub fn short(value: Decimal) -> String {
    let value = value.normalize();
    grouped(value, value.scale())
}

/// The sum of numbers with one unit.
pub(super) fn sum(parts: Vec<Measure>, place: &Place) -> Result<Measure, Fault> {
    let Some(first) = parts.first().cloned() else {
        return Err(Fault::new(place, "", "合計する値がありません"));
    };
    if let Some(other) = parts.iter().find(|part| part.unit != first.unit) {
        let message = format!("単位の違う値は足せません（{} と {}）", first.unit, other.unit);
        return Err(Fault::new(place, "", message));
    }
    let notation =
        parts.iter().map(|part| part.notation).max_by_key(decimals).unwrap_or(first.notation);
    let total = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.exact));
    let Some(total) = total else {
        return Err(Fault::new(place, "", "合計が大きすぎて計算できません"));
    };
    let cells = parts.into_iter().flat_map(|part| part.cells).collect();
    Ok(Measure::computed(total, &first.unit, notation, cells))
}

fn decimals(notation: &Notation) -> u32 {
    match notation {
        Notation::Fixed { decimals, .. } => *decimals,
        Notation::OkuSenman => 0,
    }
}
