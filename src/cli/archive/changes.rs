//! What differs from the edition before, as files of the new one.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use crate::cli::Ending;
use crate::cli::diff::pages::Paper;
use crate::cli::diff::{built, errata_files, text};
use crate::cli::printer::Printer;
use crate::compare::{compare, errata};
use crate::load::Folder;
use crate::pipeline::{Outcome, Session, errata_pdf};

/// The comparison as text and JSON, and the 正誤表 when something printed differs.
pub fn changes(
    old: &BTreeMap<String, Vec<u8>>,
    (new, root): (&Outcome, &Path),
    session: &mut Session,
    printer: &mut Printer,
) -> Result<Vec<(&'static str, Vec<u8>)>, Ending> {
    let old = session.build(&Folder::Memory(old.clone()));
    let before = built(&old, Path::new("前の版"), printer)?;
    let after = built(new, root, printer)?;
    let mut comparison = compare(before.edition(&old), after.edition(new));
    let paper = Paper::of(&old, new);
    if let Some(paper) = &paper {
        paper.narrow(&mut comparison.printed);
    }
    let mut lines = text::lines(&comparison, ["前の版", "この版"]);
    lines.extend(paper.iter().flat_map(Paper::lines));
    let plain: String =
        lines.iter().map(|line| anstream::adapter::strip_str(line).to_string() + "\n").collect();
    let whole = json!({"changes": comparison, "pages": paper.as_ref().map(Paper::json)});
    let mut json = serde_json::to_string_pretty(&whole).unwrap_or_default();
    json.push('\n');
    let mut files = vec![("changes.txt", plain.into_bytes()), ("changes.json", json.into_bytes())];
    let rows = errata(&comparison, |_| None);
    if let (Some(report), false) = (&new.report, rows.is_empty()) {
        files.push(("errata.csv", errata_files::table(&rows)));
        // A missing 正誤表 shall not keep an edition out of the store.
        files.extend(
            errata_pdf(report, &rows, None, session.fonts()).ok().map(|pdf| ("errata.pdf", pdf)),
        );
    }
    Ok(files)
}
