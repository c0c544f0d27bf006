//! Pages to pictures: of a laid-out report, or of any PDF file, on all cores.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::{RenderCache, RenderSettings, render};
use typst::model::Numbering;
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use super::page_labels::page_labels;
use super::png::Picture;
use super::raw::{Names, is_too_heavy};
use soukatsu_core::problem::contained;

/// The most pixels a page may have: A4 at 1200 dpi, half a gigabyte while it is drawn.
pub const MOST_PIXELS: f64 = 150e6;
/// The longest side of a picture in pixels.
const LONGEST_SIDE: f64 = 65_535.0;
/// Two pages of so many pixels are drawn at once, or more of smaller ones, so that a machine with
/// many cores needs no more memory than one with few.
const MANY_PIXELS: f64 = 60e6;
/// How many times as large a page is drawn that cannot be drawn as small as it is wanted.
const SHRINKINGS: [u32; 5] = [1, 2, 4, 8, 16];
/// Pages with deeply nested content need more than a thread has by default.
const STACK: usize = 64 << 20;

/// Why a PDF could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfFault {
    /// Not a PDF, or damaged beyond repair.
    Unreadable,
    /// A password is needed, or the given one is wrong.
    Password,
    /// Encrypted in a way that cannot be read.
    Encryption,
    /// A PDF without a single page.
    NoPages,
}

/// Why a page could not be drawn; pages are counted from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawFault {
    /// The picture would be too large; the highest resolution at which it is not.
    TooLarge { page: usize, pixels: [f64; 2], dpi: f64 },
    /// What is on the page cannot be drawn.
    Broken { page: usize },
    /// The result could not be kept: the system's words.
    Kept(String),
}

/// The pages that can be drawn.
pub enum Pages<'a> {
    Laid(&'a PagedDocument),
    Pdf(Box<Pdf>),
}

impl Pages<'_> {
    /// The pages of a PDF file; `password` may be empty.
    ///
    /// # Errors
    /// When the bytes are no PDF that can be read.
    pub fn of_pdf(bytes: Vec<u8>, password: &str) -> Result<Self, PdfFault> {
        if is_too_heavy(&bytes, &Names::of(&bytes)) {
            return Err(PdfFault::Unreadable);
        }
        let open = || Pdf::new_with_password(bytes, password);
        let pdf = match contained(open) {
            Ok(Ok(pdf)) => pdf,
            Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
                return Err(PdfFault::Password);
            }
            Ok(Err(LoadPdfError::Decryption(_))) => return Err(PdfFault::Encryption),
            Ok(Err(LoadPdfError::Invalid)) | Err(_) => return Err(PdfFault::Unreadable),
        };
        match pdf.pages().is_empty() {
            true => Err(PdfFault::NoPages),
            false => Ok(Pages::Pdf(Box::new(pdf))),
        }
    }

    /// How many pages there are.
    pub fn count(&self) -> usize {
        match self {
            Pages::Laid(document) => document.pages().len(),
            Pages::Pdf(pdf) => pdf.pages().len(),
        }
    }

    /// Width and height of a page in points, as it is seen: a turned page is turned.
    pub fn size(&self, page: usize) -> [f64; 2] {
        match self {
            Pages::Laid(document) => {
                let size = document.pages()[page].frame.size();
                [size.x.to_pt(), size.y.to_pt()]
            }
            Pages::Pdf(pdf) => {
                let (width, height) = pdf.pages()[page].render_dimensions();
                [f64::from(width), f64::from(height)]
            }
        }
    }

    /// The page numbers as printed, where pages have any.
    pub fn labels(&self) -> Vec<Option<String>> {
        match self {
            Pages::Laid(document) => {
                let label = |page: &typst_layout::Page| match &page.numbering {
                    Some(Numbering::Pattern(pattern)) => {
                        pattern.apply(None, &[page.number]).ok().map(String::from)
                    }
                    _ => None,
                };
                document.pages().iter().map(label).collect()
            }
            Pages::Pdf(pdf) => page_labels(pdf),
        }
    }

    /// Whether a page can be drawn at a resolution without filling the memory.
    ///
    /// # Errors
    /// When it would have too many pixels.
    pub fn fits(&self, page: usize, dpi: f64) -> Result<(), DrawFault> {
        let [width, height] = self.size(page);
        let pixels = [width, height].map(|side| (side * dpi / 72.0).round());
        let most = (MOST_PIXELS / (width * height)).sqrt().min(LONGEST_SIDE / width.max(height));
        match most * 72.0 >= dpi {
            true => Ok(()),
            false => Err(DrawFault::TooLarge { page, pixels, dpi: (most * 72.0).floor() }),
        }
    }

    /// Does something with the picture of each of some pages, on as many threads as there are
    /// cores; `scale` gives the pixels a point for a page.
    ///
    /// Pages come in no fixed order. After a fault no further page is begun.
    ///
    /// # Errors
    /// The fault of the first page that has one.
    pub fn each(
        &self,
        chosen: &[usize],
        scale: impl Fn(usize) -> f64 + Sync,
        work: impl Fn(usize, Picture) -> Result<(), String> + Sync,
    ) -> Result<(), DrawFault> {
        for page in chosen {
            self.fits(*page, scale(*page) * 72.0)?;
        }
        let next = AtomicUsize::new(0);
        let faults = Mutex::new(BTreeMap::new());
        let draw_some = || {
            let mut pen = Pen::new(self);
            while let Some(page) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                let one = || work(*page, pen.draw(*page, scale(*page)));
                let fault = match contained(one) {
                    Ok(Ok(())) => continue,
                    Ok(Err(reason)) => DrawFault::Kept(reason),
                    Err(_) => DrawFault::Broken { page: *page },
                };
                next.store(chosen.len(), Ordering::Relaxed);
                pen = Pen::new(self);
                if let Ok(mut faults) = faults.lock() {
                    faults.insert(*page, fault);
                }
            }
        };
        std::thread::scope(|scope| {
            let mut drawing = Vec::new();
            for _ in 0..self.threads(chosen, &scale) {
                let spawned =
                    std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, draw_some);
                // Without a second thread the first draws all pages.
                match spawned {
                    Ok(thread) => drawing.push(thread),
                    Err(_) => draw_some(),
                }
            }
            // Waited for one by one: glibc may touch a thread that it detaches when that is gone.
            for thread in drawing {
                if let Err(panic) = thread.join() {
                    std::panic::resume_unwind(panic);
                }
            }
        });
        let faults = faults.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        faults.into_values().next().map_or(Ok(()), Err)
    }

    fn threads(&self, chosen: &[usize], scale: impl Fn(usize) -> f64) -> usize {
        let pixels = |page: &usize| {
            let [width, height] = self.size(*page);
            width * height * scale(*page).powi(2)
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let largest = chosen.iter().map(pixels).fold(1.0, f64::max);
        let at_once = (2.0 * MANY_PIXELS / largest) as usize;
        cores.min(chosen.len()).min(at_once).max(1)
    }
}

