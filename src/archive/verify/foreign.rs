//! What can be proven of an edition that another version of the program made: its bytes come out
//! otherwise here, but its PDF still says and holds what follows from its report.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::reproduced::payload_fault as at;
use crate::archive::layout::digest_list::read_list;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{
    CHANGES, FONTS, LIBRARIES, MANIFEST, PDF, PROBLEMS, RECORD, REPORT, STATEMENT, TEMPLATE,
    in_payload, of_payload,
};
use crate::export::{Attached, attached_files, described, unexpected};
use crate::record::{BuildRecord, RECORD_FILE};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::{Code, Place, Problem};

/// An edition as it was kept, and as it was made again.
pub struct Pair<'a> {
    pub edition: &'a Edition,
    pub record: &'a BuildRecord,
    pub pdf: &'a [u8],
    /// The report folder by path.
    pub report: &'a BTreeMap<String, Vec<u8>>,
    /// Made here of the same sources.
    pub made: (&'a BuildRecord, &'a [u8]),
}

/// Everything of an edition that does not agree with its report, whichever program made it; places
/// are relative to the edition.
pub fn faults(pair: &Pair<'_>) -> Vec<Problem> {
    let mut problems = record_faults(pair);
    problems.extend(statement_fault(pair));
    problems.extend(attachment_faults(pair));
    problems.extend(description_faults(pair));
    problems.extend(unexpected_faults(pair));
    problems.extend(superfluous(pair));
    problems
}

fn record_faults(pair: &Pair<'_>) -> Vec<Problem> {
    let (kept, made) = (pair.record, pair.made.0);
    // What a file serves is told in the words of the program.
    let files = |record: &BuildRecord| -> Vec<(String, String, usize)> {
        let file = record.files.iter();
        file.map(|file| (file.path.clone(), file.sha256.clone(), file.size)).collect()
    };
    let parts = [
        ("題名", kept.title == made.title),
        ("版", kept.edition == made.edition),
        ("日付", kept.date == made.date),
        ("内容の番号", kept.content == made.content),
        ("ファイルの一覧", files(kept) == files(made)),
        ("作り方の選択", kept.options == made.options),
    ];
    let differing = parts.into_iter().filter(|(_, same)| !same);
    differing
        .map(|(part, _)| {
            at(RECORD).message(format!("{part}が、版の報告書から分かることと違います"))
        })
        .collect()
}

/// The statement must at least be about this PDF, and name the inputs of its record.
fn statement_fault(pair: &Pair<'_>) -> Option<Problem> {
    let digests = |list: &Value| -> BTreeSet<String> {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(|one| one["digest"]["sha256"].as_str().map(str::to_owned)).collect()
    };
    let text = pair.edition.text(STATEMENT).unwrap_or_default();
    let stated: Value = serde_json::from_str(&text).unwrap_or_default();
    let (record, template) = (pair.record, &pair.record.template);
    let files = record.files.iter().map(|file| &file.sha256);
    let fonts = record.fonts.iter().map(|font| &font.sha256);
    let inputs = files.chain(template.files.values()).chain(fonts);
    let inputs: BTreeSet<String> = inputs.chain([&record.engine.lock_sha256]).cloned().collect();
    let named = digests(&stated["predicate"]["buildDefinition"]["resolvedDependencies"]);
    let holds =
        digests(&stated["subject"]) == BTreeSet::from([sha256(pair.pdf)]) && named == inputs;
    (!holds).then(|| at(STATEMENT).message("PDFか、作り方の記録と合いません"))
}

/// The files inside the PDF are those of the report folder.
fn attachment_faults(pair: &Pair<'_>) -> Vec<Problem> {
    let attached = attached_files(pair.pdf).unwrap_or_default();
    let template = &pair.record.template;
    let own = template.files.keys().filter(|_| !template.embedded);
    let own = own.map(|path| format!("{}/{path}", template.name));
    let paths = pair.record.files.iter().map(|file| file.path.clone()).chain(own);
    let mut expected: Attached =
        paths.map(|path| (path.clone(), pair.report.get(&path).cloned())).collect();
    let record = pair.edition.text(RECORD).map(String::into_bytes).ok();
    expected.insert(RECORD_FILE.to_owned(), record);
    let names: BTreeSet<&String> = attached.keys().chain(expected.keys()).collect();
    let told = |name: &str| match (attached.get(name), expected.get(name)) {
        (Some(Some(now)), Some(Some(kept))) if now == kept => None,
        (Some(_), Some(_)) => Some("が、版のファイルと違います"),
        (None, _) => Some("がありません"),
        (Some(_), None) => Some("は、版の報告書にないファイルです"),
    };
    let told = names.into_iter().filter_map(|name| Some((name, told(name)?)));
    told.map(|(name, what)| at(PDF).message(format!("PDFの添付ファイル「{name}」{what}"))).collect()
}

/// What the PDF says of itself.
fn description_faults(pair: &Pair<'_>) -> Vec<Problem> {
    let (Some(kept), Some(made)) = (described(pair.pdf), described(pair.made.1)) else {
        return vec![at(PDF).message("PDFの文書情報が読めません")];
    };
    let names: BTreeSet<&String> = kept.keys().chain(made.keys()).collect();
    let differing = names.into_iter().filter(|name| kept.get(*name) != made.get(*name));
    let shown = |facts: &BTreeMap<String, String>, name: &str| {
        facts.get(name).map_or_else(
            || "（なし）".to_owned(),
            |value| value.chars().take(LONGEST_SHOWN).collect(),
        )
    };
    differing
        .map(|name| {
            at(PDF)
                .text(shown(&kept, name))
                .expected(shown(&made, name))
                .message(format!("PDFの「{name}」が、版の報告書から分かることと違います"))
        })
        .collect()
}

/// What a reader may show or do beyond the pages: annotations, scripts, layers, links elsewhere.
fn unexpected_faults(pair: &Pair<'_>) -> Vec<Problem> {
    let Some(unexpected) = unexpected(pair.pdf, pair.made.1) else { return Vec::new() };
    let told = |feature: &String| {
        at(PDF)
            .text(feature.chars().take(LONGEST_SHOWN).collect::<String>())
            .message("PDFに、組み直してもできないものがあります")
    };
    unexpected.iter().take(MOST_TOLD).map(told).collect()
}

/// So many things of a PDF are told one by one.
const MOST_TOLD: usize = 20;
/// In characters.
const LONGEST_SHOWN: usize = 200;

/// Files that belong to no part of an edition. What other versions of the program put into one is
/// not known here, so these are no errors.
fn superfluous(pair: &Pair<'_>) -> Vec<Problem> {
    let listed = read_list(&pair.edition.dir, MANIFEST).unwrap_or_default();
    let template = &pair.record.template.files;
    let is_known = |path: &str| match path.split_once('/') {
        Some((REPORT | FONTS | CHANGES, _)) => true,
        Some((TEMPLATE, rest)) => template.contains_key(rest),
        _ => [PDF, RECORD, STATEMENT, LIBRARIES, PROBLEMS].contains(&path),
    };
    let payload = listed.keys().filter_map(|name| of_payload(name));
    let odd = payload.filter(|path| !is_known(path));
    odd.map(|path| {
        Problem::warning(Code::RebuildDiffers, Place::file(in_payload(path)))
            .message("この版の soukatsu が知らないファイルです")
            .hint("版を作った soukatsu が入れたものか、加えられたものかは分かりません")
    })
    .collect()
}
