//! Whether a PDF is damaged in a way that readers paper over: they search for lost objects and
//! leave out what they cannot unpack, so that pages come out wrong without a word.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Document, LoadOptions, Stream};

use soukatsu_core::problem::contained;

/// No stream of a document is larger unpacked; what claims to be is not looked into.
const LARGEST_STREAM: usize = 256 << 20;

/// Whether the file must be repaired to be read, or streams of it cannot be unpacked.
/// `pages`: as many as another reader found.
///
/// Of an encrypted file nothing is said.
pub fn is_damaged(bytes: &[u8], pages: usize) -> bool {
    is_damaged_in(bytes, pages, |_| true)
}

/// Like [`is_damaged`], but attachments count for nothing: whether pages may be drawn wrong.
pub fn are_pages_damaged(bytes: &[u8], pages: usize) -> bool {
    is_damaged_in(bytes, pages, |stream| !stream.dict.has_type(b"EmbeddedFile"))
}

fn is_damaged_in(bytes: &[u8], pages: usize, counts: impl Fn(&Stream) -> bool) -> bool {
    let options =
        LoadOptions { max_decompressed_size: Some(LARGEST_STREAM), ..LoadOptions::default() };
    let loading = || Document::load_mem_with_options(bytes, options);
    let Ok(Ok(document)) = contained(loading) else { return true };
    if document.is_encrypted() || document.was_encrypted() {
        return false;
    }
    document.xref_recovery.is_some()
        || document.page_iter().count() != pages
        || document
            .objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .any(|stream| counts(stream) && cannot_be_unpacked(stream))
}

fn cannot_be_unpacked(stream: &Stream) -> bool {
    // Pictures have filters of their own.
    let packed = stream.filters().is_ok_and(|filters| filters == [b"FlateDecode"]);
    // Some programs call a stream packed that holds nothing at all.
    if stream.content.iter().all(u8::is_ascii_whitespace) {
        return false;
    }
    // lopdf keeps what it could unpack; here every byte and the checksum must be right.
    let mut unpacked = ZlibDecoder::new(stream.content.as_slice()).take(LARGEST_STREAM as u64);
    packed && std::io::copy(&mut unpacked, &mut std::io::sink()).is_err()
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// A PDF with one empty page and a packed stream.
    fn pdf() -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let pages = document.new_object_id();
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages,
            "MediaBox" => vec![0.into(), 0.into(), 10.into(), 10.into()],
        });
        let kids = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] };
        document.set_object(pages, kids);
        let mut stream = Stream::new(dictionary! {}, b"0 0 m 9 9 l S ".repeat(90));
        stream.compress().unwrap();
        document.add_object(stream);
        let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", root);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn at(bytes: &[u8], text: &[u8]) -> usize {
        bytes.windows(text.len()).position(|window| window == text).unwrap()
    }

    #[test]
    fn a_whole_file_is_not_damaged() {
        assert!(!is_damaged(&pdf(), 1));
    }

    #[test]
    fn a_stream_with_other_bytes_is_damaged() {
        let mut bytes = pdf();
        let start = at(&bytes, b"stream") + 10;
        bytes[start..start + 8].fill(0xff);
        assert!(is_damaged(&bytes, 1));
    }

    #[test]
    fn a_damaged_attachment_damages_no_page() {
        let mut document = Document::load_mem(&pdf()).unwrap();
        let stream = document.objects.values_mut().find_map(|object| object.as_stream_mut().ok());
        let stream = stream.unwrap();
        stream.content[10] ^= 0xff;
        stream.dict.set("Type", "EmbeddedFile");
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        assert!(is_damaged(&bytes, 1) && !are_pages_damaged(&bytes, 1));
    }

    #[test]
    fn an_empty_stream_that_is_called_packed_is_no_damage() {
        let mut document = Document::load_mem(&pdf()).unwrap();
        for content in [&b""[..], b"\r\n"] {
            let packed = dictionary! { "Filter" => "FlateDecode" };
            document.add_object(Stream::new(packed, content.to_vec()));
        }
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        assert!(!is_damaged(&bytes, 1));
    }

    #[test]
    fn a_lost_page_is_damage() {
        assert!(is_damaged(&pdf(), 2));
    }

    #[test]
    fn what_is_no_pdf_is_damaged() {
        assert!(is_damaged(b"%PDF-1.7 and nothing else", 1));
    }
}
