//! The files inside an official PDF, read back.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, decode_text_string};

use super::guarded::{LoadFault, load};

/// No attachment is larger, and all together are not, in bytes.
const LARGEST: usize = 256 << 20;
/// Name trees are not nested deeper.
const DEEPEST: usize = 32;
/// Nodes and names of the tree: a tree may lead to one node by many ways.
const MOST_NODES: usize = 20_000;

/// Why the files cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachedFault {
    /// Not a PDF, or damaged.
    Unreadable,
    /// Nothing is attached: no official PDF.
    None,
    /// The list of the attachments is broken, or has a name twice, so that it cannot be told what
    /// was attached.
    Damaged,
    /// Made to fill the memory of who opens it.
    TooHeavy,
}

/// Attached files by the name that the name tree gives them; `None` of a file that cannot be
/// unpacked, or with which all are larger than any report.
pub type Attached = BTreeMap<String, Option<Vec<u8>>>;

/// The attached files.
///
/// The names are as they stand in the PDF: whoever writes them to a disk looks at them first.
///
/// # Errors
/// See [`AttachedFault`].
pub fn attached_files(bytes: &[u8]) -> Result<Attached, AttachedFault> {
    let document = load(bytes).map_err(|fault| match fault {
        LoadFault::Unreadable => AttachedFault::Unreadable,
        LoadFault::Encrypted => AttachedFault::None,
        LoadFault::TooHeavy => AttachedFault::TooHeavy,
    })?;
    let tree = || {
        let names = document.catalog().ok()?.get_deref(b"Names", &document).ok()?.as_dict().ok()?;
        names.get_deref(b"EmbeddedFiles", &document).ok()?.as_dict().ok()
    };
    let Some(tree) = tree() else { return Err(AttachedFault::None) };
    let mut files = Attached::new();
    let mut left = Left { bytes: LARGEST, nodes: MOST_NODES };
    collect(&document, tree, DEEPEST, &mut left, &mut files)?;
    if files.is_empty() { Err(AttachedFault::None) } else { Ok(files) }
}

/// What may still be read.
struct Left {
    bytes: usize,
    nodes: usize,
}

impl Left {
    fn take_node(&mut self) -> Result<(), AttachedFault> {
        self.nodes = self.nodes.checked_sub(1).ok_or(AttachedFault::TooHeavy)?;
        Ok(())
    }
}

fn collect(
    document: &Document,
    node: &Dictionary,
    depth: usize,
    left: &mut Left,
    files: &mut Attached,
) -> Result<(), AttachedFault> {
    left.take_node()?;
    let array = |key: &[u8]| node.get_deref(key, document).ok()?.as_array().ok();
    for pair in array(b"Names").map_or(&[][..], Vec::as_slice).chunks_exact(2) {
        left.take_node()?;
        let name = decode_text_string(&pair[0]).map_err(|_| AttachedFault::Damaged)?;
        let bytes = embedded(document, &pair[1], left.bytes);
        left.bytes = left.bytes.saturating_sub(bytes.as_ref().map_or(0, Vec::len));
        // Readers differ in which of two they show.
        if files.insert(name, bytes).is_some() {
            return Err(AttachedFault::Damaged);
        }
    }
    for child in array(b"Kids").map_or(&[][..], Vec::as_slice) {
        let (_, child) = document.dereference(child).map_err(|_| AttachedFault::Damaged)?;
        let child = child.as_dict().map_err(|_| AttachedFault::Damaged)?;
        let depth = depth.checked_sub(1).ok_or(AttachedFault::Damaged)?;
        collect(document, child, depth, left, files)?;
    }
    Ok(())
}

fn embedded(document: &Document, specification: &Object, limit: usize) -> Option<Vec<u8>> {
    let (_, specification) = document.dereference(specification).ok()?;
    let files = specification.as_dict().ok()?.get_deref(b"EF", document).ok()?.as_dict().ok()?;
    let stream = files.get_deref(b"F", document).ok()?.as_stream().ok()?;
    match stream.dict.has(b"Filter") {
        true => stream.decompressed_content_with_limit(limit).ok(),
        false => Some(stream.content.clone()).filter(|content| content.len() <= limit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Attachment, Relationship};
    use soukatsu_core::model::date::Date;

    fn pdf(attachments: &[Attachment]) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let root = document.add_object(lopdf::dictionary! { "Type" => "Catalog" });
        document.trailer.set("Root", root);
        super::super::attach::attach(&mut document, attachments, Date::default()).unwrap();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn attachment(path: &str, bytes: &[u8]) -> Attachment {
        Attachment {
            path: path.into(),
            bytes: bytes.to_vec(),
            media_type: "text/csv",
            relationship: Relationship::Data,
            description: "データ".into(),
        }
    }

    #[test]
    fn what_was_attached_comes_back_under_its_path() {
        let long = b"1,2,3\n".repeat(1000);
        let files = [attachment("csv/図4.csv", &long), attachment("report.toml", b"format = 1")];
        let given = attached_files(&pdf(&files)).unwrap();
        assert_eq!(given["csv/図4.csv"].as_ref(), Some(&long));
        assert_eq!(given["report.toml"].as_deref(), Some(&b"format = 1"[..]));
    }

    #[test]
    fn an_attachment_that_is_lost_leaves_the_others() {
        let files = [attachment("csv/a.csv", b"1,2"), attachment("report.toml", b"format = 1")];
        let mut document = Document::load_mem(&pdf(&files)).unwrap();
        let lost = document.objects.iter().find_map(|(id, object)| {
            let stream = object.as_stream().ok()?;
            (stream.get_plain_content().ok()? == b"1,2").then_some(*id)
        });
        document.objects.remove(&lost.unwrap());
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let given = attached_files(&bytes).unwrap();
        assert_eq!(given["csv/a.csv"], None);
        assert_eq!(given["report.toml"].as_deref(), Some(&b"format = 1"[..]));
    }

    #[test]
    fn a_pdf_without_attachments_and_what_is_no_pdf_are_told_apart() {
        assert_eq!(attached_files(&pdf(&[])), Err(AttachedFault::None));
        assert_eq!(attached_files(b"no"), Err(AttachedFault::Unreadable));
    }
}
