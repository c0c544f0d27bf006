//! Where a numeral comes from, for people and for tools.

use serde::Serialize;

use super::numerals::numerals;
use soukatsu_core::model::figure::Figure;

/// Where a numeral comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "origin", rename_all = "lowercase")]
pub enum Origin {
    /// A cell as it stands.
    Cell { at: Vec<String> },
    /// Worked out from cells.
    Computation { how: String, at: Vec<String> },
    /// A 定数 of the report.
    Constant { name: String, at: String },
    /// Part of a phrase that stands only while its condition holds.
    Claim { condition: String, at: Vec<String> },
    /// Numbering, dates, names: no figure.
    Structural { kind: String },
    /// Written by hand; no data stands behind it.
    None { at: String },
}

impl Origin {
    /// The word for people.
    pub fn label(&self) -> &'static str {
        match self {
            Origin::Cell { .. } => "セル",
            Origin::Computation { .. } => "計算",
            Origin::Constant { .. } => "定数",
            Origin::Claim { .. } => "主張",
            Origin::Structural { .. } => "番号・日付",
            Origin::None { .. } => "なし",
        }
    }

    /// What stands behind it, for people.
    pub fn detail(&self) -> String {
        let few = |at: &[String]| match at {
            [] => String::new(),
            [one] => one.clone(),
            [first, rest @ ..] => format!("{first} ほか{}", rest.len()),
        };
        match self {
            Origin::Cell { at } => few(at),
            Origin::Computation { how, at } => format!("{how} {}", few(at)).trim_end().to_owned(),
            Origin::Constant { name, at } => format!("{name} {at}"),
            Origin::Claim { condition, .. } => condition.clone(),
            Origin::Structural { kind } => kind.clone(),
            Origin::None { at } => at.clone(),
        }
    }

    /// A numeral of a text inside a drawing: one of its cells, or a number of its scale. What
    /// the author has written into the drawing has no data behind it.
    pub(super) fn in_figure(figure: &Figure, text: &str, numeral: &str) -> Origin {
        let data = &figure.data;
        let values = data.series.iter().flat_map(|series| series.values.iter().flatten());
        let holds = |text: &str| numerals(text).any(|range| text[range] == *numeral);
        let written = figure.annotations.iter().map(|annotation| annotation.text());
        if written.into_iter().any(|own| holds(own) && (own.contains(text) || text.contains(own))) {
            return Origin::None { at: figure.place.to_string() };
        }
        let at: Vec<String> = values
            .filter(|quantity| holds(&quantity.text))
            .map(|quantity| quantity.place.located())
            .collect();
        if !at.is_empty() {
            return Origin::Cell { at };
        }
        let names = data.categories.iter().chain(data.series.iter().map(|series| &series.name));
        if names.into_iter().any(|name| holds(name)) {
            return Origin::Cell { at: vec![format!("図{} の項目", figure.number)] };
        }
        let lines = figure.target.iter().chain(&figure.baseline);
        if lines.into_iter().any(|line| holds(&line.label)) {
            return Origin::Cell {
                at: vec![format!("図{} の目標値・基準値", figure.number)]
            };
        }
        Origin::Computation {
            how: format!("図{} の目盛り・合計", figure.number), at: Vec::new()
        }
    }
}
