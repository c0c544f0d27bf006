//! Tables of indicators.

use super::{Draft, ItemKind, List};
use soukatsu_core::model::indicator::Indicator;
use soukatsu_core::model::quantity::Quantity;
use soukatsu_core::problem::Place;

fn draft(key: String, spot: String) -> Draft {
    Draft { key: format!("indicators {key}"), kind: ItemKind::IndicatorTable, spot }
}

impl List<'_> {
    pub(super) fn indicator_table(&mut self, row: usize, indices: &[usize]) {
        if indices.is_empty() {
            return;
        }
        let report = self.report;
        let set = self.setting("data.indicators.state");
        let mark = draft("state".into(), "指標表の注記".into());
        self.state(&[row], mark, report.indicators_state, set);
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
        // A target is printed with its unit, in the words that the table has for it.
        let forms: Vec<Place> = self.forms(indicator);
        let words = self.cell_under(&indicator.place, "目標値の表記");
        let cells = [place].into_iter().chain(words).chain(forms.clone()).collect();
        self.add(&[row], draft(key("target"), spot("目標値")), target, cells);
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
            let cells = [cell].into_iter().chain(forms.clone()).collect();
            self.add(&[row], draft(key(column), spot(column)), text, cells);
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

    /// The cells that say how the values of an indicator are written.
    pub(super) fn forms(&self, indicator: &Indicator) -> Vec<Place> {
        let forms = ["単位", "形式"].map(|header| self.cell_under(&indicator.place, header));
        forms.into_iter().flatten().collect()
    }

    fn place(&self, indicator: &Indicator, column: &str, value: Option<&Quantity>) -> Place {
        match value {
            Some(value) => value.place.clone(),
            None => self.cell(&indicator.place, column),
        }
    }
}
