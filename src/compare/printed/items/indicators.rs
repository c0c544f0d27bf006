//! Tables of indicators.

use super::collector::{ItemCollector, ItemDraft};
use super::item::{IndicatorKey, ItemKey};
use crate::compare::printed::spots::{AchievementPart, IndicatorPart, IndicatorTablePart, Spot};
use soukatsu_core::model::indicator::Indicator;
use soukatsu_core::model::initiative::{Status, StatusCount};
use soukatsu_core::model::quantity::Quantity;
use soukatsu_core::problem::Place;

fn around(part: IndicatorTablePart) -> ItemDraft {
    ItemDraft { key: ItemKey::IndicatorTable(part), spot: Spot::IndicatorTable(part) }
}

impl ItemCollector<'_> {
    pub fn indicator_table(&mut self, row: usize, indices: &[usize]) {
        if indices.is_empty() {
            return;
        }
        let report = self.report;
        let set = self.setting("data.indicators.state");
        let mark = around(IndicatorTablePart::DataState);
        self.state(&[row], mark, report.indicators_state, set);
        for period in &report.indicators.periods {
            let heading = around(IndicatorTablePart::ColumnHeading(*period));
            self.add(&[row], heading, &period.to_string(), Vec::new());
        }
        for index in indices {
            let id = self.ids.indicators.get(*index).copied().unwrap_or(*index);
            self.indicator(row, id, &report.indicators.rows[*index]);
        }
    }

    fn indicator(&mut self, row: usize, id: usize, indicator: &Indicator) {
        let name = indicator.called();
        let draft = |key: IndicatorKey, part: IndicatorPart| ItemDraft {
            key: ItemKey::Indicator(id, key),
            spot: Spot::Indicator { name: name.to_owned(), part },
        };
        let column = |part: IndicatorPart| draft(IndicatorKey::Column(part.clone()), part);
        let place = self.cell(&indicator.place, "指標");
        self.add(&[row], column(IndicatorPart::Name), &indicator.name, vec![place]);
        let place = match &indicator.target {
            Some(target) => target.place.clone(),
            None => self.cell(&indicator.place, "目標値"),
        };
        let target = indicator.target_in_table().unwrap_or_else(|| "－".to_owned());
        // A target is printed with its unit, in the words that the table has for it.
        let forms: Vec<Place> = self.forms(indicator);
        let words =
            ["目標値の表記", "向き"].map(|header| self.cell_under(&indicator.place, header));
        let cells = [place].into_iter().chain(words.into_iter().flatten()).chain(forms.clone());
        self.add(&[row], column(IndicatorPart::Target), &target, cells.collect());
        let periods = &self.report.indicators.periods;
        let values = periods.iter().zip(&indicator.values);
        let values =
            values.map(|(year, value)| (IndicatorPart::Value(*year), year.to_string(), value));
        let baseline = (IndicatorPart::Baseline, "基準値".to_owned(), &indicator.baseline);
        for (part, header, value) in [baseline].into_iter().chain(values) {
            let sign = indicator.signs.get(&header).map(|sign| sign.text());
            let text = match value {
                Some(value) => value.text.as_str(),
                None => sign.unwrap_or("－"),
            };
            let cell = self.place(indicator, &header, value.as_ref());
            let cells = [cell].into_iter().chain(forms.clone()).collect();
            self.add(&[row], column(part), text, cells);
        }
        if self.report.layout.judgement {
            self.judgement(row, column(IndicatorPart::Judgement), indicator);
        }
        let ids = self.ids.breakdowns.get(&id);
        for (index, breakdown) in indicator.breakdowns.iter().enumerate() {
            let part = ids.and_then(|ids| ids.get(index)).copied().unwrap_or(index);
            for (year, value) in periods.iter().zip(&breakdown.values) {
                let Some(value) = value else { continue };
                let spot = IndicatorPart::Breakdown { name: breakdown.name.clone(), year: *year };
                let draft = draft(IndicatorKey::Breakdown(part, *year), spot);
                let text = format!("（{}）", indicator.notation.format(value.exact));
                self.add(&[row], draft, &text, vec![value.place.clone()]);
            }
        }
    }

    /// Whether the last value reaches the target, from the cells that decide it.
    fn judgement(&mut self, row: usize, draft: ItemDraft, indicator: &Indicator) {
        let judgement = indicator.judgement();
        let text = format!("{}{}", judgement.mark(), judgement.word());
        let cells = self.judged_cells(indicator);
        if let Some(item) = self.add(&[row], draft, &text, cells) {
            item.counted = true;
        }
    }

    /// The cells that decide whether an indicator reaches its target.
    fn judged_cells(&self, indicator: &Indicator) -> Vec<Place> {
        let latest = indicator.values.last().zip(self.report.indicators.periods.last());
        let latest =
            latest.map(|(value, year)| self.place(indicator, &year.to_string(), value.as_ref()));
        let target = indicator.target.as_ref().map(|target| target.place.clone());
        let side = self.cell_under(&indicator.place, "向き");
        latest.into_iter().chain(target).chain(side).collect()
    }

    /// The box 達成状況.
    pub fn achievement(&mut self, row: usize) {
        let report = self.report;
        let draft =
            |part| ItemDraft { key: ItemKey::Achievement(part), spot: Spot::Achievement(part) };
        let (targets, reached) = report.indicators.targets();
        if targets > 0 {
            let rows = report.indicators.rows.iter();
            let cells = rows.flat_map(|indicator| self.judged_cells(indicator)).collect();
            let text = format!("{targets}中{reached}達成");
            self.add(&[row], draft(AchievementPart::Targets), &text, cells);
        }
        let count = StatusCount::of(&report.initiatives, None);
        if count.total > 0 {
            let cells = report.initiatives.iter().map(|item| item.cells.status.clone()).collect();
            let text =
                format!("{}中{}{}", count.total, count.counts[0], Status::Implemented.name());
            self.add(&[row], draft(AchievementPart::Initiatives), &text, cells);
        }
        let keys = ["data.indicators.state", "data.initiatives.state"];
        let sets = keys.into_iter().flat_map(|key| self.setting(key)).collect();
        let state = report.indicators_state.max(report.initiatives_state);
        self.state(&[row], draft(AchievementPart::DataState), state, sets);
    }

    /// The cells that say how the values of an indicator are written.
    pub fn forms(&self, indicator: &Indicator) -> Vec<Place> {
        let forms = ["単位", "形式"].map(|header| self.cell_under(&indicator.place, header));
        forms.into_iter().flatten().collect()
    }

    fn place(&self, indicator: &Indicator, header: &str, value: Option<&Quantity>) -> Place {
        match value {
            Some(value) => value.place.clone(),
            None => self.cell(&indicator.place, header),
        }
    }
}
