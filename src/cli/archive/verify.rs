//! `archive verify`.

use std::path::{Path, PathBuf};

use super::edition_number::{number, place};
use super::{StoreArg, findings, tell};
use crate::app::diff::kept_changes;
use crate::app::files;
use crate::app::{Step, Workshop};
use crate::archive::{Compare, Demand, Signers, Wanted, verify};
use crate::cli::Ending;
use crate::cli::format::{Format, FormatArg};
use crate::cli::printer::Printer;
use crate::cli::time_limit::{TimeLimitArg, Work};
use crate::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::closest;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 組み直す版の順番（省略すると全て。ファイルとつながりは、いつも全ての版を確かめます）
    #[arg(value_name = "版", value_parser = place)]
    edition: Option<u32>,
    #[command(flatten)]
    store: StoreArg,
    /// 控えておいた、最後の版の番号（始めの8桁以上）
    #[arg(long, value_name = "番号", value_parser = number)]
    head: Option<String>,
    /// 控えておいた、どれかの版の番号（始めの8桁以上。何度でも指定できます）。その版から前が控えたときのままかを示す
    #[arg(long, value_name = "番号", value_parser = number)]
    known: Vec<String>,
    /// 署名する人の一覧（OpenSSH の allowed_signers）。指定すると、その人の署名のない版を誤りにする
    #[arg(long, value_name = "ファイル")]
    signers: Option<PathBuf>,
    /// どの版から後に、一覧の人の署名が要るか（省略すると1）
    #[arg(long, value_name = "版", requires = "signers", value_parser = place)]
    signed_from: Option<u32>,
    /// 一覧のうち、この人の署名が要る（何度でも指定できます。省略すると、一覧のだれか1人）
    #[arg(long, value_name = "名前", requires = "signers")]
    signed_by: Vec<String>,
    /// 組み直さずに、ファイルと版のつながりだけを確かめる
    #[arg(long)]
    digests_only: bool,
    #[command(flatten)]
    time: TimeLimitArg,
    #[command(flatten)]
    format: FormatArg,
}

pub fn run(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let store = args.store.open(printer)?;
    let compare = |old: &Path, new: Folder, fonts: &Fonts, reason: &str| {
        kept_changes(old, new, reason, &Workshop::new(fonts.clone())).ok().map(|kept| kept.files)
    };
    let rebuild: Option<&Compare<'_>> = if args.digests_only { None } else { Some(&compare) };
    let wanted = Wanted {
        head: args.head.clone(),
        expected: args.known.clone(),
        rebuild,
        demand: args.signers.as_deref().map(|path| demand(args, path, printer)).transpose()?,
        only: args.edition,
    };
    // An edition that is not there would ask for nothing.
    for number in [args.edition, args.signed_from].into_iter().flatten() {
        super::edition(&store, Some(number), &args.store.store, printer)?;
    }
    let path = args.store.store.as_path();
    // Of every edition: a store may hold any number of them.
    let mut limit = Some(args.time.begin(Work::Verify, &[path], printer));
    let found = verify(&store, &wanted, |done, all| {
        drop(limit.take());
        printer.spinner().count(&Step::VerifyEditions.to_string(), done, all);
        limit = Some(args.time.begin(Work::Verify, &[path], printer));
    });
    drop(limit);
    let found = found.map_err(|fault| tell(path, &fault, printer))?;
    printer.finish();
    match args.format.format {
        Format::Text => findings::text(&found, &wanted, path, printer),
        Format::Json => printer.result(&findings::json(&found)),
    }
    if found.is_sound() { Ok(()) } else { Err(Ending::ReportAtFault) }
}

/// Whose signatures are asked for.
fn demand(args: &Args, path: &Path, printer: &mut Printer) -> Result<Demand, Ending> {
    let signers = signers(path, printer)?;
    let known: Vec<&str> =
        signers.iter().flat_map(|signer| &signer.names).map(String::as_str).collect();
    if let Some(name) = args.signed_by.iter().find(|name| !known.contains(&name.as_str())) {
        let near = closest(name, known.iter().copied());
        let hint = near.map_or_else(
            || format!("一覧にあるのは {} です。", known.join("、")),
            |near| format!("「{near}」ではありませんか。"),
        );
        printer.note(&format!(
            "署名する人の一覧「{}」に「{name}」という名前がありません。{hint}",
            path.display()
        ));
        return Err(Ending::WrongUsage);
    }
    Ok(Demand { signers, from: args.signed_from.unwrap_or(1), by: args.signed_by.clone() })
}

fn signers(path: &Path, printer: &mut Printer) -> Result<Signers, Ending> {
    let name = path.display().to_string();
    let bytes = files::read(path).map_err(|reason| {
        printer.note(&format!("署名する人の一覧「{name}」を読めません（{reason}）。"));
        Ending::ReportAtFault
    })?;
    Signers::read(&name, &bytes).map_err(|problems| {
        printer.problems(&problems, "");
        Ending::ReportAtFault
    })
}
