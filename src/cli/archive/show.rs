//! `archive show`: what was official, by whom and why; also which edition a PDF or a number is.

use std::path::Path;

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::words::{StoreArg, refuse, root_of, tell, tell_no_edition};
use crate::app::editions::edition_number::number;
use crate::app::editions::{
    EditionFacts, EditionSummary, Identified, NotIdentified, Selection, ShownEdition, select,
};
use crate::archive::labels;
use crate::cli::ending::Ending;
use crate::cli::format::{Format, FormatArg};
use crate::cli::printer::Printer;
use crate::cli::time_limit::{TimeLimitArg, Work};
use soukatsu_core::problem::printable;

/// The columns before the values.
const VALUES: usize = 18;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 版の順番（1、2、…）か、版の番号（始めの8桁以上）か、PDFのファイル。省略すると最後の版
    #[arg(value_name = "版かPDF")]
    what: Option<String>,
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    time: TimeLimitArg,
    #[command(flatten)]
    format: FormatArg,
}

/// What was asked for.
enum What<'a> {
    Edition(Selection),
    Pdf(&'a Path),
}

fn what(text: Option<&str>) -> What<'_> {
    let Some(text) = text else { return What::Edition(Selection::Last) };
    let path = Path::new(text);
    match (text.parse().ok().filter(|_| text.len() < 8), number(text)) {
        (Some(number), _) => What::Edition(Selection::Number(number)),
        (None, Ok(digest)) if !path.exists() => What::Edition(Selection::Digest(digest)),
        _ => What::Pdf(path),
    }
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let (edition, asked) = match what(args.what.as_deref()) {
        What::Edition(selection) => {
            let edition = select(&store, &selection);
            (edition.map_err(|none| tell_no_edition(&none, printer))?, None)
        }
        What::Pdf(path) => {
            let limit = args.time.begin(Work::Show, &[path], printer);
            let asked = Identified::of(&store, path).map_err(|fault| match &fault {
                NotIdentified::Store(error) => tell(error, printer),
                fault => refuse(&fault.to_string(), printer),
            })?;
            drop(limit);
            let Some(edition) = asked.edition() else { return Err(unknown(args, &asked, printer)) };
            (edition, Some(asked))
        }
    };
    let edition = ShownEdition::of(&store, edition);
    let limit = args.time.begin(Work::Show, &[&edition.summary.edition.dir], printer);
    let facts = edition.facts();
    drop(limit);
    let root = root_of(&args.store.store);
    printer.problems(&edition.doubts, &root);
    printer.problems(&facts.signers_faults, &root);
    match args.format.format {
        Format::Json => {
            let whole = edition.json(&facts, asked.as_ref());
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
        Format::Text => {
            for line in asked.iter().flat_map(|asked| asked.heading(edition.is_sound())) {
                printer.result(&printable(&line));
            }
            text(&edition, &facts, printer)?;
        }
    }
    if edition.is_sound() { Ok(()) } else { Err(Ending::ReportAtFault) }
}

/// Says what is known of a PDF that no edition has.
fn unknown(args: &Args, asked: &Identified, printer: &mut Printer) -> Ending {
    match args.format.format {
        Format::Text => asked.lines().iter().for_each(|line| printer.result(line)),
        Format::Json => {
            let whole = json!({ "asked": asked.json() });
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
    }
    Ending::ReportAtFault
}

fn text(
    shown_edition: &ShownEdition<'_>,
    facts: &EditionFacts,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let EditionSummary { edition, digest, info, .. } = &shown_edition.summary;
    if !shown_edition.is_sound() {
        printer.result("注意: この版は保管したときのままではありません（`archive verify` で確かめてください）。次の内容を信じないでください。");
        printer.result("");
    }
    let info = info.as_ref().map_err(|problem| {
        let words = format!("版{}の内容を示せません（{}）。", edition.number, problem.message);
        refuse(&words, printer)
    })?;
    let mut row = |name: &str, value: &str| {
        let left = VALUES.saturating_sub(name.width());
        let pad = format!("{}{}", " ".repeat(left % 2), "　".repeat(left / 2));
        printer.result(&format!("{name}{pad}{}", printable(value)));
    };
    row("順番", &edition.name());
    row("版の番号", digest.as_deref().unwrap_or_default());
    for (name, _, label) in EditionSummary::LABELS {
        if let Some(value) = info.get(label) {
            row(name, value);
        }
    }
    for name in info.all(labels::APPROVED_BY) {
        row("承認", name);
    }
    for (name, value) in facts.rows() {
        row(name, &value);
    }
    row("場所", &edition.dir.display().to_string());
    let accepted = facts.accepted_lines();
    if !accepted.is_empty() {
        printer.result("");
        printer.result("認めた問題");
        accepted.iter().for_each(|line| printer.result(line));
    }
    if let Some(changes) = shown_edition.changes() {
        printer.result("");
        changes.lines().for_each(|line| printer.result(&printable(line)));
    }
    Ok(())
}
