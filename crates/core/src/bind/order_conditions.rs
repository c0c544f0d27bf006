//! Conditions on the order of values: trends, extremes, the top of a list; and on initiatives.

use rust_decimal::Decimal;

use super::arguments::{Arguments, Fault, named_series, series};
use super::evaluator::Evaluator;
use super::figures::ranked;
use super::grid_values::Column;
use super::initiatives::status;
use super::value::{Measure, SourceCell, Verdict};
use crate::model::call::Call;
use crate::model::name::same_name;

impl Evaluator<'_> {
    /// The steps from item to item.
    pub(super) fn trend(
        &self,
        call: &Call,
        word: &str,
        holds: fn(&[(Decimal, Decimal)]) -> bool,
    ) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "から", "まで"]);
        arguments.at_most(2)?;
        let grid = self.grid_of(&arguments)?;
        let column = grid.column(series(&arguments, 1)?, &arguments)?;
        let list: Vec<Measure> =
            grid.list(&arguments, column)?.into_iter().map(|(_, measure)| measure).collect();
        if list.len() < 2 {
            let message = format!("{} の値が1つしかなく、推移を判定できません", grid.call);
            return Err(Fault::new(&call.place, &call.name, message));
        }
        let pairs: Vec<_> = list.windows(2).map(|pair| (pair[0].exact, pair[1].exact)).collect();
        let texts: Vec<&str> = list.iter().map(|measure| measure.text.as_str()).collect();
        let finding = format!("{} は {} と推移しています", grid.call, texts.join("、"));
        let condition = format!("{} が{word}", grid.call);
        let holds = holds(&pairs);
        let cells = list.into_iter().flat_map(|measure| measure.cells).collect();
        Ok(Verdict { holds, condition, finding, cells, numbers: Vec::new() })
    }

    /// Some items lie beyond all others: 最大("図10", "R6"), 最小("図5", "30代", "40代").
    pub(super) fn extreme_items(
        &self,
        call: &Call,
        word: &str,
        beyond: fn(Decimal, Decimal) -> bool,
    ) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列", "から", "まで", "除く"]);
        arguments.at_most(usize::MAX)?;
        let grid = self.grid_of(&arguments)?;
        let column = grid.column(named_series(&arguments)?, &arguments)?;
        arguments.text(1)?;
        let chosen: Vec<Option<usize>> = arguments
            .texts(1)?
            .into_iter()
            .map(|name| grid.item(name))
            .collect::<Result<_, _>>()?;
        let list = grid.list(&arguments, column)?;
        let is_chosen = |item: usize| chosen.contains(&Some(item));
        let (mine, others): (Vec<_>, Vec<_>) = list.iter().partition(|(item, _)| is_chosen(*item));
        let holds = mine.len() == chosen.len()
            && mine.iter().all(|(_, m)| others.iter().all(|(_, o)| beyond(m.exact, o.exact)));
        let names: Vec<&str> = arguments.texts(1)?.into_iter().map(|(name, _)| name).collect();
        let listed = list.iter().map(|(item, m)| format!("{} {}", grid.items[*item].name, m.text));
        let finding = format!("{} は {} です", grid.call, listed.collect::<Vec<_>>().join("、"));
        let condition = format!("{}が{word}", names.join("・"));
        let cells = list.iter().flat_map(|(_, measure)| measure.cells.clone()).collect();
        Ok(Verdict { holds, condition, finding, cells, numbers: Vec::new() })
    }

    /// The largest items are these, in this order.
    pub(super) fn top_items(&self, call: &Call) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &["区分", "系列"]);
        arguments.at_most(usize::MAX)?;
        let grid = self.grid_of(&arguments)?;
        let column = grid.column(named_series(&arguments)?, &arguments)?;
        arguments.text(1)?;
        let wanted: Vec<Option<usize>> = arguments
            .texts(1)?
            .into_iter()
            .map(|name| grid.item(name))
            .collect::<Result<_, _>>()?;
        let ranked = ranked(grid, column, call)?;
        let top = &ranked[..wanted.len().min(ranked.len())];
        let next = ranked.get(wanted.len());
        let in_order = top.iter().zip(&wanted).all(|((item, _), want)| Some(*item) == *want);
        let apart = next.is_none_or(|next| top.iter().all(|(_, m)| m.exact > next.1.exact));
        let listed =
            top.iter().map(|(item, m)| format!("「{}」{}", grid.items[*item].name, m.text));
        let finding = format!("上位は {} です", listed.collect::<Vec<_>>().join("、"));
        let names: Vec<&str> = arguments.texts(1)?.into_iter().map(|(name, _)| name).collect();
        let condition = format!("上位が順に {}", names.join("、"));
        let cells = ranked.iter().flat_map(|(_, measure)| measure.cells.clone()).collect();
        let holds = in_order && apart && top.len() == wanted.len();
        Ok(Verdict { holds, condition, finding, cells, numbers: Vec::new() })
    }

    /// The largest series of an item are these, in this order: the answers of a survey's row.
    pub(super) fn top_series(&self, call: &Call) -> Result<Verdict, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(usize::MAX)?;
        let grid = self.grid_of(&arguments)?;
        let item = arguments.text(1)?;
        let index = grid.item(item)?;
        arguments.text(2)?;
        let mut wanted = Vec::new();
        for name in arguments.texts(2)? {
            wanted.push((name.0, grid.column(Some(name), &arguments)?));
        }
        let mut ranked = Vec::new();
        for series in grid.parts() {
            let column = Column::One(series);
            ranked.push((column, grid.measure(index, column, item.1)?));
        }
        ranked.sort_by_key(|(_, measure)| std::cmp::Reverse(measure.exact));
        let falls =
            ranked.windows(2).take(wanted.len()).all(|pair| pair[0].1.exact > pair[1].1.exact);
        let same = ranked.iter().zip(&wanted).all(|((column, _), (_, want))| column == want);
        let holds = falls && same && wanted.len() <= ranked.len();
        let listed: Vec<String> = ranked.iter().map(|(_, measure)| measure.called()).collect();
        let names: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
        let condition = format!("{} {}の上位が順に {}", grid.call, item.0, names.join("、"));
        let finding = listed.join("、") + " の順です";
        let cells = ranked.into_iter().flat_map(|(_, measure)| measure.cells).collect();
        Ok(Verdict { holds, condition, finding, cells, numbers: Vec::new() })
    }

    pub(super) fn is_initiative(&self, call: &Call) -> Result<Verdict, Fault> {
        let keys = &["実施状況", "体系", "施策", "取組名", "担当課"];
        let arguments = Arguments::new(call, keys);
        arguments.at_most(1)?;
        let item = self.initiative(&arguments)?;
        let mut cells = Vec::new();
        let (mut holds, mut wanted) = (true, Vec::new());
        for key in keys {
            let Some((text, place)) = arguments.named(key)? else { continue };
            let of = &item.cells;
            let (now, same, at) = match *key {
                "実施状況" => {
                    (item.status.name(), item.status == status(text, place)?, &of.status)
                }
                "体系" => (item.pillar.as_str(), same_name(&item.pillar, text), &of.pillar),
                "施策" => (item.measure.as_str(), same_name(&item.measure, text), &of.measure),
                "取組名" => (item.name.as_str(), same_name(&item.name, text), &of.name),
                _ => {
                    (item.departments.as_str(), same_name(&item.departments, text), &of.departments)
                }
            };
            holds &= same;
            wanted.push(format!("{key}が{text}"));
            let what = format!("整理番号{} {key} = {now}", item.number);
            cells.push(SourceCell { what, place: at.clone() });
        }
        if cells.is_empty() {
            let message = "取組の何を確かめるかが書かれていません";
            return Err(Fault::new(&call.place, &call.name, message).expected(&keys.join("・")));
        }
        let finding =
            cells.iter().map(|cell| cell.what.clone()).collect::<Vec<_>>().join("、") + " です";
        let condition = format!("整理番号{}の{}", item.number, wanted.join("、"));
        Ok(Verdict { holds, condition, finding, cells, numbers: Vec::new() })
    }
}
