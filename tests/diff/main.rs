//! `diff`: what changed between two editions, the 正誤表, the pages to exchange, and the guard that
//! nothing else changed.

#[path = "../common/attached.rs"]
mod attached;
#[path = "../common/built.rs"]
mod built;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/desk.rs"]
mod desk;
#[path = "../common/marked.rs"]
mod marked;
#[path = "../common/reading.rs"]
mod reading;
mod sample_editions;
#[path = "../common/tags.rs"]
mod tags;

mod build_options;
mod changed_pages;
mod changes;
mod errata_rows;
mod errata_sheet;
mod errata_table;
mod errata_words;
mod expect;
mod hostile_pdfs;
mod incomplete_pdfs;
mod listed_words;
mod office_pages;
mod other_makers;
mod printed_changes;
mod replacement_pages;
mod tables;
