//! The 差替えページ: the right sheets, the right pages on them, real text, a stamp that covers
//! nothing.

use crate::built;
use crate::common;
use hayro::hayro_syntax::Pdf;
use lopdf::{Document, Object};
use soukatsu::app::{Build, BuildOptions, Mark, Output, Workshop};
use soukatsu::compare::paper::{
    Exchange, PageChange, Replacement, ReplacementFault, Sheet, compare_pages, compare_pdfs,
    replacement_pages,
};
use soukatsu::export::{Pages, Printing};
use soukatsu::world::{Fonts, Profile};
use soukatsu_core::load::Folder;

fn editions() -> (Build, Build) {
    let old = common::files("mihon-r8");
    let mut new = old.clone();
    // Printed pages 3 and, in the appendix, 5: the front of sheet 3 and that of sheet 4.
    common::replace(&mut new, "csv/indicators.csv", ",138,172,224", ",138,173,224");
    (built::build(&Folder::Memory(old)), built::build(&Folder::Memory(new)))
}

fn exchange(duplex: bool) -> (Exchange, Vec<u8>) {
    let (old, new) = editions();
    let (was, is) = (old.draft.as_ref().unwrap(), new.draft.as_ref().unwrap());
    let changes: Vec<PageChange> = compare_pages(was, is);
    let (was, is) = (Pages::Laid(was).labels(), Pages::Laid(is).labels());
    (Exchange::new(&changes, &was, &is, duplex), built::pdf(&new))
}

fn stamped() -> Replacement {
    Replacement { stamp: Some("差替え　第2版".to_owned()), ..Replacement::default() }
}

fn sheets_pdf(wanted: &Replacement) -> Vec<u8> {
    let (exchange, pdf) = exchange(true);
    replacement_pages(&pdf, &exchange.put_in, wanted, &Fonts::embedded()).unwrap()
}

fn labels(pdf: &[u8]) -> Vec<Option<String>> {
    Pages::of_pdf(pdf.to_vec(), "").unwrap().labels()
}

#[test]
fn sheets_are_taken_out_and_put_in_by_the_numbers_on_both_sides() {
    let (exchange, _) = exchange(true);
    let told = |sheets: &[Sheet]| -> Vec<(usize, Option<String>, Option<String>)> {
        let back = |sheet: &Sheet| sheet.back.as_ref().and_then(|side| side.printed.clone());
        sheets.iter().map(|s| (s.number, s.front.printed.clone(), back(s))).collect()
    };
    let number = |number: &str| Some(number.to_owned());
    let expected = [(3, number("3"), number("4")), (4, number("5"), None)];
    assert_eq!(told(&exchange.take_out), expected);
    assert_eq!(told(&exchange.put_in), expected);
}

#[test]
fn whole_sheets_are_printed_and_keep_their_page_numbers() {
    let pdf = sheets_pdf(&Replacement::default());
    let number = |number: &str| Some(number.to_owned());
    assert_eq!(labels(&pdf), [number("3"), number("4"), number("5"), None]);
    let catalog = Document::load_mem(&pdf).unwrap();
    let preferences = catalog.catalog().unwrap().get(b"ViewerPreferences").unwrap();
    let duplex = preferences.as_dict().unwrap().get(b"Duplex").unwrap();
    assert_eq!(duplex.as_name().unwrap(), b"DuplexFlipLongEdge");
}

#[test]
fn the_pages_look_like_those_of_the_new_edition() {
    let (exchange, whole) = exchange(true);
    let pdf =
        replacement_pages(&whole, &exchange.put_in, &Replacement::default(), &Fonts::embedded());
    let pdf = pdf.unwrap();
    // Pages 1, 2, 3 and 4 of the whole are not among them; the last side is blank.
    let found = compare_pdfs(&whole, &pdf).unwrap();
    let gone: Vec<usize> = found
        .iter()
        .filter(|c| c.new.is_none())
        .map(|c| c.old.as_ref().unwrap().physical)
        .collect();
    let added: Vec<usize> = found
        .iter()
        .filter(|c| c.old.is_none())
        .map(|c| c.new.as_ref().unwrap().physical)
        .collect();
    assert_eq!((gone, added), (vec![1, 2, 3, 4], vec![4]));
    assert!(found.iter().all(|c| c.new.is_none() || c.old.is_none() || c.areas.is_empty()));
}

#[test]
fn a_stamp_stands_on_the_changed_pages_alone_and_is_seen() {
    let (plain, with) = (sheets_pdf(&Replacement::default()), sheets_pdf(&stamped()));
    let found = compare_pdfs(&plain, &with).unwrap();
    let pages: Vec<usize> = found.iter().map(|c| c.new.as_ref().unwrap().physical).collect();
    // The back of the first sheet has not changed.
    assert_eq!(pages, [1, 3]);
    for change in found {
        let [area] = change.areas[..] else { panic!("{:?}", change.areas) };
        assert!(area.bottom < 34.0 && area.left > 400.0 && area.right < 560.0, "{area:?}");
    }
}

#[test]
fn a_stamp_is_text_in_an_embedded_font() {
    let document = Document::load_mem(&sheets_pdf(&stamped())).unwrap();
    let dictionaries: Vec<_> =
        document.objects.values().filter_map(|object| object.as_dict().ok()).collect();
    let fonts = dictionaries.iter().filter(|dictionary| dictionary.has_type(b"FontDescriptor"));
    let embedded: Vec<bool> =
        fonts.map(|font| font.has(b"FontFile2") || font.has(b"FontFile3")).collect();
    assert!(!embedded.is_empty() && embedded.iter().all(|embedded| *embedded));
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let unicode = streams.filter_map(|stream| stream.get_plain_content().ok());
    // 差 and 替 in the table of the stamp's font from glyphs to characters.
    let known = |content: &Vec<u8>| {
        let text = String::from_utf8_lossy(content).to_uppercase();
        text.contains("BEGINCMAP") && text.contains("<5DEE>") && text.contains("<66FF>")
    };
    assert_eq!(unicode.filter(known).count(), 1);
}

