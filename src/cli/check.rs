//! `soukatsu check`: the problems of a report, without a PDF.

use std::collections::BTreeMap;

use super::ending::Ending;
use super::format::{Format, FormatArg};
use super::messages::prefix;
use super::printer::Printer;
use super::report_arg::{FontArg, ReportArg};
use super::time_limit::{TimeLimitArg, Work};
use crate::app::{Step, Workshop};
use crate::trace::Traced;
use soukatsu_core::model::report::Report;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    #[command(flatten)]
    format: FormatArg,
    /// 紙面の全ての数について、どこから来たかを示す（ページを組むので時間がかかる）
    #[arg(long)]
    trace: bool,
    #[command(flatten)]
    fonts: FontArg,
    #[command(flatten)]
    time: TimeLimitArg,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let (folder, fonts) = match (args.report.open(printer), args.fonts.load(printer)) {
        (Ok(folder), Ok(fonts)) => (folder, fonts),
        (Err(ending), _) | (_, Err(ending)) => return ending,
    };
    printer.step(if args.trace { Step::Trace } else { Step::Check });
    let limit = args.time.begin(Work::Check, &[args.report.path()], printer);
    let workshop = Workshop::new(fonts);
    let (outcome, numerals) = match args.trace {
        true => workshop.trace(&folder),
        false => (workshop.check(&folder), Vec::new()),
    };
    drop(limit);
    printer.finish();
    match (args.format.format, args.trace) {
        (Format::Json, true) => {
            let whole = serde_json::json!({"problems": outcome.problems, "numerals": numerals});
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
        (Format::Json, false) => {
            let json = serde_json::to_string_pretty(&outcome.problems).unwrap_or_default();
            printer.result(&json);
        }
        (Format::Text, trace) => {
            if trace && outcome.draft.is_some() {
                printer.result(&table(&numerals));
            }
            printer.problems_as_result(&outcome.problems, &prefix(args.report.path()));
            if let (Some(report), true) = (&outcome.report, outcome.problems.is_empty()) {
                printer.result(&describe(report));
            }
        }
    }
    if outcome.has_errors() { Ending::ReportAtFault } else { Ending::Done }
}

/// One line a numeral: page, numeral, origin, what stands behind it, sentence; then the counts.
fn table(numerals: &[Traced]) -> String {
    let mut text = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for found in numerals {
        let (label, detail) = (found.origin.label(), found.origin.detail());
        *counts.entry(label).or_default() += 1;
        let Traced { page, numeral, sentence, .. } = found;
        text += &format!("{page}\t{numeral}\t{label}\t{detail}\t{sentence}\n");
    }
    let counts: Vec<String> =
        counts.iter().map(|(label, count)| format!("{label} {count}")).collect();
    text + &format!("\n紙面の数 {}（{}）", numerals.len(), counts.join("、"))
}

fn describe(report: &Report) -> String {
    let tables = match report.tables.len() {
        0 => String::new(),
        count => format!("、表 {count}"),
    };
    format!(
        "問題はありません（{}／ページ {}、指標 {}、取組 {}、図 {}{tables}）。",
        report.full_title(),
        report.pages.len(),
        report.indicators.rows.len(),
        report.initiatives.len(),
        report.figures.len(),
    )
}
