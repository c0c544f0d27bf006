//! `soukatsu diff`: what changed between two editions of a report.

mod attachments;
mod built;
mod change_files;
mod editions;
mod errata_files;
mod expected;
mod makers;
mod notes;
mod only_pages;
mod options;
mod page_names;
mod pages;
mod pictures;
mod replacement;
mod structure;
mod table;
mod text;
mod version_marks;

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::json;

use super::printer::Printer;
use super::time_limit::{TimeLimitArg, Work};
use super::{Ending, FontArg, output};
use crate::app::Workshop;
use crate::compare::{compare, rearranged_pages};
use built::Built;
pub(super) use change_files::change_files;
pub(super) use editions::{Side, side};
use pages::Paper;

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
    /// 差し替えるページを、用紙の裏表ごとPDFに書き出す
    #[arg(long, value_name = "ファイル", value_parser = options::pdf_file)]
    pages: Option<PathBuf>,
    /// 差替えページの隅に入れる語（例 「差替え　第2版」）
    #[arg(long, value_name = "語", requires = "pages", value_parser = options::filled)]
    stamp: Option<String>,
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
    let targets = [&args.errata, &args.pages].map(|target| target.as_deref().map(output::real));
    let compared = [&args.old, &args.new].map(|path| output::real(path));
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
    let expected = expected::corrections(&args.expect, printer)?;
    let (reason, reasons) = expected::reasons(args.reason.as_deref(), printer)?;
    let paths = [args.old.as_path(), args.new.as_path()];
    let limit = args.time.begin(Work::Diff, &paths, printer);
    let sides = editions::open(paths, printer)?;
    let fonts = args.fonts.load(printer)?;
    options::check_characters(args, reason.as_deref(), [&expected, &reasons], &fonts, printer)?;
    printer.step("2つの版を組んで、比べています");
    let workshop = Workshop::new(fonts);
    let built = Built::both(sides, paths, &workshop, printer)?;
    let mut notes = notes::notes(&built);
    notes.iter().for_each(|note| printer.note(note));
    let [Some((old, before)), Some((new, after))] = built.each_ref().map(Built::read) else {
        return only_pages::compare(args, &built, &notes, &workshop, limit, printer);
    };
    let mut comparison = compare(before, after);
    let paper = Paper::of(&built, &workshop, printer);
    if let Some(paper) = &paper {
        paper.narrow(&mut comparison.printed, [old, new]);
    }
    let rearranged = rearranged_pages(before, after, &comparison.moved);
    if let Some(note) = paper
        .as_ref()
        .and_then(|paper| structure::rearranged(paper, &comparison.printed, &rearranged))
    {
        printer.note(&note);
        notes.push(note);
    }
    let guard = expected::expectation(&expected, [before, after], printer)?;
    let explained = expected::expectation(&reasons, [before, after], printer)?;
    let mut unexpected = Vec::new();
    if !args.expect.is_empty() {
        unexpected = guard.unexpected(&comparison);
        let any_page =
            guard.lists_template(before.template) || guard.lists_template(after.template);
        let pages = guard.listed_pages(after, &comparison);
        let free = |page: usize| any_page || pages.contains(&page);
        let shifts = |paper: &Paper| paper.shifts(&comparison, [old, new], free);
        unexpected.extend(paper.iter().flat_map(shifts));
    }
    let names = built.each_ref().map(|built| built.name.as_str());
    let altered = built.iter().any(Built::is_altered);
    let same_pages = paper.as_ref().map(|paper| paper.is_same() && !altered);
    drop(limit);
    match args.format {
        Format::Text => {
            for line in text::lines(&comparison, names, same_pages) {
                printer.result(&line);
            }
            let lines = paper.as_ref().map(Paper::lines).unwrap_or_default();
            if !lines.is_empty() {
                printer.result("");
                printer.result("ページ");
                lines.iter().for_each(|line| printer.result(line));
            }
        }
        Format::Json => {
            let whole = json!({
                "old": names[0], "new": names[1], "only-pages": false, "notes": notes,
                "changes": comparison, "pages": paper.as_ref().map(Paper::json),
                "unexpected": unexpected,
            });
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
        Format::Csv => printer.result_bytes(&table::of(&comparison, paper.as_ref())),
    }
    let whole = paper.as_ref().is_some_and(|paper| !paper.is_damaged());
    let as_expected = unexpected.is_empty() && !new.has_errors() && whole && !altered;
    if !args.expect.is_empty() && !as_expected {
        if altered {
            printer.note("後から変えられたPDFがあるので、予定した訂正のとおりとは言えません。");
        }
        return Err(expected::refuse(args, &unexpected, new.has_errors(), printer));
    }
    let why = |change: &_| {
        let mut why = explained.reasons(&comparison, change);
        if why.is_empty() {
            why = guard.reasons(&comparison, change);
        }
        if why.is_empty() { reason.as_deref().into_iter().collect() } else { why }
    };
    let errata = args.errata.as_ref().map_or(Ok(()), |target| {
        let paper = (&built, paper.as_ref());
        errata_files::write(target, &comparison, why, paper, &workshop, printer)
    });
    let pages = args.pages.as_ref().map_or(Ok(()), |target| {
        let new = (&built[1], paper.as_ref());
        replacement::write(target, args.stamp.as_deref(), new, &workshop, printer)
    });
    errata.and(pages)?;
    if !args.expect.is_empty() {
        printer.note("変わったのは、予定した訂正と、それに伴う所だけです。");
        return Ok(true);
    }
    Ok(comparison.is_empty() && same_pages == Some(true))
}
