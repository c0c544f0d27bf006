//! `soukatsu render`: pages as PNG, one by one or on contact sheets.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use typst::text::Font;

use super::build::prefix;
use super::page_choice::PageChoice;
use super::printer::Printer;
use super::profile::ProfileName;
use super::time_limit::{TimeLimit, TimeLimitArg, Work};
use super::{Ending, FontArg, ReportArg};
use crate::app::files::{self, Staging};
use crate::app::{Build, BuildOptions, Workshop};
use crate::export::{DrawFault, Pages, PdfFault, Picture, Sheets, is_damaged};
use crate::world::Fonts;

use crate::app::Step;

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
    /// 報告書の用途（screen・print・mono。省略すると screen）
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
    let fonts = args.fonts.load(printer)?;
    let limit = args.time.begin(Work::Render, &[source.path()], printer);
    let stem = source.path().file_stem().filter(|_| source.path().is_file());
    let name = stem.map_or_else(|| source.name(), |stem| stem.to_string_lossy().into_owned());
    let dir = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}-pages")));
    if source.path().is_file() {
        if args.profile.is_some() {
            printer.note(
                "--profile は報告書フォルダーを描くときだけ使えます。PDFはそのまま描きます。",
            );
            return Err(Ending::WrongUsage);
        }
        let (pages, damaged) = open_pdf(source.path(), args.password.as_deref(), printer)?;
        draw(&pages, &dir, &fonts, args, limit, printer)?;
        if damaged {
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
    let outcome = build(&source, &fonts, args, printer)?;
    // Pages that run over or have other faults can be looked at, too.
    printer.problems(&outcome.problems, &prefix(source.path()));
    let Some(document) = &outcome.draft else { return Err(Ending::ReportAtFault) };
    draw(&Pages::Laid(document), &dir, &fonts, args, limit, printer)
}

fn build(
    source: &ReportArg,
    fonts: &Fonts,
    args: &Args,
    printer: &mut Printer,
) -> Result<Build, Ending> {
    let folder = source.open(printer)?;
    let profile = args.profile.unwrap_or(ProfileName::Screen);
    Ok(Workshop::new(fonts.clone()).build(&folder, &BuildOptions::of(profile.into())))
}

fn open_pdf(
    path: &Path,
    password: Option<&str>,
    printer: &mut Printer,
) -> Result<(Pages<'static>, bool), Ending> {
    let told = match files::read(path) {
        Ok(bytes) => {
            let opened = Pages::of_pdf(bytes.clone(), password.unwrap_or_default());
            let checked = opened.map(|pages| {
                let damaged = is_damaged(&bytes, pages.count());
                (pages, damaged)
            });
            checked.map_err(|fault| match fault {
                PdfFault::Unreadable => "PDFとして読めません。PDFではないか、壊れています",
                PdfFault::Password if password.is_some() => "開けません。パスワードが違います",
                PdfFault::Password => {
                    "暗号化されていて、開くにはパスワードが要ります。--password で指定してください"
                }
                PdfFault::Encryption => {
                    "暗号化されていて、その方式を読めません。暗号化を解いてから描いてください"
                }
                PdfFault::NoPages => "1ページもないPDFです",
            })
        }
        Err(reason) => {
            printer.note(&format!("「{}」を読めません（{reason}）。", path.display()));
            return Err(Ending::ReportAtFault);
        }
    };
    told.map_err(|reason| {
        printer.note(&format!("「{}」は{reason}。", path.display()));
        Ending::ReportAtFault
    })
}

/// Draws the chosen pages, and puts the pictures into their folder when all are there.
fn draw(
    pages: &Pages<'_>,
    dir: &Path,
    fonts: &Fonts,
    args: &Args,
    limit: TimeLimit,
    printer: &mut Printer,
) -> Result<(), Ending> {
    let count = pages.count();
    let all = || Ok((0..count).collect());
    let chosen = args.pages.as_ref().map_or_else(all, |choice| choice.of(count));
    let chosen: Vec<usize> = chosen.map_err(|number| {
        printer.note(&format!("{number}ページ目はありません。全部で{count}ページです。"));
        Ending::WrongUsage
    })?;
    let sheets = args.sheet.map(|columns| Sheets::new(pages, &chosen, columns));
    let dpi = f64::from(args.dpi);
    // Before anything is written: a page that is too large stops the command.
    if sheets.is_none() {
        let fits = chosen.iter().try_for_each(|page| pages.fits(*page, dpi));
        fits.map_err(|fault| told(fault, dir, printer))?;
    }
    let staging =
        Staging::new(dir).map_err(|reason| told(DrawFault::Kept(reason), dir, printer))?;
    limit.clean_with(staging.clearing());
    let keep = |name: &str, picture: &Picture| {
        picture.encode(args.gray, dpi).and_then(|bytes| staging.put(name, &bytes))
    };
    let (series, places, drawn) = match &sheets {
        None => {
            let series = Series { prefix: "page", count };
            let work = |page, picture| keep(&series.name(page), &picture);
            let drawn = pages.each(&chosen, |_| dpi / 72.0, work);
            (series, chosen, drawn)
        }
        Some(sheets) => {
            let series = Series { prefix: "sheet", count: sheets.count() };
            let (labels, font) = (pages.labels(), label_font(fonts));
            let drawn = (0..sheets.count()).try_for_each(|sheet| {
                let picture = sheets.draw(sheet, pages, &labels, &font, dpi)?;
                keep(&series.name(sheet), &picture).map_err(DrawFault::Kept)
            });
            (series, (0..sheets.count()).collect(), drawn)
        }
    };
    drop(limit);
    if let Err(fault) = drawn {
        staging.discard();
        return Err(told(fault, dir, printer));
    }
    let names: Vec<String> = places.into_iter().map(|place| series.name(place)).collect();
    staging.publish(&names).map_err(|reason| told(DrawFault::Kept(reason), dir, printer))?;
    printer.finish();
    let removed = files::remove_files(dir, |name| series.is_left_over(name));
    if !removed.is_empty() {
        printer.note(&format!(
            "「{}」から、前に描いた余りの画像{}枚を消しました（{}）。",
            dir.display(),
            removed.len(),
            removed.join("、")
        ));
    }
    for name in names {
        printer.result(&dir.join(name).display().to_string());
    }
    Ok(())
}

/// The face of the numbers on contact sheets.
fn label_font(fonts: &Fonts) -> Font {
    let wanted = |face: &crate::world::Face| face.family == "BIZ UDPGothic" && face.weight == 400;
    let index = fonts.faces().iter().position(wanted);
    index.and_then(|index| fonts.font(index)).expect("the face is inside the program")
}

/// The names of the pictures of one kind: `page-01.png` to the last.
struct Series {
    prefix: &'static str,
    count: usize,
}

impl Series {
    fn name(&self, place: usize) -> String {
        let digits = self.count.to_string().len().max(2);
        format!("{}-{:0digits$}.png", self.prefix, place + 1)
    }

    /// Whether a file has a name of this series that no picture of this document has: it was
    /// drawn from a document with more pages, or other digits.
    fn is_left_over(&self, name: &str) -> bool {
        let digits = name
            .strip_prefix(self.prefix)
            .and_then(|rest| rest.strip_prefix('-')?.strip_suffix(".png"))
            .filter(|digits| digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(number) = digits.and_then(|digits| digits.parse::<usize>().ok()) else {
            return false;
        };
        number >= 1 && (number > self.count || self.name(number - 1) != name)
    }
}

/// Says why nothing was drawn.
fn told(fault: DrawFault, dir: &Path, printer: &mut Printer) -> Ending {
    let (words, ending) = match fault {
        DrawFault::TooLarge { page, pixels: [width, height], dpi } => {
            let way = match dpi {
                dpi if dpi >= 18.0 => format!("--dpi を{dpi}以下にしてください"),
                _ => "--sheet の縮小一覧なら描けます".to_owned(),
            };
            let words = format!(
                "{}ページ目は{width}×{height}画素になり、大きすぎて描けません。{way}。",
                page + 1
            );
            (words, Ending::WrongUsage)
        }
        DrawFault::Broken { page } => (
            format!("{}ページ目を画像にできません。壊れているおそれがあります。", page + 1),
            Ending::ReportAtFault,
        ),
        DrawFault::Kept(reason) => (
            format!("誤り[S802] 「{}」に書き込めません（{reason}）。", dir.display()),
            Ending::ReportAtFault,
        ),
    };
    printer.note(&words);
    printer.note("画像は1枚も書き出していません。前からあるファイルはそのままです。");
    ending
}
