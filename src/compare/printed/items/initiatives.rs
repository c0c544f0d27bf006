//! Initiatives: as a block with its heading, in the list of all, and counted.

use super::collector::{ItemCollector, ItemDraft};
use super::item::ItemKey;
use crate::compare::printed::spots::{InitiativePart, Spot, StatusColumn, StatusTablePart};
use soukatsu_core::model::call::Call;
use soukatsu_core::model::initiative::{Initiative, Status, StatusCount};
use soukatsu_core::model::period::FiscalYear;
use soukatsu_core::model::quantity::grouped;
use soukatsu_core::problem::Place;

fn draft(number: u32, part: InitiativePart) -> ItemDraft {
    ItemDraft { key: ItemKey::Initiative(number, part), spot: Spot::Initiative { number, part } }
}

fn counted(part: StatusTablePart) -> ItemDraft {
    ItemDraft { key: ItemKey::StatusTable(part), spot: Spot::StatusTable(part) }
}

/// The cells by which initiatives are counted.
fn counted_cells<'a>(group: impl Iterator<Item = &'a Initiative>) -> Vec<Place> {
    group.flat_map(|item| [item.cells.status.clone(), item.cells.pillar.clone()]).collect()
}

impl ItemCollector<'_> {
    /// The block of an initiative: its heading with the badge, and the action below its prose.
    pub fn initiative(&mut self, row: usize, initiative: &Initiative) {
        let Initiative { number, name, status, action, remark, cells, .. } = initiative;
        let rows = [row];
        let badge = format!("【{}】", status.badge());
        self.add(&rows, draft(*number, InitiativePart::Name), name, vec![cells.name.clone()]);
        let status = draft(*number, InitiativePart::Badge);
        self.add(&rows, status, &badge, vec![cells.status.clone()]);
        self.add(&rows, draft(*number, InitiativePart::Action), action, vec![cells.action.clone()]);
        // The remark stands below the action, and not without it.
        if !action.is_empty() {
            let cell = self.cell(&initiative.place, "備考");
            self.add(&rows, draft(*number, InitiativePart::Remark), remark, vec![cell]);
        }
    }

    pub fn initiative_list(&mut self, row: usize) {
        let rows = [row];
        let report = self.report;
        for initiative in &report.initiatives {
            let Initiative { number, name, departments, status, cells, .. } = initiative;
            let pillar = report.pillars.iter().find(|pillar| pillar.name == initiative.pillar);
            if let Some(pillar) = pillar {
                self.pillar_name(&rows, pillar, false);
            }
            let means = self.pillar_id(&initiative.pillar);
            let pillar = vec![cells.pillar.clone()];
            let name_of = draft(*number, InitiativePart::Pillar);
            self.add_name(&rows, name_of, &initiative.pillar, pillar, means);
            let measure = vec![cells.measure.clone()];
            self.measure_name(&rows, &initiative.measure, measure.clone());
            let means = self.measure_id(&initiative.measure);
            let name_of = draft(*number, InitiativePart::Measure);
            self.add_name(&rows, name_of, &initiative.measure, measure, means);
            self.add(&rows, draft(*number, InitiativePart::Name), name, vec![cells.name.clone()]);
            let place = vec![cells.departments.clone()];
            self.add(&rows, draft(*number, InitiativePart::Departments), departments, place);
            let place = vec![cells.status.clone()];
            self.add(&rows, draft(*number, InitiativePart::Status), status.short(), place);
        }
    }

    pub fn status_table(&mut self, row: usize, call: &Call) {
        let rows = [row];
        let report = self.report;
        let year = call.arguments.iter().find(|argument| argument.name.as_deref() == Some("年度"));
        if let Some(year) = year.and_then(|argument| argument.literal()) {
            let long = FiscalYear::parse(year).map_or_else(|| year.to_owned(), FiscalYear::long);
            let draft = counted(StatusTablePart::Year);
            if let Some(item) = self.add(&rows, draft, &long, Vec::new()) {
                item.place = Some(call.place.clone());
            }
        }
        for pillar in &report.pillars {
            self.pillar_name(&rows, pillar, true);
            self.count(row, Some(&pillar.name));
        }
        self.count(row, None);
        let draft = counted(StatusTablePart::DataState);
        let set = self.setting("data.initiatives.state");
        self.state(&rows, draft, report.initiatives_state, set);
        if StatusCount::any_rounded(&report.initiatives, &report.pillars) {
            let draft = counted(StatusTablePart::RoundingNote);
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
        let id = pillar.map(|name| self.pillar_id(name));
        let mut add = |column: StatusColumn, text: &str| {
            let key = ItemKey::StatusCount(id.clone(), column);
            let spot = Spot::StatusCount { pillar: pillar.map(str::to_owned), column };
            self.add(&[row], ItemDraft { key, spot }, text, cells.clone());
        };
        add(StatusColumn::Total, &count.total.to_string());
        for ((status, number), share) in Status::ALL.iter().zip(count.counts).zip(count.shares()) {
            let share =
                share.map_or_else(String::new, |share| format!("（{}%）", grouped(share, 1)));
            add(StatusColumn::Status(*status), &format!("{number}{share}"));
        }
    }
}
