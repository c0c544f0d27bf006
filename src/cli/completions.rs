//! `soukatsu completions`: completion scripts for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Ending;
use super::printer::Printer;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// シェルの種類（bash・zsh・fish・powershell・elvish）
    #[arg(value_name = "シェル", hide_possible_values = true)]
    shell: Shell,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "soukatsu", &mut script);
    printer.result_bytes(&script);
    Ending::Done
}
