//! Pages as PNG, one by one or on contact sheets.

use std::fmt;
use std::path::Path;

use typst::text::Font;

use super::files::{self, Staging};
use super::page_choice::PageChoice;
use super::{Cancelled, Progress, Step};
use crate::export::{DrawFault, Pages, PdfFault, Picture, Sheets, is_damaged};
use crate::world::{Face, Fonts};

/// How pages are drawn.
#[derive(Debug, Clone, Copy)]
pub struct RenderOptions<'a> {
    pub dpi: u16,
    /// As bright as a black and white copier prints.
    pub gray: bool,
    /// Contact sheets with so many columns in place of single pages.
    pub sheet_columns: Option<usize>,
    /// `None`: all.
    pub pages: Option<&'a PageChoice>,
}

/// A PDF to be drawn.
pub struct OpenedPdf {
    pub pages: Pages<'static>,
    /// Pages may be drawn wrong.
    pub is_damaged: bool,
}

/// Why a PDF cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenFault {
    /// The file cannot be read, in the system's words.
    Unreadable(String),
    Pdf(PdfFault),
    WrongPassword,
}

/// The end of a sentence that begins with the name of the file.
impl fmt::Display for OpenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OpenFault::Unreadable(reason) => return write!(f, "を読めません（{reason}）"),
            OpenFault::Pdf(PdfFault::Unreadable) => {
                "はPDFとして読めません。PDFではないか、壊れています"
            }
            OpenFault::WrongPassword => "は開けません。パスワードが違います",
            OpenFault::Pdf(PdfFault::Password) => {
                "は暗号化されていて、開くにはパスワードが要ります。--password で指定してください"
            }
            OpenFault::Pdf(PdfFault::Encryption) => {
                "は暗号化されていて、その方式を読めません。暗号化を解いてから描いてください"
            }
            OpenFault::Pdf(PdfFault::NoPages) => "は1ページもないPDFです",
        })
    }
}

/// Opens a PDF of any program.
///
/// # Errors
/// Why it cannot be drawn.
pub fn open_pdf(path: &Path, password: Option<&str>) -> Result<OpenedPdf, OpenFault> {
    let bytes = files::read(path).map_err(OpenFault::Unreadable)?;
    let pages = Pages::of_pdf(bytes.clone(), password.unwrap_or_default());
    let pages = pages.map_err(|fault| match fault {
        PdfFault::Password if password.is_some() => OpenFault::WrongPassword,
        fault => OpenFault::Pdf(fault),
    })?;
    let is_damaged = is_damaged(&bytes, pages.count());
    Ok(OpenedPdf { pages, is_damaged })
}

/// The pictures in their folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The names of the new files.
    pub names: Vec<String>,
    /// Pictures of a longer document that were removed.
    pub removed: Vec<String>,
}

/// Why nothing was drawn.
#[derive(Debug)]
pub enum RenderFault {
    /// A chosen page that the document does not have, counted from 1, and how many it has.
    NoSuchPage {
        number: usize,
        count: usize,
    },
    Draw(DrawFault),
    Cancelled(Cancelled),
}

/// Draws the chosen pages, and puts the pictures into their folder when all are there.
///
/// # Errors
/// Why it could not be done; then the folder is as it was.
pub fn render(
    pages: &Pages<'_>,
    dir: &Path,
    fonts: &Fonts,
    options: &RenderOptions<'_>,
    progress: &dyn Progress,
) -> Result<Rendered, RenderFault> {
    progress.step(Step::Draw);
    let count = pages.count();
    let all = || Ok((0..count).collect());
    let chosen = options.pages.map_or_else(all, |choice| choice.of(count));
    let chosen: Vec<usize> = chosen.map_err(|number| RenderFault::NoSuchPage { number, count })?;
    let sheets = options.sheet_columns.map(|columns| Sheets::new(pages, &chosen, columns));
    let dpi = f64::from(options.dpi);
    // Before anything is written: a page that is too large stops the job.
    if sheets.is_none() {
        let fits = chosen.iter().try_for_each(|page| pages.fits(*page, dpi));
        fits.map_err(RenderFault::Draw)?;
    }
    let kept = |reason| RenderFault::Draw(DrawFault::Kept(reason));
    let staging = Staging::new(dir).map_err(kept)?;
    progress.clean_up_with(Box::new(staging.clearing()));
    let keep = |name: &str, picture: Picture| {
        progress.go_on().map_err(|cancelled| cancelled.to_string())?;
        picture.encode(options.gray, dpi).and_then(|bytes| staging.put(name, &bytes))
    };
    let (series, places, drawn) = match &sheets {
        None => {
            let series = Series { prefix: "page", count };
            let work = |page, picture| keep(&series.name(page), picture);
            let drawn = pages.each(&chosen, |_| dpi / 72.0, work);
            (series, chosen, drawn)
        }
        Some(sheets) => {
            let series = Series { prefix: "sheet", count: sheets.count() };
            let (labels, font) = (pages.labels(), label_font(fonts));
            let drawn = (0..sheets.count()).try_for_each(|sheet| {
                let picture = sheets.draw(sheet, pages, &labels, &font, dpi)?;
                keep(&series.name(sheet), picture).map_err(DrawFault::Kept)
            });
            (series, (0..sheets.count()).collect(), drawn)
        }
    };
    progress.writing();
    if let Err(fault) = drawn {
        staging.discard();
        progress.go_on().map_err(RenderFault::Cancelled)?;
        return Err(RenderFault::Draw(fault));
    }
    let names: Vec<String> = places.into_iter().map(|place| series.name(place)).collect();
    staging.publish(&names).map_err(kept)?;
    let removed = files::remove_files(dir, |name| series.is_left_over(name));
    Ok(Rendered { names, removed })
}

/// The face of the numbers on contact sheets.
fn label_font(fonts: &Fonts) -> Font {
    let wanted = |face: &Face| face.family == "BIZ UDPGothic" && face.weight == 400;
    let index = fonts.faces().iter().position(wanted);
    index.and_then(|index| fonts.font(index)).expect("the face is inside the program")
}

/// The names of the pictures of one kind: `page-01.png` to the last.
struct Series {
    prefix: &'static str,
    count: usize,
}

impl Series {
    fn name(&self, place: usize) -> String {
        let digits = self.count.to_string().len().max(2);
        format!("{}-{:0digits$}.png", self.prefix, place + 1)
    }

    /// Whether a file has a name of this series that no picture of this document has: it was
    /// drawn from a document with more pages, or other digits.
    fn is_left_over(&self, name: &str) -> bool {
        let digits = name
            .strip_prefix(self.prefix)
            .and_then(|rest| rest.strip_prefix('-')?.strip_suffix(".png"))
            .filter(|digits| digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(number) = digits.and_then(|digits| digits.parse::<usize>().ok()) else {
            return false;
        };
        number >= 1 && (number > self.count || self.name(number - 1) != name)
    }
}
