//! The guard: what was meant to be corrected, held against what changed.
//!
//! Data and prose are held against the list; what follows from a listed change is explained by
//! it, wherever it is printed. What moved on the pages is told by [`super::paper::shifts`].

use super::aim::Aim;
use super::grids::PartChange;
use super::printed::{Kind, PrintedChange};
use super::{CellChange, Comparison, ItemKind, Presence};
use crate::model::correction::Correction;
use crate::model::official::APPROVALS;
use crate::model::report::Report;
use crate::problem::{Code, Place, Problem};

/// The manifest; its changes carry no place to the printed title, so any of them explains it.
const MANIFEST: &str = "report.toml";
/// So many consequences are named with the change that has them.
const NAMED: usize = 3;

/// Intended corrections, each with what it is of in the two editions.
#[derive(Debug)]
pub struct Expectation<'a> {
    entries: Vec<(&'a Correction, Aim)>,
}

impl<'a> Expectation<'a> {
    /// Looks up what the corrections are of.
    ///
    /// # Errors
    /// Targets that neither edition has, and such that could be several rows.
    pub fn new(
        corrections: &'a [Correction],
        old: &Report,
        new: &Report,
    ) -> Result<Self, Vec<Problem>> {
        let (mut entries, mut problems) = (Vec::new(), Vec::new());
        for correction in corrections {
            match Aim::of(correction, old, new) {
                Ok(aim) => entries.push((correction, aim)),
                Err(problem) => problems.push(*problem),
            }
        }
        if problems.is_empty() { Ok(Expectation { entries }) } else { Err(problems) }
    }

    /// Why something is printed differently, where a reason was given.
    pub fn reason(&self, comparison: &Comparison, change: &PrintedChange) -> Option<&str> {
        let explaining = self.entries.iter().filter(|entry| explains(entry, comparison, change));
        explaining.filter_map(|(correction, _)| correction.reason.as_deref()).next()
    }

    /// Whether a listed correction, or what follows from one, prints this change.
    pub fn explains(&self, comparison: &Comparison, change: &PrintedChange) -> bool {
        self.entries.iter().any(|entry| explains(entry, comparison, change))
    }

    /// What changed and is not listed, and what is listed and did not change as it should.
    pub fn unexpected(&self, comparison: &Comparison) -> Vec<Problem> {
        let mut problems = Vec::new();
        let covered = |change: &CellChange| self.entries.iter().any(|(_, aim)| aim.covers(change));
        let cells = &comparison.data.cells;
        for (index, change) in cells.iter().enumerate().filter(|(_, change)| !covered(change)) {
            problems.push(unlisted_cell(comparison, index, change));
        }
        let parts = comparison.data.parts.iter();
        let listed = |part: &&PartChange| self.entries.iter().any(|(_, aim)| aim.covers_part(part));
        problems.extend(parts.filter(|part| !listed(part)).map(unlisted_part));
        problems.extend(self.unlisted_files(comparison).map(|file| {
            unlisted(Place::file(file.as_str()), file)
                .message(format!("予定にないファイル「{file}」が変わっています"))
        }));
        // What follows from an unlisted change is told with it.
        let told = |change: &PrintedChange| {
            change.causes.iter().any(|cause| !covered(&cells[*cause]))
                || change.place.as_ref().is_some_and(|place| {
                    self.unlisted_files(comparison).any(|file| *file == *place.file)
                })
                || (change.causes.is_empty()
                    && cells.iter().any(|cell| cell.table == MANIFEST && !covered(cell)))
        };
        let strange = |change: &&PrintedChange| !self.explains(comparison, change);
        let printed = comparison.printed.iter().filter(strange).filter(|change| !told(change));
        problems.extend(printed.map(unlisted_text));
        for entry in &self.entries {
            problems.extend(not_made(entry, comparison));
        }
        problems
    }

    /// Files that are no table, changed, and are not listed. An approval is of a certain content,
    /// so every correction asks for new ones.
    fn unlisted_files<'c>(&self, comparison: &'c Comparison) -> impl Iterator<Item = &'c String> {
        let listed = |file: &String| {
            file == APPROVALS || self.entries.iter().any(|(_, aim)| aim.file == *file)
        };
        comparison.files.iter().filter(move |file| !comparison.is_table(file) && !listed(file))
    }
}

type Entry<'a> = (&'a Correction, Aim);

fn explains(
    (correction, aim): &Entry<'_>,
    comparison: &Comparison,
    change: &PrintedChange,
) -> bool {
    let cause = |index: &usize| comparison.data.cells.get(*index).is_some_and(|c| aim.covers(c));
    if change.causes.iter().any(cause) {
        return true;
    }
    match (&change.place, change.kind) {
        (Some(place), _) => aim.file == *place.file && has_fragments(correction, change),
        (None, Kind::Item(ItemKind::Heading | ItemKind::Figure)) if change.causes.is_empty() => {
            aim.file == MANIFEST || comparison.data.parts.iter().any(|part| aim.covers_part(part))
        }
        // Rows that came and went have no cells that changed.
        (None, _) => {
            change.causes.is_empty()
                && comparison.data.parts.iter().any(|part| aim.covers_part(part))
        }
    }
}

