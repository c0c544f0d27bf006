//! Documents to files: PDF and PNG pages.

mod attach;
mod finish;
mod pdf;
mod png;
mod text;
mod xmp;

pub use attach::{Attachment, Relationship};
pub use finish::{Finishing, finish};
pub use pdf::{PdfSettings, STANDARDS, pdf};
pub use png::{PngError, pdf_pages, png_page};
pub use text::page_texts;
