//! Two editions of a report on paper: which pages differ, and which sheets to exchange.

mod drawing_digests;
mod page_alignment;
mod page_areas;
mod page_changes;
mod page_look;
mod page_shifts;
mod pdf_comparison;
mod pixel_comparison;
mod replacement_pages;
mod sheet_exchange;
mod stamp;

pub use page_areas::PageArea;
pub use page_changes::{PageAt, PageChange, PageChangeKind, compare_pages};
pub use page_look::{Look, looks};
pub use page_shifts::shifts;
pub use pdf_comparison::{ComparePdfFault, compare_pdfs};
pub use replacement_pages::{Replacement, ReplacementFault, replacement_pages};
pub use sheet_exchange::{Exchange, Sheet, SheetSide};
