//! `soukatsu build`: the PDF.

use std::path::{Path, PathBuf};

use typst_pdf::PdfStandard;

use super::ending::Ending;
use super::messages::{cannot_write, prefix};
use super::print_options::{PrintOptions, suffix};
use super::printer::Printer;
use super::profile::ProfileName;
use super::report_arg::{FontArg, ReportArg};
use super::time_limit::{TimeLimitArg, Work};
use crate::app::files;
use crate::app::paper_use::PaperUse;
use crate::app::typst_project::write_typst_project;
use crate::app::{BuildOptions, Mark, Output, Workshop};
use crate::export::{Imposition, Printing, STANDARDS};
use crate::world::Profile;
use soukatsu_core::problem::Problem;

use crate::app::Step;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    /// 書き出すPDF（省略すると、今のフォルダーに「報告書フォルダーの名前.pdf」）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
    /// 正式版にする（問題、仮・速報のデータ、承認の不足があれば作らない。PDF/A-3a + PDF/UA-1 で、元のファイルを添付する）
    #[arg(long, conflicts_with = "standard")]
    official: bool,
    /// 仮・速報のデータがあっても正式版を作る（表紙に「仮データを含む」と出る）
    #[arg(long, requires = "official")]
    accept_provisional: bool,
    /// 版と内容の番号を、各ページの下と、PDFの情報に入れる
    #[arg(long)]
    edition_mark: bool,
    /// 用途（screen・office・print・mono。省略すると screen、面付けするときは office）
    #[arg(long, value_name = "用途", hide_possible_values = true)]
    profile: Option<ProfileName>,
    /// PDFの規格（a-2a・a-2b・a-3a・a-3b・ua-1。コンマで並べられます。省略すると a-2a,ua-1）
    #[arg(long, value_name = "規格", value_delimiter = ',', value_parser = standard)]
    standard: Vec<PdfStandard>,
    /// Typst CLI 0.15.1 で組める一式をこのフォルダーに書き出す（PDFは作らない）
    #[arg(long, value_name = "フォルダー", conflicts_with = "output")]
    emit_typst: Option<PathBuf>,
    #[command(flatten)]
    print: PrintOptions,
    #[command(flatten)]
    fonts: FontArg,
    #[command(flatten)]
    time: TimeLimitArg,
}

fn standard(name: &str) -> Result<PdfStandard, String> {
    let known = STANDARDS.iter().find(|(known, _)| *known == name).map(|(_, standard)| *standard);
    known.ok_or_else(|| format!("使える規格は {} です", STANDARDS.map(|(name, _)| name).join("・")))
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    match build(args, printer) {
        Ok(()) => Ending::Done,
        Err(ending) => ending,
    }
}

fn build(args: &Args, printer: &mut Printer) -> Result<(), Ending> {
    let profile = profile(args);
    let printing =
        args.print.printing(profile == Profile::Print, args.official).map_err(|reason| {
            printer.note(reason);
            Ending::WrongUsage
        })?;
    let folder = args.report.open(printer)?;
    let fonts = args.fonts.load(printer)?;
    printer.step(Step::LayOut);
    let limit = args.time.begin(Work::Build, &[args.report.path()], printer);
    let workshop = Workshop::new(fonts);
    let options = BuildOptions {
        profile,
        mark: args.edition_mark.then_some(Mark::Own),
        accept_provisional: args.accept_provisional,
        template: None,
    };
    let build = workshop.build(&folder, &options);
    let root = args.report.path();
    let problems = match args.official {
        true => build.official_problems(),
        false => build.problems.clone(),
    };
    let booklet = matches!(printing.imposition, Some(Imposition::Booklet { .. }));
    let problems = match booklet && !build.has_errors() {
        true => [problems, build.booklet_problems()].concat(),
        false => problems,
    };
    let faulty = problems.iter().any(Problem::is_error);
    let (Some(report), Some(document), false) = (&build.report, build.document(), faulty) else {
        return Err(refused(&problems, root, printer));
    };
    if let Some(dir) = &args.emit_typst {
        let world = workshop.world_of(&build);
        drop(limit);
        let told = world.map_or(Ok(()), |world| write_typst_project(dir, &world));
        return told.map_err(|reason| cannot_write(dir, &reason, printer)).map(|()| {
            printer.problems(&problems, &prefix(root));
            printer.result(&dir.display().to_string());
        });
    }
    printer.step(Step::ExportPdf);
    let pdf = build.export(&wanted(args, printing));
    drop(limit);
    let pdf = match pdf {
        Ok(pdf) => pdf.unwrap_or_default(),
        Err(problems) => return Err(refused(&problems, root, printer)),
    };
    // An ordinary build shall never stand in the place of an official version.
    let official = if args.official { "-official" } else { "" };
    let name = || args.report.default_pdf(&format!("{official}{}", suffix(printing)));
    let target = args.output.clone().unwrap_or_else(name);
    files::write_pdf(&target, &pdf).map_err(|reason| cannot_write(&target, &reason, printer))?;
    printer.problems(&problems, &prefix(root));
    if let Some(paper) = PaperUse::of(document, printing, report.print.duplex) {
        printer.note(&paper.to_string());
    }
    printer.finish();
    printer.result(&target.display().to_string());
    Ok(())
}

/// Sheets of several pages are for paper; copiers have none that a bleed could go beyond.
fn profile(args: &Args) -> Profile {
    let usual = if args.print.are_imposed() { ProfileName::Office } else { ProfileName::Screen };
    args.profile.unwrap_or(usual).into()
}

fn wanted(args: &Args, printing: Printing) -> Output {
    let standards = (!args.standard.is_empty()).then(|| args.standard.clone());
    Output { official: args.official, standards, printing }
}

fn refused(problems: &[Problem], root: &Path, printer: &mut Printer) -> Ending {
    printer.problems(problems, &prefix(root));
    printer.note("PDFは書き出していません。前からあるファイルはそのままです。");
    Ending::ReportAtFault
}
