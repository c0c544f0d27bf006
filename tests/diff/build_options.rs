//! `diff` with official PDFs of other options: the profile, the notice on the cover, the mark of
//! the version and crop marks are on the paper, so the pages are compared with them.

use crate::built;
use crate::common;
use crate::desk::Desk;
use crate::sample_editions::{Files, assert_told, desk, export, mended, official, small, usual};
use soukatsu::app::{BuildOptions, Mark, Output};
use soukatsu::export::Printing;
use soukatsu::world::Profile;
use soukatsu_core::load::Folder;

const CELL: &str = "csv/fig-04.csv:家族や知人の勧め:回答割合";
const SAME: &str = "同じです。";

/// The pages of the small report: a cover, the contents and five more.
const ALL: &str = "変わったページ 7枚: 表紙、もくじ、1ページ、2ページ、3ページ、4ページ、5ページ";

fn marked() -> BuildOptions {
    BuildOptions { mark: Some(Mark::Own), ..usual() }
}

/// The small report whose indicators are not final.
fn provisional() -> Files {
    let mut files = small();
    common::replace(&mut files, "report.toml", "state = \"確定\"", "state = \"仮\"");
    files
}

fn texts(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    (1..=document.get_pages().len() as u32)
        .map(|page| document.extract_text(&[page]).unwrap_or_default())
        .collect()
}

#[test]
fn a_notice_that_leaves_the_cover_is_a_change_of_the_cover() {
    let old = export(provisional(), BuildOptions { accept_provisional: true, ..usual() }, true);
    let desk = desk(&old);
    desk.put("new.pdf", export(small(), usual(), true));
    let key = "report.toml:data.indicators.state";
    let out = ["--errata", "e.csv", "--pages", "p.pdf"];
    let run = desk.run(&[&["diff", "old.pdf", "new.pdf", "--expect", key], &out[..]].concat());
    assert_eq!(run.code, 0, "{}", run.whole());
    assert!(run.out.contains("表紙 表紙の「仮データを含む」の表示"), "{}", run.whole());
    let pages = run.out.lines().find(|line| line.contains("変わったページ")).unwrap();
    assert!(pages.contains("表紙"), "{pages}");
    assert_told(&run, &["仮データの表示: 前あり、後なし"]);
    let errata = std::fs::read_to_string(desk.at("e.csv")).unwrap();
    assert!(
        errata.contains(
            "表紙の「仮データを含む」の表示,仮データを含む（指標のデータ、図1・図3・図5のデータ）,"
        ),
        "{errata}"
    );
    let whole = lopdf::Document::load(desk.at("p.pdf")).unwrap();
    assert!(whole.get_pages().len() >= 4, "the sheet of the cover is among them");
}

#[test]
fn a_mark_or_a_profile_of_one_side_alone_is_told_and_its_pages_too() {
    let desk = desk(official());
    desk.put("marked.pdf", export(small(), marked(), true));
    desk.put("mono.pdf", export(small(), BuildOptions::of(Profile::Mono), true));
    for (new, note) in [
        ("marked.pdf", "版の印: 前なし、後あり\n"),
        ("mono.pdf", "用途: 前「screen」、後「mono」\n"),
    ] {
        let run = desk.run(&["diff", "old.pdf", new]);
        assert_eq!(run.code, 1, "{}", run.whole());
        assert_told(&run, &["作ったときの選択が違うので", note]);
        assert!(!run.out.contains(SAME) && run.out.contains("変わったページ"), "{}", run.whole());
    }
    let run = desk.run(&["diff", "old.pdf", "marked.pdf"]);
    assert!(run.out.contains(ALL), "{}", run.whole());
    // The guard does not let pages through that nobody listed.
    let run = desk.run(&["diff", "old.pdf", "marked.pdf", "--expect", "csv/fig-04.csv"]);
    assert_told(&run, &["誤り[S808]"]);
}

#[test]
fn two_marks_change_every_page_in_one_line_and_are_no_text_of_their_own() {
    let desk = desk(&export(small(), marked(), true));
    desk.put("new.pdf", export(mended(), marked(), true));
    let run = desk.run(&["diff", "old.pdf", "new.pdf", "--expect", CELL, "--pages", "p.pdf"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert!(run.out.contains(ALL), "{}", run.whole());
    assert_eq!(run.out.matches("版の印（各ページの下の版と番号）が変わった").count(), 1);
    assert!(run.out.contains("`--edition-mark` を付けた版では、1か所の訂正でも全ての用紙"));
    assert!(run.out.contains("  3ページ 図4"), "{}", run.whole());
    let pages = lopdf::Document::load(desk.at("p.pdf")).unwrap().get_pages();
    assert_eq!(pages.len(), 8, "every sheet is exchanged, the blank back of the last one with it");
    assert_eq!(desk.run(&["diff", "old.pdf", "old.pdf"]).code, 0);
}

#[test]
fn a_folder_is_laid_out_like_the_pdf_it_is_compared_with() {
    let old = export(small(), BuildOptions { profile: Profile::Mono, ..marked() }, true);
    let desk = crate::sample_editions::with_mended(desk(&old));
    let run = desk.run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert_told(
        &run,
        &["「r」は、「old.pdf」を作ったときの選択（用途「mono」、版の印あり）で組んで比べます。"],
    );
    let run = desk.run(&["diff", "old.pdf", "after", "--pages", "p.pdf"]);
    assert!(run.out.contains(ALL), "{}", run.whole());
    // What is put in is what `build --official` will make: the mark of the new content.
    let new = texts(&export(mended(), BuildOptions { profile: Profile::Mono, ..marked() }, true));
    let put_in = texts(&std::fs::read(desk.at("p.pdf")).unwrap());
    assert_eq!(put_in[..new.len()], new);
}

#[test]
fn crop_marks_of_one_side_are_never_the_same() {
    let desk: Desk = desk(official());
    let printing = Printing { marks: true, imposition: None };
    let output = Output { official: true, printing, ..Output::default() };
    let build = built::build(&Folder::Memory(small()));
    desk.put("cropped.pdf", built::pdf_of(&build, &output));
    let run = desk.run(&["diff", "old.pdf", "cropped.pdf"]);
    assert_eq!(run.code, 1, "{}", run.whole());
    assert_told(&run, &["トンボ: 前なし、後あり\n"]);
    assert!(!run.out.contains(SAME), "{}", run.out);
    assert_eq!(desk.run(&["diff", "cropped.pdf", "r"]).code, 0);
}
