//! Documents to files: PDF and PNG pages.

mod finish;
mod pdf;
mod png;
mod text;

pub use finish::finish;
pub use pdf::{PdfSettings, STANDARDS, pdf};
pub use png::{PngError, pdf_pages, png_page};
pub use text::page_texts;
