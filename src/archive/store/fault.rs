//! Why something in a store cannot be done.

use soukatsu_core::problem::{Problem, system_reason};

/// Why something in a store cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreFault {
    /// There is no such folder.
    Missing,
    /// The folder is none of a store.
    NoStore,
    /// What is in the store already is not as it was left; see `archive verify`.
    Damaged(String),
    /// The same, with what there is to know of it; its place is relative to the store.
    Broken(Box<Problem>),
    /// The system refused; holds its words.
    Refused(String),
    /// An edition is there, but chain.txt could not be written; holds its number and the system's
    /// words.
    Unwitnessed(u32, String),
    /// An edition is there, but the system could not say that it is on the disk; holds its number
    /// and the system's words.
    Unsettled(u32, String),
}

impl From<std::io::Error> for StoreFault {
    fn from(error: std::io::Error) -> Self {
        StoreFault::Refused(system_reason(&error))
    }
}
