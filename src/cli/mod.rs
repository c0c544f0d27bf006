//! The terminal in front of the library: arguments, progress, exit codes.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 done,
//! 1 the report is at fault, 2 wrong usage, 3 the program is at fault.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "this is where the terminal and the disk are asked"
)]

mod archive;
mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod fonts;
mod format;
mod new;
mod print_options;
mod printer;
mod profile;
mod render;
mod terminal;
mod time_limit;
mod usage;
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::world::Fonts;
use printer::Printer;
use soukatsu_core::load::Folder;

/// CSVのデータと日本語の文章から、審議会・議会に配る資料（PDF）を作ります。
#[derive(Debug, Parser)]
#[command(name = "soukatsu", version, disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    /// 色を付けるか（auto・always・never。NO_COLOR にも従います）
    #[arg(
        long,
        global = true,
        value_name = "いつ",
        default_value = "auto",
        hide_default_value = true
    )]
    #[arg(hide_possible_values = true)]
    color: clap::ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 見本の報告書フォルダーを作る
    New(new::Args),
    /// PDFを作る
    Build(build::Args),
    /// 直して保存するたびに、PDFを作り直す
    Watch(watch::Args),
    /// PDFを作らずに、フォルダーの構成とデータを点検する
    Check(check::Args),
    /// 2つの版を比べて、変わった所を全て示す
    Diff(diff::Args),
    /// 正式版を保管し、確かめる
    Archive(archive::Args),
    /// PDFや報告書のページをPNG画像にする
    Render(render::Args),
    /// 使えるフォントと、報告書の文字で表せないものを一覧にする
    Fonts(fonts::Args),
    /// 問題の番号（S302など）の意味と直し方を説明する
    Explain(explain::Args),
    /// シェルの補完スクリプトを出力する
    Completions(completions::Args),
}

/// How a command ended, as far as the shell is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Done,
    /// The report, or what it was compared with, is at fault.
    ReportAtFault,
    WrongUsage,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ExitCode::from(match ending {
            Ending::Done => 0,
            Ending::ReportAtFault => 1,
            Ending::WrongUsage => 2,
        })
    }
}

/// Runs the program.
pub fn run() -> ExitCode {
    let matches = usage::arguments(usage::japanese(Args::command()));
    // The matches come from the very command, so they always fit.
    let args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let mut printer = Printer::new(args.color);
    let ending = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match &args.command {
        Command::New(args) => new::run(args, &mut printer),
        Command::Build(args) => build::run(args, &mut printer),
        Command::Watch(args) => watch::run(args, &mut printer),
        Command::Check(args) => check::run(args, &mut printer),
        Command::Diff(args) => diff::run(args, &mut printer),
        Command::Archive(args) => archive::run(args, &mut printer),
        Command::Render(args) => render::run(args, &mut printer),
        Command::Fonts(args) => fonts::run(args, &mut printer),
        Command::Explain(args) => explain::run(args, &mut printer),
        Command::Completions(args) => completions::run(args, &mut printer),
    }));
    match ending {
        Ok(ending) => ending.into(),
        Err(_) => {
            // The panic itself is on standard error already.
            printer.note("プログラムの不具合で止まりました。書きかけのファイルは残していません。上の英文を添えて開発元に知らせてください。");
            ExitCode::from(3)
        }
    }
}

/// The report folder that a command works on; without an argument, the current one.
#[derive(Debug, clap::Args)]
struct ReportArg {
    /// 報告書フォルダー（省略すると今のフォルダー）
    #[arg(value_name = "報告書")]
    report: Option<PathBuf>,
}

impl ReportArg {
    fn path(&self) -> &Path {
        self.report.as_deref().unwrap_or(Path::new("."))
    }

    /// Opens the folder, or says why it cannot be.
    fn open(&self, printer: &mut Printer) -> Result<Folder, Ending> {
        let path = self.path();
        if path.is_dir() {
            return Ok(Folder::Disk(path.to_owned()));
        }
        let reason = if path.exists() {
            "はフォルダーではありません"
        } else {
            "というフォルダーがありません"
        };
        printer.note(&format!(
            "「{}」{reason}。`soukatsu new フォルダー名` で見本を作れます。",
            path.display()
        ));
        Err(Ending::ReportAtFault)
    }

    /// Where the PDF goes when nothing else is asked for: into the current folder. `suffix`: what
    /// follows the name of the report.
    fn default_pdf(&self, suffix: &str) -> PathBuf {
        PathBuf::from(format!("{}{suffix}.pdf", self.name()))
    }

    /// The name of the folder, for the files made from it.
    fn name(&self) -> String {
        let real = self.path().canonicalize().unwrap_or_else(|_| self.path().to_owned());
        real.file_name().map_or_else(|| "report".into(), |name| name.to_string_lossy().into_owned())
    }
}

/// Fonts beside the ones inside the program.
#[derive(Debug, clap::Args)]
struct FontArg {
    /// 追加のフォントのファイルかフォルダー（何度でも指定できます）
    #[arg(long = "font-path", value_name = "場所")]
    font_path: Vec<PathBuf>,
}

impl FontArg {
    /// Reads the fonts and tells which could not be read.
    fn load(&self, printer: &mut Printer) -> Result<Fonts, Ending> {
        let (fonts, errors) = Fonts::with_paths(&self.font_path);
        for error in &errors {
            printer.note(&format!(
                "誤り[S702] フォント「{}」: {}",
                error.path.display(),
                error.reason
            ));
        }
        if errors.is_empty() { Ok(fonts) } else { Err(Ending::ReportAtFault) }
    }
}
