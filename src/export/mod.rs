//! Documents to files: PDF and PNG pages.

mod attach;
mod attached;
mod boxes;
mod damage;
mod described;
mod drawing;
mod excerpt;
mod finish;
mod guarded;
mod impose;
mod marks;
mod object_stream;
mod pack;
mod page_labels;
mod pdf;
mod png;
mod raw;
mod sheet;
mod strip;
mod text;
mod unexpected;
mod xmp;

pub use attach::{Attachment, Relationship};
pub use attached::{Attached, AttachedFault, attached_files};
pub use damage::{are_pages_damaged, is_damaged};
pub use described::described;
pub use drawing::{DrawFault, MOST_PIXELS, Pages, PdfFault};
pub use excerpt::{Excerpt, ExcerptPage, excerpt, trims};
pub use finish::{Finishing, Printing, finish};
pub use impose::{Imposition, Side, booklet_sides, two_up_sides};
pub use pdf::{PdfSettings, STANDARDS, pdf};
pub use png::Picture;
pub use sheet::Sheets;
pub use text::page_texts;
pub use unexpected::unexpected;
