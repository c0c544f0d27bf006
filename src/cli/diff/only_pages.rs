//! `diff` when an edition has no sources of use: the pages alone, by their pictures.

use serde_json::json;

use super::built::Built;
use super::pages::Paper;
use super::{Args, Format, expected, replacement};
use crate::app::Workshop;
use crate::cli::Ending;
use crate::cli::printer::Printer;
use crate::cli::time_limit::TimeLimit;

/// Compares the pages and tells of them; whether they are the same.
pub fn compare(
    args: &Args,
    built: &[Built; 2],
    notes: &[String],
    workshop: &Workshop,
    limit: TimeLimit,
    printer: &mut Printer,
) -> Result<bool, Ending> {
    printer.step("ページを絵にして、比べています");
    let paper = Paper::of(built, workshop, printer).ok_or(Ending::ReportAtFault)?;
    drop(limit);
    printer.finish();
    let [old, new] = built.each_ref().map(|built| built.name.as_str());
    match args.format {
        Format::Text => lines(&paper, [old, new]).iter().for_each(|line| printer.result(line)),
        Format::Json => {
            let whole = json!({
                "old": old, "new": new, "only-pages": true, "notes": notes,
                "changes": null, "pages": paper.json(),
            });
            printer.result(&serde_json::to_string_pretty(&whole).unwrap_or_default());
        }
        Format::Csv => printer.result_bytes(&paper.table()),
    }
    if !args.expect.is_empty() {
        printer.note("予定した訂正のとおりかは、両方の版に元のファイルがないと確かめられません。");
        return Err(expected::refuse(args, &[], false, printer));
    }
    if let Some(target) = &args.pages {
        let new = (&built[1], Some(&paper));
        replacement::write(target, args.stamp.as_deref(), new, workshop, printer)?;
    }
    if args.errata.is_some() {
        printer.note("正誤表は書き出していません。誤と正の文は元のファイルから取るので、両方の版に元のファイルが要ります。");
        return Err(Ending::ReportAtFault);
    }
    Ok(paper.is_same())
}

fn lines(paper: &Paper, names: [&str; 2]) -> Vec<String> {
    let mut lines = vec![format!("前 {}", names[0]), format!("後 {}", names[1])];
    let changed = paper.lines();
    lines.push(
        match (changed.is_empty(), paper.is_damaged()) {
            (true, false) => {
                "ページは同じです。絵に変わった所はありません（データと文章は比べていません）。"
            }
            (true, true) => {
                "読めた部分のページの絵は同じですが、壊れたPDFがあるので、同じ版とはいえません。"
            }
            (false, _) => "ページだけを絵で比べました（データと文章は比べていません）。",
        }
        .to_owned(),
    );
    if !changed.is_empty() {
        lines.extend([String::new(), "ページ".to_owned()]);
        lines.extend(changed);
    }
    lines
}
