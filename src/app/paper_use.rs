//! How much paper the pages take, and how it is put into the copier.

use std::fmt;

use typst::layout::Abs;
use typst_layout::{Page, PagedDocument};

use crate::export::{Imposition, Printing, Shape, shapes};

/// From here on, in millimetres, pages lose more at the spine than the bleed gives.
const NOTABLE_CREEP: f32 = 3.0;

/// How much paper a document takes.
#[derive(Debug, Clone, PartialEq)]
pub enum PaperUse {
    /// Single pages on both sides; `sheets`: how many of which paper, in the order of the pages.
    Duplex { sheets: Vec<(String, usize)>, last_back_is_blank: bool },
    /// `creep`: how far the innermost pages are moved to the spine, in millimetres.
    Booklet {
        pages: usize,
        blank: usize,
        paper: String,
        sheets: usize,
        creep: f32,
        /// Pages that are folded in, counted from the cover, which is 1.
        folded_in: Vec<usize>,
    },
    /// `folded_in`: how many pages have a side for themselves.
    TwoUp { pages: usize, sides: usize, folded_in: usize },
}

impl PaperUse {
    /// Of single pages it is told only when the report is given out printed on both sides.
    pub fn of(document: &PagedDocument, printing: Printing, duplex: bool) -> Option<Self> {
        let pages: Vec<&Page> = document.pages().iter().collect();
        let Some(imposition) = printing.imposition else {
            let last_back_is_blank = pages.len() % 2 == 1;
            return duplex.then(|| PaperUse::Duplex { sheets: sheets(&pages), last_back_is_blank });
        };
        let side = |length: Abs| length.to_pt() as f32;
        let size = |page: &&Page| [side(page.frame.width()), side(page.frame.height())];
        let shapes = shapes(&pages.iter().map(size).collect::<Vec<_>>());
        let sides = imposition.sides(&shapes);
        let doubles = (0..pages.len()).filter(|page| shapes[*page] == Shape::Double);
        let folded_in: Vec<usize> = doubles.map(|page| page + 1).collect();
        Some(match imposition {
            Imposition::Booklet { .. } => {
                let of_halves = sides.len() - folded_in.len();
                let sheets = of_halves.div_ceil(2);
                let upright = pages.iter().zip(&shapes);
                let upright = upright.filter(|(_, shape)| **shape == Shape::Upright);
                let upright: Vec<&Page> = upright.map(|(page, _)| *page).collect();
                PaperUse::Booklet {
                    pages: pages.len() - folded_in.len(),
                    blank: 2 * of_halves - (pages.len() - folded_in.len()),
                    paper: paper(&upright, 2.0),
                    sheets,
                    creep: imposition.creep(sheets.saturating_sub(1)) / 72.0 * 25.4,
                    folded_in,
                }
            }
            Imposition::TwoUp => {
                let (pages, folded_in) = (pages.len(), folded_in.len());
                PaperUse::TwoUp { pages, sides: sides.len(), folded_in }
            }
        })
    }
}

impl fmt::Display for PaperUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PaperUse::Duplex { sheets, last_back_is_blank } => {
                let back =
                    if *last_back_is_blank { "白紙です" } else { "最後のページです" };
                let sheets = sheets.iter().map(|(paper, count)| format!("{paper} {count}枚"));
                write!(f, "両面で{}。最後の裏は{back}", sheets.collect::<Vec<_>>().join("、"))
            }
            PaperUse::Booklet { pages, blank, paper, sheets, creep, folded_in } => {
                match blank {
                    0 => write!(f, "{pages}ページで")?,
                    blank => write!(f, "{pages}ページに白紙{blank}ページを足して")?,
                }
                write!(f, "、{paper} {sheets}枚（両面・短辺とじ）")?;
                if *creep > NOTABLE_CREEP {
                    write!(
                        f,
                        "。内側の紙は背へ最大{creep:.1}mm寄せているので、内側の余白を確かめてください"
                    )?;
                }
                if !folded_in.is_empty() {
                    let numbers: Vec<String> = folded_in.iter().map(usize::to_string).collect();
                    write!(
                        f,
                        "。折込みのページ（表紙から数えて{}ページ目）は、PDFの最後に付けました。別に刷って、その所にとじ込んでください",
                        numbers.join("・")
                    )?;
                }
                Ok(())
            }
            PaperUse::TwoUp { pages, sides, folded_in: 0 } => {
                write!(f, "{pages}ページを2ページずつ、A4 {sides}面")
            }
            PaperUse::TwoUp { pages, sides, folded_in } => {
                write!(
                    f,
                    "{pages}ページを2ページずつ、A4 {sides}面（折込みの{folded_in}ページは1面に1ページ）"
                )
            }
        }
    }
}

/// How many sheets of which paper, every two pages being the sides of one.
fn sheets(pages: &[&Page]) -> Vec<(String, usize)> {
    let mut sheets: Vec<(String, usize)> = Vec::new();
    for sheet in pages.chunks(2) {
        let paper = paper(sheet, 1.0);
        match sheets.iter_mut().find(|(known, _)| *known == paper) {
            Some((_, count)) => *count += 1,
            None => sheets.push((paper, 1)),
        }
    }
    sheets
}

/// The name of the sheet that holds so many of the widest and highest page side by side.
fn paper(pages: &[&Page], across: f64) -> String {
    let most = |length: fn(&&Page) -> f64| pages.iter().map(length).fold(0.0, f64::max);
    let mm = |pt: f64| pt / 72.0 * 25.4;
    let width = mm(across * most(|page| page.frame.width().to_pt()));
    let height = mm(most(|page| page.frame.height().to_pt()));
    const NAMED: [(&str, f64, f64); 6] = [
        ("A3", 297.0, 420.0),
        ("A4", 210.0, 297.0),
        ("A5", 148.0, 210.0),
        ("B4", 257.0, 364.0),
        ("B5", 182.0, 257.0),
        ("B6", 128.0, 182.0),
    ];
    let (short, long) = (width.min(height), width.max(height));
    let near = |a: f64, b: f64| (a - b).abs() < 1.5;
    let named = NAMED.iter().find(|(_, w, h)| near(short, *w) && near(long, *h));
    named.map_or_else(|| format!("{width:.0}×{height:.0}mm"), |(name, ..)| (*name).to_owned())
}
