//! The whole report, part by part, with every fault of the folder in one pass.

use super::manifest;
use super::reader::Reader;
use super::table_source::TableSource;
use super::used_files::UsedFiles;
use super::{constants, indicators, initiatives};
use crate::load::{Folder, Layout, Table};
use crate::model::report::{DataSet, Report};
use crate::problem::{Code, Place, Problem};

/// Reads a report folder.
///
/// The report is `None` only when there is no readable report.toml.
pub fn read_report(folder: &Folder) -> (Option<Report>, Vec<Problem>) {
    let mut reader = Reader::new(folder);
    let report = reader.read();
    (report, reader.problems)
}

impl Reader<'_> {
    fn read(&mut self) -> Option<Report> {
        if !self.folder.holds(manifest::FILE) {
            self.problems.push(
                Problem::error(Code::NoReport, Place::file("report.toml"))
                    .message("このフォルダーに report.toml がありません")
                    .expected("report.toml のある報告書フォルダー")
                    .hint("`soukatsu new フォルダー名` で見本から作れます"),
            );
            return None;
        }
        let (mut report, sources) = self.manifest()?;
        if let Some((table, _)) =
            self.table(sources.pillars.as_ref(), &mut report, DataSet::Pillars)
        {
            report.pillars = self.pillars(&table, &mut report.incomplete);
        }
        if let Some((table, parentheses)) =
            self.table(sources.indicators.as_ref(), &mut report, DataSet::Indicators)
        {
            report.indicators = self.indicators(&table, parentheses, &mut report.incomplete);
        }
        if let Some((table, _)) =
            self.table(sources.initiatives.as_ref(), &mut report, DataSet::Initiatives)
        {
            report.initiatives = self.initiatives(&table, &mut report);
        }
        if let Some((table, parentheses)) =
            self.table(sources.constants.as_ref(), &mut report, DataSet::Constants)
        {
            report.constants = self.constants((&table, parentheses), &mut report.incomplete);
        }
        let files = UsedFiles::of(&sources);
        report.figures = {
            let indicators = (&report.indicators, report.indicators_state);
            self.figures(sources.figures, &mut report.incomplete, indicators)
        };
        report.tables = self.data_tables(sources.tables, &mut report.incomplete);
        self.tell_forms();
        self.prose(&sources.prose, &mut report);
        self.tell_remarks(&report);
        self.titles(&mut report);
        self.page_references(&mut report);
        self.note_uses(&files, &report);
        report.texts = std::mem::take(&mut self.texts);
        report.sources = std::mem::take(&mut self.sources);
        report.grids = std::mem::take(&mut self.grids);
        Some(report)
    }

    /// Reads the table of a data set, and whether parentheses are negative in it; a report may
    /// do without the set altogether.
    fn table(
        &mut self,
        source: Option<&TableSource>,
        report: &mut Report,
        set: DataSet,
    ) -> Option<(Table, bool)> {
        let source = source?;
        let table = self.read_source(source, Layout::Headings(headings(set)));
        if table.is_none() {
            report.incomplete.insert(set);
        }
        let table = table?;
        self.keep_remarks(&table, None);
        Some((table, source.parentheses))
    }
}

/// The headings by which the header of a data set is known.
fn headings(set: DataSet) -> &'static [&'static str] {
    match set {
        DataSet::Pillars => &initiatives::PILLARS,
        DataSet::Indicators => &indicators::REQUIRED,
        DataSet::Initiatives => &initiatives::INITIATIVES,
        DataSet::Constants => &constants::CONSTANTS,
        DataSet::Figures | DataSet::Tables => &[],
    }
}
