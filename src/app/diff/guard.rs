//! The corrections that were meant, held against what changed, and the reasons for them.

use super::Diff;
use super::paper::Paper;
use crate::compare::{Expectation, PrintedChange};
use soukatsu_core::model::correction::Correction;
use soukatsu_core::problem::Problem;

/// Corrections, looked up in both editions.
pub struct Guard<'a> {
    diff: &'a Diff,
    /// Why nothing can be said beyond these: what was not expected.
    pub unexpected: Vec<Problem>,
}

/// Why printed changes were made.
pub struct Reasons<'a> {
    diff: &'a Diff,
    /// Reasons of single corrections; the first list that knows some counts.
    lists: Vec<Expectation<'a>>,
    /// The reason of everything else.
    general: Option<&'a str>,
}

impl Diff {
    /// Holds the changes against the corrections that were meant. Nothing is unexpected where
    /// data and prose cannot be compared; then nothing is as expected, either.
    ///
    /// # Errors
    /// Corrections of what neither edition has.
    pub fn guard<'a>(&'a self, corrections: &'a [Correction]) -> Result<Guard<'a>, Vec<Problem>> {
        let (Some([before, after]), Some(comparison)) = (self.editions(), &self.comparison) else {
            return Ok(Guard { diff: self, unexpected: Vec::new() });
        };
        let guard = Expectation::new(corrections, before, after)?;
        let mut unexpected = guard.unexpected(comparison);
        let any_page =
            guard.lists_template(before.template) || guard.lists_template(after.template);
        let pages = guard.listed_pages(after, comparison);
        let free = |page: usize| any_page || pages.contains(&page);
        let builds = self.built.each_ref().map(|built| built.build.as_ref());
        if let [Some(old), Some(new)] = builds {
            let shifts = |paper: &Paper| paper.shifts(comparison, [old, new], free);
            unexpected.extend(self.paper.iter().flat_map(shifts));
        }
        Ok(Guard { diff: self, unexpected })
    }

    /// The reasons of corrections: of the first list, else of the second, else the general one.
    ///
    /// # Errors
    /// Corrections of what neither edition has.
    pub fn reasons<'a>(
        &'a self,
        lists: [&'a [Correction]; 2],
        general: Option<&'a str>,
    ) -> Result<Reasons<'a>, Vec<Problem>> {
        let Some([before, after]) = self.editions() else {
            return Ok(Reasons { diff: self, lists: Vec::new(), general });
        };
        let lists = lists.into_iter().map(|list| Expectation::new(list, before, after));
        Ok(Reasons { diff: self, lists: lists.collect::<Result<_, _>>()?, general })
    }
}

impl Guard<'_> {
    /// Whether what was expected changed, and nothing else, and all of it could be compared.
    pub fn is_as_expected(&self) -> bool {
        let whole = self.diff.paper.as_ref().is_ok_and(|paper| !paper.is_damaged());
        self.diff.comparison.is_some()
            && self.unexpected.is_empty()
            && !self.diff.new_has_errors()
            && whole
            && !self.diff.is_altered()
    }
}

impl<'a> Reasons<'a> {
    /// The reasons of a printed change.
    pub fn of(&self, change: &PrintedChange) -> Vec<&str> {
        let Some(comparison) = &self.diff.comparison else { return Vec::new() };
        let found = self.lists.iter().map(|list| list.reasons(comparison, change));
        let found = found.into_iter().find(|reasons| !reasons.is_empty());
        found.unwrap_or_else(|| self.general.into_iter().collect())
    }
}
