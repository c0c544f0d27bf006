//! What a report asks of its official version: which warnings stop it, and whose approval it
//! needs.

use std::collections::BTreeSet;

use super::date::Date;
use crate::problem::{Code, Place, Problem, Severity};

/// The file of the approvals. It stands apart from report.toml because those who approve are
/// others than those who write, and because an approval is of the report without it.
pub const APPROVALS: &str = "approvals.toml";

/// The warnings that stop an official version.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Blocking {
    #[default]
    All,
    Only(BTreeSet<Code>),
}

impl Blocking {
    /// Whether a problem that is no error stops the official version all the same. A report may
    /// be stricter than the program: advice stops it, too, when its code is named.
    pub fn stops(&self, problem: &Problem) -> bool {
        match self {
            Blocking::All => problem.severity == Severity::Warning,
            Blocking::Only(codes) => codes.contains(&problem.code),
        }
    }
}

/// One approval of approvals.toml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    pub role: String,
    pub name: String,
    pub date: Date,
    /// The beginning of the content hash that was approved, in lower case; without it the
    /// approval is of any content.
    pub content: Option<String>,
    pub place: Place,
}

/// `[official]` of report.toml with the approvals that were given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Official {
    pub blocking: Blocking,
    /// The roles whose approval is needed, with their places in report.toml.
    pub required: Vec<(String, Place)>,
    pub approvals: Vec<Approval>,
}
