//! `archive export`.

use std::path::PathBuf;

use super::words::{StoreArg, refuse, root_of, tell_no_edition};
use crate::app::editions::edition_number::place;
use crate::app::editions::{NotExported, export};
use crate::cli::ending::Ending;
use crate::cli::messages::cannot_write;
use crate::cli::printer::Printer;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 版の順番（1、2、…。省略すると最後の版）
    #[arg(value_name = "版", value_parser = place)]
    edition: Option<u32>,
    #[command(flatten)]
    store: StoreArg,
    /// 書き出すzip（省略すると、今のフォルダーに「版の順番.zip」）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.store.as_path();
    let written = export(store, &args.edition.into(), args.output.as_deref());
    let target = written.map_err(|fault| match fault {
        NotExported::Edition(none) => tell_no_edition(&none, printer),
        NotExported::Damaged { number, problems } => {
            printer.problems(&problems, &root_of(store));
            let words = format!("版{number}は保管したときのままではないので、zipにしていません。");
            refuse(&words, printer)
        }
        NotExported::Unwritable(path, reason) => cannot_write(&path, &reason, printer),
    })?;
    printer.result(&target.display().to_string());
    Ok(())
}
