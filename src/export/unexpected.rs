//! What one PDF has that another, made of the same pages, lacks: whatever a reader shows or does
//! beyond the pages themselves. Pictures of pages do not tell it, for readers differ in what they
//! draw of it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

use super::guarded::load;
use super::xmp::packet;

/// Things of a PDF as people may look for them, one line each.
type Features = BTreeSet<String>;

/// The features of a PDF that the other one lacks, and the annotations and page labels that it has
/// lost; sorted. `None` when one of them cannot be read.
pub fn unexpected(pdf: &[u8], made: &[u8]) -> Option<Vec<String>> {
    let (has, made) = (features(&load(pdf).ok()?), features(&load(made).ok()?));
    let is_needed = |name: &&String| name.starts_with(LABEL) || name.contains(ANNOTATION);
    let gone = made.difference(&has).filter(is_needed);
    let more = has.difference(&made).cloned();
    Some(more.chain(gone.map(|name| format!("{name}（なくなっている）"))).collect())
}

const LABEL: &str = "ページの番号";
const ANNOTATION: &str = "枚目の注釈";
/// So deep is an object told.
const DEEPEST: usize = 6;

fn features(document: &Document) -> Features {
    let mut found = Features::new();
    let Ok(catalog) = document.catalog() else { return found };
    let pages = document.get_pages();
    let teller = Teller { document, pages: pages.iter().map(|(n, id)| (*id, *n)).collect() };
    keys(catalog, "文書の項目", &mut found);
    for (key, what) in [(&b"Names"[..], "名前の一覧"), (b"MarkInfo", "印の項目")] {
        if let Ok(Object::Dictionary(inner)) = catalog.get_deref(key, document) {
            keys(inner, what, &mut found);
        }
    }
    if let Ok(Object::Dictionary(info)) = document.trailer.get_deref(b"Info", document) {
        keys(info, "文書情報の項目", &mut found);
    }
    if let Ok(labels) = catalog.get_deref(b"PageLabels", document) {
        found.insert(format!("{LABEL}: {}", teller.told(labels, DEEPEST)));
    }
    for name in element_names(&packet(document)) {
        found.insert(format!("XMPの項目: {name}"));
    }
    for (number, id) in pages {
        let Ok(page) = document.get_dictionary(id) else { continue };
        keys(page, "ページの項目", &mut found);
        let notes = page.get_deref(b"Annots", document).and_then(Object::as_array);
        for (at, note) in notes.into_iter().flatten().enumerate() {
            found.insert(format!("{number}{ANNOTATION}{}: {}", at + 1, teller.annotation(note)));
        }
    }
    attached(document, catalog, &mut found);
    found
}

fn keys(dictionary: &Dictionary, what: &str, found: &mut Features) {
    let names = dictionary.iter().map(|(key, _)| String::from_utf8_lossy(key));
    found.extend(names.map(|name| format!("{what}: {name}")));
}

/// The files inside: every way in which a reader may find one must lead to the same bytes.
fn attached(document: &Document, catalog: &Dictionary, found: &mut Features) {
    let mut files = BTreeSet::new();
    for id in document.objects.keys() {
        let Ok(specification) = document.get_dictionary(*id) else { continue };
        let Ok(Object::Dictionary(ways)) = specification.get_deref(b"EF", document) else {
            continue;
        };
        files.insert(*id);
        keys(specification, "添付ファイルの項目", found);
        keys(ways, "添付ファイルの中身の項目", found);
        let name = |key| specification.get_deref(key, document).and_then(decode_text_string);
        if let (Ok(plain), Ok(unicode)) = (name(b"F"), name(b"UF"))
            && plain != unicode
        {
            found.insert(format!("添付ファイルの2つの名前: {plain}と{unicode}"));
        }
        let targets: BTreeSet<Option<ObjectId>> =
            ways.iter().map(|(_, way)| way.as_reference().ok()).collect();
        if targets.len() != 1 {
            found.insert("添付ファイルの中身: 読むソフトによって違う".to_owned());
        }
        if specification.get(b"EF").is_ok_and(|way| way.as_reference().is_ok()) {
            found.insert("添付ファイルの中身: 別の所にある".to_owned());
        }
    }
    found.insert(format!("添付ファイルの数: {}", files.len()));
    let associated = catalog.get_deref(b"AF", document).and_then(Object::as_array);
    let associated = associated.into_iter().flatten().filter_map(|one| one.as_reference().ok());
    if associated.collect::<BTreeSet<ObjectId>>() != files {
        found.insert("添付ファイルの一覧: 2つの一覧が合わない".to_owned());
    }
}

/// Objects as text, so that two documents can be compared whose objects have other numbers.
struct Teller<'a> {
    document: &'a Document,
    pages: BTreeMap<ObjectId, u32>,
}

impl Teller<'_> {
    /// What an annotation is, and where a link leads. How it is named and numbered is the
    /// program's own.
    fn annotation(&self, note: &Object) -> String {
        let own = [&b"StructParent"[..], b"Contents", b"Rect", b"F", b"P", b"NM", b"M"];
        match self.document.dereference(note) {
            Ok((_, Object::Dictionary(note))) => {
                let parts = note.iter().filter(|(key, _)| !own.contains(&&key[..]));
                self.entries(parts, DEEPEST).join("、")
            }
            _ => "読めません".to_owned(),
        }
    }

    fn entries<'o>(
        &self,
        entries: impl Iterator<Item = (&'o Vec<u8>, &'o Object)>,
        depth: usize,
    ) -> Vec<String> {
        let told = |(key, value): (&Vec<u8>, &Object)| {
            format!("{} {}", String::from_utf8_lossy(key), self.told(value, depth))
        };
        let mut parts: Vec<String> = entries.map(told).collect();
        parts.sort();
        parts
    }

    fn told(&self, object: &Object, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else { return "…".to_owned() };
        match object {
            Object::Reference(id) => match self.pages.get(id) {
                Some(number) => format!("{number}枚目"),
                None => self
                    .document
                    .get_object(*id)
                    .map_or_else(|_| "なし".to_owned(), |object| self.told(object, depth)),
            },
            Object::Array(array) => {
                let parts: Vec<String> =
                    array.iter().map(|object| self.told(object, depth)).collect();
                format!("[{}]", parts.join(" "))
            }
            Object::Dictionary(dictionary) => {
                format!("<{}>", self.entries(dictionary.iter(), depth).join(" "))
            }
            Object::Stream(_) => "（中身）".to_owned(),
            Object::String(bytes, _) => {
                decode_text_string(object).unwrap_or_else(|_| format!("{bytes:?}"))
            }
            // A place on a page moves by a hair from version to version.
            Object::Real(_) => "数".to_owned(),
            other => format!("{other:?}"),
        }
    }
}

/// The names of the elements and attributes of a piece of XML.
fn element_names(xml: &str) -> BTreeSet<&str> {
    let is_name = |c: char| c.is_alphanumeric() || ":-_.".contains(c);
    xml.split('<').filter_map(|rest| rest.split(|c| !is_name(c)).next()).collect()
}
