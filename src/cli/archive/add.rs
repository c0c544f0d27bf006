//! `archive add`: an official build, kept as a new edition.

use std::path::PathBuf;

use jiff::civil::Date;

use super::sign;
use super::words::{StoreArg, refuse, tell};
use crate::app::diff::{NoKeptChanges, NotCompared};
use crate::app::editions::{
    KeepRequest, Keeping, Kept, NoRequest, NotKept, OfficialVersion, validated_input,
};
use crate::app::{BuildOptions, Mark, Workshop};
use crate::cli::ending::Ending;
use crate::cli::messages::{prefix, tell_pages};
use crate::cli::printer::Printer;
use crate::cli::profile::ProfileArg;
use crate::cli::report_arg::{FontArg, ReportArg};
use crate::cli::terminal::Terminal;
use crate::cli::time_limit::{TimeLimitArg, Work};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    #[command(flatten)]
    store: StoreArg,
    /// この版を保管する理由（例 「議会に提出」「出店数の訂正」）
    #[arg(long, value_name = "理由", value_parser = validated_input::reason)]
    reason: String,
    /// 承認した人（何度でも指定できます）
    #[arg(long, value_name = "名前", required = true, value_parser = validated_input::name)]
    approved_by: Vec<String>,
    /// 保管する日（省略すると今日）
    #[arg(long, value_name = "年-月-日", value_parser = validated_input::day)]
    date: Option<Date>,
    /// 仮・速報のデータがあっても正式版を作る（表紙に「仮データを含む」と出る）
    #[arg(long)]
    accept_provisional: bool,
    /// 版と内容の番号を、各ページの下と、PDFの情報に入れる
    #[arg(long)]
    edition_mark: bool,
    #[command(flatten)]
    profile: ProfileArg,
    /// 署名する秘密鍵のファイル（`archive keygen` で作ったものか、SSHのEd25519の鍵）
    #[arg(long, value_name = "ファイル")]
    sign: Option<PathBuf>,
    #[command(flatten)]
    time: TimeLimitArg,
    #[command(flatten)]
    fonts: FontArg,
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    args.report.open(printer)?;
    let root = args.report.path();
    let request = KeepRequest {
        report: root.to_owned(),
        store: args.store.store.clone(),
        reason: args.reason.clone(),
        approved_by: args.approved_by.clone(),
        date: args.date,
        options: BuildOptions {
            profile: args.profile.into(),
            mark: args.edition_mark.then_some(Mark::Own),
            accept_provisional: args.accept_provisional,
            template: None,
        },
    };
    let date = request.check().map_err(|reason| {
        printer.note(&reason.to_string());
        match reason {
            NoRequest::FarAhead(_) => Ending::WrongUsage,
            _ => Ending::ReportAtFault,
        }
    })?;
    let workshop = Workshop::new(args.fonts.load(printer)?);
    let key = args.sign.as_ref().map(|path| sign::key(path, printer)).transpose()?;
    let limit = args.time.begin(Work::Keep, &[root], printer);
    let terminal = Terminal::of(printer).limited(limit);
    let official = OfficialVersion::build(&request, &workshop, &terminal).map_err(|fault| {
        if !fault.problems().is_empty() {
            printer.problems(fault.problems(), &prefix(root));
        }
        refuse(&fault.to_string(), printer)
    })?;
    let keeping = Keeping::begin(&request, date, &terminal);
    let keeping = keeping.map_err(|error| tell(&error, printer))?;
    if let Some(completed) = keeping.completed() {
        printer.note(&completed.to_string());
    }
    let changes = match keeping.compare(&official, key.as_ref(), &workshop, &terminal) {
        Ok(changes) => changes,
        Err(fault) => return not_kept(&fault, args, printer),
    };
    if let Some(changes) = &changes {
        tell_pages(&changes.diff, printer);
    }
    let kept = keeping.add(&official, changes, key.as_ref(), &terminal);
    let kept = kept.map_err(|error| tell(&error, printer))?;
    printer.problems(&official.problems, &prefix(root));
    tell_kept(&kept, printer);
    Ok(())
}

/// Why nothing was added; when that is what an interrupted run had left, all is well.
fn not_kept(fault: &NotKept, args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    match fault {
        NotKept::Store(error) => return Err(tell(error, printer)),
        NotKept::Doubtful(doubts) => {
            printer.problems(doubts, &format!("{}/", args.store.store.display()));
        }
        NotKept::NotCompared(_, NoKeptChanges::NotCompared(NotCompared::Unread(reports))) => {
            for report in reports {
                printer.problems(&report.problems, &prefix(report.name.as_ref()));
                printer.note(&report.to_string());
            }
            return Err(Ending::ReportAtFault);
        }
        _ => {}
    }
    printer.note(&fault.to_string());
    let NotKept::Completed { kept, lacks_signature } = fault else {
        return Err(Ending::ReportAtFault);
    };
    // What an interrupted run had added is told as that run would have told it.
    tell_kept(kept, printer);
    if !lacks_signature {
        return Ok(());
    }
    printer.note(&format!(
        "この鍵の署名は付いていません。`soukatsu archive sign {} --store {} --key 鍵` で付けられます。",
        kept.edition.number,
        args.store.store.display()
    ));
    Err(Ending::ReportAtFault)
}

fn tell_kept(kept: &Kept, printer: &mut Printer) {
    printer.finish();
    printer.result(&kept.edition.dir.display().to_string());
    let number = kept.edition.number;
    printer.note(&match &kept.digest {
        Some(digest) => format!(
            "版{number}を保管しました。版の番号は {digest} です。決裁の文書などに控えておくと、後で `archive verify --known` で確かめられます。"
        ),
        None => format!(
            "版{number}を保管しました。版の番号は、今は読めませんでした。`soukatsu archive list` で見られます。"
        ),
    });
}
