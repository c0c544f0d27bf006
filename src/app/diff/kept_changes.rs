//! What differs between two editions as files, to be kept with the newer one.

use std::path::Path;

use serde_json::json;

use super::paper::Paper;
use super::side::{Side, SideFault};
use super::{Diff, NotCompared, errata, text};
use crate::app::{ErrataSheet, Progress, Workshop, errata_pdf};
use crate::archive::edition_files::{CHANGES_JSON, CHANGES_TEXT, ERRATA_CSV, ERRATA_PDF};
use soukatsu_core::load::Folder;

/// The comparison of an edition with the one before.
pub struct KeptChanges {
    /// By their names below `changes/`.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// What was compared.
    pub diff: Diff,
}

/// Why an edition cannot be compared with the one before.
#[derive(Debug)]
pub enum NoKeptChanges {
    /// The edition before cannot be opened.
    Before(SideFault),
    NotCompared(NotCompared),
}

/// The comparison as text and JSON, and the 正誤表 when something printed differs.
///
/// # Errors
/// When one of the editions cannot be read at all.
pub fn kept_changes(
    old: &Path,
    new: Folder,
    reason: &str,
    workshop: &Workshop,
    progress: &dyn Progress,
) -> Result<KeptChanges, NoKeptChanges> {
    let old = Side::open(old).map_err(NoKeptChanges::Before)?;
    // What is kept must not depend on where the store stands.
    let names = ["前の版", "この版"];
    let diff = Diff::new([old, Side::Folder(new)], names, workshop, progress);
    let diff = diff.map_err(NoKeptChanges::NotCompared)?;
    let paper = diff.paper.as_ref().ok();
    let mut lines: Vec<String> = diff.notes.iter().map(ToString::to_string).collect();
    let mut files = Vec::new();
    if let Some(comparison) = &diff.comparison {
        let told = text::lines(comparison, names, paper.map(Paper::is_same));
        lines.extend(told.iter().map(ToString::to_string));
        let (rows, _) = errata::rows(comparison, |_| vec![reason], paper);
        let report = diff.built[1].build.as_ref().and_then(|build| build.report.as_ref());
        if let (Some(report), false) = (report, rows.is_empty()) {
            files.push((ERRATA_CSV, errata::table(&rows)));
            // A 正誤表 that cannot be set shall not keep an edition out of the store.
            let sheet =
                ErrataSheet { report, rows: &rows, editions: None, issued: None, exchange: None };
            let pdf = errata_pdf(&sheet, workshop.fonts()).ok();
            files.extend(pdf.map(|pdf| (ERRATA_PDF, pdf)));
        }
    }
    if let Some(paper) = paper {
        lines.push(String::new());
        lines.extend(paper.lines());
    }
    let plain: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let notes: Vec<String> = diff.notes.iter().map(ToString::to_string).collect();
    let whole = json!({
        "notes": notes, "changes": diff.comparison, "pages": paper.map(Paper::json),
    });
    let json = serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n";
    files.push((CHANGES_TEXT, plain.into_bytes()));
    files.push((CHANGES_JSON, json.into_bytes()));
    Ok(KeptChanges { files, diff })
}
