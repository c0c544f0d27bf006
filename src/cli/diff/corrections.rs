//! `--expect` and `--reason`: the corrections that were meant, as the command line gives them.

use std::path::Path;

use crate::app::files;
use crate::cli::ending::Ending;
use crate::cli::messages::faulty;
use crate::cli::printer::Printer;
use soukatsu_core::load::{Decoded, decode, largest_file};
use soukatsu_core::model::correction::Correction;
use soukatsu_core::problem::{Code, Place, Problem};
use soukatsu_core::validate::read_corrections;

/// How messages call the command line.
const COMMAND_LINE: &str = "--expect";

/// The corrections of `--expect`: lists in files, and targets written out.
pub fn corrections(given: &[String], printer: &mut Printer) -> Result<Vec<Correction>, Ending> {
    let mut corrections = Vec::new();
    for given in given {
        match is_list(given) {
            true => corrections.extend(list(given, printer)?),
            false => corrections.push(Correction::of(given, Place::file(COMMAND_LINE))),
        }
    }
    Ok(corrections)
}

/// The reasons of `--reason`: one for everything, or a list with one for each correction.
pub fn reasons(
    given: Option<&str>,
    printer: &mut Printer,
) -> Result<(Option<String>, Vec<Correction>), Ending> {
    match given {
        Some(given) if is_list(given) => Ok((None, list(given, printer)?)),
        given => Ok((given.map(str::to_owned), Vec::new())),
    }
}

/// A list has a name of its own; report.toml is what is corrected.
fn is_list(given: &str) -> bool {
    let ends = given.to_ascii_lowercase().ends_with(".toml");
    ends && !given.contains([':', '：']) && given != "report.toml"
}

fn list(path: &str, printer: &mut Printer) -> Result<Vec<Correction>, Ending> {
    let read = files::read_at_most(Path::new(path), largest_file(path)).map_err(|reason| {
        vec![
            Problem::error(Code::FileUnreadable, Place::file(path))
                .message(format!("訂正の一覧「{path}」を読めません（{reason}）")),
        ]
    });
    let text = read.and_then(|bytes| decode(path, &bytes).map_err(|problem| vec![*problem]));
    let corrections = text.and_then(|Decoded { text, .. }| read_corrections(path, &text));
    corrections.map_err(|problems| faulty(&problems, printer))
}
