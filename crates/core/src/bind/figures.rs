//! Shares, sums of groups, ranks and top answers.

use rust_decimal::Decimal;

use super::arguments::{Arguments, Fault, named_series, series};
use super::evaluator::Evaluator;
use super::grid_values::Column;
use super::value::{Measure, Value, Words, plain, sum};
use crate::model::call::Call;
use crate::model::data_grid::DataGrid;
use crate::model::period::Period;
use crate::model::quantity::round_half_up;

impl Evaluator<'_> {
    /// 割合, 層, 合計, 順位, 上位, 最大の項目, 最小の項目.
    pub(super) fn figure_value(&self, call: &Call) -> Option<Result<Value, Fault>> {
        Some(match call.name.as_str() {
            "割合" => self.share(call).map(Value::Measure),
            "層" => self.group(call).map(Value::Measure),
            "合計" => self.total(call).map(Value::Measure),
            "順位" => self.rank(call).map(Value::Measure),
            "上位" => self.top(call).map(Value::Words),
            "最大の項目" => self.extreme(call, true).map(Value::Words),
            "最小の項目" => self.extreme(call, false).map(Value::Words),
            _ => return None,
        })
    }

    /// One series of an item as a share of all its series: 11.4%.
    fn share(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &["桁", "全体"]);
        arguments.at_most(3)?;
        let grid = self.grid_of(&arguments)?;
        let item = arguments.text(1)?;
        if grid.is_table() {
            return share_of_table(grid, &arguments);
        }
        if !grid.is_figure {
            let message = format!(
                "「{}」は指標なので、割合を出せません。年度の値は、足して1つの全体になる部分ではありません",
                grid.call
            );
            return Err(Fault::new(&call.place, &call.name, message).hint(NO_PARTS));
        }
        if let Some(reason) = no_parts(grid) {
            return Err(Fault::new(&call.place, &call.name, reason).hint(NO_PARTS));
        }
        let column = grid.column(Some(arguments.text(2)?), &arguments)?;
        let index = grid.item(item)?;
        let part = grid.measure(index, column, item.1)?;
        let whole = grid.whole(index, item.1)?;
        let decimals = arguments.named_count("桁")?.unwrap_or(1);
        let share = part
            .exact
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|part| part.checked_div(whole.exact));
        let Some(share) = share else {
            let message = "全体が0なので、割合を出せません";
            return Err(Fault::new(item.1, item.0, message));
        };
        let share = round_half_up(share, decimals);
        let name = format!("{} {} {}の割合", grid.call, item.0, arguments.text(2)?.0);
        Ok(Measure::computed(share, "%", plain(decimals), whole.cells).named(name))
    }

    /// The sum of some series of an item: 『満足』層.
    fn group(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(usize::MAX)?;
        let grid = self.grid_of(&arguments)?;
        let item = arguments.text(1)?;
        let index = grid.item(item)?;
        let mut parts = Vec::new();
        arguments.text(2)?;
        for name in arguments.texts(2)? {
            parts.push(grid.measure(index, grid.column(Some(name), &arguments)?, item.1)?);
        }
        Ok(sum(parts, item.1)?.named(format!("{} {}の和", grid.call, item.0)))
    }

    /// The sum over items: から, まで, 除く.
    fn total(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "から", "まで", "除く"]);
        arguments.at_most(2)?;
        let grid = self.grid_of(&arguments)?;
        let column = grid.column(series(&arguments, 1)?, &arguments)?;
        let parts = grid.list(&arguments, column)?.into_iter().map(|(_, measure)| measure);
        Ok(sum(parts.collect(), &call.place)?.named(format!("{} の合計", grid.call)))
    }

    /// 最多, 2番目: the largest is the first; equals share a rank.
    fn rank(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "除く"]);
        arguments.at_most(3)?;
        let grid = self.grid_of(&arguments)?;
        let item = arguments.text(1)?;
        let column = grid.column(series(&arguments, 2)?, &arguments)?;
        let list = grid.list(&arguments, column)?;
        let value = grid.measure(grid.item(item)?, column, item.1)?;
        let rank = 1 + list.iter().filter(|(_, other)| other.exact > value.exact).count();
        let cells = list.into_iter().flat_map(|(_, measure)| measure.cells).collect();
        let mut measure = Measure::computed(Decimal::from(rank), "番目", plain(0), cells);
        if rank == 1 {
            measure.text = "最多".to_owned();
        }
        Ok(measure)
    }

    /// 「一」「二」「三」: the items with the largest values.
    fn top(&self, call: &Call) -> Result<Words, Fault> {
        let arguments = Arguments::new(call, &["から", "系列", "区分"]);
        arguments.at_most(2)?;
        let grid = self.grid_of(&arguments)?;
        let (text, place) = arguments.text(1)?;
        let count = text.parse::<usize>().ok().filter(|count| *count > 0);
        let Some(count) = count else {
            return Err(Fault::new(place, text, "いくつ挙げるかを1以上の整数で書いてください"));
        };
        let from = arguments.named_count("から")?.unwrap_or(1).max(1) as usize - 1;
        let column = grid.column(named_series(&arguments)?, &arguments)?;
        let ranked = ranked(grid, column, call)?;
        let Some(chosen) = ranked.get(from..from + count) else {
            let message = format!("{} には項目が{}個しかありません", grid.call, ranked.len());
            return Err(Fault::new(place, text, message));
        };
        for edge in [from, from + count] {
            if edge > 0 && edge < ranked.len() && ranked[edge - 1].1.exact == ranked[edge].1.exact {
                return Err(self.tie(grid, &ranked[edge - 1], &ranked[edge], call));
            }
        }
        let text =
            chosen.iter().map(|(item, _)| format!("「{}」", grid.items[*item].name)).collect();
        let cells = ranked.iter().flat_map(|(_, measure)| measure.cells.clone()).collect();
        Ok(Words { text, computed: true, cells })
    }

    /// The item with the largest or smallest value: 令和6年度, 30代.
    fn extreme(&self, call: &Call, largest: bool) -> Result<Words, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列"]);
        arguments.at_most(2)?;
        let grid = self.grid_of(&arguments)?;
        let column = grid.column(series(&arguments, 1)?, &arguments)?;
        let mut ranked = ranked(grid, column, call)?;
        if !largest {
            ranked.reverse();
        }
        if let [first, second, ..] = ranked.as_slice()
            && first.1.exact == second.1.exact
        {
            return Err(self.tie(grid, first, second, call));
        }
        let cells = ranked.iter().flat_map(|(_, measure)| measure.cells.clone()).collect();
        Ok(Words { text: grid.items[ranked[0].0].long(), computed: true, cells })
    }

    fn tie(
        &self,
        grid: &DataGrid<'_>,
        one: &(usize, Measure),
        other: &(usize, Measure),
        call: &Call,
    ) -> Fault {
        let name = |(item, _): &(usize, Measure)| grid.items[*item].name.to_string();
        let message = format!(
            "「{}」と「{}」が {} で並び、順が決まりません",
            name(one),
            name(other),
            one.1.text
        );
        Fault::new(&call.place, &call.name, message)
            .hint("並んでいることが伝わる文に直してください")
    }
}

