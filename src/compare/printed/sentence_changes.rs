//! The sentences that are printed differently.

use std::collections::BTreeMap;

use super::causes::{Causes, regrouped, renamed};
use super::change::{ChangeDraft, MovedSentence, PrintedChange};
use super::page_map::PageMap;
use super::spots::{Beside, SentenceSpot, Spot};
use crate::compare::data::TableChanges;
use crate::compare::edition::{Edition, Side};
use crate::compare::prose::{
    Sentence, SentenceChange, compare_sentences, initiative_heading, sentences,
};
use soukatsu_core::bind::Bound;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Place;

/// The changes with the row by which they are sorted, and what only moved.
pub fn sentence_changes(
    old: Edition<'_>,
    new: Edition<'_>,
    data: &TableChanges,
    map: &PageMap<'_>,
) -> (Vec<(usize, PrintedChange)>, Vec<MovedSentence>) {
    let (all_before, all_after) =
        (sentences(old.report, &old.bindings.prose), sentences(new.report, &new.bindings.prose));
    let pairs = compare_sentences(&all_before, &all_after);
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
        let mut causes = Causes::of(data, Side::Old, gone.iter());
        causes = causes.and(Causes::of(data, Side::New, come.iter()));
        causes.cells.extend(regrouped(data, &gone, Side::Old));
        causes.cells.extend(regrouped(data, &come, Side::New));
        let texts = [*was, *is].map(|sentence| sentence.map_or("", |s| s.text.as_str()));
        causes.cells.extend(renamed(data, &gone, texts, Side::Old));
        causes.cells.extend(renamed(data, &come, texts, Side::New));
        let skeleton = |sentence: &Option<&Sentence>| sentence.map(|s| s.skeleton.clone());
        let written = skeleton(was) != skeleton(is);
        let text = |sentence: &Option<&Sentence>| sentence.map(|sentence| sentence.text.clone());
        let spot = match was {
            Some(Sentence { heading, paragraph, .. }) => {
                SentenceSpot { heading: heading.clone(), paragraph: *paragraph, beside: None }
            }
            None => {
                let heading = held.get(&(sentence.row, sentence.heading.clone()));
                SentenceSpot {
                    heading: heading.unwrap_or(&sentence.heading).clone(),
                    paragraph: sentence.paragraph,
                    beside: beside(sentence, &all_after, &pairs),
                }
            }
        };
        let place = Some(sentence.place.clone());
        let row = [sentence.row];
        let change = ChangeDraft {
            place,
            causes,
            written,
            counted: true,
            ..ChangeDraft::new(Spot::Sentence(spot), &row)
        };
        changes.push((map.order(&row), change.finish(map, text(was), text(is))));
    }
    (changes, moved)
}

/// Where in its paragraph a sentence came, by the text that people hold.
fn beside(sentence: &Sentence, after: &[Sentence], pairs: &[SentenceChange<'_>]) -> Option<Beside> {
    let at = after.iter().position(|other| std::ptr::eq(other, sentence))?;
    let together = |other: &&Sentence| {
        (other.row, &other.heading, other.paragraph)
            == (sentence.row, &sentence.heading, sentence.paragraph)
    };
    // What stood there before; `None` when it came, too.
    let held = |other: &Sentence| {
        let pair = pairs.iter().find(|(_, is)| is.is_some_and(|is| std::ptr::eq(is, other)));
        pair.map_or(Some(other.text.clone()), |(was, _)| was.map(|was| was.text.clone()))
    };
    let before = after[..at].iter().rev().take_while(together).find_map(held);
    let behind = || after[at + 1..].iter().take_while(together).find_map(held);
    before.map(Beside::After).or_else(|| behind().map(Beside::Before))
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
