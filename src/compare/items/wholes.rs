//! Things of many items that come or go as a whole: a figure, a row of a table, an initiative.

use super::Items;

/// What a key is when all of its thing came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// The item that stands for the thing: its title or name.
    Lead,
    /// Any other item of the thing.
    Part,
}

/// The first and last part of the key of a lead: `figure 4 title`.
const LEADS: [(&str, &str); 3] =
    [("figure", "title"), ("indicators", "name"), ("initiative", "名前")];

/// Whether a key is of a thing that one of two editions does not have at all.
pub fn whole(key: &str, before: &Items, after: &Items) -> Option<Whole> {
    let mut parts = key.splitn(3, ' ');
    let (kind, id, what) = (parts.next()?, parts.next()?, parts.next()?);
    let (_, name) = LEADS.into_iter().find(|(known, _)| *known == kind)?;
    let lead = format!("{kind} {id} {name}");
    let (was, is) = (before.get(&lead).is_some(), after.get(&lead).is_some());
    match (was != is, what == name) {
        (false, _) => None,
        (true, true) => Some(Whole::Lead),
        (true, false) => Some(Whole::Part),
    }
}
