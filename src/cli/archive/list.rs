//! `archive list`.

use super::words::{StoreArg, tell};
use crate::app::editions::{EditionSummary, list};
use crate::archive::labels;
use crate::cli::ending::Ending;
use crate::cli::format::{Format, FormatArg};
use crate::cli::printer::Printer;
use serde_json::Value;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    format: FormatArg,
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let editions = list(&args.store.store).map_err(|error| tell(&error, printer))?;
    if args.format.format == Format::Json {
        let all: Vec<Value> = editions.iter().map(EditionSummary::json).collect();
        printer.result(&serde_json::to_string_pretty(&all).unwrap_or_default());
        return Ok(());
    }
    for summary in &editions {
        printer.result(&line(summary));
    }
    if editions.is_empty() {
        printer.note("この保管庫には、まだ版がありません。");
    }
    match editions.iter().all(|summary| summary.is_info_kept) {
        true => Ok(()),
        false => {
            printer.note("`archive verify` で確かめてください。");
            Err(Ending::ReportAtFault)
        }
    }
}

fn line(summary: &EditionSummary) -> String {
    let name = summary.edition.name();
    let digest = summary.digest.as_deref().and_then(|digest| digest.get(..16));
    let digest = digest.unwrap_or("（読めません）");
    let line = match &summary.info {
        Ok(info) => {
            let get = |label| info.get(label).unwrap_or("");
            let edition = info.get(labels::EDITION).map(|name| format!("{name} "));
            let approved: Vec<&str> = info.all(labels::APPROVED_BY).collect();
            // That there are signatures, which nobody has checked yet.
            let signed = match summary.signature_files {
                0 => String::new(),
                count => format!("、署名のファイル{count}個"),
            };
            format!(
                "{name} {} {digest} {}{}（承認 {}{signed}）",
                get(labels::DATE),
                edition.unwrap_or_default(),
                get(labels::REASON),
                approved.join("、"),
            )
        }
        Err(problem) => format!("{name} {digest} {}", problem.message),
    };
    match summary.is_info_kept {
        true => line,
        false => format!("{line}　注意: 保管したときのままではありません"),
    }
}
