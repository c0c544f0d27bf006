//! The editions that `diff` is given: what each of them is, and which of its sources can be used.

use std::path::Path;

use super::attachments::{Checked, check};
use crate::cli::printer::Printer;
use crate::cli::{Ending, output};
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

/// Opens both editions; what cannot be opened is told of both in one run.
pub fn open(paths: [&Path; 2], printer: &mut Printer) -> Result<[Side; 2], Ending> {
    match paths.map(side) {
        [Ok(old), Ok(new)] => Ok([old, new]),
        sides => {
            for (side, path) in sides.iter().zip(paths) {
                if let Err(reason) = side {
                    printer.note(&format!("「{}」{reason}。", path.display()));
                }
            }
            Err(Ending::ReportAtFault)
        }
    }
}

/// What stands at a path, or the end of the sentence that says why it is of no use.
pub fn side(path: &Path) -> Result<Side, String> {
    // An edition of a store is what was official: its PDF, with the sources inside.
    if crate::archive::is_bag(path) {
        return pdf_side(crate::archive::kept_pdf(path)?);
    }
    if path.is_dir() {
        return Ok(Side::Folder(Folder::Disk(path.to_owned())));
    }
    pdf_side(output::read(path).map_err(|reason| format!("を読めません（{reason}）"))?)
}

/// What a PDF is.
fn pdf_side(pdf: Vec<u8>) -> Result<Side, String> {
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
            return Err("は、開くとメモリーを使い切るように作られたPDFです。開きません".to_owned());
        }
        Err(AttachedFault::Unreadable) => {
            let faults = vec!["PDFそのものが壊れていて、添付ファイルを取り出せません".to_owned()];
            Side::Damaged { pdf, faults, record: None }
        }
    };
    // Without sources there are only the pages.
    let count = pages(side.pdf().unwrap_or_default())?;
    Ok(match side {
        Side::Bare { pdf } if are_pages_damaged(&pdf, count) => {
            let fault = "PDFそのものが壊れていて、添付ファイルがあったかどうかも分かりません";
            Side::Damaged { pdf, faults: vec![fault.to_owned()], record: None }
        }
        side => side,
    })
}

/// How many pages can be drawn.
fn pages(pdf: &[u8]) -> Result<usize, String> {
    let reason = match Pages::of_pdf(pdf.to_vec(), "") {
        Ok(pages) => return Ok(pages.count()),
        Err(PdfFault::Unreadable) => "は報告書フォルダーでもPDFでもないか、壊れています",
        Err(PdfFault::Password) => {
            "は暗号化されていて、開くにはパスワードが要ります。パスワードを外したPDFを指定してください"
        }
        Err(PdfFault::Encryption) => {
            "は暗号化されていて、その方式を読めません。暗号化を解いたPDFを指定してください"
        }
        Err(PdfFault::NoPages) => "は1ページもないPDFです",
    };
    Err(reason.to_owned())
}
