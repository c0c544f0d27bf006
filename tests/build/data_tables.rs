//! The appendix with the data of figures: tables that a screen reader can read, linked both ways.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::bookmarks::bookmarks;
use crate::built;
use crate::common;
use crate::places::{PlacedText, figures, links, texts};
use crate::tags::tag_tree;
use hayro_syntax::Pdf;
use soukatsu::app::{Build, Workshop};
use soukatsu::export::page_texts;
use soukatsu::trace::Origin;
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

/// The sample report; two of its figures have a table.
fn sample() -> &'static Build {
    static SAMPLE: OnceLock<Build> = OnceLock::new();
    SAMPLE.get_or_init(|| built::build(&Folder::Disk(common::sample("mihon-r8"))))
}

/// Physical page of the sample's appendix, from 0.
const APPENDIX: usize = 6;

fn pdf(outcome: &Build) -> Pdf {
    Pdf::new(built::pdf(outcome)).unwrap()
}

#[test]
fn the_tags_of_the_appendix() {
    let tree = tag_tree(&pdf(sample()), true);
    insta::assert_snapshot!("tags", &tree[tree.rfind("H1").unwrap()..]);
}

#[test]
fn the_text_of_the_appendix() {
    let texts = page_texts(sample().draft.as_ref().unwrap());
    assert_eq!(texts.len(), APPENDIX + 1);
    insta::assert_snapshot!("text", texts[APPENDIX]);
}

#[test]
fn the_appendix_stands_in_the_contents_and_the_bookmarks_behind_the_chapters() {
    let texts = page_texts(sample().draft.as_ref().unwrap());
    let entry = texts[1].lines().find(|line| line.contains("付録")).unwrap();
    assert!(entry.starts_with("付録　図のデータ") && entry.ends_with('5'), "{entry}");
    assert_eq!(bookmarks(&pdf(sample())).last().unwrap(), "付録　図のデータ");
}

#[test]
fn headings_never_skip_a_level() {
    let tree = tag_tree(&pdf(sample()), false);
    let levels = tree.lines().filter_map(|line| line.trim().strip_prefix('H')?.parse().ok());
    let mut last = 0;
    for level in levels {
        assert!(level <= last + 1, "H{level} after H{last}");
        last = level;
    }
    assert_eq!(last, 1, "the appendix has the level of a chapter");
}

#[test]
fn figures_and_their_tables_are_linked_both_ways() {
    let document = sample().draft.as_ref().unwrap();
    let pages: BTreeMap<String, usize> =
        figures(document).into_iter().map(|figure| (figure.label, figure.page)).collect();
    let links = links(document);
    for figure in ["図2", "図3"] {
        let page = pages[figure];
        assert!(links.contains(&(page, APPENDIX)), "{figure} → table");
        assert!(links.contains(&(APPENDIX, page)), "table → {figure}");
    }
    assert!(!links.contains(&(pages["図5"], APPENDIX)), "図5 has no table");
}

#[test]
fn every_numeral_of_the_appendix_knows_its_origin() {
    let folder = Folder::Disk(common::sample("mihon-r8"));
    let (traced, numerals) = Workshop::new(Fonts::embedded()).trace(&folder);
    let pages = |outcome: &Build| page_texts(outcome.document().unwrap());
    assert_eq!(pages(&traced), pages(sample()), "tracing changes no page");
    let here: Vec<_> = numerals.iter().filter(|numeral| numeral.page == "5").collect();
    let cell = |at: &str| Origin::Cell { at: vec![at.to_owned()] };
    let of = |text: &str| &here.iter().find(|numeral| numeral.numeral == text).unwrap().origin;
    assert_eq!(of("46.3"), &cell("csv/fig-02.csv:4:12 C4"));
    assert_eq!(of("287"), &cell("csv/indicators.csv:3:49 N3"));
    assert!(here.iter().all(|numeral| !matches!(numeral.origin, Origin::None { .. })), "{here:#?}");
}

