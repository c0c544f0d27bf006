//! Two editions of a report compared: what changed, the 正誤表, the sheets to exchange, and the
//! guard over corrections.

mod attachments;
mod built_side;
mod csv;
mod edition_diff;
mod errata;
mod guard;
mod kept_changes;
mod notes;
mod page_names;
mod page_order;
mod paper;
mod pictures;
mod provenance;
mod replacement;
mod side;
mod text;
mod version_marks;

pub use built_side::{BuiltSide, State, UnreadReport};
pub use edition_diff::{Diff, NotCompared};
pub use errata::{Errata, ErrataNote, ErrataRequest, NoErrata};
pub use guard::{Guard, Reasons};
pub use kept_changes::{KeptChanges, NoKeptChanges, kept_changes};
pub use notes::Note;
pub use paper::Paper;
pub use pictures::{PagesNotCompared, PictureFault, PictureNote};
pub use provenance::{OptionDifference, ProvenanceDifference, TemplateDifference};
pub use replacement::{NoReplacement, ReplacementPages, ReplacementRequest};
pub use side::{Side, SideFault};
pub use text::{Line, Look, Span};
