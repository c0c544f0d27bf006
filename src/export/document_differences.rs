//! Where one PDF departs from another, whatever the order and the numbers of its objects: pages
//! with all that is drawn or lies on them, tags, alternative texts, bookmarks, attachments,
//! metadata. What names the program that wrote it, and the file itself, is no difference.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, decode_text_string};

use roxmltree::ParsingOptions;

use super::guarded::load;
use super::xmp::packet;
use soukatsu_core::model::source::RECORD_FILE;

/// A part of a PDF as people speak of it, in the order in which parts are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentPart {
    PageCount,
    /// What is drawn, by the number of the page from 1.
    Page(usize),
    /// Links, notes and other things that lie on a page.
    Annotations(usize),
    /// Page labels.
    PageLabels,
    /// Tags with their alternative texts.
    Tags,
    Bookmarks,
    Attachment(String),
    /// Which files are inside.
    Attachments,
    /// Title, author, dates and other metadata.
    Metadata,
    /// An entry of the document itself: what happens when it is opened, layers, its language.
    Entry(String),
}

impl fmt::Display for DocumentPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentPart::PageCount => f.write_str("ページの数"),
            DocumentPart::Page(number) => write!(f, "前から{number}枚目の紙面"),
            DocumentPart::Annotations(number) => write!(f, "前から{number}枚目のリンクや注釈"),
            DocumentPart::PageLabels => f.write_str("ページ番号"),
            DocumentPart::Tags => f.write_str("タグと代替テキスト"),
            DocumentPart::Bookmarks => f.write_str("しおり"),
            DocumentPart::Attachment(name) => write!(f, "添付ファイル「{name}」"),
            DocumentPart::Attachments => f.write_str("添付ファイルの一覧"),
            DocumentPart::Metadata => f.write_str("文書情報"),
            DocumentPart::Entry(name) => write!(f, "文書の項目 {name}"),
        }
    }
}

/// The parts in which two PDFs differ; none when they are the same for every reader. `None` when
/// one of them cannot be read.
pub fn document_differences(one: &[u8], other: &[u8]) -> Option<BTreeSet<DocumentPart>> {
    let documents = [load(one).ok()?, load(other).ok()?];
    let [old, new] = &documents;
    let pages = [old, new].map(|document| {
        let pages = document.get_pages().into_iter();
        pages.map(|(number, id)| (id, number as usize)).collect::<HashMap<ObjectId, usize>>()
    });
    let mut walk = Walk {
        documents: [old, new],
        pages,
        seen: HashSet::new(),
        open: Vec::new(),
        found: BTreeSet::new(),
    };
    walk.pages();
    walk.attachments();
    walk.metadata();
    walk.catalog();
    Some(walk.found)
}

struct Walk<'a> {
    documents: [&'a Document; 2],
    /// The numbers of the pages.
    pages: [HashMap<ObjectId, usize>; 2],
    /// Pairs of objects that were held against each other, or will be.
    seen: HashSet<(ObjectId, ObjectId)>,
    open: Vec<(&'a Object, &'a Object)>,
    found: BTreeSet<DocumentPart>,
}

/// Entries that lead back to where one came from.
const BACK: [&[u8]; 2] = [b"Parent", b"P"];
/// How a stream is stored, and not what it holds.
const STORAGE: [&[u8]; 4] = [b"Length", b"Filter", b"DecodeParms", b"DL"];

impl<'a> Walk<'a> {
    fn pages(&mut self) {
        if self.pages[0].len() != self.pages[1].len() {
            self.found.insert(DocumentPart::PageCount);
        }
        let by_number = |pages: &HashMap<ObjectId, usize>| -> BTreeMap<usize, ObjectId> {
            pages.iter().map(|(id, number)| (*number, *id)).collect()
        };
        let [old, new] = [by_number(&self.pages[0]), by_number(&self.pages[1])];
        let pairs: Vec<(usize, ObjectId, ObjectId)> =
            old.iter().filter_map(|(n, id)| Some((*n, *id, *new.get(n)?))).collect();
        self.seen.extend(pairs.iter().map(|(_, old, new)| (*old, *new)));
        for (number, old, new) in pairs {
            let [old, new] =
                [(0, old), (1, new)].map(|(side, id)| self.documents[side].get_dictionary(id));
            let (Ok(old), Ok(new)) = (old, new) else {
                self.found.insert(DocumentPart::Page(number));
                continue;
            };
            for key in keys(old, new).into_iter().filter(|key| !BACK.contains(key)) {
                let part = match key {
                    b"Annots" => DocumentPart::Annotations(number),
                    _ => DocumentPart::Page(number),
                };
                self.hold(old.get(key).ok(), new.get(key).ok(), part);
            }
        }
    }

