//! 実施状況の一覧: large enough to be read, broken over pages between measures and between the
//! phrases of its cells.

use std::collections::BTreeMap;

use crate::built;
use crate::common;
use soukatsu::app::Build;
use soukatsu::export::page_texts;
use soukatsu_core::load::Folder;
use typst::layout::{Frame, FrameItem};

/// The least size of text in tables and below them, in points.
const LEAST: f64 = 9.0;

const TITLE: &str = "実施状況の一覧";
const GOES_ON: &str = "（続き）";

/// A report with a list of initiatives: by pillar, how many each of its measures has.
fn report(measures: &[&[usize]], before: &str) -> Build {
    let mut pillars = "番号,名称,副題\n".to_owned();
    let mut rows = "整理番号,体系,施策,取組名,担当課,実施状況,具体的取組,備考\n".to_owned();
    let (mut number, mut named) = (0, 0);
    for (pillar, counts) in measures.iter().enumerate() {
        pillars += &format!("{},体系{pillar},\n", pillar + 1);
        for count in *counts {
            named += 1;
            for _ in 0..*count {
                number += 1;
                rows += &format!(
                    "{number},体系{pillar},施策{named}の推進,取組その{number}番,総務課,実施済,研修,\n"
                );
            }
        }
    }
    let manifest = "format = 1\n[report]\ntitle = \"点検\"\nauthor = \"市\"\ncouncil = \"委員会\"\n\
        date = 2026-07-16\n[data.pillars]\ncsv = \"p.csv\"\n[data.initiatives]\ncsv = \"i.csv\"\n\
        [[page]]\nchapter = \"点検\"\ntitle = \"題\"\nprose = \"a.typ\"\npages = 20\n";
    let prose = format!("#import \"/template/author.typ\": *\n\n{before}\n\n#実施状況の一覧()\n");
    let files = BTreeMap::from([
        ("report.toml".to_owned(), manifest.as_bytes().to_vec()),
        ("p.csv".to_owned(), pillars.into_bytes()),
        ("i.csv".to_owned(), rows.into_bytes()),
        ("a.typ".to_owned(), prose.into_bytes()),
    ]);
    built::build(&Folder::Memory(files))
}

fn pages(build: &Build) -> Vec<String> {
    let draft = build.draft.as_ref().unwrap_or_else(|| panic!("{:#?}", build.problems));
    let codes: Vec<String> =
        build.problems.iter().map(|problem| problem.code.to_string()).collect();
    assert!(!codes.iter().any(|code| code == "S504" || code == "S601"), "{:#?}", build.problems);
    let texts = page_texts(draft);
    texts.iter().map(|text| text.split_whitespace().collect::<String>()).collect()
}

/// The numbers of the initiatives on each page of the list.
fn numbers(pages: &[String], count: usize) -> Vec<Vec<usize>> {
    let on = |page: &String| -> Vec<usize> {
        (1..=count).filter(|number| page.contains(&format!("取組その{number}番"))).collect()
    };
    pages.iter().map(on).filter(|numbers| !numbers.is_empty()).collect()
}

#[test]
fn pages_break_between_measures_and_say_what_goes_on() {
    let counts: [&[usize]; 3] = [&[5, 7, 6, 9, 4], &[8, 8, 8, 8], &[3, 9, 10]];
    let pages = pages(&report(&counts, ""));
    let starts: Vec<usize> = counts
        .concat()
        .iter()
        .scan(1, |next, count| {
            *next += count;
            Some(*next - count)
        })
        .collect();
    let total: usize = counts.concat().iter().sum();
    let numbers = numbers(&pages, total);
    assert_eq!(numbers.concat(), (1..=total).collect::<Vec<_>>());
    assert!(numbers.len() > 1, "{numbers:?}");
    for (index, (page, own)) in pages.iter().zip(&numbers).enumerate() {
        assert!(starts.contains(&own[0]), "a measure is torn at {}", own[0]);
        assert!(page.contains("具体的な取組"), "{page}");
        assert_eq!(page.contains(&format!("{TITLE}{GOES_ON}")), index > 0, "{page}");
        // 体系1 goes on from the page before, when its first row is not on this one.
        let pillar = [1, 32, 64].iter().rposition(|first| *first <= own[0]).unwrap();
        let goes_on = ![1, 32, 64].contains(&own[0]);
        assert_eq!(page.contains(&format!("体系{pillar}{GOES_ON}")), goes_on, "{page}");
        assert!(!page.contains(&format!("の推進{GOES_ON}")), "{page}");
    }
}

#[test]
fn a_measure_that_is_higher_than_a_page_breaks_between_its_rows() {
    let pages = pages(&report(&[&[3, 120, 2]], ""));
    let numbers = numbers(&pages, 125);
    assert_eq!(numbers.concat(), (1..=125).collect::<Vec<_>>());
    assert!(numbers.len() >= 3, "{numbers:?}");
    assert!(numbers[0].len() > 30, "the first page is filled: {numbers:?}");
    assert!(pages[1].contains(&format!("施策2の推進{GOES_ON}")), "{}", pages[1]);
}

#[test]
fn a_list_that_begins_low_on_a_page_takes_its_heading_with_it() {
    for lines in [30, 36, 40, 41, 42, 43, 44, 45, 46] {
        let before = "一行の段落である。\n\n".repeat(lines) + "== 一覧の見出し";
        let pages = pages(&report(&[&[2, 2], &[3]], &before));
        let heading = pages.iter().position(|page| page.contains("一覧の見出し")).unwrap();
        let first = pages.iter().position(|page| page.contains("取組その1番")).unwrap();
        let last = pages.iter().position(|page| page.contains("取組その7番")).unwrap();
        assert_eq!(heading, first, "{lines} lines");
        assert!(last - first <= 1, "{lines} lines");
    }
}

fn texts(frame: &Frame, found: &mut Vec<(String, f64)>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => texts(&group.frame, found),
            FrameItem::Text(run) => found.push((run.text.to_string(), run.size.to_pt())),
            _ => {}
        }
    }
}

#[test]
fn the_list_of_the_handout_is_legible_and_breaks_no_name() {
    let files = common::files("arao-r7");
    let build = built::build(&Folder::Memory(files.clone()));
    let document = build.document().unwrap_or_else(|| panic!("{:#?}", build.problems));
    let is_list = |text: &String| text.contains("具体的な取組") && text.contains("担当課");
    let of_list: Vec<usize> = page_texts(document)
        .iter()
        .enumerate()
        .filter(|(_, text)| is_list(text))
        .map(|(at, _)| at)
        .collect();
    assert_eq!(of_list.len(), 2);
    let mut runs = Vec::new();
    for page in of_list {
        texts(&document.pages()[page].frame, &mut runs);
    }
    let small: Vec<_> = runs.iter().filter(|(_, size)| *size < LEAST - 0.01).collect();
    assert!(small.is_empty(), "{small:?}");
    let initiatives = String::from_utf8(files["csv/initiatives.csv"].clone()).unwrap();
    let departments = initiatives.lines().skip(1).filter_map(|row| row.split(',').nth(4));
    for department in departments.flat_map(|cell| cell.split('、')) {
        let whole = runs.iter().any(|(text, _)| text.trim_end_matches('、') == department);
        assert!(whole, "{department} is torn: {runs:?}");
    }
}