/// Whether a sentence holds what the correction says of it.
fn has_fragments(correction: &Correction, change: &PrintedChange) -> bool {
    let holds = |text: &Option<String>, part: &Option<String>| match part {
        Some(part) => text.as_deref().unwrap_or_default().contains(part.as_str()),
        None => true,
    };
    holds(&change.old, &correction.old) && holds(&change.new, &correction.new)
}

fn unlisted(place: Place, at: &str) -> Problem {
    Problem::error(Code::Unintended, place)
        .hint(format!("元に戻すか、予定した訂正に at = \"{at}\" を加えてください"))
}

fn unlisted_cell(comparison: &Comparison, index: usize, change: &CellChange) -> Problem {
    let CellChange { table, row, column, old, new, .. } = change;
    let at = match table.as_str() {
        MANIFEST => format!("{table}:{row}"),
        _ => format!("{table}:{row}:{column}"),
    };
    let followed: Vec<String> = comparison
        .printed
        .iter()
        .filter(|change| change.causes.contains(&index))
        .map(|change| change.spot.clone())
        .collect();
    let consequences = match followed.len() {
        0 => String::new(),
        count if count <= NAMED => format!("。紙面では{}に出ます", followed.join("、")),
        count => format!("。紙面では{}など{count}か所に出ます", followed[..NAMED].join("、")),
    };
    let shown = |text: &str| if text.is_empty() { "（空）".to_owned() } else { text.to_owned() };
    unlisted(change.new_place.clone(), &at)
        .text(new)
        .expected(shown(old))
        .message(format!("予定にない所が変わっています。{row}の{column}{consequences}"))
}

fn unlisted_part(part: &PartChange) -> Problem {
    let row = part.part.strip_prefix("行「").and_then(|name| name.strip_suffix('」'));
    let column = part.part.strip_prefix("列「").and_then(|name| name.strip_suffix('」'));
    let at = match (row, column) {
        (Some(row), _) => format!("{}:{row}", part.table),
        (_, Some(column)) => format!("{}::{column}", part.table),
        _ => part.table.clone(),
    };
    let what = if part.part.is_empty() { "表" } else { &part.part };
    let verb = match part.presence {
        Presence::Added => "加わっています",
        Presence::Removed => "なくなっています",
    };
    unlisted(part.place.clone(), &at).text(&part.text).message(format!("予定にない{what}が{verb}"))
}

fn unlisted_text(change: &PrintedChange) -> Problem {
    let place = change.place.clone().unwrap_or_else(|| Place::file(change.spot.as_str()));
    let at = place.file.to_string();
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "（なし）".to_owned());
    let problem = match change.place {
        Some(_) => unlisted(place, &at),
        None => Problem::error(Code::Unintended, place),
    };
    problem
        .text(text(&change.new))
        .expected(text(&change.old))
        .message(format!("{}が、予定した訂正と関わりなく変わっています", change.spot))
}

/// What a listed correction should have changed and did not.
fn not_made((correction, aim): &Entry<'_>, comparison: &Comparison) -> Vec<Problem> {
    let fault = |message: String| {
        Problem::error(Code::NotCorrected, correction.place.clone())
            .text(&correction.at)
            .message(message)
            .hint("データを直したか、予定した訂正の書き方が正しいかを確かめてください")
    };
    let cells: Vec<&CellChange> =
        comparison.data.cells.iter().filter(|change| aim.covers(change)).collect();
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
                .expected(if wanted.is_empty() { "（空）" } else { wanted }),
        )
    };
    let wrong: Vec<Problem> = cells.iter().filter_map(|change| wrong(change)).collect();
    if !wrong.is_empty() {
        return wrong;
    }
    let part = comparison.data.parts.iter().any(|part| aim.covers_part(part));
    let whole = aim.row.is_none() && aim.column.is_none();
    let file = whole && comparison.files.contains(&aim.file);
    if cells.is_empty() && !part && !file {
        return vec![fault("予定した訂正が、後の版にありません。前の版と同じです".to_owned())];
    }
    let fragments = correction.old.is_some() || correction.new.is_some();
    let sentence = |change: &PrintedChange| {
        change.place.as_ref().is_some_and(|place| *place.file == *aim.file)
            && has_fragments(correction, change)
    };
    if whole
        && !comparison.is_table(&aim.file)
        && fragments
        && !comparison.printed.iter().any(sentence)
    {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "（なし）".to_owned());
        let (old, new) = (text(&correction.old), text(&correction.new));
        return vec![fault(format!("「{old}」が「{new}」に変わった文がありません"))];
    }
    Vec::new()
}