/// A row as a share of the total of its column: 構成比. `全体:` names another row or column that is
/// the whole.
fn share_of_table(grid: &DataGrid<'_>, arguments: &Arguments<'_>) -> Result<Measure, Fault> {
    let (item, series) = (arguments.text(1)?, arguments.text(2)?);
    let (row, column) = (grid.item(item)?, grid.column(Some(series), arguments)?);
    let part = grid.measure(row, column, item.1)?;
    let total = grid.items.iter().rposition(|item| item.is_sum);
    let (whole, name) = match arguments.named("全体")? {
        None => {
            (grid.measure(total, column, item.1)?, total.map_or("計", |at| &grid.items[at].name))
        }
        Some((name, place)) => match grid.series_named(name) {
            Some(other) if grid.item_named(name).is_none() => {
                let column = grid.column(Some((grid.series[other].name, place)), arguments)?;
                (grid.measure(row, column, place)?, name)
            }
            _ => (grid.measure(grid.item((name, place))?, column, place)?, name),
        },
    };
    if part.unit != whole.unit {
        let message = format!("単位の違う値の割合は出せません（{} と {}）", part.unit, whole.unit);
        return Err(Fault::new(item.1, item.0, message));
    }
    let decimals = arguments.named_count("桁")?.unwrap_or(1);
    let share = part.exact.checked_mul(Decimal::ONE_HUNDRED);
    let Some(share) = share.and_then(|part| part.checked_div(whole.exact)) else {
        return Err(Fault::new(item.1, item.0, "全体が0なので、割合を出せません"));
    };
    let share = round_half_up(share, decimals);
    let named = format!("{} {} {}の「{name}」に対する割合", grid.call, item.0, series.0);
    let mut cells = part.cells;
    cells.extend(whole.cells);
    Ok(Measure::computed(share, "%", plain(decimals), cells).named(named))
}

const NO_PARTS: &str = "割合は、列を足すと1つの全体になる図（男女別の人数など）で出せます。割合そのものがデータにあるときは #値 で引いてください";

/// Why the series of a figure are no parts of a whole.
fn no_parts(grid: &DataGrid<'_>) -> Option<String> {
    let parts: Vec<usize> = grid.parts().collect();
    let name = |index: &usize| grid.series[*index].name;
    let call = &grid.call;
    let times = |names: &[&str]| {
        let mut names = names.iter();
        names.len() > 0 && names.all(|name| Period::parse(name).is_some())
    };
    let names: Vec<&str> = parts.iter().map(name).collect();
    let over_time = grid.items.iter().filter(|item| !item.is_total);
    let over_time: Vec<&str> = over_time.map(|item| &*item.name).collect();
    if grid.total_series().is_some() && !times(&names) {
        return None;
    }
    match names.as_slice() {
        [only] => Some(format!("{call} の数値の列は「{only}」だけなので、割合を出せません")),
        names if times(names) => Some(format!(
            "{call} の列は時点（{} など）なので、足しても1つの全体になりません",
            names.first()?
        )),
        _ if !grid.parts_across && times(&over_time) => Some(format!(
            "{call} は推移の図で、列（{}）が1つの全体の部分とは限らないので、割合を出せません",
            names.iter().take(3).copied().collect::<Vec<_>>().join("・")
        )),
        _ => None,
    }
}

/// The items of a column, the largest value first; equals in the order of the data.
pub(super) fn ranked(
    grid: &DataGrid<'_>,
    column: Column,
    call: &Call,
) -> Result<Vec<(usize, Measure)>, Fault> {
    let all = Call { arguments: Vec::new(), ..call.clone() };
    let mut list = grid.list(&Arguments::new(&all, &[]), column)?;
    list.sort_by_key(|(_, measure)| std::cmp::Reverse(measure.exact));
    Ok(list)
}
