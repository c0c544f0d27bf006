//! Reports built within the test.

use soukatsu_core::load::Folder;
use soukatsu::pipeline::{Outcome, Output, Session};
use soukatsu::world::Fonts;

/// Builds a report with the embedded fonts.
pub fn build(folder: &Folder) -> Outcome {
    Session::new(Fonts::embedded()).build(folder)
}

/// The PDF of a faultless report.
pub fn pdf(outcome: &Outcome) -> Vec<u8> {
    let document = outcome.document().unwrap_or_else(|| panic!("{:#?}", outcome.problems));
    let session = Session::new(Fonts::embedded());
    session.export(outcome.report.as_ref().unwrap(), document, &Output::default()).unwrap()
}
