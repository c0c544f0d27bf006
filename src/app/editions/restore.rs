//! An edition, or an official PDF alone, back to a report folder.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::rebuild::is_made_of;
use super::selection::{NoEdition, Selection, open_edition};
use crate::app::Workshop;
use crate::app::diff::{Side, SideFault};
use crate::app::files::{self, KEPT};
use crate::archive::{record, report_files, write_folder};
use crate::record::BuildRecord;
use crate::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::Problem;

/// A report folder that can be restored.
pub struct RestorableReport {
    files: BTreeMap<String, Vec<u8>>,
    /// How its PDF was made, if that can be relied on.
    record: Option<BuildRecord>,
    /// The PDF, when it is all that there is.
    pdf: Option<Vec<u8>>,
    /// What else of the edition is not as it was kept, without bearing on the report; places are
    /// relative to the store.
    pub doubts: Vec<Problem>,
}

/// A report folder that was restored.
#[derive(Debug)]
pub enum Restored {
    /// A build of it makes the same PDF, when it is made so.
    Reproducible(Box<BuildRecord>),
    /// This program makes another PDF of it.
    Different,
    /// What it would make is not known.
    Unknown,
}

/// Why a report folder is not restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRestored {
    Edition(NoEdition),
    /// The edition is not as it was kept; places are relative to the store.
    Damaged {
        number: u32,
        problems: Vec<Problem>,
    },
    /// The file cannot be taken for an official PDF.
    Pdf(PathBuf, SideFault),
    /// The attachments are not what they were.
    DamagedPdf(PathBuf, Vec<String>),
    /// The PDF holds no report.
    NoSources(PathBuf),
    Folder(PathBuf),
    /// In Japanese, why.
    Unwritable(PathBuf, String),
}

impl fmt::Display for NotRestored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotRestored::Edition(none) => none.fmt(f),
            NotRestored::Damaged { number, .. } => {
                write!(f, "版{number}は保管したときのままではないので、戻していません。")
            }
            NotRestored::Pdf(path, fault) => write!(f, "「{}」{fault}。", path.display()),
            NotRestored::DamagedPdf(path, faults) => write!(
                f,
                "「{}」の添付ファイルが壊れています（{}）。",
                path.display(),
                faults.join("、")
            ),
            NotRestored::NoSources(path) => write!(
                f,
                "「{}」には元のファイルが添付されていません。`soukatsu build --official` で作ったPDFを指定してください。",
                path.display()
            ),
            NotRestored::Folder(path) => {
                write!(f, "「{}」は正式版のPDFではなく、報告書フォルダーです。", path.display())
            }
            NotRestored::Unwritable(target, reason) => {
                write!(f, "「{}」に戻せません（{reason}）。", target.display())
            }
        }
    }
}

impl RestorableReport {
    /// The report folder of an edition, proven to be what was kept.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn of_edition(store: &Path, number: u32) -> Result<Self, NotRestored> {
        let (store, edition) =
            open_edition(store, &Selection::Number(number)).map_err(NotRestored::Edition)?;
        let (files, doubts) = report_files(&store, &edition)
            .map_err(|problems| NotRestored::Damaged { number, problems })?;
        let record = record(&edition).ok().filter(|_| doubts.is_empty());
        Ok(RestorableReport { files, record, pdf: None, doubts })
    }

    /// The sources inside an official PDF, proven to be what its record lists.
    ///
    /// # Errors
    /// Why they cannot be had.
    pub fn of_pdf(path: &Path) -> Result<Self, NotRestored> {
        let here = path.to_owned();
        match Side::open(path) {
            Ok(Side::Official { sources: Folder::Memory(files), record, .. }) => {
                let pdf = files::read(path).ok();
                Ok(RestorableReport { files, record: Some(*record), pdf, doubts: Vec::new() })
            }
            Ok(Side::Damaged { faults, .. }) => Err(NotRestored::DamagedPdf(here, faults)),
            Ok(Side::Bare { .. }) => Err(NotRestored::NoSources(here)),
            Ok(_) => Err(NotRestored::Folder(here)),
            Err(fault) => Err(NotRestored::Pdf(here, fault)),
        }
    }

    /// Writes it as a new folder, whole or not at all.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn write(&self, target: &Path) -> Result<(), NotRestored> {
        let unwritable = |reason| NotRestored::Unwritable(target.to_owned(), reason);
        if files::kept_around(target).is_some() {
            return Err(unwritable(KEPT.to_owned()));
        }
        write_folder(target, &self.files).map_err(unwritable)
    }

    /// What a build of it comes to.
    pub fn reproduced(self) -> Restored {
        let RestorableReport { files, record, pdf, .. } = self;
        let Some(record) = record else { return Restored::Unknown };
        // Of a PDF alone nothing but its bytes says that it is what its sources make.
        let workshop = || Workshop::new(Fonts::embedded());
        match pdf.is_none_or(|pdf| is_made_of(&pdf, &files, &record, &workshop())) {
            true => Restored::Reproducible(Box::new(record)),
            false => Restored::Different,
        }
    }
}
