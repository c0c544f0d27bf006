//! `--expect` and `--reason`: the corrections that were meant, as the command line gives them.

use std::path::Path;

use super::Args;
use crate::cli::printer::Printer;
use crate::cli::{Ending, output};
use crate::compare::{Edition, Expectation};
use soukatsu_core::load::{Decoded, decode};
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
    let read = output::read(Path::new(path)).map_err(|reason| {
        vec![
            Problem::error(Code::FileUnreadable, Place::file(path))
                .message(format!("訂正の一覧「{path}」を読めません（{reason}）")),
        ]
    });
    let text = read.and_then(|bytes| decode(path, &bytes).map_err(|problem| vec![*problem]));
    let corrections = text.and_then(|Decoded { text, .. }| read_corrections(path, &text));
    corrections.map_err(|problems| {
        printer.problems(&problems, "");
        Ending::ReportAtFault
    })
}

/// The corrections, looked up in both editions.
pub fn expectation<'a>(
    corrections: &'a [Correction],
    [old, new]: [Edition<'_>; 2],
    printer: &mut Printer,
) -> Result<Expectation<'a>, Ending> {
    Expectation::new(corrections, old, new).map_err(|problems| {
        printer.problems(&problems, "");
        Ending::ReportAtFault
    })
}

/// Says what was not expected. What goes out to the council must hold nothing that nobody meant
/// to change, so nothing is written.
pub fn refuse(
    args: &Args,
    unexpected: &[Problem],
    has_errors: bool,
    printer: &mut Printer,
) -> Ending {
    printer.problems(unexpected, "");
    if has_errors {
        printer.note("後の版に誤りがあるので、予定した訂正のとおりとは言えません。");
    } else if unexpected.is_empty() {
        printer.note("比べられないページがあるので、予定した訂正のとおりとは言えません。");
    }
    if args.errata.is_some() || args.pages.is_some() {
        printer.note("予定した訂正のとおりでないので、正誤表と差替えページは書き出していません。");
    }
    Ending::ReportAtFault
}
