//! `soukatsu watch`: the PDF again after every saved change, in one process.
//!
//! The watching begins before the first reading, and every build is followed by a look at what
//! came in meanwhile, so that the last build is always one of the last state of the files.

mod cells;
mod events;
mod news;
mod stamps;

use std::convert::Infallible;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::build::{cannot_write, prefix};
use super::printer::Printer;
use super::profile::ProfileArg;
use super::time_limit::{TimeLimitArg, Work};
use super::{Ending, FontArg, ReportArg};
use crate::app::files;
use crate::app::{Build, BuildOptions, Output, Workshop};
use events::{Events, Next};
use news::Files;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::Problem;

/// Between two looks for a folder that is gone.
const ABSENCE: Duration = Duration::from_millis(100);
/// How long problems wait for the rest of a save before they are told.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long a stream of saves may keep problems from being told.
const LONGEST_PATIENCE: Duration = Duration::from_secs(3);

use crate::app::Step;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    report: ReportArg,
    /// 書き出すPDF（省略すると、今のフォルダーに「報告書フォルダーの名前.pdf」）
    #[arg(short, long, value_name = "ファイル")]
    output: Option<PathBuf>,
    #[command(flatten)]
    profile: ProfileArg,
    #[command(flatten)]
    fonts: FontArg,
    #[command(flatten)]
    time: TimeLimitArg,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    match watch(args, printer) {
        Ok(never) => match never {},
        Err(ending) => ending,
    }
}

/// Watches until the process is ended from outside; only a bad start comes back.
fn watch(args: &Args, printer: &mut Printer) -> Result<Infallible, Ending> {
    let mut desk = Desk {
        folder: args.report.open(printer)?,
        workshop: Workshop::new(args.fonts.load(printer)?),
        options: BuildOptions::of(args.profile.into()),
        root: args.report.path().to_owned(),
        target: args.output.clone().unwrap_or_else(|| args.report.default_pdf("")),
        time: args.time,
        told: None,
        printed: Files::new(),
        refused: None,
    };
    printer.step(Step::LayOut);
    let mut since = Instant::now();
    loop {
        let mut events = Events::of(&desk.root, &desk.target);
        if let Some(reason) = events.deaf() {
            printer.note(&format!("変更の知らせを受け取れません（{reason}）。1秒ごとに調べます。"));
        }
        if desk.told.is_none() {
            desk.round(since, &mut events, printer);
            printer.note("変更を待っています。終わるときは Ctrl-C を押してください。");
        } else {
            events.settle();
            desk.round(since, &mut events, printer);
        }
        while let Next::Changed(at) = events.next(desk.refused.is_some()) {
            desk.round(at, &mut events, printer);
        }
        since = desk.wait_for_folder(printer);
    }
}

/// What stays from one build to the next.
struct Desk {
    folder: Folder,
    workshop: Workshop,
    options: BuildOptions,
    root: PathBuf,
    target: PathBuf,
    /// For each build.
    time: TimeLimitArg,
    /// The files and problems that were told last.
    told: Option<(Files, Vec<Problem>)>,
    /// The files that the PDF on the disk was made from.
    printed: Files,
    /// Why the last PDF could not be written.
    refused: Option<String>,
}

/// Why there is no new PDF.
enum Stop {
    Faults,
    /// Some standard forbids it.
    Standard(Vec<Problem>),
    Disk(String),
}

impl Desk {
    /// Builds once, and tells what changed and what is wrong. `since`: when the change came.
    fn round(&mut self, since: Instant, events: &mut Events, printer: &mut Printer) {
        let outcome = self.build(events, printer);
        let files = news::files(&outcome, &self.root, self.told.as_ref());
        events.follow(files.keys().map(|name| self.root.join(name)));
        if !self.root.is_dir() {
            return;
        }
        let told = self.told.take();
        let same = told
            .as_ref()
            .is_some_and(|(old, problems)| *old == files && *problems == outcome.problems);
        let lies_there = self.refused.is_none() && self.target.is_file();
        if same && (outcome.has_errors() || lies_there) {
            self.told = told;
            return;
        }
        let delivered = self.deliver(&outcome, printer);
        let seconds = since.elapsed().as_secs_f64();
        let problems = outcome.problems.clone();
        if !same {
            let (old, before) = told.unwrap_or_default();
            let made = delivered.is_ok();
            let base = if made { &self.printed } else { &old };
            if !old.is_empty() {
                news::tell_files([base, &files], &self.root, made, printer);
            }
            news::tell_problems(&before, &problems, &prefix(&self.root), printer);
        }
        match delivered {
            Ok(()) => {
                self.refused = None;
                self.printed.clone_from(&files);
                let count = news::count(&problems);
                let target = self.target.display();
                printer.note(&format!("{seconds:.2}秒で {target} を書き出しました（{count}）。"));
            }
            Err(Stop::Faults) => self.tell_kept(printer),
            Err(Stop::Standard(problems)) => {
                printer.problems(&problems, &prefix(&self.root));
                self.tell_kept(printer);
            }
            Err(Stop::Disk(reason)) if self.refused.as_ref() == Some(&reason) => {}
            Err(Stop::Disk(reason)) => {
                cannot_write(&self.target, &reason, printer);
                self.refused = Some(reason);
            }
        }
        self.told = Some((files, problems));
        // Behind the PDF and all words, so that nobody waits for it.
        self.workshop.tidy();
    }

    /// A file that is only half saved looks faulty: its problems count when nothing more comes.
    /// Or it looks whole and is not, when the rest came while it was built.
    fn build(&mut self, events: &mut Events, printer: &Printer) -> Build {
        let (begun, first) = (Instant::now(), self.told.is_none());
        let mut again = false;
        loop {
            events.stamp();
            let limit = self.time.begin(Work::Watch, &[&self.root], printer);
            let outcome = self.workshop.build(&self.folder, &self.options);
            drop(limit);
            let patient = !first && begun.elapsed() < LONGEST_PATIENCE;
            let more = match outcome.has_errors() {
                true => patient && events.more_within(PATIENCE),
                // Once only: who saves all the time gets a PDF all the same.
                false => !first && !again && events.more_by_now(),
            };
            if !more {
                return outcome;
            }
            again = true;
        }
    }

    fn deliver(&self, outcome: &Build, printer: &Printer) -> Result<(), Stop> {
        if outcome.document().is_none() {
            return Err(Stop::Faults);
        }
        let limit = self.time.begin(Work::Watch, &[&self.root], printer);
        let pdf = outcome.export(&Output::default());
        drop(limit);
        files::write_pdf(&self.target, &pdf.map_err(Stop::Standard)?.unwrap_or_default())
            .map_err(Stop::Disk)
    }

    fn tell_kept(&self, printer: &mut Printer) {
        let kept = match self.target.is_file() {
            true => format!("前の {} はそのままです。", self.target.display()),
            false => String::new(),
        };
        printer.note(&format!("PDFは書き出していません。{kept}直して保存すると、また作ります。"));
    }

    /// Waits until the folder is there, and says since when it is.
    fn wait_for_folder(&self, printer: &mut Printer) -> Instant {
        if !self.root.is_dir() {
            let root = self.root.display();
            printer.note(&format!(
                "報告書フォルダー「{root}」がなくなりました。戻るのを待っています。"
            ));
            while !self.root.is_dir() {
                std::thread::sleep(ABSENCE);
            }
            printer.note(&format!("報告書フォルダー「{root}」が戻りました。"));
        }
        Instant::now()
    }
}
