//! `archive restore` and `archive export`.

use std::path::{Path, PathBuf};

use super::{StoreArg, edition};
use crate::archive::{record, report_files, write_folder, zipped};
use crate::cli::build::cannot_write;
use crate::cli::printer::Printer;
use crate::cli::{Ending, output};
use crate::export::attached_files;
use crate::record::{BuildRecord, RECORD_FILE};

#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// 版の順番（1、2、…）か、正式版のPDF
    #[arg(value_name = "版かPDF")]
    from: String,
    /// 保管庫のフォルダー（版の順番を指定するとき）
    #[arg(long, value_name = "フォルダー")]
    store: Option<PathBuf>,
    /// 戻す先の、新しいフォルダーの名前
    #[arg(short, long, value_name = "フォルダー")]
    output: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// 版の順番（1、2、…。省略すると最後の版）
    #[arg(value_name = "版")]
    edition: Option<u32>,
    #[command(flatten)]
    store: StoreArg,
    /// 書き出すzip（省略すると、今のフォルダーに「版の順番.zip」）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
}

pub fn restore(args: &RestoreArgs, printer: &mut Printer) -> Result<(), Ending> {
    let refuse = |reason: String, printer: &mut Printer| {
        printer.note(&reason);
        Ending::ReportAtFault
    };
    let (files, record) = match (&args.store, args.from.parse::<u32>()) {
        (Some(path), Ok(number)) => {
            let store = StoreArg { store: path.clone() };
            let store = store.open(printer)?;
            let edition = edition(&store, Some(number), path, printer)?;
            let files = report_files(&edition).map_err(|reason| {
                refuse(format!("版{number}を戻せません（{reason}）。"), printer)
            })?;
            (files, record(&edition.dir).ok())
        }
        (Some(_), Err(_)) => {
            printer.note("`--store` を指定したときは、版の順番（1、2、…）を書いてください。");
            return Err(Ending::WrongUsage);
        }
        (None, _) => {
            let path = Path::new(&args.from);
            let bytes = output::read(path).map_err(|reason| {
                refuse(format!("「{}」を読めません（{reason}）。", args.from), printer)
            })?;
            let mut files = attached_files(&bytes).map_err(|_| {
                refuse(
                    format!(
                        "「{}」は、元のファイルが添付された正式版のPDFではないか、壊れています。",
                        args.from
                    ),
                    printer,
                )
            })?;
            let record = files.remove(RECORD_FILE);
            (files, record.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
        }
    };
    write_folder(&args.output, &files).map_err(|reason| {
        refuse(format!("「{}」に戻せません（{reason}）。", args.output.display()), printer)
    })?;
    printer.result(&args.output.display().to_string());
    if let Some(record) = record {
        printer.note(&format!(
            "次の命令で、同じPDFになります。\n  {}",
            command(&record, &args.output)
        ));
    }
    Ok(())
}

/// The command that makes the same PDF again.
fn command(record: &BuildRecord, folder: &Path) -> String {
    let options = &record.options;
    let mut command = format!("soukatsu build {} --official", folder.display());
    if options.profile != "screen" {
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

pub fn export(args: &ExportArgs, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let edition = edition(&store, args.edition, &args.store.store, printer)?;
    let zip = zipped(&edition, &edition.name()).map_err(|reason| {
        printer.note(&format!("版{}を読めません（{reason}）。", edition.number));
        Ending::ReportAtFault
    })?;
    let target = args.output.clone().unwrap_or_else(|| format!("{}.zip", edition.name()).into());
    output::write(&target, &zip).map_err(|reason| cannot_write(&target, &reason, printer))?;
    printer.result(&target.display().to_string());
    Ok(())
}
