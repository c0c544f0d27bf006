//! What of the world outside a call touches.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    Disk,
    Network,
    Terminal,
    Processes,
}

use Touch::{Disk, Network, Processes, Terminal};

/// Paths, with all below them. What the standard library has here, clippy.toml bans too.
pub const TOUCHING: [(&str, Touch); 21] = [
    ("std::fs", Disk),
    ("std::os::unix::fs", Disk),
    ("tempfile", Disk),
    ("notify", Disk),
    ("std::net", Network),
    ("std::os::unix::net", Network),
    ("tokio::net", Network),
    ("axum", Network),
    ("hyper", Network),
    ("std::io::stdin", Terminal),
    ("std::io::stdout", Terminal),
    ("std::io::stderr", Terminal),
    ("std::env", Terminal),
    ("std::process::exit", Terminal),
    ("std::process::abort", Terminal),
    ("anstream", Terminal),
    ("indicatif", Terminal),
    ("rpassword", Terminal),
    ("std::process::Command", Processes),
    ("tokio::process", Processes),
    ("tokio::fs", Disk),
];

/// Methods of `std::path::Path` that ask the disk.
const METHODS: [&str; 10] = [
    "canonicalize",
    "exists",
    "is_dir",
    "is_file",
    "is_symlink",
    "metadata",
    "read_dir",
    "read_link",
    "symlink_metadata",
    "try_exists",
];

const MACROS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

impl Touch {
    /// The touch that words of the table name.
    pub fn named(words: &str) -> Option<Touch> {
        let known = [
            ("disk", Disk),
            ("network", Network),
            ("terminal", Terminal),
            ("processes", Processes),
        ];
        let said = |word: &str| words.split(|c: char| !c.is_alphabetic()).any(|w| w == word);
        known.into_iter().find(|(word, _)| said(word)).map(|(_, touch)| touch)
    }

    /// What a call touches: `std::fs::read`, `.exists()` or `println!`.
    pub fn of(call: &str) -> Option<Touch> {
        if let Some(name) = call.strip_suffix('!') {
            return MACROS.contains(&name.trim_start_matches("std::")).then_some(Terminal);
        }
        if let Some(name) = call.strip_prefix('.') {
            return METHODS.contains(&name.trim_end_matches("()")).then_some(Disk);
        }
        TOUCHING.iter().find(|(path, _)| is_below(call, path)).map(|(_, touch)| *touch)
    }
}

pub fn is_below(call: &str, path: &str) -> bool {
    call.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
