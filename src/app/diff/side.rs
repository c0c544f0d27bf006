//! The editions that are compared: what each of them is, and which of its sources can be used.

use std::fmt;
use std::path::Path;

use super::attachments::{Checked, check};
use crate::app::files;
use crate::export::{AttachedFault, Pages, PdfFault, are_pages_damaged, attached_files};
use crate::record::BuildRecord;
use soukatsu_core::load::Folder;

/// One side of the comparison.
pub enum Side {
    Folder(Folder),
    /// A PDF whose attachments are, byte for byte, what its record lists.
    Official {
        pdf: Vec<u8>,
        sources: Folder,
        record: Box<BuildRecord>,
    },
    /// A PDF without a report in it: of an ordinary build, or of any other program.
    Bare {
        pdf: Vec<u8>,
    },
    /// A PDF whose attachments are not what they were. Half a report is no report: those that
    /// are still whole are not used either.
    Damaged {
        pdf: Vec<u8>,
        faults: Vec<String>,
        record: Option<Box<BuildRecord>>,
    },
}

impl Side {
    /// The sources, when they are whole.
    pub fn sources(&self) -> Option<&Folder> {
        match self {
            Side::Folder(folder) | Side::Official { sources: folder, .. } => Some(folder),
            Side::Bare { .. } | Side::Damaged { .. } => None,
        }
    }

    /// The PDF as it was given.
    pub fn pdf(&self) -> Option<&[u8]> {
        match self {
            Side::Folder(_) => None,
            Side::Official { pdf, .. } | Side::Bare { pdf } | Side::Damaged { pdf, .. } => {
                Some(pdf)
            }
        }
    }

    /// What the PDF says of its making.
    pub fn record(&self) -> Option<&BuildRecord> {
        match self {
            Side::Official { record, .. } => Some(record),
            Side::Damaged { record, .. } => record.as_deref(),
            Side::Folder(_) | Side::Bare { .. } => None,
        }
    }
}

/// Why nothing can be compared with what stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SideFault {
    /// An edition of a store whose PDF cannot be taken: the end of the sentence that says why.
    Edition(String),
    /// The file cannot be read, in the system's words.
    Unreadable(String),
    /// It would take all memory to open it.
    TooHeavy,
    /// Neither a report folder nor a PDF that can be drawn.
    Pdf(PdfFault),
}

/// The end of a sentence that begins with the name of the path.
impl fmt::Display for SideFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SideFault::Edition(reason) => reason,
            SideFault::Unreadable(reason) => return write!(f, "を読めません（{reason}）"),
            SideFault::TooHeavy => {
                "は、開くとメモリーを使い切るように作られたPDFです。開きません"
            }
            SideFault::Pdf(PdfFault::Unreadable) => {
                "は報告書フォルダーでもPDFでもないか、壊れています"
            }
            SideFault::Pdf(PdfFault::Password) => {
                "は暗号化されていて、開くにはパスワードが要ります。パスワードを外したPDFを指定してください"
            }
            SideFault::Pdf(PdfFault::Encryption) => {
                "は暗号化されていて、その方式を読めません。暗号化を解いたPDFを指定してください"
            }
            SideFault::Pdf(PdfFault::NoPages) => "は1ページもないPDFです",
        })
    }
}

impl Side {
    /// What stands at a path: a report folder, an edition of a store, a PDF.
    ///
    /// # Errors
    /// Why it is of no use.
    pub fn open(path: &Path) -> Result<Side, SideFault> {
        // An edition of a store is what was official: its PDF, with the sources inside.
        if crate::archive::is_bag(path) {
            return pdf_side(crate::archive::kept_pdf(path).map_err(SideFault::Edition)?);
        }
        if path.is_dir() {
            return Ok(Side::Folder(Folder::Disk(path.to_owned())));
        }
        pdf_side(files::read(path).map_err(SideFault::Unreadable)?)
    }
}

/// What a PDF is.
fn pdf_side(pdf: Vec<u8>) -> Result<Side, SideFault> {
    let side = match attached_files(&pdf) {
        Ok(files) => match check(files) {
            Checked::Whole { files, record } => {
                return Ok(Side::Official { pdf, sources: Folder::Memory(files), record });
            }
            Checked::Faulty { faults, record } => Side::Damaged { pdf, faults, record },
            Checked::Foreign => Side::Bare { pdf },
        },
        Err(AttachedFault::None) => Side::Bare { pdf },
        Err(AttachedFault::Damaged) => {
            let faults = vec!["添付ファイルの一覧が壊れています".to_owned()];
            Side::Damaged { pdf, faults, record: None }
        }
        // Nothing else shall open it either.
        Err(AttachedFault::TooHeavy) => {
            return Err(SideFault::TooHeavy);
        }
        Err(AttachedFault::Unreadable) => {
            let faults = vec!["PDFそのものが壊れていて、添付ファイルを取り出せません".to_owned()];
            Side::Damaged { pdf, faults, record: None }
        }
    };
    // Without sources there are only the pages.
    let pages = Pages::of_pdf(side.pdf().unwrap_or_default().to_vec(), "");
    let count = pages.map_err(SideFault::Pdf)?.count();
    Ok(match side {
        Side::Bare { pdf } if are_pages_damaged(&pdf, count) => {
            let fault = "PDFそのものが壊れていて、添付ファイルがあったかどうかも分かりません";
            Side::Damaged { pdf, faults: vec![fault.to_owned()], record: None }
        }
        side => side,
    })
}
