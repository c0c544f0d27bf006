//! The sentences that are printed differently.

use std::collections::BTreeMap;

use super::Edition;
use super::blocks::initiative_heading;
use super::causes::{causes, regrouped};
use super::grids::GridChanges;
use super::printed::{Draft, Kind, MovedSentence, PrintedChange};
use super::rows_of::RowsOf;
use super::sentences::{Sentence, SentenceChange, compare_sentences, sentences};
use crate::bind::Bound;
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
        let (before, after) = (values(old, *was), values(new, *is));
        let (gone, come) = (differing(&before, &after), differing(&after, &before));
        let mut causes = causes(data, gone.iter(), |change| &change.old_place);
        causes.extend(super::causes::causes(data, come.iter(), |change| &change.new_place));
        causes.extend(regrouped(data, &gone, |change| &change.old_place));
        causes.extend(regrouped(data, &come, |change| &change.new_place));
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
        let change =
            Draft { kind: Kind::Sentence, spot, place, rows: &row, causes, is_picture: false };
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

/// The values of a sentence as they are printed, with the cells behind them.
fn values(edition: Edition<'_>, sentence: Option<&Sentence>) -> Vec<(String, Vec<Place>)> {
    let bound = sentence.and_then(|sentence| {
        let prose = edition.report.pages.get(sentence.row).and_then(|page| page.prose);
        let bound = prose.and_then(|index| edition.bindings.prose.get(index))?;
        Some(sentence.calls.iter().filter_map(|call| bound.values.get(call)))
    });
    let cells = |value: &Bound| value.value.cells().iter().map(|cell| cell.place.clone()).collect();
    bound.into_iter().flatten().map(|value| (value.text.clone(), cells(value))).collect()
}

/// The cells behind the values that are printed otherwise in another edition of the sentence:
/// those that are not had no part in the change.
fn differing(values: &[(String, Vec<Place>)], others: &[(String, Vec<Place>)]) -> Vec<Place> {
    let same = |index: usize, text: &String| match values.len() == others.len() {
        true => others[index].0 == *text,
        false => others.iter().any(|(other, _)| other == text),
    };
    let indexed = values.iter().enumerate().filter(|(index, (text, _))| !same(*index, text));
    indexed.flat_map(|(_, (_, cells))| cells.clone()).collect()
}
