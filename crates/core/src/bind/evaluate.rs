//! Any call worked out, and the conditions of claims: what must hold for a phrase to stand.
//!
//! Conditions nest, so they stand with what works out their arguments.

use rust_decimal::Decimal;

use super::arguments::{Arguments, Fault, series};
use super::evaluator::{Evaluator, key};
use super::grid_values::Column;
use super::value::{Measure, SourceCell, Value, Verdict, short};
use crate::model::call::{Call, CallKind, Expr, call_kind};
use crate::problem::Place;

/// Numbers of a condition: far from where decimal arithmetic ends.
const LIMITS: std::ops::RangeInclusive<Decimal> =
    Decimal::from_parts(2_808_348_672, 232_830_643, 0, true, 0)
        ..=Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

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

    /// Any condition, by its name; `None` when the name is none.
    pub(super) fn condition(&self, call: &Call) -> Option<Result<Verdict, Fault>> {
        Some(match call.name.as_str() {
            "達成" => self.reached(call, true),
            "未達成" => self.reached(call, false),
            "以上" => self.compared(call, "以上", |a, b| a >= b),
            "以下" => self.compared(call, "以下", |a, b| a <= b),
            "超える" => self.compared(call, "超", |a, b| a > b),
            "下回る" => self.compared(call, "未満", |a, b| a < b),
            "等しい" => self.compared(call, "と同じ", |a, b| a == b),
            "ほぼ等しい" => self.nearly(call),
            "台" => self.decade(call),
            "範囲" => self.within(call),
            "増加" => self.moved(call, "増加", |from, to, _| to > from),
            "減少" => self.moved(call, "減少", |from, to, _| to < from),
            "横ばい" => {
                self.moved(call, "横ばい", |from, to, slack| (to - from).abs() <= slack)
            }
            "年々増加" => {
                self.trend(call, "年々増加", |pairs| pairs.iter().all(|(a, b)| b > a))
            }
            "年々減少" => {
                self.trend(call, "年々減少", |pairs| pairs.iter().all(|(a, b)| b < a))
            }
            "増減の繰返し" => self.trend(call, "増と減の両方", |pairs| {
                pairs.iter().any(|(a, b)| b > a) && pairs.iter().any(|(a, b)| b < a)
            }),
            "最大" => self.extreme_items(call, "最大", |mine, other| mine > other),
            "最小" => self.extreme_items(call, "最小", |mine, other| mine < other),
            "上位である" => self.top_items(call),
            "列の上位である" => self.top_series(call),
            "取組である" => self.is_initiative(call),
            "かつ" => self.all_of(call),
            "または" => self.any_of(call),
            "でない" => self.negated(call),
            _ => return None,
        })
    }

    /// The value of an indicator against its target, on the side that 向き says.
    fn reached(&self, call: &Call, wanted: bool) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(2)?;
        let name = arguments.text(0)?;
        let row = self.indicator(name)?;
        let Some(target) = row.target.as_ref() else {
            let message = format!("指標「{}」に目標値がありません", row.name);
            return Err(Fault::new(name.1, name.0, message));
        };
        let (Some(exact), Some(direction)) = (target.exact, row.direction) else {
            let message =
                format!("指標「{}」は、目標値の数か向きがないので達成を判定できません", row.name);
            return Err(Fault::new(name.1, name.0, message)
                .hint("指標の表に目標値の数と、向き（以上・以下）を書いてください"));
        };
        let grid = self.grid(name)?;
        let year = arguments.text(1)?;
        let value = grid.measure(grid.item(year)?, Column::One(0), year.1)?;
        let reached = direction.reaches(value.exact, exact);
        let side = direction.word();
        let word = if reached { "達成しています" } else { "達成していません" };
        let goal = match target.text.ends_with(side) {
            true => format!("目標値 {}", target.text),
            false => format!("目標値 {}{side}", target.text),
        };
        let condition = match wanted {
            true => format!("{goal}を達成"),
            false => format!("{goal}を達成していない"),
        };
        let mut cells = value.cells.clone();
        let what = format!("{} 目標値 = {}", grid.call, target.text);
        cells.push(SourceCell { what, place: target.place.clone() });
        let finding = format!("{} で、目標値 {} を{word}", value.called(), target.text);
        Ok(Verdict { holds: reached == wanted, condition, finding, cells, numbers: vec![exact] })
    }

    /// One or several numbers against one.
    fn compared(
        &self,
        call: &Call,
        word: &str,
        holds: fn(Decimal, Decimal) -> bool,
    ) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &["差"]);
        arguments.at_most(2)?;
        let measures = self.measures(&arguments, 0)?;
        let bound = self.measure(&arguments, 1)?;
        same_units(&measures, &bound, &call.place)?;
        let mut condition = format!("{}{word}", bound.called());
        // 大幅に上回る: beyond, and by at least so much.
        let gap = match arguments.named("差")? {
            Some(_) => self.width(&arguments, "差")?,
            None => Decimal::ZERO,
        };
        if !gap.is_zero() {
            condition += &format!("（差が{}以上）", short(gap));
        }
        let mut verdict = every(&measures, condition, |measure| {
            holds(measure.exact, bound.exact) && (measure.exact - bound.exact).abs() >= gap
        });
        verdict.numbers.push(bound.exact);
        verdict.cells.extend(bound.cells);
        Ok(verdict)
    }

    /// Within 幅 of a number.
    fn nearly(&self, call: &Call) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &["幅"]);
        arguments.at_most(2)?;
        let measures = self.measures(&arguments, 0)?;
        let centre = self.measure(&arguments, 1)?;
        same_units(&measures, &centre, &call.place)?;
        let width = self.width(&arguments, "幅")?;
        let condition = format!("{}との差が{}以内", centre.called(), short(width));
        let mut verdict = every(&measures, condition, |m| (m.exact - centre.exact).abs() <= width);
        verdict.numbers.push(centre.exact);
        verdict.cells.extend(centre.cells);
        Ok(verdict)
    }

    /// 70%台: from the number up to the next of its size (70 to 80, 3,000 to 4,000).
    fn decade(&self, call: &Call) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(2)?;
        let measures = self.measures(&arguments, 0)?;
        let floor = self.measure(&arguments, 1)?;
        let mut step = Decimal::ONE;
        while !floor.exact.is_zero() && (floor.exact / (step * Decimal::TEN)).fract().is_zero() {
            step *= Decimal::TEN;
        }
        let ceiling = floor.exact + step;
        let condition = format!("{}以上{}未満", short(floor.exact), short(ceiling));
        let mut verdict =
            every(&measures, condition, |measure| (floor.exact..ceiling).contains(&measure.exact));
        verdict.numbers.push(floor.exact);
        Ok(verdict)
    }

    fn within(&self, call: &Call) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(3)?;
        let measures = self.measures(&arguments, 0)?;
        let (low, high) = (self.measure(&arguments, 1)?, self.measure(&arguments, 2)?);
        let condition = format!("{}以上{}以下", low.called(), high.called());
        let mut verdict = every(&measures, condition, |measure| {
            (low.exact..=high.exact).contains(&measure.exact)
        });
        verdict.numbers.extend([low.exact, high.exact]);
        Ok(verdict)
    }

    /// From one item to another: 増加("市民満足度", "R5", "R6").
    fn moved(
        &self,
        call: &Call,
        word: &str,
        holds: fn(Decimal, Decimal, Decimal) -> bool,
    ) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "幅"]);
        arguments.at_most(4)?;
        let grid = self.grid_of(&arguments)?;
        let (from, to) = (arguments.text(1)?, arguments.text(2)?);
        let column = grid.column(series(&arguments, 3)?, &arguments)?;
        let one = grid.measure(grid.item(from)?, column, from.1)?;
        let two = grid.measure(grid.item(to)?, column, to.1)?;
        let slack =
            if word == "横ばい" { self.width(&arguments, "幅")? } else { Decimal::ZERO };
        let finding = format!("{}、{}", one.called(), two.called());
        let holds = holds(one.exact, two.exact, slack);
        let condition = match word {
            "横ばい" => format!("{}から{}への差が{}以内", from.0, to.0, short(slack)),
            _ => format!("{}から{}へ{word}", from.0, to.0),
        };
        let cells = one.cells.into_iter().chain(two.cells).collect();
        Ok(Verdict { holds, condition, finding, cells, numbers: Vec::new() })
    }

    fn width(&self, arguments: &Arguments<'_>, key: &str) -> Result<Decimal, Fault> {
        let Some((text, place)) = arguments.named(key)? else {
            let message = format!("「{}」に{key}がありません", arguments.call.name);
            return Err(Fault::new(&arguments.call.place, &arguments.call.name, message)
                .expected(&format!("{key}: 0.5 のような数")));
        };
        let width: Option<Decimal> =
            text.parse().ok().filter(|width: &Decimal| !width.is_sign_negative());
        width
            .ok_or_else(|| Fault::new(place, text, format!("「{key}」が0以上の数になっていません")))
    }

    fn all_of(&self, call: &Call) -> Result<Verdict, Fault> {
        let mut verdicts = self.parts(call)?;
        let failing = verdicts.iter().filter(|verdict| !verdict.holds);
        let finding = failing.map(|v| v.finding.clone()).collect::<Vec<_>>().join("。");
        let holds = verdicts.iter().all(|verdict| verdict.holds);
        // What does not hold comes first: its cells are what the author looks at.
        verdicts.sort_by_key(|verdict| verdict.holds);
        Ok(joined(verdicts, holds, finding, "、かつ "))
    }

    fn any_of(&self, call: &Call) -> Result<Verdict, Fault> {
        let verdicts = self.parts(call)?;
        let finding = verdicts.iter().map(|v| v.finding.clone()).collect::<Vec<_>>().join("。");
        let holds = verdicts.iter().any(|verdict| verdict.holds);
        Ok(joined(verdicts, holds, finding, "、または "))
    }

    fn negated(&self, call: &Call) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(1)?;
        let inner = self.verdict(&arguments, 0)?;
        let condition = format!("「{}」でない", inner.condition);
        Ok(Verdict { holds: !inner.holds, condition, ..inner })
    }

    fn parts(&self, call: &Call) -> Result<Vec<Verdict>, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(usize::MAX)?;
        arguments.positional(0)?;
        (0..arguments.count()).map(|index| self.verdict(&arguments, index)).collect()
    }
}

