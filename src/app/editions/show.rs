//! One edition: what was official, by whom and why; also which edition a PDF is.

use serde_json::{Value, json};

use super::facts::EditionFacts;
use super::identify::Identified;
use super::list::EditionSummary;
use crate::archive::edition_files::{CHANGES, CHANGES_TEXT};
use crate::archive::{Edition, Store};
use soukatsu_core::problem::Problem;

/// An edition with what speaks against it.
pub struct ShownEdition<'a> {
    store: &'a Store,
    pub summary: EditionSummary,
    /// Everything that speaks against it; places are relative to the store.
    pub doubts: Vec<Problem>,
}

impl<'a> ShownEdition<'a> {
    /// Looks at an edition.
    pub fn of(store: &'a Store, edition: Edition) -> Self {
        let doubts = store.doubts(&edition);
        ShownEdition { store, summary: EditionSummary::of(edition), doubts }
    }

    /// What it holds of its making.
    pub fn facts(&self) -> EditionFacts {
        EditionFacts::of(self.store, &self.summary.edition)
    }

    /// Whether nothing speaks against it.
    pub fn is_sound(&self) -> bool {
        self.doubts.is_empty()
    }

    /// What differs from the edition before, as it was kept; `None` for the first.
    pub fn changes(&self) -> Option<String> {
        self.summary.edition.text(&format!("{CHANGES}/{CHANGES_TEXT}")).ok()
    }

    /// For other programs. `asked`: the PDF that led to it.
    pub fn json(&self, facts: &EditionFacts, asked: Option<&Identified>) -> Value {
        let mut whole = self.summary.json();
        whole["sound"] = self.is_sound().into();
        whole["faults"] = json!(self.doubts);
        facts.put_into(&mut whole);
        if let Some(asked) = asked {
            whole["asked"] = asked.json();
        }
        whole
    }
}
