//! What a job tells while it runs, and how it is given up.

use std::fmt;

/// Hears from a job while it runs. Every method may be called from any thread.
pub trait Progress: Sync {
    /// What is done now.
    fn step(&self, step: Step) {
        _ = step;
    }

    /// So many of all the pieces of the present step are through.
    fn count(&self, done: usize, all: usize) {
        _ = (done, all);
    }

    /// Nothing is done until the next step: changes are waited for.
    fn idle(&self) {}

    /// What leaves no trace of the job when the process is ended before it writes its files.
    fn clean_up_with(&self, cleaning: Box<dyn FnOnce() + Send>) {
        _ = cleaning;
    }

    /// From here on files are written: the job will not be given up any more.
    fn writing(&self) {}

    /// Whether the job shall be given up. Jobs ask between their steps: Typst cannot be
    /// interrupted, so a front that must end a step ends the process it runs in.
    fn is_cancelled(&self) -> bool {
        false
    }

    /// Goes on with the job, or gives it up.
    ///
    /// # Errors
    /// When it shall be given up.
    fn go_on(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}

/// The job was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("途中でやめました。何も書き出していません。")
    }
}

/// Nobody listens, and nobody gives up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {}

/// The steps of all jobs. Shown, they are what people read beside a spinner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Check,
    Trace,
    LayOut,
    ExportPdf,
    Draw,
    CompareEditions,
    ComparePictures,
    BuildOfficial,
    Keep,
    VerifyEditions,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Check => "点検しています",
            Step::Trace => "数の出どころを調べています",
            Step::LayOut => "データと文章を読み、ページを組んでいます",
            Step::ExportPdf => "PDFを書き出しています",
            Step::Draw => "ページを描いています",
            Step::CompareEditions => "2つの版を組んで、比べています",
            Step::ComparePictures => "ページを絵にして、比べています",
            Step::BuildOfficial => "正式版を組んでいます",
            Step::Keep => "保管庫に加えています",
            Step::VerifyEditions => "版を確かめています",
        })
    }
}
