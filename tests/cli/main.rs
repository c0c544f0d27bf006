//! The commands as their users meet them: output, exit codes, files left behind, the running `watch`
//! and the walk-throughs of the documents.

#[path = "../common/built.rs"]
mod built;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/desk.rs"]
mod desk;

mod commands;
mod hostile_inputs;
mod memory_limit;
mod render;
mod time_limit;
mod walkthroughs;
mod watch;
mod words;
