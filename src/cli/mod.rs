//! The terminal in front of the library: arguments, progress, exit codes.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 done,
//! 1 the report is at fault, 2 wrong usage, 3 the program is at fault.

#![expect(clippy::disallowed_methods, reason = "this is where the terminal and the disk are asked")]

mod archive;
mod build;
mod check;
mod commands;
mod completions;
mod diff;
mod ending;
mod explain;
mod fonts;
mod format;
mod memory_limit;
mod messages;
mod new;
mod panics;
mod print_options;
mod printer;
mod profile;
mod render;
mod report_arg;
mod running_job;
mod terminal;
mod time_limit;
mod usage;
mod watch;

pub use commands::{Args, run};
