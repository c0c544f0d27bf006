//! `soukatsu render`: pages as PNG.

use std::path::{Path, PathBuf};

use super::printer::Printer;
use super::{Ending, FontArg, ReportArg, output};
use crate::export::{PngError, pdf_pages, png_page};
use crate::pipeline::Session;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// PDFファイルか報告書フォルダー（省略すると今のフォルダー）
    #[arg(value_name = "PDFか報告書")]
    source: Option<PathBuf>,
    /// 画像を置くフォルダー（省略すると「名前-pages」）
    #[arg(short, long, value_name = "フォルダー")]
    output: Option<PathBuf>,
    /// 解像度（dpi。18から1200まで、省略すると144）
    #[arg(long, value_name = "数", default_value_t = 144, hide_default_value = true, value_parser = dpi)]
    dpi: u16,
    #[command(flatten)]
    fonts: FontArg,
}

fn dpi(text: &str) -> Result<u16, String> {
    let dpi = text.parse().ok().filter(|dpi| (18..=1200).contains(dpi));
    dpi.ok_or_else(|| "18から1200までの整数を指定してください".to_owned())
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    match render(args, printer) {
        Ok(()) => Ending::Done,
        Err(ending) => ending,
    }
}

fn render(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let source = ReportArg { report: args.source.clone() };
    printer.step("ページを描いています");
    let pages = match source.path().is_file() {
        true => from_pdf(source.path(), args, printer)?,
        false => from_report(&source, args, printer)?,
    };
    let stem = source.path().file_stem().filter(|_| source.path().is_file());
    let name = stem.map_or_else(|| source.name(), |stem| stem.to_string_lossy().into_owned());
    let dir = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}-pages")));
    let digits = pages.len().to_string().len().max(2);
    let names: Vec<PathBuf> = (1..=pages.len())
        .map(|number| PathBuf::from(format!("page-{number:0digits$}.png")))
        .collect();
    let files = names.iter().map(PathBuf::as_path).zip(pages.iter().map(Vec::as_slice));
    output::write_tree(&dir, files).map_err(|reason| {
        printer.note(&format!("誤り[S802] 「{}」に書き込めません（{reason}）。", dir.display()));
        Ending::ReportAtFault
    })?;
    printer.finish();
    for name in names {
        printer.result(&dir.join(name).display().to_string());
    }
    Ok(())
}

fn from_pdf(path: &Path, args: &Args, printer: &mut Printer) -> Result<Vec<Vec<u8>>, Ending> {
    let told = match output::read(path) {
        Ok(bytes) => pdf_pages(bytes, f32::from(args.dpi)),
        Err(reason) => {
            printer.note(&format!("「{}」を読めません（{reason}）。", path.display()));
            return Err(Ending::ReportAtFault);
        }
    };
    told.map_err(|error| {
        let reason = match error {
            PngError::Unreadable => "PDFとして読めません。壊れているか、暗号化されています",
            PngError::Encoding => "画像にできないページがあります",
        };
        printer.note(&format!("「{}」は{reason}。", path.display()));
        Ending::ReportAtFault
    })
}

fn from_report(
    source: &ReportArg,
    args: &Args,
    printer: &mut Printer,
) -> Result<Vec<Vec<u8>>, Ending> {
    let folder = source.open(printer)?;
    let outcome = Session::new(args.fonts.load(printer)?).build(&folder);
    // Pages that run over or have other faults can be looked at, too.
    printer.problems(&outcome.problems, &super::build::prefix(source.path()));
    let Some(document) = &outcome.draft else { return Err(Ending::ReportAtFault) };
    let draw = |page| png_page(page, f64::from(args.dpi));
    document.pages().iter().map(draw).collect::<Result<_, _>>().map_err(|_| {
        printer.note("画像にできないページがあります。");
        Ending::ReportAtFault
    })
}
