//! The bookmarks of a PDF.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, String as PdfString};

use crate::tags::{root, utf16};

/// The titles of all bookmarks, children after their parent.
pub fn bookmarks(pdf: &Pdf) -> Vec<String> {
    let mut titles = Vec::new();
    collect(&root(pdf).get("Outlines").unwrap(), &mut titles);
    titles
}

fn collect(parent: &Dict<'_>, titles: &mut Vec<String>) {
    let mut next = parent.get::<Dict<'_>>("First");
    while let Some(item) = next {
        let title = item.get::<PdfString>("Title").unwrap();
        titles.push(utf16(title.as_bytes()));
        collect(&item, titles);
        next = item.get::<Dict<'_>>("Next");
    }
}
