//! The 差替えページ: whole sheets of the new edition, to be printed and put into the handout.

use super::page_areas::PageArea;
use super::pixel_comparison::{DPI, each};
use super::sheet_exchange::Sheet;
use super::stamp::{Stamp, stamp};
use crate::export::{DrawFault, Excerpt, ExcerptPage, Pages, PdfFault, Picture, excerpt, trims};
use crate::world::Fonts;

/// How the pages are made.
#[derive(Debug, Clone, Default)]
pub struct Replacement {
    /// What stands in a corner of every page that differs, such as 差替え　第2版.
    pub stamp: Option<String>,
    /// Pages are as large as they are once cut, for copiers: without bleed and crop marks.
    pub cut: bool,
}

/// Why there are no pages.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplacementFault {
    Unreadable(PdfFault),
    Undrawable(DrawFault),
    /// The PDF is not as this program writes them: what is wrong with it.
    Foreign(String),
    /// The sheets speak of a page, counted from 1, that the PDF does not have.
    NoSuchPage(usize),
    /// The stamp has characters without a font: Typst's words.
    Stamp(String),
    /// The stamp is wider than the page: so many of its characters fit.
    TooLong(usize),
    /// No corner of the page, counted from 1, has room for the stamp.
    NoRoom(usize),
}

/// A PDF of the sheets to print, from the finished PDF of the new edition.
///
/// Two pages a sheet when any has a back; the back of a last page is blank. Text, fonts and page
/// labels are kept, links and tags are not: PDF/A-2b. Same sheets, same bytes.
///
/// # Errors
/// When the PDF cannot be read or has no such pages, or the stamp cannot be set or placed.
pub fn replacement_pages(
    pdf: &[u8],
    sheets: &[Sheet],
    wanted: &Replacement,
    fonts: &Fonts,
) -> Result<Vec<u8>, ReplacementFault> {
    let pages = Pages::of_pdf(pdf.to_vec(), "").map_err(ReplacementFault::Unreadable)?;
    let printed: Vec<usize> = sheets.iter().flat_map(Sheet::pages).collect();
    if let Some(missing) = printed.iter().find(|page| **page == 0 || **page > pages.count()) {
        return Err(ReplacementFault::NoSuchPage(*missing));
    }
    let foreign = |error: lopdf::Error| ReplacementFault::Foreign(lacking(&error));
    let trims = trims(pdf).map_err(foreign)?;
    let stamp = match &wanted.stamp {
        Some(text) => Some(stamp(text, fonts).map_err(ReplacementFault::Stamp)?),
        None => None,
    };
    let sides = sheets.iter().flat_map(Sheet::sides);
    let differing: Vec<usize> =
        sides.filter(|side| side.differs).map(|side| side.physical - 1).collect();
    let room = differing.iter().map(|page| trims[*page][2] - trims[*page][0] - 2.0 * FROM_SIDE);
    if let (Some(stamp), Some(text), Some(room)) = (&stamp, &wanted.stamp, room.reduce(f64::min))
        && stamp.size[0] > room
    {
        return Err(ReplacementFault::TooLong(fitting(text, room, fonts)));
    }
    let places = match &stamp {
        Some(stamp) => places(&pages, &trims, &differing, stamp)?,
        None => Vec::new(),
    };
    let place = |page: usize| {
        let found = differing.iter().position(|other| *other == page)?;
        places.get(found).copied()
    };
    let duplex = sheets.iter().any(|sheet| sheet.back.is_some());
    let cut = wanted.cut;
    let mut wanted = Vec::new();
    for sheet in sheets {
        let side = |physical: usize| ExcerptPage {
            source: Some(physical - 1),
            stamp: place(physical - 1),
        };
        wanted.push(side(sheet.front.physical));
        match &sheet.back {
            Some(back) => wanted.push(side(back.physical)),
            None if duplex => wanted.push(ExcerptPage::default()),
            None => {}
        }
    }
    let labels = pages.labels();
    let excerpted = Excerpt {
        pages: wanted,
        labels: &labels,
        stamp: stamp.as_ref().map(|stamp| stamp.pdf.as_slice()),
        name: "差替えページ",
        duplex,
        cut,
    };
    excerpt(pdf, &excerpted).map_err(foreign)
}

/// What the PDF lacks, in words for people.
fn lacking(error: &lopdf::Error) -> String {
    match error {
        lopdf::Error::ObjectNotFound(_) => "参照先がありません".to_owned(),
        lopdf::Error::ReferenceCycle(_) => "参照が循環しています".to_owned(),
        lopdf::Error::DictKey(key) => format!("「{key}」がありません"),
        lopdf::Error::ObjectType { .. } | lopdf::Error::DictType { .. } => {
            "種類の違うものがあります".to_owned()
        }
        _ => "読めない作りです".to_owned(),
    }
}

