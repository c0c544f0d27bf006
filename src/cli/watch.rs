//! `soukatsu watch`: the PDF again after every saved change, in one process.

use std::path::{Path, PathBuf};

use super::ending::Ending;
use super::messages::{cannot_write, prefix};
use super::printer::Printer;
use super::profile::ProfileArg;
use super::report_arg::{FontArg, ReportArg};
use super::terminal::Terminal;
use super::time_limit::{TimeLimitArg, Work};
use crate::app::watch::{FileNews, ProblemNews, Watch, WatchEvent};
use crate::app::{BuildOptions, Cancelled, Workshop};
use soukatsu_core::problem::{Problem, Severity};

/// So many cells, files or settled problems are named; the rest is counted.
const NAMED: usize = 10;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    /// 書き出すPDF（省略すると、今のフォルダーに「報告書フォルダーの名前.pdf」）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
    #[command(flatten)]
    profile: ProfileArg,
    #[command(flatten)]
    fonts: FontArg,
    #[command(flatten)]
    time: TimeLimitArg,
}

/// Watches until the process is ended from outside; only a bad start comes back.
pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    match watch(args, printer) {
        Ok(Cancelled) => Ending::Done,
        Err(ending) => ending,
    }
}

fn watch(args: &Args, printer: &mut Printer) -> Result<Cancelled, Ending> {
    args.report.open(printer)?;
    let workshop = Workshop::new(args.fonts.load(printer)?);
    let root = args.report.path();
    let target = args.output.clone().unwrap_or_else(|| args.report.default_pdf(""));
    let options = BuildOptions::of(args.profile.into());
    let watch = Watch::new(&workshop, options, root.to_owned(), target.clone());
    let terminal = Terminal::of(printer).limited_by_step(args.time, Work::Watch, root);
    Ok(watch.run(&terminal, &mut |event| tell(event, root, &target, printer)))
}

fn tell(event: WatchEvent, root: &Path, target: &Path, printer: &mut Printer) {
    let target_name = target.display();
    match event {
        WatchEvent::NoNotifications(reason) => {
            printer.note(&format!("変更の知らせを受け取れません（{reason}）。1秒ごとに調べます。"))
        }
        WatchEvent::Waiting => {
            printer.note("変更を待っています。終わるときは Ctrl-C を押してください。");
        }
        WatchEvent::FolderGone => printer.note(&format!(
            "報告書フォルダー「{}」がなくなりました。戻るのを待っています。",
            root.display()
        )),
        WatchEvent::FolderBack => {
            printer.note(&format!("報告書フォルダー「{}」が戻りました。", root.display()));
        }
        WatchEvent::Files(news) => tell_files(&news, printer),
        WatchEvent::Problems(news) => tell_problems(&news, &prefix(root), printer),
        WatchEvent::Written { seconds, problems } => {
            let count = count(&problems);
            printer.note(&format!("{seconds:.2}秒で {target_name} を書き出しました（{count}）。"));
        }
        WatchEvent::NotWritten { standard, kept } => {
            if !standard.is_empty() {
                printer.problems(&standard, &prefix(root));
            }
            let kept = match kept {
                true => format!("前の {target_name} はそのままです。"),
                false => String::new(),
            };
            printer
                .note(&format!("PDFは書き出していません。{kept}直して保存すると、また作ります。"));
        }
        WatchEvent::CannotWrite(reason) => {
            cannot_write(target, &reason, printer);
        }
    }
}

fn tell_files(news: &FileNews, printer: &mut Printer) {
    let lists = [
        ("変わったファイル", &news.changed),
        ("加わったファイル", &news.added),
        ("なくなったファイル", &news.gone),
        ("報告書で使わなくなったファイル（フォルダーにはあります）", &news.unused),
    ];
    for (label, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
        let more = match names.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("、ほか{more}ファイル"),
        };
        let named = names[..names.len().min(NAMED)].join("、");
        printer.note(&format!("{label}: {named}{more}"));
    }
    if news.restored {
        printer.note("前のPDFを作ったときと同じ内容に戻りました。");
    }
    for cell in news.cells.iter().take(NAMED) {
        printer.note(&format!("  {cell}"));
    }
    if news.cells.len() > NAMED {
        printer.note(&format!("  ほか{}か所", news.cells.len() - NAMED));
    }
}

fn tell_problems(news: &ProblemNews, prefix: &str, printer: &mut Printer) {
    printer.problems(&news.new, prefix);
    if news.unchanged > 0 {
        printer.note(&format!("前からの注意・助言{}件はそのままです。", news.unchanged));
    }
    for problem in news.settled.iter().take(NAMED) {
        printer.note(&format!("解消: [{}] {}", problem.code, problem.message));
    }
    if news.settled.len() > NAMED {
        printer.note(&format!("解消: ほか{}件", news.settled.len() - NAMED));
    }
}

/// `誤り0、注意2`; hints are named when there are some.
fn count(problems: &[Problem]) -> String {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let hints = match count(Severity::Hint) {
        0 => String::new(),
        hints => format!("、助言{hints}"),
    };
    format!("誤り{}、注意{}{hints}", count(Severity::Error), count(Severity::Warning))
}
