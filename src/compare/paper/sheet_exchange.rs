//! Sheets of paper: which to take out of the old handout, which to put into it.

use super::page_changes::{PageAt, PageChange, PageChangeKind};

/// One side of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSide {
    /// The page on it, counted from the cover, which is 1.
    pub physical: usize,
    /// The page number as printed, where the page has one.
    pub printed: Option<String>,
    /// Whether the page is not as the other edition has it in this place.
    pub differs: bool,
}

impl SheetSide {
    /// The page on it.
    pub fn page(&self) -> PageAt {
        PageAt { physical: self.physical, printed: self.printed.clone() }
    }
}

/// A sheet of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its place in the stack, from 1.
    pub number: usize,
    pub front: SheetSide,
    /// `None`: nothing is printed on the back.
    pub back: Option<SheetSide>,
}

impl Sheet {
    /// Its sides that are printed.
    pub fn sides(&self) -> impl Iterator<Item = &SheetSide> {
        std::iter::once(&self.front).chain(&self.back)
    }

    /// The pages on the sheet, counted from 1.
    pub fn pages(&self) -> impl Iterator<Item = usize> + '_ {
        self.sides().map(|side| side.physical)
    }
}

/// The sheets that turn a printed old edition into the new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// Sheets of the old edition.
    pub take_out: Vec<Sheet>,
    /// Sheets of the new edition, each in its place there.
    pub put_in: Vec<Sheet>,
}

impl Exchange {
    /// From the pages that differ; `old` and `new` are the printed page numbers of all pages.
    ///
    /// A sheet of the old edition stays when the new one has a sheet with the same two sides.
    pub fn new(
        changes: &[PageChange],
        old: &[Option<String>],
        new: &[Option<String>],
        duplex: bool,
    ) -> Self {
        let unchanged = unchanged_pages(changes, new.len());
        let after = sheets(new, duplex, |page| unchanged[page - 1] != Some(page));
        let gone = |page: usize| unchanged.get(page - 1) != Some(&Some(page));
        let before = sheets(old, duplex, gone);
        let from = |page: usize| unchanged.get(page - 1).copied().flatten();
        let mut kept = vec![false; before.len()];
        let mut put_in = Vec::new();
        // Sheets stay in their order: one that comes behind a later one is put in anew.
        let mut next = 0;
        for sheet in after {
            let stays = |old: &Sheet| {
                let back = |sheet: &Sheet| sheet.back.as_ref().map(|side| side.physical);
                from(sheet.front.physical) == Some(old.front.physical)
                    && back(&sheet).map(from) == back(old).map(Some)
            };
            match before[next..].iter().position(stays) {
                Some(found) => {
                    kept[next + found] = true;
                    next += found + 1;
                }
                None => put_in.push(sheet),
            }
        }
        let out = before.into_iter().zip(kept).filter(|(_, kept)| !kept);
        Exchange { take_out: out.map(|(sheet, _)| sheet).collect(), put_in }
    }
}

/// For every page of the new edition the page of the old one that is printed just the same.
fn unchanged_pages(changes: &[PageChange], pages: usize) -> Vec<Option<usize>> {
    let mut unchanged: Vec<Option<usize>> = (1..=pages).map(Some).collect();
    for change in changes {
        let Some(new) = &change.new else { continue };
        let same = match (&change.old, change.kind) {
            (Some(old), PageChangeKind::InvisibleOnly) => Some(old),
            (Some(old), PageChangeKind::Moved) if old.printed == new.printed => Some(old),
            _ => None,
        };
        if let Some(entry) = unchanged.get_mut(new.physical - 1) {
            *entry = same.map(|old| old.physical);
        }
    }
    unchanged
}

