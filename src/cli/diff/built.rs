//! An edition with what this program makes of its sources, and the PDF that shows its pages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use super::editions::Side;
use super::makers;
use super::page_names::PageNames;
use crate::app::{Build, BuildOptions, Output, Workshop, mark_of};
use crate::cli::printer::Printer;
use crate::cli::{Ending, build};
use crate::compare::Edition;
use crate::compile::{RowPages, row_pages};
use crate::export::{Pages, are_pages_damaged};
use crate::record::BuildRecord;
use crate::world::Profile;
use soukatsu_core::problem::Problem;

/// What is said of a PDF whose bytes are not those that its sources make.
const ALTERED: &str =
    "PDFの中身: 添付の元のファイルから組んだものと違います（後から変えられたおそれがあります）";

/// What became of a PDF since it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    AsMade,
    /// It has other bytes, and pages that can be drawn.
    Altered,
    /// Some of its pages cannot be drawn.
    Damaged,
}

/// A side of the comparison, built where it has sources.
pub struct Built {
    /// As it was given on the command line.
    pub name: String,
    pub side: Side,
    /// `None` without sources that can be read.
    pub outcome: Option<Build>,
    pub rows: Vec<RowPages>,
    /// The files of a template of its own, by their path in the report folder.
    pub template: BTreeMap<String, Vec<u8>>,
    /// Of a PDF that this very program made: whether it still is what its sources make.
    pub state: State,
    /// What this program would write into the record of a PDF of these sources.
    pub ours: Option<BuildRecord>,
    /// The record with whose options it was laid out: its own, or of a folder that of the other
    /// side. `None` for the usual options.
    pub options: Option<BuildRecord>,
    /// The mark of a version on its pages here.
    named: Option<String>,
    /// What its cover says of data that is not final.
    notice: Option<String>,
}

impl Built {
    /// Builds both sides, each with the options it was made with; a folder with those of the
    /// other side. With marks of their versions both name the same one, so that the marks are no
    /// difference; see [`Built::marks`].
    pub fn both(
        sides: [Side; 2],
        paths: [&Path; 2],
        workshop: &Workshop,
        printer: &mut Printer,
    ) -> Result<[Self; 2], Ending> {
        let records = sides.each_ref().map(|side| match side {
            Side::Official { record, .. } => Some((**record).clone()),
            _ => None,
        });
        let [old, new] = sides;
        let both = [(old, paths[0], 0), (new, paths[1], 1)];
        let built = both.map(|(side, path, index)| {
            let options = match &side {
                Side::Official { .. } => records[index].clone(),
                Side::Folder(_) => records[1 - index].clone(),
                Side::Bare { .. } | Side::Damaged { .. } => None,
            };
            let options = options.filter(is_unusual);
            let marked = records.iter().flatten().find(|record| record.options.edition_mark);
            let like = options.as_ref().map_or_else(BuildOptions::default, |record| {
                BuildOptions::like(record, marked.unwrap_or(record)).0
            });
            let outcome = side.sources().map(|folder| workshop.build(folder, &like));
            let ours = outcome.as_ref().and_then(|build| build.record(&Output::default()));
            let own = outcome.iter().flat_map(|build| build.own_template_files());
            let template = own.map(|(path, text)| (path, text.to_vec())).collect();
            let notice = outcome.as_ref().and_then(Build::notice);
            let rows = outcome.as_ref().and_then(|outcome| outcome.draft.as_ref().map(row_pages));
            Built {
                name: path.display().to_string(),
                side,
                outcome,
                rows: rows.unwrap_or_default(),
                template,
                state: State::AsMade,
                ours,
                options,
                named: marked.map(mark_of),
                notice,
            }
        });
        printer.finish();
        let mut unread = false;
        let built = built.map(|mut built| {
            built.state = built.state(workshop);
            let Some(outcome) = built.outcome.take() else { return built };
            if outcome.report.is_some() {
                return Built { outcome: Some(outcome), ..built };
            }
            // The pages of a PDF can be compared all the same.
            if built.side.pdf().is_none() {
                printer.problems(&outcome.problems, &build::prefix(Path::new(&built.name)));
                printer.note(&format!("「{}」を読めないので、比べられません。", built.name));
                unread = true;
            }
            built
        });
        if unread { Err(Ending::ReportAtFault) } else { Ok(built) }
    }

    /// What was read of its sources, and what of it is compared.
    pub fn read(&self) -> Option<(&Build, Edition<'_>)> {
        let outcome = self.outcome.as_ref()?;
        let report = outcome.report.as_ref()?;
        let (bindings, rows, template) = (&outcome.bindings, &self.rows, &self.template);
        let notice = self.notice.as_deref();
        Some((outcome, Edition { report, bindings, rows, template, notice }))
    }

