//! `soukatsu diff`: what changed between two editions of a report.

mod corrections;
mod options;

use std::path::{Path, PathBuf};

use super::ending::Ending;
use super::messages::{cannot_write, faulty, prefix, tell_pages};
use super::printer::Printer;
use super::profile::ProfileName;
use super::report_arg::FontArg;
use super::terminal::Terminal;
use super::time_limit::{TimeLimitArg, Work};
use crate::app::diff::{
    Diff, ErrataNote, ErrataRequest, Guard, NoErrata, NoReplacement, NotCompared, Reasons,
    ReplacementPages, ReplacementRequest, Side,
};
use crate::app::{Workshop, files};
use clap::ValueEnum;
use soukatsu_core::model::date::Date;
use soukatsu_core::problem::Problem;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 前の版（報告書フォルダーか、正式版のPDF。ほかのPDFならページだけを比べます）
    #[arg(value_name = "前の版")]
    old: PathBuf,
    /// 後の版（前の版と同じ）
    #[arg(value_name = "後の版")]
    new: PathBuf,
    /// 結果の形（text・json・csv。省略すると text）
    #[arg(
        long,
        value_name = "形",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    format: Format,
    /// 正誤表をPDF（名前が .csv で終わればCSV）に書き出す
    #[arg(long, value_name = "ファイル", value_parser = options::errata_file)]
    errata: Option<PathBuf>,
    /// 正誤表に入れる訂正の理由（文か、訂正ごとの理由を書いた .toml のファイル）
    #[arg(long, value_name = "理由", requires = "errata", value_parser = options::filled)]
    reason: Option<String>,
    /// 正誤表に入れる発行の日（例 2026-12-01。省略すると入れない）
    #[arg(long, value_name = "年-月-日", requires = "errata", value_parser = options::day)]
    issued: Option<Date>,
    /// 差し替えるページを、用紙の裏表ごとPDFに書き出す
    #[arg(long, value_name = "ファイル", value_parser = options::pdf_file)]
    pages: Option<PathBuf>,
    /// 差替えページの隅に入れる語（例 「差替え　第2版」）
    #[arg(long, value_name = "語", requires = "pages", value_parser = options::filled)]
    stamp: Option<String>,
    /// 差替えページの用途（screen・office・print・mono。省略すると office、白黒の資料なら mono）
    #[arg(long, value_name = "用途", requires = "pages", hide_possible_values = true)]
    profile: Option<ProfileName>,
    /// 予定した訂正（「表:行:列」か、一覧の .toml）。ほかに変わった所があれば誤りにする
    #[arg(long, value_name = "訂正")]
    expect: Vec<String>,
    #[command(flatten)]
    fonts: FontArg,
    #[command(flatten)]
    time: TimeLimitArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// 人が読む文
    Text,
    /// ほかのソフトが読むJSON
    Json,
    /// 表計算ソフトで開くCSV
    Csv,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    match diff(args, printer) {
        Ok(true) => Ending::Done,
        Ok(false) => Ending::ReportAtFault,
        Err(ending) => ending,
    }
}

/// Nothing is written over what is compared, nor over each other.
fn refuse_targets(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let targets = [&args.errata, &args.pages].map(|target| target.as_deref().map(files::real));
    let compared = [&args.old, &args.new].map(|path| files::real(path));
    for target in targets.iter().flatten() {
        if compared.iter().any(|path| target.starts_with(path)) {
            printer.note(&format!(
                "「{}」は、比べるものそのものか、その中のファイルです。別の場所を指定してください。何も書き出していません。",
                target.display()
            ));
            return Err(Ending::WrongUsage);
        }
    }
    if let [Some(errata), Some(pages)] = &targets
        && errata == pages
    {
        printer.note("`--errata` と `--pages` が同じファイルです。別の名前を指定してください。");
        return Err(Ending::WrongUsage);
    }
    Ok(())
}

