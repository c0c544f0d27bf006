//! Which pages come together on one side of a sheet.

/// One side of a sheet: the pages (from 0) on its left and right half; `None` stays blank.
pub type Side = [Option<usize>; 2];

/// The sides of a saddle-stitched booklet bound at its left, front and back of the outermost
/// sheet first.
///
/// Every sheet holds four pages, so that up to three blank ones follow the last page.
pub fn booklet_sides(pages: usize) -> Vec<Side> {
    let slots = pages.next_multiple_of(4);
    let page = |slot: usize| (slot < pages).then_some(slot);
    let sheet = |sheet: usize| {
        let (first, last) = (2 * sheet, slots - 1 - 2 * sheet);
        [[page(last), page(first)], [page(first + 1), page(last - 1)]]
    };
    (0..slots / 4).flat_map(sheet).collect()
}

/// Two pages side by side in their order, for reading.
pub fn two_up_sides(pages: usize) -> Vec<Side> {
    let side = |first: usize| [Some(first), Some(first + 1).filter(|second| *second < pages)];
    (0..pages).step_by(2).map(side).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stacks the sheets, outermost first, folds them and reads the booklet leaf by leaf.
    ///
    /// A leaf is half a sheet. In front of the fold lie the right halves, outermost first, and
    /// behind it the left halves, innermost first. Whoever turns a leaf of the first kind sees
    /// the sheet's front before its back; behind the fold it is the back before the front.
    fn read_folded(sides: &[Side]) -> Vec<Option<usize>> {
        let sheets: Vec<(Side, Side)> = sides.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        let before = sheets.iter().flat_map(|(front, back)| [front[1], back[0]]);
        let behind = sheets.iter().rev().flat_map(|(front, back)| [back[1], front[0]]);
        before.chain(behind).collect()
    }

    #[test]
    fn a_folded_booklet_reads_from_the_first_page_to_the_last() {
        for pages in 1..=200 {
            let read = read_folded(&booklet_sides(pages));
            let (printed, blank) = read.split_at(pages);
            assert!(printed.iter().copied().eq((0..pages).map(Some)), "{pages}: {read:?}");
            assert!(blank.len() < 4 && blank.iter().all(Option::is_none), "{pages}: {read:?}");
        }
    }

    #[test]
    fn the_cover_lies_beside_the_last_page() {
        assert_eq!(booklet_sides(8)[0], [Some(7), Some(0)]);
        assert_eq!(booklet_sides(6)[..2], [[None, Some(0)], [Some(1), None]]);
    }

    #[test]
    fn two_up_keeps_the_order_of_the_pages() {
        for pages in 1..=9 {
            let read: Vec<usize> = two_up_sides(pages).concat().into_iter().flatten().collect();
            assert_eq!(read, (0..pages).collect::<Vec<_>>());
        }
        assert_eq!(two_up_sides(3)[1], [Some(2), None]);
    }
}