    /// The same sources make the same bytes: a PDF of this very program that has others was
    /// changed after it was made.
    fn state(&self, workshop: &Workshop) -> State {
        let Side::Official { pdf, sources, record } = &self.side else { return State::AsMade };
        if !self.made_otherwise().is_empty() {
            return State::AsMade;
        }
        let (again, output) = BuildOptions::again(record);
        match workshop.build(sources, &again).export(&output) {
            Ok(Some(made)) if made == *pdf => State::AsMade,
            // Pages that cannot be drawn show nothing of what was done to them.
            Ok(Some(_)) if !are_pages_lost(pdf) => State::Altered,
            _ if are_pages_lost(pdf) => State::Damaged,
            _ => State::AsMade,
        }
    }

    /// Whether its PDF was changed after it was made: readers may show more than its pages.
    pub fn is_altered(&self) -> bool {
        self.state == State::Altered
    }

    /// Where a PDF was made otherwise than this program would make it; see [`makers::otherwise`].
    pub fn made_otherwise(&self) -> Vec<String> {
        let Side::Official { record, .. } = &self.side else { return Vec::new() };
        match &self.ours {
            Some(_) if self.state == State::Altered => vec![ALTERED.to_owned()],
            Some(ours) => makers::otherwise(record, ours),
            None => {
                vec![format!(
                    "テンプレート「{}」: この soukatsu にはありません",
                    record.template.name
                )]
            }
        }
    }

    /// Whether the pages of its sources, laid out here, are its pages.
    pub fn is_laid_out_here(&self) -> bool {
        let laid_out = self.outcome.as_ref().is_some_and(|outcome| outcome.draft.is_some());
        laid_out && self.made_otherwise().is_empty()
    }

    /// The record of a PDF that can only be taken as it is.
    pub fn fixed_record(&self) -> Option<&BuildRecord> {
        self.side.record().filter(|_| !self.is_laid_out_here())
    }

    /// The mark of its version on every page: the one it was laid out with, and its own.
    pub fn marks(&self) -> Option<(String, String)> {
        let options = self.options.as_ref().filter(|record| record.options.edition_mark)?;
        Some((self.named.clone()?, mark_of(self.ours.as_ref().unwrap_or(options))))
    }

    /// The PDF by which its pages are compared with those of another edition: a PDF as it is; a
    /// report laid out with the options of the other one, so that those count for no change.
    ///
    /// `None` when it cannot be laid out.
    ///
    /// # Errors
    /// Everything that keeps the pages from being exported.
    pub fn pictured(
        &self,
        other: &Built,
        workshop: &Workshop,
    ) -> Result<Option<Cow<'_, [u8]>>, Vec<Problem>> {
        if let Some(pdf) = self.side.pdf() {
            return Ok(Some(Cow::Borrowed(pdf)));
        }
        let (Some(folder), Some(outcome)) = (self.side.sources(), &self.outcome) else {
            return Ok(None);
        };
        let pdf = match other.fixed_record().filter(|_| self.is_laid_out_here()) {
            Some(record) => {
                let (like, output) = BuildOptions::like(record, record);
                workshop.build(folder, &like).export(&output)
            }
            None => outcome.export(&Output::default()),
        };
        pdf.map(|pdf| pdf.map(Cow::Owned))
    }

    /// The names of the pages of a PDF of it, where they are known to be those of its sources.
    pub fn page_names(&self, labels: &[Option<String>]) -> PageNames {
        let outcome = self.outcome.as_ref();
        let Some((report, draft)) =
            outcome.and_then(|outcome| Some((outcome.report.as_ref()?, outcome.draft.as_ref()?)))
        else {
            return PageNames::default();
        };
        match Pages::Laid(draft).labels() == labels {
            true => PageNames::of(report, &self.rows),
            false => PageNames::default(),
        }
    }
}

/// Whether a version was not laid out as `build` does when nothing else is asked for.
fn is_unusual(record: &BuildRecord) -> bool {
    let options = &record.options;
    let profile = Profile::named(&options.profile).unwrap_or_default();
    profile != Profile::default()
        || options.edition_mark
        || options.accept_provisional
        || options.marks
}

fn are_pages_lost(pdf: &[u8]) -> bool {
    let pages = Pages::of_pdf(pdf.to_vec(), "");
    pages.map_or(true, |pages| are_pages_damaged(pdf, pages.count()))
}
