//! The 正誤表 as files: PDF and CSV.

use std::path::Path;

use super::text;
use crate::cli::printer::Printer;
use crate::cli::{Ending, build, output};
use crate::compare::{ErrataRow, Segment};
use crate::pipeline::{Outcome, Session, errata_pdf};

/// Writes the 正誤表, unless there is nothing to correct.
pub fn write(
    target: &Path,
    rows: &[ErrataRow],
    [old, new]: [&Outcome; 2],
    session: &Session,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let Some(report) = new.report.as_ref().filter(|_| !rows.is_empty()) else {
        printer.note("紙面に変わった所がないので、正誤表は書き出していません。");
        return Ok(());
    };
    let editions = [old, new].map(|outcome| outcome.report.as_ref()?.edition.clone());
    let editions = match editions {
        [Some(old), Some(new)] if old != new => Some(format!("{old}を{new}に改める")),
        _ => None,
    };
    let csv = target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let bytes = match csv {
        true => table(rows),
        false => {
            errata_pdf(report, rows, editions.as_deref(), session.fonts()).map_err(|problems| {
                printer.problems(&problems, "");
                Ending::ReportAtFault
            })?
        }
    };
    let written =
        if csv { output::write(target, &bytes) } else { output::write_pdf(target, &bytes) };
    written.map_err(|reason| build::cannot_write(target, &reason, printer))?;
    printer.note(&format!("正誤表を {} に書き出しました。", target.display()));
    Ok(())
}

pub fn table(rows: &[ErrataRow]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let joined =
        |parts: &[Segment]| parts.iter().map(|part| part.text.as_str()).collect::<String>();
    // Writing into memory never fails.
    _ = writer.write_record(["ページ", "章", "箇所", "誤", "正", "理由", "伴う変更"]);
    for row in rows {
        _ = writer.write_record([
            text::pages(&row.pages),
            row.chapter.clone(),
            row.spot.clone(),
            joined(&row.wrong),
            joined(&row.right),
            row.reason.clone().unwrap_or_default(),
            if row.follows { "○".to_owned() } else { String::new() },
        ]);
    }
    writer.into_inner().unwrap_or_default()
}
