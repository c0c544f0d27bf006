//! Reports built within the test.

use soukatsu::app::{Build, BuildOptions, Output, Workshop};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

/// Builds a report with the embedded fonts.
pub fn build(folder: &Folder) -> Build {
    Workshop::new(Fonts::embedded()).build(folder, &BuildOptions::default())
}

/// The PDF of a faultless report.
pub fn pdf(outcome: &Build) -> Vec<u8> {
    pdf_of(outcome, &Output::default())
}

/// The file of a faultless report.
pub fn pdf_of(build: &Build, output: &Output) -> Vec<u8> {
    assert!(build.document().is_some(), "{:#?}", build.problems);
    build.export(output).unwrap().unwrap()
}
