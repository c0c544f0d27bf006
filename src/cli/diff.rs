//! `soukatsu diff`: what changed between two editions of a report.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::json;

use super::diff_pages::Paper;
use super::printer::Printer;
use super::{Ending, FontArg, diff_text, output};
use crate::compare::{Comparison, Edition, ErrataRow, Segment, compare, errata};
use crate::compile::row_pages;
use crate::export::{AttachedFault, attached_files};
use crate::load::{Folder, stays_inside};
use crate::pipeline::{Outcome, Session, errata_pdf};

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
    let folders = [open(&args.old, printer)?, open(&args.new, printer)?];
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
            for line in diff_text::lines(&comparison, [&names[0], &names[1]]) {
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
        Format::Csv => printer.result_bytes(&table(&comparison)),
    }
    if let Some(target) = &args.errata {
        let rows = errata(&comparison, args.reason.as_deref());
        write_errata(target, &rows, [&old, &new], &session, printer)?;
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
        printer.problems(&outcome.problems, &super::build::prefix(path));
        printer.note(&format!("「{}」を読めないので、比べられません。", path.display()));
        return Err(Ending::ReportAtFault);
    }
    Ok(Built { rows: outcome.draft.as_ref().map(row_pages).unwrap_or_default() })
}

/// A report folder, or what is attached to an official PDF.
fn open(path: &Path, printer: &mut Printer) -> Result<Folder, Ending> {
    if path.is_dir() {
        return Ok(Folder::Disk(path.to_owned()));
    }
    let refuse = |printer: &mut Printer, reason: &str| {
        printer.note(&format!("「{}」{reason}。", path.display()));
        Ending::ReportAtFault
    };
    let bytes = match output::read(path) {
        Ok(bytes) => bytes,
        Err(reason) => return Err(refuse(printer, &format!("を読めません（{reason}）"))),
    };
    let files = attached_files(&bytes).map_err(|fault| {
        refuse(
            printer,
            match fault {
                AttachedFault::Unreadable => {
                    "は報告書フォルダーでもPDFでもないか、壊れています"
                }
                AttachedFault::None => {
                    "には元のファイルが添付されていません。比べられるのは、報告書フォルダーと、`soukatsu build --official` で作ったPDFです"
                }
                AttachedFault::Damaged => "の添付ファイルが壊れています",
            },
        )
    })?;
    if let Some(name) = files.keys().find(|name| !stays_inside(name)) {
        return Err(refuse(
            printer,
            &format!("の添付ファイル「{name}」は、フォルダーの外を指しています"),
        ));
    }
    Ok(Folder::Memory(files))
}

/// Writes the 正誤表, unless there is nothing to correct.
fn write_errata(
    target: &Path,
    rows: &[ErrataRow],
    [old, new]: [&Outcome; 2],
    session: &Session,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let Some(report) = new.report.as_ref().filter(|_| !rows.is_empty()) else {
        printer.note("紙面に変わった所がないので、正誤表は書き出していません。");
        return Ok(());
    };
    let editions = [old, new].map(|outcome| outcome.report.as_ref()?.edition.clone());
    let editions = match editions {
        [Some(old), Some(new)] if old != new => Some(format!("{old}を{new}に改める")),
        _ => None,
    };
    let csv = target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let bytes = match csv {
        true => errata_table(rows),
        false => {
            errata_pdf(report, rows, editions.as_deref(), session.fonts()).map_err(|problems| {
                printer.problems(&problems, "");
                Ending::ReportAtFault
            })?
        }
    };
    let written =
        if csv { output::write(target, &bytes) } else { output::write_pdf(target, &bytes) };
    written.map_err(|reason| super::build::cannot_write(target, &reason, printer))?;
    printer.note(&format!("正誤表を {} に書き出しました。", target.display()));
    Ok(())
}

fn errata_table(rows: &[ErrataRow]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let text = |parts: &[Segment]| parts.iter().map(|part| part.text.as_str()).collect::<String>();
    // Writing into memory never fails.
    _ = writer.write_record(["ページ", "章", "箇所", "誤", "正", "理由", "伴う変更"]);
    for row in rows {
        _ = writer.write_record([
            diff_text::pages(&row.pages),
            row.chapter.clone(),
            row.spot.clone(),
            text(&row.wrong),
            text(&row.right),
            row.reason.clone().unwrap_or_default(),
            if row.follows { "○".to_owned() } else { String::new() },
        ]);
    }
    writer.into_inner().unwrap_or_default()
}

/// One line a change of the pages, with a byte order mark for Excel.
fn table(comparison: &Comparison) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let header = ["ページ", "章", "箇所", "前", "後", "もとになったセル"];
    let rows = comparison.printed.iter().map(|change| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            diff_text::pages(&change.pages),
            change.chapter.clone(),
            change.spot.clone(),
            text(&change.old),
            text(&change.new),
            diff_text::causes(comparison, change),
        ]
    });
    // Writing into memory never fails.
    _ = writer.write_record(header);
    for row in rows {
        _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}
