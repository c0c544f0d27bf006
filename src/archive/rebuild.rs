//! An edition built again from what it holds: its report folder, template and fonts.
#![expect(clippy::disallowed_methods, reason = "the files of an edition are read here")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::contents::{FONTS, PDF, RECORD, REPORT, TEMPLATE};
use crate::load::Folder;
use crate::model::digest::sha256;
use crate::pipeline::Session;
use crate::problem::system_reason;
use crate::record::BuildRecord;
use crate::world::{Fonts, Template};

/// What building again came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rebuilt {
    /// The same bytes.
    Same,
    /// Other bytes, made by another version of the program; every page looks the same.
    SamePages { made_by: String },
    /// Something differs; in Japanese, what.
    Different(String),
    /// It could not be built; in Japanese, why.
    Failed(String),
}

/// The record of an edition.
///
/// # Errors
/// In Japanese, when it cannot be read.
pub fn record(dir: &Path) -> Result<BuildRecord, String> {
    let path = dir.join("data").join(RECORD);
    let bytes = fs::read(path).map_err(|error| system_reason(&error))?;
    serde_json::from_slice(&bytes).map_err(|_| "作り方の記録が読めません".to_owned())
}

/// Builds an edition again. `fonts`: those inside the program, which serve when the edition has
/// the same, so that they are read and hashed once.
pub fn rebuild(dir: &Path, fonts: &Fonts) -> Rebuilt {
    match built(dir, fonts) {
        Ok((pdf, record)) => {
            let kept = match fs::read(dir.join("data").join(PDF)) {
                Ok(kept) => kept,
                Err(error) => return Rebuilt::Failed(system_reason(&error)),
            };
            if kept == pdf {
                return Rebuilt::Same;
            }
            compared(&kept, &pdf, &record)
        }
        Err(reason) => Rebuilt::Failed(reason),
    }
}

/// Other bytes are to be expected of another version of the program only.
fn compared(kept: &[u8], pdf: &[u8], record: &BuildRecord) -> Rebuilt {
    use crate::compare::paper::{PageChange, compare_pdfs};
    let changes = compare_pdfs(kept, pdf);
    let seen = |change: &PageChange| change.is_seen();
    match changes {
        Ok(changes) if !changes.iter().any(seen) => match record.engine_differs() {
            true => Rebuilt::SamePages {
                made_by: format!("{} {}", record.engine.name, record.engine.version),
            },
            false => Rebuilt::Different(
                "組み直したPDFとバイトが違います（ページの絵は同じです）".to_owned(),
            ),
        },
        Ok(changes) => {
            let pages = changes.iter().filter(|change| change.is_seen()).count();
            Rebuilt::Different(format!("組み直したPDFと、{pages}ページの絵が違います"))
        }
        Err(_) => Rebuilt::Different("組み直したPDFと違います".to_owned()),
    }
}

/// The official PDF again.
fn built(dir: &Path, fonts: &Fonts) -> Result<(Vec<u8>, BuildRecord), String> {
    let record = record(dir)?;
    let data = dir.join("data");
    let fonts = fonts_of(&data.join(FONTS), &record, fonts)?;
    let template = template_of(&data, &record)?;
    let (session, output) = Session::again(&record, fonts);
    let mut session = session.with_template(record.template.name.clone(), template);
    let outcome = session.build(&Folder::Disk(data.join(REPORT)));
    let (Some(report), Some(document)) = (&outcome.report, outcome.document()) else {
        let first = outcome.problems.iter().find(|problem| problem.is_error());
        return Err(first.map_or_else(
            || "報告書を組めません".to_owned(),
            |problem| format!("報告書を組めません: {} {}", problem.place, problem.message),
        ));
    };
    let pdf = session.export(report, document, &output).map_err(|problems| {
        problems.first().map_or_else(String::new, |problem| problem.message.clone())
    })?;
    Ok((pdf, record))
}

/// The fonts of an edition, which are mostly those inside the program.
fn fonts_of(dir: &Path, record: &BuildRecord, ours: &Fonts) -> Result<Fonts, String> {
    if crate::record::font_records(ours) == record.fonts {
        return Ok(ours.clone());
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let entries = fs::read_dir(dir).map_err(|error| system_reason(&error))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        files.push((name, fs::read(entry.path()).map_err(|error| system_reason(&error))?));
    }
    // They are numbered in their order; the licences beside them are no fonts.
    files.sort();
    files.retain(|(name, _)| name.starts_with(|c: char| c.is_ascii_digit()));
    let mut recorded: Vec<(&str, bool)> =
        record.fonts.iter().map(|font| (font.sha256.as_str(), font.embedded)).collect();
    // The faces of one file follow each other.
    recorded.dedup();
    let known = files.into_iter().zip(recorded);
    let known = known.map(|((name, bytes), (_, embedded))| (name, bytes, embedded));
    let fonts = Fonts::kept(known.collect());
    match crate::record::font_records(&fonts) == record.fonts {
        true => Ok(fonts),
        false => Err("フォントが、作り方の記録と合いません".to_owned()),
    }
}

fn template_of(dir: &Path, record: &BuildRecord) -> Result<Template, String> {
    let template = Template::kept(dir, TEMPLATE, record.template.embedded)?;
    let digests: BTreeMap<String, String> =
        template.files().map(|(path, text)| (path.to_owned(), sha256(text.as_bytes()))).collect();
    match digests == record.template.files {
        true => Ok(template),
        false => Err("テンプレートが、作り方の記録と合いません".to_owned()),
    }
}
