//! `archive show`: what was official, by whom and why; also which edition a PDF or a number is.

use std::path::Path;

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::edition_facts::Kept;
use super::edition_number::{number, shown};
use super::list::{LABELS, as_json};
use super::{StoreArg, edition, identify, tell};
use crate::archive::edition_files::{CHANGES, CHANGES_TEXT};
use crate::archive::{BagInfo, Edition, Store, labels, named};
use crate::cli::Ending;
use crate::cli::format::{Format, FormatArg};
use crate::cli::printer::Printer;
use crate::cli::time_limit::{TimeLimitArg, Work};
use soukatsu_core::problem::{self, Problem};

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
    Number(Option<u32>),
    Digest(String),
    Pdf(&'a Path),
}

fn what(text: Option<&str>) -> What<'_> {
    let Some(text) = text else { return What::Number(None) };
    let path = Path::new(text);
    match (text.parse().ok().filter(|_| text.len() < 8), number(text)) {
        (Some(number), _) => What::Number(Some(number)),
        (None, Ok(digest)) if !path.exists() => What::Digest(digest),
        _ => What::Pdf(path),
    }
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let root = args.store.store.as_path();
    match what(args.what.as_deref()) {
        What::Number(number) => {
            let edition = edition(&store, number, root, printer)?;
            Shown::of(&store, edition).print(args, None, printer)
        }
        What::Digest(digest) => {
            let edition = by_digest(&store, &digest, root, printer)?;
            Shown::of(&store, edition).print(args, None, printer)
        }
        What::Pdf(path) => {
            let limit = args.time.begin(Work::Show, &[path], printer);
            let found = identify::find(&store, root, path, printer)?;
            drop(limit);
            let Some(edition) = found.edition() else {
                match args.format.format {
                    Format::Text => found.lines().iter().for_each(|line| printer.result(line)),
                    Format::Json => {
                        let whole = json!({ "asked": found.json() });
                        printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
                    }
                }
                return Err(Ending::ReportAtFault);
            };
            Shown::of(&store, edition).print(args, Some(&found), printer)
        }
    }
}

fn by_digest(
    store: &Store,
    digest: &str,
    path: &Path,
    printer: &mut Printer,
) -> Result<Edition, Ending> {
    let (editions, _) = store.editions().map_err(|fault| tell(path, &fault, printer))?;
    match &mut named(&editions, digest)[..] {
        [edition] => Ok(edition.clone()),
        [] => {
            printer.note(&format!(
                "保管庫「{}」に、番号が {} の版はありません。そういう名前のPDFもありません。",
                path.display(),
                shown(digest)
            ));
            Err(Ending::ReportAtFault)
        }
        _ => {
            printer.note(&format!(
                "番号が {} で始まる版が2つ以上あります。もっと長く（64桁まで）書いてください。",
                shown(digest)
            ));
            Err(Ending::ReportAtFault)
        }
    }
}

/// An edition with what speaks against it.
struct Shown<'a> {
    store: &'a Store,
    edition: Edition,
    doubts: Vec<Problem>,
}

impl<'a> Shown<'a> {
    fn of(store: &'a Store, edition: Edition) -> Self {
        let doubts = store.doubts(&edition);
        Shown { store, edition, doubts }
    }

    fn print(
        &self,
        args: &Args,
        found: Option<&identify::Found>,
        printer: &mut Printer,
    ) -> Result<(), Ending> {
        let root = args.store.store.display().to_string();
        let root = format!("{}/", root.trim_end_matches('/'));
        let limit = args.time.begin(Work::Show, &[&self.edition.dir], printer);
        let kept = Kept::of(self.store, &self.edition);
        drop(limit);
        let is_kept = self.doubts.is_empty();
        printer.problems(&self.doubts, &root);
        printer.problems(&kept.signers_faults, &root);
        match args.format.format {
            Format::Json => {
                let mut whole = as_json(&self.edition);
                whole["sound"] = is_kept.into();
                whole["faults"] = json!(self.doubts);
                kept.put_into(&mut whole);
                if let Some(found) = found {
                    whole["asked"] = found.json();
                }
                printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
            }
            Format::Text => {
                for line in found.map_or(Vec::new(), |found| found.told(is_kept)) {
                    printer.result(&problem::printable(&line));
                }
                self.text(&kept, printer)?;
            }
        }
        if is_kept { Ok(()) } else { Err(Ending::ReportAtFault) }
    }

    fn text(&self, kept: &Kept, printer: &mut Printer) -> Result<(), Ending> {
        if !self.doubts.is_empty() {
            printer.result("注意: この版は保管したときのままではありません（`archive verify` で確かめてください）。次の内容を信じないでください。");
            printer.result("");
        }
        let info = BagInfo::read(&self.edition.dir).map_err(|problem| {
            printer.note(&format!(
                "版{}の内容を示せません（{}）。",
                self.edition.number, problem.message
            ));
            Ending::ReportAtFault
        })?;
        let mut row = |name: &str, value: &str| {
            let left = VALUES.saturating_sub(name.width());
            let pad = format!("{}{}", " ".repeat(left % 2), "　".repeat(left / 2));
            printer.result(&format!("{name}{pad}{}", problem::printable(value)));
        };
        row("順番", &self.edition.name());
        row("版の番号", &self.edition.digest().unwrap_or_default());
        for (name, _, label) in LABELS {
            if let Some(value) = info.get(label) {
                row(name, value);
            }
        }
        for name in info.all(labels::APPROVED_BY) {
            row("承認", name);
        }
        for (name, value) in kept.rows() {
            row(name, &value);
        }
        row("場所", &self.edition.dir.display().to_string());
        let accepted = kept.accepted_lines();
        if !accepted.is_empty() {
            printer.result("");
            printer.result("認めた問題");
            accepted.iter().for_each(|line| printer.result(line));
        }
        if let Ok(changes) = self.edition.text(&format!("{CHANGES}/{CHANGES_TEXT}")) {
            printer.result("");
            changes.lines().for_each(|line| printer.result(&problem::printable(line)));
        }
        Ok(())
    }
}
