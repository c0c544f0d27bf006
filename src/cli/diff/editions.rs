//! The editions that `diff` is given: report folders, and PDFs.

use std::path::Path;

use crate::cli::printer::Printer;
use crate::cli::{Ending, output};
use crate::export::{AttachedFault, attached_files};
use crate::load::{Folder, stays_inside};

/// A report folder, or what is attached to an official PDF.
pub fn open(path: &Path, printer: &mut Printer) -> Result<Folder, Ending> {
    if path.is_dir() {
        return Ok(Folder::Disk(path.to_owned()));
    }
    let refuse = |printer: &mut Printer, reason: &str| {
        printer.note(&format!("「{}」{reason}。", path.display()));
        Ending::ReportAtFault
    };
    let bytes = match output::read(path) {
        Ok(bytes) => bytes,
        Err(reason) => return Err(refuse(printer, &format!("を読めません（{reason}）"))),
    };
    let files = attached_files(&bytes).map_err(|fault| {
        refuse(
            printer,
            match fault {
                AttachedFault::Unreadable => {
                    "は報告書フォルダーでもPDFでもないか、壊れています"
                }
                AttachedFault::None => {
                    "には元のファイルが添付されていません。比べられるのは、報告書フォルダーと、`soukatsu build --official` で作ったPDFです"
                }
                AttachedFault::Damaged => "の添付ファイルが壊れています",
            },
        )
    })?;
    if let Some(name) = files.keys().find(|name| !stays_inside(name)) {
        return Err(refuse(
            printer,
            &format!("の添付ファイル「{name}」は、フォルダーの外を指しています"),
        ));
    }
    Ok(Folder::Memory(files))
}