/// A report with one figure that has a table.
fn report(csv: &str, more: &str, prose: &str) -> Build {
    let manifest = format!(
        "format = 1\n[report]\ntitle = \"題\"\nauthor = \"市\"\ncouncil = \"会\"\n\
         date = 2026-07-16\n[[page]]\nchapter = \"章\"\nprose = \"p.typ\"\n[[figure]]\n\
         number = \"1\"\ntitle = \"件数\"\nunit = \"件\"\ncsv = \"f.csv\"\ntable = true\n{more}\n"
    );
    let prose = format!("#import \"/template/author.typ\": *\n\n文。\n\n{prose}\n");
    let files = [("report.toml", manifest), ("p.typ", prose), ("f.csv", csv.to_owned())];
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let outcome = built::build(&Folder::Memory(files.collect()));
    let errors: Vec<_> = outcome.problems.iter().filter(|problem| problem.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    outcome
}

/// The texts of the pages behind the first.
fn appendix(outcome: &Build) -> Vec<PlacedText> {
    let all = texts(outcome.document().unwrap());
    all.into_iter().filter(|text| text.page > 0).collect()
}

/// Left and right edge of the text area in points.
const EDGES: (f64, f64) = ((595.276 - 483.0) / 2.0, (595.276 + 483.0) / 2.0);

#[test]
fn wide_tables_keep_to_the_text_width_and_to_letters_that_can_be_copied() {
    let names: Vec<String> =
        (1..=6).map(|n| format!("第{n}地区の自治会に加入している世帯の数")).collect();
    for digits in [2, 6, 12, 18] {
        let value = "8".repeat(digits);
        let row = |name: &str| format!("{name},{}\n", [value.as_str(); 6].join(","));
        let long = "現在地域活動に参加しておらず今後も参加しない人".repeat(2);
        let csv = format!("区分,{}\n{}{}", names.join(","), row("全体"), row(&long));
        let outcome = report(&csv, "kind = \"columns\"", "#図(\"1\")");
        let texts = appendix(&outcome);
        for text in &texts {
            let inside = text.x > EDGES.0 - 0.02 && text.x + text.width < EDGES.1 + 0.5;
            assert!(inside && text.size > 6.99, "{digits} digits: {text:?}");
        }
        // A value is never broken over lines: its digits and commas stand side by side.
        let lines: Vec<f64> = texts.iter().map(|text| text.y).collect();
        let of_line = |y: f64| texts.iter().filter(move |text| text.y == y);
        let mut printed = 0;
        for (index, y) in lines.iter().enumerate() {
            if lines[..index].contains(y) {
                continue;
            }
            let line: String = of_line(*y).map(|text| text.text.replace(',', "")).collect();
            printed += line.matches(&value).count();
        }
        assert_eq!(printed, 12, "{digits} digits");
    }
}

#[test]
fn long_tables_repeat_their_headers_on_every_page() {
    let rows: String = (1..=120).map(|n| format!("第{n}地区,{n}\n")).collect();
    let csv = format!("自治会,世帯\n{rows}");
    let outcome = report(&csv, "kind = \"bars\"", "文。");
    let texts = appendix(&outcome);
    let last = texts.iter().map(|text| text.page).max().unwrap();
    assert!(last >= 3, "120 rows take more than two pages");
    for page in 1..=last {
        let on_page = |words: &str| texts.iter().any(|t| t.page == page && t.text == words);
        assert!(on_page("自治会") && on_page("世帯"), "page {page}");
    }
}

#[test]
fn a_caption_never_stands_alone_at_the_end_of_a_page() {
    // The first table pushes the caption of the second down the page, row by row.
    for rows in 36..=46 {
        let rows: String = (1..=rows).map(|n| format!("{n}番,{n}\n")).collect();
        let second = "kind = \"bars\"\n[[figure]]\nnumber = \"2\"\ntitle = \"後の表\"\n\
                      kind = \"bars\"\ncsv = \"f.csv\"\ntable = true";
        let outcome = report(&format!("自治会,世帯\n{rows}"), second, "文。");
        let texts = appendix(&outcome);
        let page = texts.iter().find(|text| text.text.contains("後の表")).unwrap().page;
        let begun = texts.iter().filter(|t| t.page == page && t.text == "自治会").count();
        let caption = texts.iter().rposition(|t| t.page == page && t.text.contains("後の表"));
        let header = texts.iter().rposition(|t| t.page == page && t.text == "自治会");
        assert!(begun > 0 && header > caption, "{rows}");
    }
}

#[test]
fn a_figure_that_stands_nowhere_has_a_table_without_a_way_back() {
    let outcome = report("年度,件数\nR5,120\nR6,180\n", "kind = \"columns\"", "文。");
    assert_eq!(links(outcome.document().unwrap()), []);
    assert!(appendix(&outcome).iter().any(|text| text.text == "180"));
}

#[test]
fn tables_take_no_page_from_the_page_map() {
    // A row may take one page, and the appendix behind it any number.
    let rows: String = (1..=120).map(|n| format!("第{n}地区,{n}\n")).collect();
    let outcome = report(&format!("自治会,世帯\n{rows}"), "kind = \"bars\"", "文。");
    assert!(!outcome.has_errors());
    assert_eq!(outcome.report.as_ref().unwrap().pages.len(), 1);
}
