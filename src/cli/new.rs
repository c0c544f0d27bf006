//! `soukatsu new`: a report folder to start from.

use std::path::PathBuf;

use super::ending::Ending;
use super::printer::Printer;
use crate::app::samples::{NewFault, new_report};

/// The report that `new` writes when none is named: the tutorial.
const TUTORIAL: &str = "mihon-r8";

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 作るフォルダー
    #[arg(value_name = "フォルダー")]
    dir: PathBuf,
    /// もとにする見本の名前（省略すると mihon-r8）
    #[arg(long, value_name = "見本", default_value = TUTORIAL, hide_default_value = true)]
    from: String,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let dir = args.dir.display();
    let (words, ending) = match new_report(&args.dir, &args.from) {
        Ok(()) => {
            printer.result(&dir.to_string());
            (format!("`soukatsu build {dir}` でPDFになります。"), Ending::Done)
        }
        Err(NewFault::NoSample(known)) => (
            format!("見本「{}」はありません。使えるのは {} です。", args.from, known.join("・")),
            Ending::WrongUsage,
        ),
        Err(NewFault::Occupied) => (
            format!(
                "「{dir}」はすでにあり、空ではありません。何も書き込んでいません。別の名前を指定してください。"
            ),
            Ending::ReportAtFault,
        ),
        Err(NewFault::CannotWrite(reason)) => {
            (format!("誤り[S802] 「{dir}」に書き込めません（{reason}）。"), Ending::ReportAtFault)
        }
    };
    printer.note(&words);
    ending
}
