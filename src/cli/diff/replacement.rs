//! The 差替えページ as a file.

use std::borrow::Cow;
use std::path::Path;

use super::built::Built;
use super::pages::Paper;
use crate::app::{BuildOptions, Output, Workshop};
use crate::cli::printer::Printer;
use crate::cli::{Ending, build, output};
use crate::compare::paper::{Replacement, ReplacementFault, replacement_pages};
use crate::export::{Pages, are_pages_damaged};

/// Writes the sheets to put in as a PDF; `paper` is `None` when the pages were not compared.
pub fn write(
    target: &Path,
    stamp: Option<&str>,
    (new, paper): (&Built, Option<&Paper>),
    workshop: &Workshop,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let Some(paper) = paper else {
        printer.note("ページを比べていないので、差替えページは書き出していません。");
        return Err(Ending::ReportAtFault);
    };
    let whole = whole(new, workshop, printer)?;
    if paper.exchange.put_in.is_empty() {
        printer.note("差し替えるページがないので、差替えページは書き出していません。");
        return Ok(());
    }
    let wanted = Replacement { stamp: stamp.map(str::to_owned) };
    let pages = replacement_pages(&whole, &paper.exchange.put_in, &wanted, workshop.fonts());
    let pages = pages.map_err(|fault| {
        printer.note(&format!("差替えページを作れません（{}）。", told(&fault)));
        Ending::ReportAtFault
    })?;
    output::write_pdf(target, &pages)
        .map_err(|reason| build::cannot_write(target, &reason, printer))?;
    printer.note(&format!("差替えページを {} に書き出しました。", target.display()));
    Ok(())
}

/// The new edition as it is printed: a PDF as it is, a report as `build` makes it.
fn whole<'a>(
    new: &'a Built,
    workshop: &Workshop,
    printer: &mut Printer,
) -> Result<Cow<'a, [u8]>, Ending> {
    if let Some(pdf) = new.side.pdf() {
        let pages = Pages::of_pdf(pdf.to_vec(), "");
        if pages.is_ok_and(|pages| !are_pages_damaged(pdf, pages.count())) {
            return Ok(Cow::Borrowed(pdf));
        }
        printer.note("後の版のPDFが壊れているので、差替えページは書き出していません。");
        return Err(Ending::ReportAtFault);
    }
    // With the options of the PDF that people hold, and with its own mark.
    let like = new.options.as_ref().zip(new.side.sources()).map(|(record, folder)| {
        let (again, output) = BuildOptions::again(record);
        (Output { official: false, ..output }, workshop.build(folder, &again))
    });
    let usual = Output::default();
    let (output, build) = match &like {
        Some((output, build)) => (output, Some(build)),
        None => (&usual, new.outcome.as_ref()),
    };
    let Some(build) = build.filter(|build| build.document().is_some()) else {
        printer.note("後の版に誤りがあるので、差替えページは書き出していません。");
        return Err(Ending::ReportAtFault);
    };
    build.export(output).map(|pdf| Cow::Owned(pdf.unwrap_or_default())).map_err(|problems| {
        printer.problems(&problems, "");
        Ending::ReportAtFault
    })
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
