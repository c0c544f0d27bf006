//! `soukatsu archive`: official versions in a store.

mod add;
mod edition_facts;
mod edition_number;
mod findings;
mod identify;
mod keygen;
mod list;
mod path_overlap;
mod report_files;
mod restore;
mod show;
mod sign;
mod validated_input;
mod verify;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::Ending;
use super::printer::Printer;
use crate::archive::{Edition, Store, StoreFault};
use soukatsu_core::problem::printable;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 正式版を作り、新しい版として保管庫に加える
    Add(add::Args),
    /// 保管庫の版を一覧にする
    List(list::ListArgs),
    /// 1つの版の内容を示す。PDFを渡すと、どの版のものかを示す
    Show(show::Args),
    /// 保管庫を確かめる（ファイル、版のつながり、組み直し）
    Verify(verify::Args),
    /// 版か正式版のPDFを、報告書フォルダーに戻す
    Restore(restore::RestoreArgs),
    /// 1つの版をzipにする
    Export(restore::ExportArgs),
    /// 正式版に署名する鍵を作る
    Keygen(keygen::Args),
    /// 版に署名を加える
    Sign(sign::Args),
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let done = match &args.command {
        Command::Add(args) => add::run(args, printer),
        Command::List(args) => list::list(args, printer),
        Command::Show(args) => show::run(args, printer),
        Command::Verify(args) => verify::run(args, printer),
        Command::Restore(args) => restore::restore(args, printer),
        Command::Export(args) => restore::export(args, printer),
        Command::Sign(args) => sign::run(args, printer),
        Command::Keygen(args) => return keygen::run(args, printer),
    };
    match done {
        Ok(()) => Ending::Done,
        Err(ending) => ending,
    }
}

/// The store that a command works on.
#[derive(Debug, clap::Args)]
struct StoreArg {
    /// 保管庫のフォルダー
    #[arg(long, value_name = "フォルダー")]
    store: PathBuf,
}

impl StoreArg {
    fn open(&self, printer: &mut Printer) -> Result<Store, Ending> {
        Store::open(&self.store).map_err(|fault| tell(&self.store, &fault, printer))
    }
}

/// Says what stands in the way of a store.
fn tell(path: &Path, fault: &StoreFault, printer: &mut Printer) -> Ending {
    let path = path.display();
    if let StoreFault::Broken(problem) = fault {
        printer.problems(&[(**problem).clone()], &format!("{path}/"));
    }
    printer.note(&printable(&match fault {
        StoreFault::Broken(_) => format!(
            "保管庫「{path}」が保管したときのままではないので、何も加えていません。`soukatsu archive verify --store {path}` で確かめてください。"
        ),
        StoreFault::Missing => format!("保管庫「{path}」がありません。`soukatsu archive add` が作ります。"),
        StoreFault::NoStore => {
            format!("「{path}」は保管庫ではありません。新しいフォルダーの名前か、空のフォルダーを指定してください。")
        }
        StoreFault::Damaged(reason) => format!(
            "保管庫「{path}」が保管したときのままではありません（{reason}）。`soukatsu archive verify --store {path}` で確かめてください。"
        ),
        StoreFault::Refused(reason) => format!("保管庫「{path}」を使えません（{reason}）。"),
        StoreFault::Unwitnessed(number, reason) => format!(
            "版{number}は保管しましたが、保管庫「{path}」の版の一覧（chain.txt）に書けませんでした（{reason}）。次に版を加えるときに書きます。"
        ),
        StoreFault::Unsettled(number, reason) => format!(
            "版{number}は保管しましたが、ディスクに書き終えたことを確かめられませんでした（{reason}）。`soukatsu archive verify --store {path}` で確かめてください。"
        ),
    }));
    Ending::ReportAtFault
}

/// The edition of a number, or the last one.
fn edition(
    store: &Store,
    number: Option<u32>,
    path: &Path,
    printer: &mut Printer,
) -> Result<Edition, Ending> {
    let (editions, _) = store.editions().map_err(|fault| tell(path, &fault, printer))?;
    let found = match number {
        Some(number) => editions.iter().find(|edition| edition.number == number),
        None => editions.last(),
    };
    found.cloned().ok_or_else(|| {
        let known = match (editions.first(), editions.last()) {
            (Some(first), Some(last)) => {
                format!("あるのは{}から{}までです", first.number, last.number)
            }
            _ => "まだ1つもありません".to_owned(),
        };
        let wanted = number.map_or_else(|| "版".to_owned(), |number| format!("版{number}"));
        printer.note(&format!("保管庫「{}」に{wanted}はありません。{known}。", path.display()));
        Ending::ReportAtFault
    })
}
