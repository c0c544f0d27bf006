//! `archive add`: an official build, kept as a new edition.

use jiff::civil::Date;

use super::path_overlap::overlap;
use super::report_files::report_files as whole_folder;
use super::{sign, tell, validated_input};
use crate::app::diff::{Diff, NoKeptChanges, PagesNotCompared, kept_changes};
use crate::app::{BuildOptions, Mark, Output, Workshop};
use crate::archive::{
    BagInfo, Decision, Edition, Made, PrivateKey, Store, StoreFault, accepted, labels, metadata,
    payload, report_files, signature_file,
};
use crate::cli::build::prefix;
use crate::cli::printer::Printer;
use crate::cli::profile::ProfileArg;
use crate::cli::time_limit::{TimeLimitArg, Work};
use crate::cli::{Ending, FontArg, ReportArg};
use soukatsu_core::load::Folder;
use soukatsu_core::problem::Problem;

use std::path::{Path, PathBuf};

use crate::app::Step;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    #[command(flatten)]
    store: super::StoreArg,
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
    let folder = args.report.open(printer)?;
    let root = args.report.path();
    let place = &args.store.store;
    if let Some(reason) = overlap(root, place) {
        printer.note(&format!("{reason}保管していません。"));
        return Err(Ending::ReportAtFault);
    }
    let date = validated_input::or_today(args.date).map_err(|reason| {
        printer.note(&reason);
        Ending::ReportAtFault
    })?;
    let fonts = args.fonts.load(printer)?;
    let key = args.sign.as_ref().map(|path| sign::key(path, printer)).transpose()?;
    printer.step(Step::BuildOfficial);
    let limit = args.time.begin(Work::Keep, &[root], printer);
    let options = BuildOptions {
        profile: args.profile.into(),
        mark: args.edition_mark.then_some(Mark::Own),
        accept_provisional: args.accept_provisional,
        template: None,
    };
    let workshop = Workshop::new(fonts);
    let build = workshop.build(&folder, &options);
    let known = build.official_problems();
    let refused = |problems: &[_], printer: &mut Printer| {
        printer.problems(problems, &prefix(root));
        printer.note("正式版にできないので、保管していません。");
        Ending::ReportAtFault
    };
    let output = Output { official: true, ..Output::default() };
    let faulty = known.iter().any(Problem::is_error);
    let (Some(report), Some(template), Some(record), false) =
        (&build.report, &build.template, build.record(&output), faulty)
    else {
        return Err(refused(&known, printer));
    };
    let pdf = build.export(&output).map_err(|problems| refused(&problems, printer))?;
    let pdf = pdf.ok_or_else(|| refused(&known, printer))?;
    let files = whole_folder(root, &build, printer)?;
    let problems = accepted(&build);

    let told = |fault: StoreFault, printer: &mut Printer| tell(place, &fault, printer);
    let store = Store::open_or_make(place).map_err(|fault| told(fault, printer))?;
    printer.step(Step::Keep);
    let (lock, completed) = store.begin().map_err(|fault| told(fault, printer))?;
    if let Some(edition) = &completed {
        tell_completed(edition, place, printer);
    }
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
    if let Some(before) = before
        && before.pdf().is_ok_and(|old| old == pdf)
        && report_files(&store, before).is_ok_and(|(old, _)| old == files)
    {
        let interrupted = completed.as_ref() == Some(before);
        if interrupted && !is_said_alike(before, args) {
            printer.note(&format!(
                "途中で止まっていた版{}は、上の理由と承認で保管してあります。今の理由と承認では、新しい版を作っていません。",
                before.number
            ));
            return Err(Ending::ReportAtFault);
        }
        return same(before, interrupted, (key.as_ref(), place), printer);
    }
    if let Some(reason) = before.and_then(|before| validated_input::too_early(date, before)) {
        printer.note(&reason);
        return Err(Ending::ReportAtFault);
    }
    let changes = match before {
        Some(before) => {
            let new = Folder::Memory(files.clone());
            let kept = kept_changes(&before.dir, new, &args.reason, &workshop)
                .map_err(|fault| not_compared(fault, &before.dir, printer))?;
            tell_pages(&kept.diff, printer);
            kept.files
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
        fonts: build.fonts(),
        problems,
        changes,
    };
    let link = before.map(link).transpose().map_err(|fault| told(fault, printer))?;
    let decision = Decision {
        date: date.to_string(),
        reason: args.reason.clone(),
        approved_by: args.approved_by.clone(),
    };
    let before = link.as_ref().map(|(number, digest)| (*number, digest.as_str()));
    let info = metadata(report, &record, &decision, before);
    let added = store
        .add(&lock, &payload(&made), &info, |list| signatures(list, key.as_ref()))
        .map_err(|fault| told(fault, printer))?;
    printer.problems(&known, &prefix(root));
    tell_added(&added, printer);
    Ok(())
}

