//! The reports as a screen reader goes through them: every tag with its text, in its order.
//!
//! The four goldens hold headings, lists, tables with the scope of their headers, figures with
//! their alternative texts, links with their names, and what is page furniture.

use std::sync::OnceLock;

use crate::built;
use crate::common;
use crate::handout::handout;
use crate::marked::{Marked, Reader};
use crate::reading::{Reading, reading};
use lopdf::Document;
use soukatsu::app::Build;
use soukatsu_core::load::Folder;

const REPORTS: [&str; 4] = ["arao-r7", "mihon-r8", "gallery", "kessan-r7"];

fn read(name: &'static str) -> &'static Reading {
    static READ: [OnceLock<Reading>; 4] = [const { OnceLock::new() }; 4];
    let index = REPORTS.iter().position(|report| *report == name).unwrap();
    READ[index].get_or_init(|| {
        let outcome = built::build(&Folder::Disk(common::sample(name)));
        reading(&built::pdf(&outcome))
    })
}

#[test]
fn the_handout_reads_so() {
    insta::assert_snapshot!("handout", read("arao-r7").text);
}

#[test]
fn the_sample_reads_so() {
    insta::assert_snapshot!("sample", read("mihon-r8").text);
}

#[test]
fn the_gallery_reads_so() {
    insta::assert_snapshot!("gallery", read("gallery").text);
}

#[test]
fn the_accounts_read_so() {
    insta::assert_snapshot!("accounts", read("kessan-r7").text);
}

#[test]
fn nothing_is_drawn_outside_of_tags_and_artifacts() {
    for name in REPORTS {
        assert_eq!(read(name).faults.unmarked, [""; 0], "{name}");
    }
}

#[test]
fn every_marked_text_is_read_once_by_its_tag() {
    for name in REPORTS {
        assert_eq!(read(name).faults.lost, [""; 0], "{name}");
    }
}

#[test]
fn no_tag_is_empty() {
    for name in REPORTS {
        assert_eq!(read(name).faults.empty, [""; 0], "{name}");
    }
}

#[test]
fn page_numbers_and_running_heads_are_furniture_and_not_read() {
    let pdf = Document::load_mem(&built::pdf(handout())).unwrap();
    let mut reader = Reader::new(&pdf);
    let mut heads = 0;
    for (index, page) in pdf.get_pages().into_values().enumerate().skip(FRONT) {
        let Marked { furniture, texts, .. } = reader.page(page);
        let tagged: String = texts.into_values().collect();
        let number = (index + 1 - FRONT).to_string();
        assert!(furniture.iter().any(|text| **text == number), "page {}", index + 1);
        let furniture = furniture.concat();
        // What pages say on top and at their foot, but for what is their heading, too.
        for (words, once) in [("マネジメントごとの進捗状況", true), ("総括（案）", false)]
        {
            let found = furniture.contains(words);
            assert!(!found || !tagged.contains(words), "page {}: {words} is read", index + 1);
            heads += usize::from(found && once);
        }
    }
    assert!(heads >= 10, "{heads} pages have a running head");
}

/// Pages before the one that is numbered 1: the cover and もくじ.
const FRONT: usize = 2;

/// A page with two figures side by side; both have a source and parts that make no 100.
fn two_columns() -> Build {
    let mut manifest = "format = 1\n[report]\ntitle = \"題\"\nauthor = \"市\"\ncouncil = \"会\"\n\
        date = 2026-07-16\n[[page]]\nchapter = \"章\"\nprose = \"p.typ\"\n"
        .to_owned();
    for (number, name) in [(1, "左"), (2, "右")] {
        manifest += &format!(
            "[[figure]]\nnumber = \"{number}\"\ntitle = \"{name}の割合\"\nkind = \"percent-bars\"\n\
             csv = \"f.csv\"\nunit = \"%\"\nsource = \"{name}の調査\"\nwidth = \"half\"\nheight = 40\n\
             state = \"速報\"\ntable = true\n"
        );
    }
    let prose = "#import \"/template/author.typ\": *\n\n前の文。\n\n#図並び(\"図1\", \"図2\")\n\n後の文。\n";
    let table = "年代,はい,いいえ\n若い人,33.3,66.6\n年長の人,50.0,50.0\n";
    let files = [("report.toml", manifest.as_str()), ("p.typ", prose), ("f.csv", table)];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    built::build(&Folder::Memory(files.into()))
}

#[test]
fn figures_side_by_side_are_read_one_after_the_other_with_their_notes() {
    let text = reading(&built::pdf(&two_columns())).text;
    let page = text.split("── 2 ──").next().unwrap();
    let place = |what: &str| page.find(what).unwrap_or_else(|| panic!("no {what} in\n{page}"));
    let parts = [
        "P 前の文。",
        "Caption 【図1】左の割合",
        "Figure「左の割合",
        "P 資料）左の調査",
        "Caption 【図2】右の割合",
        "Figure「右の割合",
        "P 資料）右の調査",
        "P 後の文。",
    ];
    let places = parts.map(place);
    assert!(places.is_sorted(), "{page}");
    assert_eq!(page.matches("P ※ ").count(), 2, "{page}");
    for note in page.match_indices("P ※ ").map(|(at, _)| at) {
        assert!(places[2] < note && note < places[3] || places[5] < note && note < places[6]);
    }
    assert_eq!(page.matches("割合速報値［").count(), 2, "{page}");
}
