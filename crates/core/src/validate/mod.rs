//! Placed text to the typed report, with every fault of the folder in one pass.
//!
//! In: a report folder. Out: the model, as whole as the input allows, and the problems.
//! A data set with faults is marked incomplete, so that later rooms do not report the
//! consequences as faults of their own.

mod better_kinds;
mod breakdowns;
mod citations;
mod columns;
mod constants;
mod corrections;
mod fields;
mod figure_choices;
mod figure_kinds;
mod figure_lines;
mod figure_names;
mod figure_notes;
mod figure_source;
mod figures;
mod hundred;
mod indicators;
mod initiatives;
mod manifest;
mod numbers;
mod official;
mod own_names;
mod page_row;
mod paragraphs;
mod periods;
mod print;
mod prose;
mod settings;
mod source;
mod style;
mod swallowed;
#[cfg(test)]
mod tests;
mod titles;
mod used_files;

use std::collections::BTreeMap;

use crate::load::{Decoded, Encoding, Folder, Layout, ReadError, Table, decode};
use crate::model::grid::Grid;
use crate::model::report::{DataSet, Prose, Report};
use crate::model::source::{RECORD_FILE, Sources, source_name};
use crate::problem::{Code, Place, Problem, closest};
pub use corrections::read_corrections;
pub use prose::read_prose;
use source::TableSource;
pub use source::grid;
use used_files::UsedFiles;

/// Reads a report folder.
///
/// The report is `None` only when there is no readable report.toml.
pub fn read_report(folder: &Folder) -> (Option<Report>, Vec<Problem>) {
    let mut reader = Reader::new(folder);
    let report = reader.read();
    (report, reader.problems)
}

/// Reads the text of one prose file, without the folder around it.
pub fn read_prose(file: &str, text: &str) -> Prose {
    let folder = Folder::Memory(BTreeMap::new());
    Reader::new(&folder).scan(file, text)
}

/// What every part of the reading needs: the folder, and where faults and texts go.
struct Reader<'a> {
    folder: &'a Folder,
    problems: Vec<Problem>,
    texts: Vec<(String, Place)>,
    page_names: Vec<manifest::PageReference>,
    /// Indicators that the titles of pages and figures name, with the place of the title.
    title_names: Vec<(String, Place)>,
    forms: numbers::Forms,
    sources: Sources,
    grids: BTreeMap<String, Grid>,
}

impl<'a> Reader<'a> {
    fn new(folder: &'a Folder) -> Self {
        Reader {
            folder,
            problems: Vec::new(),
            texts: Vec::new(),
            page_names: Vec::new(),
            title_names: Vec::new(),
            forms: numbers::Forms::new(),
            sources: Sources::new(),
            grids: BTreeMap::new(),
        }
    }
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
        self.tell_forms();
        self.prose(&sources.prose, &mut report);
        self.titles(&mut report);
        self.note_uses(&files, &report);
        self.page_references(&report);
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
        table.map(|table| (table, source.parentheses))
    }

    /// Reads a text file that report.toml names at `place`.
    fn read_text(&mut self, file: &str, place: &Place) -> Option<String> {
        let bytes = self.read_bytes(file, place)?;
        match decode(file, &bytes) {
            Ok(Decoded { text, encoding }) => {
                if encoding != Encoding::Utf8 {
                    self.problems.push(
                        Problem::note(Code::OtherEncoding, Place::file(file))
                            .message(format!("{}として読みました", encoding.name())),
                    );
                }
                Some(text)
            }
            Err(problem) => {
                self.problems.push(*problem);
                None
            }
        }
    }

    /// Reads any file that report.toml names at `place`.
    fn read_bytes(&mut self, file: &str, place: &Place) -> Option<Vec<u8>> {
        if source_name(file) == RECORD_FILE {
            self.problems.push(
                Problem::error(Code::WrongValue, place.clone())
                    .text(file)
                    .message("この名前のファイルは使えません。正式版に添付する記録の名前です")
                    .expected("ほかの名前"),
            );
            return None;
        }
        let read = self.folder.read(file);
        let bytes =
            read.map_err(|error| self.problems.push(unreadable(file, place, error))).ok()?;
        let source = self.sources.entry(source_name(file)).or_default();
        source.bytes.clone_from(&bytes);
        Some(bytes)
    }

    /// Notes a text that will be printed, so that its characters can be checked.
    fn note(&mut self, text: &str, place: &Place) {
        if !text.is_ascii() || text.contains(|c: char| c.is_ascii_control()) {
            self.texts.push((text.to_owned(), place.clone()));
        }
    }
}

/// The headings by which the header of a data set is known.
fn headings(set: DataSet) -> &'static [&'static str] {
    match set {
        DataSet::Pillars => &initiatives::PILLARS,
        DataSet::Indicators => &indicators::REQUIRED,
        DataSet::Initiatives => &initiatives::INITIATIVES,
        DataSet::Constants => &constants::CONSTANTS,
        DataSet::Figures => &[],
    }
}

fn unreadable(file: &str, place: &Place, error: ReadError) -> Problem {
    let problem = |code| Problem::error(code, place.clone()).text(file);
    match error {
        ReadError::Missing(siblings) => {
            let problem =
                problem(Code::FileMissing).message(format!("ファイル「{file}」がありません"));
            match closest(file, siblings.iter().map(String::as_str)) {
                Some(near) => problem.hint(format!("「{near}」ではありませんか")),
                None => problem.hint("ファイルを置くか、ここに書いた名前を直してください"),
            }
        }
        ReadError::Outside => problem(Code::FileUnreadable)
            .message(format!("「{file}」は報告書フォルダーの外を指しています"))
            .expected("報告書フォルダーの中のファイル（例 csv/indicators.csv）")
            .hint("ファイルを報告書フォルダーの中に移してください"),
        ReadError::Directory => problem(Code::FileUnreadable)
            .message(format!("「{file}」はファイルではなくフォルダーです"))
            .hint("フォルダーの中のファイル名まで書いてください"),
        ReadError::Refused(reason) => problem(Code::FileUnreadable)
            .message(format!("「{file}」を読めません（{reason}）"))
            .hint("ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください"),
    }
}