fn joined(verdicts: Vec<Verdict>, holds: bool, finding: String, word: &str) -> Verdict {
    let condition = verdicts.iter().map(|v| v.condition.clone()).collect::<Vec<_>>().join(word);
    let (mut cells, mut numbers) = (Vec::new(), Vec::new());
    for verdict in verdicts {
        cells.extend(verdict.cells);
        numbers.extend(verdict.numbers);
    }
    Verdict { holds, condition, finding, cells, numbers }
}

/// Every number must meet the condition; the finding names those that do not.
fn every(measures: &[Measure], condition: String, holds: impl Fn(&Measure) -> bool) -> Verdict {
    let failing: Vec<String> =
        measures.iter().filter(|measure| !holds(measure)).map(Measure::called).collect();
    let finding = match failing.len() {
        0 => measures.iter().map(Measure::called).collect::<Vec<_>>().join("、"),
        _ => failing.join("、") + " です",
    };
    let cells = measures.iter().flat_map(|measure| measure.cells.clone()).collect();
    let names: Vec<String> = measures.iter().map(subject).collect();
    let subject =
        if names.len() > 3 { "どの値も".to_owned() } else { names.join("、") + " が" };
    let condition = format!("{subject} {condition}");
    Verdict { holds: failing.is_empty(), condition, finding, cells, numbers: Vec::new() }
}

/// What a number is of: 市民満足度 R6.
fn subject(measure: &Measure) -> String {
    let called = measure.called();
    called.split(" = ").next().unwrap_or(&called).to_owned()
}

fn same_units(measures: &[Measure], bound: &Measure, place: &Place) -> Result<(), Fault> {
    let other = measures.iter().find(|measure| {
        !bound.unit.is_empty() && !measure.unit.is_empty() && measure.unit != bound.unit
    });
    match other {
        None => Ok(()),
        Some(measure) => {
            let message =
                format!("単位の違う値は比べられません（{} と {}）", measure.unit, bound.unit);
            Err(Fault::new(place, "", message))
        }
    }
}
