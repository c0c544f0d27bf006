//! Files inside a PDF: the sources of the report as associated files (PDF/A-3, 6.8).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Error, Object, Stream, dictionary, text_string};

use soukatsu_core::model::date::Date;

/// A file to go into the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The path inside the report folder, with `/`.
    pub path: String,
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    pub relationship: Relationship,
    /// What the file is, in Japanese.
    pub description: String,
}

/// What a file is to the document (ISO 32000-2, 7.11.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// What the document was made from.
    Source,
    /// The data behind its tables and charts.
    Data,
    /// What is told beside the document.
    Supplement,
}

impl Relationship {
    fn name(self) -> &'static str {
        match self {
            Relationship::Source => "Source",
            Relationship::Data => "Data",
            Relationship::Supplement => "Supplement",
        }
    }
}

/// Embeds the files, and associates each with the document as a whole.
///
/// They are sorted by name, as a name tree demands. All of them get the date of the report, for
/// the dates of files differ between machines.
pub(super) fn attach(
    document: &mut Document,
    attachments: &[Attachment],
    date: Date,
) -> Result<(), Error> {
    if attachments.is_empty() {
        return Ok(());
    }
    let mut sorted: Vec<&Attachment> = attachments.iter().collect();
    sorted.sort_by_key(|attachment| name_key(&attachment.path));
    let (mut names, mut associated) = (Vec::new(), Vec::new());
    let mut taken = BTreeSet::new();
    for attachment in sorted {
        let file = embedded_file(attachment, date)?;
        let file = document.add_object(file);
        let file_name = file_name(&attachment.path, &mut taken);
        let specification = document.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => text_string(&file_name),
            "UF" => text_string(&file_name),
            "Desc" => text_string(&format!("{}（{}）", attachment.description, attachment.path)),
            "AFRelationship" => attachment.relationship.name(),
            "EF" => dictionary! { "F" => file, "UF" => file },
        });
        names.push(text_string(&attachment.path));
        names.push(Object::Reference(specification));
        associated.push(Object::Reference(specification));
    }
    let tree = document.add_object(dictionary! { "Names" => names });
    let catalog = document.catalog()?;
    let mut all = match catalog.get_deref(b"Names", document) {
        Ok(Object::Dictionary(names)) => names.clone(),
        _ => Dictionary::new(),
    };
    all.set("EmbeddedFiles", tree);
    let catalog = document.catalog_mut()?;
    catalog.set("Names", all);
    catalog.set("AF", associated);
    Ok(())
}

fn embedded_file(attachment: &Attachment, date: Date) -> Result<Stream, Error> {
    let dictionary = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => attachment.media_type,
        "Params" => dictionary! {
            "Size" => attachment.bytes.len() as i64,
            "ModDate" => Object::string_literal(format!(
                "D:{:04}{:02}{:02}000000Z", date.year, date.month, date.day
            )),
        },
    };
    let mut stream = Stream::new(dictionary, attachment.bytes.clone());
    stream.compress()?;
    Ok(stream)
}

/// The name under which a reader saves the file. Readers refuse or lose folders, so that
/// `csv/a.csv` becomes `csv_a.csv`; the path itself is the key of the name tree.
fn file_name(path: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = path.replace('/', "_");
    while !taken.insert(name.clone()) {
        name.insert(0, '_');
    }
    name
}

/// Keys of a name tree are sorted by the bytes of their strings.
fn name_key(path: &str) -> Vec<u8> {
    text_string(path).as_str().unwrap_or_default().to_vec()
}
