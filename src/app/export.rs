//! From pages to the file that goes out: standards, attachments, and what an official version
//! asks for.

use super::build::Build;
use super::output::Output;
use super::version_mark::notice;
use crate::export::{Attachment, Finishing, PdfSettings, Relationship, STANDARDS, finish, pdf};
use crate::record::{BuildRecord, OptionsRecord, RECORD_FILE};
use soukatsu_core::model::official::APPROVALS;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Problem;

impl Build {
    /// Exports the pages, also those of a report with errors.
    ///
    /// `None` when it could not be laid out.
    ///
    /// # Errors
    /// Everything that a standard forbids.
    pub fn export(&self, output: &Output) -> Result<Option<Vec<u8>>, Vec<Problem>> {
        let (Some(report), Some(document)) = (&self.report, &self.draft) else {
            return Ok(None);
        };
        let settings = PdfSettings {
            standards: output.standards(),
            ident: format!("{}\n{}\n{}", report.author, report.council, report.title()),
            date: report.date,
        };
        let typeset = pdf(document, &settings)?;
        let finishing = Finishing {
            attachments: if output.official {
                self.attachments(report, output)
            } else {
                Vec::new()
            },
            version: self.version(),
            date: report.date,
            printing: output.printing,
        };
        // Typst's own PDF can always be read: anything else is a fault of this program.
        Ok(Some(finish(&typeset, &finishing).expect("Typst writes PDFs that can be read")))
    }

    /// What an official version would say of itself. `None` when its template could not be read.
    pub fn record(&self, output: &Output) -> Option<BuildRecord> {
        let (report, template) = (self.report.as_ref()?, self.template.as_ref()?);
        let standards = output.standards();
        let known = STANDARDS.iter().filter(|(_, standard)| standards.contains(standard));
        let options = OptionsRecord {
            profile: self.options.profile.name().to_owned(),
            standards: known.map(|(name, _)| (*name).to_owned()).collect(),
            edition_mark: self.options.mark.is_some(),
            accept_provisional: notice(report).is_some(),
            marks: output.printing.marks,
        };
        Some(BuildRecord::new(report, template, self.fonts(), options))
    }

    /// The files of the report folder and the record of the build.
    fn attachments(&self, report: &Report, output: &Output) -> Vec<Attachment> {
        let sources = report.sources.iter().map(|(path, source)| Attachment {
            path: path.clone(),
            bytes: source.bytes.clone(),
            media_type: media_type(path),
            relationship: relationship(path),
            description: source.uses.join("、"),
        });
        let own = self.own_template_files().map(|(path, text)| Attachment {
            media_type: media_type(&path),
            path,
            bytes: text.to_vec(),
            relationship: Relationship::Source,
            description: "テンプレート".to_owned(),
        });
        let record = self.record(output).map(|record| Attachment {
            path: RECORD_FILE.to_owned(),
            bytes: record.json().into_bytes(),
            media_type: "application/json",
            relationship: Relationship::Supplement,
            description: "添付したファイル、テンプレート、フォントのSHA-256".to_owned(),
        });
        sources.chain(own).chain(record).collect()
    }
}

/// The media type (MIME type) of a file of a report folder.
fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "csv" => "text/csv",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "toml" => "application/toml",
        "json" => "application/json",
        _ => "text/plain",
    }
}

fn relationship(path: &str) -> Relationship {
    match media_type(path) {
        _ if path == APPROVALS => Relationship::Supplement,
        "text/plain" | "application/toml" | "application/json" => Relationship::Source,
        _ => Relationship::Data,
    }
}
