//! Official versions made again of their own sources.

use std::collections::BTreeMap;

use crate::app::diff::kept_changes;
use crate::app::{Build, BuildOptions, GivenTemplate, Output, Silent, Workshop};
use crate::archive::{
    Changes, Edition, Rebuilt, Sources, Verdict, is_pdf_listed, kept_change_files,
};
use crate::record::BuildRecord;
use crate::world::Template;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::{Problem, contained};

/// Builds a recorded official version again, and says what to export it to. `template`: the one
/// that it was made with, when the program may have another.
fn build_again(
    record: &BuildRecord,
    files: &BTreeMap<String, Vec<u8>>,
    template: Option<Template>,
    workshop: &Workshop,
) -> (Build, Output) {
    let (options, output) = BuildOptions::again(record);
    let name = record.template.name.clone();
    let template = template.map(|template| GivenTemplate { name, template });
    let options = BuildOptions { template, ..options };
    (workshop.build(&Folder::Memory(files.clone()), &options), output)
}

/// Whether this program makes this very PDF of its sources.
pub(super) fn is_made_of(
    pdf: &[u8],
    files: &BTreeMap<String, Vec<u8>>,
    record: &BuildRecord,
    workshop: &Workshop,
) -> bool {
    // A report with errors makes no PDF, however long it takes to lay it out.
    if workshop.check(&Folder::Memory(files.clone())).has_errors() {
        return false;
    }
    let (build, output) = build_again(record, files, None, workshop);
    let made = if build.has_errors() { Ok(None) } else { build.export(&output) };
    made.is_ok_and(|made| made.as_deref() == Some(pdf))
}

/// Builds an edition again, and holds everything in it that follows from its report against what
/// comes out. Places are relative to the edition. `workshop`: with the fonts inside the program.
pub(super) fn rebuild(
    edition: &Edition,
    before: Option<&Edition>,
    workshop: &Workshop,
) -> (Verdict, Vec<Problem>) {
    // A report that no one has checked for faults of this program must not end the whole run.
    contained(|| held(edition, before, workshop))
        .unwrap_or_else(|_| Err("プログラムの誤りで、途中で止まりました".to_owned()))
        .unwrap_or_else(|reason| (Verdict::Failed(reason), Vec::new()))
}

fn held(
    edition: &Edition,
    before: Option<&Edition>,
    workshop: &Workshop,
) -> Result<(Verdict, Vec<Problem>), String> {
    let Sources { record, files, template, fonts } = Sources::of(edition, workshop.fonts())?;
    let own = fonts.map(Workshop::new);
    let workshop = own.as_ref().unwrap_or(workshop);
    let (build, output) = build_again(&record, &files, Some(template), workshop);
    let made_pdf = official_pdf(&build, &record, &output)?;
    let made = build.record(&output).ok_or("作り方の記録を作れません")?;
    let (Some(report), Some(template)) = (&build.report, &build.template) else {
        return Err("報告書を読めません".to_owned());
    };
    let pdf = edition.pdf()?;
    let rebuilt = Rebuilt {
        pdf: &made_pdf,
        record: &record,
        made: &made,
        files: &files,
        report,
        problems: &build.problems,
        template,
        fonts: build.fonts(),
    };
    let derived = rebuilt.derived(edition, before);
    if record.engine_differs() {
        return Ok(rebuilt.hold_foreign(edition, &pdf, derived.ok().flatten().as_ref()));
    }
    let derived = derived?;
    let changes = match &derived {
        Some(derived) => changes(edition, before, &files, &derived.reason, workshop)?,
        None => Changes::new(),
    };
    Ok(rebuilt.hold_own(edition, &pdf, derived.as_ref(), changes))
}

/// The official PDF of a build.
fn official_pdf(build: &Build, record: &BuildRecord, output: &Output) -> Result<Vec<u8>, String> {
    // Other versions of the program may ask for other things.
    let problems = match record.engine_differs() {
        true => build.problems.clone(),
        false => build.official_problems(),
    };
    if let Some(problem) = problems.iter().find(|problem| problem.is_error()) {
        return Err(format!("報告書を組めません: {} {}", problem.place, problem.message));
    }
    let pdf = build.export(output).map_err(|problems| {
        problems.first().map_or_else(String::new, |problem| problem.message.clone())
    })?;
    pdf.ok_or_else(|| "報告書を組めません".to_owned())
}

/// What differs from the edition before, made again.
fn changes(
    edition: &Edition,
    before: Option<&Edition>,
    files: &BTreeMap<String, Vec<u8>>,
    reason: &str,
    workshop: &Workshop,
) -> Result<Changes, String> {
    match before {
        None => Ok(Changes::new()),
        Some(before) if is_pdf_listed(before) => {
            let folder = Folder::Memory(files.clone());
            let made = kept_changes(&before.dir, folder, reason, workshop, &Silent);
            made.map(|made| made.files).map_err(|_| "前の版と比べられません".to_owned())
        }
        // What the one before was cannot be told when it is not what it was.
        Some(_) => Ok(kept_change_files(edition)),
    }
}
