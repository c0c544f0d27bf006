//! An edition built again from what it holds: its report folder, template and fonts.
#![expect(clippy::disallowed_methods, reason = "the files of an edition are read here")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::about::{Decision, about};
use super::accepted::accepted;
use super::bag::{MANIFEST, PAYLOAD};
use super::contents::{CHANGES, FONTS, LOCK, Made, PDF, RECORD, REPORT, TEMPLATE, payload};
use super::edition::Edition;
use super::files::{self, LARGEST_FILE};
use super::foreign;
use super::info::{BagInfo, INFO};
use super::list::read_list;
use super::reproduced::{fault, info_faults, payload_faults};
use crate::load::Folder;
use crate::model::digest::sha256;
use crate::pipeline::{Outcome, Session};
use crate::problem::{Problem, system_reason};
use crate::record::BuildRecord;
use crate::world::{Fonts, Template};

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

/// The record of an edition.
///
/// # Errors
/// In Japanese, when it cannot be read.
pub fn record(dir: &Path) -> Result<BuildRecord, String> {
    serde_json::from_slice(&kept(dir, RECORD)?).map_err(|_| "作り方の記録が読めません".to_owned())
}

/// A file of the payload.
fn kept(dir: &Path, path: &str) -> Result<Vec<u8>, String> {
    let name = format!("{PAYLOAD}/{path}");
    files::read(dir, &name, LARGEST_FILE).map_err(|fault| format!("{path} {}", fault.message()))
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
        let problems = match built.record.engine_differs() {
            true => built.foreign_faults(edition, before, &pdf),
            false => built.own_faults(edition, before, &pdf, workshop.compare)?,
        };
        Ok((verdict, problems))
    };
    // A report that no one has checked for faults of this program must not end the whole run.
    catch_unwind(AssertUnwindSafe(verdict))
        .unwrap_or_else(|_| Err("プログラムの誤りで、途中で止まりました".to_owned()))
        .unwrap_or_else(|reason| (Rebuilt::Failed(reason), Vec::new()))
}

/// An edition that was built again.
struct Built {
    pdf: Vec<u8>,
    /// As it was kept.
    record: BuildRecord,
    /// Of this build.
    made: BuildRecord,
    /// The report folder by path.
    files: BTreeMap<String, Vec<u8>>,
    outcome: Outcome,
    session: Session,
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
                fault(INFO)
                    .message("理由、承認した人、日付（2026-07-16 の形）のどれかがありません"),
            ]);
        };
        let mut problems = info_faults(edition, &info, true);
        let mut changes = Vec::new();
        // What the one before was cannot be told when it is not what it was.
        if let Some(before) = before.filter(|before| is_pdf_listed(before)) {
            let folder = Folder::Memory(self.files.clone());
            let made = compare(&before.dir, folder, self.session.fonts(), &reason);
            changes = made.ok_or("前の版と比べられません")?;
        } else if before.is_some() {
            changes = kept_changes(edition);
        }
        let template = self.session.template().ok_or("テンプレートがありません")?;
        let made = Made {
            pdf,
            report: &self.files,
            record: &self.made,
            template,
            fonts: self.session.fonts(),
            problems: accepted(&self.outcome),
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
        let report = self.outcome.report.as_ref().ok_or("報告書を読めません")?;
        let digest = before.map(Edition::digest).transpose()?;
        let before = before.map(|before| before.number).zip(digest.as_deref());
        // The name and the version of the program are its own.
        let record = BuildRecord { engine: self.record.engine.clone(), ..self.made.clone() };
        Ok(Some((about(report, &record, &decision, before), decision.reason)))
    }
}

/// Whether the PDF of an edition is the one in its list.
fn is_pdf_listed(edition: &Edition) -> bool {
    let listed = read_list(&edition.dir, MANIFEST).unwrap_or_default();
    let digest = edition.pdf().map(|pdf| sha256(&pdf));
    digest.is_ok_and(|digest| listed.get(&format!("{PAYLOAD}/{PDF}")) == Some(&digest))
}

