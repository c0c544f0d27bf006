//! The sentences that are printed differently.

use std::collections::{BTreeMap, BTreeSet};

use super::Edition;
use super::grids::GridChanges;
use super::printed::{Draft, Kind, MovedSentence, PrintedChange, causes};
use super::rows_of::RowsOf;
use super::sentences::{
    Sentence, SentenceChange, compare_sentences, initiative_heading, sentences,
};
use crate::bind::Bindings;
use crate::model::report::Report;
use crate::problem::Place;

/// The changes with the row by which they are sorted, and what only moved.
pub(super) fn of_sentences(
    old: Edition<'_>,
    new: Edition<'_>,
    data: &GridChanges,
    rows: &RowsOf<'_>,
) -> (Vec<(usize, PrintedChange)>, Vec<MovedSentence>) {
    let (before, after) =
        (sentences(old.report, &old.bindings.prose), sentences(new.report, &new.bindings.prose));
    let pairs = compare_sentences(&before, &after);
    let held = held_headings(old.report, new.report, &pairs);
    let (mut changes, mut moved) = (Vec::new(), Vec::new());
    for (was, is) in &pairs {
        let Some(sentence) = is.or(*was) else { continue };
        if let (Some(was), Some(is)) = (was, is)
            && was.text == is.text
        {
            let places = (was.place.clone(), is.place.clone());
            moved.push(MovedSentence { text: was.text.clone(), old: places.0, new: places.1 });
            continue;
        }
        let mut causes = BTreeSet::new();
        if let Some(was) = was {
            let cells = cells(old.report, old.bindings, was);
            causes.extend(super::printed::causes(data, cells.iter(), |change| &change.old_place));
        }
        if let Some(is) = is {
            let cells = cells(new.report, new.bindings, is);
            causes.extend(super::printed::causes(data, cells.iter(), |change| &change.new_place));
        }
        let text = |sentence: &Option<&Sentence>| sentence.map(|sentence| sentence.text.clone());
        let spot = match was {
            Some(was) => was.spot(),
            None => {
                let heading = held.get(&(sentence.row, sentence.heading.clone()));
                sentence.spot_under(heading.unwrap_or(&sentence.heading))
            }
        };
        let place = Some(sentence.place.clone());
        let row = [sentence.row];
        let change = Draft { kind: Kind::Sentence, spot, place, rows: &row, causes };
        changes.push((rows.order(&row), change.finish(rows, text(was), text(is))));
    }
    (changes, moved)
}

/// The headings that people hold, by the row and heading that stand there now.
fn held_headings(
    old: &Report,
    new: &Report,
    pairs: &[SentenceChange<'_>],
) -> BTreeMap<(usize, String), String> {
    let pairs = pairs.iter().filter_map(|(was, is)| was.as_ref().zip(is.as_ref()));
    let headings = pairs.filter(|(was, is)| is.paragraph == 0 && was.paragraph == 0);
    let mut held: BTreeMap<(usize, String), String> =
        headings.map(|(was, is)| ((is.row, is.heading.clone()), was.heading.clone())).collect();
    for is in &new.initiatives {
        if let Some(was) = old.initiatives.iter().find(|was| was.number == is.number) {
            let heading = (initiative_heading(was), initiative_heading(is));
            held.extend(
                (0..new.pages.len()).map(|row| ((row, heading.1.clone()), heading.0.clone())),
            );
        }
    }
    held
}

/// The cells behind the values of a sentence.
fn cells(report: &Report, bindings: &Bindings, sentence: &Sentence) -> Vec<Place> {
    let prose = report.pages.get(sentence.row).and_then(|page| page.prose);
    let Some(bound) = prose.and_then(|index| bindings.prose.get(index)) else { return Vec::new() };
    let values = sentence.calls.iter().filter_map(|call| bound.values.get(call));
    values.flat_map(|value| value.value.cells()).map(|cell| cell.place.clone()).collect()
}