/// Why the last edition and the new one cannot be compared.
fn not_compared(fault: NoKeptChanges, before: &Path, printer: &mut Printer) -> Ending {
    match fault {
        NoKeptChanges::Before(reason) => {
            printer.note(&format!("前の版「{}」{reason}。", before.display()));
        }
        NoKeptChanges::Unread(reports) => {
            for report in reports {
                printer.problems(&report.problems, &prefix(Path::new(&report.name)));
                printer.note(&format!("「{}」を読めないので、比べられません。", report.name));
            }
        }
    }
    Ending::ReportAtFault
}

/// What is said of the comparison of the pages.
fn tell_pages(diff: &Diff, printer: &mut Printer) {
    match &diff.paper {
        Ok(paper) => paper.notes.iter().for_each(|note| printer.note(&note.to_string())),
        Err(fault) => {
            if let PagesNotCompared::NotExported { problems, .. } = fault {
                printer.problems(problems, "");
            }
            printer.note(&fault.to_string());
        }
    }
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

/// Nothing is added when nothing changed. What an interrupted run had added already is told as that
/// run would have told it.
fn same(
    before: &Edition,
    interrupted: bool,
    (key, store): (Option<&PrivateKey>, &Path),
    printer: &mut Printer,
) -> Result<(), Ending> {
    let (number, name) = (before.number, before.name());
    if !interrupted {
        let digest = before.digest().unwrap_or_default();
        printer.note(&format!(
            "版{number}（{name}）と同じ内容です。新しい版は作っていません。版{number}の番号は {digest} です。"
        ));
        return Err(Ending::ReportAtFault);
    }
    printer.note(&format!(
        "版{number}（{name}）と同じ内容なので、新しい版は作っていません。前に途中で止まった保管は、これで終わりました。"
    ));
    tell_added(before, printer);
    let is_signed = |key: &PrivateKey| before.dir.join(signature_file(key.public())).exists();
    if key.is_some_and(|key| !is_signed(key)) {
        printer.note(&format!(
            "この鍵の署名は付いていません。`soukatsu archive sign {number} --store {} --key 鍵` で付けられます。",
            store.display()
        ));
        return Err(Ending::ReportAtFault);
    }
    Ok(())
}

/// Whether an edition was kept with the words that were typed now.
fn is_said_alike(edition: &Edition, args: &Args) -> bool {
    let stated = BagInfo::read(&edition.dir).ok().and_then(|info| Decision::stated(&info));
    stated.is_some_and(|stated| {
        let day = args.date.is_none_or(|date| stated.date == date.to_string());
        day && stated.reason == args.reason && stated.approved_by == args.approved_by
    })
}

/// The edition that a run before had put there and not brought to its end.
fn tell_completed(edition: &Edition, store: &Path, printer: &mut Printer) {
    let (number, store) = (edition.number, store.display());
    let info = BagInfo::read(&edition.dir).unwrap_or_default();
    let get = |label| info.get(label).unwrap_or("（なし）");
    let approved: Vec<&str> = info.all(labels::APPROVED_BY).collect();
    printer.note(&format!(
        "注意: 版{number}は、前の `archive add` が途中で止まったので chain.txt に載っていませんでした。今、載せました。\n  保管した日 {}、理由 {}、承認 {}\n  版の番号 {}\nこの版を加えた人が自分でなければ、`soukatsu archive show {number} --store {store}` で内容を確かめてください。",
        get(labels::DATE),
        get(labels::REASON),
        approved.join("、"),
        edition.digest().unwrap_or_default(),
    ));
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

/// The line of an edition in the chain: its number and its digest.
fn link(before: &Edition) -> Result<(u32, String), StoreFault> {
    Ok((before.number, before.digest().map_err(StoreFault::Damaged)?))
}
