//! The corrections that were meant, held against what changed, and the reasons for them.

use std::collections::BTreeSet;

use super::Diff;
use super::built_side::{BuiltSide, Remade};
use super::paper::Paper;
use crate::compare::{Expectation, PrintedChange};
use crate::export::{DocumentPart, document_differences};
use soukatsu_core::model::correction::Correction;
use soukatsu_core::problem::{Code, Place, Problem};

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
        unexpected.extend(self.built.iter().filter_map(|built| self.unproven(built)));
        Ok(Guard { diff: self, unexpected })
    }

    /// Why nothing can be said of a PDF that this program does not make of its sources.
    fn unproven(&self, built: &BuiltSide) -> Option<Problem> {
        let problem = Problem::error(Code::RebuildDiffers, Place::file(built.name.as_str()));
        let makers: Vec<String> = built.made_otherwise().iter().map(ToString::to_string).collect();
        let made = match makers.is_empty() {
            true => String::new(),
            false => format!("今とは違うもので作られていて（{}）、", makers.join("、")),
        };
        let problem = match built.remade.as_ref()? {
            Remade::Same => return None,
            Remade::Impossible => problem.message(format!(
                "{made}添付の元のファイルから組み直せないので、予定した訂正だけとは言えません"
            )),
            Remade::Departs(parts) => problem
                .text(names(parts))
                .message(format!("{made}添付の元のファイルから組み直したものと違う所があるので、予定した訂正だけとは言えません")),
        };
        let between = match self.built.each_ref().map(|built| built.side.pdf()) {
            [Some(old), Some(new)] => document_differences(old, new),
            _ => None,
        };
        let between = between.filter(|parts| !parts.is_empty());
        let between = between.map_or_else(String::new, |parts| {
            format!("前と後のPDFで違うのは、{}です。目で確かめてください。", names(&parts))
        });
        Some(problem.hint(format!(
            "{between}データと文章だけなら、`soukatsu archive restore PDF -o フォルダー` で取り出した前と後の報告書フォルダーを比べれば確かめられます"
        )))
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

/// So many parts of a PDF are named.
const MOST_NAMED: usize = 12;

fn names(parts: &BTreeSet<DocumentPart>) -> String {
    let named: Vec<String> = parts.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let rest = parts.len() - named.len();
    let rest = if rest > 0 { format!("など{}か所", parts.len()) } else { String::new() };
    named.join("、") + &rest
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
            && self.diff.built.iter().all(BuiltSide::shows_its_sources)
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
