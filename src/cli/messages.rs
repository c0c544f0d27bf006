//! What several commands say.

use std::path::Path;

use super::ending::Ending;
use super::printer::Printer;
use crate::app::diff::{Diff, PagesNotCompared};
use soukatsu_core::problem::Problem;

/// Tells that a file or folder cannot be written, and ends so.
pub fn cannot_write(target: &Path, reason: &str, printer: &mut Printer) -> Ending {
    printer.note(&format!(
        "誤り[S802] 「{}」に書き込めません（{reason}）。フォルダーがあるか、ほかのソフトで開いていないかを確かめてください。",
        target.display()
    ));
    Ending::ReportAtFault
}

/// What leads from the current folder to the files of the report.
pub fn prefix(root: &Path) -> String {
    match root.to_str() {
        Some(".") | None => String::new(),
        Some(path) => format!("{}/", path.trim_end_matches('/')),
    }
}

/// Tells problems that stop the command.
pub fn faulty(problems: &[Problem], printer: &mut Printer) -> Ending {
    printer.problems(problems, "");
    Ending::ReportAtFault
}

/// What is said of the comparison of the pages.
pub fn tell_pages(diff: &Diff, printer: &mut Printer) {
    match &diff.paper {
        Ok(paper) => paper.notes.iter().for_each(|note| printer.note(&note.to_string())),
        Err(fault) => {
            if let PagesNotCompared::NotExported { problems, .. } = fault {
                printer.problems(problems, "");
            }
            printer.note(&fault.to_string());
        }
    }
}
