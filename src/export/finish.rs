//! What is done to a PDF after Typst has written it: the last step before the bytes go out.
//!
//! In: the PDF of `pdf.rs`. Out: the same document with its small objects packed into
//! compressed object streams, which takes a third off a tagged file. PDF/A-2 and later allow
//! them; Typst does not write them.

use lopdf::{Document, Error, SaveOptions};

/// Objects in one stream: readers unpack a whole one to read one object, so that larger
/// ones save little and cost much.
const OBJECTS_A_STREAM: usize = 400;

/// Packs a PDF.
///
/// # Errors
/// Only when the bytes are no PDF.
pub fn finish(pdf: &[u8]) -> Result<Vec<u8>, Error> {
    let mut document = Document::load_mem(pdf)?;
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