/// How many characters of a stamp fit into a width in points.
fn fitting(text: &str, room: f64, fonts: &Fonts) -> usize {
    let fits = |count: &usize| {
        let part: String = text.chars().take(*count).collect();
        stamp(&part, fonts).is_ok_and(|stamp| stamp.size[0] <= room)
    };
    let counts: Vec<usize> = (1..=text.chars().count()).collect();
    counts.partition_point(fits)
}

/// How far a stamp stands from the sides of the page and from its upper or lower edge: within
/// what copiers print, above the line that most handouts have at the top of their pages.
const FROM_SIDE: f64 = 54.0;
const FROM_EDGE: f64 = 15.0;
/// So much around it is empty, too.
const CLEAR: f64 = 1.5;

/// Where the stamp stands on each page: its lower left corner in points from the lower left
/// corner of the cut page.
fn places(
    pages: &Pages<'_>,
    trims: &[PageTrim],
    chosen: &[usize],
    stamp: &Stamp,
) -> Result<Vec<[f64; 2]>, ReplacementFault> {
    let mut sorted = chosen.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let found =
        each(pages, &sorted, |page, picture| (page, free_corner(&picture, &trims[page], stamp)))
            .map_err(ReplacementFault::Undrawable)?;
    let place = |page: &usize| {
        let corner = found.iter().find(|(other, _)| other == page).and_then(|(_, corner)| *corner);
        corner.ok_or(ReplacementFault::NoRoom(page + 1))
    };
    chosen.iter().map(place).collect()
}

/// Left, top, right and bottom edge of the cut page in its picture, in points from the upper left.
type PageTrim = [f64; 4];

/// The first corner, upper right first, in which nothing is printed.
fn free_corner(picture: &Picture, trim: &PageTrim, stamp: &Stamp) -> Option<[f64; 2]> {
    let [left, top, right, bottom] = *trim;
    let [width, height] = stamp.size;
    let (near, far) = (left + FROM_SIDE, right - FROM_SIDE - width);
    let (upper, lower) = (top + FROM_EDGE, bottom - FROM_EDGE - height);
    let corners = [[far, upper], [near, upper], [far, lower], [near, lower]];
    let free = corners.into_iter().find(|[x, y]| {
        let area = PageArea::between([*x, *y], [x + width, y + height]);
        is_white(picture, area.grown(CLEAR))
    })?;
    Some([free[0] - left, bottom - (free[1] + height)])
}

fn is_white(picture: &Picture, area: PageArea) -> bool {
    let pixel = |points: f64| (points * DPI / 72.0).max(0.0);
    let (left, right) = (pixel(area.left) as usize, pixel(area.right).ceil() as usize);
    let (top, bottom) = (pixel(area.top) as usize, pixel(area.bottom).ceil() as usize);
    let (width, height) = (picture.width as usize, picture.height as usize);
    if right > width || bottom > height || left >= right {
        return false;
    }
    let rows = picture.rgb.chunks(width * 3).take(bottom).skip(top);
    rows.flat_map(|row| &row[left * 3..right * 3]).all(|byte| *byte == 255)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corner(picture: &Picture) -> Option<[f64; 2]> {
        let stamp = Stamp { pdf: Vec::new(), size: [72.0, 14.4] };
        free_corner(picture, &[0.0, 0.0, 720.0, 720.0], &stamp)
    }

    fn ink(picture: &mut Picture, x: usize, y: usize) {
        picture.rgb[(y * picture.width as usize + x) * 3] = 0;
    }

    #[test]
    fn a_stamp_stands_in_the_upper_right_corner_or_in_the_next_one_that_is_free() {
        let mut picture = Picture::white(1000, 1000);
        let (far, upper) = (720.0 - FROM_SIDE - 72.0, 720.0 - FROM_EDGE - 14.4);
        assert_eq!(corner(&picture), Some([far, upper]));
        ink(&mut picture, 850, 30);
        assert_eq!(corner(&picture), Some([FROM_SIDE, upper]));
        ink(&mut picture, 100, 30);
        assert_eq!(corner(&picture), Some([far, FROM_EDGE]));
        ink(&mut picture, 850, 970);
        assert_eq!(corner(&picture), Some([FROM_SIDE, FROM_EDGE]));
        ink(&mut picture, 100, 970);
        assert_eq!(corner(&picture), None);
    }

    #[test]
    fn a_page_smaller_than_the_stamp_has_no_room() {
        let stamp = Stamp { pdf: Vec::new(), size: [72.0, 14.4] };
        assert_eq!(free_corner(&Picture::white(50, 50), &[0.0, 0.0, 36.0, 36.0], &stamp), None);
    }
}
