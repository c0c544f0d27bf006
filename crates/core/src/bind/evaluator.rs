//! Calls worked out against the report; each kind of call has a file of its own.

use rust_decimal::Decimal;

use super::arguments::{Arguments, Fault};
use super::value::{Measure, Value, Verdict};
use crate::model::call::{Call, CallKind, Expr, call_kind};
use crate::model::data_grid::DataGrids;
use crate::model::report::Report;

/// Numbers of a condition: far from where decimal arithmetic ends.
const LIMITS: std::ops::RangeInclusive<Decimal> =
    Decimal::from_parts(2_808_348_672, 232_830_643, 0, true, 0)
        ..=Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

/// Works calls out against the report.
pub(super) struct Evaluator<'r> {
    pub(super) report: &'r Report,
    pub(super) grids: &'r DataGrids<'r>,
}

impl Evaluator<'_> {
    /// A call that is printed: its key and value.
    pub(super) fn printed(&self, call: &Call) -> Result<(String, Value), Fault> {
        let key = key(call)?;
        let value = self.call(call)?;
        Ok((key, value))
    }

    pub(super) fn claim(&self, call: &Call) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(1)?;
        self.verdict(&arguments, 0)
    }

    /// Any call, by its name.
    pub(super) fn call(&self, call: &Call) -> Result<Value, Fault> {
        let found = match call_kind(&call.name) {
            Some(CallKind::Value) => self
                .indicator_value(call)
                .or_else(|| self.figure_value(call))
                .or_else(|| self.initiative_value(call)),
            Some(CallKind::Condition) => {
                self.list(call).or_else(|| self.condition(call).map(|v| v.map(Value::Verdict)))
            }
            _ => None,
        };
        found.unwrap_or_else(|| {
            let message = format!("「{}」はここでは使えません", call.name);
            Err(Fault::new(&call.place, &call.name, message)
                .hint("使える名前と書き方は docs/prose.md にあります"))
        })
    }

    /// An argument as a value: a call, or a number written out.
    pub(super) fn value(&self, arguments: &Arguments<'_>, index: usize) -> Result<Value, Fault> {
        let argument = arguments.positional(index)?;
        match &argument.value {
            Expr::Call(call) => self.call(call),
            Expr::Number(text) => match text.replace('_', "").replace('−', "-").parse() {
                Ok(exact) if LIMITS.contains(&exact) => {
                    Ok(Value::Measure(Measure::literal(exact, text)))
                }
                _ => Err(arguments.wrong(argument, "18桁までの数")),
            },
            Expr::Text(_) | Expr::Other => Err(arguments.wrong(argument, "値の呼び出しか、数")),
        }
    }

    /// An argument as one or several numbers.
    pub(super) fn measures(
        &self,
        arguments: &Arguments<'_>,
        index: usize,
    ) -> Result<Vec<Measure>, Fault> {
        match self.value(arguments, index)? {
            Value::Measure(measure) => Ok(vec![measure]),
            Value::Measures(measures) => Ok(measures),
            Value::Words(_) | Value::Verdict(_) => {
                Err(arguments.wrong(arguments.positional(index)?, "数になる呼び出し"))
            }
        }
    }

    /// An argument as one number.
    pub(super) fn measure(
        &self,
        arguments: &Arguments<'_>,
        index: usize,
    ) -> Result<Measure, Fault> {
        let mut measures = self.measures(arguments, index)?;
        match (measures.len(), measures.pop()) {
            (1, Some(measure)) => Ok(measure),
            _ => Err(arguments.wrong(arguments.positional(index)?, "1つの数になる呼び出し")),
        }
    }

    /// An argument as a condition.
    pub(super) fn verdict(
        &self,
        arguments: &Arguments<'_>,
        index: usize,
    ) -> Result<Verdict, Fault> {
        let argument = arguments.positional(index)?;
        match &argument.value {
            Expr::Call(call) => match self.call(call)? {
                Value::Verdict(verdict) => Ok(verdict),
                _ => Err(arguments.wrong(argument, "達成(…)、以上(…) などの条件")),
            },
            _ => Err(arguments.wrong(argument, "達成(…)、以上(…) などの条件")),
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
