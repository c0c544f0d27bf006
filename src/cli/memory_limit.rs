//! `--memory-limit`: what asks for too much memory ends the command, with an error.

use super::printer::Printer;
use soukatsu_core::problem::{Code, Place, Problem};

/// In megabytes. A report of 22 pages takes 120, one of 200 pages 500; what the allocator counts is
/// a little less than what the system sees.
const DEFAULT: u32 = 800;
const LEAST: u32 = 100;
const MOST: u32 = 1_000_000;

/// How much memory a command may take.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct MemoryLimitArg {
    /// これより多くのメモリーを使うなら、打ち切って誤りにする（MB。100から1000000まで、省略すると800）
    #[arg(long, global = true, value_name = "MB", default_value_t = DEFAULT, hide_default_value = true, allow_negative_numbers = true, value_parser = megabytes)]
    memory_limit: u32,
}

fn megabytes(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (LEAST..=MOST).contains(number));
    number.ok_or_else(|| format!("{LEAST}から{MOST}までの整数（MB）を指定してください"))
}

impl MemoryLimitArg {
    /// Ends the process with an error from now on when it takes more.
    pub fn begin(self, printer: &Printer) {
        let (job, mut printer) = (printer.job().clone(), printer.beside());
        soukatsu_memory_limit::limit(self.memory_limit as usize * 1_000_000, move || {
            let job = job.take();
            // Without a job, files are written, or a little thing is done.
            let names = job.as_ref().map_or("soukatsu", |job| &job.names);
            printer.problems(&[self.problem(names)], "");
            if let Some(job) = job {
                job.cleaning.into_iter().for_each(|clean| clean());
                printer.note(job.work.left());
            }
            std::process::exit(1);
        });
    }

    fn problem(self, names: &str) -> Problem {
        let megabytes = self.memory_limit;
        let more = megabytes.saturating_mul(2).min(MOST);
        Problem::error(Code::MemoryLimit, Place::file(names))
            .message(format!("メモリーが足りないか、{megabytes}MBより多く使おうとしたので、打ち切りました"))
            .hint(format!(
                "文章やテンプレートの大きすぎる並び（range など）、多すぎる行、壊れたPDFやブックがないか確かめてください。大きな報告書でメモリーが足りないだけなら、--memory-limit {more} のように増やせます"
            ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_megabytes_that_a_build_needs_at_least_are_a_limit() {
        assert_eq!([megabytes("100"), megabytes("2000")], [Ok(100), Ok(2000)]);
        for text in ["0", "99", "-1", "1.5", "", "1000001", "２００"] {
            assert!(megabytes(text).is_err(), "{text}");
        }
    }
}
