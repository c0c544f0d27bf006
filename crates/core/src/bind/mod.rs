//! The prose bound to the data: what each of its calls comes to, and whether its claims hold.
//!
//! In: the model. Out: for every call that prints a value its text and the cells behind it, for
//! every claim whether the data supports it, and the problems. Nothing is evaluated in Typst:
//! the template only looks the texts up.

mod arguments;
mod conditions;
mod figures;
mod grid;
mod indicators;
mod initiatives;
mod lists;
mod orders;
#[cfg(test)]
mod tests;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use arguments::{Arguments, Fault};
use rust_decimal::Decimal;
pub use value::{Cell, Measure, Value, Verdict, Words};

use crate::model::call::{Call, CallKind, Expr, Piece, call_kind};
use crate::model::report::{Prose, Report};
use crate::problem::{Code, Problem};

/// Numbers of a condition: far from where decimal arithmetic ends.
const LIMITS: std::ops::RangeInclusive<Decimal> =
    Decimal::from_parts(2_808_348_672, 232_830_643, 0, true, 0)
        ..=Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

/// What the calls of one prose file come to, by their index in [`Prose::calls`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoundProse {
    /// Calls that print a value.
    pub values: BTreeMap<usize, Bound>,
    /// Claims.
    pub claims: BTreeMap<usize, Verdict>,
    /// Keys of values inside conditions: Typst works the arguments of a claim out, too, but
    /// nothing prints them.
    unprinted: BTreeSet<String>,
}

/// A value as the sentence prints it, and the cells it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// What the template asks for: the call with its arguments.
    pub key: String,
    pub text: String,
    pub value: Value,
}

/// All prose of a report, bound; in the order of [`Report::prose`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bindings {
    pub prose: Vec<BoundProse>,
}

impl Bindings {
    /// The texts that the template looks up, by key.
    pub fn texts(&self) -> BTreeMap<&str, &str> {
        let bound = self.prose.iter().flat_map(|prose| prose.values.values());
        let printed = bound.map(|bound| (bound.key.as_str(), bound.text.as_str()));
        let unprinted = self.prose.iter().flat_map(|prose| &prose.unprinted);
        unprinted.map(|key| (key.as_str(), "")).chain(printed).collect()
    }
}

/// Binds the prose of a report.
///
/// The problems are the faults of the calls and the claims that do not hold. Data sets that are
/// incomplete have been told already: what needs them stays unbound, without a word.
pub fn bind(report: &Report) -> (Bindings, Vec<Problem>) {
    let mut problems = Vec::new();
    let prose = report.prose.iter().map(|prose| bind_prose(report, prose, &mut problems));
    (Bindings { prose: prose.collect() }, problems)
}

fn bind_prose(report: &Report, prose: &Prose, problems: &mut Vec<Problem>) -> BoundProse {
    let evaluator = Evaluator { report };
    let mut bound = BoundProse::default();
    let mut claims = Vec::new();
    if prose.broken {
        return bound;
    }
    for (index, call) in prose.calls.iter().enumerate() {
        let kind = call_kind(&call.name);
        if call.nested && kind == Some(CallKind::Value) {
            bound.unprinted.extend(key(call));
            continue;
        }
        if call.nested || !matches!(kind, Some(CallKind::Value | CallKind::Claim)) {
            problems.extend(misplaced(call, kind));
            continue;
        }
        if kind == Some(CallKind::Claim) {
            claims.push((index, call));
            continue;
        }
        match evaluator.printed(call) {
            Ok((key, value)) => {
                let text = report.style.write(value.text());
                bound.values.insert(index, Bound { key, text, value });
            }
            Err(fault) => problems.extend(fault.problem()),
        }
    }
    // The words of a claim may hold values.
    for (index, call) in claims {
        match evaluator.claim(call) {
            Ok(verdict) => {
                let phrase = phrase(prose, index, &bound);
                problems.extend(fails(call, &phrase, &verdict));
                bound.claims.insert(index, verdict);
            }
            Err(fault) => problems.extend(fault.problem()),
        }
    }
    bound
}

