//! What is done to a PDF after Typst has written it: the last step before the bytes go out.
//!
//! In: the PDF of `pdf.rs`. Out: the same document with its small objects packed into
//! compressed object streams, which takes a third off a tagged file. PDF/A-2 and later allow
//! them; Typst does not write them.

use lopdf::{Document, Error, SaveOptions};

use super::boxes::add_bleed_boxes;
use super::impose::{Imposition, impose};
use super::marks::add_marks;

/// Objects in one stream: readers unpack a whole one to read one object, so that larger
/// ones save little and cost much.
const OBJECTS_A_STREAM: usize = 400;

/// What becomes of a PDF beside its packing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Finishing {
    /// Crop and registration marks around pages that have a bleed.
    pub marks: bool,
    /// Sheets of several pages instead of single ones.
    pub imposition: Option<Imposition>,
}

/// Finishes and packs a PDF.
///
/// # Errors
/// Only when the bytes are no PDF.
pub fn finish(pdf: &[u8], finishing: &Finishing) -> Result<Vec<u8>, Error> {
    let mut document = Document::load_mem(pdf)?;
    add_bleed_boxes(&mut document)?;
    if let Some(imposition) = finishing.imposition {
        impose(&mut document, imposition)?;
    }
    if finishing.marks {
        let folded = matches!(finishing.imposition, Some(Imposition::Booklet { .. }));
        add_marks(&mut document, folded)?;
    }
    save(&mut document)
}

fn save(document: &mut Document) -> Result<Vec<u8>, Error> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJECTS_A_STREAM)
        .compression_level(9)
        .build();
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options)?;
    bytes.push(b'\n');
    Ok(bytes)
}
