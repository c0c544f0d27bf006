//! The PDF again after every saved change.
//!
//! The watching begins before the first reading, and every build is followed by a look at what
//! came in meanwhile, so that the last build is always one of the last state of the files.

#![expect(clippy::disallowed_methods, reason = "the report folder is watched here")]

mod cells;
mod events;
mod news;
mod stamps;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::{Build, BuildOptions, Cancelled, Output, Progress, Step, Workshop, files};
pub use cells::TableNews;
use events::{Events, Next};
use news::Files;
pub use news::{FileNews, ProblemNews};
use soukatsu_core::load::Folder;
use soukatsu_core::problem::Problem;

/// Between two looks for a folder that is gone.
const ABSENCE: Duration = Duration::from_millis(100);
/// How long problems wait for the rest of a save before they are told.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long a stream of saves may keep problems from being told.
const LONGEST_PATIENCE: Duration = Duration::from_secs(3);

/// What happened to a report that is watched, in the order in which it is to be told.
#[derive(Debug, Clone, PartialEq)]
pub enum WatchEvent {
    /// The system gives no word of changes, for this reason: the files are looked at once a second.
    NoNotifications(String),
    /// The first build is through; now changes are waited for.
    Waiting,
    FolderGone,
    FolderBack,
    /// Files that differ from what the last PDF was made from, or from what was told last.
    Files(FileNews),
    Problems(ProblemNews),
    /// A new PDF is written: seconds since the change, and its problems.
    Written {
        seconds: f64,
        problems: Vec<Problem>,
    },
    /// There is no new PDF, because of the problems told before or of what a standard forbids.
    NotWritten {
        standard: Vec<Problem>,
        /// Whether an older PDF stands there.
        kept: bool,
    },
    /// The PDF cannot be written, in the system's words.
    CannotWrite(String),
}

/// A report folder that is built again after every change.
pub struct Watch<'a> {
    workshop: &'a Workshop,
    options: BuildOptions,
    root: PathBuf,
    target: PathBuf,
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

/// Who hears of a watched report.
type Tell<'a> = &'a mut dyn FnMut(WatchEvent);

impl<'a> Watch<'a> {
    /// Watches the report folder `root`, whose PDF is `target`.
    pub fn new(
        workshop: &'a Workshop,
        options: BuildOptions,
        root: PathBuf,
        target: PathBuf,
    ) -> Self {
        Watch { workshop, options, root, target, told: None, printed: Files::new(), refused: None }
    }

    /// Builds now and after every change, until it is cancelled.
    pub fn run(mut self, progress: &dyn Progress, tell: Tell<'_>) -> Cancelled {
        let mut since = Instant::now();
        loop {
            let mut events = Events::of(&self.root, &self.target);
            if let Some(reason) = events.no_notifications() {
                tell(WatchEvent::NoNotifications(reason));
            }
            if self.told.is_none() {
                self.round(since, &mut events, progress, tell);
                tell(WatchEvent::Waiting);
            } else {
                events.settle();
                self.round(since, &mut events, progress, tell);
            }
            loop {
                match events.next(self.refused.is_some(), progress) {
                    Next::Changed(at) => self.round(at, &mut events, progress, tell),
                    Next::Moved => break,
                    Next::Cancelled => return Cancelled,
                }
            }
            match self.wait_for_folder(progress, tell) {
                Ok(at) => since = at,
                Err(cancelled) => return cancelled,
            }
        }
    }

    /// Builds once, and tells what changed and what is wrong. `since`: when the change came.
    fn round(
        &mut self,
        since: Instant,
        events: &mut Events,
        progress: &dyn Progress,
        tell: Tell<'_>,
    ) {
        let build = self.build(events, progress);
        let files = news::files(&build, &self.root, self.told.as_ref());
        events.follow(files.keys().map(|name| self.root.join(name)));
        if !self.root.is_dir() {
            return;
        }
        let told = self.told.take();
        let same = told
            .as_ref()
            .is_some_and(|(old, problems)| *old == files && *problems == build.problems);
        let lies_there = self.refused.is_none() && self.target.is_file();
        if same && (build.has_errors() || lies_there) {
            self.told = told;
            return;
        }
        let delivered = self.deliver(&build, progress);
        let seconds = since.elapsed().as_secs_f64();
        let problems = build.problems.clone();
        if !same {
            let (old, before) = told.unwrap_or_default();
            let made = delivered.is_ok();
            let base = if made { &self.printed } else { &old };
            if !old.is_empty() {
                tell(WatchEvent::Files(FileNews::between(base, &files, &self.root, made)));
            }
            tell(WatchEvent::Problems(ProblemNews::between(&before, &problems)));
        }
        match delivered {
            Ok(()) => {
                self.refused = None;
                self.printed.clone_from(&files);
                tell(WatchEvent::Written { seconds, problems: problems.clone() });
            }
            Err(Stop::Faults) => self.tell_kept(Vec::new(), tell),
            Err(Stop::Standard(problems)) => self.tell_kept(problems, tell),
            Err(Stop::Disk(reason)) if self.refused.as_ref() == Some(&reason) => {}
            Err(Stop::Disk(reason)) => {
                tell(WatchEvent::CannotWrite(reason.clone()));
                self.refused = Some(reason);
            }
        }
        self.told = Some((files, problems));
        // Behind the PDF and all words, so that nobody waits for it.
        self.workshop.tidy();
    }

    /// A file that is only half saved looks faulty: its problems count when nothing more comes.
    /// Or it looks whole and is not, when the rest came while it was built.
    fn build(&mut self, events: &mut Events, progress: &dyn Progress) -> Build {
        let (begun, first) = (Instant::now(), self.told.is_none());
        let mut again = false;
        loop {
            events.stamp();
            progress.step(Step::LayOut);
            let build = self.workshop.build(&Folder::Disk(self.root.clone()), &self.options);
            progress.idle();
            let patient = !first && begun.elapsed() < LONGEST_PATIENCE;
            let more = match build.has_errors() {
                true => patient && events.more_within(PATIENCE),
                // Once only: who saves all the time gets a PDF all the same.
                false => !first && !again && events.more_by_now(),
            };
            if !more {
                return build;
            }
            again = true;
        }
    }

    fn deliver(&self, build: &Build, progress: &dyn Progress) -> Result<(), Stop> {
        if build.document().is_none() {
            return Err(Stop::Faults);
        }
        progress.step(Step::ExportPdf);
        let pdf = build.export(&Output::default());
        progress.idle();
        let pdf = pdf.map_err(Stop::Standard)?.ok_or(Stop::Faults)?;
        files::write_pdf(&self.target, &pdf).map_err(Stop::Disk)
    }

    fn tell_kept(&self, standard: Vec<Problem>, tell: Tell<'_>) {
        tell(WatchEvent::NotWritten { standard, kept: self.target.is_file() });
    }

    /// Waits until the folder is there, and says since when it is.
    fn wait_for_folder(
        &self,
        progress: &dyn Progress,
        tell: Tell<'_>,
    ) -> Result<Instant, Cancelled> {
        if !self.root.is_dir() {
            tell(WatchEvent::FolderGone);
            while !self.root.is_dir() {
                if progress.is_cancelled() {
                    return Err(Cancelled);
                }
                std::thread::sleep(ABSENCE);
            }
            tell(WatchEvent::FolderBack);
        }
        Ok(Instant::now())
    }
}
