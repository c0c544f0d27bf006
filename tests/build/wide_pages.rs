//! Pages on their side and pages that are folded in: their paper, their numbers, what stands on
//! the backs of their sheets, and what printers get of them.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::built;
use crate::common;
use crate::desk::Desk;
use soukatsu::app::Output;
use soukatsu::compare::paper::{Exchange, Replacement, compare_pages, replacement_pages};
use soukatsu::export::{Imposition, Pages, Picture, Printing};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

type Files = BTreeMap<String, Vec<u8>>;

const BLANK: &str = "kind = \"blank\"";
const BLANK_BACK: &str = "kind = \"blank\"\npaper = \"A3\"";
const FOLD_OUT: &str = "title = \"折込み\"\npaper = \"A3\"";
const LANDSCAPE: &str = "title = \"横の表\"\norientation = \"landscape\"\nrunning = \"章の名前\"";

/// A report of a cover and rows with a sentence each.
fn report(print: &str, rows: &[&str]) -> Files {
    let mut manifest = format!(
        "format = 1\n[report]\ntitle = \"まとめ\"\nauthor = \"市\"\ncouncil = \"会議\"\ndate = 2026-07-16\n{print}\n[[page]]\nkind = \"cover\"\n"
    );
    let mut files = Files::new();
    for (index, row) in rows.iter().enumerate() {
        manifest += &format!("[[page]]\n{row}\n");
        if !row.contains("kind") {
            manifest += &format!("prose = \"p{index}.typ\"\n");
            files.insert(format!("p{index}.typ"), "文章を書く。".as_bytes().to_vec());
        }
    }
    files.insert("report.toml".to_owned(), manifest.into_bytes());
    files
}

fn build(files: &Files, args: &[&str]) -> (i32, String) {
    let run = Desk::with(files).run(&[&["build", "r"], args].concat());
    (run.code, run.err)
}

fn pdf(files: &Files, printing: Printing) -> Vec<u8> {
    let build = built::build(&Folder::Memory(files.clone()));
    built::pdf_of(&build, &Output { printing, ..Output::default() })
}

/// Widths and heights in whole millimetres.
fn sizes(pages: &Pages<'_>) -> Vec<[i64; 2]> {
    let mm = |side: f64| (side / 72.0 * 25.4).round() as i64;
    (0..pages.count()).map(|page| pages.size(page).map(mm)).collect()
}

const A4: [i64; 2] = [210, 297];
const A4_ON_ITS_SIDE: [i64; 2] = [297, 210];
const A3_ON_ITS_SIDE: [i64; 2] = [420, 297];

#[test]
fn wide_pages_have_paper_of_their_own_and_the_numbers_run_on() {
    let files = report("", &["chapter = \"甲\"", LANDSCAPE, FOLD_OUT, "title = \"結び\""]);
    let pages = Pages::of_pdf(pdf(&files, Printing::default()), "").unwrap();
    assert_eq!(sizes(&pages), [A4, A4, A4_ON_ITS_SIDE, A3_ON_ITS_SIDE, A4]);
    let labels: Vec<Option<String>> = pages.labels();
    assert_eq!(labels[1..], ["1", "2", "3", "4"].map(|number| Some(number.to_owned())));
}

