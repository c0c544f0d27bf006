//! The job that runs, as far as a limit of time or memory must know it to end it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is stopped, and what is said to its end.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    Build,
    Watch,
    Check,
    Diff,
    Render,
    Keep,
    Verify,
    Show,
    Restore,
}

impl Work {
    pub fn doing(self) -> &'static str {
        match self {
            Work::Build | Work::Watch => "PDFを作り終わらない",
            Work::Check => "点検が終わらない",
            Work::Diff => "2つの版を比べ終わらない",
            Work::Render => "ページを描き終わらない",
            Work::Keep => "正式版を作り終わらない",
            Work::Verify => "次の版を確かめ終わらない",
            Work::Show => "調べ終わらない",
            Work::Restore => "元のファイルを取り出し終わらない",
        }
    }

    /// What became of the files.
    pub fn left(self) -> &'static str {
        match self {
            Work::Build => "PDFは書き出していません。前からあるファイルはそのままです。",
            Work::Watch => {
                "PDFは書き出していません。前からあるファイルはそのままです。watch を終わります。直してから、また始めてください。"
            }
            Work::Check => "見つかった問題も、まだ示していません。",
            Work::Diff => "何も書き出していません。前からあるファイルはそのままです。",
            Work::Keep => "保管していません。保管庫は前のままです。",
            Work::Verify => "保管庫は前のままです。`--digests-only` は、組み直さずに確かめます。",
            Work::Show => "保管庫は前のままです。",
            Work::Restore => {
                "取り出したフォルダーがあれば、中身は正しいです。同じPDFになるかどうかは確かめていません。"
            }
            Work::Render => "画像は1枚も書き出していません。前からあるファイルはそのままです。",
        }
    }
}

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
