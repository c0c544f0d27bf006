//! The 差替えページ of a comparison.

use std::borrow::Cow;
use std::fmt;

use super::Diff;
use super::built_side::BuiltSide;
use crate::app::{BuildOptions, Output, Workshop};
use crate::compare::paper::{Replacement, ReplacementFault, replacement_pages};
use crate::export::{Pages, are_pages_damaged};
use soukatsu_core::problem::Problem;

/// Why there are no 差替えページ.
#[derive(Debug)]
pub enum NoReplacement {
    PagesNotCompared,
    NewDamaged,
    NewHasErrors,
    /// The new edition cannot be exported, for these problems.
    NotExported(Vec<Problem>),
    /// No page differs.
    Nothing,
    Fault(ReplacementFault),
}

impl fmt::Display for NoReplacement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoReplacement::PagesNotCompared => {
                "ページを比べていないので、差替えページは書き出していません。"
            }
            NoReplacement::NewDamaged => {
                "後の版のPDFが壊れているので、差替えページは書き出していません。"
            }
            NoReplacement::NewHasErrors => {
                "後の版に誤りがあるので、差替えページは書き出していません。"
            }
            NoReplacement::NotExported(_) => return Ok(()),
            NoReplacement::Nothing => {
                "差し替えるページがないので、差替えページは書き出していません。"
            }
            NoReplacement::Fault(fault) => {
                return write!(f, "差替えページを作れません（{}）。", told(fault));
            }
        })
    }
}

impl Diff {
    /// The sheets to put in as a PDF.
    ///
    /// # Errors
    /// Why there are none.
    pub fn replacement_pages(
        &self,
        stamp: Option<&str>,
        workshop: &Workshop,
    ) -> Result<Vec<u8>, NoReplacement> {
        let Ok(paper) = &self.paper else { return Err(NoReplacement::PagesNotCompared) };
        let whole = whole(&self.built[1], workshop)?;
        if paper.exchange.put_in.is_empty() {
            return Err(NoReplacement::Nothing);
        }
        let wanted = Replacement { stamp: stamp.map(str::to_owned) };
        replacement_pages(&whole, &paper.exchange.put_in, &wanted, workshop.fonts())
            .map_err(NoReplacement::Fault)
    }
}

/// The new edition as it is printed: a PDF as it is, a report as `build` makes it.
fn whole<'a>(new: &'a BuiltSide, workshop: &Workshop) -> Result<Cow<'a, [u8]>, NoReplacement> {
    if let Some(pdf) = new.side.pdf() {
        let pages = Pages::of_pdf(pdf.to_vec(), "");
        let sound = pages.is_ok_and(|pages| !are_pages_damaged(pdf, pages.count()));
        return if sound { Ok(Cow::Borrowed(pdf)) } else { Err(NoReplacement::NewDamaged) };
    }
    // With the options of the PDF that people hold, and with its own mark.
    let like = new.options.as_ref().zip(new.side.sources()).map(|(record, folder)| {
        let (again, output) = BuildOptions::again(record);
        (Output { official: false, ..output }, workshop.build(folder, &again))
    });
    let usual = Output::default();
    let (output, build) = match &like {
        Some((output, build)) => (output, Some(build)),
        None => (&usual, new.build.as_ref()),
    };
    let build = build.filter(|build| !build.has_errors());
    let pdf = build.map(|build| build.export(output)).transpose();
    let pdf = pdf.map_err(NoReplacement::NotExported)?.flatten();
    pdf.map(Cow::Owned).ok_or(NoReplacement::NewHasErrors)
}

fn told(fault: &ReplacementFault) -> String {
    match fault {
        ReplacementFault::Unreadable(_) => "後の版のPDFを読めません".to_owned(),
        ReplacementFault::Undrawable(_) => "後の版のページを絵にできません".to_owned(),
        ReplacementFault::Foreign(reason) => {
            format!("後の版のPDFの作りを扱えません: {reason}")
        }
        ReplacementFault::NoSuchPage(page) => format!("後の版に{page}枚目のページがありません"),
        ReplacementFault::Stamp(reason) => format!("--stamp の語を組めません: {reason}"),
        ReplacementFault::TooLong(fits) => {
            format!("--stamp の語が長すぎて、ページの幅に入りません。入るのは{fits}字までです")
        }
        ReplacementFault::NoRoom(page) => {
            format!("前から{page}枚目の隅に、--stamp の語を入れる白い所がありません")
        }
    }
}
