//! Jobs of the application layer, watched from the terminal.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::printer::{Printer, Spinner};
use super::time_limit::{TimeLimit, TimeLimitArg, Work};
use crate::app::{Progress, Step};

/// Shows steps beside a spinner, and lets a time limit run until files are written.
pub struct Terminal {
    spinner: Spinner,
    /// For the last words of a time limit, which come from another thread.
    printer: Mutex<Printer>,
    limit: Mutex<Option<TimeLimit>>,
    step: Mutex<Option<Step>>,
    /// A limit that begins anew with every step and every counted piece.
    each: Option<(TimeLimitArg, Work, PathBuf)>,
}

impl Terminal {
    /// Steps are shown where the printer shows its own.
    pub fn of(printer: &Printer) -> Self {
        Terminal {
            spinner: printer.spinner(),
            printer: Mutex::new(printer.beside()),
            limit: Mutex::default(),
            step: Mutex::default(),
            each: None,
        }
    }

    /// With a time limit for the whole job, which ends when files are written.
    pub fn limited(self, limit: TimeLimit) -> Self {
        Terminal { limit: Mutex::new(Some(limit)), ..self }
    }

    /// With a time limit for every step, and every counted piece of one.
    pub fn limited_by_step(self, time: TimeLimitArg, work: Work, path: &Path) -> Self {
        Terminal { each: Some((time, work, path.to_owned())), ..self }
    }

    /// Runs the limit of a step anew.
    fn begin(&self) {
        if let Some((time, work, path)) = &self.each {
            let mut limit = lock(&self.limit);
            // One limit at a time: the last words are spoken once.
            drop(limit.take());
            *limit = Some(time.begin(*work, &[path], &lock(&self.printer)));
        }
    }
}

impl Progress for Terminal {
    fn step(&self, step: Step) {
        *lock(&self.step) = Some(step);
        self.spinner.step(&step.to_string());
        self.begin();
    }

    fn count(&self, done: usize, all: usize) {
        if let Some(step) = *lock(&self.step) {
            self.spinner.count(&step.to_string(), done, all);
        }
        self.begin();
    }

    fn idle(&self) {
        drop(lock(&self.limit).take());
        self.spinner.finish();
    }

    fn clean_up_with(&self, cleaning: Box<dyn FnOnce() + Send>) {
        if let Some(limit) = &*lock(&self.limit) {
            limit.clean_with(cleaning);
        }
    }

    fn writing(&self) {
        drop(lock(&self.limit).take());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
