//! What calls are worked out against, and the key under which the template asks for one.

use std::collections::HashMap;

use super::arguments::Fault;
use crate::model::call::{Call, Expr};
use crate::model::data_grid::DataGrids;
use crate::model::name::NameIndex;
use crate::model::report::Report;

/// The report and its tables. The values of each kind of call are worked out in a file of its own,
/// any call and the conditions in `evaluate`.
pub(super) struct Evaluator<'r> {
    pub(super) report: &'r Report,
    pub(super) grids: &'r DataGrids<'r>,
    /// By 図8.
    pub(super) figures: NameIndex,
    /// By 表1.
    pub(super) tables: NameIndex,
    /// By both of their names.
    pub(super) indicators: NameIndex,
    pub(super) constants: NameIndex,
    /// The initiatives by their numbers.
    pub(super) initiatives: HashMap<u32, usize>,
}

impl<'r> Evaluator<'r> {
    pub(super) fn new(report: &'r Report, grids: &'r DataGrids<'r>) -> Self {
        let figures = grids.figures.iter().map(|figure| figure.call.as_str()).zip(0..);
        let tables = grids.tables.iter().map(|table| table.rows.call.as_str()).zip(0..);
        let rows = report.indicators.rows.iter().zip(0..);
        let names = rows.flat_map(|(row, index)| {
            let short = Some(row.short.as_str()).filter(|short| !short.is_empty());
            std::iter::once(row.name.as_str()).chain(short).map(move |name| (name, index))
        });
        let constants = report.constants.iter().map(|constant| constant.name.as_str()).zip(0..);
        let mut initiatives = HashMap::new();
        for (index, item) in report.initiatives.iter().enumerate() {
            initiatives.entry(item.number).or_insert(index);
        }
        Evaluator {
            report,
            grids,
            figures: NameIndex::new(figures),
            tables: NameIndex::new(tables),
            indicators: NameIndex::new(names),
            constants: NameIndex::new(constants),
            initiatives,
        }
    }
}

/// The call as the template asks for it: `["値",["市民満足度","R6"],[["区分","…"]]]`.
///
/// Typst's `json.encode` writes the same text for the same arguments.
pub(super) fn key(call: &Call) -> Result<String, Fault> {
    let mut positional = Vec::new();
    let mut named = Vec::new();
    for argument in &call.arguments {
        let value = match &argument.value {
            Expr::Text(text) => serde_json::Value::from(text.as_str()),
            Expr::Number(text) => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(number), _) => number.into(),
                (_, Ok(number)) => number.into(),
                _ => return Err(Fault::literal_needed(argument)),
            },
            Expr::Call(_) | Expr::Other => return Err(Fault::literal_needed(argument)),
        };
        match &argument.name {
            Some(name) => named.push((name, value)),
            None => positional.push(value),
        }
    }
    Ok(serde_json::json!([call.name, positional, named]).to_string())
}
