//! Two editions of a report side by side: what changed, where it is printed, what followed.
//!
//! In: two reports with what their calls come to, and their pages. Out: the changes, as data.

mod grids;
mod words;

pub use grids::{CellChange, GridChanges, PartChange, Presence, compare_grids};
pub use words::{Segment, likeness, marked};
