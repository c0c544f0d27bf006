//! `soukatsu new`: a report folder to start from.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use super::Ending;
use super::printer::Printer;
use crate::app::files;

static REPORTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

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
    let Some(report) = REPORTS.get_dir(&args.from) else {
        let known: Vec<String> =
            REPORTS.dirs().map(|dir| dir.path().display().to_string()).collect();
        printer.note(&format!(
            "見本「{}」はありません。使えるのは {} です。",
            args.from,
            known.join("・")
        ));
        return Ending::WrongUsage;
    };
    if files::is_occupied(&args.dir) {
        printer.note(&format!(
            "「{}」はすでにあり、空ではありません。何も書き込んでいません。別の名前を指定してください。",
            args.dir.display()
        ));
        return Ending::ReportAtFault;
    }
    let mut files = Vec::new();
    collect(report, report.path(), &mut files);
    if let Err(reason) = files::write_tree(&args.dir, files.into_iter()) {
        printer
            .note(&format!("誤り[S802] 「{}」に書き込めません（{reason}）。", args.dir.display()));
        return Ending::ReportAtFault;
    }
    printer.result(&args.dir.display().to_string());
    printer.note(&format!("`soukatsu build {}` でPDFになります。", args.dir.display()));
    Ending::Done
}

fn collect(
    dir: &'static Dir<'static>,
    root: &Path,
    files: &mut Vec<(&'static Path, &'static [u8])>,
) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(child) => collect(child, root, files),
            DirEntry::File(file) => {
                if let Ok(path) = file.path().strip_prefix(root) {
                    files.push((path, file.contents()));
                }
            }
        }
    }
}
