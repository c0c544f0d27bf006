//! Official PDFs whose attachments are changed, as damage or another program would.

use lopdf::{Document, Object, ObjectId, Stream, dictionary, text_string};
use serde_json::Value;
use soukatsu_core::model::digest::sha256;

const RECORD: &str = "soukatsu-manifest.json";

/// A PDF that is taken apart.
pub struct Opened(Document);

impl Opened {
    pub fn new(pdf: &[u8]) -> Self {
        Opened(Document::load_mem(pdf).unwrap())
    }

    /// The document, for changes of every other kind.
    pub fn document(&mut self) -> &mut Document {
        &mut self.0
    }

    /// The description of an attachment.
    pub fn specification(&mut self, name: &str) -> &mut lopdf::Dictionary {
        let place = self.place(name);
        let id = self.names()[place + 1].as_reference().unwrap();
        self.0.get_dictionary_mut(id).unwrap()
    }

    pub fn pdf(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.0.save_to(&mut bytes).unwrap();
        bytes
    }

    fn tree(&self) -> ObjectId {
        let names = self.0.catalog().unwrap().get_deref(b"Names", &self.0).unwrap();
        names.as_dict().unwrap().get(b"EmbeddedFiles").unwrap().as_reference().unwrap()
    }

    fn names(&mut self) -> &mut Vec<Object> {
        let tree = self.tree();
        let tree = self.0.get_dictionary_mut(tree).unwrap();
        tree.get_mut(b"Names").unwrap().as_array_mut().unwrap()
    }

    fn place(&mut self, name: &str) -> usize {
        let named = |object: &Object| {
            object.as_str().is_ok() && lopdf::decode_text_string(object).unwrap() == name
        };
        self.names().iter().position(named).unwrap_or_else(|| panic!("{name} is not attached"))
    }

    fn stream(&mut self, name: &str) -> &mut Stream {
        let place = self.place(name);
        let specification = self.names()[place + 1].as_reference().unwrap();
        let files = self.0.get_dictionary(specification).unwrap().get(b"EF").unwrap();
        let stream = files.as_dict().unwrap().get(b"F").unwrap().as_reference().unwrap();
        self.0.get_object_mut(stream).unwrap().as_stream_mut().unwrap()
    }

    pub fn bytes(&mut self, name: &str) -> Vec<u8> {
        self.stream(name).get_plain_content().unwrap()
    }

    /// Puts other bytes into an attachment; the record is as it was.
    pub fn put(&mut self, name: &str, bytes: &[u8]) {
        self.stream(name).set_plain_content(bytes.to_vec());
    }

    /// Turns bits in the middle of the packed bytes.
    pub fn flip(&mut self, name: &str) {
        let content = &mut self.stream(name).content;
        let middle = content.len() / 2;
        content[middle] ^= 0xff;
    }

    /// Turns bits in what is drawn on a page, counted from 1.
    pub fn flip_page(&mut self, page: u32) {
        let page = self.0.get_pages()[&page];
        let content = self.0.get_page_contents(page)[0];
        let content = &mut self.0.get_object_mut(content).unwrap().as_stream_mut().unwrap().content;
        let middle = content.len() / 2;
        content[middle..middle + 20].fill(0xff);
    }

    pub fn remove(&mut self, name: &str) {
        let place = self.place(name);
        self.names().drain(place..place + 2);
    }

    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        let file = self.0.add_object(Stream::new(dictionary! {}, bytes.to_vec()));
        let specification = self.0.add_object(dictionary! {
            "Type" => "Filespec", "F" => text_string(name), "EF" => dictionary! { "F" => file },
        });
        self.names().extend([text_string(name), Object::Reference(specification)]);
    }

    /// Changes the record alone.
    pub fn record(&mut self, change: impl FnOnce(&mut Value)) {
        let mut record = serde_json::from_slice(&self.bytes(RECORD)).unwrap();
        change(&mut record);
        self.put(RECORD, record.to_string().as_bytes());
    }

    /// Changes an attachment and what the record says of it, as another program would have.
    pub fn replace(&mut self, name: &str, from: &str, to: &str) {
        let text = String::from_utf8(self.bytes(name)).unwrap();
        assert!(text.contains(from), "{name} holds no {from}");
        let text = text.replacen(from, to, 1);
        self.put(name, text.as_bytes());
        self.record(|record| {
            let files = record["files"].as_array_mut().unwrap();
            let file = files.iter_mut().find(|file| file["path"] == name).unwrap();
            file["sha256"] = sha256(text.as_bytes()).into();
            file["size"] = text.len().into();
        });
    }

    /// Puts another title into the information dictionary.
    pub fn title(&mut self, title: &str) {
        let info = self.0.trailer.get(b"Info").unwrap().as_reference().unwrap();
        self.0.get_dictionary_mut(info).unwrap().set("Title", text_string(title));
    }

    /// Changes the metadata in XML.
    pub fn xmp(&mut self, from: &str, to: &str) {
        let metadata = self.0.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
        let stream = self.0.get_object_mut(metadata).unwrap().as_stream_mut().unwrap();
        let text = String::from_utf8(stream.get_plain_content().unwrap()).unwrap();
        assert!(text.contains(from), "the XMP holds no {from}");
        stream.set_plain_content(text.replacen(from, to, 1).into_bytes());
    }

    /// Gives the first bookmark another title.
    pub fn bookmark(&mut self, title: &str) {
        let outlines = self.0.catalog().unwrap().get_deref(b"Outlines", &self.0).unwrap();
        let first = outlines.as_dict().unwrap().get(b"First").unwrap().as_reference().unwrap();
        self.0.get_dictionary_mut(first).unwrap().set("Title", text_string(title));
    }
}
