//! Where a link leads, told by the thing it leads to: the place of that thing may move.

use typst::foundations::Selector;
use typst::introspection::{Introspector, Location};
use typst::model::Destination;
use typst_layout::PagedDocument;

/// The name of a link's target: an address, the label of the target, or what it says.
pub(super) fn target(document: &PagedDocument, destination: &Destination) -> String {
    match destination {
        Destination::Url(url) => url.as_str().to_owned(),
        Destination::Position(at) => format!("page {}", at.page),
        Destination::Location(location) => element(document, *location),
    }
}

fn element(document: &PagedDocument, location: Location) -> String {
    let found = document.introspector().query_first(&Selector::Location(location));
    let Some(found) = found else { return String::new() };
    match found.label() {
        Some(label) => format!("<{}>", label.resolve().as_str()),
        None => format!("{} {}", found.elem().name(), found.plain_text()),
    }
}
