//! `archive list` and `archive show`.

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{StoreArg, edition, tell};
use crate::archive::{BagInfo, Edition};
use crate::cli::Ending;
use crate::cli::printer::Printer;
use crate::problem::shown;

#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    store: StoreArg,
    /// 結果の形（text・json。省略すると text）
    #[arg(
        long,
        value_name = "形",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    format: Format,
}

#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// 版の順番（1、2、…。省略すると最後の版）
    #[arg(value_name = "版")]
    edition: Option<u32>,
    #[command(flatten)]
    store: StoreArg,
    /// 結果の形（text・json。省略すると text）
    #[arg(
        long,
        value_name = "形",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 人が読む文
    Text,
    /// ほかのソフトが読むJSON
    Json,
}

/// What an edition says of itself.
const LABELS: [(&str, &str, &str); 10] = [
    ("題名", "title", "External-Description"),
    ("版", "edition", "Soukatsu-Edition"),
    ("保管した日", "date", "Bagging-Date"),
    ("理由", "reason", "Soukatsu-Reason"),
    ("会議", "council", "Soukatsu-Council"),
    ("会議の日", "report-date", "Soukatsu-Report-Date"),
    ("作成者", "author", "Source-Organization"),
    ("作ったプログラム", "engine", "Bag-Software-Agent"),
    ("内容の番号", "content", "Soukatsu-Content-SHA256"),
    ("前の版の番号", "predecessor-digest", "Soukatsu-Predecessor-SHA256"),
];

pub fn list(args: &ListArgs, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let (editions, _) =
        store.editions().map_err(|fault| tell(&args.store.store, &fault, printer))?;
    if args.format == Format::Json {
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
                let approved: Vec<&str> = info.all("Soukatsu-Approved-By").collect();
                let name = info.get("Soukatsu-Edition").map(|name| format!("{name} "));
                format!(
                    "{} {} {}{}（承認 {}）",
                    get("Bagging-Date"),
                    digest,
                    name.unwrap_or_default(),
                    get("Soukatsu-Reason"),
                    approved.join("、")
                )
            }
            Err(problem) => format!("{digest} {}", problem.message),
        };
        printer.result(&format!("{} {line}", edition.name()));
    }
    if editions.is_empty() {
        printer.note("版はまだありません。");
    }
    Ok(())
}

pub fn show(args: &ShowArgs, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let edition = edition(&store, args.edition, &args.store.store, printer)?;
    let doubts = store.doubts(&edition);
    if !doubts.is_empty() {
        printer.problems(&doubts, &format!("{}/", args.store.store.display()));
        printer.note("この版は、保管したときのままではありません。次の内容を信じないでください。");
    }
    if args.format == Format::Json {
        printer.result(&serde_json::to_string_pretty(&as_json(&edition)).unwrap_or_default());
        return Ok(());
    }
    let info = BagInfo::read(&edition.dir).map_err(|problem| {
        printer.problems(&[*problem], &format!("{}/", edition.dir.display()));
        Ending::ReportAtFault
    })?;
    let mut row = |name: &str, value: &str| {
        let pad = "　".repeat(9usize.saturating_sub(name.chars().count()));
        printer.result(&format!("{name}{pad}{value}"));
    };
    row("順番", &edition.name());
    row("版の番号", &edition.digest().unwrap_or_default());
    for (name, _, label) in LABELS {
        if let Some(value) = info.get(label) {
            row(name, value);
        }
    }
    for name in info.all("Soukatsu-Approved-By") {
        row("承認", name);
    }
    row("場所", &edition.dir.display().to_string());
    if let Ok(changes) = edition.text("changes/changes.txt") {
        printer.result("");
        for line in changes.lines() {
            printer.result(&shown(line));
        }
    }
    Ok(())
}

fn as_json(edition: &Edition) -> Value {
    let mut value = json!({
        "number": edition.number,
        "folder": edition.dir.display().to_string(),
        "digest": edition.digest().ok(),
    });
    match BagInfo::read(&edition.dir) {
        Ok(info) => {
            for (_, key, label) in LABELS {
                value[key] = info.get(label).into();
            }
            value["approved-by"] = info.all("Soukatsu-Approved-By").collect::<Vec<_>>().into();
        }
        Err(problem) => value["fault"] = problem.message.clone().into(),
    }
    value
}
