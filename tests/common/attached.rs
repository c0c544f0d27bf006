//! Official PDFs whose attachments are changed, as damage or another program would.

use lopdf::{Document, Object, ObjectId, Stream, dictionary, text_string};
use serde_json::Value;

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

    /// The description of an attachment.
    pub fn specification(&mut self, name: &str) -> &mut lopdf::Dictionary {
        let place = self.place(name);
        let id = self.names()[place + 1].as_reference().unwrap();
        self.0.get_dictionary_mut(id).unwrap()
    }

    /// The bytes of an attachment as they are packed.
    pub fn stream(&mut self, name: &str) -> &mut Stream {
        let files = self.specification(name).get(b"EF").unwrap();
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
}
