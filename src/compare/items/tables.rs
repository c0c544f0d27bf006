//! Tables of indicators.

use super::{Draft, ItemKind, List};
use crate::model::indicator::Indicator;
use crate::model::quantity::Quantity;

fn draft(key: String, spot: String) -> Draft {
    Draft { key: format!("indicators {key}"), kind: ItemKind::IndicatorTable, spot }
}

impl List<'_> {
    pub(super) fn indicator_table(&mut self, row: usize, indices: &[usize]) {
        if indices.is_empty() {
            return;
        }
        let report = self.report;
        let mark = draft("state".into(), "指標表の注記".into());
        self.state(&[row], mark, report.indicators_state, "data.indicators.state");
        for period in &report.indicators.periods {
            let heading = draft(format!("heading {period}"), format!("指標表の「{period}」の列"));
            self.add(&[row], heading, &period.to_string(), Vec::new());
        }
        for index in indices {
            let id = self.ids.indicators.get(*index).copied().unwrap_or(*index);
            self.indicator(row, id, &report.indicators.rows[*index]);
        }
    }

    fn indicator(&mut self, row: usize, id: usize, indicator: &Indicator) {
        let name = indicator.called();
        let spot = |column: &str| format!("指標表「{name}」の{column}");
        let key = |column: &str| format!("{id} {column}");
        let place = self.cell(&indicator.place, "指標");
        self.add(&[row], draft(key("name"), spot("指標名")), &indicator.name, vec![place]);
        let (target, place) = match &indicator.target {
            Some(target) => (target.text.as_str(), target.place.clone()),
            None => ("－", self.cell(&indicator.place, "目標値")),
        };
        self.add(&[row], draft(key("target"), spot("目標値")), target, vec![place]);
        let periods: Vec<String> =
            self.report.indicators.periods.iter().map(ToString::to_string).collect();
        let values = periods.iter().map(String::as_str).zip(indicator.values.iter());
        for (column, value) in [("基準値", &indicator.baseline)].into_iter().chain(values) {
            let absent = indicator.unknown.iter().any(|unknown| unknown == column);
            let text = match value {
                Some(value) => value.text.as_str(),
                None if absent => "…",
                None => "－",
            };
            let cell = self.place(indicator, column, value.as_ref());
            self.add(&[row], draft(key(column), spot(column)), text, vec![cell]);
        }
        let ids = self.ids.breakdowns.get(&id);
        for (index, breakdown) in indicator.breakdowns.iter().enumerate() {
            let part = ids.and_then(|ids| ids.get(index)).copied().unwrap_or(index);
            for (period, value) in periods.iter().zip(&breakdown.values) {
                let Some(value) = value else { continue };
                let draft = draft(
                    format!("{id} part {part} {period}"),
                    format!("指標表「{name}」（{}）の{period}", breakdown.name),
                );
                let text = format!("（{}）", indicator.notation.format(value.exact));
                self.add(&[row], draft, &text, vec![value.place.clone()]);
            }
        }
    }

    fn place(
        &self,
        indicator: &Indicator,
        column: &str,
        value: Option<&Quantity>,
    ) -> crate::problem::Place {
        match value {
            Some(value) => value.place.clone(),
            None => self.cell(&indicator.place, column),
        }
    }
}
