//! `archive sign`, and the key of `archive add --sign`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::words::{StoreArg, refuse, tell, tell_no_edition};
use crate::app::editions::edition_number::place;
use crate::app::editions::{NotSigned, Signing, read_key};
use crate::archive::PrivateKey;
use crate::cli::ending::Ending;
use crate::cli::printer::Printer;
use soukatsu_core::problem::Place;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 版の順番（1、2、…。省略すると最後の版）
    #[arg(value_name = "版", value_parser = place)]
    edition: Option<u32>,
    #[command(flatten)]
    store: StoreArg,
    /// 秘密鍵のファイル（`archive keygen` で作ったものか、SSHのEd25519の鍵）
    #[arg(long, value_name = "ファイル")]
    key: PathBuf,
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.store.as_path();
    let signing = Signing::begin(store, &args.edition.into());
    let signing = signing.map_err(|fault| not_signed(&fault, store, printer))?;
    let key = key(&args.key, printer)?;
    let signed = signing.sign(&key).map_err(|fault| not_signed(&fault, store, printer))?;
    printer.result(&signed.path.display().to_string());
    printer.note(&format!("版{}に {} の鍵で署名しました。", signed.number, signed.fingerprint));
    Ok(())
}

fn not_signed(fault: &NotSigned, store: &Path, printer: &mut Printer) -> Ending {
    match fault {
        NotSigned::Store(error) => return tell(error, printer),
        NotSigned::Edition(none) => return tell_no_edition(none, printer),
        NotSigned::Damaged(doubts) => printer.problems(doubts, &format!("{}/", store.display())),
        NotSigned::Fault { .. } => {}
    }
    refuse(&fault.to_string(), printer)
}

/// Reads a private key; the passphrase of a locked one is asked for on a terminal.
pub fn key(path: &Path, printer: &mut Printer) -> Result<PrivateKey, Ending> {
    let ask = || {
        std::io::stdin().is_terminal().then(|| {
            printer.finish();
            let prompt = format!("「{}」のパスフレーズ: ", path.display());
            rpassword::prompt_password(prompt).unwrap_or_default()
        })
    };
    let read = read_key(path, ask).map_err(|reason| {
        refuse(&format!("鍵「{}」を読めません（{reason}）。", path.display()), printer)
    })?;
    read.map_err(|fault| {
        printer.problems(&[fault.problem(Place::file(path.display().to_string()))], "");
        Ending::ReportAtFault
    })
}
