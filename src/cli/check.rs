//! `soukatsu check`: the problems of a report, without a PDF.

use clap::ValueEnum;

use super::build::prefix;
use super::printer::Printer;
use super::{Ending, FontArg, ReportArg};
use crate::model::report::Report;
use crate::pipeline::Session;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    /// 結果の形（text・json。省略すると text）
    #[arg(
        long,
        value_name = "形",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    format: Format,
    #[command(flatten)]
    fonts: FontArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// 人が読む文
    Text,
    /// ほかのソフトが読むJSON
    Json,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let (folder, fonts) = match (args.report.open(printer), args.fonts.load(printer)) {
        (Ok(folder), Ok(fonts)) => (folder, fonts),
        (Err(ending), _) | (_, Err(ending)) => return ending,
    };
    printer.step("点検しています");
    let outcome = Session::new(fonts).check(&folder);
    printer.finish();
    match args.format {
        Format::Json => {
            let json = serde_json::to_string_pretty(&outcome.problems).unwrap_or_default();
            printer.result(&json);
        }
        Format::Text => {
            printer.problems_as_result(&outcome.problems, &prefix(args.report.path()));
            if let (Some(report), true) = (&outcome.report, outcome.problems.is_empty()) {
                printer.result(&describe(report));
            }
        }
    }
    if outcome.has_errors() { Ending::ReportAtFault } else { Ending::Done }
}

fn describe(report: &Report) -> String {
    format!(
        "問題はありません（{}／ページ {}、指標 {}、取組 {}、図 {}）。",
        report.full_title(),
        report.pages.len(),
        report.indicators.rows.len(),
        report.initiatives.len(),
        report.figures.len(),
    )
}
