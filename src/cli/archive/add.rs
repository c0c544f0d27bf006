//! `archive add`: an official build, kept as a new edition.

use jiff::civil::Date;

use super::{sign, tell};
use crate::archive::{
    Decision, Edition, Made, PrivateKey, Store, StoreFault, about, accepted, payload, report_files,
    signature_file,
};
use crate::cli::build::prefix;
use crate::cli::diff::change_files;
use crate::cli::printer::Printer;
use crate::cli::profile::ProfileArg;
use crate::cli::time_limit::{TimeLimitArg, Work};
use crate::cli::{Ending, FontArg, ReportArg};
use crate::load::{Folder, WholeFault, name_faults, whole_folder};
use crate::pipeline::{Outcome, Output, Session};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    #[command(flatten)]
    store: super::StoreArg,
    /// この版を保管する理由（例 「議会に提出」「出店数の訂正」）
    #[arg(long, value_name = "理由", value_parser = filled)]
    reason: String,
    /// 承認した人（何度でも指定できます）
    #[arg(long, value_name = "名前", required = true, value_parser = filled)]
    approved_by: Vec<String>,
    /// 保管する日（省略すると今日）
    #[arg(long, value_name = "年-月-日", value_parser = day)]
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

fn filled(text: &str) -> Result<String, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { Err("空にはできません".into()) } else { Ok(text) }
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "「2026-07-16」の形で書いてください".into())
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let folder = args.report.open(printer)?;
    let root = args.report.path();
    let fonts = args.fonts.load(printer)?;
    let key = args.sign.as_ref().map(|path| sign::key(path, printer)).transpose()?;
    printer.step("正式版を組んでいます");
    let limit = args.time.begin(Work::Keep, &[root], printer);
    let mut session = Session::new(fonts)
        .with_profile(args.profile.into())
        .with_edition_mark(args.edition_mark)
        .with_provisional_accepted(args.accept_provisional);
    let mut outcome = session.build(&folder);
    session.refuse_unofficial(&mut outcome);
    let refused = |problems: &[_], printer: &mut Printer| {
        printer.problems(problems, &prefix(root));
        printer.note("正式版にできないので、保管していません。");
        Ending::ReportAtFault
    };
    let output = Output { official: true, ..Output::default() };
    let record = outcome.report.as_ref().and_then(|report| session.record(report, &output));
    let (Some(report), Some(document), Some(template), Some(record)) =
        (&outcome.report, outcome.document(), session.template(), record)
    else {
        return Err(refused(&outcome.problems, printer));
    };
    let pdf = session
        .export(report, document, &output)
        .map_err(|problems| refused(&problems, printer))?;
    let files = whole(root, &outcome, printer)?;
    refuse_names(&files, printer)?;
    let problems = accepted(&outcome);

    let place = &args.store.store;
    let told = |fault: StoreFault, printer: &mut Printer| tell(place, &fault, printer);
    let store = Store::open_or_make(place).map_err(|fault| told(fault, printer))?;
    printer.step("保管庫に加えています");
    let lock = store.begin().map_err(|fault| told(fault, printer))?;
    let (editions, _) = store.editions().map_err(|fault| told(fault, printer))?;
    let before = editions.last();
    if let Some(before) = before {
        let doubts = store.doubts(before);
        if !doubts.is_empty() {
            printer.problems(&doubts, &format!("{}/", place.display()));
            printer.note("最後の版が保管したときのままではないので、新しい版は加えていません。`archive verify` で確かめてください。");
            return Err(Ending::ReportAtFault);
        }
    }
    let unlisted = store.chain().map_err(|fault| told(fault, printer))?;
    let unlisted = before.filter(|before| !unlisted.contains_key(&before.number));
    if let Some(before) = before
        && before.pdf().is_ok_and(|old| old == pdf)
        && report_files(&store, before).is_ok_and(|(old, _)| old == files)
    {
        printer.note(&format!(
            "版{}（{}）と同じ内容です。新しい版は作っていません。",
            before.number,
            before.name()
        ));
        return Err(Ending::ReportAtFault);
    }
    let changes = match before {
        Some(before) => {
            let new = Folder::Memory(files.clone());
            change_files(&before.dir, new, (session.fonts(), &args.reason), printer)?
        }
        None => Vec::new(),
    };
    // From here on it is the disk that works.
    drop(limit);
    let made = Made {
        pdf: &pdf,
        report: &files,
        record: &record,
        template,
        fonts: session.fonts(),
        problems,
        changes,
    };
    let link = before.map(link).transpose().map_err(|fault| told(fault, printer))?;
    let decision = Decision {
        date: args.date.unwrap_or_else(|| jiff::Zoned::now().date()).to_string(),
        reason: args.reason.clone(),
        approved_by: args.approved_by.clone(),
    };
    let before = link.as_ref().map(|(number, digest)| (*number, digest.as_str()));
    let info = about(report, &record, &decision, before);
    let added = store
        .add(&lock, &payload(&made), &info, |list| signatures(list, key.as_ref()))
        .map_err(|fault| told(fault, printer))?;
    printer.problems(&outcome.problems, &prefix(root));
    if let Some(before) = unlisted {
        printer.note(&format!(
            "注意: 版{}は chain.txt に載っていなかったので、載せました。保管の途中で止まった覚えがなければ、だれかが置いたものです。`archive show {}` で確かめてください。",
            before.number, before.number
        ));
    }
    tell_added(&added, printer);
    Ok(())
}