/// What one thread draws with: the fonts and outlines of a PDF, read once.
struct Pen<'a> {
    pages: &'a Pages<'a>,
    cache: RenderCache<'a>,
}

impl<'a> Pen<'a> {
    fn new(pages: &'a Pages<'a>) -> Self {
        Pen { pages, cache: RenderCache::new() }
    }

    /// Draws a page; without its bleed, as it is when trimmed.
    fn draw(&mut self, index: usize, scale: f64) -> Picture {
        match self.pages {
            Pages::Laid(document) => {
                let page = &document.pages()[index];
                // typst-render stops at a tile of a pattern that is smaller than half a pixel.
                let small = SHRINKINGS.into_iter().find_map(|times| {
                    let [width, height] = self.pages.size(index).map(|side| side * scale);
                    let fits = width * height * f64::from(times * times) <= MANY_PIXELS;
                    let larger = || laid(page, scale * f64::from(times));
                    if fits {
                        contained(larger).ok().map(|drawn| drawn.shrunk(times))
                    } else {
                        None
                    }
                });
                small.unwrap_or_else(|| laid(page, scale))
            }
            Pages::Pdf(pdf) => {
                let [width, height] =
                    self.pages.size(index).map(|side| (side * scale).round().max(1.0) as u16);
                let settings = RenderSettings {
                    x_scale: scale as f32,
                    y_scale: scale as f32,
                    width: Some(width),
                    height: Some(height),
                    bg_color: hayro::vello_cpu::color::palette::css::WHITE,
                };
                let interpreter = InterpreterSettings::default();
                let drawn = render(&pdf.pages()[index], &self.cache, &interpreter, &settings);
                // The allocation stays the same: collecting as large items reuses it.
                let pixels = drawn.take().into_iter().map(|pixel| pixel.to_u8_array());
                let pixels: Vec<[u8; 4]> = pixels.collect();
                Picture::on_white(width.into(), height.into(), pixels.into_flattened())
            }
        }
    }
}

/// Draws a page of a layout.
fn laid(page: &typst_layout::Page, scale: f64) -> Picture {
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), render_bleed: false };
    let drawn = typst_render::render(page, &options);
    Picture::on_white(drawn.width(), drawn.height(), drawn.take())
}