#[test]
fn the_file_says_what_it_is_and_claims_no_tags() {
    let pdf = sheets_pdf(&stamped());
    let document = Document::load_mem(&pdf).unwrap();
    let catalog = document.catalog().unwrap();
    for key in ["StructTreeRoot", "MarkInfo", "Outlines", "Names"] {
        assert!(!catalog.has(key.as_bytes()), "{key}");
    }
    let annotated = |object: &&Object| object.as_dict().is_ok_and(|d| d.has(b"Annots"));
    assert_eq!(document.objects.values().filter(annotated).count(), 0);
    let xmp =
        document.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let xmp = String::from_utf8(xmp.as_stream().unwrap().get_plain_content().unwrap()).unwrap();
    assert!(xmp.contains(">差替えページ 見本市行政改革プラン"));
    assert!(xmp.contains("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"));
    let title = Pdf::new(pdf).unwrap().metadata().title.clone().unwrap();
    assert!(crate::tags::utf16(&title).starts_with("差替えページ 見本市行政改革プラン"));
}

fn sample_pdf(options: &BuildOptions, output: &Output) -> Vec<u8> {
    let folder = Folder::Disk(common::sample("mihon-r8"));
    built::pdf_of(&Workshop::new(Fonts::embedded()).build(&folder, options), output)
}

#[test]
fn an_official_pdf_gives_replacement_pages_without_its_attachments() {
    let marked = BuildOptions { mark: Some(Mark::Own), ..BuildOptions::default() };
    let pdf = sample_pdf(&marked, &Output { official: true, ..Output::default() });
    let sheets = exchange(true).0.put_in;
    let pages = replacement_pages(&pdf, &sheets, &stamped(), &Fonts::embedded()).unwrap();
    let document = Document::load_mem(&pages).unwrap();
    let is_file = |object: &&Object| {
        object.as_dict().is_ok_and(|dictionary| dictionary.has_type(b"Filespec"))
    };
    assert_eq!(document.objects.values().filter(is_file).count(), 0);
    assert!(!document.catalog().unwrap().has(b"AF"));
}

#[test]
fn with_a_bleed_the_stamp_stands_inside_the_cut() {
    let pdf = sample_pdf(&BuildOptions::of(Profile::Print), &Output::default());
    let sheets = exchange(true).0.put_in;
    let made = |wanted| replacement_pages(&pdf, &sheets, &wanted, &Fonts::embedded()).unwrap();
    let found = compare_pdfs(&made(Replacement::default()), &made(stamped())).unwrap();
    // 3 mm of bleed, then as far in as without one.
    let area = found[0].areas[0];
    assert!(area.top > 8.5 + 12.0 && area.bottom < 8.5 + 34.0, "{area:?}");
}

#[test]
fn printed_on_one_side_only_the_changed_pages_are_printed() {
    let (exchange, pdf) = exchange(false);
    let pages = replacement_pages(&pdf, &exchange.put_in, &stamped(), &Fonts::embedded()).unwrap();
    assert_eq!(labels(&pages), [Some("3".to_owned()), Some("5".to_owned())]);
}

#[test]
fn the_same_sheets_make_the_same_bytes_and_others_another_file() {
    assert!(sheets_pdf(&stamped()) == sheets_pdf(&stamped()));
    let id =
        |pdf: &[u8]| format!("{:?}", Document::load_mem(pdf).unwrap().trailer.get(b"ID").unwrap());
    assert_ne!(id(&sheets_pdf(&stamped())), id(&sheets_pdf(&Replacement::default())));
}

#[test]
fn a_page_that_the_pdf_does_not_have_is_refused() {
    let (exchange, _) = exchange(true);
    let mut sheets = exchange.put_in;
    sheets[1].front.physical = 99;
    let pdf = built::pdf(&editions().1);
    let fault = replacement_pages(&pdf, &sheets, &stamped(), &Fonts::embedded()).unwrap_err();
    assert_eq!(fault, ReplacementFault::NoSuchPage(99));
    let none = replacement_pages(b"no PDF", &sheets, &stamped(), &Fonts::embedded());
    assert!(matches!(none, Err(ReplacementFault::Unreadable(_))));
}

#[test]
#[ignore = "writes files for tests/conformance/run --flavours 2b: run it alone"]
fn write_replacement_pages_for_the_validator() {
    let directory = std::env::var("SOUKATSU_OUT").unwrap();
    let sheets = exchange(true).0.put_in;
    let official = Output { official: true, ..Output::default() };
    let marked =
        Output { printing: Printing { marks: true, ..Printing::default() }, ..Output::default() };
    for (name, profile, output) in [
        ("plain", Profile::Screen, Output::default()),
        ("official", Profile::Screen, official),
        ("marked", Profile::Print, marked),
    ] {
        let pdf = sample_pdf(&BuildOptions::of(profile), &output);
        let pages = replacement_pages(&pdf, &sheets, &stamped(), &Fonts::embedded()).unwrap();
        std::fs::write(format!("{directory}/{name}.pdf"), pages).unwrap();
    }
}
