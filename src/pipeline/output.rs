//! From pages to the file that goes out: standards, attachments, and what an official version
//! asks for.

use typst_layout::PagedDocument;
use typst_pdf::PdfStandard;

use super::imprint::{Mark, edition_mark, notice, version_mark};
use super::{Outcome, Session};
use crate::export::{
    Attachment, Finishing, PdfSettings, Printing, Relationship, STANDARDS, finish, pdf,
};
use crate::official::{block, missing_approvals, unsettled};
use crate::record::{BuildRecord, OptionsRecord, RECORD_FILE, content_hash};
use crate::world::{Fonts, Profile, Template};
use soukatsu_core::load::name_problems;
use soukatsu_core::model::official::APPROVALS;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::{self, Problem};

/// What kind of file is wanted.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// PDF/A-3a with every source of the report attached, instead of PDF/A-2a.
    pub official: bool,
    /// Other standards than those.
    pub standards: Option<Vec<PdfStandard>>,
    pub printing: Printing,
}

impl Output {
    fn standards(&self) -> Vec<PdfStandard> {
        let archive = if self.official { PdfStandard::A_3a } else { PdfStandard::A_2a };
        self.standards.clone().unwrap_or_else(|| vec![archive, PdfStandard::Ua_1])
    }
}

impl Session {
    /// Adds every reason against an official version to the problems of a build.
    pub fn refuse_unofficial(&self, outcome: &mut Outcome) {
        let (Some(report), Some((_, template, _))) = (&outcome.report, &self.world) else { return };
        block(report, &mut outcome.problems);
        let mut reasons = missing_approvals(report, &content_hash(report, template));
        let unsettled = unsettled(report);
        if !self.asked.notice {
            reasons.extend(unsettled.iter().map(|one| one.problem()));
        }
        let own = template.files().filter(|_| !template.is_embedded());
        let own = own.map(|(path, _)| format!("{}/{path}", report.template));
        let names: Vec<String> = report.sources.keys().cloned().chain(own).collect();
        reasons.extend(name_problems(names.iter().map(String::as_str)));
        outcome.problems.extend(reasons);
        problem::sort(&mut outcome.problems);
    }

    /// Exports the pages of a report that this session has built.
    ///
    /// # Errors
    /// Everything that a standard forbids.
    pub fn export(
        &self,
        report: &Report,
        document: &PagedDocument,
        output: &Output,
    ) -> Result<Vec<u8>, Vec<Problem>> {
        let settings = PdfSettings {
            standards: output.standards(),
            ident: format!("{}\n{}\n{}", report.author, report.council, report.title()),
            date: report.date,
        };
        let typeset = pdf(document, &settings)?;
        let template = self.world.as_ref().map(|(_, template, _)| template);
        let finishing = Finishing {
            attachments: template
                .filter(|_| output.official)
                .map_or_else(Vec::new, |template| self.attachments(report, template, output)),
            version: template
                .filter(|_| self.asked.mark.is_some())
                .map(|template| edition_mark(report, template)),
            date: report.date,
            printing: output.printing,
        };
        // Typst's own PDF can always be read: anything else is a fault of this program.
        Ok(finish(&typeset, &finishing).expect("Typst writes PDFs that can be read"))
    }

    /// A session that lays reports out as the recorded one was, and what to export them to: with
    /// the same profile, notice and marks. The pages name the `named` version and not their own,
    /// so that its mark makes no difference between two of them.
    pub fn like(record: &BuildRecord, named: &BuildRecord, fonts: Fonts) -> (Self, Output) {
        let options = &record.options;
        let mut session = Session::new(fonts)
            .with_profile(Profile::named(&options.profile).unwrap_or_default())
            .with_provisional_accepted(options.accept_provisional);
        if options.edition_mark {
            session.asked.mark = Some(Mark::Other(mark_of(named)));
        }
        let printing = Printing { marks: options.marks, imposition: None };
        (session, Output { printing, ..Output::default() })
    }

    /// What the pages of this session say of data that is not final.
    pub fn notice(&self, report: &Report) -> Option<String> {
        self.asked.notice.then(|| notice(report)).flatten()
    }

    /// A session that makes the recorded official version again, and what to export it to.
    pub fn again(record: &BuildRecord, fonts: Fonts) -> (Self, Output) {
        let options = &record.options;
        let session = Session::new(fonts)
            .with_profile(Profile::named(&options.profile).unwrap_or_default())
            .with_edition_mark(options.edition_mark)
            .with_provisional_accepted(options.accept_provisional);
        let printing = Printing { marks: options.marks, imposition: None };
        (session, Output { official: true, printing, ..Output::default() })
    }

    /// What an official version of a report would say of itself; the report is the one that
    /// this session has built last. `None` when its template could not be read.
    pub fn record(&self, report: &Report, output: &Output) -> Option<BuildRecord> {
        let (_, template, _) = self.world.as_ref().filter(|(name, ..)| *name == report.template)?;
        Some(self.record_with(report, template, output))
    }

    fn record_with(&self, report: &Report, template: &Template, output: &Output) -> BuildRecord {
        let standards = output.standards();
        let known = STANDARDS.iter().filter(|(_, standard)| standards.contains(standard));
        let options = OptionsRecord {
            profile: self.profile.name().to_owned(),
            standards: known.map(|(name, _)| (*name).to_owned()).collect(),
            edition_mark: self.asked.mark.is_some(),
            accept_provisional: notice(report).is_some(),
            marks: output.printing.marks,
        };
        BuildRecord::new(report, template, self.fonts(), options)
    }

    /// The files of the report folder and the record of the build.
    fn attachments(
        &self,
        report: &Report,
        template: &Template,
        output: &Output,
    ) -> Vec<Attachment> {
        let record = self.record_with(report, template, output);
        let sources = report.sources.iter().map(|(path, source)| Attachment {
            path: path.clone(),
            bytes: source.bytes.clone(),
            media_type: media_type(path),
            relationship: relationship(path),
            description: source.uses.join("、"),
        });
        let own = template.files().filter(|_| !template.is_embedded());
        let own = own.map(|(path, text)| Attachment {
            path: format!("{}/{path}", report.template),
            bytes: text.as_bytes().to_vec(),
            media_type: media_type(path),
            relationship: Relationship::Source,
            description: "テンプレート".to_owned(),
        });
        let record = Attachment {
            path: RECORD_FILE.to_owned(),
            bytes: record.json().into_bytes(),
            media_type: "application/json",
            relationship: Relationship::Supplement,
            description: "添付したファイル、テンプレート、フォントのSHA-256".to_owned(),
        };
        sources.chain(own).chain([record]).collect()
    }
}

/// What is printed on the pages of a recorded version to name it: `第2版 3f2a9c1b`.
pub fn mark_of(record: &BuildRecord) -> String {
    version_mark(record.edition.as_deref(), &record.content)
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
