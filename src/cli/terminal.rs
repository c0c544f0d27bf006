//! Jobs of the application layer, watched from the terminal.

use std::sync::{Mutex, PoisonError};

use super::printer::{Printer, Spinner};
use super::time_limit::TimeLimit;
use crate::app::{Progress, Step};

/// Shows steps beside a spinner, and lets a time limit run until files are written.
pub struct Terminal {
    spinner: Spinner,
    limit: Mutex<Option<TimeLimit>>,
    step: Mutex<Option<Step>>,
}

impl Terminal {
    /// Steps are shown where the printer shows its own.
    pub fn of(printer: &Printer) -> Self {
        Terminal { spinner: printer.spinner(), limit: Mutex::default(), step: Mutex::default() }
    }

    /// With a time limit that ends when the job begins to write, or is over.
    pub fn limited(self, limit: TimeLimit) -> Self {
        Terminal { limit: Mutex::new(Some(limit)), ..self }
    }
}

impl Progress for Terminal {
    fn step(&self, step: Step) {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = Some(step);
        self.spinner.step(&step.to_string());
    }

    fn count(&self, done: usize, all: usize) {
        if let Some(step) = *self.step.lock().unwrap_or_else(PoisonError::into_inner) {
            self.spinner.count(&step.to_string(), done, all);
        }
    }

    fn writing(&self) {
        drop(self.limit.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
