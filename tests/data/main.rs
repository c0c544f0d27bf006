//! What an office feeds in: tables, numbers and texts in every form that they are kept in.

#[path = "../common/mod.rs"]
mod common;

mod any_input;
mod encodings_and_formats;
mod names;
mod tables_as_meant;
