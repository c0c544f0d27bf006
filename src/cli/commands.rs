//! The commands, and the way from the arguments of the process to its exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use super::memory_limit::MemoryLimitArg;
use super::printer::Printer;
use super::{
    archive, build, check, completions, diff, explain, fonts, new, panics, render, usage, watch,
};
use soukatsu_core::problem::contained;

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
    #[command(flatten)]
    memory: MemoryLimitArg,
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

/// Runs the program.
pub fn run() -> ExitCode {
    panics::silence();
    contained(command).unwrap_or_else(|_| {
        _ = writeln!(
            std::io::stderr(),
            "プログラムの不具合で止まりました。書きかけのファイルは残していません。次の行を添えて開発元に知らせてください。\n  soukatsu {}: {}",
            env!("CARGO_PKG_VERSION"),
            panics::latest()
        );
        ExitCode::from(3)
    })
}

/// Runs the command that the arguments name.
fn command() -> ExitCode {
    let matches = usage::arguments(usage::japanese(Args::command()));
    // The matches come from the very command, so they always fit.
    let args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let mut printer = Printer::new(args.color);
    args.memory.begin(&printer);
    let ending = match &args.command {
        Command::New(args) => new::run(args, &mut printer),
        Command::Build(args) => build::run(args, &mut printer),
        Command::Watch(args) => watch::run(args, &mut printer),
        Command::Check(args) => check::run(args, &mut printer),
        Command::Diff(args) => diff::run(args, &mut printer),
        Command::Archive(args) => archive::run(args, &mut printer),
        Command::Render(args) => render::run(args, &mut printer),
        Command::Fonts(args) => fonts::run(args, &mut printer),
        Command::Explain(args) => explain::run(args, &mut printer),
        Command::Completions(args) => completions::run(args, Args::command(), &mut printer),
    };
    ending.into()
}
