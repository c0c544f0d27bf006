//! What an edition holds to be made again: its record, report folder, template and fonts.
#![expect(clippy::disallowed_methods, reason = "the files of an edition are read here")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::digest_list::read_list;
use super::edition::Edition;
use super::edition_files::{
    FONTS, LIBRARIES, MANIFEST, PAYLOAD, RECORD, REPORT, TEMPLATE, below, of_payload,
};
use super::limits::LARGEST_FILE;
use crate::record::{BuildRecord, font_records};
use crate::world::{Fonts, Template};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::system_reason;

/// What an edition is made again of.
pub struct Sources {
    /// How it was made.
    pub record: BuildRecord,
    /// The report folder by path.
    pub files: BTreeMap<String, Vec<u8>>,
    pub template: Template,
    /// `None`: they are those inside the program.
    pub fonts: Option<Fonts>,
}

impl Sources {
    /// Reads them from an edition whose files are known to be those of its list. `fonts`: those
    /// inside the program.
    ///
    /// # Errors
    /// In Japanese, what is missing or does not agree with the record.
    pub fn of(edition: &Edition, fonts: &Fonts) -> Result<Self, String> {
        let dir = edition.dir.as_path();
        let record = record(edition)?;
        let data = dir.join(PAYLOAD);
        holds_all(dir, &record)?;
        let fonts = fonts_of(&data.join(FONTS), &record, fonts)?;
        let template = template_of(&data, &record)?;
        let files = report_of(edition)?;
        Ok(Sources { record, files, template, fonts })
    }
}

/// The record of an edition.
///
/// # Errors
/// In Japanese, when it cannot be read.
pub fn record(edition: &Edition) -> Result<BuildRecord, String> {
    serde_json::from_slice(&edition.payload(RECORD, LARGEST_FILE)?)
        .map_err(|_| "作り方の記録が読めません".to_owned())
}

/// The files of the report folder that the list of an edition names.
fn report_of(edition: &Edition) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let list = read_list(&edition.dir, MANIFEST).map_err(|_| "一覧が読めません")?;
    let paths = list.keys().filter_map(|name| below(REPORT, of_payload(name)?));
    let read = |path: &str| edition.payload(&format!("{REPORT}/{path}"), LARGEST_FILE);
    paths.map(|path| Ok((path.to_owned(), read(path)?))).collect()
}

/// Whether an edition holds the fonts and the list of libraries that its record names, so that it
/// can be built when this program no longer has them. Its files are known to be those of its list.
fn holds_all(dir: &Path, record: &BuildRecord) -> Result<(), String> {
    let list = read_list(dir, MANIFEST).map_err(|_| "一覧が読めません")?;
    let held: BTreeSet<&str> = list.values().map(String::as_str).collect();
    let fonts = record.fonts.iter().map(|font| (FONTS, font.sha256.as_str()));
    for (name, digest) in fonts.chain([(LIBRARIES, record.engine.lock_sha256.as_str())]) {
        if !held.contains(digest) {
            return Err(format!("{name} が、作り方の記録と合いません"));
        }
    }
    Ok(())
}

/// The fonts of an edition, unless they are those inside the program, as mostly.
fn fonts_of(dir: &Path, record: &BuildRecord, ours: &Fonts) -> Result<Option<Fonts>, String> {
    if font_records(ours) == record.fonts {
        return Ok(None);
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
    match font_records(&fonts) == record.fonts {
        true => Ok(Some(fonts)),
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
