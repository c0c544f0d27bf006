//! `soukatsu archive`: the store of official versions.

mod keygen;

use clap::Subcommand;

use super::Ending;
use super::printer::Printer;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 正式版に署名する鍵を作る
    Keygen(keygen::Args),
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    match &args.command {
        Command::Keygen(args) => keygen::run(args, printer),
    }
}
