//! The 正誤表 as a PDF of its own, accessible and for the archive like the report.

use serde_json::json;
use typst_layout::PagedDocument;

use crate::compare::{CoverPart, ErrataRow, Spot};
use crate::export::{Finishing, PdfSettings, finish, pdf};
use crate::world::{Fonts, ReportWorld};
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::{Code, Place, Problem, typst_message};

/// Sets the 正誤表 of a report; `editions` is the line that names the two editions.
///
/// # Errors
/// Characters that no font has, and what a standard forbids.
pub fn errata_pdf(
    report: &Report,
    rows: &[ErrataRow],
    editions: Option<&str>,
    fonts: &Fonts,
) -> Result<Vec<u8>, Vec<Problem>> {
    let date = report.date;
    // The heading is that of the edition that people get now.
    let corrected: Vec<&str> =
        [("題名", CoverPart::Title), ("会議の名前", CoverPart::Council), ("日付", CoverPart::Date)]
            .into_iter()
            .filter(|(_, part)| rows.iter().any(|row| row.spot == Spot::Cover(*part)))
            .map(|(name, _)| name)
            .collect();
    let errata = json!({
        "title": report.full_title(),
        "author": report.author,
        "council": report.council,
        "date": {"text": date.long(), "year": date.year, "month": date.month, "day": date.day},
        "editions": editions,
        "corrected": corrected,
        "rows": rows,
    });
    let problem = |message: &str| {
        Problem::error(Code::Prose, Place::file("正誤表"))
            .message(format!("正誤表を組めません: {}", typst_message(message)))
    };
    let Some(world) = ReportWorld::of_errata(fonts.clone(), date, &errata) else {
        return Err(vec![problem("no template")]);
    };
    let document = typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|errors| errors.iter().map(|error| problem(&error.message)).collect::<Vec<_>>())?;
    let ident = format!("{}\n{}\n{}\n正誤表", report.author, report.council, report.title());
    let typeset = pdf(&document, &PdfSettings::accessible_archive(ident, date))?;
    Ok(finish(&typeset, &Finishing::default()).expect("Typst writes PDFs that can be read"))
}
