//! `archive verify`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::json;

use super::{StoreArg, tell};
use crate::archive::{Compare, EditionFinding, Findings, Rebuilt, Signed, Signers, Wanted, verify};
use crate::cli::diff::change_files;
use crate::cli::printer::Printer;
use crate::cli::time_limit::{TimeLimitArg, Work};
use crate::cli::{Ending, output};
use crate::load::Folder;
use crate::problem::Problem;
use crate::world::Fonts;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 組み直す版の順番（省略すると全て。ファイルとつながりは、いつも全ての版を確かめます）
    #[arg(value_name = "版")]
    edition: Option<u32>,
    #[command(flatten)]
    store: StoreArg,
    /// 控えておいた、最後の版の番号（始めの8桁以上）
    #[arg(long, value_name = "番号", value_parser = number)]
    head: Option<String>,
    /// 署名する人の一覧（OpenSSH の allowed_signers）。指定すると、その人の署名のない版を誤りにする
    #[arg(long, value_name = "ファイル")]
    signers: Option<PathBuf>,
    /// 組み直さずに、ファイルと版のつながりだけを確かめる
    #[arg(long)]
    digests_only: bool,
    #[command(flatten)]
    time: TimeLimitArg,
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
enum Format {
    /// 人が読む文
    Text,
    /// ほかのソフトが読むJSON
    Json,
}

fn number(text: &str) -> Result<String, String> {
    let text = text.trim().to_ascii_lowercase();
    let fits = (8..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fits {
        Ok(text)
    } else {
        Err("0–9とa–fの8桁から64桁までを書いてください".into())
    }
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let compare = |old: &Path, new: Folder, fonts: &Fonts, reason: &str| {
        change_files(old, new, (fonts, reason), &mut Printer::silent()).ok()
    };
    let rebuild: Option<&Compare<'_>> = if args.digests_only { None } else { Some(&compare) };
    let wanted = Wanted {
        head: args.head.clone(),
        rebuild,
        signers: args.signers.as_deref().map(|path| signers(path, printer)).transpose()?,
        only: args.edition,
    };
    if let Some(number) = args.edition {
        super::edition(&store, Some(number), &args.store.store, printer)?;
    }
    let path = args.store.store.as_path();
    // Of every edition: a store may hold any number of them.
    let mut limit = Some(args.time.begin(Work::Verify, &[path], printer));
    let findings = verify(&store, &wanted, |done, all| {
        drop(limit.take());
        printer.count("版を確かめています", done, all);
        limit = Some(args.time.begin(Work::Verify, &[path], printer));
    });
    drop(limit);
    let findings = findings.map_err(|fault| tell(path, &fault, printer))?;
    printer.finish();
    match args.format {
        Format::Text => text(&findings, &args.store.store.display().to_string(), printer),
        Format::Json => {
            let edition = |found: &EditionFinding| {
                json!({
                    "number": found.edition.number,
                    "digest": found.edition.digest().ok(),
                    "problems": found.problems,
                    "signed": found.signed.iter().map(signed).collect::<Vec<_>>(),
                    "rebuilt": found.rebuilt.as_ref().map(verdict_name),
                })
            };
            let whole = json!({
                "sound": findings.is_sound(),
                "store": findings.store,
                "editions": findings.editions.iter().map(edition).collect::<Vec<_>>(),
            });
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
    }
    if findings.is_sound() { Ok(()) } else { Err(Ending::ReportAtFault) }
}

/// For other programs.
fn signed(signed: &Signed) -> serde_json::Value {
    json!({"names": signed.names, "fingerprint": signed.fingerprint})
}

fn signers(path: &Path, printer: &mut Printer) -> Result<Signers, Ending> {
    let name = path.display().to_string();
    let bytes = output::read(path).map_err(|reason| {
        printer.note(&format!("署名する人の一覧「{name}」を読めません（{reason}）。"));
        Ending::ReportAtFault
    })?;
    Signers::read(&name, &bytes).map_err(|problems| {
        printer.problems(&problems, "");
        Ending::ReportAtFault
    })
}

fn text(findings: &Findings, root: &str, printer: &mut Printer) {
    for found in &findings.editions {
        let faulty = found.problems.iter().any(Problem::is_error);
        let files = if faulty { "誤りあり" } else { "異状なし" };
        let names = found.signed.iter().map(|signed| match &signed.names[..] {
            [] => format!("名前の分からない鍵 {}", signed.fingerprint),
            names => names.join("・"),
        });
        let names = names.collect::<Vec<_>>().join("、");
        let signed = if names.is_empty() { names } else { format!("、署名 {names}") };
        let rebuilt = found
            .rebuilt
            .as_ref()
            .map_or(String::new(), |rebuilt| format!("、組み直し {}", verdict(rebuilt)));
        printer.result(&format!("{} {files}{rebuilt}{signed}", found.edition.name()));
    }
    let problems: Vec<Problem> = findings
        .store
        .iter()
        .chain(findings.editions.iter().flat_map(|found| &found.problems))
        .cloned()
        .collect();
    let root = format!("{}/", root.trim_end_matches('/'));
    printer.problems(&problems, &root);
    if findings.is_sound() {
        let last = findings.editions.last().and_then(|found| found.edition.digest().ok());
        let head = last.map_or(String::new(), |digest| format!("最後の版の番号は {digest} です。"));
        printer.note(&format!("{}つの版に異状はありません。{head}", findings.editions.len()));
    }
}

fn verdict(rebuilt: &Rebuilt) -> String {
    match rebuilt {
        Rebuilt::Same => "同じPDF（1バイトも違わない）".to_owned(),
        Rebuilt::SamePages { made_by } => {
            format!("ページの絵は同じ（バイトは違う。{made_by} で作られた版）")
        }
        Rebuilt::Different(_) => "違う".to_owned(),
        Rebuilt::Failed(_) => "できない".to_owned(),
    }
}

fn verdict_name(rebuilt: &Rebuilt) -> &'static str {
    match rebuilt {
        Rebuilt::Same => "same-bytes",
        Rebuilt::SamePages { .. } => "same-pages",
        Rebuilt::Different(_) => "different",
        Rebuilt::Failed(_) => "failed",
    }
}
