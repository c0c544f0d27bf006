//! A document to bytes: its small objects packed into compressed object streams, which takes a
//! third off a tagged file. PDF/A-2 and later allow them; Typst does not write them.
//!
//! lopdf can pack by itself (`save_with_options`), one stream after the other and from copies of
//! all objects. These are the same bytes in less than half the time: the streams are made side by
//! side, from the objects themselves.

use std::collections::BTreeMap;
use std::io::Write;

use lopdf::{Document, Error, Object, ObjectStream, Stream, Writer};
use rayon::prelude::*;

/// Objects in one stream: readers unpack a whole one to read one object, so that larger
/// ones save little and cost much.
const OBJECTS_A_STREAM: usize = 400;

/// Of deflate, 0 to 9.
const LEVEL: u32 = 9;

/// The first version with object streams.
const VERSION: &str = "1.5";

/// The bytes of a document, with its small objects packed.
pub(super) fn packed(mut document: Document) -> Result<Vec<u8>, Error> {
    if document.version.as_str() < VERSION {
        document.version = VERSION.to_owned();
    }
    let mut file = File::default();
    write!(file.bytes, "%PDF-{}\n%", document.version)?;
    file.bytes.extend(&document.binary_mark);
    file.bytes.push(b'\n');

    let mut streams: Vec<ObjectStream> = Vec::new();
    for (id, object) in std::mem::take(&mut document.objects) {
        if object.type_name().is_ok_and(|name| name == b"ObjStm") {
            // Its objects are among the others.
            continue;
        }
        if !ObjectStream::can_be_compressed(id, &object, &document) {
            file.write(id.0, id.1, &object)?;
            continue;
        }
        match streams.last_mut() {
            Some(stream) if stream.object_count() < OBJECTS_A_STREAM => {
                stream.add_object(id, object)?;
            }
            _ => {
                let stream = ObjectStream::builder().max_objects(OBJECTS_A_STREAM);
                let mut stream = stream.compression_level(LEVEL).build();
                stream.add_object(id, object)?;
                streams.push(stream);
            }
        }
    }
    let pack = |stream: ObjectStream| {
        let numbers: Vec<u32> = stream.objects.keys().map(|(number, _)| *number).collect();
        Ok((numbers, stream.to_stream_object()?))
    };
    let streams: Vec<(Vec<u32>, Stream)> =
        streams.into_par_iter().map(pack).collect::<Result<_, Error>>()?;

    // Numbers behind all others, for what only this file has.
    let mut number = document.max_id;
    for (numbers, stream) in streams {
        number += 1;
        for (index, packed) in numbers.into_iter().enumerate() {
            file.entries.insert(packed, Entry { kind: 2, at: number, index: index as u16 });
        }
        file.write(number, 0, &Object::Stream(stream))?;
    }
    file.close(number + 1, document.trailer)
}

/// A file on its way: what is written, and where each object of it stands.
#[derive(Default)]
struct File {
    bytes: Vec<u8>,
    entries: BTreeMap<u32, Entry>,
}

/// A row of the cross-reference stream (ISO 32000-1, 7.5.8.3).
struct Entry {
    /// 1: an object that stands alone, 2: one inside an object stream.
    kind: u8,
    /// Where it begins, or the number of the object stream.
    at: u32,
    /// Its generation, or its index in the object stream.
    index: u16,
}

impl File {
    fn write(&mut self, number: u32, generation: u16, object: &Object) -> Result<(), Error> {
        let at = self.bytes.len() as u32;
        self.entries.insert(number, Entry { kind: 1, at, index: generation });
        let gap = |needed| if needed { " " } else { "" };
        let (before, after) =
            (gap(Writer::need_separator(object)), gap(Writer::need_end_separator(object)));
        write!(self.bytes, "{number} {generation} obj\n{before}")?;
        Writer::write_object(&mut self.bytes, object)?;
        writeln!(self.bytes, "{after}\nendobj")?;
        Ok(())
    }

    /// Ends the file with the table of its objects, which is an object itself.
    fn close(mut self, number: u32, mut trailer: lopdf::Dictionary) -> Result<Vec<u8>, Error> {
        let start = self.bytes.len();
        self.entries.insert(number, Entry { kind: 1, at: start as u32, index: 0 });
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut rows = Vec::new();
        for (number, Entry { kind, at, index }) in &self.entries {
            match runs.last_mut() {
                Some((first, count)) if *first + *count == *number => *count += 1,
                _ => runs.push((*number, 1)),
            }
            rows.push(*kind);
            rows.extend(at.to_be_bytes());
            rows.extend(index.to_be_bytes());
        }
        let integers = |numbers: &[u32]| -> Vec<Object> {
            numbers.iter().map(|number| Object::Integer(i64::from(*number))).collect()
        };
        let runs: Vec<u32> = runs.into_iter().flat_map(|(first, count)| [first, count]).collect();
        trailer.set("Type", "XRef");
        trailer.set("Size", i64::from(number) + 1);
        trailer.set("W", integers(&[1, 4, 2]));
        trailer.set("Index", integers(&runs));
        trailer.remove(b"Filter");
        self.write(number, 0, &Object::Stream(Stream::new(trailer, rows)))?;
        writeln!(self.bytes, "\nstartxref\n{start}\n%%EOF")?;
        Ok(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{SaveOptions, dictionary};

    use super::*;

    /// More objects than go into one stream, a number that is missing, one of a later generation,
    /// and a stream.
    fn document() -> Document {
        let mut document = Document::with_version("1.4");
        for number in 0..2 * OBJECTS_A_STREAM as i64 {
            document.add_object(dictionary! { "Number" => number, "Half" => number as f32 / 2.0 });
        }
        document.objects.remove(&(7, 0));
        document.objects.remove(&(9, 0));
        document.objects.insert((9, 3), Object::Null);
        document.add_object(Stream::new(dictionary! {}, b"q Q".to_vec()));
        let root = document.add_object(dictionary! { "Type" => "Catalog" });
        document.trailer.set("Root", root);
        document
    }

    #[test]
    fn a_packed_document_is_the_file_that_lopdf_writes() {
        let options = SaveOptions::builder()
            .use_object_streams(true)
            .use_xref_streams(true)
            .max_objects_per_stream(OBJECTS_A_STREAM)
            .compression_level(LEVEL)
            .build();
        let mut expected = Vec::new();
        document().save_with_options(&mut expected, options).unwrap();
        expected.push(b'\n');
        assert!(packed(document()).unwrap() == expected);
    }

    #[test]
    fn a_packed_document_holds_every_object_when_it_is_read_again() {
        let before = document();
        let after = Document::load_mem(&packed(document()).unwrap()).unwrap();
        for (id, object) in &before.objects {
            assert_eq!(after.get_object(*id).unwrap(), object, "{id:?}");
        }
    }
}
