//! What several commands say.

use std::path::Path;

use super::ending::Ending;
use super::printer::Printer;
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
