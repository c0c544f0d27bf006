//! How a command ends.

use std::process::ExitCode;

/// How a command ended, as far as the shell is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Done,
    /// The report, or what it was compared with, is at fault.
    ReportAtFault,
    WrongUsage,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ExitCode::from(match ending {
            Ending::Done => 0,
            Ending::ReportAtFault => 1,
            Ending::WrongUsage => 2,
        })
    }
}
