//! An edition held against what its own sources make: its PDF, and everything else in it that
//! follows from its report.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::foreign;
use super::rebuild::{Built, built};
use super::reproduced::{fault, info_faults, payload_faults, report_faults};
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
use crate::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::Problem;

/// What building again came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rebuilt {
    /// The same bytes.
    Same,
    /// Other bytes, made by another version of the program; every page looks the same.
    SamePages { made_by: String },
    /// Something differs; in Japanese, what.
    Different(String),
    /// It could not be built; in Japanese, why.
    Failed(String),
}

/// What editions are built again with.
pub struct Workshop<'a> {
    /// Those inside the program, which serve when an edition has the same, so that they are read
    /// and hashed once.
    pub fonts: Fonts,
    pub compare: &'a Compare<'a>,
}

/// Makes the files that tell what differs from the edition before, given its folder; the report
/// folder of the newer one and its fonts; and the reason.
///
/// `None` when they cannot be compared.
pub type Compare<'a> = dyn Fn(&Path, Folder, &Fonts, &str) -> Option<Changes> + Sync + 'a;

/// Files by their names below `changes/`.
pub type Changes = Vec<(&'static str, Vec<u8>)>;

/// Builds an edition again, and holds everything in it that follows from its report against what
/// comes out. Places are relative to the edition.
pub fn rebuild(
    edition: &Edition,
    before: Option<&Edition>,
    workshop: &Workshop<'_>,
) -> (Rebuilt, Vec<Problem>) {
    let verdict = || -> Result<(Rebuilt, Vec<Problem>), String> {
        let built = built(edition, &workshop.fonts)?;
        let pdf = edition.pdf()?;
        let verdict = match pdf == built.pdf {
            true => Rebuilt::Same,
            false => compared(&pdf, &built.pdf, &built.record),
        };
        let mut problems = report_faults(built.files.keys().map(String::as_str));
        problems.extend(match built.record.engine_differs() {
            true => built.foreign_faults(edition, before, &pdf),
            false => built.own_faults(edition, before, &pdf, workshop.compare)?,
        });
        Ok((verdict, problems))
    };
    // A report that no one has checked for faults of this program must not end the whole run.
    catch_unwind(AssertUnwindSafe(verdict))
        .unwrap_or_else(|_| Err("プログラムの誤りで、途中で止まりました".to_owned()))
        .unwrap_or_else(|reason| (Rebuilt::Failed(reason), Vec::new()))
}

impl Built {
    /// Of an edition that this very program made, all must be the same.
    fn own_faults(
        &self,
        edition: &Edition,
        before: Option<&Edition>,
        pdf: &[u8],
        compare: &Compare<'_>,
    ) -> Result<Vec<Problem>, String> {
        let Some((info, reason)) = self.info(edition, before)? else {
            return Ok(vec![
                fault(BAG_INFO)
                    .message("理由、承認した人、日付（2026-07-16 の形）のどれかがありません"),
            ]);
        };
        let mut problems = info_faults(edition, &info, true);
        let mut changes = Vec::new();
        // What the one before was cannot be told when it is not what it was.
        if let Some(before) = before.filter(|before| is_pdf_listed(before)) {
            let folder = Folder::Memory(self.files.clone());
            let made = compare(&before.dir, folder, self.build.fonts(), &reason);
            changes = made.ok_or("前の版と比べられません")?;
        } else if before.is_some() {
            changes = kept_changes(edition);
        }
        let template = self.build.template.as_ref().ok_or("テンプレートがありません")?;
        let made = Made {
            pdf,
            report: &self.files,
            record: &self.made,
            template,
            fonts: self.build.fonts(),
            problems: accepted(&self.build),
            changes,
        };
        problems.extend(payload_faults(edition, &payload(&made)));
        Ok(problems)
    }

    fn foreign_faults(
        &self,
        edition: &Edition,
        before: Option<&Edition>,
        pdf: &[u8],
    ) -> Vec<Problem> {
        let pair = foreign::Pair {
            edition,
            record: &self.record,
            pdf,
            report: &self.files,
            made: (&self.made, &self.pdf),
        };
        let mut problems = foreign::faults(&pair);
        if let Ok(Some((info, _))) = self.info(edition, before) {
            problems.extend(info_faults(edition, &info, false));
        }
        problems
    }

    /// bag-info.txt as it follows from the report and from what people decided, and the reason;
    /// `None` when something of that is not stated.
    fn info(
        &self,
        edition: &Edition,
        before: Option<&Edition>,
    ) -> Result<Option<(BagInfo, String)>, String> {
        let stated = BagInfo::read(&edition.dir).map_err(|problem| problem.message)?;
        let Some(decision) = Decision::stated(&stated) else { return Ok(None) };
        let report = self.build.report.as_ref().ok_or("報告書を読めません")?;
        let digest = before.map(Edition::digest).transpose()?;
        let before = before.map(|before| before.number).zip(digest.as_deref());
        // The name and the version of the program are its own.
        let record = BuildRecord { engine: self.record.engine.clone(), ..self.made.clone() };
        Ok(Some((metadata(report, &record, &decision, before), decision.reason)))
    }
}

/// Whether the PDF of an edition is the one in its list.
fn is_pdf_listed(edition: &Edition) -> bool {
    let listed = read_list(&edition.dir, MANIFEST).unwrap_or_default();
    let digest = edition.pdf().map(|pdf| sha256(&pdf));
    digest.is_ok_and(|digest| listed.get(&in_payload(PDF)) == Some(&digest))
}

/// The comparison as it was kept.
fn kept_changes(edition: &Edition) -> Changes {
    let names = [ERRATA_CSV, ERRATA_PDF, CHANGES_TEXT, CHANGES_JSON];
    let read =
        |name| Some((name, edition.payload(&format!("{CHANGES}/{name}"), LARGEST_FILE).ok()?));
    names.into_iter().filter_map(read).collect()
}

/// Other bytes are to be expected of another version of the program only.
fn compared(kept: &[u8], pdf: &[u8], record: &BuildRecord) -> Rebuilt {
    use crate::compare::paper::{PageChange, compare_pdfs};
    let changes = compare_pdfs(kept, pdf);
    let seen = |change: &PageChange| change.is_seen();
    match changes {
        Ok(changes) if !changes.iter().any(seen) => match record.engine_differs() {
            true => Rebuilt::SamePages {
                made_by: format!("{} {}", record.engine.name, record.engine.version),
            },
            false => Rebuilt::Different(
                "組み直したPDFとバイトが違います（ページの絵は同じです）".to_owned(),
            ),
        },
        Ok(changes) => {
            let pages = changes.iter().filter(|change| change.is_seen()).count();
            Rebuilt::Different(format!("組み直したPDFと、{pages}ページの絵が違います"))
        }
        Err(_) => Rebuilt::Different("組み直したPDFと違います".to_owned()),
    }
}
