//! What the options of `diff` may hold.

use std::path::{Path, PathBuf};

use crate::app::editions::validated_input;
use crate::cli::ending::Ending;
use crate::cli::printer::Printer;
use crate::world::{Fonts, Uncovered, uncovered};
use soukatsu_core::model::correction::Correction;
use soukatsu_core::model::date::Date;
use soukatsu_core::problem::Place;

/// A text that is not empty.
pub fn filled(given: &str) -> Result<String, String> {
    match given.trim().is_empty() {
        true => Err("空でない語を書いてください".to_owned()),
        false => Ok(given.to_owned()),
    }
}

/// The name of a 正誤表.
pub fn errata_file(given: &str) -> Result<PathBuf, String> {
    ending(given, &["pdf", "csv"], "名前は .pdf か .csv で終えてください")
}

/// Whether a 正誤表 is a table.
pub fn is_csv(errata: &Path) -> bool {
    errata.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

/// A day.
pub fn day(given: &str) -> Result<Date, String> {
    let day = validated_input::day(given)?;
    let number = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(day.year()).unwrap_or_default();
    Ok(Date { year, month: number(day.month()), day: number(day.day()) })
}

/// The name of a PDF.
pub fn pdf_file(given: &str) -> Result<PathBuf, String> {
    ending(given, &["pdf"], "名前は .pdf で終えてください")
}

fn ending(given: &str, known: &[&str], otherwise: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(given);
    let fits =
        |ending: &std::ffi::OsStr| known.iter().any(|known| ending.eq_ignore_ascii_case(known));
    match path.extension().is_some_and(fits) {
        true => Ok(path),
        false => Err(otherwise.to_owned()),
    }
}

/// Whether the fonts have every character of the stamp and of the reasons that come onto paper.
pub fn check_characters(
    (stamp, errata): (Option<&str>, Option<&Path>),
    reason: Option<&str>,
    lists: [&[Correction]; 2],
    fonts: &Fonts,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let mut texts: Vec<(String, Place)> = Vec::new();
    texts.extend(stamp.map(|stamp| (stamp.to_owned(), Place::file("--stamp"))));
    let mut reasons: Vec<(String, Place)> = Vec::new();
    reasons.extend(reason.map(|reason| (reason.to_owned(), Place::file("--reason"))));
    reasons.extend(lists.into_iter().flatten().filter_map(|correction| {
        // The column is that of the correction, and not of its reason.
        let place = Place { column: None, ..correction.place.clone() };
        Some((correction.reason.clone()?, place))
    }));
    match errata.map(is_csv) {
        Some(false) => texts.extend(reasons),
        // A table holds every character, and shows it or not.
        Some(true) => {
            for missing in uncovered(&reasons, fonts) {
                let (text, codes) = (missing.text(), missing.codes());
                printer.note(&format!("理由の「{text}」（{codes}）を表せるフォントがありません。CSVの正誤表にはそのまま入りますが、PDFの正誤表は作れません。"));
            }
        }
        None => {}
    }
    let problems: Vec<_> = uncovered(&texts, fonts).iter().flat_map(Uncovered::problems).collect();
    if problems.is_empty() {
        return Ok(());
    }
    printer.problems(&problems, "");
    Err(Ending::ReportAtFault)
}
