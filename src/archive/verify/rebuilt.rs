//! An edition held against what was made again of its own sources: everything in it that follows
//! from its report.

use std::collections::BTreeMap;

use super::foreign;
use super::reproduced::{fault, info_faults, payload_faults, report_faults};
use super::verdict::{Verdict, verdict};
use crate::archive::layout::accepted::accepted;
use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::digest_list::read_list;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{
    BAG_INFO, CHANGES, CHANGES_JSON, CHANGES_TEXT, ERRATA_CSV, ERRATA_PDF, MANIFEST, PDF,
    in_payload,
};
use crate::archive::layout::limits::LARGEST_FILE;
use crate::archive::layout::metadata::{Decision, metadata};
use crate::archive::layout::payload::{Made, payload};
use crate::record::BuildRecord;
use crate::world::{Fonts, Template};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Problem;

/// Files that tell what differs from the edition before, by their names below `changes/`.
pub type Changes = Vec<(&'static str, Vec<u8>)>;

/// What was made again of the sources of an edition.
pub struct Rebuilt<'a> {
    pub pdf: &'a [u8],
    /// As it was kept.
    pub record: &'a BuildRecord,
    /// Of this build.
    pub made: &'a BuildRecord,
    /// The report folder by path.
    pub files: &'a BTreeMap<String, Vec<u8>>,
    pub report: &'a Report,
    pub problems: &'a [Problem],
    pub template: &'a Template,
    pub fonts: &'a Fonts,
}

/// What an edition says of itself, as it follows from its report and from what people decided.
pub struct Derived {
    info: BagInfo,
    /// Why the edition was kept.
    pub reason: String,
}

impl Rebuilt<'_> {
    /// What bag-info.txt should say; `None` when the decision of people is not stated in whole.
    ///
    /// # Errors
    /// In Japanese, what cannot be read.
    pub fn derived(
        &self,
        edition: &Edition,
        before: Option<&Edition>,
    ) -> Result<Option<Derived>, String> {
        let stated = BagInfo::read(&edition.dir).map_err(|problem| problem.message)?;
        let Some(decision) = Decision::stated(&stated) else { return Ok(None) };
        let digest = before.map(Edition::digest).transpose()?;
        let before = before.map(|before| before.number).zip(digest.as_deref());
        // The name and the version of the program are its own.
        let record = BuildRecord { engine: self.record.engine.clone(), ..self.made.clone() };
        let info = metadata(self.report, &record, &decision, before);
        Ok(Some(Derived { info, reason: decision.reason }))
    }

    /// Holds an edition that another version of the program made against this; places are relative
    /// to the edition. `pdf`: that of the edition.
    pub fn hold_foreign(
        &self,
        edition: &Edition,
        pdf: &[u8],
        derived: Option<&Derived>,
    ) -> (Verdict, Vec<Problem>) {
        let pair = foreign::Pair {
            edition,
            record: self.record,
            pdf,
            report: self.files,
            made: (self.made, self.pdf),
        };
        let mut problems = report_faults(self.files.keys().map(String::as_str));
        problems.extend(foreign::faults(&pair));
        problems.extend(derived.iter().flat_map(|held| info_faults(edition, &held.info, false)));
        (verdict(pdf, self.pdf, self.record), problems)
    }

    /// Holds an edition that this very program made against this: all must be the same. Places are
    /// relative to the edition. `pdf`: that of the edition; `changes`: what was made again of the
    /// comparison with the edition before.
    pub fn hold_own(
        &self,
        edition: &Edition,
        pdf: &[u8],
        derived: Option<&Derived>,
        changes: Changes,
    ) -> (Verdict, Vec<Problem>) {
        let verdict = verdict(pdf, self.pdf, self.record);
        let mut problems = report_faults(self.files.keys().map(String::as_str));
        let Some(derived) = derived else {
            problems.push(
                fault(BAG_INFO)
                    .message("理由、承認した人、日付（2026-07-16 の形）のどれかがありません"),
            );
            return (verdict, problems);
        };
        problems.extend(info_faults(edition, &derived.info, true));
        let made = Made {
            pdf,
            report: self.files,
            record: self.made,
            template: self.template,
            fonts: self.fonts,
            problems: accepted(self.report, self.problems),
            changes,
        };
        problems.extend(payload_faults(edition, &payload(&made)));
        (verdict, problems)
    }
}

/// Whether the PDF of an edition is the one in its list.
pub fn is_pdf_listed(edition: &Edition) -> bool {
    let listed = read_list(&edition.dir, MANIFEST).unwrap_or_default();
    let digest = edition.pdf().map(|pdf| sha256(&pdf));
    digest.is_ok_and(|digest| listed.get(&in_payload(PDF)) == Some(&digest))
}

/// The comparison as it was kept.
pub fn kept_changes(edition: &Edition) -> Changes {
    let names = [ERRATA_CSV, ERRATA_PDF, CHANGES_TEXT, CHANGES_JSON];
    let read =
        |name| Some((name, edition.payload(&format!("{CHANGES}/{name}"), LARGEST_FILE).ok()?));
    names.into_iter().filter_map(read).collect()
}
