//! `archive sign`, and the key of `archive add --sign`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::edition_number::place;
use super::{StoreArg, edition, tell};
use crate::app::files;
use crate::archive::edition_files::SIGNATURES;
use crate::archive::{KeyFault, PrivateKey, check_chain, sign, signature_file};
use crate::cli::Ending;
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
    let store = args.store.open(printer)?;
    // Not while another process writes, nor where the lock is none.
    let _lock = store.lock().map_err(|fault| tell(&args.store.store, &fault, printer))?;
    let edition = edition(&store, args.edition, &args.store.store, printer)?;
    let mut doubts = store.doubts(&edition);
    let chain = store.chain().map_err(|fault| tell(&args.store.store, &fault, printer))?;
    doubts.extend(check_chain(&chain, None).store);
    if !doubts.is_empty() {
        printer.problems(&doubts, &format!("{}/", args.store.store.display()));
        printer.note("版か保管庫が保管したときのままではないので、署名していません。");
        return Err(Ending::ReportAtFault);
    }
    let key = key(&args.key, printer)?;
    let failed = |reason: String, printer: &mut Printer| {
        printer.note(&format!("{reason}。署名していません。"));
        Ending::ReportAtFault
    };
    let list = edition.list().map_err(|reason| {
        failed(format!("版{}を読めません（{reason}）", edition.number), printer)
    })?;
    let signature = sign(&list, &key).map_err(|fault| failed(fault.message(), printer))?;
    let path = edition.dir.join(signature_file(key.public()));
    let folder = edition.dir.join(SIGNATURES);
    files::make_folder(&folder).map_err(|reason| {
        failed(format!("「{}」に書き込めません（{reason}）", folder.display()), printer)
    })?;
    let new = [files::New { path: path.clone(), bytes: signature.as_bytes(), is_secret: false }];
    files::write_new(&new).map_err(|(path, reason)| {
        failed(format!("「{}」に書き込めません（{reason}）", path.display()), printer)
    })?;
    printer.result(&path.display().to_string());
    printer.note(&format!(
        "版{}に {} の鍵で署名しました。",
        edition.number,
        key.public().fingerprint()
    ));
    Ok(())
}

/// Reads a private key; the passphrase of a locked one is asked for on a terminal.
pub fn key(path: &Path, printer: &mut Printer) -> Result<PrivateKey, Ending> {
    let bytes = files::read(path).map_err(|reason| {
        printer.note(&format!("鍵「{}」を読めません（{reason}）。", path.display()));
        Ending::ReportAtFault
    })?;
    let read = match PrivateKey::read(&bytes, None) {
        Err(KeyFault::Encrypted) if std::io::stdin().is_terminal() => {
            printer.finish();
            let asked =
                rpassword::prompt_password(format!("「{}」のパスフレーズ: ", path.display()));
            PrivateKey::read(&bytes, Some(&asked.unwrap_or_default()))
        }
        read => read,
    };
    read.map_err(|fault| {
        let place = Place::file(path.display().to_string());
        printer.problems(&[fault.problem(place)], "");
        Ending::ReportAtFault
    })
}
