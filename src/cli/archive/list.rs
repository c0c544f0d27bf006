//! `archive list`, and what an edition says of itself.

use serde_json::{Value, json};

use super::{StoreArg, tell};
use crate::archive::{BagInfo, Edition, labels, signature_count};
use crate::cli::Ending;
use crate::cli::format::{Format, FormatArg};
use crate::cli::printer::Printer;

#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    format: FormatArg,
}

/// What an edition says of itself.
pub const LABELS: [(&str, &str, &str); 10] = [
    ("題名", "title", labels::TITLE),
    ("版", "edition", labels::EDITION),
    ("保管した日", "date", labels::DATE),
    ("理由", "reason", labels::REASON),
    ("会議", "council", labels::COUNCIL),
    ("会議の日", "report-date", labels::REPORT_DATE),
    ("作成者", "author", labels::ORGANIZATION),
    ("作ったプログラム", "engine", labels::AGENT),
    ("内容の番号", "content", labels::CONTENT),
    ("前の版の番号", "predecessor-digest", labels::PREDECESSOR_DIGEST),
];

pub fn list(args: &ListArgs, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let (editions, _) =
        store.editions().map_err(|fault| tell(&args.store.store, &fault, printer))?;
    if args.format.format == Format::Json {
        let all: Vec<Value> = editions.iter().map(as_json).collect();
        printer.result(&serde_json::to_string_pretty(&all).unwrap_or_default());
        return Ok(());
    }
    for edition in &editions {
        let digest = edition.digest().unwrap_or_default();
        let digest = digest.get(..16).unwrap_or("（読めません）");
        let line = match BagInfo::read(&edition.dir) {
            Ok(info) => {
                let get = |label| info.get(label).unwrap_or("");
                let approved: Vec<&str> = info.all(labels::APPROVED_BY).collect();
                let name = info.get(labels::EDITION).map(|name| format!("{name} "));
                format!(
                    "{} {} {}{}（承認 {}{}）",
                    get(labels::DATE),
                    digest,
                    name.unwrap_or_default(),
                    get(labels::REASON),
                    approved.join("、"),
                    signed(edition)
                )
            }
            Err(problem) => format!("{digest} {}", problem.message),
        };
        let line = match edition.is_info_kept() {
            true => line,
            false => format!("{line}　注意: 保管したときのままではありません"),
        };
        printer.result(&format!("{} {line}", edition.name()));
    }
    if editions.is_empty() {
        printer.note("この保管庫には、まだ版がありません。");
    }
    match editions.iter().all(Edition::is_info_kept) {
        true => Ok(()),
        false => {
            printer.note("`archive verify` で確かめてください。");
            Err(Ending::ReportAtFault)
        }
    }
}

/// That there are signatures, which nobody has checked yet.
fn signed(edition: &Edition) -> String {
    match signature_count(edition) {
        0 => String::new(),
        count => format!("、署名のファイル{count}個"),
    }
}

/// What an edition says of itself, for other programs.
pub fn as_json(edition: &Edition) -> Value {
    let mut value = json!({
        "number": edition.number,
        "folder": edition.dir.display().to_string(),
        "digest": edition.digest().ok(),
        "signature-files": signature_count(edition),
        "info-kept": edition.is_info_kept(),
    });
    match BagInfo::read(&edition.dir) {
        Ok(info) => {
            for (_, key, label) in LABELS {
                value[key] = info.get(label).into();
            }
            value["approved-by"] = info.all(labels::APPROVED_BY).collect::<Vec<_>>().into();
        }
        Err(problem) => value["fault"] = problem.message.clone().into(),
    }
    value
}
