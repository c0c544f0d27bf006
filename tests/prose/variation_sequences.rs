//! Variation sequences (葛󠄀, 辻󠄀) keep their form on the page, wherever a line ends.

use std::collections::BTreeMap;

use soukatsu::app::{BuildOptions, Workshop};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::Code;
use typst::layout::{Frame, FrameItem};
use typst::text::Font;
use typst_layout::PagedDocument;

const MANIFEST: &str = r#"format = 1
[report]
title = "葛󠄀城市の題"
author = "葛󠄀城市"
council = "葛󠄀城の会"
date = 2026-07-16
[data.indicators]
csv = "k.csv"
[[page]]
kind = "cover"
[[page]]
chapter = "葛󠄀城市の章"
prose = "p.typ"
pages = 99
[[figure]]
number = "1"
title = "葛󠄀城の図"
kind = "bars"
csv = "f.csv"
[[figure]]
number = "2"
title = "葛󠄀城の図"
kind = "stacked-columns"
csv = "f.csv"
width = "third"
"#;

/// 葛 with the selector of its other form, in BIZ UDGothic and BIZ UDPGothic.
const PAIR: &str = "葛\u{E0100}";

fn build(prose: &str) -> PagedDocument {
    let many = PAIR.repeat(30);
    let files = [
        ("report.toml", MANIFEST.to_owned()),
        ("p.typ", format!("#import \"/template/author.typ\": *\n\n{prose}\n")),
        ("k.csv", format!("指標,単位,形式,目標値,基準値,R6\n{many},人,整数,5,4,3\n")),
        (
            "f.csv",
            format!("地区,{PAIR}城市の系列,ほか\n{many},5,6\n{PAIR}城市{PAIR}城町の{PAIR}城,4,1\n"),
        ),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    let outcome =
        Workshop::new(Fonts::embedded()).build(&Folder::Memory(files), &BuildOptions::default());
    let codes: Vec<Code> = outcome.problems.iter().map(|problem| problem.code).collect();
    assert!(!codes.contains(&Code::VariationSequence), "{codes:?}");
    outcome.draft.clone().unwrap()
}

/// The glyphs and texts of every cluster that begins with 葛, and the texts before it.
fn clusters(frame: &Frame, found: &mut Vec<(u16, String, Font)>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => clusters(&group.frame, found),
            FrameItem::Text(text) => {
                for glyph in &text.glyphs {
                    let cluster = &text.text[glyph.range()];
                    if cluster.contains(['葛', '\u{E0100}']) {
                        found.push((glyph.id, cluster.to_owned(), text.font.font().clone()));
                    }
                }
            }
            _ => {}
        }
    }
}

/// How many times the pair stands on the pages; panics where it lost its form.
fn whole_pairs(document: &PagedDocument) -> usize {
    let mut found = Vec::new();
    for page in document.pages() {
        clusters(&page.frame, &mut found);
    }
    for (glyph, cluster, font) in &found {
        let face = ttf_parser::Face::parse(font.data(), font.index()).unwrap();
        let wanted = face.glyph_variation_index('葛', '\u{E0100}').unwrap();
        assert_ne!(Some(wanted), face.glyph_index('葛'), "the two forms differ in this font");
        assert_eq!((cluster.as_str(), *glyph), (PAIR, wanted.0));
    }
    found.len()
}

#[test]
fn a_form_is_kept_wherever_a_line_ends() {
    // Every remainder of the length of a line comes to stand at its end.
    let paragraphs: Vec<String> = (0..60)
        .map(|n| format!("{}{PAIR}町、{PAIR}{PAIR}、「{PAIR}」。*{PAIR}*城\n", "市".repeat(n)))
        .collect();
    assert!(whole_pairs(&build(&paragraphs.join("\n"))) >= 60 * 5);
}

#[test]
fn a_form_is_kept_in_headings_tables_and_charts() {
    let prose =
        format!("= {PAIR}城\n\n#指標表(\"{}\")\n\n#図(\"図1\")\n\n#図(\"図2\")", PAIR.repeat(30));
    assert!(whole_pairs(&build(&prose)) > 60);
}