/// Whether the editions are the same, or differ just as expected.
fn diff(args: &Args, printer: &mut Printer) -> Result<bool, Ending> {
    refuse_targets(args, printer)?;
    if args.issued.is_some() && args.errata.as_deref().is_some_and(options::is_csv) {
        printer.note("「--issued」は、PDFの正誤表に入ります。CSVの正誤表には、発行の日を入れる所がありません。");
        return Err(Ending::WrongUsage);
    }
    let expected = corrections::corrections(&args.expect, printer)?;
    let (reason, reasons) = corrections::reasons(args.reason.as_deref(), printer)?;
    let paths = [args.old.as_path(), args.new.as_path()];
    let limit = args.time.begin(Work::Diff, &paths, printer);
    let sides = open(paths, printer)?;
    let fonts = args.fonts.load(printer)?;
    let printed = (args.stamp.as_deref(), args.errata.as_deref());
    options::check_characters(printed, reason.as_deref(), [&expected, &reasons], &fonts, printer)?;
    let workshop = Workshop::new(fonts);
    let names = paths.map(|path| path.display().to_string());
    let names = names.each_ref().map(String::as_str);
    let diff = Diff::new(sides, names, &workshop, &Terminal::of(printer));
    let diff = diff.map_err(|fault| {
        match fault {
            NotCompared::Unread(reports) => {
                for report in reports {
                    printer.problems(&report.problems, &prefix(Path::new(&report.name)));
                    printer.note(&report.to_string());
                }
            }
            NotCompared::Cancelled(cancelled) => printer.note(&cancelled.to_string()),
        }
        Ending::ReportAtFault
    })?;
    tell_notes(&diff, printer)?;
    let guard = diff.guard(&expected).map_err(|problems| faulty(&problems, printer))?;
    let reasons = diff.reasons([&reasons, &expected], reason.as_deref());
    let reasons = reasons.map_err(|problems| faulty(&problems, printer))?;
    drop(limit);
    printer.finish();
    let unexpected: &[Problem] = if args.expect.is_empty() { &[] } else { &guard.unexpected };
    match args.format {
        Format::Text => diff.lines().iter().for_each(|line| printer.styled(line)),
        Format::Json => {
            let whole = diff.json(unexpected);
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
        Format::Csv => printer.result_bytes(&diff.csv()),
    }
    if !args.expect.is_empty() && !guard.is_as_expected() {
        return Err(refuse(args, &diff, &guard, printer));
    }
    write_files(args, &diff, &reasons, &workshop, printer)?;
    if !args.expect.is_empty() {
        printer.note("変わったのは、予定した訂正と、それに伴う所だけです。");
        return Ok(true);
    }
    Ok(diff.is_same())
}

/// Opens both editions; what cannot be opened is told of both in one run.
fn open(paths: [&Path; 2], printer: &mut Printer) -> Result<[Side; 2], Ending> {
    match paths.map(Side::open) {
        [Ok(old), Ok(new)] => Ok([old, new]),
        sides => {
            for (side, path) in sides.iter().zip(paths) {
                if let Err(reason) = side {
                    printer.note(&format!("「{}」{reason}。", path.display()));
                }
            }
            Err(Ending::ReportAtFault)
        }
    }
}

/// What can be compared and what cannot. Without sources, the pages must be.
fn tell_notes(diff: &Diff, printer: &mut Printer) -> Result<(), Ending> {
    diff.notes.iter().for_each(|note| printer.note(&note.to_string()));
    tell_pages(diff, printer);
    if diff.paper.is_err() && diff.comparison.is_none() {
        return Err(Ending::ReportAtFault);
    }
    diff.rearranged.iter().for_each(|note| printer.note(&note.to_string()));
    Ok(())
}

/// Says what was not expected. What goes out to the council must hold nothing that nobody meant
/// to change, so nothing is written.
fn refuse(args: &Args, diff: &Diff, guard: &Guard<'_>, printer: &mut Printer) -> Ending {
    if diff.comparison.is_none() {
        printer.note("予定した訂正のとおりかは、両方の版に元のファイルがないと確かめられません。");
    } else if diff.is_altered() {
        printer.note("後から変えられたPDFがあるので、予定した訂正のとおりとは言えません。");
    }
    printer.problems(&guard.unexpected, "");
    if diff.new_has_errors() {
        printer.note("後の版に誤りがあるので、予定した訂正のとおりとは言えません。");
    } else if guard.unexpected.is_empty() {
        printer.note("比べられないページがあるので、予定した訂正のとおりとは言えません。");
    }
    if args.errata.is_some() || args.pages.is_some() {
        printer.note("予定した訂正のとおりでないので、正誤表と差替えページは書き出していません。");
    }
    Ending::ReportAtFault
}

/// Writes what is asked for. What keeps one file from being written keeps no other.
fn write_files(
    args: &Args,
    diff: &Diff,
    reasons: &Reasons<'_>,
    workshop: &Workshop,
    printer: &mut Printer,
) -> Result<(), Ending> {
    // The 正誤表 says which pages come with it.
    let request = ReplacementRequest {
        stamp: args.stamp.clone(),
        profile: args.profile.map(ProfileName::into),
    };
    let made = args.pages.as_ref().map(|_| diff.replacement_pages(&request, workshop));
    let with_pages = matches!(made, Some(Ok(_)));
    let request = ErrataRequest { issued: args.issued, with_pages };
    let errata = |printer: &mut Printer| match &args.errata {
        Some(target) => write_errata(target, request, diff, reasons, workshop, printer),
        None => Ok(()),
    };
    let pages = |printer: &mut Printer| match (&args.pages, made) {
        (Some(target), Some(made)) => write_pages(target, made, printer),
        _ => Ok(()),
    };
    if diff.comparison.is_none() {
        // The 正誤表 cannot be made then, which is the last word.
        pages(printer)?;
        return errata(printer);
    }
    let errata = errata(printer);
    errata.and(pages(printer))
}

fn write_errata(
    target: &Path,
    request: ErrataRequest,
    diff: &Diff,
    reasons: &Reasons<'_>,
    workshop: &Workshop,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let errata = diff.errata(request, |change| reasons.of(change));
    let errata = errata.map_err(|reason: NoErrata| {
        printer.note(&reason.to_string());
        Ending::ReportAtFault
    })?;
    errata.notes.iter().for_each(|note: &ErrataNote| printer.note(&note.to_string()));
    if errata.rows.is_empty() {
        return Ok(());
    }
    let written = match options::is_csv(target) {
        true => files::write(target, &errata.csv()),
        false => {
            let pdf = errata.pdf(workshop).map_err(|problems| faulty(&problems, printer))?;
            files::write_pdf(target, &pdf)
        }
    };
    written.map_err(|reason| cannot_write(target, &reason, printer))?;
    printer.note(&format!("正誤表を {} に書き出しました。", target.display()));
    Ok(())
}

fn write_pages(
    target: &Path,
    made: Result<ReplacementPages, NoReplacement>,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let pages = match made {
        Ok(pages) => pages,
        Err(NoReplacement::NotExported(problems)) => return Err(faulty(&problems, printer)),
        Err(reason) => {
            printer.note(&reason.to_string());
            return match reason {
                NoReplacement::Nothing => Ok(()),
                _ => Err(Ending::ReportAtFault),
            };
        }
    };
    files::write_pdf(target, &pages.pdf)
        .map_err(|reason| cannot_write(target, &reason, printer))?;
    if let Some(profile) = pages.not_made_for {
        printer.note(&format!(
            "差替えページは、後の版のPDFのページのままです。元のファイルから「{}」の用途では作れませんでした。",
            profile.name()
        ));
    }
    printer.note(&format!("差替えページを {} に書き出しました。", target.display()));
    Ok(())
}
