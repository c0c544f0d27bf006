//! An edition of a report, as it is compared.

use std::collections::BTreeMap;

use crate::compile::RowPages;
use soukatsu_core::bind::Bindings;
use soukatsu_core::model::report::Report;

/// One of the two editions.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    pub report: &'a Report,
    pub bindings: &'a Bindings,
    /// Where the rows of the page map came to stand; empty when the report could not be laid out.
    pub rows: &'a [RowPages],
    /// The files of a template of its own, by their path in the report folder.
    pub template: &'a BTreeMap<String, Vec<u8>>,
    /// What its cover says of data that is not final.
    pub notice: Option<&'a str>,
}

/// Which of the two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Old,
    New,
}
