//! What is done to a PDF after Typst has written it: the last step before the bytes go out.
//!
//! In: the PDF of `pdf.rs`. Out: the same document with its attachments and its version, and
//! with its small objects packed (`pack.rs`).

use lopdf::{Document, Error};

use super::attach::{Attachment, attach};
use super::boxes::add_bleed_boxes;
use super::impose::{Imposition, impose};
use super::marks::add_marks;
use super::pack::packed;
use super::xmp::name_instance;
use soukatsu_core::model::date::Date;
use soukatsu_core::model::digest::sha256;

/// What a PDF gets beyond what Typst writes.
#[derive(Debug, Clone, Default)]
pub struct Finishing {
    pub attachments: Vec<Attachment>,
    /// The edition with its content hash, for the metadata.
    pub version: Option<String>,
    /// The date of the report.
    pub date: Date,
    pub printing: Printing,
}

/// What the print room asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Printing {
    /// Crop and registration marks around pages that have a bleed.
    pub marks: bool,
    /// Sheets of several pages instead of single ones.
    pub imposition: Option<Imposition>,
}

impl Finishing {
    /// What is added, in a form whose digest names it.
    fn added(&self) -> String {
        let mut added = self.version.clone().unwrap_or_default();
        for attachment in &self.attachments {
            added += &format!("\n{}  {}", sha256(&attachment.bytes), attachment.path);
        }
        if self.printing != Printing::default() {
            added += &format!("\n{:?}", self.printing);
        }
        added
    }
}

/// Finishes a PDF.
///
/// # Errors
/// Only when the bytes are no PDF of Typst.
pub fn finish(pdf: &[u8], finishing: &Finishing) -> Result<Vec<u8>, Error> {
    let mut document = Document::load_mem(pdf)?;
    add_bleed_boxes(&mut document)?;
    attach(&mut document, &finishing.attachments, finishing.date)?;
    let added = finishing.added();
    if !added.is_empty() {
        name_instance(&mut document, finishing.version.as_deref(), &added)?;
    }
    if let Some(imposition) = finishing.printing.imposition {
        impose(&mut document, imposition)?;
    }
    if finishing.printing.marks {
        let folded = matches!(finishing.printing.imposition, Some(Imposition::Booklet { .. }));
        add_marks(&mut document, folded)?;
    }
    packed(document)
}
