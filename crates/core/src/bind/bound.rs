//! What the calls of the prose come to.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Value, Verdict};

/// What the calls of one prose file come to, by their index in [`Prose::calls`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoundProse {
    /// Calls that print a value.
    pub values: BTreeMap<usize, Bound>,
    /// Claims.
    pub claims: BTreeMap<usize, Verdict>,
    /// Keys of values inside conditions: Typst works the arguments of a claim out, too, but
    /// nothing prints them.
    pub(super) unprinted: BTreeSet<String>,
}

/// A value as the sentence prints it, and the cells it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// What the template asks for: the call with its arguments.
    pub key: String,
    pub text: String,
    pub value: Value,
}

/// All prose of a report, bound; in the order of [`Report::prose`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bindings {
    pub prose: Vec<BoundProse>,
}

impl Bindings {
    /// The texts that the template looks up, by key.
    pub fn texts(&self) -> BTreeMap<&str, &str> {
        let bound = self.prose.iter().flat_map(|prose| prose.values.values());
        let printed = bound.map(|bound| (bound.key.as_str(), bound.text.as_str()));
        let unprinted = self.prose.iter().flat_map(|prose| &prose.unprinted);
        unprinted.map(|key| (key.as_str(), "")).chain(printed).collect()
    }
}
