//! What is printed differently: sentences, tables, charts, headings, each with its page, its
//! place in words, what was and what is, and the cells that made it so.

mod causes;
mod change;
mod errata;
mod figure_drawings;
mod items;
mod page_map;
mod pages_of_files;
mod printed_changes;
mod provisional_notice;
mod restyled_figures;
mod sentence_changes;
mod spots;

pub use change::{MovedSentence, PrintedChange};
pub use errata::{ErrataRow, errata};
pub use page_map::{PageName, PageNumber};
pub use pages_of_files::{pages_of_files, rearranged_pages};
pub use printed_changes::printed_changes;
pub use spots::{
    Beside, ChapterPart, CoverPart, FigurePart, IndicatorPart, IndicatorTablePart, InitiativePart,
    PageFate, PageHeading, PillarPart, PrintedKind, SentenceSpot, Spot, StatusColumn,
    StatusTablePart,
};
