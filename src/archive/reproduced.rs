//! Whether an edition is, file by file, what this very program makes of its report.

use std::path::Path;

use super::about::AGENT;
use super::bag::{MANIFEST, PAYLOAD, Payload};
use super::contents::{PDF, REPORT};
use super::edition::Edition;
use super::info::{BagInfo, INFO};
use super::list::{read_list, read_text};
use soukatsu_core::load::{is_ignored, name_problems};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::{Code, Place, Problem};

pub(super) fn fault(path: &str) -> Problem {
    Problem::error(Code::RebuildDiffers, Place::file(path))
}

/// A fault of a file of the payload.
pub(super) fn payload_fault(path: &str) -> Problem {
    fault(&format!("{PAYLOAD}/{path}"))
}

/// The files of the payload that are not those which `expected` holds; the PDF is compared by
/// itself. Places are relative to the edition.
pub fn payload_faults(edition: &Edition, expected: &Payload<'_>) -> Vec<Problem> {
    // Its faults are told with the bag.
    let listed = read_list(&edition.dir, MANIFEST).unwrap_or_default();
    let at = |path: &str| format!("{PAYLOAD}/{path}");
    let mut problems = Vec::new();
    for (path, bytes) in expected.iter().filter(|(path, _)| *path != PDF) {
        let place = at(path);
        match listed.get(&place) {
            Some(digest) if *digest == sha256(bytes) => {}
            Some(_) => problems.push(fault(&place).message("組み直したものと違います")),
            None => problems.push(
                fault(&place).message("版にありません").hint("組み直すと、このファイルもできます"),
            ),
        }
    }
    let own = |name: &str| name.strip_prefix(PAYLOAD)?.strip_prefix('/').map(str::to_owned);
    for (path, place) in listed.keys().filter_map(|name| Some((own(name)?, name))) {
        if !expected.contains_key(&path) {
            problems.push(
                fault(place).message("組み直してもできないファイルです").hint(
                    "報告書にもテンプレートにもないファイルが、版の一部として加えられています",
                ),
            );
        }
    }
    problems
}

/// The files of the report folder that could never have come into it; all the rest is made of them.
pub fn report_faults<'a>(paths: impl Iterator<Item = &'a str> + Clone) -> Vec<Problem> {
    let at = |path: &str| payload_fault(&format!("{REPORT}/{path}"));
    let passed_over = paths.clone().filter(|path| is_ignored(Path::new(path)));
    let mut problems: Vec<Problem> =
        passed_over.map(|path| at(path).message("保管するときには入らないファイルです")).collect();
    let names = name_problems(paths).into_iter();
    problems.extend(names.map(|problem| at(&problem.place.file).message(problem.message)));
    problems
}

/// The lines of bag-info.txt that are not those which follow from the report.
///
/// `made_here`: by this very program, which writes each line in one way.
pub fn info_faults(edition: &Edition, expected: &BagInfo, made_here: bool) -> Vec<Problem> {
    let Ok(stated) = BagInfo::read(&edition.dir) else { return Vec::new() };
    let size: Vec<&str> = stated.all(OXUM).collect();
    let expected = size.iter().fold(expected.clone(), |info, size| info.with(OXUM, size));
    let mut problems = Vec::new();
    for label in expected.labels() {
        let (now, made): (Vec<&str>, Vec<&str>) =
            (stated.all(label).collect(), expected.all(label).collect());
        // Another program may know lines that this one does not, and the other way round.
        if now != made && (made_here || !now.is_empty() || label == AGENT) {
            problems.push(
                fault(INFO)
                    .text(format!("{label}: {}", shown(&now)))
                    .expected(format!("{label}: {}", shown(&made)))
                    .message("版の報告書から分かることと違います"),
            );
        }
    }
    let more = stated.labels().into_iter().filter(|label| expected.get(label).is_none());
    if made_here {
        problems.extend(more.map(|label| {
            fault(INFO)
                .text(format!("{label}: {}", shown(&stated.all(label).collect::<Vec<_>>())))
                .message("版の報告書から分からない行です")
        }));
        let as_made = read_text(&edition.dir, INFO).is_ok_and(|text| text == expected.text());
        if problems.is_empty() && !as_made {
            problems.push(fault(INFO).message("行の順序か書き方が、保管したときと違います"));
        }
    }
    problems
}

/// The label of the size of the payload, which is held against the files with the bag.
const OXUM: &str = "Payload-Oxum";

fn shown(values: &[&str]) -> String {
    if values.is_empty() { "（なし）".to_owned() } else { values.join("、") }
}
