//! `soukatsu explain`: what a problem's code means.

use super::ending::Ending;
use super::printer::Printer;
use crate::app::explanations::{explanation, explanations};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 問題の番号（例 S302）。省略すると一覧
    #[arg(value_name = "番号")]
    code: Option<String>,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let Some(code) = &args.code else {
        for known in explanations() {
            printer.result(&format!("{} {}", known.code, known.title));
        }
        return Ending::Done;
    };
    match explanation(code) {
        Some(known) => {
            printer.result(known.text);
            Ending::Done
        }
        None => {
            printer.note(&format!(
                "番号「{code}」はありません。`soukatsu explain` で一覧を見られます。"
            ));
            Ending::WrongUsage
        }
    }
}
