//! `soukatsu fonts`: the faces in their order, and the characters none of them has.

use super::ending::Ending;
use super::printer::Printer;
use super::report_arg::{FontArg, ReportArg};
use crate::app::Workshop;
use crate::world::uncovered;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    #[command(flatten)]
    fonts: FontArg,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let fonts = match args.fonts.load(printer) {
        Ok(fonts) => fonts,
        Err(ending) => return ending,
    };
    for face in fonts.faces() {
        let pitch = if face.monospaced { "等幅" } else { "変幅" };
        let line =
            format!("{}\t{}\t{}\t{pitch}\t{}", face.family, face.weight, face.style, face.origin);
        printer.result(&line);
    }
    let named = args.report.report.is_some();
    if !named && !args.report.path().join("report.toml").is_file() {
        return Ending::Done;
    }
    let folder = match args.report.open(printer) {
        Ok(folder) => folder,
        Err(ending) => return ending,
    };
    let outcome = Workshop::new(fonts.clone()).check(&folder);
    let Some(report) = &outcome.report else {
        printer.problems(&outcome.problems, &super::messages::prefix(args.report.path()));
        return Ending::ReportAtFault;
    };
    let missing = uncovered(&report.texts, &fonts);
    for item in &missing {
        let places: Vec<String> = item.places.iter().map(ToString::to_string).collect();
        printer.result(&format!(
            "表せない文字\t{}\t{}\t{}",
            item.text(),
            item.codes(),
            places.join("、")
        ));
    }
    if missing.is_empty() {
        printer.note("この報告書の文字はすべて表せます。");
        return Ending::Done;
    }
    Ending::ReportAtFault
}
