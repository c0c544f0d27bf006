//! The making of an edition again, from what it holds: its report folder, template and fonts.
#![expect(clippy::disallowed_methods, reason = "the files of an edition are read here")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::app::{Build, BuildOptions, GivenTemplate, Workshop};
use crate::archive::layout::digest_list::read_list;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{
    FONTS, LIBRARIES, MANIFEST, PAYLOAD, RECORD, REPORT, TEMPLATE, below, of_payload,
};
use crate::archive::layout::limits::LARGEST_FILE;
use crate::record::BuildRecord;
use crate::world::{Fonts, Template};
use soukatsu_core::load::Folder;
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::system_reason;

/// An edition that was built again.
pub struct Built {
    pub pdf: Vec<u8>,
    /// As it was kept.
    pub record: BuildRecord,
    /// Of this build.
    pub made: BuildRecord,
    /// The report folder by path.
    pub files: BTreeMap<String, Vec<u8>>,
    pub build: Build,
}

/// The record of an edition.
///
/// # Errors
/// In Japanese, when it cannot be read.
pub fn record(edition: &Edition) -> Result<BuildRecord, String> {
    serde_json::from_slice(&edition.payload(RECORD, LARGEST_FILE)?)
        .map_err(|_| "作り方の記録が読めません".to_owned())
}

/// The official PDF again.
pub fn built(edition: &Edition, fonts: &Fonts) -> Result<Built, String> {
    let dir = edition.dir.as_path();
    let record = record(edition)?;
    let data = dir.join(PAYLOAD);
    holds_all(dir, &record)?;
    let fonts = fonts_of(&data.join(FONTS), &record, fonts)?;
    let template = template_of(&data, &record)?;
    let (options, output) = BuildOptions::again(&record);
    let given = GivenTemplate { name: record.template.name.clone(), template };
    let options = BuildOptions { template: Some(given), ..options };
    let files = report_of(edition)?;
    let build = Workshop::new(fonts).build(&Folder::Memory(files.clone()), &options);
    // Other versions of the program may ask for other things.
    let problems = match record.engine_differs() {
        true => build.problems.clone(),
        false => build.official_problems(),
    };
    let faulty = problems.iter().find(|problem| problem.is_error());
    let refused = || match faulty {
        Some(problem) => format!("報告書を組めません: {} {}", problem.place, problem.message),
        None => "報告書を組めません".to_owned(),
    };
    let pdf = match faulty {
        Some(_) => None,
        None => build.export(&output).map_err(|problems| {
            problems.first().map_or_else(String::new, |problem| problem.message.clone())
        })?,
    };
    let pdf = pdf.ok_or_else(refused)?;
    let made = build.record(&output).ok_or("作り方の記録を作れません")?;
    Ok(Built { pdf, record, made, files, build })
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
