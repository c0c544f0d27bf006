//! Sheets of several pages: they show what the single pages show, and their text stays text.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::built;
use crate::common;
use hayro::hayro_syntax::Pdf;
use lopdf::{Document, Object};
use soukatsu::app::Output;
use soukatsu::export::{Imposition, Pages, Picture, Printed, Printing, Shape};
use soukatsu_core::load::Folder;

const BOOKLET: Imposition = Imposition::Booklet { paper_thickness: 0.1 };
/// Five pixels a millimetre: the fold of A3 falls between two pixels.
const DPI: f64 = 127.0;
const PAGE: (u32, u32) = (1050, 1485);

fn pdf(imposition: Option<Imposition>) -> Vec<u8> {
    let build = built::build(&Folder::Disk(common::sample("mihon-r8")));
    let printing = Printing { imposition, ..Printing::default() };
    let output = Output { printing, ..Output::default() };
    built::pdf_of(&build, &output)
}

/// The sides of the sheets for so many pages of one size.
fn sides(imposition: Imposition, pages: usize) -> Vec<[Option<usize>; 2]> {
    let halves = |side| match side {
        Printed::Halves(halves) => halves,
        Printed::Whole(page) => panic!("page {page} has a sheet for itself"),
    };
    imposition.sides(&vec![Shape::Upright; pages]).into_iter().map(halves).collect()
}

fn pictures(pdf: Vec<u8>) -> Vec<Picture> {
    let pages = Pages::of_pdf(pdf, "").unwrap();
    let drawn = Mutex::new(BTreeMap::new());
    let keep = |page, picture| {
        drawn.lock().unwrap().insert(page, picture);
        Ok(())
    };
    let all: Vec<usize> = (0..pages.count()).collect();
    pages.each(&all, |_| DPI / 72.0, keep).unwrap();
    drawn.into_inner().unwrap().into_values().collect()
}

/// A part of a picture; what stands beyond its edges is left out.
fn part(picture: &Picture, left: usize, width: usize) -> Vec<u8> {
    let row = picture.width as usize * 3;
    let rows = picture.rgb.chunks(row);
    rows.flat_map(|row| &row[left * 3..(left + width) * 3]).copied().collect()
}

/// The left (0) or right (1) half of a sheet, with `creep` pixels of its other half.
fn half(sheet: &Picture, half: usize, creep: usize) -> Picture {
    let (width, height) = PAGE;
    let left = if half == 0 { creep } else { width as usize - creep };
    Picture { width, height, rgb: part(sheet, left, width as usize) }
}

/// How many pixels differ by more than what rounding of edges makes.
fn unlike(a: &[u8], b: &[u8]) -> usize {
    assert_eq!(a.len(), b.len());
    let pixels = a.chunks(3).zip(b.chunks(3));
    pixels.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 48)).count()
}

#[test]
fn the_halves_of_the_outermost_sheet_look_like_the_single_pages() {
    let pages = pictures(pdf(None));
    let sheets = pictures(pdf(Some(BOOKLET)));
    assert_eq!((sheets[0].width, sheets[0].height), (2 * PAGE.0, PAGE.1));
    let sides = sides(BOOKLET, pages.len());
    let mut compared = 0;
    for (sheet, side) in sheets.iter().zip(&sides).take(2) {
        for (at, page) in side.iter().enumerate() {
            let shown = half(sheet, at, 0);
            match page {
                Some(page) => assert!(unlike(&shown.rgb, &pages[*page].rgb) < 50, "page {page}"),
                None => assert!(shown.rgb.iter().all(|byte| *byte == 255)),
            }
            compared += usize::from(page.is_some());
        }
    }
    assert!(compared > 0);
    // The comparison can fail: two pages are not alike.
    assert!(unlike(&pages[0].rgb, &pages[2].rgb) > 1000);
}

#[test]
fn pages_of_an_inner_sheet_stand_nearer_to_the_fold_by_the_thickness_of_the_paper() {
    let thick = Imposition::Booklet { paper_thickness: 1.0 };
    let pages = pictures(pdf(None));
    let sheets = pictures(pdf(Some(thick)));
    // The first sheet inside another one: five pixels a millimetre.
    for (at, page) in sides(thick, pages.len())[2].iter().enumerate() {
        let Some(page) = page else { continue };
        let shown = half(&sheets[2], at, 5);
        let strip = |picture| part(picture, 20, PAGE.0 as usize - 40);
        assert!(unlike(&strip(&shown), &strip(&pages[*page])) < 50);
    }
}

#[test]
fn text_stays_text_in_embedded_fonts() {
    for imposition in [BOOKLET, Imposition::TwoUp] {
        let document = Document::load_mem(&pdf(Some(imposition))).unwrap();
        let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
        let fonts = dictionaries.filter(|dictionary| dictionary.has_type(b"FontDescriptor"));
        let embedded: Vec<bool> =
            fonts.map(|font| font.has(b"FontFile2") || font.has(b"FontFile3")).collect();
        assert!(!embedded.is_empty() && embedded.iter().all(|embedded| *embedded));
        let images = document.objects.values().filter_map(|object| object.as_stream().ok());
        assert_eq!(
            images.filter(|s| s.dict.get(b"Subtype").is_ok_and(|t| *t == "Image".into())).count(),
            0
        );
    }
}

#[test]
fn an_imposed_file_keeps_nothing_that_spoke_of_single_pages() {
    let document = Document::load_mem(&pdf(Some(BOOKLET))).unwrap();
    let catalog = document.catalog().unwrap();
    for key in ["StructTreeRoot", "MarkInfo", "Outlines", "Names", "PageLabels"] {
        assert!(!catalog.has(key.as_bytes()), "{key}");
    }
    let dropped = |object: &&Object| {
        let Ok(dictionary) = object.as_dict() else { return false };
        dictionary.has_type(b"StructElem") || dictionary.has_type(b"Annot")
    };
    assert_eq!(document.objects.values().filter(dropped).count(), 0);
}

#[test]
fn the_same_report_makes_the_same_sheets() {
    assert!(pdf(Some(BOOKLET)) == pdf(Some(BOOKLET)));
    assert!(Pdf::new(pdf(Some(BOOKLET))).is_ok());
}