/// The comparison as it was kept.
fn kept_changes(edition: &Edition) -> Changes {
    let names = ["errata.csv", "errata.pdf", "changes.txt", "changes.json"];
    let read = |name| Some((name, kept(&edition.dir, &format!("{CHANGES}/{name}")).ok()?));
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

/// The official PDF again.
fn built(edition: &Edition, fonts: &Fonts) -> Result<Built, String> {
    let dir = edition.dir.as_path();
    let record = record(dir)?;
    let data = dir.join(PAYLOAD);
    holds_all(dir, &record)?;
    let fonts = fonts_of(&data.join(FONTS), &record, fonts)?;
    let template = template_of(&data, &record)?;
    let (session, output) = Session::again(&record, fonts);
    let mut session = session.with_template(record.template.name.clone(), template);
    let files = report_of(dir)?;
    let mut outcome = session.build(&Folder::Memory(files.clone()));
    // Other versions of the program may ask for other things.
    if !record.engine_differs() {
        session.refuse_unofficial(&mut outcome);
    }
    let (Some(report), Some(document)) = (&outcome.report, outcome.document()) else {
        let first = outcome.problems.iter().find(|problem| problem.is_error());
        return Err(first.map_or_else(
            || "報告書を組めません".to_owned(),
            |problem| format!("報告書を組めません: {} {}", problem.place, problem.message),
        ));
    };
    let pdf = session.export(report, document, &output).map_err(|problems| {
        problems.first().map_or_else(String::new, |problem| problem.message.clone())
    })?;
    let made = session.record(report, &output).ok_or("作り方の記録を作れません")?;
    Ok(Built { pdf, record, made, files, outcome, session })
}

/// The files of the report folder that the list of an edition names.
fn report_of(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let list = read_list(dir, MANIFEST).map_err(|_| "一覧が読めません")?;
    let prefix = format!("{PAYLOAD}/{REPORT}/");
    let paths = list.keys().filter_map(|name| name.strip_prefix(&prefix));
    paths.map(|path| Ok((path.to_owned(), kept(dir, &format!("{REPORT}/{path}"))?))).collect()
}

/// Whether an edition holds the fonts and the list of libraries that its record names, so that it
/// can be built when this program no longer has them. Its files are known to be those of its list.
fn holds_all(dir: &Path, record: &BuildRecord) -> Result<(), String> {
    let list = read_list(dir, MANIFEST).map_err(|_| "一覧が読めません")?;
    let held: BTreeSet<&str> = list.values().map(String::as_str).collect();
    let fonts = record.fonts.iter().map(|font| (FONTS, font.sha256.as_str()));
    for (name, digest) in fonts.chain([(LOCK, record.engine.lock_sha256.as_str())]) {
        if !held.contains(digest) {
            return Err(format!("{name} が、作り方の記録と合いません"));
        }
    }
    Ok(())
}

/// The fonts of an edition, which are mostly those inside the program.
fn fonts_of(dir: &Path, record: &BuildRecord, ours: &Fonts) -> Result<Fonts, String> {
    if crate::record::font_records(ours) == record.fonts {
        return Ok(ours.clone());
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let entries = fs::read_dir(dir).map_err(|error| system_reason(&error))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        files.push((name, fs::read(entry.path()).map_err(|error| system_reason(&error))?));
    }
    // They are numbered in their order; the licences beside them are no fonts.
    files.sort();
    files.retain(|(name, _)| name.starts_with(|c: char| c.is_ascii_digit()));
    let mut recorded: Vec<(&str, bool)> =
        record.fonts.iter().map(|font| (font.sha256.as_str(), font.embedded)).collect();
    // The faces of one file follow each other.
    recorded.dedup();
    let known = files.into_iter().zip(recorded);
    let known = known.map(|((name, bytes), (_, embedded))| (name, bytes, embedded));
    let fonts = Fonts::kept(known.collect());
    match crate::record::font_records(&fonts) == record.fonts {
        true => Ok(fonts),
        false => Err("フォントが、作り方の記録と合いません".to_owned()),
    }
}

fn template_of(dir: &Path, record: &BuildRecord) -> Result<Template, String> {
    let template = Template::kept(dir, TEMPLATE, record.template.embedded)?;
    let digests: BTreeMap<String, String> =
        template.files().map(|(path, text)| (path.to_owned(), sha256(text.as_bytes()))).collect();
    match digests == record.template.files {
        true => Ok(template),
        false => Err("テンプレートが、作り方の記録と合いません".to_owned()),
    }
}
