//! `soukatsu completions`: completion scripts for shells.

use clap::Command;
use clap_complete::Shell;

use super::ending::Ending;
use super::printer::Printer;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// シェルの種類（bash・zsh・fish・powershell・elvish）
    #[arg(value_name = "シェル", hide_possible_values = true)]
    shell: Shell,
}

/// `program`: the commands of the whole program.
pub fn run(args: &Args, mut program: Command, printer: &mut Printer) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "soukatsu", &mut script);
    printer.result_bytes(&script);
    Ending::Done
}
