//! The 差替えページ of a comparison. They are printed in the office, on the paper of its copiers, and
//! lie among pages that were printed before.

use std::borrow::Cow;
use std::fmt;

use super::Diff;
use super::built_side::BuiltSide;
use crate::app::{Build, BuildOptions, Output, Workshop};
use crate::compare::paper::{Replacement, ReplacementFault, replacement_pages};
use crate::export::{Pages, Printing, are_pages_damaged, page_texts};
use crate::world::Profile;
use soukatsu_core::problem::Problem;

/// How the 差替えページ are wanted.
#[derive(Debug, Clone, Default)]
pub struct ReplacementRequest {
    /// What stands in a corner of every page that differs.
    pub stamp: Option<String>,
    /// For what they are made. Without one for an office copier, in greys where the handout is.
    pub profile: Option<Profile>,
}

/// The 差替えページ.
pub struct ReplacementPages {
    pub pdf: Vec<u8>,
    /// The profile for which the pages could not be made: they are as the PDF of the new edition has
    /// them.
    pub not_made_for: Option<Profile>,
}

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
        request: &ReplacementRequest,
        workshop: &Workshop,
    ) -> Result<ReplacementPages, NoReplacement> {
        let Ok(paper) = &self.paper else { return Err(NoReplacement::PagesNotCompared) };
        let new = &self.built[1];
        let record = new.side.record().or(new.options.as_ref());
        let held = record.and_then(|record| Profile::named(&record.options.profile));
        let profile = request.profile.unwrap_or(match held {
            Some(Profile::Mono) => Profile::Mono,
            _ => Profile::Office,
        });
        let (whole, made) = whole(new, profile, workshop)?;
        if paper.exchange.put_in.is_empty() {
            return Err(NoReplacement::Nothing);
        }
        // Only a press has sheets that are larger than the page.
        let wanted = Replacement { stamp: request.stamp.clone(), cut: profile != Profile::Print };
        let pdf = replacement_pages(&whole, &paper.exchange.put_in, &wanted, workshop.fonts())
            .map_err(NoReplacement::Fault)?;
        let is_told = request.profile.is_some() || held.is_some_and(|held| held != profile);
        Ok(ReplacementPages { pdf, not_made_for: (!made && is_told).then_some(profile) })
    }
}

/// The new edition as it is printed, and whether it could be made for the profile.
fn whole<'a>(
    new: &'a BuiltSide,
    profile: Profile,
    workshop: &Workshop,
) -> Result<(Cow<'a, [u8]>, bool), NoReplacement> {
    if let Some(pdf) = new.side.pdf() {
        let pages = Pages::of_pdf(pdf.to_vec(), "");
        if !pages.is_ok_and(|pages| !are_pages_damaged(pdf, pages.count())) {
            return Err(NoReplacement::NewDamaged);
        }
        let record = new.side.record();
        if record.is_some_and(|record| record.options.profile == profile.name()) {
            return Ok((Cow::Borrowed(pdf), true));
        }
        let made = record
            .filter(|_| new.is_laid_out_here())
            .and_then(|record| made_for(new, &BuildOptions::again(record), profile, workshop));
        let made = made.and_then(|(build, output)| build.export(&output).ok().flatten());
        return Ok(match made {
            Some(made) => (Cow::Owned(made), true),
            None => (Cow::Borrowed(pdf), false),
        });
    }
    // With the options of the PDF that people hold, and with its own mark.
    let usual = || (BuildOptions::default(), Output::default());
    let held = new.options.as_ref().map_or_else(usual, BuildOptions::again);
    let folder = new.side.sources().filter(|_| !new.build.as_ref().is_none_or(|b| b.has_errors()));
    let folder = folder.ok_or(NoReplacement::NewHasErrors)?;
    let (build, output, made) = match made_for(new, &held, profile, workshop) {
        Some((build, output)) => (build, output, true),
        None => (workshop.build(folder, &held.0), Output { official: false, ..held.1 }, false),
    };
    let pdf = build.export(&output).map_err(NoReplacement::NotExported)?;
    pdf.map(|pdf| (Cow::Owned(pdf), made)).ok_or(NoReplacement::NewHasErrors)
}

/// The new edition made for a profile, where nothing stands elsewhere than on the pages that people
/// hold: a template of one's own may set them otherwise.
fn made_for(
    new: &BuiltSide,
    (held, output): &(BuildOptions, Output),
    profile: Profile,
    workshop: &Workshop,
) -> Option<(Build, Output)> {
    let folder = new.side.sources()?;
    // With the mark with which the editions were compared.
    let compared = new.build.as_ref()?;
    let same = BuildOptions { profile, ..compared.options.clone() };
    let same = workshop.build(folder, &same);
    let (was, is) = (compared.document()?, same.document()?);
    let labels = [was, is].map(|document| Pages::Laid(document).labels());
    if labels[0] != labels[1] || page_texts(was) != page_texts(is) {
        return None;
    }
    let build = workshop.build(folder, &BuildOptions { profile, ..held.clone() });
    let marks = output.printing.marks && profile == Profile::Print;
    let printing = Printing { marks, ..output.printing };
    Some((build, Output { official: false, printing, ..output.clone() }))
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