/// The sheets of an edition; `differs` is asked of every page.
fn sheets(printed: &[Option<String>], duplex: bool, differs: impl Fn(usize) -> bool) -> Vec<Sheet> {
    let side = |physical: usize| SheetSide {
        physical,
        printed: printed[physical - 1].clone(),
        differs: differs(physical),
    };
    let sides = if duplex { 2 } else { 1 };
    let sheet = |index: usize| {
        let front = index * sides + 1;
        let back = (duplex && front < printed.len()).then(|| side(front + 1));
        Sheet { number: index + 1, front: side(front), back }
    };
    (0..printed.len().div_ceil(sides)).map(sheet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::paper::PageAt;

    /// Page numbers of a cover, もくじ and numbered pages.
    fn printed(pages: usize) -> Vec<Option<String>> {
        (1..=pages)
            .map(|page| page.checked_sub(2).filter(|n| *n > 0).map(|n| n.to_string()))
            .collect()
    }

    fn change(old: Option<usize>, new: Option<usize>, kind: PageChangeKind) -> PageChange {
        let at = |physical: usize| PageAt { physical, printed: printed(99)[physical - 1].clone() };
        PageChange {
            old: old.map(at),
            new: new.map(at),
            kind,
            areas: Vec::new(),
            in_pixels: None,
            in_telling: false,
        }
    }

    fn exchange(
        changes: &[PageChange],
        old: usize,
        new: usize,
        duplex: bool,
    ) -> (Vec<usize>, Vec<usize>) {
        let found = Exchange::new(changes, &printed(old), &printed(new), duplex);
        let numbers = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.number).collect();
        (numbers(&found.take_out), numbers(&found.put_in))
    }

    #[test]
    fn the_back_goes_with_its_front() {
        let changed = [change(Some(4), Some(4), PageChangeKind::Changed)];
        assert_eq!(exchange(&changed, 7, 7, true), (vec![2], vec![2]));
        let found = Exchange::new(&changed, &printed(7), &printed(7), true);
        let sheet = &found.put_in[0];
        assert_eq!(sheet.pages().collect::<Vec<_>>(), [3, 4]);
        assert!(!sheet.front.differs && sheet.back.as_ref().unwrap().differs);
        assert_eq!(sheet.front.printed.as_deref(), Some("1"));
    }

    #[test]
    fn printed_on_one_side_a_page_is_a_sheet() {
        let changed = [change(Some(4), Some(4), PageChangeKind::Changed)];
        assert_eq!(exchange(&changed, 7, 7, false), (vec![4], vec![4]));
    }

    #[test]
    fn what_is_not_seen_exchanges_no_sheet() {
        let unseen = [change(Some(4), Some(4), PageChangeKind::InvisibleOnly)];
        assert_eq!(exchange(&unseen, 7, 7, true), (vec![], vec![]));
    }

    #[test]
    fn behind_a_new_page_every_sheet_is_exchanged() {
        let mut changes = vec![change(None, Some(4), PageChangeKind::Added)];
        changes
            .extend((4..=7).map(|page| change(Some(page), Some(page + 1), PageChangeKind::Moved)));
        assert_eq!(exchange(&changes, 7, 8, true), (vec![2, 3, 4], vec![2, 3, 4]));
    }

    #[test]
    fn a_new_last_page_on_an_empty_back_exchanges_the_last_sheet() {
        let added = [change(None, Some(8), PageChangeKind::Added)];
        assert_eq!(exchange(&added, 7, 8, true), (vec![4], vec![4]));
        let removed = [change(Some(8), None, PageChangeKind::Removed)];
        assert_eq!(exchange(&removed, 8, 7, true), (vec![4], vec![4]));
    }

    #[test]
    fn a_last_sheet_that_is_gone_is_only_taken_out() {
        let removed = [change(Some(7), None, PageChangeKind::Removed)];
        assert_eq!(exchange(&removed, 7, 6, true), (vec![4], vec![]));
    }

    #[test]
    fn a_whole_new_sheet_between_unnumbered_ones_leaves_those_as_they_are() {
        let mut changes = vec![
            change(None, Some(1), PageChangeKind::Added),
            change(None, Some(2), PageChangeKind::Added),
        ];
        let unnumbered = |page: usize| {
            let mut moved = change(Some(page), Some(page + 2), PageChangeKind::Moved);
            (moved.old.as_mut().unwrap().printed, moved.new.as_mut().unwrap().printed) =
                (None, None);
            moved
        };
        changes.extend([unnumbered(1), unnumbered(2)]);
        let found = Exchange::new(&changes, &[None, None], &[None, None, None, None], true);
        assert_eq!((found.take_out.len(), found.put_in.len()), (0, 1));
    }
}
