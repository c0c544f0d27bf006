//! `soukatsu diff`: what changed between two editions of a report.

mod editions;
pub(super) mod errata_files;
mod expected;
pub(super) mod pages;
pub(super) mod text;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::json;

use super::printer::Printer;
use super::{Ending, FontArg, build};
use crate::compare::{Edition, compare, errata};
use crate::compile::row_pages;
use crate::pipeline::{Outcome, Session};
use pages::Paper;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 前の版（報告書フォルダーか、正式版のPDF）
    #[arg(value_name = "前の版")]
    old: PathBuf,
    /// 後の版（報告書フォルダーか、正式版のPDF）
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
    #[arg(long, value_name = "ファイル")]
    errata: Option<PathBuf>,
    /// 正誤表に入れる訂正の理由（文か、訂正ごとの理由を書いた .toml のファイル）
    #[arg(long, value_name = "理由", requires = "errata")]
    reason: Option<String>,
    /// 差し替えるページを、用紙の裏表ごとPDFに書き出す
    #[arg(long, value_name = "ファイル")]
    pages: Option<PathBuf>,
    /// 差替えページの隅に入れる語（例 「差替え　第2版」）
    #[arg(long, value_name = "語", requires = "pages")]
    stamp: Option<String>,
    /// 予定した訂正（「表:行:列」か、一覧の .toml）。ほかに変わった所があれば誤りにする
    #[arg(long, value_name = "訂正")]
    expect: Vec<String>,
    #[command(flatten)]
    fonts: FontArg,
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

/// Whether the editions are the same, or differ just as expected.
fn diff(args: &Args, printer: &mut Printer) -> Result<bool, Ending> {
    let expected = expected::corrections(&args.expect, printer)?;
    let (reason, reasons) = expected::reasons(args.reason.as_deref(), printer)?;
    let folders = [editions::open(&args.old, printer)?, editions::open(&args.new, printer)?];
    let fonts = args.fonts.load(printer)?;
    printer.step("2つの版を組んで、比べています");
    // One session: what did not change is laid out once.
    let mut session = Session::new(fonts);
    let [old, new] = folders.map(|folder| session.build(&folder));
    printer.finish();
    let (before, after) = (built(&old, &args.old, printer)?, built(&new, &args.new, printer)?);
    let sides = [before.edition(&old), after.edition(&new)];
    let mut comparison = compare(sides[0], sides[1]);
    let paper = Paper::of(&old, &new);
    if let Some(paper) = &paper {
        paper.narrow(&mut comparison.printed);
    }
    let guard = expected::expectation(&expected, sides, printer)?;
    let explained = expected::expectation(&reasons, sides, printer)?;
    let mut unexpected = Vec::new();
    if !args.expect.is_empty() {
        unexpected = guard.unexpected(&comparison);
        unexpected.extend(paper.iter().flat_map(|paper| paper.shifts(&comparison, [&old, &new])));
    }
    let faulty = tell_faults([(&old, &args.old), (&new, &args.new)], printer);
    let names = [&args.old, &args.new].map(|path| path.display().to_string());
    match args.format {
        Format::Text => {
            for line in text::lines(&comparison, [&names[0], &names[1]]) {
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
            let whole = json!({"old": names[0], "new": names[1], "changes": comparison, "pages": paper.as_ref().map(Paper::json), "unexpected": unexpected});
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
        Format::Csv => printer.result_bytes(&text::table(&comparison)),
    }
    let as_expected = !args.expect.is_empty() && unexpected.is_empty() && !faulty;
    if !args.expect.is_empty() && !as_expected {
        // What goes out to the council must hold nothing that nobody meant to change.
        printer.problems(&unexpected, "");
        if faulty {
            printer.note("後の版に誤りがあるので、予定した訂正のとおりとは言えません。");
        }
        if args.errata.is_some() || args.pages.is_some() {
            printer
                .note("予定した訂正のとおりでないので、正誤表と差替えページは書き出していません。");
        }
        return Err(Ending::ReportAtFault);
    }
    if let Some(target) = &args.errata {
        let rows = errata(&comparison, |change| {
            let own = explained.reason(&comparison, change);
            own.or_else(|| guard.reason(&comparison, change)).or(reason.as_deref())
        });
        errata_files::write(target, &rows, [&old, &new], &session, printer)?;
    }
    if let (Some(target), Some(paper)) = (&args.pages, &paper) {
        paper.write(target, args.stamp.as_deref(), &new, &session, printer)?;
    }
    if as_expected {
        printer.note("変わったのは、予定した訂正と、それに伴う所だけです。");
        return Ok(true);
    }
    let same_pages = paper.is_none_or(|paper| paper.changes.is_empty());
    Ok(comparison.is_empty() && same_pages)
}

/// Says which editions have errors, and whether the new one, the last, has.
fn tell_faults(sides: [(&Outcome, &PathBuf); 2], printer: &mut Printer) -> bool {
    let errors = |outcome: &Outcome| outcome.problems.iter().filter(|p| p.is_error()).count();
    for (outcome, path) in sides.iter().filter(|(outcome, _)| outcome.has_errors()) {
        printer.note(&format!(
            "「{}」には誤りが{}件あります。`soukatsu check` で直してください。ここでは、読めた分を比べました。",
            path.display(),
            errors(outcome)
        ));
    }
    sides[1].0.has_errors()
}

/// A report that was read, with the places of its rows.
pub(super) struct Built {
    rows: Vec<crate::compile::RowPages>,
}

impl Built {
    pub fn edition<'a>(&'a self, outcome: &'a Outcome) -> Edition<'a> {
        // `built` lets no outcome without a report pass.
        let report = outcome.report.as_ref().expect("the report was read");
        Edition { report, bindings: &outcome.bindings, rows: &self.rows }
    }
}

pub(super) fn built(
    outcome: &Outcome,
    path: &Path,
    printer: &mut Printer,
) -> Result<Built, Ending> {
    if outcome.report.is_none() {
        printer.problems(&outcome.problems, &build::prefix(path));
        printer.note(&format!("「{}」を読めないので、比べられません。", path.display()));
        return Err(Ending::ReportAtFault);
    }
    Ok(Built { rows: outcome.draft.as_ref().map(row_pages).unwrap_or_default() })
}
