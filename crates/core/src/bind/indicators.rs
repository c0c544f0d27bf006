//! Values, targets, differences, ratios.

use rust_decimal::Decimal;

use super::arguments::{Arguments, Fault, series};
use super::evaluator::Evaluator;
use super::grid_values::Column;
use super::value::{Measure, SourceCell, Value, Words, plain};
use crate::model::call::Call;
use crate::model::data_grid::DataGrid;
use crate::model::period::FiscalYear;
use crate::model::quantity::{Notation, round_half_up};
use crate::model::report::DataSet;

const SERIES: &[&str] = &["区分", "系列"];

impl Evaluator<'_> {
    /// 値, 目標値, 基準値, 差, 増減, 増減率, 目標との差, 指標名, 年度, 定数.
    pub(super) fn indicator_value(&self, call: &Call) -> Option<Result<Value, Fault>> {
        Some(match call.name.as_str() {
            "値" => self.plain_value(call).map(Value::Measure),
            "目標値" => self.target(call).map(Value::Measure),
            "基準値" => self.baseline(call).map(Value::Measure),
            "差" => self.difference(call).map(|(amount, _)| Value::Measure(amount)),
            "増減" => self.change(call).map(Value::Words),
            "増減率" => self.change_rate(call).map(Value::Words),
            "目標との差" => self.distance(call).map(Value::Measure),
            "指標名" => self.indicator_name(call).map(Value::Words),
            "年度" => self.year(call).map(Value::Words),
            "定数" => self.constant(call),
            _ => return None,
        })
    }

    fn plain_value(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "桁"]);
        arguments.at_most(3)?;
        let grid = self.grid_of(&arguments)?;
        let item = arguments.text(1)?;
        let column = grid.column(series(&arguments, 2)?, &arguments)?;
        let measure = grid.measure(grid.item(item)?, column, item.1)?;
        Ok(match arguments.named_count("桁")? {
            Some(decimals) => with_decimals(measure, decimals),
            None => measure,
        })
    }

    fn target(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &["桁"]);
        arguments.at_most(1)?;
        let (name, place) = arguments.text(0)?;
        let row = self.indicator((name, place))?;
        let Some(target) = &row.target else {
            let message = format!("指標「{}」に目標値がありません", row.name);
            return Err(Fault::new(place, name, message));
        };
        let what = format!("{name} 目標値 = {}", target.text);
        let cell = SourceCell { what, place: target.place.clone() };
        let Some(exact) = target.exact else {
            let message = format!("指標「{}」の目標値は数ではありません", row.name);
            return Err(Fault::new(place, name, message).hint("目標値の列に数を書いてください"));
        };
        let text = target.text.clone();
        let measure = Measure::cell(exact, &row.unit, row.notation, text, cell);
        Ok(match arguments.named_count("桁")? {
            Some(decimals) => with_decimals(measure, decimals),
            None => measure,
        })
    }

    fn baseline(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(1)?;
        let (name, place) = arguments.text(0)?;
        let row = self.indicator((name, place))?;
        let Some(quantity) = &row.baseline else {
            let message = format!("指標「{}」に基準値がありません", row.name);
            return Err(Fault::new(place, name, message));
        };
        let what = format!("{name} 基準値 = {}", quantity.text);
        let cell = SourceCell { what, place: quantity.place.clone() };
        let text = quantity.text.clone();
        Ok(Measure::cell(quantity.exact, &row.unit, row.notation, text, cell))
    }

    /// The amount between two items, without its sign, and the signed one.
    fn difference(&self, call: &Call) -> Result<(Measure, Decimal), Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "語"]);
        arguments.at_most(4)?;
        let grid = self.grid_of(&arguments)?;
        let (from, to) = self.two(grid, &arguments)?;
        Ok(between(&from, &to))
    }

    fn two(
        &self,
        grid: &DataGrid<'_>,
        arguments: &Arguments<'_>,
    ) -> Result<(Measure, Measure), Fault> {
        let (from, to) = (arguments.text(1)?, arguments.text(2)?);
        let column = grid.column(series(arguments, 3)?, arguments)?;
        Ok((
            grid.measure(grid.item(from)?, column, from.1)?,
            grid.measure(grid.item(to)?, column, to.1)?,
        ))
    }

    /// 3.8ポイント増加, 4.1ポイント減少, 横ばい.
    fn change(&self, call: &Call) -> Result<Words, Fault> {
        let (amount, signed) = self.difference(call)?;
        words_of_change(&Arguments::new(call, SERIES), amount, signed)
    }

    /// 12.3%増加: the change against the first value.
    fn change_rate(&self, call: &Call) -> Result<Words, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "語"]);
        arguments.at_most(4)?;
        let grid = self.grid_of(&arguments)?;
        let (from, to) = self.two(grid, &arguments)?;
        let rate = (to.exact - from.exact)
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|change| change.checked_div(from.exact.abs()));
        let Some(rate) = rate else {
            let message = "元の値が0なので、増減率を出せません";
            return Err(Fault::new(&call.place, &call.name, message));
        };
        let rate = round_half_up(rate, 1);
        let cells = from.cells.into_iter().chain(to.cells).collect();
        words_of_change(&arguments, Measure::computed(rate.abs(), "%", plain(1), cells), rate)
    }

    fn distance(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(2)?;
        let grid = self.grid_of(&arguments)?;
        let year = arguments.text(1)?;
        let value = grid.measure(grid.item(year)?, Column::One(0), year.1)?;
        let target = self.target(&Call {
            arguments: call.arguments.iter().take(1).cloned().collect(),
            ..call.clone()
        })?;
        Ok(between(&target, &value).0)
    }

    /// The full name of an indicator, by its short one.
    fn indicator_name(&self, call: &Call) -> Result<Words, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(1)?;
        let row = self.indicator(arguments.text(0)?)?;
        let cells =
            vec![SourceCell { what: format!("指標 = {}", row.name), place: row.place.clone() }];
        Ok(Words { text: row.name.clone(), computed: false, cells })
    }

    /// A fiscal year of the report: 令和6年度.
    fn year(&self, call: &Call) -> Result<Words, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(1)?;
        let (text, place) = arguments.text(0)?;
        let Some(year) = FiscalYear::parse(text) else {
            let message = format!("「{text}」は年度として読めません");
            return Err(Fault::new(place, text, message).expected("R6、令和6年度、2024 など"));
        };
        let indicators = self.report.indicators.periods.contains(&year);
        let figure = self.report.figures.iter().find_map(|figure| {
            let categories = &figure.data.categories;
            let index = categories.iter().position(|name| FiscalYear::parse(name) == Some(year))?;
            Some(figure.data.series.first()?.values.get(index)?.as_ref()?.place.clone())
        });
        if !indicators && figure.is_none() {
            let missing = [DataSet::Indicators, DataSet::Figures];
            if missing.iter().any(|set| self.report.incomplete.contains(set)) {
                return Err(Fault::Silent);
            }
            let message = format!("{} のデータはこの報告書にありません", year.long());
            return Err(Fault::new(place, text, message)
                .expected("指標の表か図のデータにある年度")
                .hint("データにない年度は、文章にそのまま書いてください"));
        }
        let rows = self.report.indicators.rows.first();
        let value = self.report.indicators.periods.iter().position(|known| *known == year);
        let cell = rows.zip(value).and_then(|(row, index)| row.values[index].as_ref());
        let place = cell.map(|cell| cell.place.clone()).or(figure);
        let cells = place.map(|place| SourceCell { what: format!("{year} の列"), place });
        Ok(Words { text: year.long(), computed: false, cells: cells.into_iter().collect() })
    }

    fn constant(&self, call: &Call) -> Result<Value, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(1)?;
        let (name, place) = arguments.text(0)?;
        let found = self.constants.get(name).map(|index| &self.report.constants[index]);
        let Some(constant) = found else {
            if self.report.incomplete.contains(&DataSet::Constants) {
                return Err(Fault::Silent);
            }
            let known: Vec<String> =
                self.report.constants.iter().map(|constant| constant.name.clone()).collect();
            return Err(Fault::unknown(place, name, "定数", &known));
        };
        let what = format!("定数「{name}」 = {}", constant.text);
        let cells = vec![SourceCell { what, place: constant.place.clone() }];
        let text = constant.text.clone();
        Ok(match constant.exact {
            Some(exact) => Value::Measure(Measure {
                exact,
                unit: constant.unit.clone(),
                notation: plain(exact.scale()),
                text,
                name: None,
                computed: false,
                cells,
            }),
            None => Value::Words(Words { text, computed: false, cells }),
        })
    }
}

