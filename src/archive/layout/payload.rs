//! The payload of an edition, file by file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::edition_files::{
    CHANGES, FONTS, LIBRARIES, PDF, PROBLEMS, RECORD, REPORT, STATEMENT, TEMPLATE,
};
use super::provenance::statement;
use crate::record::{BuildRecord, LOCK_FILE};
use crate::world::{Fonts, Template};

/// The files of a payload by their path below `data/`.
pub type Payload<'a> = BTreeMap<String, Cow<'a, [u8]>>;

/// What an official build came to.
pub struct Made<'a> {
    pub pdf: &'a [u8],
    /// The whole report folder by path.
    pub report: &'a BTreeMap<String, Vec<u8>>,
    pub record: &'a BuildRecord,
    pub template: &'a Template,
    pub fonts: &'a Fonts,
    /// Problems that were accepted, and the approvals, as JSON.
    pub problems: String,
    /// The files of the comparison with the edition before, by name.
    pub changes: Vec<(&'static str, Vec<u8>)>,
}

/// The payload of an edition.
pub fn payload<'a>(made: &'a Made<'a>) -> Payload<'a> {
    let mut payload = Payload::new();
    let mut put = |path: String, bytes: Cow<'a, [u8]>| payload.insert(path, bytes);
    put(PDF.to_owned(), made.pdf.into());
    for (path, bytes) in made.report {
        put(format!("{REPORT}/{path}"), bytes.as_slice().into());
    }
    for (path, text) in made.template.files() {
        put(format!("{TEMPLATE}/{path}"), text.as_bytes().into());
    }
    for (index, (name, bytes)) in made.fonts.files().enumerate() {
        put(format!("{FONTS}/{:02}-{name}", index + 1), bytes.into());
    }
    for (path, bytes) in Fonts::licences() {
        put(format!("{FONTS}/{}", path.display()), bytes.into());
    }
    let record = made.record.json();
    let outputs = [(PDF, made.pdf)];
    put(STATEMENT.to_owned(), statement(made.record, &outputs).into_bytes().into());
    put(RECORD.to_owned(), record.into_bytes().into());
    put(LIBRARIES.to_owned(), LOCK_FILE.into());
    put(PROBLEMS.to_owned(), made.problems.clone().into_bytes().into());
    for (name, bytes) in &made.changes {
        put(format!("{CHANGES}/{name}"), bytes.as_slice().into());
    }
    payload
}
