//! How a report is laid out: everything beside the report itself that decides its pages.

use super::output::Output;
use super::version_mark::{edition_mark, mark_of, notice};
use crate::export::Printing;
use crate::record::BuildRecord;
use crate::world::{Imprint, Profile, Template};
use soukatsu_core::model::report::Report;

/// How a report is laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BuildOptions {
    pub profile: Profile,
    /// Which version every page and the metadata name.
    pub mark: Option<Mark>,
    /// Says on the cover which data is not final, so that an official version may hold it.
    pub accept_provisional: bool,
    /// Serves in place of the template of its name, so that an edition is built with the very
    /// template that it was made with.
    pub template: Option<GivenTemplate>,
}

/// Which version the pages name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Their own: edition and content hash.
    Own,
    /// Another one, with which they are compared by their pictures.
    Other(String),
}

/// A template under the name by which reports ask for it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenTemplate {
    pub name: String,
    pub template: Template,
}

impl BuildOptions {
    /// The options of a profile, and the usual ones beside it.
    pub fn of(profile: Profile) -> Self {
        BuildOptions { profile, ..BuildOptions::default() }
    }

    /// The options that lay reports out as the recorded one was, and what to export them to: with
    /// the same profile, notice and marks. The pages name the `named` version and not their own,
    /// so that its mark makes no difference between two of them.
    pub fn like(record: &BuildRecord, named: &BuildRecord) -> (Self, Output) {
        let (again, output) = Self::again(record);
        let mark = again.mark.map(|_| Mark::Other(mark_of(named)));
        (BuildOptions { mark, ..again }, Output { official: false, ..output })
    }

    /// The options that make the recorded official version again, and what to export it to.
    pub fn again(record: &BuildRecord) -> (Self, Output) {
        let recorded = &record.options;
        let options = BuildOptions {
            profile: Profile::named(&recorded.profile).unwrap_or_default(),
            mark: recorded.edition_mark.then_some(Mark::Own),
            accept_provisional: recorded.accept_provisional,
            template: None,
        };
        let printing = Printing { marks: recorded.marks, imposition: None };
        (options, Output { official: true, printing, ..Output::default() })
    }

    /// What the pages of a report say of their version with these options.
    pub(super) fn imprint(&self, report: &Report, template: &Template) -> Imprint {
        let mark = |mark: &Mark| match mark {
            Mark::Own => edition_mark(report, template),
            Mark::Other(words) => words.clone(),
        };
        Imprint {
            mark: self.mark.as_ref().map(mark),
            notice: self.accept_provisional.then(|| notice(report)).flatten(),
        }
    }
}