#[test]
fn the_page_for_the_press_keeps_its_bleed() {
    let files = report("", &["chapter = \"甲\"", LANDSCAPE, FOLD_OUT]);
    let desk = Desk::with(&files);
    let run = desk.run(&["build", "r", "--profile", "print", "-o", "o.pdf"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let document = lopdf::Document::load(desk.at("o.pdf")).unwrap();
    let boxes = document.page_iter().map(|page| {
        let page = document.get_dictionary(page).unwrap();
        ["TrimBox", "BleedBox"].map(|name| {
            let edges = page.get(name.as_bytes()).unwrap().as_array().unwrap();
            let edges: Vec<f32> = edges.iter().map(|edge| edge.as_float().unwrap()).collect();
            [edges[2] - edges[0], edges[3] - edges[1]]
                .map(|side| (side / 72.0 * 25.4).round() as i64)
        })
    });
    let beyond = |[width, height]: [i64; 2]| [[width, height], [width + 6, height + 6]];
    assert_eq!(boxes.collect::<Vec<_>>(), [A4, A4, A4_ON_ITS_SIDE, A3_ON_ITS_SIDE].map(beyond));
}

#[test]
fn figures_on_a_wide_page_are_as_wide_as_its_text() {
    let mut files = common::files("mihon-r8");
    let width = |files: &Files| {
        let build = built::build(&Folder::Memory(files.clone()));
        let drawn = soukatsu::world::drawings(
            build.report.as_ref().unwrap(),
            build.template.as_ref().unwrap().settings(),
        );
        drawn["5"].width
    };
    let upright = width(&files);
    common::replace(
        &mut files,
        "report.toml",
        "pillar  = \"行政運営\"",
        "orientation = \"landscape\"\npillar = \"行政運営\"",
    );
    assert!((width(&files) / upright - 729.61 / 483.0).abs() < 0.01);
}

#[test]
fn both_sides_of_a_sheet_that_is_folded_in_are_a3_where_the_report_is_printed_on_both() {
    let duplex = "[print]\nduplex = true";
    let (code, err) = build(&report(duplex, &["chapter = \"甲\"", FOLD_OUT]), &[]);
    assert_eq!(code, 0, "{err}");
    let faulty =
        report(duplex, &["chapter = \"甲\"", "title = \"乙\"", FOLD_OUT, "title = \"結び\""]);
    let (code, err) = build(&faulty, &[]);
    assert_eq!((code, err.matches("[S606]").count()), (1, 2), "{err}");
    for told in ["「折込み」の折込み（A3）が、A4のページの裏から始まります", "`paper = \"A3\"`"]
    {
        assert!(err.contains(told), "{told}: {err}");
    }
    let mended =
        ["chapter = \"甲\"", "title = \"乙\"", BLANK, FOLD_OUT, BLANK_BACK, "title = \"結び\""];
    let (code, err) = build(&report(duplex, &mended), &[]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("両面でA4 3枚、A3 1枚。最後の裏は白紙です"), "{err}");
    // Printed on one side, every page is a sheet.
    let rows = ["chapter = \"甲\"", "title = \"乙\"", FOLD_OUT, "title = \"結び\""];
    assert_eq!(build(&report("", &rows), &[]).0, 0);
}

#[test]
fn a_booklet_has_what_is_folded_in_behind_its_sheets() {
    let rows = ["chapter = \"甲\"", FOLD_OUT, BLANK_BACK, "title = \"結び\"", LANDSCAPE];
    let files = report("", &rows);
    let booklet = Imposition::Booklet { paper_thickness: 0.1 };
    let printing = Printing { imposition: Some(booklet), ..Printing::default() };
    let pages = Pages::of_pdf(pdf(&files, printing), "").unwrap();
    assert_eq!(sizes(&pages), [A3_ON_ITS_SIDE; 4]);
    let (code, err) = build(&files, &["--impose", "booklet"]);
    assert_eq!(code, 0);
    assert!(
        err.contains(
            "4ページで、A3 1枚（両面・短辺とじ）。折込みのページ（表紙から数えて3・4ページ目）"
        ),
        "{err}"
    );
}

#[test]
fn a_booklet_whose_folded_sheet_is_half_a_page_of_the_booklet_is_refused() {
    let files = report("", &["chapter = \"甲\"", FOLD_OUT, "title = \"結び\""]);
    assert_eq!(build(&files, &[]).0, 0);
    let (code, err) = build(&files, &["--impose", "booklet"]);
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("[S606] 「折込み」の折込み（A3）の裏が、A4のページになります"), "{err}");
}

#[test]
fn of_two_pages_a_sheet_what_is_folded_in_has_one_for_itself() {
    let files = report("", &["chapter = \"甲\"", LANDSCAPE, FOLD_OUT, "title = \"結び\""]);
    let (code, err) = build(&files, &["--impose", "2up"]);
    assert_eq!(code, 0);
    assert!(err.contains("5ページを2ページずつ、A4 4面（折込みの1ページは1面に1ページ）"), "{err}");
}

const DPI: f64 = 127.0;

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

/// A picture turned so that its head is to the left.
fn turned(picture: &Picture) -> Vec<u8> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let point = |x: usize, y: usize| &picture.rgb[(y * width + x) * 3..][..3];
    // A row of the result is a column of the picture, from its right end on.
    (0..width).rev().flat_map(|x| (0..height).flat_map(move |y| point(x, y))).copied().collect()
}

