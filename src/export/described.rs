//! What a PDF says of itself, as far as it does not depend on the program that wrote it.

use std::collections::BTreeMap;

use lopdf::{Document, Object, decode_text_string};

use super::guarded::load;
use super::xmp::{element, packet};

/// Entries of the information dictionary, with what people call them.
const INFO: [(&[u8], &str); 6] = [
    (b"Title", "題名"),
    (b"Author", "作成者"),
    (b"Subject", "主題"),
    (b"Keywords", "キーワード"),
    (b"CreationDate", "作成日"),
    (b"ModDate", "変更日"),
];
/// Elements of the XMP.
const XMP: [(&str, &str); 10] = [
    ("dc:title", "題名（XMP）"),
    ("dc:creator", "作成者（XMP）"),
    ("dc:description", "説明（XMP）"),
    ("dc:language", "言語（XMP）"),
    ("xmp:CreateDate", "作成日（XMP）"),
    ("xmp:ModifyDate", "変更日（XMP）"),
    ("xmpMM:VersionID", "版（XMP）"),
    ("pdfaid:part", "PDF/Aの種類（XMP）"),
    ("pdfaid:conformance", "PDF/Aの水準（XMP）"),
    ("pdfuaid:part", "PDF/UAの種類（XMP）"),
];
/// So many bookmarks are read.
const MOST_BOOKMARKS: usize = 20_000;

/// What a PDF says of itself: title, author, dates, language, bookmarks, by what people call them.
/// `None` when it cannot be read.
pub fn described(pdf: &[u8]) -> Option<BTreeMap<String, String>> {
    let document = load(pdf).ok()?;
    let mut facts = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.insert(name.to_owned(), value);
        }
    };
    let info = document.trailer.get_deref(b"Info", &document).and_then(Object::as_dict).ok();
    for (key, name) in INFO {
        let value = info.and_then(|info| info.get_deref(key, &document).ok());
        put(name, value.and_then(|value| decode_text_string(value).ok()));
    }
    let catalog = document.catalog().ok()?;
    let language = catalog.get_deref(b"Lang", &document).ok();
    put("言語", language.and_then(|value| decode_text_string(value).ok()));
    let xmp = packet(&document);
    for (key, name) in XMP {
        put(name, element(&xmp, key).map(|(start, end)| xmp[start..end].to_owned()));
    }
    put("しおり", Some(bookmarks(&document).join("\n")));
    Some(facts)
}

/// The titles of the outline in their order.
fn bookmarks(document: &Document) -> Vec<String> {
    let reference =
        |object: &Object, key: &[u8]| object.as_dict().ok()?.get(key).ok()?.as_reference().ok();
    let outlines = document.catalog().ok().and_then(|catalog| catalog.get(b"Outlines").ok());
    let root = outlines.and_then(|root| document.dereference(root).ok()).map(|(_, root)| root);
    let mut open: Vec<_> = root.and_then(|root| reference(root, b"First")).into_iter().collect();
    let mut titles = Vec::new();
    while let Some(id) = open.pop() {
        let Ok(item) = document.get_object(id) else { continue };
        let title = item.as_dict().and_then(|item| item.get_deref(b"Title", document));
        titles.push(title.and_then(decode_text_string).unwrap_or_default());
        // Links in a ring would never end.
        if titles.len() > MOST_BOOKMARKS {
            break;
        }
        open.extend(reference(item, b"Next"));
        open.extend(reference(item, b"First"));
    }
    titles
}
