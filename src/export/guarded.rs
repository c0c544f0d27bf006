//! PDFs from outside, loaded so that a small file cannot fill the memory.
//!
//! A PDF is a program for its reader: streams unpack to a thousand times their size, and one
//! place may be named as the beginning of any number of objects. lopdf bounds each stream; here
//! all of them together are bounded.

use std::cell::Cell;

use lopdf::{Document, LoadOptions, Object, ObjectId};

use super::object_stream::values;
use super::raw::{ALL_SECTIONS, Names, is_too_heavy};
use soukatsu_core::problem::contained;

/// An object stream is not larger, in unpacked bytes.
const LARGEST_TABLE: usize = 8 << 20;
/// Names, numbers, strings, arrays, … in all object streams. The handout has 58,000 on 23 pages;
/// 2,032 pages would have some 5 million.
const MOST_VALUES: usize = 16_000_000;

/// Why a PDF is not loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LoadFault {
    Unreadable,
    /// No archive allows it, and what is inside cannot be weighed.
    Encrypted,
    /// It would fill the memory.
    TooHeavy,
}

/// Loads a PDF.
pub(super) fn load(bytes: &[u8]) -> Result<Document, LoadFault> {
    let names = Names::of(bytes);
    if is_too_heavy(bytes, &names) {
        return Err(LoadFault::TooHeavy);
    }
    if names.encrypt {
        return Err(LoadFault::Encrypted);
    }
    let limit = LARGEST_TABLE.min(ALL_SECTIONS / names.sections().max(1));
    let load = |force_reconstruct| {
        let options = LoadOptions {
            max_decompressed_size: Some(limit),
            filter: Some(weighed),
            force_reconstruct,
            ..LoadOptions::default()
        };
        WEIGHT.set(Some(0));
        let loading = || Document::load_mem_with_options(bytes, options);
        let Ok(document) = contained(loading) else { return Err(LoadFault::Unreadable) };
        match (WEIGHT.get(), document) {
            (None, _) | (_, Err(lopdf::Error::Decompress(_))) => Err(LoadFault::TooHeavy),
            (_, Ok(document)) => Ok(document),
            (_, Err(_)) => Err(LoadFault::Unreadable),
        }
    };
    let document = load(false)?;
    // With a filter, lopdf does not search for the objects of a file that lost some bytes.
    let whole = document.catalog().is_ok_and(|catalog| {
        catalog.get_deref(b"Pages", &document).is_ok_and(|pages| pages.as_dict().is_ok())
    });
    if whole { Ok(document) } else { load(true).or(Ok(document)) }
}

thread_local! {
    /// The values in the object streams so far; `None` when they are too many. A filter of lopdf
    /// can hold nothing itself, and is called on the thread that loads.
    static WEIGHT: Cell<Option<usize>> = const { Cell::new(Some(0)) };
}

/// Lets every object pass but object streams that are too heavy to be parsed.
fn weighed(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    match object {
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => {
            // Of one that cannot be read, lopdf takes nothing.
            let values = values(stream, LARGEST_TABLE).unwrap_or_default();
            let total = WEIGHT.get().and_then(|sum| sum.checked_add(values));
            let total = total.filter(|total| *total <= MOST_VALUES);
            WEIGHT.set(total);
            total.map(|_| (id, Object::Null))
        }
        // What is given back of a stream is not used.
        Object::Stream(_) => Some((id, Object::Null)),
        other => Some((id, other.clone())),
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::super::raw::MOST_SECTIONS;
    use super::*;

    fn pdf(objects: impl IntoIterator<Item = Object>) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let pages = document.add_object(dictionary! { "Kids" => vec![], "Count" => 0 });
        let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", root);
        for object in objects {
            document.add_object(object);
        }
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        // lopdf would leave object streams out.
        let marks: Vec<usize> = bytes
            .windows(7)
            .enumerate()
            .filter(|(_, w)| *w == b"/ObjStr")
            .map(|(at, _)| at)
            .collect();
        marks.iter().for_each(|at| bytes[at + 6] = b'm');
        bytes
    }

    fn object_stream(starts: &[usize], body: &str) -> Object {
        let index: String =
            starts.iter().enumerate().map(|(at, start)| format!("{} {start} ", 900 + at)).collect();
        let mut stream = Stream::new(
            dictionary! {
                "Type" => "ObjStr", "N" => starts.len() as i64, "First" => index.len() as i64,
            },
            (index + body).into_bytes(),
        );
        stream.compress().unwrap();
        stream.into()
    }

    #[test]
    fn an_ordinary_object_stream_is_read() {
        let body = "<</A (]) /B [1 2 <3E>]>> [4 (\\() % ]\n] /Name";
        let starts = [0, body.find("[4").unwrap(), body.find("/Name").unwrap()];
        let document = load(&pdf([object_stream(&starts, body)])).unwrap();
        assert_eq!(document.get_object((902, 0)).unwrap().as_name().unwrap(), b"Name");
        assert_eq!(document.get_object((901, 0)).unwrap().as_array().unwrap().len(), 2);
    }

    #[test]
    fn an_object_stream_of_countless_values_is_not_parsed() {
        let body = format!("[{}]", "0 ".repeat(3_900_000));
        let stream = object_stream(&[0], &body);
        assert!(load(&pdf([stream.clone()])).is_ok());
        assert_eq!(load(&pdf(vec![stream; 5])).err(), Some(LoadFault::TooHeavy));
    }

    #[test]
    fn objects_inside_one_another_are_not_parsed_again_and_again() {
        let body = format!("{}{}{}", "[".repeat(50), "0 ".repeat(500_000), "]".repeat(50));
        let nested: Vec<usize> = (0..50).collect();
        assert_eq!(load(&pdf([object_stream(&nested, &body)])).err(), Some(LoadFault::TooHeavy));
        assert_eq!(load(&pdf([object_stream(&[0; 50], &body)])).err(), Some(LoadFault::TooHeavy));
        assert!(load(&pdf([object_stream(&[0], &body)])).is_ok());
    }

    #[test]
    fn an_object_stream_that_unpacks_to_a_thousand_times_its_size_is_refused() {
        let bomb = object_stream(&[0], &" ".repeat(LARGEST_TABLE + 1));
        let bytes = pdf([bomb]);
        assert!(bytes.len() < 20_000);
        assert_eq!(load(&bytes).err(), Some(LoadFault::TooHeavy));
    }

    #[test]
    fn more_sections_than_a_hand_writes_are_refused_however_they_are_spelt() {
        let section = |name: &str| format!("<</#57[1 4 2]/{name} 9>>\n");
        let many = |count| section("S#69ze").repeat(count);
        let with = |text: String| [b"%PDF-1.7\n", text.as_bytes(), &pdf([])[..]].concat();
        assert_eq!(load(&with(many(MOST_SECTIONS + 1))).err(), Some(LoadFault::TooHeavy));
        assert_ne!(load(&with(many(MOST_SECTIONS - 2))).err(), Some(LoadFault::TooHeavy));
        assert_ne!(load(&with(section("Other").repeat(300))).err(), Some(LoadFault::TooHeavy));
    }

    #[test]
    fn an_encrypted_pdf_is_told_apart() {
        let with = |name: &str| [&pdf([])[..], format!("<</{name} 1 0 R>>").as_bytes()].concat();
        assert_eq!(load(&with("Encrypt")).err(), Some(LoadFault::Encrypted));
        assert_eq!(load(&with("#45ncrypt")).err(), Some(LoadFault::Encrypted));
        assert!(load(&with("EncryptMetadata")).is_ok());
    }
}
