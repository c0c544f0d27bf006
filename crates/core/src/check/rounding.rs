//! The note on rounding: the engine prints it where it is needed, and only there.

use super::context::Context;
use crate::model::figure::Figure;
use crate::model::initiative::StatusCount;
use crate::problem::{Code, Problem};

/// A note that the author wrote by hand is needless, or stands there twice.
pub(super) fn notes(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let report = context.report;
    for sentence in &context.sentences {
        let Some(at) = sentence.text.find("四捨五入") else { continue };
        if !sentence.text.contains("合計") && !sentence.text.contains("100") {
            continue;
        }
        let Some(prose) = sentence.prose.and_then(|index| report.prose.get(index)) else {
            continue;
        };
        let mut figures = prose.placed_figures().filter_map(|(number, _)| report.figure(number));
        let summary = prose.calls.iter().any(|call| call.name == "実施状況の集計");
        let needed = figures.any(Figure::is_rounded)
            || (summary && StatusCount::any_rounded(&report.initiatives, &report.pillars));
        let (message, hint) = match needed {
            true => (
                "端数処理の注が2回出ます",
                "合計が100%にならない図と表には、自動で注が付きます。書き込んだ注は消してください",
            ),
            false => (
                "端数処理の注がありますが、このページの割合は合計すると100%になります",
                "注は要りません。合計が100%にならない図と表には、自動で付きます",
            ),
        };
        problems.push(
            Problem::note(Code::RoundingNote, sentence.place(at))
                .text(sentence.text.trim())
                .message(message)
                .hint(hint),
        );
    }
}
