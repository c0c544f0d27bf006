//! The pages on which some files are printed, and those whose prose puts or sets the same words
//! otherwise: no changed text tells of them.

use std::collections::BTreeSet;

use super::change::MovedSentence;
use crate::compare::edition::Edition;
use crate::compare::prose::{Token, is_marked_otherwise, placed_figures, placed_tables, tokens};
use soukatsu_core::model::data_table::{DataTable, TableCell};
use soukatsu_core::model::figure::Figure;
use soukatsu_core::model::report::Report;

/// The physical pages of the rows whose prose is set otherwise: bold, headings, paragraphs, the
/// order of blocks and sentences. Of the new edition.
pub fn rearranged_pages(
    old: Edition<'_>,
    new: Edition<'_>,
    moved: &[MovedSentence],
) -> BTreeSet<usize> {
    let is_rearranged = |file: &str| {
        let side = |edition: Edition<'_>| -> Option<Vec<Token>> {
            let index = edition.report.prose.iter().position(|prose| prose.file == file)?;
            Some(tokens(&edition.report.prose[index], edition.bindings.prose.get(index)))
        };
        let (Some(was), Some(is)) = (side(old), side(new)) else { return false };
        moved.iter().any(|moved| *moved.new.file == *file) || is_marked_otherwise(&was, &is)
    };
    pages(new, |row| row_prints(new.report, row, &|file| is_rearranged(file), false))
}

/// The physical pages of the rows that print one of some files. Of the new edition.
pub fn pages_of_files(
    new: Edition<'_>,
    changed: &[String],
    is_listed: &dyn Fn(&str) -> bool,
) -> BTreeSet<usize> {
    let files = |file: &str| is_listed(file) && changed.iter().any(|one| one == file);
    pages(new, |row| row_prints(new.report, row, &files, true))
}

fn pages(new: Edition<'_>, is_one: impl Fn(usize) -> bool) -> BTreeSet<usize> {
    let rows = new.rows.iter().filter(|found| is_one(found.row));
    rows.flat_map(|found| found.first + 1..=found.first + found.count).collect()
}

/// Whether a row prints one of some files: its prose, or with `tables` also the data of its blocks.
fn row_prints(report: &Report, row: usize, is_one: &dyn Fn(&str) -> bool, tables: bool) -> bool {
    let figure_is = |figure: &Figure| {
        let values = figure.data.series.iter().flat_map(|series| &series.values).flatten();
        values.into_iter().any(|value| is_one(&value.place.file))
    };
    let table_is = |table: &DataTable| {
        let cells = table.columns.iter().flat_map(|column| &column.cells);
        cells.flat_map(TableCell::cells).any(|place| is_one(&place.file))
    };
    let Some(page) = report.pages.get(row) else {
        // The appendix holds the tables of the figures.
        return tables && report.figures.iter().any(|figure| figure.table && figure_is(figure));
    };
    let Some(prose) = page.prose.and_then(|index| report.prose.get(index)) else { return false };
    let indicators = || report.indicators.rows.iter().any(|row| is_one(&row.place.file));
    let initiatives = || {
        let pillars = || report.pillars.iter().any(|pillar| is_one(&pillar.place.file));
        report.initiatives.iter().any(|item| is_one(&item.place.file)) || pillars()
    };
    is_one(&prose.file)
        || tables
            && prose.calls.iter().any(|call| match call.name.as_str() {
                "指標表" => indicators(),
                "達成状況" => indicators() || initiatives(),
                "取組" | "実施状況の集計" | "実施状況の一覧" => initiatives(),
                "表" | "表並び" => placed_tables(report, call).into_iter().any(table_is),
                _ => placed_figures(report, call).into_iter().any(figure_is),
            })
}
