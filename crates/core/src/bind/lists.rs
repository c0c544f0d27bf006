//! Lists of numbers, for conditions that all of them must meet.

use super::arguments::{Arguments, Fault, series};
use super::evaluator::Evaluator;
use super::value::{Measure, Value, sum};
use crate::model::call::Call;

impl Evaluator<'_> {
    /// 各値, 各層, 体系別割合.
    pub(super) fn list(&self, call: &Call) -> Option<Result<Value, Fault>> {
        let list = match call.name.as_str() {
            "各値" => self.every_value(call),
            "各層" => self.every_group(call),
            "体系別割合" => self.shares_by_pillar(call),
            _ => return None,
        };
        Some(list.map(Value::Measures))
    }

    /// The value of every item: 各値("図5")。
    fn every_value(&self, call: &Call) -> Result<Vec<Measure>, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "から", "まで", "除く"]);
        arguments.at_most(2)?;
        let grid = self.grid_of(&arguments)?;
        let column = grid.column(series(&arguments, 1)?, &arguments)?;
        Ok(grid.list(&arguments, column)?.into_iter().map(|(_, measure)| measure).collect())
    }

    /// The sum of some series of every item: 各層("図2", "満足している", "…").
    fn every_group(&self, call: &Call) -> Result<Vec<Measure>, Fault> {
        let arguments = Arguments::new(call, &["から", "まで", "除く"]);
        arguments.at_most(usize::MAX)?;
        let grid = self.grid_of(&arguments)?;
        arguments.text(1)?;
        let names = arguments.texts(1)?;
        let mut sums = Vec::new();
        for item in grid.selected(&arguments)? {
            let mut parts = Vec::new();
            for name in &names {
                let column = grid.column(Some(*name), &arguments)?;
                parts.push(grid.measure(Some(item), column, &call.place)?);
            }
            let name = format!("{} {}の和", grid.call, grid.items[item].name);
            sums.push(sum(parts, &call.place)?.named(name));
        }
        Ok(sums)
    }
}