#[test]
fn a_page_on_its_side_is_turned_in_a_booklet() {
    let files = report("", &["chapter = \"甲\"", LANDSCAPE, "title = \"結び\""]);
    let single = pictures(pdf(&files, Printing::default()));
    let flat = Imposition::Booklet { paper_thickness: 0.0 };
    let sheets = pictures(pdf(&files, Printing { imposition: Some(flat), ..Printing::default() }));
    // The back of the only sheet: the pages 2 and 3.
    let (sheet, page) = (&sheets[1], &single[2]);
    let width = page.height as usize;
    let row = sheet.width as usize * 3;
    let right: Vec<u8> =
        sheet.rgb.chunks(row).flat_map(|row| &row[row.len() - width * 3..]).copied().collect();
    let expected = turned(page);
    assert_eq!(right.len(), expected.len());
    let unlike = right.chunks(3).zip(expected.chunks(3));
    let unlike = unlike.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 96));
    let ink = expected.chunks(3).filter(|pixel| pixel[0] < 128).count();
    let unlike = unlike.count();
    assert!(unlike * 20 < ink, "{unlike} of {ink}");
}

#[test]
fn a_page_that_is_turned_is_a_changed_page_and_its_sheet_is_exchanged_as_it_is() {
    let old = report(
        "",
        &["chapter = \"甲\"", "title = \"横の表\"\nrunning = \"章の名前\"", "title = \"結び\""],
    );
    let new = report("", &["chapter = \"甲\"", LANDSCAPE, "title = \"結び\""]);
    let [was, is] = [old, new].map(|files| built::build(&Folder::Memory(files)));
    let (before, after) = (was.document().unwrap(), is.document().unwrap());
    let changes = compare_pages(before, after);
    let labels = |document| Pages::Laid(document).labels();
    let exchange = Exchange::new(&changes, &labels(before), &labels(after), true);
    let wanted = Replacement { stamp: Some("差替え".to_owned()), cut: false };
    let sheets =
        replacement_pages(&built::pdf(&is), &exchange.put_in, &wanted, &Fonts::embedded()).unwrap();
    assert_eq!(sizes(&Pages::of_pdf(sheets, "").unwrap()), [A4_ON_ITS_SIDE, A4]);
}

#[test]
fn paper_that_no_page_can_have_is_told_with_its_place() {
    let rows = [
        "chapter = \"甲\"\npaper = \"A3\"\norientation = \"portrait\"",
        "kind = \"contents\"\norientation = \"landscape\"",
        "title = \"乙\"\npaper = \"B4\"",
        "title = \"丙\"\norientation = \"横\"",
    ];
    let (code, err) = build(&report("", &rows), &[]);
    assert_eq!(code, 1);
    assert_eq!(err.matches("[S203]").count(), 4, "{err}");
    for told in [
        "縦のA3は、A4の冊子に折り込めません",
        "表紙ともくじは、A4の縦だけです",
        "A4・A3",
        "portrait・landscape",
    ] {
        assert!(err.contains(told), "{told}: {err}");
    }
}

#[test]
fn a_template_of_ones_own_that_knows_no_wide_pages_is_told() {
    let mut files = report("", &["chapter = \"甲\"", LANDSCAPE]);
    let settings = "{\"text-width\": 487.56, \"figure-gutter\": 12.0, \"figure-height\": 136.0, \"figure-text-size\": 8.0, \"figure-note-height\": 10.0}";
    let report = "#set document(title: \"まとめ\", date: datetime(year: 2026, month: 7, day: 16))\n#set text(font: \"BIZ UDGothic\", lang: \"ja\")\n#for row in json(\"/model/pages.json\") { page[#metadata(row.index)<soukatsu-row>= 見出し#metadata(row.index)<soukatsu-row-end>] }\n";
    files.insert("own/settings.json".into(), settings.into());
    files.insert("own/report.typ".into(), report.into());
    common::replace(&mut files, "report.toml", "format = 1", "format = 1\ntemplate = \"own\"");
    let (code, err) = build(&files, &[]);
    assert_eq!((code, err.matches("[S606]").count()), (1, 1), "{err}");
    assert!(err.contains("テンプレートが、この行の用紙に応じていません"), "{err}");
}