/// The amount between two numbers in the words of a difference, and the signed difference.
fn between(from: &Measure, to: &Measure) -> (Measure, Decimal) {
    // What the page shows must agree with the difference that stands beside it.
    let decimals = match from.notation {
        Notation::Fixed { decimals, .. } => decimals,
        Notation::OkuSenman => 0,
    };
    let rounded = |measure: &Measure| match from.notation {
        Notation::Fixed { .. } => round_half_up(measure.exact, decimals),
        Notation::OkuSenman => round_half_up(measure.exact / Decimal::TEN, 0) * Decimal::TEN,
    };
    let signed = rounded(to) - rounded(from);
    let notation = match from.notation {
        Notation::Fixed { decimals, .. } => plain(decimals),
        Notation::OkuSenman => Notation::OkuSenman,
    };
    let unit = match (from.unit.as_str(), notation) {
        ("%", _) => "ポイント",
        (unit, _) => unit,
    };
    let cells = from.cells.iter().chain(&to.cells).cloned().collect();
    let mut amount = Measure::computed(signed.abs(), unit, notation, cells);
    if notation == Notation::OkuSenman {
        amount.text += "円";
    }
    (amount, signed)
}

/// An amount with 増加, 減少 or 横ばい behind it, or with the words of 語.
fn words_of_change(
    arguments: &Arguments<'_>,
    amount: Measure,
    signed: Decimal,
) -> Result<Words, Fault> {
    let (words, place) =
        arguments.named("語")?.unwrap_or(("増加/減少/横ばい", &arguments.call.place));
    let [up, down, same] = words.split('/').collect::<Vec<_>>()[..] else {
        let message = "「語」は「増加/減少/横ばい」のように3つの語を / で区切って書きます";
        return Err(Fault::new(place, words, message));
    };
    let text = match signed {
        signed if signed.is_zero() => same.to_owned(),
        signed if signed.is_sign_positive() => amount.text + up,
        _ => amount.text + down,
    };
    Ok(Words { text, computed: true, cells: amount.cells })
}

fn with_decimals(measure: Measure, decimals: u32) -> Measure {
    let notation = plain(decimals);
    let text = notation.format_with_unit(measure.exact, &measure.unit);
    Measure { notation, text, ..measure }
}
