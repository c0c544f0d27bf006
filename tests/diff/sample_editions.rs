//! Two editions of the small report as folders and PDFs, for the tests of `diff`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::built;
use crate::common;
use soukatsu::app::{BuildOptions, Output, Workshop};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

use crate::attached::Opened;
use crate::desk::{Desk, Run};

pub type Files = BTreeMap<String, Vec<u8>>;

pub fn small() -> Files {
    common::files("mihon-r8")
}

/// The small report with a mended cell, which changes page 3.
pub fn mended() -> Files {
    let mut files = small();
    let cell = ["家族や知人の勧め,38.4", "家族や知人の勧め,39.4"];
    common::replace(&mut files, "csv/fig-04.csv", cell[0], cell[1]);
    files
}

pub fn export(files: Files, options: BuildOptions, official: bool) -> Vec<u8> {
    let build = Workshop::new(Fonts::embedded()).build(&Folder::Memory(files), &options);
    built::pdf_of(&build, &Output { official, ..Output::default() })
}

pub fn usual() -> BuildOptions {
    BuildOptions::default()
}

pub fn official() -> &'static [u8] {
    static PDF: OnceLock<Vec<u8>> = OnceLock::new();
    PDF.get_or_init(|| export(small(), usual(), true))
}

pub fn ordinary() -> &'static [u8] {
    static PDF: OnceLock<Vec<u8>> = OnceLock::new();
    PDF.get_or_init(|| export(small(), usual(), false))
}

/// The official PDF after a change of its attachments.
pub fn changed(change: impl FnOnce(&mut Opened)) -> Vec<u8> {
    changed_from(official(), change)
}

pub fn changed_from(pdf: &[u8], change: impl FnOnce(&mut Opened)) -> Vec<u8> {
    let mut opened = Opened::new(pdf);
    change(&mut opened);
    opened.pdf()
}

/// A desk with the small report `r`, and `old.pdf`.
pub fn desk(old: &[u8]) -> Desk {
    let desk = Desk::with(&small());
    desk.put("old.pdf", old);
    desk
}

/// Puts the mended report beside, as `after`.
pub fn with_mended(desk: Desk) -> Desk {
    for (name, bytes) in mended() {
        desk.put(&format!("after/{name}"), bytes);
    }
    desk
}

pub fn assert_told(run: &Run, told: &[&str]) {
    for words in told {
        assert!(run.err.contains(words), "{words}\n{}", run.whole());
    }
}

pub const ONLY_PAGES: &str = "データ、文章、主張は比べられないので、ページだけを絵にして比べます。\
    全てを比べるには、元の報告書フォルダーか、`soukatsu build --official` で作ったPDFを指定してください。";

/// Pages 3 and 4 are the front and back of the changed sheet.
pub const SHEET: &str = "ページ\n  変わったページ 1枚: 3ページ\n  \
    抜く用紙（両面） 1枚: 3枚目（3ページ・4ページ）\n  \
    入れる用紙（両面） 1枚: 3枚目（3ページ・4ページ）\n";
