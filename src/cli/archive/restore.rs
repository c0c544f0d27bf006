//! `archive restore`.

use std::path::{Path, PathBuf};

use super::words::{refuse, root_of, tell_no_edition};
use crate::app::editions::edition_number::place;
use crate::app::editions::{NotRestored, RestorableReport, Restored};
use crate::cli::ending::Ending;
use crate::cli::printer::Printer;
use crate::cli::time_limit::{TimeLimitArg, Work};
use crate::record::BuildRecord;
use crate::world::Profile;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 版の順番（1、2、…）か、正式版のPDF
    #[arg(value_name = "版かPDF")]
    from: String,
    /// 保管庫のフォルダー（版の順番を指定するとき）
    #[arg(long, value_name = "フォルダー")]
    store: Option<PathBuf>,
    /// 戻す先の、新しいフォルダーの名前
    #[arg(short, long, value_name = "フォルダー")]
    output: PathBuf,
    #[command(flatten)]
    time: TimeLimitArg,
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let paths: Vec<&Path> = args.store.iter().map(PathBuf::as_path).collect();
    let paths = if paths.is_empty() { vec![Path::new(&args.from)] } else { paths };
    let limit = args.time.begin(Work::Restore, &paths, printer);
    let report = match &args.store {
        Some(store) => of_edition(store, &args.from, printer)?,
        None => RestorableReport::of_pdf(Path::new(&args.from))
            .map_err(|fault| refuse(&fault.to_string(), printer))?,
    };
    report.write(&args.output).map_err(|fault| refuse(&fault.to_string(), printer))?;
    printer.result(&args.output.display().to_string());
    let restored = report.reproduced();
    drop(limit);
    match restored {
        Restored::Reproducible(record) => printer.note(&format!(
            "次の命令で、同じPDFになります。\n  {}",
            command(&record, &args.output)
        )),
        Restored::Different => printer.note("注意: このPDFは、添付の元のファイルからこの soukatsu で組んだものと違います。後から変えられたか、別の版の soukatsu で作られています。"),
        Restored::Unknown => {}
    }
    Ok(())
}

/// The report of an edition, by its number in a store.
fn of_edition(
    store: &Path,
    number: &str,
    printer: &mut Printer,
) -> Result<RestorableReport, Ending> {
    let number = place(number).map_err(|reason| {
        printer.note(&format!("{reason}。PDFから戻すときは、`--store` を書きません。"));
        Ending::WrongUsage
    })?;
    let report = RestorableReport::of_edition(store, number).map_err(|fault| match &fault {
        NotRestored::Edition(none) => tell_no_edition(none, printer),
        NotRestored::Damaged { problems, .. } => {
            printer.problems(problems, &root_of(store));
            refuse(&fault.to_string(), printer)
        }
        fault => refuse(&fault.to_string(), printer),
    })?;
    if !report.doubts.is_empty() {
        printer.problems(&report.doubts, &root_of(store));
        printer.note(&format!(
            "版{number}には上の誤りがありますが、報告書のファイルは保管したときのままなので、戻します。"
        ));
    }
    Ok(report)
}

/// The command that makes the same PDF again.
fn command(record: &BuildRecord, folder: &Path) -> String {
    let options = &record.options;
    let mut command = format!("soukatsu build {} --official", folder.display());
    // A record from elsewhere may hold any text; a command that is to be copied must not.
    let known = Profile::named(&options.profile).is_some();
    if known && options.profile != "screen" {
        command.push_str(&format!(" --profile {}", options.profile));
    }
    for (wanted, option) in [
        (options.accept_provisional, " --accept-provisional"),
        (options.edition_mark, " --edition-mark"),
        (options.marks, " --marks"),
    ] {
        if wanted {
            command.push_str(option);
        }
    }
    command
}
