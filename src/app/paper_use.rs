//! How much paper the pages take, and how it is put into the copier.

use std::fmt;

use typst_layout::{Page, PagedDocument};

use crate::export::{Imposition, Printing};

/// From here on, in millimetres, pages lose more at the spine than the bleed gives.
const NOTABLE_CREEP: f32 = 3.0;

/// How much paper a document takes.
#[derive(Debug, Clone, PartialEq)]
pub enum PaperUse {
    /// Single pages on both sides.
    Duplex {
        paper: String,
        sheets: usize,
        last_back_is_blank: bool,
    },
    /// `creep`: how far the innermost pages are moved to the spine, in millimetres.
    Booklet {
        pages: usize,
        blank: usize,
        paper: String,
        sheets: usize,
        creep: f32,
    },
    TwoUp {
        pages: usize,
        sides: usize,
    },
}

impl PaperUse {
    /// Of single pages it is told only when the report is given out printed on both sides.
    pub fn of(document: &PagedDocument, printing: Printing, duplex: bool) -> Option<Self> {
        let pages = document.pages().len();
        let Some(imposition) = printing.imposition else {
            return duplex.then(|| PaperUse::Duplex {
                paper: size(document, 1.0),
                sheets: pages.div_ceil(2),
                last_back_is_blank: pages % 2 == 1,
            });
        };
        let sides = imposition.sides(pages);
        let sheets = sides.len().div_ceil(2);
        Some(match imposition {
            Imposition::Booklet { .. } => PaperUse::Booklet {
                pages,
                blank: sides.as_flattened().len() - pages,
                paper: size(document, 2.0),
                sheets,
                creep: imposition.creep(sheets.saturating_sub(1)) / 72.0 * 25.4,
            },
            Imposition::TwoUp => PaperUse::TwoUp { pages, sides: sides.len() },
        })
    }
}

impl fmt::Display for PaperUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PaperUse::Duplex { paper, sheets, last_back_is_blank } => {
                let back =
                    if *last_back_is_blank { "白紙です" } else { "最後のページです" };
                write!(f, "両面で{paper} {sheets}枚。最後の裏は{back}")
            }
            PaperUse::Booklet { pages, blank, paper, sheets, creep } => {
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
                Ok(())
            }
            PaperUse::TwoUp { pages, sides } => {
                write!(f, "{pages}ページを2ページずつ、A4 {sides}面")
            }
        }
    }
}

/// The name of the sheet that holds so many of the widest and highest page side by side.
fn size(document: &PagedDocument, across: f64) -> String {
    let most = |length: fn(&Page) -> f64| document.pages().iter().map(length).fold(0.0, f64::max);
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
