//! Documents to PDF files that meet PDF/A and PDF/UA.

use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use soukatsu_core::model::date::Date;
use soukatsu_core::problem::{Code, Place, Problem, contained, typst_message};

/// What a PDF shall conform to, and what identifies it.
#[derive(Debug, Clone)]
pub struct PdfSettings {
    pub standards: Vec<PdfStandard>,
    /// Identifies the document over its versions; never printed.
    pub ident: String,
    /// The date of the report stands in for the time of creation.
    pub date: Date,
}

/// The names of `--standard` with their meaning.
pub const STANDARDS: [(&str, PdfStandard); 5] = [
    ("a-2a", PdfStandard::A_2a),
    ("a-2b", PdfStandard::A_2b),
    ("a-3a", PdfStandard::A_3a),
    ("a-3b", PdfStandard::A_3b),
    ("ua-1", PdfStandard::Ua_1),
];

impl PdfSettings {
    /// PDF/A-2a and PDF/UA-1.
    pub fn accessible_archive(ident: String, date: Date) -> Self {
        PdfSettings { standards: vec![PdfStandard::A_2a, PdfStandard::Ua_1], ident, date }
    }
}

/// Exports a document.
///
/// # Errors
/// Everything in the document that a standard forbids.
pub fn pdf(document: &PagedDocument, settings: &PdfSettings) -> Result<Vec<u8>, Vec<Problem>> {
    let problem = |message: &str| {
        Problem::error(Code::PdfStandard, Place::file("report.toml"))
            .message(format!("PDFの規格に合いません: {}", typst_message(message)))
    };
    let standards = PdfStandards::new(&settings.standards).map_err(|error| {
        vec![problem(error.message()).hint("--standard の組み合わせを変えてください")]
    })?;
    let date = settings.date;
    let day = Datetime::from_ymd_hms(i32::from(date.year), date.month, date.day, 0, 0, 0);
    let options = PdfOptions {
        ident: Smart::Custom(settings.ident.clone()),
        creator: Smart::Custom(Some(concat!("soukatsu ", env!("CARGO_PKG_VERSION")).into())),
        timestamp: day.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    let exported = contained(|| typst_pdf::pdf(document, &options)).map_err(|_| {
        let words = "PDFを書き出している途中で、PDFの部品が止まりました";
        vec![Problem::error(Code::PdfStandard, Place::file("report.toml")).message(words)]
    })?;
    exported.map_err(|errors| {
        let told = errors.iter().map(|error| problem(&error.message));
        told.collect()
    })
}
