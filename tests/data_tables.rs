//! The appendix with the data of figures: tables that a screen reader can read, linked both ways.

mod common;

use std::sync::OnceLock;

use common::tags::{bookmarks, tag_tree_with_scopes};
use hayro_syntax::Pdf;
use soukatsu::export::page_texts;
use soukatsu::load::Folder;
use soukatsu::pipeline::Outcome;

/// The sample report; two of its figures have a table.
fn sample() -> &'static Outcome {
    static SAMPLE: OnceLock<Outcome> = OnceLock::new();
    SAMPLE.get_or_init(|| common::build(&Folder::Disk(common::sample("mihon-r8"))))
}

#[test]
fn the_tags_of_the_appendix() {
    let pdf = Pdf::new(common::pdf(sample())).unwrap();
    let tree = tag_tree_with_scopes(&pdf);
    let appendix = &tree[tree.rfind("H1").unwrap()..];
    insta::assert_snapshot!("tags", appendix);
}

#[test]
fn the_text_of_the_appendix() {
    let texts = page_texts(sample().draft.as_ref().unwrap());
    insta::assert_snapshot!("text", texts.last().unwrap());
}

#[test]
fn bk() {
    let pdf = Pdf::new(common::pdf(sample())).unwrap();
    println!("{:#?}", bookmarks(&pdf));
}
