//! `soukatsu archive keygen`: a pair of keys to sign official versions with.

use std::path::PathBuf;

use crate::app::editions::{KeygenRequest, keygen};
use crate::cli::ending::Ending;
use crate::cli::printer::Printer;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 署名する人の名前（署名を確かめた人に表示されます）
    #[arg(value_name = "名前")]
    name: String,
    /// 秘密鍵のファイル（省略すると 名前.key。公開鍵はこれに .pub を付けたファイル）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let request = KeygenRequest { name: &args.name, output: args.output.as_deref() };
    let keys = keygen(request).map_err(|fault| {
        printer.note(&format!("{fault}。鍵は作っていません。"));
        if fault.is_usage() { Ending::WrongUsage } else { Ending::ReportAtFault }
    })?;
    printer.note(&format!("公開鍵（{}）:", keys.public_path.display()));
    printer.result(&keys.public_line);
    printer.note("保管庫の signers に加える行:");
    printer.result(&keys.signers_line);
    printer.note(&format!(
        "指紋は {} です。署名する人の一覧に加える人と、電話などで確かめ合ってください。",
        keys.fingerprint
    ));
    printer.note(&format!(
        "「{0}」が秘密鍵です。持っている人はだれでもあなたの名前で署名できます。人に渡さず、保管庫や報告書のフォルダーに入れず、控えを1つ安全な場所に置いてください。パスフレーズは `ssh-keygen -p -f \"{0}\"` で付けられます。",
        keys.private_path.display()
    ));
    Ok(())
}
