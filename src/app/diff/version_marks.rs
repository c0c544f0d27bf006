//! Pages on which nothing but the mark of the version is another one than before.

use typst_layout::PagedDocument;

use super::built_side::BuiltSide;
use crate::compare::paper::{PageAt, PageChange, PageChangeKind};
use crate::compare::without_blanks;
use crate::export::page_texts;

/// The pages with the mark of a version that is another one than in the edition before, by
/// physical number.
pub fn otherwise_marked(built: &[BuiltSide; 2], after: &PagedDocument) -> Vec<usize> {
    let [Some((_, was)), Some((named, is))] = built.each_ref().map(BuiltSide::marks) else {
        return Vec::new();
    };
    if was == is {
        return Vec::new();
    }
    let named = without_blanks(&named);
    let texts = page_texts(after).into_iter().enumerate();
    let marked = texts.filter(|(_, text)| without_blanks(text).contains(&named));
    marked.map(|(page, _)| page + 1).collect()
}

/// The changes, and the pages that differ in nothing but their mark.
pub fn with_marked(
    content: &[PageChange],
    marked: &[usize],
    labels: &[Vec<Option<String>>; 2],
) -> Vec<PageChange> {
    let place = |change: &PageChange| change.new.as_ref().map(|at| at.physical);
    let mut left = marked.iter().filter(|page| content.iter().all(|c| place(c) != Some(**page)));
    let mut next = left.next();
    let mut changes = Vec::new();
    // Pages that are in no change stand where they stood.
    let only_mark = |physical: usize| {
        let at = |side: usize| {
            let printed = labels[side].get(physical - 1).cloned().flatten();
            Some(PageAt { physical, printed })
        };
        PageChange {
            old: at(0),
            new: at(1),
            kind: PageChangeKind::Changed,
            areas: Vec::new(),
            in_pixels: None,
            in_telling: false,
        }
    };
    for change in content {
        while let Some(page) = next.filter(|page| place(change).is_some_and(|at| **page < at)) {
            changes.push(only_mark(*page));
            next = left.next();
        }
        let is_marked = place(change).is_some_and(|at| marked.contains(&at));
        let unseen = change.kind == PageChangeKind::InvisibleOnly;
        let kind = if unseen && is_marked { PageChangeKind::Changed } else { change.kind };
        changes.push(PageChange { kind, ..change.clone() });
    }
    changes.extend(next.into_iter().chain(left).map(|page| only_mark(*page)));
    changes
}
