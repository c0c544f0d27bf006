//! Documents to files: PDF and PNG pages.

mod boxes;
mod finish;
mod impose;
mod marks;
mod pdf;
mod png;
mod text;

pub use finish::{Finishing, finish};
pub use impose::{Imposition, Side, booklet_sides, two_up_sides};
pub use pdf::{PdfSettings, STANDARDS, pdf};
pub use png::{PngError, pdf_pages, png_page};
pub use text::page_texts;
