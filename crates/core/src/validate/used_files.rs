//! What each file of the report folder serves, in words for whoever finds it in an archive.

use super::figure_source::FigureSource;
use super::manifest::{FILE, Sources};
use super::reader::Reader;
use super::table_source::TableSource;
use crate::model::official::APPROVALS;
use crate::model::report::Report;
use crate::model::source::source_name;

/// The files that report.toml names, by what they serve. Titles are looked up later, when the
/// names of indicators in them are filled in.
pub(super) struct UsedFiles {
    sets: Vec<(String, &'static str)>,
    /// Number of the figure and file.
    figures: Vec<(String, String)>,
    /// The same for tables.
    tables: Vec<(String, String)>,
}

impl UsedFiles {
    pub(super) fn of(sources: &Sources) -> Self {
        let sets = [
            (&sources.pillars, "体系のデータ"),
            (&sources.indicators, "指標のデータ"),
            (&sources.initiatives, "取組のデータ"),
            (&sources.constants, "定数のデータ"),
        ];
        let set =
            |(source, what): (&Option<TableSource>, _)| Some((source.as_ref()?.file.clone(), what));
        let figure = |figure: &FigureSource| {
            Some((figure.number.0.clone(), figure.csv.as_ref()?.file.clone()))
        };
        UsedFiles {
            sets: sets.into_iter().filter_map(set).collect(),
            figures: sources.figures.iter().filter_map(figure).collect(),
            tables: sources
                .tables
                .iter()
                .map(|table| (table.number.0.clone(), table.data.file.clone()))
                .collect(),
        }
    }
}

impl Reader<'_> {
    /// Notes what the files serve; those that could not be read are not among them.
    pub(super) fn note_uses(&mut self, files: &UsedFiles, report: &Report) {
        self.note_use(FILE, "報告書の構成".to_owned());
        self.note_use(APPROVALS, "承認の記録".to_owned());
        for (file, what) in &files.sets {
            self.note_use(file, (*what).to_owned());
        }
        for (number, file) in &files.figures {
            let title = report.figure(number).map_or("", |figure| &figure.title);
            self.note_use(file, format!("図{number}「{title}」のデータ"));
        }
        for (number, file) in &files.tables {
            let title = report.table(number).map_or("", |table| &table.title);
            self.note_use(file, format!("表{number}「{title}」のデータ"));
        }
        for row in &report.pages {
            if let Some(prose) = row.prose.and_then(|index| report.prose.get(index)) {
                self.note_use(&prose.file, format!("「{}」の文章", row.name()));
            }
        }
    }

    fn note_use(&mut self, file: &str, what: String) {
        if let Some(source) = self.sources.get_mut(&source_name(file)) {
            source.uses.push(what);
        }
    }
}
