//! `archive restore` and `archive export`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::edition_number::place;
use super::{StoreArg, edition};
use crate::app::diff::Side;
use crate::app::files;
use crate::app::{BuildOptions, Workshop};
use crate::archive::{record, report_files, write_folder, zipped};
use crate::cli::Ending;
use crate::cli::build::cannot_write;
use crate::cli::printer::Printer;
use crate::record::BuildRecord;
use crate::world::{Fonts, Profile};
use soukatsu_core::load::Folder;

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
    #[arg(value_name = "版", value_parser = place)]
    edition: Option<u32>,
    #[command(flatten)]
    store: StoreArg,
    /// 書き出すzip（省略すると、今のフォルダーに「版の順番.zip」）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
}

/// The files of a report folder, and the record of the PDF that was made of them.
type Sources = (BTreeMap<String, Vec<u8>>, Option<BuildRecord>);

pub fn restore(args: &RestoreArgs, printer: &mut Printer) -> Result<(), Ending> {
    let refuse = |reason: String, printer: &mut Printer| {
        printer.note(&reason);
        Ending::ReportAtFault
    };
    let (files, record, pdf) = match (&args.store, place(&args.from)) {
        (Some(path), Ok(number)) => {
            let (files, record) = kept(path, number, printer)?;
            (files, record, None)
        }
        (Some(_), Err(reason)) => {
            printer.note(&format!("{reason}。PDFから戻すときは、`--store` を書きません。"));
            return Err(Ending::WrongUsage);
        }
        (None, _) => {
            let (files, record) = attached(Path::new(&args.from))
                .map_err(|reason| refuse(format!("「{}」{reason}。", args.from), printer))?;
            let pdf = files::read(Path::new(&args.from)).ok();
            (files, Some(record), pdf)
        }
    };
    if files::kept_around(&args.output).is_some() {
        let target = args.output.display();
        return Err(refuse(format!("「{target}」に戻せません（{}）。", files::KEPT), printer));
    }
    write_folder(&args.output, &files).map_err(|reason| {
        refuse(format!("「{}」に戻せません（{reason}）。", args.output.display()), printer)
    })?;
    printer.result(&args.output.display().to_string());
    if let Some(record) = record {
        // Of a PDF alone nothing but its bytes says that it is what its sources make.
        let same = pdf.as_ref().is_none_or(|pdf| is_made_of(pdf, &files, &record));
        printer.note(&match same {
            true => format!("次の命令で、同じPDFになります。\n  {}", command(&record, &args.output)),
            false => "注意: このPDFは、添付の元のファイルからこの soukatsu で組んだものと違います。後から変えられたか、別の版の soukatsu で作られています。".to_owned(),
        });
    }
    Ok(())
}

/// The report folder of an edition, proven to be what was kept, and how its PDF was made.
fn kept(path: &Path, number: u32, printer: &mut Printer) -> Result<Sources, Ending> {
    let store = StoreArg { store: path.to_owned() }.open(printer)?;
    let edition = edition(&store, Some(number), path, printer)?;
    let (files, others) = report_files(&store, &edition).map_err(|problems| {
        printer.problems(&problems, &root_of(path));
        printer.note(&format!("版{number}は保管したときのままではないので、戻していません。"));
        Ending::ReportAtFault
    })?;
    if !others.is_empty() {
        printer.problems(&others, &root_of(path));
        printer.note(&format!(
            "版{number}には上の誤りがありますが、報告書のファイルは保管したときのままなので、戻します。"
        ));
    }
    Ok((files, record(&edition).ok().filter(|_| others.is_empty())))
}

/// What stands before the places of a store's problems.
fn root_of(store: &Path) -> String {
    format!("{}/", store.display().to_string().trim_end_matches('/'))
}

/// The sources inside an official PDF, proven to be what its record lists; or the end of the
/// sentence that says why they cannot be had.
fn attached(path: &Path) -> Result<(BTreeMap<String, Vec<u8>>, BuildRecord), String> {
    match Side::open(path).map_err(|fault| fault.to_string())? {
        Side::Official { sources: Folder::Memory(files), record, .. } => Ok((files, *record)),
        Side::Damaged { faults, .. } => {
            Err(format!("の添付ファイルが壊れています（{}）", faults.join("、")))
        }
        Side::Bare { .. } => Err("には元のファイルが添付されていません。`soukatsu build --official` で作ったPDFを指定してください".into()),
        _ => Err("は正式版のPDFではなく、報告書フォルダーです".into()),
    }
}

/// Whether this program makes this very PDF of its sources.
fn is_made_of(pdf: &[u8], files: &BTreeMap<String, Vec<u8>>, record: &BuildRecord) -> bool {
    let (again, output) = BuildOptions::again(record);
    let build = Workshop::new(Fonts::embedded()).build(&Folder::Memory(files.clone()), &again);
    if build.document().is_none() {
        return false;
    };
    build.export(&output).is_ok_and(|made| made.as_deref() == Some(pdf))
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

pub fn export(args: &ExportArgs, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let edition = edition(&store, args.edition, &args.store.store, printer)?;
    let zip = zipped(&store, &edition, &edition.name()).map_err(|problems| {
        printer.problems(&problems, &root_of(&args.store.store));
        printer.note(&format!(
            "版{}は保管したときのままではないので、zipにしていません。",
            edition.number
        ));
        Ending::ReportAtFault
    })?;
    let target = args.output.clone().unwrap_or_else(|| format!("{}.zip", edition.name()).into());
    let new = [files::New { path: target.clone(), bytes: &zip, is_secret: false }];
    if files::kept_around(&target).is_some() {
        return Err(cannot_write(&target, files::KEPT, printer));
    }
    files::write_new(&new).map_err(|(path, reason)| cannot_write(path, &reason, printer))?;
    printer.result(&target.display().to_string());
    Ok(())
}
