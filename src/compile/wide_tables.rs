//! Tables that are wider than their page even in the smallest text: the template says so.

use std::collections::BTreeSet;

use typst::foundations::{Dict, Label, Selector};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use soukatsu_core::problem::{Code, Place, Problem};

/// What the template puts beside a table that is too wide.
const MARK: &str = "soukatsu-too-wide";

/// A table that is too wide.
pub struct WideTable {
    pub number: String,
    by_mm: f64,
    /// The page on which it begins, from 0.
    pub page: usize,
    /// Its printed number.
    label: Option<u64>,
}

/// The tables that are wider than their page.
pub fn wide_tables(document: &PagedDocument) -> Vec<WideTable> {
    let Some(label) = Label::new(PicoStr::intern(MARK)) else { return Vec::new() };
    let introspector = document.introspector();
    let found = introspector.query(&Selector::Label(label));
    let mut seen = BTreeSet::new();
    let table = |content: &typst::foundations::Content| {
        let value = content.to_packed::<MetadataElem>()?.value.clone();
        let value = value.cast::<Dict>().ok()?;
        let number = value.get("number").ok()?.clone().cast::<String>().ok()?;
        let by_mm = value.get("by").ok()?.clone().cast::<f64>().ok()?;
        let page = introspector.as_ref().position(content.location()?)?.page.get() - 1;
        let numbered = document.pages().get(page).filter(|page| page.numbering.is_some());
        let label = numbered.map(|page| page.number);
        seen.insert(number.clone()).then_some(WideTable { number, by_mm, page, label })
    };
    found.iter().filter_map(table).collect()
}

impl WideTable {
    /// What is told of it.
    ///
    /// `title` and `place`: of the table in report.toml.
    pub fn problem(&self, title: &str, place: Place) -> Problem {
        let number = &self.number;
        let page = self.label.map_or(String::new(), |label| format!("ページ {label} の"));
        Problem::error(Code::TableTooWide, place)
            .text(format!("表{number}"))
            .message(format!(
                "{page}表{number}「{title}」が、いちばん小さい文字でも紙面より約{:.0}mm広くなります",
                self.by_mm.ceil().max(1.0)
            ))
            .expected("紙面の幅に収まる表")
            .hint("columns で列を減らす、単位を千円・百万円などに大きくする、表を2つに分ける、又は [[page]] に orientation = \"landscape\"（横向き）か paper = \"A3\" と書いてください")
    }
}