/// The signature of the list of digests, when there is a key.
fn signatures(list: &[u8], key: Option<&PrivateKey>) -> Vec<(String, Vec<u8>)> {
    // A key that was read signs: its halves were held against each other then.
    let signed = key.and_then(|key| Some((key, crate::archive::sign(list, key).ok()?)));
    signed
        .map(|(key, armored)| (signature_file(key.public()), armored.into_bytes()))
        .into_iter()
        .collect()
}

fn tell_added(added: &Edition, printer: &mut Printer) {
    printer.finish();
    printer.result(&added.dir.display().to_string());
    if let Ok(digest) = added.digest() {
        printer.note(&format!(
            "版{}を保管しました。版の番号は {digest} です。決裁の文書などに控えておくと、後で `archive verify --known` で確かめられます。",
            added.number
        ));
    }
}

/// The whole folder; files that the build read are those that it read, even when they changed
/// since.
fn whole(
    root: &Path,
    outcome: &Outcome,
    printer: &mut Printer,
) -> Result<BTreeMap<String, Vec<u8>>, Ending> {
    let mut files = whole_folder(root).map_err(|fault| {
        let root = root.display();
        printer.note(&match fault {
            WholeFault::NoFile(path) => format!(
                "「{root}/{path}」は普通のファイルではない（リンクなど）ので、保管できません。実物のファイルに替えてください。"
            ),
            WholeFault::Name(name) => {
                format!("「{root}」の「{name}」は、名前がUnicodeでないので保管できません。")
            }
            WholeFault::TooLarge => format!(
                "「{root}」が大きすぎて保管できません（1GB、2万ファイルまで）。報告書に要らないファイルを移してください。"
            ),
            WholeFault::Refused(path, reason) => format!("「{path}」を読めません（{reason}）。"),
        });
        Ending::ReportAtFault
    })?;
    let read = outcome.report.iter().flat_map(|report| &report.sources);
    files.extend(read.map(|(path, source)| (path.clone(), source.bytes.clone())));
    Ok(files)
}

/// Names that some system or some BagIt program cannot write or read as they are.
fn refuse_names(files: &BTreeMap<String, Vec<u8>>, printer: &mut Printer) -> Result<(), Ending> {
    let mut told: Vec<String> = name_faults(files.keys().map(String::as_str))
        .into_iter()
        .map(|fault| format!("「{}」: {}", fault.name.escape_debug(), fault.reason.words()))
        .collect();
    // BagIt writes it as %25, and not every program reads it back.
    let odd = files.keys().filter(|name| name.contains('%'));
    told.extend(odd.map(|name| format!("「{name}」: % のある名前です")));
    if told.is_empty() {
        return Ok(());
    }
    for line in told {
        printer.note(&format!("{line}。"));
    }
    printer.note("どのシステムでも取り出せるように、名前を変えてください。保管していません。");
    Err(Ending::ReportAtFault)
}

/// The line of an edition in the chain: its number and its digest.
fn link(before: &Edition) -> Result<(u32, String), StoreFault> {
    Ok((before.number, before.digest().map_err(StoreFault::Damaged)?))
}
