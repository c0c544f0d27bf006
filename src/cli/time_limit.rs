//! `--time-limit`: a report that is never finished ends the command, with an error.
//!
//! Typst cannot be interrupted from inside, so a second thread waits beside the work, and ends
//! the process when the time is over.

use std::path::Path;
use std::process;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::printer::Printer;
use super::running_job::RunningJob;
pub use super::running_job::Work;
use soukatsu_core::problem::{Code, Place, Problem};

/// In seconds, over twice what the largest report that was measured takes: nobody waits longer
/// (docs/performance.md).
const DEFAULT: u32 = 50;
const LONGEST: u32 = 24 * 60 * 60;

/// How long a report may take.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct TimeLimitArg {
    /// この時間で終わらなければ、打ち切って誤りにする（秒。1から86400まで、省略すると50）
    #[arg(long, value_name = "秒", default_value_t = DEFAULT, hide_default_value = true, allow_negative_numbers = true, value_parser = seconds)]
    time_limit: u32,
}

fn seconds(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (1..=LONGEST).contains(number));
    number.ok_or_else(|| format!("1から{LONGEST}までの整数（秒）を指定してください"))
}

impl TimeLimitArg {
    /// Begins to count, until what is returned is dropped. `paths`: what is worked on.
    pub fn begin(&self, work: Work, paths: &[&Path], printer: &Printer) -> TimeLimit {
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let names = names.join("、");
        let problem = problem(self.time_limit, work, &names);
        let job = printer.job().clone();
        job.begin(work, names);
        let mut printer = printer.beside();
        let last_words = move || {
            printer.problems(&[problem], "");
            printer.note(work.left());
        };
        TimeLimit::after(Duration::from_secs(self.time_limit.into()), job, last_words)
    }
}

fn problem(seconds: u32, work: Work, names: &str) -> Problem {
    let more = seconds.saturating_mul(2).min(LONGEST);
    Problem::error(Code::TimeLimit, Place::file(names))
        .message(format!("{seconds}秒たっても{}ので、打ち切りました", work.doing()))
        .hint(format!(
            "自作のテンプレートか文章に、いつまでも続く繰返し（for、自分を呼ぶ関数）がないか確かめてください。大きな報告書で時間が足りないだけなら、--time-limit {more} のように延ばせます"
        ))
}

/// A time that runs. Dropped, it is over: what comes then (the writing of files) cannot be
/// struck.
pub struct TimeLimit {
    shared: Arc<Shared>,
    job: RunningJob,
}

#[derive(Default)]
struct Shared {
    done: Mutex<bool>,
    changed: Condvar,
}

impl Shared {
    fn done(&self) -> MutexGuard<'_, bool> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TimeLimit {
    fn after(time: Duration, job: RunningJob, last_words: impl FnOnce() + Send + 'static) -> Self {
        let shared = Arc::<Shared>::default();
        let (waiting, running) = (Arc::clone(&shared), job.clone());
        thread::spawn(move || {
            let done = waiting.done();
            let waited = waiting.changed.wait_timeout_while(done, time, |done| !*done);
            // Held to the end, so that a work that is finished just now waits for the exit.
            let (done, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if !*done {
                let cleaning = running.take().and_then(|job| job.cleaning);
                cleaning.into_iter().for_each(|clean| clean());
                last_words();
                process::exit(1);
            }
        });
        TimeLimit { shared, job }
    }

    /// What is to be done before the process is ended.
    pub fn clean_with(&self, cleaning: impl FnOnce() + Send + 'static) {
        self.job.clean_with(Box::new(cleaning));
    }
}

impl Drop for TimeLimit {
    fn drop(&mut self) {
        *self.shared.done() = true;
        self.shared.changed.notify_all();
        self.job.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_seconds_up_to_a_day_are_a_limit() {
        assert_eq!(seconds("1"), Ok(1));
        assert_eq!(seconds("86400"), Ok(86_400));
        for text in ["0", "-1", "86401", "1.5", "", "五", "５", "99999999999999999999"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_work_that_ends_in_time_is_never_struck() {
        // Were it struck, the process of the tests would end.
        drop(TimeLimit::after(Duration::from_millis(20), RunningJob::default(), || {}));
        thread::sleep(Duration::from_millis(60));
    }
}
