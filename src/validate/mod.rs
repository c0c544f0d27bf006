//! Placed text to the typed report, with every fault of the folder in one pass.
//!
//! In: a report folder. Out: the model, as whole as the input allows, and the problems.
//! A data set with faults is marked incomplete, so that later rooms do not report the
//! consequences as faults of their own.

mod columns;
mod constants;
mod fields;
mod figures;
mod indicators;
mod initiatives;
mod manifest;
mod paragraphs;
mod parts;
mod prose;
mod style;
mod swallowed;
mod titles;

use crate::load::{Decoded, Encoding, Folder, ReadError, Table, decode, read_table};
use crate::model::report::{DataSet, Report};
use crate::problem::{Code, Place, Problem, closest};

/// Reads a report folder.
///
/// The report is `None` only when there is no readable report.toml.
pub fn read_report(folder: &Folder) -> (Option<Report>, Vec<Problem>) {
    let mut reader = Reader::new(folder);
    let report = reader.read();
    (report, reader.problems)
}

/// What every part of the reading needs: the folder, and where faults and texts go.
struct Reader<'a> {
    folder: &'a Folder,
    problems: Vec<Problem>,
    texts: Vec<(String, Place)>,
    page_names: Vec<manifest::PageReference>,
    /// Indicators that the titles of pages and figures name, with the place of the title.
    title_names: Vec<(String, Place)>,
}

impl<'a> Reader<'a> {
    fn new(folder: &'a Folder) -> Self {
        Reader {
            folder,
            problems: Vec::new(),
            texts: Vec::new(),
            page_names: Vec::new(),
            title_names: Vec::new(),
        }
    }
}

impl Reader<'_> {
    fn read(&mut self) -> Option<Report> {
        if !self.folder.has_manifest() {
            self.problems.push(
                Problem::error(Code::NoReport, Place::file("report.toml"))
                    .message("このフォルダーに report.toml がありません")
                    .expected("report.toml のある報告書フォルダー")
                    .hint("`soukatsu new フォルダー名` で見本から作れます"),
            );
            return None;
        }
        let (mut report, sources) = self.manifest()?;
        if let Some(table) = self.table(sources.pillars.as_ref(), &mut report, DataSet::Pillars) {
            report.pillars = self.pillars(&table, &mut report.incomplete);
        }
        if let Some(table) =
            self.table(sources.indicators.as_ref(), &mut report, DataSet::Indicators)
        {
            report.indicators = self.indicators(&table, &mut report.incomplete);
        }
        if let Some(table) =
            self.table(sources.initiatives.as_ref(), &mut report, DataSet::Initiatives)
        {
            report.initiatives = self.initiatives(&table, &mut report);
        }
        if let Some(table) = self.table(sources.constants.as_ref(), &mut report, DataSet::Constants)
        {
            report.constants = self.constants(&table, &mut report.incomplete);
        }
        report.figures = {
            let indicators = (&report.indicators, report.indicators_state);
            self.figures(sources.figures, &mut report.incomplete, indicators)
        };
        self.prose(&sources.prose, &mut report);
        self.titles(&mut report);
        self.page_references(&report);
        report.texts = std::mem::take(&mut self.texts);
        Some(report)
    }

    /// Reads the CSV of a data set; a report may do without the set altogether.
    fn table(
        &mut self,
        source: Option<&(String, Place)>,
        report: &mut Report,
        set: DataSet,
    ) -> Option<Table> {
        let (file, place) = source?;
        let table = self.read_csv(file, place);
        if table.is_none() {
            report.incomplete.insert(set);
        }
        table
    }

    /// Reads a CSV file that report.toml names at `place`.
    fn read_csv(&mut self, file: &str, place: &Place) -> Option<Table> {
        let text = self.read_text(file, place)?;
        match read_table(file, &text) {
            Ok(table) => Some(table),
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }

    /// Reads a text file that report.toml names at `place`.
    fn read_text(&mut self, file: &str, place: &Place) -> Option<String> {
        let problem = match self.folder.read(file) {
            Ok(bytes) => match decode(file, &bytes) {
                Ok(Decoded { text, encoding }) => {
                    if encoding != Encoding::Utf8 {
                        self.problems.push(
                            Problem::note(Code::OtherEncoding, Place::file(file))
                                .message(format!("{}として読みました", encoding.name())),
                        );
                    }
                    return Some(text);
                }
                Err(problem) => *problem,
            },
            Err(error) => unreadable(file, place, error),
        };
        self.problems.push(problem);
        None
    }

    /// Notes a text that will be printed, so that its characters can be checked.
    fn note(&mut self, text: &str, place: &Place) {
        if !text.is_ascii() || text.contains(|c: char| c.is_ascii_control()) {
            self.texts.push((text.to_owned(), place.clone()));
        }
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
