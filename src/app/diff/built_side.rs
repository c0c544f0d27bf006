//! An edition with what this program makes of its sources, and the PDF that shows its pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::page_names::PageNames;
use super::provenance::{self, ProvenanceDifference};
use super::side::Side;
use crate::app::{Build, BuildOptions, Output, Workshop, mark_of};
use crate::compare::Edition;
use crate::compile::{RowPages, row_pages};
use crate::export::{DocumentPart, Pages, are_pages_damaged, document_differences};
use crate::record::BuildRecord;
use crate::world::Profile;
use soukatsu_core::problem::Problem;

/// A report folder that cannot be compared, because its report.toml cannot be read.
#[derive(Debug)]
pub struct UnreadReport {
    /// As it was given.
    pub name: String,
    pub problems: Vec<Problem>,
}

impl fmt::Display for UnreadReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "「{}」を読めないので、比べられません。", self.name)
    }
}

/// What became of a PDF since it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    AsMade,
    /// It has other bytes, and pages that can be drawn.
    Altered,
    /// Some of its pages cannot be drawn.
    Damaged,
}

/// What becomes of a PDF that was made otherwise when this program makes it again of its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remade {
    /// The same for every reader, but for what names its maker.
    Same,
    /// These parts are not the same.
    Departs(BTreeSet<DocumentPart>),
    /// Its sources make no PDF here.
    Impossible,
}

/// A side of the comparison, built where it has sources.
pub struct BuiltSide {
    /// As it was given on the command line.
    pub name: String,
    pub side: Side,
    /// `None` without sources that can be read.
    pub build: Option<Build>,
    pub rows: Vec<RowPages>,
    /// The files of a template of its own, by their path in the report folder.
    pub template: BTreeMap<String, Vec<u8>>,
    /// Of a PDF that this very program made: whether it still is what its sources make.
    pub state: State,
    /// Of a PDF that another program, template or set of fonts made.
    pub remade: Option<Remade>,
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

impl BuiltSide {
    /// Builds both sides, each with the options it was made with; a folder with those of the
    /// other side. With marks of their versions both name the same one, so that the marks are no
    /// difference; see [`BuiltSide::marks`].
    pub fn both(
        sides: [Side; 2],
        names: [&str; 2],
        workshop: &Workshop,
    ) -> Result<[Self; 2], Vec<UnreadReport>> {
        let records = sides.each_ref().map(|side| match side {
            Side::Official { record, .. } => Some((**record).clone()),
            _ => None,
        });
        let [old, new] = sides;
        let both = [(old, names[0], 0), (new, names[1], 1)];
        let built = both.map(|(side, name, index)| {
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
            let build = side.sources().map(|folder| workshop.build(folder, &like));
            let ours = build.as_ref().and_then(|build| build.record(&Output::default()));
            let own = build.iter().flat_map(|build| build.own_template_files());
            let template = own.map(|(path, text)| (path, text.to_vec())).collect();
            let notice = build.as_ref().and_then(Build::notice);
            let rows = build.as_ref().and_then(|build| build.draft.as_ref().map(row_pages));
            BuiltSide {
                name: name.to_owned(),
                side,
                build,
                rows: rows.unwrap_or_default(),
                template,
                state: State::AsMade,
                remade: None,
                ours,
                options,
                named: marked.map(mark_of),
                notice,
            }
        });
        let mut unread = Vec::new();
        let built = built.map(|mut built| {
            built.state = built.state(workshop);
            built.remade = built.remade(workshop);
            let readable = built.build.as_ref().is_none_or(|build| build.report.is_some());
            if readable {
                return built;
            }
            // The pages of a PDF can be compared all the same.
            let build = built.build.take();
            if let (None, Some(build)) = (built.side.pdf(), build) {
                let name = built.name.clone();
                unread.push(UnreadReport { name, problems: build.problems.clone() });
            }
            built
        });
        if unread.is_empty() { Ok(built) } else { Err(unread) }
    }

    /// What was read of its sources, and what of it is compared.
    pub fn read(&self) -> Option<(&Build, Edition<'_>)> {
        let build = self.build.as_ref()?;
        let report = build.report.as_ref()?;
        let (bindings, rows, template) = (&build.bindings, &self.rows, &self.template);
        let notice = self.notice.as_deref();
        Some((build, Edition { report, bindings, rows, template, notice }))
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

    /// Makes a PDF again that this program cannot make byte for byte.
    fn remade(&self, workshop: &Workshop) -> Option<Remade> {
        let Side::Official { pdf, sources, record } = &self.side else { return None };
        if self.made_otherwise().is_empty() && self.is_laid_out_here() {
            return None;
        }
        let (again, output) = BuildOptions::again(record);
        let Ok(Some(made)) = workshop.build(sources, &again).export(&output) else {
            return Some(Remade::Impossible);
        };
        Some(match document_differences(pdf, &made) {
            Some(parts) if parts.is_empty() => Remade::Same,
            Some(parts) => Remade::Departs(parts),
            None => Remade::Impossible,
        })
    }

    /// Whether what is read of its sources is all that a reader sees of it: of a PDF that another
    /// version made, nothing else proves it.
    pub fn shows_its_sources(&self) -> bool {
        self.remade.as_ref().is_none_or(|remade| *remade == Remade::Same)
    }

    /// Whether its PDF was changed after it was made: readers may show more than its pages.
    pub fn is_altered(&self) -> bool {
        self.state == State::Altered
    }

    /// Where a PDF was made otherwise than this program would make it; see
    /// [`provenance::differences`].
    pub fn made_otherwise(&self) -> Vec<ProvenanceDifference> {
        let Side::Official { record, .. } = &self.side else { return Vec::new() };
        match &self.ours {
            Some(_) if self.state == State::Altered => vec![ProvenanceDifference::Altered],
            Some(ours) => provenance::differences(record, ours),
            None => {
                vec![ProvenanceDifference::NoTemplate(record.template.name.clone())]
            }
        }
    }

    /// Whether the pages of its sources, laid out here, are its pages.
    pub fn is_laid_out_here(&self) -> bool {
        let laid_out = self.build.as_ref().is_some_and(|build| build.draft.is_some());
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
        other: &BuiltSide,
        workshop: &Workshop,
    ) -> Result<Option<Cow<'_, [u8]>>, Vec<Problem>> {
        if let Some(pdf) = self.side.pdf() {
            return Ok(Some(Cow::Borrowed(pdf)));
        }
        let (Some(folder), Some(build)) = (self.side.sources(), &self.build) else {
            return Ok(None);
        };
        let pdf = match other.fixed_record().filter(|_| self.is_laid_out_here()) {
            Some(record) => {
                let (like, output) = BuildOptions::like(record, record);
                workshop.build(folder, &like).export(&output)
            }
            None => build.export(&Output::default()),
        };
        pdf.map(|pdf| pdf.map(Cow::Owned))
    }

    /// The names of the pages of a PDF of it, where they are known to be those of its sources.
    pub fn page_names(&self, labels: &[Option<String>]) -> PageNames {
        let build = self.build.as_ref();
        let Some((report, draft)) =
            build.and_then(|build| Some((build.report.as_ref()?, build.draft.as_ref()?)))
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
