//! Pages as PNG: of a laid-out report, or of any PDF file.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{RenderCache, RenderSettings, render};
use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;

/// Why a PDF could not be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PngError {
    /// Not a PDF, damaged, or encrypted.
    Unreadable,
    /// A page could not be encoded.
    Encoding,
}

/// Draws one page at a resolution in dots per inch.
///
/// # Errors
/// Only when the picture cannot be encoded.
pub fn png_page(page: &Page, dpi: f64) -> Result<Vec<u8>, PngError> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(dpi / 72.0), render_bleed: false };
    typst_render::render(page, &options).encode_png().map_err(|_| PngError::Encoding)
}

/// Draws the pages of a PDF file at a resolution in dots per inch.
///
/// # Errors
/// When the bytes are no readable PDF.
pub fn pdf_pages(bytes: Vec<u8>, dpi: f32) -> Result<Vec<Vec<u8>>, PngError> {
    let pdf = Pdf::new(bytes).map_err(|_| PngError::Unreadable)?;
    let settings = RenderSettings {
        x_scale: dpi / 72.0,
        y_scale: dpi / 72.0,
        bg_color: hayro::vello_cpu::color::palette::css::WHITE,
        ..RenderSettings::default()
    };
    let cache = RenderCache::new();
    let draw = |page| {
        let pixmap = render(page, &cache, &InterpreterSettings::default(), &settings);
        pixmap.into_png().map_err(|_| PngError::Encoding)
    };
    pdf.pages().iter().map(draw).collect()
}
