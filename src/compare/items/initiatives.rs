//! Initiatives: as a block with its heading, in the list of all, and counted.

use super::pages::meaning;
use super::{Draft, ItemKind, List};
use soukatsu_core::model::call::Call;
use soukatsu_core::model::initiative::{Initiative, Status, StatusCount};
use soukatsu_core::model::period::FiscalYear;
use soukatsu_core::model::quantity::grouped;
use soukatsu_core::problem::Place;

fn draft(number: u32, what: &str) -> Draft {
    let spot = format!("取組{number}の{what}");
    Draft { key: format!("initiative {number} {what}"), kind: ItemKind::Initiative, spot }
}

fn counted(key: String, spot: String) -> Draft {
    Draft { key: format!("status {key}"), kind: ItemKind::StatusTable, spot }
}

/// The cells by which initiatives are counted.
fn counted_cells<'a>(group: impl Iterator<Item = &'a Initiative>) -> Vec<Place> {
    group.flat_map(|item| [item.cells.status.clone(), item.cells.pillar.clone()]).collect()
}

impl List<'_> {
    /// The block of an initiative: its heading with the badge, and the action below its prose.
    pub(super) fn initiative(&mut self, row: usize, initiative: &Initiative) {
        let Initiative { number, name, status, action, remark, cells, .. } = initiative;
        let rows = [row];
        let badge = format!("【{}】", status.badge());
        self.add(&rows, draft(*number, "名前"), name, vec![cells.name.clone()]);
        let status = draft(*number, "見出しの実施状況");
        self.add(&rows, status, &badge, vec![cells.status.clone()]);
        self.add(&rows, draft(*number, "具体的取組"), action, vec![cells.action.clone()]);
        // The remark stands below the action, and not without it.
        if !action.is_empty() {
            let cell = self.cell(&initiative.place, "備考");
            self.add(&rows, draft(*number, "備考"), remark, vec![cell]);
        }
    }

    pub(super) fn initiative_list(&mut self, row: usize) {
        let rows = [row];
        let report = self.report;
        for initiative in &report.initiatives {
            let Initiative { number, name, departments, status, cells, .. } = initiative;
            let pillar = report.pillars.iter().find(|pillar| pillar.name == initiative.pillar);
            if let Some(pillar) = pillar {
                self.pillar_name(&rows, pillar, false);
            }
            let means = self.pillar_meant(&initiative.pillar);
            let pillar = vec![cells.pillar.clone()];
            meaning(self.add(&rows, draft(*number, "体系"), &initiative.pillar, pillar), means);
            let measure = vec![cells.measure.clone()];
            self.measure_name(&rows, &initiative.measure, measure.clone());
            let means = self.measure_meant(&initiative.measure);
            meaning(self.add(&rows, draft(*number, "施策"), &initiative.measure, measure), means);
            self.add(&rows, draft(*number, "名前"), name, vec![cells.name.clone()]);
            let place = vec![cells.departments.clone()];
            self.add(&rows, draft(*number, "担当課"), departments, place);
            let place = vec![cells.status.clone()];
            self.add(&rows, draft(*number, "実施状況"), status.short(), place);
        }
    }

    pub(super) fn status_table(&mut self, row: usize, call: &Call) {
        let rows = [row];
        let report = self.report;
        let year = call.arguments.iter().find(|argument| argument.name.as_deref() == Some("年度"));
        if let Some(year) = year.and_then(|argument| argument.literal()) {
            let long = FiscalYear::parse(year).map_or_else(|| year.to_owned(), FiscalYear::long);
            let draft = counted("year".into(), "実施状況の集計の年度".into());
            if let Some(item) = self.add(&rows, draft, &long, Vec::new()) {
                item.place = Some(call.place.clone());
            }
        }
        for pillar in &report.pillars {
            self.pillar_name(&rows, pillar, true);
            self.count(row, Some(&pillar.name));
        }
        self.count(row, None);
        let draft = counted("state".into(), "実施状況の集計の注記".into());
        let set = self.setting("data.initiatives.state");
        self.state(&rows, draft, report.initiatives_state, set);
        if StatusCount::any_rounded(&report.initiatives, &report.pillars) {
            let draft = counted("rounding".into(), "実施状況の集計の下の注".into());
            self.rounding(&rows, draft, counted_cells(report.initiatives.iter()));
        }
    }

    /// The counts of a pillar, or of all initiatives.
    fn count(&mut self, row: usize, pillar: Option<&str>) {
        let initiatives = &self.report.initiatives;
        let group = initiatives.iter().filter(|item| pillar.is_none_or(|name| item.pillar == name));
        let cells: Vec<Place> =
            group.flat_map(|item| [item.cells.status.clone(), item.cells.pillar.clone()]).collect();
        let count = StatusCount::of(initiatives, pillar);
        let id = pillar.map_or_else(|| "all".to_owned(), |name| self.pillar_meant(name));
        let name = pillar.unwrap_or("合計");
        let mut add = |column: &str, text: &str| {
            let spot = format!("実施状況の集計「{name}」の{column}");
            self.add(&[row], counted(format!("{id} {column}"), spot), text, cells.clone());
        };
        add("項目数", &count.total.to_string());
        for ((status, number), share) in Status::ALL.iter().zip(count.counts).zip(count.shares()) {
            let share =
                share.map_or_else(String::new, |share| format!("（{}%）", grouped(share, 1)));
            add(status.name(), &format!("{number}{share}"));
        }
    }
}