/// A condition outside a claim prints nothing; a name that is none is told.
fn misplaced(call: &Call, kind: Option<CallKind>) -> Option<Problem> {
    let stray = kind == Some(CallKind::Condition) && !call.nested;
    stray.then(|| {
        Problem::error(Code::Prose, call.place.clone())
            .text(&call.name)
            .message(format!("条件「{}」は紙面に何も出しません", call.name))
            .expected(format!("#主張({}(…))[句]", call.name))
            .hint("条件は #主張 の ( ) の中に書いてください")
    })
}

/// The words of a claim as they stand on the page.
fn phrase(prose: &Prose, claim: usize, bound: &BoundProse) -> String {
    let pieces = prose.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces);
    let text = |piece: &Piece| match piece {
        Piece::Text { text, claim: Some(of), .. } if *of == claim => Some(text.clone()),
        Piece::Value { call, claim: Some(of) } if *of == claim => {
            Some(bound.values.get(call).map_or_else(|| "…".to_owned(), |bound| bound.text.clone()))
        }
        _ => None,
    };
    pieces.filter_map(text).collect()
}

fn fails(call: &Call, phrase: &str, verdict: &Verdict) -> Option<Problem> {
    let mut cells: Vec<String> = verdict
        .cells
        .iter()
        .map(|cell| format!("{}（{}）", cell.what, cell.place_name()))
        .collect();
    cells.dedup();
    let shown = 8;
    let rest = cells.len().saturating_sub(shown);
    let mut told = cells.iter().take(shown).cloned().collect::<Vec<_>>().join("、");
    if rest > 0 {
        told += &format!("、ほか{rest}個");
    }
    (!verdict.holds).then(|| {
        Problem::error(Code::ClaimFalse, call.place.clone())
            .text(phrase)
            .message(format!("主張「{phrase}」がデータと合いません。{}", verdict.finding))
            .expected(verdict.condition.clone())
            .hint(format!("文を直すか、セルを確かめてください: {told}"))
    })
}

/// Works calls out against the report.
struct Evaluator<'r> {
    report: &'r Report,
}

impl Evaluator<'_> {
    /// A call that is printed: its key and value.
    fn printed(&self, call: &Call) -> Result<(String, Value), Fault> {
        let key = key(call)?;
        let value = self.call(call)?;
        Ok((key, value))
    }

    fn claim(&self, call: &Call) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(1)?;
        self.verdict(&arguments, 0)
    }

    /// Any call, by its name.
    fn call(&self, call: &Call) -> Result<Value, Fault> {
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
    fn value(&self, arguments: &Arguments<'_>, index: usize) -> Result<Value, Fault> {
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
    fn measures(&self, arguments: &Arguments<'_>, index: usize) -> Result<Vec<Measure>, Fault> {
        match self.value(arguments, index)? {
            Value::Measure(measure) => Ok(vec![measure]),
            Value::Measures(measures) => Ok(measures),
            Value::Words(_) | Value::Verdict(_) => {
                Err(arguments.wrong(arguments.positional(index)?, "数になる呼び出し"))
            }
        }
    }

    /// An argument as one number.
    fn measure(&self, arguments: &Arguments<'_>, index: usize) -> Result<Measure, Fault> {
        let mut measures = self.measures(arguments, index)?;
        match (measures.len(), measures.pop()) {
            (1, Some(measure)) => Ok(measure),
            _ => Err(arguments.wrong(arguments.positional(index)?, "1つの数になる呼び出し")),
        }
    }

    /// An argument as a condition.
    fn verdict(&self, arguments: &Arguments<'_>, index: usize) -> Result<Verdict, Fault> {
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
fn key(call: &Call) -> Result<String, Fault> {
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
