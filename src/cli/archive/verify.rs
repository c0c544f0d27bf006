//! `archive verify`.

use std::path::PathBuf;

use super::words::{StoreArg, refuse, root_of, tell, tell_no_edition};
use crate::app::editions::edition_number::{is_short, number, place};
use crate::app::editions::{NoDemand, NotVerified, VerifyRequest, demand, findings_json, verify};
use crate::archive::{Demand, EditionFinding, Findings};
use crate::cli::ending::Ending;
use crate::cli::format::{Format, FormatArg};
use crate::cli::printer::Printer;
use crate::cli::terminal::Terminal;
use crate::cli::time_limit::{TimeLimitArg, Work};
use soukatsu_core::problem::Problem;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 組み直す版の順番（省略すると全て。ファイルとつながりは、いつも全ての版を確かめます）
    #[arg(value_name = "版", value_parser = place)]
    edition: Option<u32>,
    #[command(flatten)]
    store: StoreArg,
    /// 控えておいた、最後の版の番号（始めの8桁以上）
    #[arg(long, value_name = "番号", value_parser = number)]
    head: Option<String>,
    /// 控えておいた、どれかの版の番号（始めの8桁以上。何度でも指定できます）。その版から前が控えたときのままかを示す
    #[arg(long, value_name = "番号", value_parser = number)]
    known: Vec<String>,
    /// 署名する人の一覧（OpenSSH の allowed_signers）。指定すると、その人の署名のない版を誤りにする
    #[arg(long, value_name = "ファイル")]
    signers: Option<PathBuf>,
    /// どの版から後に、一覧の人の署名が要るか（省略すると1）
    #[arg(long, value_name = "版", requires = "signers", value_parser = place)]
    signed_from: Option<u32>,
    /// 一覧のうち、この人の署名が要る（何度でも指定できます。省略すると、一覧のだれか1人）
    #[arg(long, value_name = "名前", requires = "signers")]
    signed_by: Vec<String>,
    /// 組み直さずに、ファイルと版のつながりだけを確かめる
    #[arg(long)]
    digests_only: bool,
    #[command(flatten)]
    time: TimeLimitArg,
    #[command(flatten)]
    format: FormatArg,
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    // A store that is none is told before anything else.
    args.store.open(printer)?;
    let request = VerifyRequest {
        store: args.store.store.clone(),
        head: args.head.clone(),
        expected: args.known.clone(),
        demand: demanded(args, printer)?,
        rebuild: !args.digests_only,
        only: args.edition,
    };
    // Of every edition: a store may hold any number of them.
    let terminal = Terminal::of(printer);
    let terminal = terminal.limited_by_step(args.time, Work::Verify, &args.store.store);
    let findings = verify(&request, &terminal);
    drop(terminal);
    let findings = findings.map_err(|fault| match fault {
        NotVerified::Store(error) => tell(&error, printer),
        NotVerified::Edition(none) => tell_no_edition(&none, printer),
        NotVerified::Cancelled(cancelled) => refuse(&cancelled.to_string(), printer),
    })?;
    printer.finish();
    match args.format.format {
        Format::Text => text(&findings, &request, printer),
        Format::Json => printer.result(&findings_json(&findings)),
    }
    if findings.is_sound() { Ok(()) } else { Err(Ending::ReportAtFault) }
}

/// Whose signatures are asked for.
fn demanded(args: &Args, printer: &mut Printer) -> Result<Option<Demand>, Ending> {
    let Some(list) = &args.signers else { return Ok(None) };
    demand(list, args.signed_from, &args.signed_by).map(Some).map_err(|fault| match &fault {
        NoDemand::Faulty(problems) => {
            printer.problems(problems, "");
            Ending::ReportAtFault
        }
        NoDemand::Unreadable(..) => refuse(&fault.to_string(), printer),
        NoDemand::UnknownName { .. } => {
            printer.note(&fault.to_string());
            Ending::WrongUsage
        }
    })
}

/// A line an edition, the problems, and the answer.
fn text(findings: &Findings, request: &VerifyRequest, printer: &mut Printer) {
    for found in &findings.editions {
        printer.result(&line(found));
    }
    for expected in &findings.expected {
        printer.result(&expected.to_string());
    }
    let of_editions = findings.editions.iter().flat_map(|found| &found.problems);
    let problems: Vec<Problem> = findings.store.iter().chain(of_editions).cloned().collect();
    printer.problems(&problems, &root_of(&request.store));
    if request.expected.iter().chain(&request.head).any(|number| is_short(number)) {
        printer.note("番号の始めだけを比べました。始めの同じ番号は、わざと作ることができます。控えが64桁なら、64桁を書いて確かめてください。");
    }
    if findings.is_sound() {
        sound(findings, request.demand.as_ref(), printer);
    }
}

fn line(found: &EditionFinding) -> String {
    let faulty = found.problems.iter().any(Problem::is_error);
    let files = if faulty { "誤りあり" } else { "異状なし" };
    let rebuilt = found.rebuilt.as_ref();
    let rebuilt = rebuilt.map_or(String::new(), |verdict| format!("、組み直し {verdict}"));
    let names: Vec<String> = found.signed.iter().map(ToString::to_string).collect();
    let signed = match names.is_empty() {
        true => String::new(),
        false => format!("、署名 {}", names.join("、")),
    };
    format!("{} {files}{rebuilt}{signed}", found.edition.name())
}

/// That nothing is wrong, and with what.
fn sound(findings: &Findings, demand: Option<&Demand>, printer: &mut Printer) {
    let Some(last) = findings.editions.last() else {
        printer.note("この保管庫には、まだ版がありません。");
        return;
    };
    if let Some(demand) = demand {
        let whose = match &demand.by[..] {
            [] => "一覧の人".to_owned(),
            names => names.iter().map(|name| format!("「{name}」")).collect(),
        };
        let (from, to) = (demand.from.unwrap_or(1), last.edition.number);
        let which = if from == to {
            format!("版{to}")
        } else {
            format!("版{from}から版{to}までの全て")
        };
        printer.note(&format!("{which}に、{whose}の署名があります。"));
    }
    let digest = last.edition.digest();
    let head = digest.map_or(String::new(), |digest| format!("最後の版の番号は {digest} です。"));
    printer.note(&format!("{}つの版に異状はありません。{head}", findings.editions.len()));
}
