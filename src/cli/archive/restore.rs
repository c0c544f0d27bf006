//! `archive restore` and `archive export`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{StoreArg, edition};
use crate::archive::{record, report_files, write_folder, zipped};
use crate::cli::build::cannot_write;
use crate::cli::diff::{Side, side};
use crate::cli::printer::Printer;
use crate::cli::{Ending, output};
use crate::load::Folder;
use crate::record::BuildRecord;

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
            let (files, record) = attached(Path::new(&args.from))
                .map_err(|reason| refuse(format!("「{}」{reason}。", args.from), printer))?;
            (files, Some(record))
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

/// The sources inside an official PDF, proven to be what its record lists; or the end of the
/// sentence that says why they cannot be had.
fn attached(path: &Path) -> Result<(BTreeMap<String, Vec<u8>>, BuildRecord), String> {
    match side(path)? {
        Side::Official { sources: Folder::Memory(files), record, .. } => Ok((files, *record)),
        Side::Damaged { faults, .. } => {
            Err(format!("の添付ファイルが壊れています（{}）", faults.join("、")))
        }
        Side::Bare { .. } => Err("には元のファイルが添付されていません。`soukatsu build --official` で作ったPDFを指定してください".into()),
        _ => Err("は正式版のPDFではなく、報告書フォルダーです".into()),
    }
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
