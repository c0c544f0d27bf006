//! The pages of two editions by the pictures of their PDFs: where there are no sources, or where
//! this program would not lay them out as they were.

use std::borrow::Cow;

use super::built::Built;
use crate::cli::printer::Printer;
use crate::compare::Side;
use crate::compare::paper::{ComparePdfFault, PageChange, PageChangeKind, compare_pdfs};
use crate::export::{DrawFault, Pages, are_pages_damaged};
use crate::pipeline::Session;

/// What two PDFs show.
pub struct Pictures {
    pub changes: Vec<PageChange>,
    /// The page labels of both.
    pub labels: [Vec<Option<String>>; 2],
    /// Whether a PDF is damaged, so that pages may have been drawn wrong.
    pub damaged: bool,
    /// What was said beside.
    pub notes: Vec<String>,
}

impl Pictures {
    /// Compares both; `None` when they cannot be drawn, which is told.
    pub fn compare(built: &[Built; 2], session: &Session, printer: &mut Printer) -> Option<Self> {
        let [old, new] = built;
        let old_pdf = pdf(old, new, session, printer)?;
        let new_pdf = pdf(new, old, session, printer)?;
        let told = compare_pdfs(&old_pdf, &new_pdf).map_err(|fault| undrawable(&fault, built));
        let changes = told.map_err(|note| printer.note(&note)).ok()?;
        // Both could be opened before.
        let [before, after] = [&old_pdf, &new_pdf].map(|pdf| Pages::of_pdf(pdf.to_vec(), "").ok());
        let (before, after) = (before?, after?);
        let damaged: Vec<&Built> = [(old, &old_pdf, &before), (new, &new_pdf, &after)]
            .into_iter()
            .filter(|(_, pdf, pages)| are_pages_damaged(pdf, pages.count()))
            .map(|(built, ..)| built)
            .collect();
        let broken = damaged.iter().map(|built| {
            format!(
                "「{}」はPDFそのものが壊れています。読めた部分だけを絵にしたので、もとの紙面と違うことがあります。",
                built.name
            )
        });
        let mut notes: Vec<String> = broken.collect();
        if damaged.is_empty() {
            notes.extend(unlike(&before, &after, &changes));
        }
        notes.iter().for_each(|note| printer.note(note));
        let labels = [before.labels(), after.labels()];
        Some(Pictures { changes, labels, damaged: !damaged.is_empty(), notes })
    }
}

fn pdf<'a>(
    of: &'a Built,
    with: &Built,
    session: &Session,
    printer: &mut Printer,
) -> Option<Cow<'a, [u8]>> {
    match of.pictured(with, session) {
        Ok(Some(pdf)) => Some(pdf),
        Ok(None) => {
            printer.note(&format!("「{}」を組めないので、ページは比べていません。", of.name));
            None
        }
        Err(problems) => {
            printer.problems(&problems, "");
            printer.note(&format!("「{}」をPDFにできないので、ページは比べていません。", of.name));
            None
        }
    }
}

fn undrawable(fault: &ComparePdfFault, built: &[Built; 2]) -> String {
    let (edition, why) = match fault {
        ComparePdfFault::Unreadable(edition, _) => (edition, "PDFとして読めない".to_owned()),
        ComparePdfFault::Undrawable(edition, DrawFault::TooLarge { page, .. }) => {
            (edition, format!("前から{}枚目が大きすぎて絵にできない", page + 1))
        }
        ComparePdfFault::Undrawable(edition, DrawFault::Broken { page }) => {
            (edition, format!("前から{}枚目が壊れていて絵にできない", page + 1))
        }
        ComparePdfFault::Undrawable(edition, DrawFault::Kept(reason)) => {
            (edition, format!("絵にできない（{reason}）"))
        }
    };
    let name = match edition {
        Side::Old => &built[0].name,
        Side::New => &built[1].name,
    };
    format!("「{name}」は{why}ので、ページは比べていません。")
}

/// Why every page may look otherwise although it says the same.
fn unlike(old: &Pages<'_>, new: &Pages<'_>, changes: &[PageChange]) -> Option<String> {
    let [before, after] = [old.size(0), new.size(0)];
    let resized = before.iter().zip(after).any(|(was, is)| (was - is).abs() > 1.0);
    let mm = |[width, height]: [f64; 2]| {
        format!("{:.0}×{:.0}mm", width / 72.0 * 25.4, height / 72.0 * 25.4)
    };
    let changed = changes.iter().filter(|change| change.kind == PageChangeKind::Changed).count();
    match resized {
        true => Some(format!(
            "ページの大きさが違うので（前 {}、後 {}）、中身が同じページも違って見えます。用途（`--profile`）やトンボの違いかもしれません。",
            mm(before),
            mm(after)
        )),
        false => (changed > 1 && changed == new.count()).then(|| {
            "全てのページが違って見えます。用途（`--profile`）や版の印の違うPDFかもしれません。"
                .to_owned()
        }),
    }
}
