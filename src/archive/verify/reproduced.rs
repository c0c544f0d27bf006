//! Whether an edition is, file by file, what this very program makes of its report.

use std::path::Path;

use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::digest_list::{read_list, read_text};
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{
    BAG_INFO, MANIFEST, PDF, REPORT, in_payload, of_payload,
};
use crate::archive::layout::labels::{AGENT, SIZE};
use crate::archive::layout::payload::Payload;
use soukatsu_core::load::{is_ignored, name_problems};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::{Code, Place, Problem};

pub fn fault(path: &str) -> Problem {
    Problem::error(Code::RebuildDiffers, Place::file(path))
}

/// A fault of a file of the payload.
pub fn payload_fault(path: &str) -> Problem {
    fault(&in_payload(path))
}

/// The files of the payload that are not those which `expected` holds; the PDF is compared by
/// itself. Places are relative to the edition.
pub fn payload_faults(edition: &Edition, expected: &Payload<'_>) -> Vec<Problem> {
    // Its faults are told with the bag.
    let listed = read_list(&edition.dir, MANIFEST).unwrap_or_default();
    let mut problems = Vec::new();
    for (path, bytes) in expected.iter().filter(|(path, _)| *path != PDF) {
        let place = in_payload(path);
        match listed.get(&place) {
            Some(digest) if *digest == sha256(bytes) => {}
            Some(_) => problems.push(fault(&place).message("組み直したものと違います")),
            None => problems.push(
                fault(&place).message("版にありません").hint("組み直すと、このファイルもできます"),
            ),
        }
    }
    for (path, place) in listed.keys().filter_map(|name| Some((of_payload(name)?, name))) {
        if !expected.contains_key(path) {
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
    // The size of the payload is held against the files with the bag.
    let size: Vec<&str> = stated.all(SIZE).collect();
    let expected = size.iter().fold(expected.clone(), |info, size| info.with(SIZE, size));
    let mut problems = Vec::new();
    for label in expected.labels() {
        let (now, made): (Vec<&str>, Vec<&str>) =
            (stated.all(label).collect(), expected.all(label).collect());
        // Another program may know lines that this one does not, and the other way round.
        if now != made && (made_here || !now.is_empty() || label == AGENT) {
            problems.push(
                fault(BAG_INFO)
                    .text(format!("{label}: {}", shown(&now)))
                    .expected(format!("{label}: {}", shown(&made)))
                    .message("版の報告書から分かることと違います"),
            );
        }
    }
    let more = stated.labels().into_iter().filter(|label| expected.get(label).is_none());
    if made_here {
        problems.extend(more.map(|label| {
            fault(BAG_INFO)
                .text(format!("{label}: {}", shown(&stated.all(label).collect::<Vec<_>>())))
                .message("版の報告書から分からない行です")
        }));
        let as_made = read_text(&edition.dir, BAG_INFO).is_ok_and(|text| text == expected.text());
        if problems.is_empty() && !as_made {
            problems.push(fault(BAG_INFO).message("行の順序か書き方が、保管したときと違います"));
        }
    }
    problems
}

fn shown(values: &[&str]) -> String {
    if values.is_empty() { "（なし）".to_owned() } else { values.join("、") }
}
