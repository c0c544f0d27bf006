//! Which pages come together on one side of a sheet.

use super::shape::Shape;

/// The pages (from 0) on the left and right half of one side of a sheet; `None` stays blank.
pub type Side = [Option<usize>; 2];

/// What is printed on one side of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    Halves(Side),
    /// One page that takes both places.
    Whole(usize),
}

/// The sides of a saddle-stitched booklet bound at its left, front and back of the outermost
/// sheet first. Pages that are folded in come behind all sheets, each a side of its own.
///
/// Every sheet holds four pages, so that up to three blank ones follow the last page.
pub fn booklet_sides(shapes: &[Shape]) -> Vec<Printed> {
    let (folded, pages): (Vec<usize>, Vec<usize>) =
        (0..shapes.len()).partition(|page| shapes[*page] == Shape::Double);
    let slots = pages.len().next_multiple_of(4);
    let page = |slot: usize| pages.get(slot).copied();
    let sheet = |sheet: usize| {
        let (first, last) = (2 * sheet, slots - 1 - 2 * sheet);
        [[page(last), page(first)], [page(first + 1), page(last - 1)]].map(Printed::Halves)
    };
    (0..slots / 4).flat_map(sheet).chain(folded.into_iter().map(Printed::Whole)).collect()
}

/// Two pages side by side in their order, for reading; one that takes both places is alone.
pub fn two_up_sides(shapes: &[Shape]) -> Vec<Printed> {
    let mut sides = Vec::new();
    let mut left = None;
    for (page, shape) in shapes.iter().enumerate() {
        match (shape, left) {
            (Shape::Double, waiting) => {
                sides.extend(waiting.map(|left| Printed::Halves([Some(left), None])));
                sides.push(Printed::Whole(page));
                left = None;
            }
            (_, Some(first)) => {
                sides.push(Printed::Halves([Some(first), Some(page)]));
                left = None;
            }
            (_, None) => left = Some(page),
        }
    }
    sides.extend(left.map(|left| Printed::Halves([Some(left), None])));
    sides
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves(sides: Vec<Printed>) -> Vec<Side> {
        let half = |side| match side {
            Printed::Halves(side) => side,
            Printed::Whole(page) => panic!("page {page} takes both places"),
        };
        sides.into_iter().map(half).collect()
    }

    fn upright(pages: usize) -> Vec<Shape> {
        vec![Shape::Upright; pages]
    }

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
            let read = read_folded(&halves(booklet_sides(&upright(pages))));
            let (printed, blank) = read.split_at(pages);
            assert!(printed.iter().copied().eq((0..pages).map(Some)), "{pages}: {read:?}");
            assert!(blank.len() < 4 && blank.iter().all(Option::is_none), "{pages}: {read:?}");
        }
    }

    #[test]
    fn the_cover_lies_beside_the_last_page() {
        assert_eq!(halves(booklet_sides(&upright(8)))[0], [Some(7), Some(0)]);
        assert_eq!(halves(booklet_sides(&upright(6)))[..2], [[None, Some(0)], [Some(1), None]]);
    }

    #[test]
    fn two_up_keeps_the_order_of_the_pages() {
        for pages in 1..=9 {
            let sides = halves(two_up_sides(&upright(pages)));
            let read: Vec<usize> = sides.concat().into_iter().flatten().collect();
            assert_eq!(read, (0..pages).collect::<Vec<_>>());
        }
        assert_eq!(halves(two_up_sides(&upright(3)))[1], [Some(2), None]);
    }

    #[test]
    fn what_is_folded_in_leaves_the_booklet_and_comes_behind_it() {
        let mut shapes = upright(10);
        (shapes[4], shapes[5]) = (Shape::Double, Shape::Double);
        let mut sides = booklet_sides(&shapes);
        assert_eq!(sides.split_off(4), [Printed::Whole(4), Printed::Whole(5)]);
        let read: Vec<Option<usize>> = read_folded(&halves(sides));
        assert_eq!(read, [0, 1, 2, 3, 6, 7, 8, 9].map(Some));
    }

    #[test]
    fn a_page_twice_as_wide_has_a_sheet_for_itself_in_its_place() {
        let mut shapes = upright(4);
        shapes[1] = Shape::Double;
        let halves = |left, right| Printed::Halves([left, right]);
        assert_eq!(
            two_up_sides(&shapes),
            [halves(Some(0), None), Printed::Whole(1), halves(Some(2), Some(3))]
        );
    }
}
