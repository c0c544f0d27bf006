//! Computed values and claims of the prose that came out differently.

use serde::Serialize;

use crate::compare::edition::Edition;
use soukatsu_core::bind::{BoundProse, Value};
use soukatsu_core::model::report::Prose;
use soukatsu_core::problem::Place;

/// A value that a sentence computes from cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueChange {
    /// The call as it is written: `増減("市民満足度", "R5", "R6")`.
    pub call: String,
    pub old: String,
    pub new: String,
    pub place: Place,
    /// The cells behind the new value: `市民満足度 R6 = 77.3%`.
    pub cells: Vec<String>,
}

/// A claim whose verdict turned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimChange {
    /// The condition in words: `市民満足度 R6 が 80以上`.
    pub condition: String,
    pub held: bool,
    pub holds: bool,
    /// What the new data says.
    pub finding: String,
    pub place: Place,
}

/// Values and claims of calls that are written alike in both editions and came out differently.
pub fn compare_calls(old: Edition<'_>, new: Edition<'_>) -> (Vec<ValueChange>, Vec<ClaimChange>) {
    let (mut values, mut claims) = (Vec::new(), Vec::new());
    for (index, prose) in new.report.prose.iter().enumerate() {
        let same = |other: &Prose| other.file == prose.file;
        let Some(before) = old.report.prose.iter().position(same) else { continue };
        let (Some(was), Some(is)) = (old.bindings.prose.get(before), new.bindings.prose.get(index))
        else {
            continue;
        };
        of_file((&old.report.prose[before], was), (prose, is), &mut values, &mut claims);
    }
    (values, claims)
}

type BoundFile<'a> = (&'a Prose, &'a BoundProse);

fn of_file(
    (old, was): BoundFile<'_>,
    (new, is): BoundFile<'_>,
    values: &mut Vec<ValueChange>,
    claims: &mut Vec<ClaimChange>,
) {
    let source = |prose: &Prose, call: usize| {
        let range = prose.calls[call].range.clone();
        prose.text.get(range).unwrap_or_default().to_owned()
    };
    for (call, bound) in &is.values {
        let text = source(new, *call);
        let same = |(other, before): (&usize, &soukatsu_core::bind::Bound)| {
            (source(old, *other) == text).then(|| before.text.clone())
        };
        let Some(before) = was.values.iter().find_map(same) else { continue };
        let computed = matches!(&bound.value, Value::Measure(measure) if measure.computed)
            || matches!(bound.value, Value::Words(_));
        if before != bound.text && computed {
            values.push(ValueChange {
                call: text,
                old: before,
                new: bound.text.clone(),
                place: new.calls[*call].place.clone(),
                cells: bound.value.cells().into_iter().map(|cell| cell.what.clone()).collect(),
            });
        }
    }
    for (call, verdict) in &is.claims {
        let text = source(new, *call);
        let same = |(other, _): &(&usize, _)| source(old, **other) == text;
        let Some((_, before)) = was.claims.iter().find(same) else { continue };
        if before.holds != verdict.holds {
            claims.push(ClaimChange {
                condition: verdict.condition.clone(),
                held: before.holds,
                holds: verdict.holds,
                finding: verdict.finding.clone(),
                place: new.calls[*call].place.clone(),
            });
        }
    }
}
