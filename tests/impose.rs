//! Sheets of several pages: they show what the single pages show, and their text stays text.

mod common;

use hayro::hayro_syntax::Pdf;
use lopdf::{Document, Object};
use soukatsu::export::{Finishing, Imposition, pdf_pages};
use soukatsu::load::Folder;
use soukatsu::pipeline::export_pdf;
use tiny_skia::{IntRect, Pixmap};

const BOOKLET: Imposition = Imposition::Booklet { paper_thickness: 0.1 };
/// Five pixels a millimetre: the fold of A3 falls between two pixels.
const DPI: f32 = 127.0;
const PAGE: (u32, u32) = (1050, 1485);

fn pdf(imposition: Option<Imposition>) -> Vec<u8> {
    let outcome = common::build(&Folder::Disk(common::sample("mihon-r8")));
    let document = outcome.document().unwrap();
    let finishing = Finishing { imposition, ..Finishing::default() };
    export_pdf(outcome.report.as_ref().unwrap(), document, None, &finishing).unwrap()
}

fn pictures(pdf: Vec<u8>) -> Vec<Pixmap> {
    let pages = pdf_pages(pdf, DPI).unwrap();
    pages.iter().map(|png| Pixmap::decode_png(png).unwrap()).collect()
}

/// What lies within a page's outermost pixels, which hold nothing but rounding.
fn inner(page: &Pixmap, left: i32) -> Pixmap {
    page.clone_rect(IntRect::from_xywh(left + 20, 0, PAGE.0 - 40, PAGE.1).unwrap()).unwrap()
}

/// The left (0) or right (1) half of a sheet, whose page is `creep` pixels nearer to the fold.
fn half(sheet: &Pixmap, half: usize, creep: i32) -> Pixmap {
    inner(sheet, if half == 0 { creep } else { PAGE.0 as i32 - creep })
}

/// How many pixels differ by more than what rounding of edges makes.
fn unlike(a: &Pixmap, b: &Pixmap) -> usize {
    let pixels = a.data().chunks(4).zip(b.data().chunks(4));
    pixels.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 48)).count()
}

#[test]
fn the_halves_of_the_outermost_sheet_look_like_the_single_pages() {
    let pages = pictures(pdf(None));
    let sheets = pictures(pdf(Some(BOOKLET)));
    let sides = BOOKLET.sides(pages.len());
    let mut compared = 0;
    for (sheet, side) in sheets.iter().zip(&sides).take(2) {
        for (at, page) in side.iter().enumerate() {
            let shown = half(sheet, at, 0);
            match page {
                Some(page) => assert!(unlike(&shown, &inner(&pages[*page], 0)) < 50, "page {page}"),
                None => assert!(shown.data().iter().all(|byte| *byte == 255)),
            }
            compared += usize::from(page.is_some());
        }
    }
    assert!(compared > 0);
    // The comparison can fail: two pages are not alike.
    assert!(unlike(&pages[0], &pages[2]) > 1000);
}

#[test]
fn pages_of_an_inner_sheet_stand_nearer_to_the_fold_by_the_thickness_of_the_paper() {
    let thick = Imposition::Booklet { paper_thickness: 1.0 };
    let pages = pictures(pdf(None));
    let sheets = pictures(pdf(Some(thick)));
    // The first sheet inside another one: five pixels a millimetre.
    for (at, page) in thick.sides(pages.len())[2].iter().enumerate() {
        let Some(page) = page else { continue };
        let page = inner(&pages[*page], 0);
        assert!(unlike(&half(&sheets[2], at, 5), &page) < 50);
        assert!(unlike(&half(&sheets[2], at, 0), &page) > 1000);
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
