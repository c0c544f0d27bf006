//! `soukatsu archive keygen`: a pair of keys to sign official versions with.

use std::path::{Path, PathBuf};

use super::super::Ending;
use super::super::printer::Printer;
use crate::app::files;
use crate::archive::{PrivateKey, is_bag, signers_line};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 署名する人の名前（署名を確かめた人に表示されます）
    #[arg(value_name = "名前")]
    name: String,
    /// 秘密鍵のファイル（省略すると 名前.key。公開鍵はこれに .pub を付けたファイル）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    match make(args, printer) {
        Ok(()) => Ending::Done,
        Err((ending, reason)) => {
            printer.note(&format!("{reason}。鍵は作っていません。"));
            ending
        }
    }
}

fn make(args: &Args, printer: &mut Printer) -> Result<(), (Ending, String)> {
    let path = file(args).map_err(|reason| (Ending::WrongUsage, reason))?;
    let fault = |reason: String| (Ending::ReportAtFault, reason);
    if let Some(home) = files::kept_around(&path).or_else(|| published_around(&path)) {
        return Err(fault(format!(
            "「{}」は報告書か正式版の保管庫のフォルダーです。秘密鍵が人の手に渡るおそれがあります。`-o` で、自分だけが使う場所を指定してください",
            home.display()
        )));
    }
    let key = PrivateKey::generate().map_err(|error| fault(error.message()))?;
    let signer = signers_line(&args.name, key.public())
        .map_err(|error| (Ending::WrongUsage, error.message().to_owned()))?;
    let private = key.file(&args.name).map_err(|error| fault(error.message()))?;
    let public = format!("{} {}\n", key.public().line(), args.name);
    let public_path = with_suffix(&path, ".pub");
    let files = [
        files::New { path: public_path.clone(), bytes: public.as_bytes(), is_secret: false },
        files::New { path: path.clone(), bytes: private.as_bytes(), is_secret: true },
    ];
    files::write_new(&files).map_err(|(path, reason)| {
        fault(format!("誤り[S802] 「{}」に書き込めません（{reason}）", path.display()))
    })?;
    printer.note(&format!("公開鍵（{}）:", public_path.display()));
    printer.result(public.trim_end());
    printer.note("保管庫の signers に加える行:");
    printer.result(&signer);
    printer.note(&format!(
        "指紋は {} です。署名する人の一覧に加える人と、電話などで確かめ合ってください。",
        key.public().fingerprint()
    ));
    printer.note(&format!(
        "「{0}」が秘密鍵です。持っている人はだれでもあなたの名前で署名できます。人に渡さず、保管庫や報告書のフォルダーに入れず、控えを1つ安全な場所に置いてください。パスフレーズは `ssh-keygen -p -f \"{0}\"` で付けられます。",
        path.display()
    ));
    Ok(())
}

/// Where the private key goes.
fn file(args: &Args) -> Result<PathBuf, String> {
    if let Some(path) = &args.output {
        return match path.file_name() {
            Some(_) => Ok(path.clone()),
            None => Err(format!("「{}」はファイルの名前ではありません", path.display())),
        };
    }
    // Characters that some system allows in no file name.
    let is_odd = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    if args.name.contains(is_odd) || args.name.starts_with(['.', '-']) {
        return Err(format!(
            "「{}」はファイルの名前に使えません。`-o` でファイルを指定してください",
            args.name
        ));
    }
    Ok(PathBuf::from(format!("{}.key", args.name)))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The report folder or bag that a file would stand in: both are passed on, with all that is in
/// them.
fn published_around(path: &Path) -> Option<PathBuf> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new(".")).canonicalize().ok()?;
    let is_published = |folder: &&Path| folder.join("report.toml").is_file() || is_bag(folder);
    folder.ancestors().find(is_published).map(Path::to_owned)
}
