//! Where the marks of the rows of the page map came to stand.

use std::collections::HashMap;

use typst::foundations::Label;
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// Where a mark stands: physical page from 0, its point in pt, printed page number.
pub struct Mark {
    pub page: usize,
    pub x: f64,
    pub y: f64,
    pub label: Option<u64>,
}

/// The marks with a label, by their row.
pub fn marks(document: &PagedDocument, label: &str) -> HashMap<usize, Mark> {
    let Some(label) = Label::new(PicoStr::intern(label)) else { return HashMap::new() };
    let introspector = document.introspector();
    let found = introspector.query(&typst::foundations::Selector::Label(label));
    let mark = |content: &typst::foundations::Content| {
        let value = content.to_packed::<MetadataElem>()?.value.clone();
        let index = value.cast::<usize>().ok()?;
        let position = introspector.as_ref().position(content.location()?)?;
        let page = position.page.get() - 1;
        let (x, y) = (position.point.x.to_pt(), position.point.y.to_pt());
        let number = document.pages().get(page).filter(|page| page.numbering.is_some());
        Some((index, Mark { page, x, y, label: number.map(|page| page.number) }))
    };
    found.iter().filter_map(mark).collect()
}
