//! The pages of two editions by the pictures of their PDFs: where there are no sources, or where
//! this program would not lay them out as they were.

use std::borrow::Cow;
use std::fmt;

use super::built_side::BuiltSide;
use crate::app::Workshop;
use crate::compare::Side;
use crate::compare::paper::{ComparePdfFault, PageChange, PageChangeKind, compare_pdfs};
use crate::export::{DrawFault, Pages, are_pages_damaged};
use soukatsu_core::problem::Problem;

/// What two PDFs show.
pub struct Pictures {
    pub changes: Vec<PageChange>,
    /// The page labels of both.
    pub labels: [Vec<Option<String>>; 2],
    /// Whether a PDF is damaged, so that pages may have been drawn wrong.
    pub damaged: bool,
    /// What is said beside.
    pub notes: Vec<PictureNote>,
}

impl Pictures {
    /// Compares both.
    ///
    /// # Errors
    /// Why they cannot be drawn.
    pub fn compare(built: &[BuiltSide; 2], workshop: &Workshop) -> Result<Self, PagesNotCompared> {
        let [old, new] = built;
        let old_pdf = pdf(old, new, workshop)?;
        let new_pdf = pdf(new, old, workshop)?;
        let changes = compare_pdfs(&old_pdf, &new_pdf).map_err(|fault| undrawable(fault, built))?;
        let opened = |pdf: &[u8], side: &BuiltSide| {
            Pages::of_pdf(pdf.to_vec(), "").map_err(|_| PagesNotCompared::Undrawable {
                name: side.name.clone(),
                fault: PictureFault::Unreadable,
            })
        };
        let (before, after) = (opened(&old_pdf, old)?, opened(&new_pdf, new)?);
        let damaged: Vec<&BuiltSide> = [(old, &old_pdf, &before), (new, &new_pdf, &after)]
            .into_iter()
            .filter(|(_, pdf, pages)| are_pages_damaged(pdf, pages.count()))
            .map(|(built, ..)| built)
            .collect();
        let broken = damaged.iter().map(|side| PictureNote::Damaged { name: side.name.clone() });
        let mut notes: Vec<PictureNote> = broken.collect();
        if damaged.is_empty() {
            notes.extend(unlike(&before, &after, &changes));
        }
        let labels = [before.labels(), after.labels()];
        Ok(Pictures { changes, labels, damaged: !damaged.is_empty(), notes })
    }
}

/// Why the pages of two editions were not compared.
#[derive(Debug)]
pub enum PagesNotCompared {
    /// A report cannot be laid out.
    NotLaidOut {
        name: String,
    },
    /// A report cannot be exported, for these problems.
    NotExported {
        name: String,
        problems: Vec<Problem>,
    },
    Undrawable {
        name: String,
        fault: PictureFault,
    },
}

/// Why a PDF cannot be drawn.
#[derive(Debug)]
pub enum PictureFault {
    Unreadable,
    Page(DrawFault),
}

impl fmt::Display for PagesNotCompared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PagesNotCompared::NotLaidOut { name } => {
                write!(f, "「{name}」を組めないので、ページは比べていません。")
            }
            PagesNotCompared::NotExported { name, .. } => {
                write!(f, "「{name}」をPDFにできないので、ページは比べていません。")
            }
            PagesNotCompared::Undrawable { name, fault } => {
                write!(f, "「{name}」は{fault}ので、ページは比べていません。")
            }
        }
    }
}

impl fmt::Display for PictureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureFault::Unreadable => f.write_str("PDFとして読めない"),
            PictureFault::Page(DrawFault::TooLarge { page, .. }) => {
                write!(f, "前から{}枚目が大きすぎて絵にできない", page + 1)
            }
            PictureFault::Page(DrawFault::Broken { page }) => {
                write!(f, "前から{}枚目が壊れていて絵にできない", page + 1)
            }
            PictureFault::Page(DrawFault::Kept(reason)) => write!(f, "絵にできない（{reason}）"),
        }
    }
}

/// What is said of pictures, beside the result.
#[derive(Debug, Clone, PartialEq)]
pub enum PictureNote {
    Damaged {
        name: String,
    },
    /// The pages of the editions have other sizes, in points.
    Resized {
        old: [f64; 2],
        new: [f64; 2],
    },
    /// Every page looks otherwise.
    AllChanged,
}

impl fmt::Display for PictureNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mm = |[width, height]: &[f64; 2]| {
            format!("{:.0}×{:.0}mm", width / 72.0 * 25.4, height / 72.0 * 25.4)
        };
        match self {
            PictureNote::Damaged { name } => write!(
                f,
                "「{name}」はPDFそのものが壊れています。読めた部分だけを絵にしたので、もとの紙面と違うことがあります。"
            ),
            PictureNote::Resized { old, new } => write!(
                f,
                "ページの大きさが違うので（前 {}、後 {}）、中身が同じページも違って見えます。用途（`--profile`）やトンボの違いかもしれません。",
                mm(old),
                mm(new)
            ),
            PictureNote::AllChanged => f.write_str(
                "全てのページが違って見えます。用途（`--profile`）や版の印の違うPDFかもしれません。",
            ),
        }
    }
}

fn pdf<'a>(
    of: &'a BuiltSide,
    with: &BuiltSide,
    workshop: &Workshop,
) -> Result<Cow<'a, [u8]>, PagesNotCompared> {
    let name = || of.name.clone();
    match of.pictured(with, workshop) {
        Ok(Some(pdf)) => Ok(pdf),
        Ok(None) => Err(PagesNotCompared::NotLaidOut { name: name() }),
        Err(problems) => Err(PagesNotCompared::NotExported { name: name(), problems }),
    }
}

fn undrawable(fault: ComparePdfFault, built: &[BuiltSide; 2]) -> PagesNotCompared {
    let (edition, fault) = match fault {
        ComparePdfFault::Unreadable(edition, _) => (edition, PictureFault::Unreadable),
        ComparePdfFault::Undrawable(edition, fault) => (edition, PictureFault::Page(fault)),
    };
    let side = match edition {
        Side::Old => &built[0],
        Side::New => &built[1],
    };
    PagesNotCompared::Undrawable { name: side.name.clone(), fault }
}

/// Why every page may look otherwise although it says the same.
fn unlike(old: &Pages<'_>, new: &Pages<'_>, changes: &[PageChange]) -> Option<PictureNote> {
    let [before, after] = [old.size(0), new.size(0)];
    let resized = before.iter().zip(after).any(|(was, is)| (was - is).abs() > 1.0);
    let changed = changes.iter().filter(|change| change.kind == PageChangeKind::Changed).count();
    let all = changed > 1 && changed == new.count();
    match resized {
        true => Some(PictureNote::Resized { old: before, new: after }),
        false => all.then_some(PictureNote::AllChanged),
    }
}
