//! `soukatsu diff`: what changed between two editions of a report.

mod editions;
mod errata_files;
mod pages;
mod text;

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
    /// 正誤表に入れる訂正の理由
    #[arg(long, value_name = "理由", requires = "errata")]
    reason: Option<String>,
    /// 差し替えるページを、用紙の裏表ごとPDFに書き出す
    #[arg(long, value_name = "ファイル")]
    pages: Option<PathBuf>,
    /// 差替えページの隅に入れる語（例 「差替え　第2版」）
    #[arg(long, value_name = "語", requires = "pages")]
    stamp: Option<String>,
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

/// Whether the editions are the same.
fn diff(args: &Args, printer: &mut Printer) -> Result<bool, Ending> {
    let folders = [editions::open(&args.old, printer)?, editions::open(&args.new, printer)?];
    let fonts = args.fonts.load(printer)?;
    printer.step("2つの版を組んで、比べています");
    // One session: what did not change is laid out once.
    let mut session = Session::new(fonts);
    let [old, new] = folders.map(|folder| session.build(&folder));
    printer.finish();
    let (before, after) = (built(&old, &args.old, printer)?, built(&new, &args.new, printer)?);
    let mut comparison = compare(before.edition(&old), after.edition(&new));
    let paper = Paper::of(&old, &new);
    if let Some(paper) = &paper {
        paper.narrow(&mut comparison.printed);
    }
    for (outcome, path) in [(&old, &args.old), (&new, &args.new)] {
        let errors = outcome.problems.iter().filter(|problem| problem.is_error()).count();
        if errors > 0 {
            printer.note(&format!(
                "「{}」には誤りが{errors}件あります。`soukatsu check` で直してください。ここでは、読めた分を比べました。",
                path.display()
            ));
        }
    }
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
            let whole = json!({"old": names[0], "new": names[1], "changes": comparison, "pages": paper.as_ref().map(Paper::json)});
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
        Format::Csv => printer.result_bytes(&text::table(&comparison)),
    }
    if let Some(target) = &args.errata {
        let rows = errata(&comparison, args.reason.as_deref());
        errata_files::write(target, &rows, [&old, &new], &session, printer)?;
    }
    if let (Some(target), Some(paper)) = (&args.pages, &paper) {
        paper.write(target, args.stamp.as_deref(), &new, &session, printer)?;
    }
    let same_pages = paper.is_none_or(|paper| paper.changes.is_empty());
    Ok(comparison.is_empty() && same_pages)
}

/// A report that was read, with the places of its rows.
struct Built {
    rows: Vec<crate::compile::RowPages>,
}

impl Built {
    fn edition<'a>(&'a self, outcome: &'a Outcome) -> Edition<'a> {
        // `built` lets no outcome without a report pass.
        let report = outcome.report.as_ref().expect("the report was read");
        Edition { report, bindings: &outcome.bindings, rows: &self.rows }
    }
}

fn built(outcome: &Outcome, path: &Path, printer: &mut Printer) -> Result<Built, Ending> {
    if outcome.report.is_none() {
        printer.problems(&outcome.problems, &build::prefix(path));
        printer.note(&format!("「{}」を読めないので、比べられません。", path.display()));
        return Err(Ending::ReportAtFault);
    }
    Ok(Built { rows: outcome.draft.as_ref().map(row_pages).unwrap_or_default() })
}
