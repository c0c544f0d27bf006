//! `soukatsu render`: pages as PNG, one by one or on contact sheets.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::ending::Ending;
use super::messages::prefix;
use super::printer::Printer;
use super::profile::ProfileName;
use super::report_arg::{FontArg, ReportArg};
use super::terminal::Terminal;
use super::time_limit::{TimeLimitArg, Work};
use crate::app::page_choice::PageChoice;
use crate::app::render::{OpenedPdf, RenderFault, RenderOptions, open_pdf};
use crate::app::{BuildOptions, Step, Workshop, render as job};
use crate::export::{DrawFault, Pages};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// PDFファイルか報告書フォルダー（省略すると今のフォルダー）
    #[arg(value_name = "PDFか報告書")]
    source: Option<PathBuf>,
    /// 画像を置くフォルダー（省略すると「名前-pages」）
    #[arg(short, long, value_name = "フォルダー")]
    output: Option<PathBuf>,
    /// 解像度（dpi。18から1200まで、省略すると144）
    #[arg(long, value_name = "数", default_value_t = 144, hide_default_value = true, allow_negative_numbers = true, value_parser = dpi)]
    dpi: u16,
    /// 灰色で描く（白黒の複写機で刷ったときの明るさ）
    #[arg(long, visible_alias = "grey")]
    gray: bool,
    /// 縮小した一覧にする（A4に何列で並べるか。1から12まで、省略すると4）
    #[arg(long, value_name = "列数", num_args = 0..=1, default_missing_value = "4", value_parser = columns)]
    sheet: Option<usize>,
    /// 描くページ（「3-5,8」のように。先頭から数えた番号）
    #[arg(long, value_name = "ページ", value_parser = PageChoice::parse, allow_hyphen_values = true)]
    pages: Option<PageChoice>,
    /// 報告書の用途（screen・office・print・mono。省略すると screen）
    #[arg(long, value_name = "用途", hide_possible_values = true)]
    profile: Option<ProfileName>,
    /// 暗号化されたPDFを開くパスワード
    #[arg(long, value_name = "パスワード")]
    password: Option<String>,
    #[command(flatten)]
    fonts: FontArg,
    #[command(flatten)]
    time: TimeLimitArg,
}

fn dpi(text: &str) -> Result<u16, String> {
    whole(text, 18..=1200).ok_or_else(|| "18から1200までの整数を指定してください".to_owned())
}

fn columns(text: &str) -> Result<usize, String> {
    whole(text, 1..=12).map(usize::from).ok_or_else(|| {
        "列数は1から12までの整数です（PDFや報告書は --sheet より前に書いてください）".to_owned()
    })
}

fn whole(text: &str, allowed: RangeInclusive<u16>) -> Option<u16> {
    text.parse().ok().filter(|number| allowed.contains(number))
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    match render(args, printer) {
        Ok(()) => Ending::Done,
        Err(ending) => ending,
    }
}

fn render(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let source = ReportArg { report: args.source.clone() };
    printer.step(Step::Draw);
    let workshop = Workshop::new(args.fonts.load(printer)?);
    let limit = args.time.begin(Work::Render, &[source.path()], printer);
    let terminal = Terminal::of(printer).limited(limit);
    let stem = source.path().file_stem().filter(|_| source.path().is_file());
    let name = stem.map_or_else(|| source.name(), |stem| stem.to_string_lossy().into_owned());
    let dir = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}-pages")));
    let options = RenderOptions {
        dpi: args.dpi,
        gray: args.gray,
        sheet_columns: args.sheet,
        pages: args.pages.as_ref(),
    };
    let draw = |pages: &Pages<'_>, printer: &mut Printer| {
        let rendered = job::render(pages, &dir, workshop.fonts(), &options, &terminal);
        rendered.map(|rendered| tell(&rendered, &dir, printer)).map_err(|fault| {
            printer.finish();
            not_drawn(&fault, &dir, printer)
        })
    };
    if source.path().is_file() {
        if args.profile.is_some() {
            printer.note(
                "--profile は報告書フォルダーを描くときだけ使えます。PDFはそのまま描きます。",
            );
            return Err(Ending::WrongUsage);
        }
        let opened = open_pdf(source.path(), args.password.as_deref());
        let OpenedPdf { pages, is_damaged } = opened.map_err(|fault| {
            printer.note(&format!("「{}」{fault}。", source.path().display()));
            Ending::ReportAtFault
        })?;
        draw(&pages, printer)?;
        if is_damaged {
            printer.note(&format!(
                "「{}」は壊れています。読めた部分だけを描いたので、もとの紙面と違うことがあります。",
                source.path().display()
            ));
            return Err(Ending::ReportAtFault);
        }
        return Ok(());
    }
    if !source.path().exists() && source.path().extension().is_some_and(|ending| ending == "pdf") {
        printer.note(&format!("「{}」というPDFがありません。", source.path().display()));
        return Err(Ending::ReportAtFault);
    }
    let profile = args.profile.unwrap_or(ProfileName::Screen);
    let build = workshop.build(&source.open(printer)?, &BuildOptions::of(profile.into()));
    // Pages that run over or have other faults can be looked at, too.
    printer.problems(&build.problems, &prefix(source.path()));
    let Some(document) = &build.draft else { return Err(Ending::ReportAtFault) };
    draw(&Pages::Laid(document), printer)
}

/// Names the pictures, and what was removed.
fn tell(rendered: &job::Rendered, dir: &Path, printer: &mut Printer) {
    printer.finish();
    if !rendered.removed.is_empty() {
        printer.note(&format!(
            "「{}」から、前に描いた余りの画像{}枚を消しました（{}）。",
            dir.display(),
            rendered.removed.len(),
            rendered.removed.join("、")
        ));
    }
    for name in &rendered.names {
        printer.result(&dir.join(name).display().to_string());
    }
}

/// Says why nothing was drawn.
fn not_drawn(fault: &RenderFault, dir: &Path, printer: &mut Printer) -> Ending {
    let (words, ending) = match fault {
        RenderFault::NoSuchPage { number, count } => {
            printer.note(&format!("{number}ページ目はありません。全部で{count}ページです。"));
            return Ending::WrongUsage;
        }
        RenderFault::Cancelled(cancelled) => {
            printer.note(&cancelled.to_string());
            return Ending::ReportAtFault;
        }
        RenderFault::Draw(DrawFault::TooLarge { page, pixels: [width, height], dpi }) => {
            let way = match dpi {
                dpi if *dpi >= 18.0 => format!("--dpi を{dpi}以下にしてください"),
                _ => "--sheet の縮小一覧なら描けます".to_owned(),
            };
            let words = format!(
                "{}ページ目は{width}×{height}画素になり、大きすぎて描けません。{way}。",
                page + 1
            );
            (words, Ending::WrongUsage)
        }
        RenderFault::Draw(DrawFault::Broken { page }) => (
            format!("{}ページ目を画像にできません。壊れているおそれがあります。", page + 1),
            Ending::ReportAtFault,
        ),
        RenderFault::Draw(DrawFault::Kept(reason)) => (
            format!("誤り[S802] 「{}」に書き込めません（{reason}）。", dir.display()),
            Ending::ReportAtFault,
        ),
    };
    printer.note(&words);
    printer.note("画像は1枚も書き出していません。前からあるファイルはそのままです。");
    ending
}
