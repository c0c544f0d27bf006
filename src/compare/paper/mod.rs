//! Two editions of a report: which pages differ, and which sheets of paper to exchange.

mod align;
mod areas;
mod digest;
mod ink;
mod links;
mod pages;
mod pdfs;
mod pixels;
mod replacement;
mod sheets;
mod shifts;
mod stamp;

pub use areas::PageArea;
pub use ink::{Look, looks};
pub use pages::{PageAt, PageChange, PageChangeKind, compare_pages};
pub use pdfs::{ComparePdfFault, Edition, compare_pdfs};
pub use replacement::{Replacement, ReplacementFault, replacement_pages};
pub use sheets::{Exchange, Sheet, SheetSide};
pub use shifts::shifts;
