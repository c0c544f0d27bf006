//! The 正誤表 as files: PDF and CSV.

use std::path::Path;

use super::built::Built;
use super::pages::Paper;
use super::structure::{self, is_told};
use super::text;
use crate::cli::printer::Printer;
use crate::cli::{Ending, build, output};
use crate::compare::{Comparison, ErrataRow, PrintedChange, Segment, Spot, errata};
use crate::pipeline::{Outcome, Session, errata_pdf};
use crate::world::{Uncovered, uncovered};
use soukatsu_core::problem::{Place, Problem};

/// Writes the 正誤表, unless there is nothing to correct, or an error in the new edition.
///
/// `paper` is `None` when the pages were not compared.
pub fn write<'r>(
    target: &Path,
    comparison: &Comparison,
    reasons: impl Fn(&PrintedChange) -> Vec<&'r str>,
    (built, paper): (&[Built; 2], Option<&Paper>),
    session: &Session,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let outcomes = built.each_ref().map(|built| built.outcome.as_ref());
    let faulty = outcomes[1].is_none_or(Outcome::has_errors);
    let report = outcomes[1].and_then(|outcome| outcome.report.as_ref());
    let Some(report) = report.filter(|_| !faulty || built[1].side.pdf().is_some()) else {
        printer.note("後の版に誤りがあるので、正誤表は書き出していません。");
        return Err(Ending::ReportAtFault);
    };
    let (rows, structural) = rows(comparison, reasons, paper);
    let untold =
        paper.map(|paper| structure::untold(paper, &comparison.printed)).unwrap_or_default();
    let untold = untold.join("、");
    if structural {
        printer.note("ページの順序や数が変わっているので、正誤表だけでは足りません。差替えページ（`--pages`）を使ってください。");
    }
    match (rows.is_empty(), untold.is_empty()) {
        (true, true) => {
            printer.note("紙面に変わった所がないので、正誤表は書き出していません。");
            return Ok(());
        }
        (true, false) => {
            printer.note(&format!("紙面は{untold}で変わりましたが、誤と正の文で示せる所がありません。正誤表は書き出していません。差替えページ（`--pages`）を使ってください。"));
            return Ok(());
        }
        (false, false) => printer.note(&format!(
            "紙面は{untold}でも変わりましたが、誤と正の文で示せないので、正誤表にありません。差替えページ（`--pages`）を使ってください。"
        )),
        (false, true) => {}
    }
    let editions = outcomes.map(|outcome| outcome?.report.as_ref()?.edition.clone());
    let editions = match editions {
        [Some(old), Some(new)] if old != new => Some(format!("{old}を{new}に改める")),
        _ => None,
    };
    let csv = target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let bytes = match csv {
        true => table(&rows),
        false => {
            let problems = unprintable(&rows, session);
            if !problems.is_empty() {
                printer.problems(&problems, "");
                return Err(Ending::ReportAtFault);
            }
            errata_pdf(report, &rows, editions.as_deref(), session.fonts()).map_err(|problems| {
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

/// The rows, with those of pages that came, went or moved first, and whether there are such.
pub fn rows<'r>(
    comparison: &Comparison,
    reasons: impl Fn(&PrintedChange) -> Vec<&'r str>,
    paper: Option<&Paper>,
) -> (Vec<ErrataRow>, bool) {
    let is_told = |change: &PrintedChange| paper.is_some_and(|paper| is_told(paper, change));
    let mut rows = paper.map(structure::rows).unwrap_or_default();
    let structural = !rows.is_empty();
    rows.extend(errata(&comparison.printed, |change| !is_told(change), reasons));
    (rows, structural)
}

/// Characters that no font has: the edition before may have been at fault.
fn unprintable(rows: &[ErrataRow], session: &Session) -> Vec<Problem> {
    let parts = rows.iter().flat_map(|row| row.wrong.iter().chain(&row.right));
    let texts: Vec<(String, Place)> =
        parts.map(|part| (part.text.clone(), Place::file("正誤表"))).collect();
    uncovered(&texts, session.fonts()).iter().flat_map(Uncovered::problems).collect()
}

/// The places of corrections, in words.
fn joined_spots(spots: &[Spot]) -> String {
    spots.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
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
            row.spot.to_string(),
            joined(&row.wrong),
            joined(&row.right),
            row.reason.clone().unwrap_or_default(),
            match (row.follows, joined_spots(&row.corrections)) {
                (false, _) => String::new(),
                (true, names) if names.is_empty() => "○".to_owned(),
                (true, names) => format!("○（{names}）"),
            },
        ]);
    }
    writer.into_inner().unwrap_or_default()
}
