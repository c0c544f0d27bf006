//! What the guard says: of changes that nobody listed, and of listed ones that were not made.

use super::target::ListedCorrection;
use super::unlisted_prose::{Unexplained, UnexplainedKind};
use crate::compare::comparison::Comparison;
use crate::compare::data::{CellChange, MANIFEST, PartChange, Presence, TablePart};
use crate::compare::printed::PrintedChange;
use soukatsu_core::problem::{Code, Place, Problem};

/// So many consequences are named with the change that has them.
const NAMED: usize = 3;

pub fn unlisted(place: Place, at: &str) -> Problem {
    Problem::error(Code::Unintended, place)
        .hint(format!("元に戻すか、予定した訂正に at = \"{at}\" を加えてください"))
}

/// `index`: of the change among those of the comparison.
pub fn unlisted_cell(
    comparison: &Comparison,
    index: Option<usize>,
    change: &CellChange,
) -> Problem {
    let CellChange { table, row, column, old, new, .. } = change;
    let at = match table.as_str() {
        MANIFEST => format!("{table}:{row}"),
        _ => format!("{table}:{row}:{column}"),
    };
    let followed: Vec<String> = comparison
        .printed
        .iter()
        .filter(|change| index.is_some_and(|index| change.causes.contains(&index)))
        .map(|change| change.spot.to_string())
        .collect();
    let consequences = match followed.len() {
        0 => String::new(),
        count if count <= NAMED => format!("。紙面では{}に出ます", followed.join("、")),
        count => format!("。紙面では{}など{count}か所に出ます", followed[..NAMED].join("、")),
    };
    unlisted(change.new_place.clone(), &at)
        .text(new)
        .expected(or_empty(old))
        .message(format!("予定にない所が変わっています。{row}の{column}{consequences}"))
}

pub fn unlisted_part(part: &PartChange) -> Problem {
    let at = match &part.part {
        TablePart::Row(row) => format!("{}:{row}", part.table),
        TablePart::Column(column) => format!("{}::{column}", part.table),
        TablePart::Table | TablePart::RowOrder | TablePart::ColumnOrder => part.table.clone(),
    };
    let what = &part.part;
    let verb = match part.presence {
        Presence::Added => "加わっています",
        Presence::Removed => "なくなっています",
        Presence::Reordered => "変わっています",
    };
    unlisted(part.place.clone(), &at).text(&part.text).message(format!("予定にない{what}が{verb}"))
}

pub fn unlisted_text(place: &Place, change: &PrintedChange) -> Problem {
    unlisted(place.clone(), &place.file)
        .text(or_absent(&change.new))
        .expected(or_absent(&change.old))
        .message(format!("{}に、予定した言葉のほかの変更があります", change.spot))
}

/// A stretch of a prose file that differs beside the listed words, in no sentence of its own.
pub fn unlisted_prose(found: &Unexplained) -> Problem {
    let line = if found.lines[1].is_empty() { &found.lines[0] } else { &found.lines[1] };
    let list =
        |marks: &[String]| marks.iter().map(|mark| format!("「{mark}」")).collect::<String>();
    let message = match &found.kind {
        UnexplainedKind::Remarks => {
            "注釈（// か /* */）だけが変わっています。文のほかの所で、紙面には出ません".to_owned()
        }
        UnexplainedKind::Marks(gone, come) => {
            let what = [(gone, "なくなったもの"), (come, "加わったもの")];
            let parts: Vec<String> = what
                .into_iter()
                .filter(|(marks, _)| !marks.is_empty())
                .map(|(marks, name)| format!("{name}は{}", list(marks)))
                .collect();
            match parts.is_empty() {
                true => "文のほかの所（段落の切れ目か、書式や呼び出しの位置）が変わっています"
                    .to_owned(),
                false => format!(
                    "文のほかの所（図や表の呼び出し、条件、書式など）が変わっています。{}",
                    parts.join("、")
                ),
            }
        }
        UnexplainedKind::Words => "予定した言葉のほかの変更があります".to_owned(),
    };
    Problem::error(Code::Unintended, Place::at(found.file.as_str(), line.start, 1))
        .text(or_absent(&found.texts[1]))
        .expected(or_absent(&found.texts[0]))
        .message(message)
        .hint(format!(
            "元に戻すか、old と new を文章のファイルのとおり（書式や #主張(…) も含めて）に書くか、ファイルの全体を予定のうちにする（at = \"{}\" だけを書き、old と new を書かない）かしてください",
            found.file
        ))
}

