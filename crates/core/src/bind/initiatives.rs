//! Counts, shares and names of initiatives.

use rust_decimal::Decimal;

use super::arguments::{Arguments, Fault};
use super::evaluator::Evaluator;
use super::value::{Measure, SourceCell, Value, Words, plain};
use crate::model::call::Call;
use crate::model::initiative::{Initiative, Status};
use crate::model::name::{name_key, same_name};
use crate::model::quantity::percentage;
use crate::model::report::DataSet;
use crate::problem::Place;

impl Evaluator<'_> {
    /// 取組数, 取組割合, 取組名, 体系数.
    pub(super) fn initiative_value(&self, call: &Call) -> Option<Result<Value, Fault>> {
        Some(match call.name.as_str() {
            "取組数" => self.count(call).map(Value::Measure),
            "取組割合" => self.count_share(call).map(Value::Measure),
            "取組名" => self.initiative_name(call).map(Value::Words),
            "体系数" => self.pillar_count(call).map(Value::Measure),
            _ => return None,
        })
    }

    fn count(&self, call: &Call) -> Result<Measure, Fault> {
        let (chosen, _) = self.chosen(call)?;
        let cells = chosen.iter().map(|item| status_cell(item)).collect();
        Ok(Measure::computed(Decimal::from(chosen.len()), "件", plain(0), cells))
    }

    fn count_share(&self, call: &Call) -> Result<Measure, Fault> {
        let (chosen, all) = self.chosen(call)?;
        let Some(share) = percentage(chosen.len(), all.len()) else {
            return Err(Fault::new(&call.place, &call.name, "取組がないので割合を出せません"));
        };
        let cells = all.iter().map(|item| status_cell(item)).collect();
        Ok(Measure::computed(share, "%", plain(1), cells))
    }

    /// The initiatives with one of the named statuses, and all of the 体系.
    fn chosen(&self, call: &Call) -> Result<(Vec<&Initiative>, Vec<&Initiative>), Fault> {
        let arguments = Arguments::new(call, &["体系"]);
        arguments.at_most(Status::ALL.len())?;
        let statuses = self.statuses(&arguments)?;
        self.complete(DataSet::Initiatives)?;
        let pillar = match arguments.named("体系")? {
            Some((name, place)) => Some(self.pillar(name, place)?),
            None => None,
        };
        let all: Vec<&Initiative> = self
            .report
            .initiatives
            .iter()
            .filter(|item| pillar.is_none_or(|name| item.pillar == name))
            .collect();
        let any = statuses.is_empty();
        let chosen =
            all.iter().copied().filter(|item| any || statuses.contains(&item.status)).collect();
        Ok((chosen, all))
    }

    pub(super) fn statuses(&self, arguments: &Arguments<'_>) -> Result<Vec<Status>, Fault> {
        arguments.texts(0)?.into_iter().map(|(text, place)| status(text, place)).collect()
    }

    /// The 体系 as the data writes it.
    fn pillar(&self, name: &str, place: &Place) -> Result<&str, Fault> {
        self.complete(DataSet::Pillars)?;
        let mut pillars = self.report.pillars.iter();
        if let Some(pillar) = pillars.find(|pillar| same_name(&pillar.name, name)) {
            return Ok(&pillar.name);
        }
        let known: Vec<String> =
            self.report.pillars.iter().map(|pillar| pillar.name.clone()).collect();
        Err(Fault::unknown(place, name, "体系", &known))
    }

    fn initiative_name(&self, call: &Call) -> Result<Words, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(1)?;
        let item = self.initiative(&arguments)?;
        let what = format!("整理番号{} 取組名 = {}", item.number, item.name);
        let cells = vec![SourceCell { what, place: item.cells.name.clone() }];
        Ok(Words { text: item.name.clone(), computed: false, cells })
    }

    /// The initiative whose number is the first argument.
    pub(super) fn initiative(&self, arguments: &Arguments<'_>) -> Result<&Initiative, Fault> {
        let (text, place) = arguments.text(0)?;
        self.complete(DataSet::Initiatives)?;
        let found = name_key(text).parse().ok().and_then(|number: u32| {
            self.initiatives.get(&number).map(|index| &self.report.initiatives[*index])
        });
        found.ok_or_else(|| {
            Fault::new(place, text, format!("整理番号 {text} の取組がありません"))
                .hint("取組の表の「整理番号」にある番号を書いてください")
        })
    }

    fn pillar_count(&self, call: &Call) -> Result<Measure, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(0)?;
        self.complete(DataSet::Pillars)?;
        let cell = |pillar: &crate::model::initiative::Pillar| SourceCell {
            what: pillar.name.clone(),
            place: pillar.place.clone(),
        };
        let cells = self.report.pillars.iter().map(cell).collect();
        let count = Decimal::from(self.report.pillars.len());
        Ok(Measure::computed(count, "つ", plain(0), cells))
    }

    /// The share of some statuses in every 体系.
    pub(super) fn shares_by_pillar(&self, call: &Call) -> Result<Vec<Measure>, Fault> {
        let arguments = Arguments::new(call, &[]);
        arguments.at_most(Status::ALL.len())?;
        let statuses = self.statuses(&arguments)?;
        self.complete(DataSet::Initiatives)?;
        self.complete(DataSet::Pillars)?;
        let share = |name: &str| {
            let all: Vec<&Initiative> =
                self.report.initiatives.iter().filter(|item| item.pillar == name).collect();
            let chosen = all.iter().filter(|item| statuses.contains(&item.status)).count();
            let share = percentage(chosen, all.len())?;
            let cells = all.iter().map(|item| status_cell(item)).collect();
            Some(Measure::computed(share, "%", plain(1), cells).named(name))
        };
        Ok(self.report.pillars.iter().filter_map(|pillar| share(&pillar.name)).collect())
    }

    /// Nothing is said of a data set whose faults are told already.
    fn complete(&self, set: DataSet) -> Result<(), Fault> {
        if self.report.incomplete.contains(&set) { Err(Fault::Silent) } else { Ok(()) }
    }
}

/// A status by its name in the data, in the list or in a badge.
pub(super) fn status(text: &str, place: &Place) -> Result<Status, Fault> {
    Status::from_name(text).ok_or_else(|| {
        let known: Vec<String> = Status::ALL.map(|status| status.name().to_owned()).to_vec();
        Fault::unknown(place, text, "実施状況", &known)
    })
}

fn status_cell(item: &Initiative) -> SourceCell {
    let what = format!("整理番号{} = {}", item.number, item.status.name());
    SourceCell { what, place: item.cells.status.clone() }
}
