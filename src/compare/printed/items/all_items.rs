//! The printed items of a whole report, in the order of its pages.

use super::collector::ItemCollector;
use super::item::Items;
use crate::compare::data::MatchedIds;
use crate::compare::printed::figure_drawings::FigureDrawings;
use crate::compare::prose::{placed_figures, placed_tables, unnamed_arguments};
use soukatsu_core::model::call::Call;
use soukatsu_core::model::report::Report;

/// The items of a report.
pub fn items(report: &Report, ids: &MatchedIds, drawings: &FigureDrawings) -> Items {
    let mut collector = ItemCollector { report, ids, drawings, items: Items::default() };
    collector.front_matter();
    for (row, page) in report.pages.iter().enumerate() {
        collector.headings(row, page);
        let Some(prose) = page.prose.and_then(|index| report.prose.get(index)) else { continue };
        for call in &prose.calls {
            block(&mut collector, row, call);
        }
    }
    collector.items
}

/// What a block of the prose prints.
fn block(collector: &mut ItemCollector<'_>, row: usize, call: &Call) {
    let report = collector.report;
    match call.name.as_str() {
        "指標表" => {
            let listed = |name: &str| {
                let mut rows = report.indicators.rows.iter();
                rows.position(|row| row.answers_to(name))
            };
            let indices: Vec<usize> = unnamed_arguments(call).filter_map(listed).collect();
            collector.indicator_table(row, &indices);
        }
        "達成状況" => collector.achievement(row),
        "取組" => {
            for number in unnamed_arguments(call).filter_map(|name| name.parse::<u32>().ok()) {
                let found = report.initiatives.iter().find(|item| item.number == number);
                if let Some(initiative) = found {
                    collector.initiative(row, initiative);
                }
            }
        }
        "実施状況の一覧" => collector.initiative_list(row),
        "実施状況の集計" => collector.status_table(row, call),
        _ => {
            for figure in placed_figures(report, call) {
                collector.figure(row, figure);
            }
            for table in placed_tables(report, call) {
                collector.table(row, table);
            }
        }
    }
}