    /// The files by their names; where they are listed is walked with the catalog.
    fn attachments(&mut self) {
        let [old, new] = self.documents.map(specifications);
        if old.keys().ne(new.keys()) {
            self.found.insert(DocumentPart::Attachments);
        }
        for (name, old) in old {
            let Some(new) = new.get(&name) else { continue };
            // The record names the program; its digest and size follow from that.
            if name == RECORD_FILE {
                let [kept, made] = [(0, old), (1, *new)].map(|(side, id)| self.record(side, id));
                if kept.is_none() || kept != made {
                    self.found.insert(DocumentPart::Attachment(name.clone()));
                }
                self.seen.insert((old, *new));
                continue;
            }
            self.hold_ids(old, *new, DocumentPart::Attachment(name));
        }
    }

    /// The record of a PDF without what names its makers.
    fn record(&self, side: usize, id: ObjectId) -> Option<(serde_json::Value, Vec<String>)> {
        let document = self.documents[side];
        let specification = document.get_dictionary(id).ok()?;
        let ways = specification.get_deref(b"EF", document).ok()?.as_dict().ok()?;
        let streams: BTreeSet<Option<ObjectId>> =
            ways.iter().map(|(_, way)| way.as_reference().ok()).collect();
        let stream = streams.first().copied().flatten().filter(|_| streams.len() == 1)?;
        let stream = document.get_object(stream).ok()?.as_stream().ok()?;
        let mut record: serde_json::Value = serde_json::from_slice(&content(stream)?).ok()?;
        for maker in ["engine", "template", "fonts", "content"] {
            record.as_object_mut()?.remove(maker);
        }
        let entries = specification.iter().filter(|(key, _)| *key != b"EF");
        let told = entries.map(|(key, value)| {
            let value = document.dereference(value).map_or(value, |(_, value)| value);
            format!("{} {}", String::from_utf8_lossy(key), told(value))
        });
        let mut told: Vec<String> = told.collect();
        told.extend(ways.iter().map(|(key, _)| String::from_utf8_lossy(key).into_owned()));
        told.sort();
        Some((record, told))
    }

    fn metadata(&mut self) {
        let [old, new] = self.documents.map(|document| without_makers(&packet(document)));
        let infos = self.documents.map(|document| {
            document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok()
        });
        if old != new {
            self.found.insert(DocumentPart::Metadata);
        }
        if let [Some(old), Some(new)] = infos {
            for key in keys(old, new) {
                let [was, is] = [(0, old), (1, new)].map(|(side, info)| {
                    info.get_deref(key, self.documents[side]).map(told).unwrap_or_default()
                });
                let is_maker = matches!(key, b"Creator" | b"Producer");
                if was != is && !(is_maker && is_plain(&was) && is_plain(&is)) {
                    self.found.insert(DocumentPart::Metadata);
                }
            }
        } else if infos.iter().any(Option::is_some) {
            self.found.insert(DocumentPart::Metadata);
        }
        // The streams were held against each other without what names their makers.
        let metadata = self
            .documents
            .map(|document| document.catalog().ok()?.get(b"Metadata").ok()?.as_reference().ok());
        if let [Some(old), Some(new)] = metadata {
            self.seen.insert((old, new));
        }
    }

    fn catalog(&mut self) {
        let [Ok(old), Ok(new)] = self.documents.map(Document::catalog) else { return };
        for key in keys(old, new) {
            let part = match key {
                b"PageLabels" => DocumentPart::PageLabels,
                b"StructTreeRoot" => DocumentPart::Tags,
                b"Outlines" => DocumentPart::Bookmarks,
                b"AF" => DocumentPart::Attachments,
                b"Metadata" => DocumentPart::Metadata,
                key => DocumentPart::Entry(String::from_utf8_lossy(key).into_owned()),
            };
            self.hold(old.get(key).ok(), new.get(key).ok(), part);
        }
    }

    fn hold_ids(&mut self, old: ObjectId, new: ObjectId, part: DocumentPart) {
        if self.seen.insert((old, new)) {
            let [old, new] =
                [(0, old), (1, new)].map(|(side, id)| self.documents[side].get_object(id).ok());
            self.hold(old, new, part);
        }
    }

    /// Holds two objects against each other, with all that they lead to.
    fn hold(&mut self, old: Option<&'a Object>, new: Option<&'a Object>, part: DocumentPart) {
        let (Some(old), Some(new)) = (old, new) else {
            if old.is_some() || new.is_some() {
                self.found.insert(part);
            }
            return;
        };
        self.open.push((old, new));
        while let Some((old, new)) = self.open.pop() {
            if !self.agree(old, new) {
                self.open.clear();
                self.found.insert(part);
                return;
            }
        }
    }

