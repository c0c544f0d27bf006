//! Why something is printed differently: the reasons that were given for what is behind it.

use super::Comparison;
use super::aim::Aim;
use super::expect::{Entry, Expectation, MANIFEST, has_fragments};
use super::printed::PrintedChange;

impl Expectation<'_> {
    /// The reasons of all listed corrections that a change rests on, in the order of the list,
    /// each once.
    pub fn reasons(&self, comparison: &Comparison, change: &PrintedChange) -> Vec<&str> {
        let behind = |(correction, aim): &&Entry<'_>| {
            let mut cells = change.causes.iter().filter_map(|i| comparison.data.cells.get(*i));
            let mut parts = change.parts.iter().filter_map(|i| comparison.data.parts.get(*i));
            let file = change.place.as_ref().filter(|_| change.written).map(|place| &place.file);
            cells.any(|cell| aim.covers(cell))
                || parts.any(|part| aim.covers_part(part))
                || file.is_some_and(|file| aim.covers_file(file))
                    && has_fragments(correction, change)
        };
        let known = !change.causes.is_empty() || !change.parts.is_empty() || change.written;
        let mut found: Vec<&Entry<'_>> = match known {
            true => self.entries.iter().filter(behind).collect(),
            false => self.only_one(comparison).into_iter().collect(),
        };
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|(correction, _)| seen.insert(&correction.reason));
        found.into_iter().filter_map(|(correction, _)| correction.reason.as_deref()).collect()
    }

    /// The correction behind a change of which no origin is known, such as a figure that went
    /// with its call: when there is a single one that it could be.
    fn only_one(&self, comparison: &Comparison) -> Option<&Entry<'_>> {
        let part = |aim: &Aim| comparison.data.parts.iter().any(|part| aim.covers_part(part));
        let could = |(_, aim): &&Entry<'_>| {
            let whole = aim.row.is_none() && aim.column.is_none();
            whole || aim.file == MANIFEST || part(aim)
        };
        let mut found = self.entries.iter().filter(could);
        found.next().filter(|_| found.next().is_none())
    }
}
