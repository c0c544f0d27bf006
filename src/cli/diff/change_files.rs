//! What differs between two editions as files, to be kept with the newer one.

use std::path::Path;

use serde_json::json;

use super::built::Built;
use super::editions::{Side, side};
use super::pages::Paper;
use super::{errata_files, notes, text};
use crate::archive::edition_files::{CHANGES_JSON, CHANGES_TEXT, ERRATA_CSV, ERRATA_PDF};
use crate::cli::Ending;
use crate::cli::printer::Printer;
use crate::compare::compare;
use crate::pipeline::{Session, errata_pdf};
use crate::world::Fonts;
use soukatsu_core::load::Folder;

/// The comparison as text and JSON, and the 正誤表 when something printed differs.
///
/// # Errors
/// When one of the editions cannot be read at all, which is told.
pub fn change_files(
    old: &Path,
    new: Folder,
    (fonts, reason): (&Fonts, &str),
    printer: &mut Printer,
) -> Result<Vec<(&'static str, Vec<u8>)>, Ending> {
    let old_side = side(old).map_err(|reason| {
        printer.note(&format!("前の版「{}」{reason}。", old.display()));
        Ending::ReportAtFault
    })?;
    let mut session = Session::new(fonts.clone());
    let sides = [old_side, Side::Folder(new)];
    let names = ["前の版", "この版"];
    // What is kept must not depend on where the store stands.
    let built = Built::both(sides, names.map(Path::new), &mut session, printer)?;
    let notes = notes::notes(&built);
    let paper = Paper::of(&built, &session, printer);
    let mut lines = notes.clone();
    let mut files = Vec::new();
    let mut changes = None;
    if let [Some((old, before)), Some((new, after))] = built.each_ref().map(Built::read) {
        let mut comparison = compare(before, after);
        if let Some(paper) = &paper {
            paper.narrow(&mut comparison.printed, [old, new]);
        }
        lines.extend(text::lines(&comparison, names, paper.as_ref().map(Paper::is_same)));
        let (rows, _) = errata_files::rows(&comparison, |_| vec![reason], paper.as_ref());
        if let (Some(report), false) = (&new.report, rows.is_empty()) {
            files.push((ERRATA_CSV, errata_files::table(&rows)));
            // A 正誤表 that cannot be set shall not keep an edition out of the store.
            let pdf = errata_pdf(report, &rows, None, session.fonts()).ok();
            files.extend(pdf.map(|pdf| (ERRATA_PDF, pdf)));
        }
        changes = Some(comparison);
    }
    if let Some(paper) = &paper {
        lines.push(String::new());
        lines.extend(paper.lines());
    }
    let plain: String =
        lines.iter().map(|line| anstream::adapter::strip_str(line).to_string() + "\n").collect();
    let whole = json!({
        "notes": notes, "changes": changes, "pages": paper.as_ref().map(Paper::json),
    });
    let json = serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n";
    files.push((CHANGES_TEXT, plain.into_bytes()));
    files.push((CHANGES_JSON, json.into_bytes()));
    Ok(files)
}
