//! Two editions of a report side by side: what changed, where it is printed, what followed, and
//! what of it was meant.
//!
//! In: two reports with what their calls come to, and their pages. Out: the changes, as data.
//! The folders build on one another in the order in which they stand here.

mod edition;

mod data;
mod prose;

mod printed;

mod comparison;

mod guard;
pub mod paper;

pub use comparison::{Comparison, compare};
pub use data::{
    CellChange, MANIFEST, PartChange, Presence, TableChanges, TablePart, compare_tables,
};
pub use edition::{Edition, Side};
pub use guard::Expectation;
pub use printed::{
    Beside, ChapterPart, CoverPart, ErrataRow, FigurePart, IndicatorPart, IndicatorTablePart,
    InitiativePart, MovedSentence, PageFate, PageHeading, PageName, PageNumber, PillarPart,
    PrintedChange, PrintedKind, SentenceSpot, Spot, StatusColumn, StatusTablePart, errata,
    rearranged_pages,
};
pub use prose::{ClaimChange, MarkupChange, Segment, ValueChange, without_blanks};
