//! An edition built again from what it holds: its report folder, template and fonts.
#![expect(clippy::disallowed_methods, reason = "the files of an edition are read here")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::bag::{MANIFEST, PAYLOAD};
use super::contents::{FONTS, LOCK, PDF, RECORD, REPORT, STATEMENT, TEMPLATE};
use super::files::{self, LARGEST_FILE};
use super::list::read_list;
use super::provenance::statement;
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
    serde_json::from_slice(&kept(dir, RECORD)?).map_err(|_| "作り方の記録が読めません".to_owned())
}

/// A file of the payload.
fn kept(dir: &Path, path: &str) -> Result<Vec<u8>, String> {
    let name = format!("{PAYLOAD}/{path}");
    files::read(dir, &name, LARGEST_FILE).map_err(|fault| format!("{path} {}", fault.message()))
}

/// Builds an edition again. `fonts`: those inside the program, which serve when the edition has
/// the same, so that they are read and hashed once.
pub fn rebuild(dir: &Path, fonts: &Fonts) -> Rebuilt {
    let verdict = || -> Result<Rebuilt, String> {
        let built = built(dir, fonts)?;
        let pdf = kept(dir, PDF)?;
        if pdf != built.pdf {
            return Ok(compared(&pdf, &built.pdf, &built.record));
        }
        let statement = statement(&built.made, &[(PDF, &pdf)]);
        let told = [(RECORD, built.made.json()), (STATEMENT, statement)];
        for (name, text) in told {
            if kept(dir, name)? != text.as_bytes() {
                return Ok(Rebuilt::Different(format!(
                    "{name} が、組み直したときの記録と違います"
                )));
            }
        }
        Ok(Rebuilt::Same)
    };
    // A report that no one has checked for faults of this program must not end the whole run.
    catch_unwind(AssertUnwindSafe(verdict))
        .unwrap_or_else(|_| Err("プログラムの誤りで、途中で止まりました".to_owned()))
        .unwrap_or_else(Rebuilt::Failed)
}

/// An edition that was built again.
struct Built {
    pdf: Vec<u8>,
    /// As it was kept.
    record: BuildRecord,
    /// Of this build.
    made: BuildRecord,
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
fn built(dir: &Path, fonts: &Fonts) -> Result<Built, String> {
    let record = record(dir)?;
    let data = dir.join(PAYLOAD);
    holds_all(dir, &record)?;
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
    let made = session.record(report, &output).ok_or("作り方の記録を作れません")?;
    Ok(Built { pdf, record, made })
}

/// Whether an edition holds the fonts and the list of libraries that its record names, so that it
/// can be built when this program no longer has them. Its files are known to be those of its list.
fn holds_all(dir: &Path, record: &BuildRecord) -> Result<(), String> {
    let list = read_list(dir, MANIFEST).map_err(|_| "一覧が読めません")?;
    let held: BTreeSet<&str> = list.values().map(String::as_str).collect();
    let fonts = record.fonts.iter().map(|font| (FONTS, font.sha256.as_str()));
    for (name, digest) in fonts.chain([(LOCK, record.engine.lock_sha256.as_str())]) {
        if !held.contains(digest) {
            return Err(format!("{name} が、作り方の記録と合いません"));
        }
    }
    Ok(())
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
