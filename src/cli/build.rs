//! `soukatsu build`: the PDF.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use typst_pdf::PdfStandard;

use super::print_options::{PrintOptions, paper, suffix};
use super::printer::Printer;
use super::{Ending, FontArg, ReportArg, emit, output};
use crate::export::STANDARDS;
use crate::model::figure::{DataState, Figure};
use crate::model::report::Report;
use crate::pipeline::{Outcome, Session, export_pdf};
use crate::problem::{Code, Place, Problem, Severity};
use crate::world::Profile;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    /// 書き出すPDF（省略すると、今のフォルダーに「報告書フォルダーの名前.pdf」）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
    /// 正式版にする（問題や仮・速報のデータがあれば作らず、PDF/A-3a + PDF/UA-1 で書き出す）
    #[arg(long)]
    official: bool,
    /// 用途（screen・print・mono）
    #[arg(
        long,
        value_name = "用途",
        default_value = "screen",
        hide_possible_values = true,
        hide_default_value = true
    )]
    profile: ProfileName,
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
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ProfileName {
    /// 画面と普通の印刷
    Screen,
    /// 印刷所（3mmの塗り足し）
    Print,
    /// 白黒
    Mono,
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
    let bleeds = matches!(args.profile, ProfileName::Print);
    let finishing = args.print.finishing(bleeds, args.official).map_err(|reason| {
        printer.note(reason);
        Ending::WrongUsage
    })?;
    let folder = args.report.open(printer)?;
    let fonts = args.fonts.load(printer)?;
    printer.step("データと文章を読み、ページを組んでいます");
    let mut session = Session::new(fonts).with_profile(match args.profile {
        ProfileName::Screen => Profile::Screen,
        ProfileName::Print => Profile::Print,
        ProfileName::Mono => Profile::Mono,
    });
    let mut outcome = session.build(&folder);
    if args.official {
        refuse_unofficial(&mut outcome);
    }
    let root = args.report.path();
    let (Some(report), Some(document)) = (&outcome.report, outcome.document()) else {
        return Err(refused(&outcome.problems, root, printer));
    };
    if let Some(dir) = &args.emit_typst {
        let world = session.world_for(&folder, report, &outcome.bindings);
        let told =
            world.map_err(|problem| problem.message).and_then(|world| emit::write(dir, world));
        return told.map_err(|reason| cannot_write(dir, &reason, printer)).map(|()| {
            printer.problems(&outcome.problems, &prefix(root));
            printer.result(&dir.display().to_string());
        });
    }
    printer.step("PDFを書き出しています");
    let pdf = match export_pdf(report, document, standards(args), &finishing) {
        Ok(pdf) => pdf,
        Err(problems) => return Err(refused(&problems, root, printer)),
    };
    let name = || PathBuf::from(format!("{}{}.pdf", args.report.name(), suffix(&finishing)));
    let target = args.output.clone().unwrap_or_else(name);
    if target.is_file() && output::holds_no_pdf(&target) {
        let reason = "PDFではないファイルがあります。上書きしません";
        return Err(cannot_write(&target, reason, printer));
    }
    output::write(&target, &pdf).map_err(|reason| cannot_write(&target, &reason, printer))?;
    printer.problems(&outcome.problems, &prefix(root));
    if let Some(line) = paper(document, &finishing, report.print.duplex) {
        printer.note(&line);
    }
    printer.finish();
    printer.result(&target.display().to_string());
    Ok(())
}

fn standards(args: &Args) -> Option<Vec<PdfStandard>> {
    match (args.standard.is_empty(), args.official) {
        (false, _) => Some(args.standard.clone()),
        (true, true) => Some(vec![PdfStandard::A_3a, PdfStandard::Ua_1]),
        (true, false) => None,
    }
}

/// In an official version a warning stops the build, and so does data that is not final.
fn refuse_unofficial(outcome: &mut Outcome) {
    let Some(report) = &outcome.report else { return };
    let unsettled = unsettled(report);
    for problem in outcome.problems.iter_mut().filter(|p| p.severity == Severity::Warning) {
        problem.severity = Severity::Error;
    }
    outcome.problems.extend(unsettled);
}

fn unsettled(report: &Report) -> Vec<Problem> {
    let problem = |place: Place, name: String| {
        Problem::error(Code::Unsettled, place)
            .text(name.clone())
            .message(format!("{name}が確定していないので、正式版にできません"))
            .hint("データを確定させて `state = \"確定\"` にしてください")
    };
    let manifest = || Place::file("report.toml");
    let sets =
        [("指標のデータ", report.indicators_state), ("取組のデータ", report.initiatives_state)];
    let data = sets.into_iter().filter(|(_, state)| *state != DataState::Confirmed);
    let figures = report.figures.iter().filter_map(|figure| {
        let number = &figure.number;
        match figure.state {
            DataState::Confirmed => Some(
                problem(figure.place.clone(), format!("図{number}の{}", single_values(figure)?))
                    .hint("値を確定させて、`preliminary` と `provisional` から消してください"),
            ),
            _ => Some(problem(figure.place.clone(), format!("図{number}のデータ"))),
        }
    });
    data.map(|(name, _)| problem(manifest(), name.to_owned())).chain(figures).collect()
}

/// The single values of a figure that are not final: 「R6」と「宿泊客：R5」の値.
fn single_values(figure: &Figure) -> Option<String> {
    const MOST_NAMED: usize = 5;
    let data = &figure.data;
    let present = |row| (0..data.series.len()).filter(move |s| data.value(*s, row).is_some());
    let mut names = Vec::new();
    for (row, category) in data.categories.iter().enumerate() {
        let marked: Vec<usize> =
            present(row).filter(|series| data.unsettled.contains_key(&(*series, row))).collect();
        if !marked.is_empty() && marked.len() == present(row).count() {
            names.push(category.clone());
        } else {
            let series = marked.into_iter().filter_map(|series| data.series.get(series));
            names.extend(series.map(|series| format!("{}：{category}", series.name)));
        }
    }
    let more = match names.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!("（ほかに{more}か所）"),
    };
    names.truncate(MOST_NAMED);
    (!names.is_empty()).then(|| format!("「{}」の値{more}", names.join("」「")))
}

fn refused(problems: &[Problem], root: &Path, printer: &mut Printer) -> Ending {
    printer.problems(problems, &prefix(root));
    printer.note("PDFは書き出していません。前からあるファイルはそのままです。");
    Ending::ReportAtFault
}

fn cannot_write(target: &Path, reason: &str, printer: &mut Printer) -> Ending {
    printer.note(&format!(
        "誤り[S802] 「{}」に書き込めません（{reason}）。フォルダーがあるか、ほかのソフトで開いていないかを確かめてください。",
        target.display()
    ));
    Ending::ReportAtFault
}

/// What leads from the current folder to the files of the report.
pub(super) fn prefix(root: &Path) -> String {
    match root.to_str() {
        Some(".") | None => String::new(),
        Some(path) => format!("{}/", path.trim_end_matches('/')),
    }
}
