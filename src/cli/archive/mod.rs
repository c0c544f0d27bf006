//! `soukatsu archive`: official versions in a store.

mod add;
mod export;
mod keygen;
mod list;
mod restore;
mod show;
mod sign;
mod verify;
mod words;

use clap::Subcommand;

use super::ending::Ending;
use super::printer::Printer;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 正式版を作り、新しい版として保管庫に加える
    Add(add::Args),
    /// 保管庫の版を一覧にする
    List(list::Args),
    /// 1つの版の内容を示す。PDFを渡すと、どの版のものかを示す
    Show(show::Args),
    /// 保管庫を確かめる（ファイル、版のつながり、組み直し）
    Verify(verify::Args),
    /// 版か正式版のPDFを、報告書フォルダーに戻す
    Restore(restore::Args),
    /// 1つの版をzipにする
    Export(export::Args),
    /// 正式版に署名する鍵を作る
    Keygen(keygen::Args),
    /// 版に署名を加える
    Sign(sign::Args),
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let done = match &args.command {
        Command::Add(args) => add::run(args, printer),
        Command::List(args) => list::run(args, printer),
        Command::Show(args) => show::run(args, printer),
        Command::Verify(args) => verify::run(args, printer),
        Command::Restore(args) => restore::run(args, printer),
        Command::Export(args) => export::run(args, printer),
        Command::Sign(args) => sign::run(args, printer),
        Command::Keygen(args) => keygen::run(args, printer),
    };
    match done {
        Ok(()) => Ending::Done,
        Err(ending) => ending,
    }
}