    /// Whether two objects agree in themselves; what they lead to is opened.
    fn agree(&mut self, old: &'a Object, new: &'a Object) -> bool {
        if let (Object::Reference(old), Object::Reference(new)) = (old, new) {
            let [was, is] = [self.pages[0].get(old), self.pages[1].get(new)];
            if was.is_some() || is.is_some() {
                return was == is;
            }
            if !self.seen.insert((*old, *new)) {
                return true;
            }
        }
        let [old, new] = [(0, old), (1, new)].map(|(side, object)| {
            self.documents[side].dereference(object).map_or(&Object::Null, |(_, found)| found)
        });
        match (old, new) {
            (Object::Array(old), Object::Array(new)) => {
                self.open.extend(old.iter().zip(new));
                old.len() == new.len()
            }
            (Object::Dictionary(old), Object::Dictionary(new)) => self.entries(old, new, &[]),
            (Object::Stream(old), Object::Stream(new)) => {
                self.entries(&old.dict, &new.dict, &STORAGE) && same_content(old, new)
            }
            (Object::String(..), Object::String(..)) => told(old) == told(new),
            (Object::Real(_) | Object::Integer(_), Object::Real(_) | Object::Integer(_)) => {
                old.as_float().ok() == new.as_float().ok()
            }
            (old, new) => old == new,
        }
    }

    fn entries(&mut self, old: &'a Dictionary, new: &'a Dictionary, but: &[&[u8]]) -> bool {
        keys(old, new).into_iter().filter(|key| !but.contains(key) && !BACK.contains(key)).all(
            |key| match (old.get(key), new.get(key)) {
                (Ok(old), Ok(new)) => {
                    self.open.push((old, new));
                    true
                }
                _ => false,
            },
        )
    }
}

fn keys<'d>(one: &'d Dictionary, other: &'d Dictionary) -> BTreeSet<&'d [u8]> {
    one.iter().chain(other.iter()).map(|(key, _)| key.as_slice()).collect()
}

/// The descriptions of the files inside, by their names in the list of files.
fn specifications(document: &Document) -> BTreeMap<String, ObjectId> {
    let lists = document.objects.values().filter_map(|object| object.as_dict().ok());
    let lists = lists.filter_map(|list| list.get(b"Names").and_then(Object::as_array).ok());
    let listed: HashMap<ObjectId, String> = lists
        .flat_map(|list| list.chunks_exact(2))
        .filter_map(|pair| Some((pair[1].as_reference().ok()?, decode_text_string(&pair[0]).ok()?)))
        .collect();
    let named = |id: &ObjectId| {
        let specification = document.get_dictionary(*id).ok()?;
        specification.get(b"EF").ok()?;
        let name = specification.get_deref(b"UF", document).and_then(decode_text_string);
        let name = listed.get(id).cloned().or(name.ok());
        Some((name.unwrap_or_default(), *id))
    };
    document.objects.keys().filter_map(named).collect()
}

fn same_content(old: &Stream, new: &Stream) -> bool {
    let is_stored_alike = old.dict.get(b"Filter").ok() == new.dict.get(b"Filter").ok();
    is_stored_alike && old.content == new.content || content(old) == content(new)
}

fn content(stream: &Stream) -> Option<Vec<u8>> {
    stream.get_plain_content().ok()
}

fn told(object: &Object) -> String {
    match object {
        Object::String(bytes, _) => {
            decode_text_string(object).unwrap_or_else(|_| format!("{bytes:?}"))
        }
        other => format!("{other:?}"),
    }
}

/// Whether a text names a program or a file and says nothing else.
fn is_plain(text: &str) -> bool {
    text.len() <= LONGEST_NAME
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " .+-=/_".contains(c))
}

const LONGEST_NAME: usize = 80;

/// What the XMP says, a line an element or attribute, without what names the program and the
/// file; as it stands where it is no XML. Blanks between the elements are nothing.
fn without_makers(xmp: &str) -> String {
    const MAKERS: [&str; 6] =
        ["CreatorTool", "Producer", "softwareAgent", "instanceID", "InstanceID", "DocumentID"];
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let Ok(document) = roxmltree::Document::parse_with_options(xmp, options) else {
        return xmp.to_owned();
    };
    let mut told = String::new();
    for node in document.descendants() {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            let maker = node.parent().is_some_and(|of| MAKERS.contains(&of.tag_name().name()));
            if !(text.trim().is_empty() || maker && is_plain(text)) {
                told += &format!("= {}\n", text.trim());
            }
        } else if node.is_element() {
            let depth = node.ancestors().count();
            told += &format!("{depth} {:?}\n", node.tag_name());
            let attributes = node.attributes();
            let mut attributes: Vec<String> = attributes
                .map(|one| format!("@{:?} {} {}", one.namespace(), one.name(), one.value()))
                .collect();
            attributes.sort();
            told += &attributes.concat();
        }
    }
    told
}

/// The XMP of an edition has some 200.
const MOST_NODES: u32 = 100_000;
