//! What a PDF was made from: every file, the template, the fonts, the engine, each with its
//! SHA-256, and the content hash that names all of it in short.
//!
//! In: the report, its template, the fonts. Out: a record that travels inside official PDFs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::world::{Fonts, Template};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::model::official::APPROVALS;
use soukatsu_core::model::report::Report;
pub use soukatsu_core::model::source::RECORD_FILE;

/// So many digits of the content hash stand in the footer.
const SHORT: usize = 8;

/// The lock file of this program: names every library with its exact version.
pub const LOCK_FILE: &[u8] = include_bytes!("../Cargo.lock");

/// The record of one PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct BuildRecord {
    /// The form of the record itself.
    pub format: u32,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub edition: Option<String>,
    /// The day of the report, `2025-10-14`.
    pub date: String,
    /// See [`content_hash`].
    pub content: String,
    pub engine: EngineRecord,
    /// The options of the command line that decide the bytes.
    pub options: OptionsRecord,
    /// The files of the report folder, by path.
    pub files: Vec<FileRecord>,
    pub template: TemplateRecord,
    /// The faces in their order.
    pub fonts: Vec<FontRecord>,
}

/// The program that made the PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct EngineRecord {
    pub name: String,
    pub version: String,
    /// The SHA-256 of the lock file with which it was compiled.
    pub lock_sha256: String,
    /// The SHA-256 of its own source: programs of one version differ while it is worked on. Empty
    /// in records that do not name it.
    #[serde(default)]
    pub source_sha256: String,
}

impl EngineRecord {
    /// This program.
    pub fn own() -> Self {
        EngineRecord {
            name: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            lock_sha256: sha256(LOCK_FILE),
            source_sha256: env!("SOURCE_SHA256").into(),
        }
    }
}

/// With these options the same files make the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OptionsRecord {
    pub profile: String,
    pub standards: Vec<String>,
    pub edition_mark: bool,
    pub accept_provisional: bool,
    /// Crop and registration marks.
    pub marks: bool,
}

/// A file of the report folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FileRecord {
    pub path: String,
    pub sha256: String,
    /// Bytes.
    pub size: usize,
    /// What it serves, in Japanese.
    pub description: String,
}

/// The template: one inside the program, or files of the report folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TemplateRecord {
    pub name: String,
    /// Whether it came with the program.
    pub embedded: bool,
    /// SHA-256 of its files by their path below its folder.
    pub files: BTreeMap<String, String>,
}

/// A face that the layout could take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FontRecord {
    pub family: String,
    pub style: String,
    pub weight: u16,
    /// Whether it came with the program.
    pub embedded: bool,
    /// Of the whole font file.
    pub sha256: String,
}

impl BuildRecord {
    /// The record of a report with its template and fonts.
    pub fn new(
        report: &Report,
        template: &Template,
        fonts: &Fonts,
        options: OptionsRecord,
    ) -> Self {
        let sources = report.sources.iter().map(|(path, source)| FileRecord {
            path: path.clone(),
            sha256: sha256(&source.bytes),
            size: source.bytes.len(),
            description: source.uses.join("、"),
        });
        BuildRecord {
            format: 1,
            title: report.full_title(),
            edition: report.edition.clone(),
            date: report.date.iso(),
            content: content_hash(report, template),
            engine: EngineRecord::own(),
            options,
            files: sources.collect(),
            template: TemplateRecord {
                name: report.template.clone(),
                embedded: template.is_embedded(),
                files: template
                    .files()
                    .map(|(path, text)| (path.to_owned(), sha256(text.as_bytes())))
                    .collect(),
            },
            fonts: font_records(fonts),
        }
    }

    /// Whether another version of this program made the PDF.
    pub fn engine_differs(&self) -> bool {
        self.engine != EngineRecord::own()
    }

    /// The record as it is attached: JSON with a line break at its end.
    pub fn json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.map_or_else(|error| error.to_string(), |text| text + "\n")
    }
}

/// The records of all faces in their order.
pub fn font_records(fonts: &Fonts) -> Vec<FontRecord> {
    let faces = fonts.faces().iter().zip(fonts.digests());
    let records = faces.map(|(face, digest)| FontRecord {
        family: face.family.clone(),
        style: face.style.clone(),
        weight: face.weight,
        embedded: face.is_embedded(),
        sha256: digest.clone(),
    });
    records.collect()
}

/// Names the content of a report: the SHA-256 of the lines `DIGEST  PATH` of all its files, as
/// `sha256sum` writes them, sorted by path.
///
/// The files of a template inside the program stand below `template/NAME/`, those of one's own
/// below its folder. The approvals are not
/// among the files, because they are of this very content.
pub fn content_hash(report: &Report, template: &Template) -> String {
    let mut digests: BTreeMap<String, String> = report
        .sources
        .iter()
        .filter(|(path, _)| *path != APPROVALS)
        .map(|(path, source)| (path.clone(), sha256(&source.bytes)))
        .collect();
    let folder = match template.is_embedded() {
        true => format!("template/{}", report.template),
        false => report.template.clone(),
    };
    digests.extend(
        template.files().map(|(path, text)| (format!("{folder}/{path}"), sha256(text.as_bytes()))),
    );
    let lines: String =
        digests.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect();
    sha256(lines.as_bytes())
}

/// The first digits of a content hash, for people.
pub fn short(content: &str) -> &str {
    content.get(..SHORT).unwrap_or(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use soukatsu_core::model::source::SourceFile;

    fn report(files: &[(&str, &str)]) -> Report {
        let source = |(path, text): &(&str, &str)| {
            let file = SourceFile { bytes: text.as_bytes().to_vec(), uses: vec![] };
            ((*path).to_owned(), file)
        };
        Report {
            template: "council".into(),
            sources: files.iter().map(source).collect(),
            ..Report::default()
        }
    }

    fn hash(files: &[(&str, &str)]) -> String {
        content_hash(&report(files), &Template::embedded("council").unwrap())
    }

    #[test]
    fn a_changed_or_renamed_file_is_another_content() {
        let before = hash(&[("report.toml", "a"), ("csv/a.csv", "1")]);
        assert_eq!(before, hash(&[("csv/a.csv", "1"), ("report.toml", "a")]));
        assert_ne!(before, hash(&[("report.toml", "a"), ("csv/a.csv", "2")]));
        assert_ne!(before, hash(&[("report.toml", "a"), ("csv/b.csv", "1")]));
    }

    #[test]
    fn an_approval_does_not_change_what_it_approves() {
        let before = hash(&[("report.toml", "a")]);
        assert_eq!(before, hash(&[("report.toml", "a"), ("approvals.toml", "b")]));
    }
}
