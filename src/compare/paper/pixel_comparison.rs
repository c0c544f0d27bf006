//! Pictures of pages, compared point by point.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::page_areas::{PageArea, merge};
use crate::export::{DrawFault, Pages, Picture};

/// What eyes and copiers resolve: at 100 dpi the thinnest rule still leaves its mark.
pub const DPI: f64 = 100.0;
/// Channels may differ by this much without a difference being seen.
const TOLERANCE: u8 = 1;
/// The side of the squares in which differing points are gathered, in pixels.
const SQUARE: usize = 8;
/// As many pages are held as pictures at a time: 3 MB each at 100 dpi.
const BATCH: usize = 8;

/// Where two pictures differ; empty when they do not.
pub fn differing(old: &Picture, new: &Picture) -> Vec<PageArea> {
    let points = 72.0 / DPI;
    if (old.width, old.height) != (new.width, new.height) {
        let size = [f64::from(new.width) * points, f64::from(new.height) * points];
        return vec![PageArea::between([0.0, 0.0], size)];
    }
    let width = new.width as usize;
    let across = width.div_ceil(SQUARE);
    let mut squares = vec![false; across * (new.height as usize).div_ceil(SQUARE)];
    let rows = old.rgb.chunks(width * 3).zip(new.rgb.chunks(width * 3));
    for (y, (was, is)) in rows.enumerate().filter(|(_, (was, is))| was != is) {
        for (x, (was, is)) in was.chunks(3).zip(is.chunks(3)).enumerate() {
            if was.iter().zip(is).any(|(was, is)| was.abs_diff(*is) > TOLERANCE) {
                squares[y / SQUARE * across + x / SQUARE] = true;
            }
        }
    }
    let area = |index: usize| {
        let corner = [index % across, index / across].map(|n| (n * SQUARE) as f64 * points);
        let side = SQUARE as f64 * points;
        PageArea::between(corner, [corner[0] + side, corner[1] + side])
    };
    merge(squares.iter().enumerate().filter(|(_, differs)| **differs).map(|(index, _)| area(index)))
}

/// Whether pairs of pages (from 0) differ to the eye, and where; none when one cannot be drawn.
pub fn differing_pages(
    old: &Pages<'_>,
    new: &Pages<'_>,
    pairs: &[(usize, usize)],
) -> Vec<Option<Vec<PageArea>>> {
    let mut found = Vec::new();
    for batch in pairs.chunks(BATCH) {
        let (were, are): (Vec<usize>, Vec<usize>) = batch.iter().copied().unzip();
        let (were, are) = std::thread::scope(|scope| {
            let drawing = scope.spawn(|| draw(old, &were));
            let are = draw(new, &are);
            (drawing.join().unwrap_or_default(), are)
        });
        let compared = batch.iter().map(|(was, is)| Some(differing(were.get(was)?, are.get(is)?)));
        found.extend(compared);
    }
    found
}

/// The pictures of the pages that can be drawn.
fn draw(pages: &Pages<'_>, chosen: &[usize]) -> BTreeMap<usize, Picture> {
    let mut drawn = BTreeMap::new();
    // One that cannot be drawn keeps the others of its run back.
    if each(pages, chosen, |page, picture| (page, picture)).map(|all| drawn.extend(all)).is_err() {
        for page in chosen {
            drawn
                .extend(each(pages, &[*page], |page, picture| (page, picture)).unwrap_or_default());
        }
    }
    drawn
}

/// Something made of the picture of every page, in the order of the pages.
///
/// # Errors
/// When a page cannot be drawn.
pub fn each<T: Send>(
    pages: &Pages<'_>,
    chosen: &[usize],
    make: impl Fn(usize, Picture) -> T + Sync,
) -> Result<Vec<T>, DrawFault> {
    let made = Mutex::new(BTreeMap::new());
    pages.each(
        chosen,
        |_| DPI / 72.0,
        |page, picture| {
            let one = make(page, picture);
            made.lock().map_err(|error| error.to_string())?.insert(page, one);
            Ok(())
        },
    )?;
    let made = made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok(made.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_of_one_is_not_seen_and_a_step_of_two_is() {
        let white = Picture::white(40, 20);
        let mut grey = white.clone();
        grey.rgb[3 * (40 * 10 + 20)] = 254;
        assert_eq!(differing(&white, &grey), []);
        grey.rgb[3 * (40 * 10 + 20)] = 253;
        let found = differing(&white, &grey);
        let point = PageArea::between([20.0 * 0.72, 10.0 * 0.72], [20.0 * 0.72, 10.0 * 0.72]);
        assert!(found.len() == 1 && found[0].touches(point), "{found:?}");
    }

    #[test]
    fn pictures_of_unlike_size_differ_all_over() {
        let found = differing(&Picture::white(100, 100), &Picture::white(100, 200));
        assert_eq!(found, [PageArea::between([0.0, 0.0], [72.0, 144.0])]);
    }
}
