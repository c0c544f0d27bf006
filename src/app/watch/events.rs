//! Word of changes in the report folder: the system's, and what a look once a second finds.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::stamps::Stamps;
use crate::app::Progress;
use soukatsu_core::load::is_ignored;

/// A save is taken for complete when nothing comes for so long. Programs write a file in one go
/// or swap it by two renames: both come within a millisecond. What comes later is noticed before
/// the PDF goes out ([`Events::more_by_now`]).
const QUIET: Duration = Duration::from_millis(2);
/// A build begins after so long even if changes keep coming.
const LONGEST_WAIT: Duration = Duration::from_millis(100);
/// Between two looks at the files themselves.
const LOOK: Duration = Duration::from_secs(1);

type Word = notify::Result<Event>;

/// Everything that comes from one folder, as long as it is the same folder.
pub struct Events {
    words: Receiver<Word>,
    /// `None`: the system gives no word, only the looks remain.
    #[expect(dead_code, reason = "the words end when it is dropped")]
    watcher: Option<RecommendedWatcher>,
    trouble: Option<String>,
    root: PathBuf,
    /// The folder itself, whatever leads to it.
    real: Option<PathBuf>,
    output: PathBuf,
    stamps: Stamps,
    /// The folder was moved, removed or replaced: its successor must be watched anew.
    moved: bool,
}

/// What ends a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Something was saved; since when that is known.
    Changed(Instant),
    /// The folder is gone, or another one stands in its place.
    Moved,
    /// Nobody waits any more.
    Cancelled,
}

impl Events {
    /// Begins to listen. Changes of the output file are none of the report.
    pub fn of(root: &Path, output: &Path) -> Self {
        let (sender, words) = channel();
        let real = root.canonicalize().ok();
        let listen = || {
            // Nobody listens any more when the send fails.
            let mut watcher = notify::recommended_watcher(move |word: Word| {
                _ = sender.send(word);
            })?;
            watcher.watch(real.as_deref().unwrap_or(root), RecursiveMode::Recursive)?;
            notify::Result::Ok(watcher)
        };
        let (watcher, trouble) = match listen() {
            Ok(watcher) => (Some(watcher), None),
            Err(error) => (None, Some(reason(&error))),
        };
        let (root, output) = (root.to_owned(), real_file(output));
        Events {
            words,
            watcher,
            trouble,
            root,
            real,
            output,
            stamps: Stamps::default(),
            moved: false,
        }
    }

    /// Why the system gives no word, told once.
    pub fn no_notifications(&mut self) -> Option<String> {
        // A folder that vanished right now is told as such.
        self.trouble.take().filter(|_| self.root.is_dir())
    }

    /// Waits for the next change. `impatient`: comes back after a second in any case.
    pub fn next(&mut self, impatient: bool, progress: &dyn Progress) -> Next {
        while !self.moved {
            match self.receive(LOOK) {
                Some(word) if self.concerns(&word) => {
                    let at = Instant::now();
                    self.settle();
                    if !self.moved {
                        return Next::Changed(at);
                    }
                }
                Some(_) => {}
                None if progress.is_cancelled() => return Next::Cancelled,
                None => {
                    self.moved = self.root.canonicalize().ok() != self.real;
                    if !self.moved && (self.stamps.renew() || impatient) {
                        return Next::Changed(Instant::now());
                    }
                }
            }
        }
        Next::Moved
    }

    /// Waits until nothing has come for a moment.
    pub fn settle(&mut self) {
        let until = Instant::now() + LONGEST_WAIT;
        while Instant::now() < until && self.more(QUIET) {}
    }

    /// Whether something comes in that time; then waits until the rest is there.
    pub fn more_within(&mut self, time: Duration) -> bool {
        let came = self.more(time);
        if came {
            self.settle();
        }
        came && !self.moved
    }

    /// Whether something has come meanwhile; then waits until the rest is there.
    pub fn more_by_now(&mut self) -> bool {
        self.more_within(Duration::ZERO)
    }

    /// Notes the state of the files that a build is about to read.
    pub fn stamp(&mut self) {
        self.stamps.renew();
    }

    /// The files that a build has read, so that the looks know them.
    pub fn follow(&mut self, paths: impl Iterator<Item = PathBuf>) {
        self.stamps.follow(paths);
    }

    fn more(&mut self, time: Duration) -> bool {
        let until = Instant::now() + time;
        loop {
            match self.receive(until.saturating_duration_since(Instant::now())) {
                Some(word) if self.concerns(&word) => return true,
                Some(_) => {}
                None => return false,
            }
        }
    }

    fn receive(&self, time: Duration) -> Option<Word> {
        match self.words.recv_timeout(time) {
            Ok(word) => Some(word),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(time);
                None
            }
        }
    }

    /// Whether a word tells of the report's files, or leaves open what it tells of.
    fn concerns(&mut self, word: &Word) -> bool {
        let Ok(event) = word else { return true };
        let reading = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        if reading {
            return false;
        }
        let real = self.real.as_deref().unwrap_or(&self.root);
        let whole = event.paths.iter().any(|path| path == real);
        let leaves =
            matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        self.moved |= whole && leaves;
        let below = |path: &PathBuf| path.strip_prefix(real).is_ok_and(|path| !is_ignored(path));
        event.paths.is_empty() || event.paths.iter().any(|path| *path != self.output && below(path))
    }
}

/// A file by the real name of its folder, as the system's words name it.
fn real_file(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let real = folder.unwrap_or(Path::new(".")).canonicalize();
    match (real, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Io(error) => soukatsu_core::problem::system_reason(error),
        notify::ErrorKind::MaxFilesWatch => "見張れるフォルダーの数の上限に達しています".into(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "files that the test changes")]
mod tests {
    use super::*;

    #[test]
    fn a_save_during_a_build_is_noticed_behind_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut events = Events::of(dir.path(), &dir.path().join("a.pdf"));
        assert!(!events.more_by_now());
        std::fs::write(dir.path().join("a.csv"), "1").unwrap();
        let begun = Instant::now();
        while !events.more_by_now() {
            assert!(begun.elapsed() < Duration::from_secs(60), "no word of the save");
        }
    }
}
