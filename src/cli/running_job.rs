//! The job that runs, as far as a limit of time or memory must know it to end it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::time_limit::Work;

/// Shared by all printers of a process.
#[derive(Clone, Default)]
pub struct RunningJob(Arc<Mutex<Option<Job>>>);

/// A job before it writes its files.
pub struct Job {
    pub work: Work,
    /// What is worked on, as it was given.
    pub names: String,
    /// Takes away what would be left behind.
    pub cleaning: Option<Box<dyn FnOnce() + Send>>,
}

impl RunningJob {
    /// A job begins.
    pub fn begin(&self, work: Work, names: String) {
        *self.lock() = Some(Job { work, names, cleaning: None });
    }

    /// The job is through, or writes its files now.
    pub fn end(&self) {
        *self.lock() = None;
    }

    /// What is to be done before the process is ended.
    pub fn clean_with(&self, cleaning: Box<dyn FnOnce() + Send>) {
        if let Some(job) = &mut *self.lock() {
            job.cleaning = Some(cleaning);
        }
    }

    /// Takes the job, to end the process with it.
    pub fn take(&self) -> Option<Job> {
        self.lock().take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Job>> {
        // Nothing of a job is ever half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