/// What is printed otherwise though no cell, no file and no setting differs that it could come
/// from.
pub fn unfounded(comparison: &Comparison) -> Vec<Problem> {
    let data = &comparison.data;
    if !data.cells.is_empty() || !data.parts.is_empty() {
        return Vec::new();
    }
    let tables = |file: &&String| !comparison.is_table(file);
    if comparison.files.iter().any(|file| tables(&file)) {
        return Vec::new();
    }
    let problem = |change: &PrintedChange| {
        Problem::error(Code::Unintended, Place::file(change.spot.to_string()))
            .text(or_absent(&change.new))
            .expected(or_absent(&change.old))
            .message(format!("紙面の{}が、もとの分からないまま変わっています", change.spot))
            .hint("2つの版を作ったときの選択（仮データの表示など）が同じかを確かめてください")
    };
    comparison.printed.iter().filter(|change| change.causes.is_empty()).map(problem).collect()
}

/// What a listed correction should have changed and did not.
///
/// `made`: whether its words were found replaced in the prose.
pub fn not_made(
    listed: &ListedCorrection<'_>,
    made: bool,
    comparison: &Comparison,
) -> Vec<Problem> {
    let ListedCorrection { correction, target } = listed;
    let fault = |message: String| {
        Problem::error(Code::NotCorrected, correction.place.clone())
            .text(&correction.at)
            .message(message)
            .hint("データを直したか、予定した訂正の書き方が正しいかを確かめてください")
    };
    let cells: Vec<&CellChange> =
        comparison.data.cells.iter().filter(|change| target.covers(change)).collect();
    let wrong = |change: &CellChange| {
        let differs = |wanted: &Option<String>, is: &str| {
            wanted.as_deref().is_some_and(|wanted| wanted.trim() != is.trim())
        };
        let (name, wanted, is) = if differs(&correction.old, &change.old) {
            ("前", &correction.old, &change.old)
        } else if differs(&correction.new, &change.new) {
            ("後", &correction.new, &change.new)
        } else {
            return None;
        };
        let wanted = wanted.as_deref().unwrap_or_default();
        let at = format!("{}の{}", change.row, change.column);
        Some(
            fault(format!("{at}の{name}の値が、予定と違います"))
                .text(is)
                .expected(or_empty(wanted)),
        )
    };
    let wrong: Vec<Problem> = cells.iter().filter_map(|change| wrong(change)).collect();
    if !wrong.is_empty() {
        return wrong;
    }
    let part = comparison.data.parts.iter().any(|part| target.covers_part(part));
    let whole = target.is_whole();
    let file = whole && comparison.files.iter().any(|file| target.covers_file(file));
    if cells.is_empty() && !part && !file {
        return vec![fault("予定した訂正が、後の版にありません。前の版と同じです".to_owned())];
    }
    let sentence = |change: &PrintedChange| {
        change.place.as_ref().is_some_and(|place| *place.file == *target.file)
            && listed.has_fragments(change)
    };
    let prose = whole && !comparison.is_table(&target.file);
    if prose && listed.is_by_words() && !made && !comparison.printed.iter().any(sentence) {
        let (old, new) = (or_absent(&correction.old), or_absent(&correction.new));
        return vec![fault(format!("「{old}」が「{new}」に変わった文がありません"))];
    }
    Vec::new()
}

fn or_empty(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

fn or_absent(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("（なし）")
}
