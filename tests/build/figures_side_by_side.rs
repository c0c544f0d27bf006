//! Figures side by side: level, apart, with their words, and never moving what follows.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::built;
use crate::places::{PlacedFigure, PlacedText, figures, links, texts};
use soukatsu::app::Build;
use soukatsu_core::load::Folder;
use typst_layout::PagedDocument;

/// Left and right edge of the text area in points.
const EDGES: (f64, f64) = ((595.276 - 483.0) / 2.0, (595.276 + 483.0) / 2.0);

const YEARS: &str = "年度,件数\nR4,120\nR5,180\nR6,260\n";
const PARTS: &str = "年代,感じる,やや感じる,感じない\n若年,30.0,30.0,40.0\n全体,25.1,50.1,24.8\n";
/// The parts of 若年 are 99.9: the page must say why.
const ROUNDED: &str = "年代,感じる,やや感じる,感じない\n若年,33.3,33.3,33.3\n全体,25.1,50.1,24.8\n";

/// A figure of a report: kind, CSV, and further lines of its `[[figure]]`.
struct Wanted<'a>(&'a str, &'a str, String);

fn wanted<'a>(kind: &'a str, csv: &'a str, title: &str, more: &str) -> Wanted<'a> {
    Wanted(kind, csv, format!("title = \"{title}\"\n{more}"))
}

/// A report of one page that holds one row of figures between two paragraphs.
fn row(figures: &[Wanted<'_>]) -> Build {
    let mut manifest = String::from(
        "format = 1\n[report]\ntitle = \"題\"\nauthor = \"市\"\ncouncil = \"会\"\n\
         date = 2026-07-16\n[[page]]\nchapter = \"章\"\nprose = \"p.typ\"\n",
    );
    let width = ["full", "half", "third"][figures.len() - 1];
    let mut files = BTreeMap::new();
    let mut names = Vec::new();
    for (index, Wanted(kind, csv, more)) in figures.iter().enumerate() {
        let number = index + 1;
        let unit = if csv.starts_with("年代") { "%" } else { "件" };
        write!(
            manifest,
            "[[figure]]\nnumber = \"{number}\"\nkind = \"{kind}\"\ncsv = \"{number}.csv\"\n\
             unit = \"{unit}\"\nwidth = \"{width}\"\n{more}\n"
        )
        .unwrap();
        files.insert(format!("{number}.csv"), csv.as_bytes().to_vec());
        names.push(format!("\"{number}\""));
    }
    let prose = format!(
        "#import \"/template/author.typ\": *\n\n前の文。\n\n#図並び({})\n\n後の文。\n",
        names.join(", ")
    );
    files.insert("p.typ".into(), prose.into_bytes());
    files.insert("report.toml".into(), manifest.into_bytes());
    let outcome = built::build(&Folder::Memory(files));
    let errors: Vec<_> = outcome.problems.iter().filter(|problem| problem.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    outcome
}

fn pages(outcome: &Build) -> &PagedDocument {
    outcome.document().unwrap()
}

fn with_text(outcome: &Build, text: &str) -> Vec<PlacedText> {
    texts(pages(outcome)).into_iter().filter(|found| found.text.contains(text)).collect()
}

/// The height at which the only text with these words stands.
fn height_of(outcome: &Build, text: &str) -> f64 {
    match &with_text(outcome, text)[..] {
        [only] => only.y,
        found => panic!("{text}: {found:#?}"),
    }
}

fn same(values: impl IntoIterator<Item = f64>) -> bool {
    let values: Vec<f64> = values.into_iter().collect();
    values.iter().all(|value| (value - values[0]).abs() < 0.02)
}

fn assert_level(row: &[PlacedFigure]) {
    assert!(same(row.iter().map(|figure| figure.drawing.top)), "{row:#?}");
    assert!(same(row.iter().map(|figure| figure.drawing.height)), "{row:#?}");
}

const LONG: &str = "地域の支え合いを感じる市民の割合の年代別及び地区別の内訳とその推移";

#[test]
fn two_drawings_begin_and_end_at_one_height_whatever_their_captions() {
    let outcome = row(&[
        wanted("columns", YEARS, "件数", "state = \"速報\"\nheight = 40"),
        wanted("percent-bars", PARTS, LONG, "n = 1184\nstate = \"仮\"\nheight = 52"),
    ]);
    let row = figures(pages(&outcome));
    assert_eq!(row.len(), 2);
    assert_level(&row);
    assert!((row[0].drawing.height - 52.0 / 25.4 * 72.0).abs() < 0.02, "the tallest decides");
    for figure in &row {
        assert!(figure.caption.bottom() + 4.9 < figure.drawing.top, "{figure:#?}");
    }
}

#[test]
fn three_drawings_stand_side_by_side_within_the_text_area() {
    let outcome = row(&[
        wanted("columns", YEARS, "件数", ""),
        wanted("percent-columns", ROUNDED, LONG, "n = 1184"),
        wanted("ranked-bars", YEARS, "理由", "state = \"速報\"\nheight = 30"),
    ]);
    let row = figures(pages(&outcome));
    assert_level(&row);
    assert!(row[0].drawing.left > EDGES.0 - 0.02 && row[2].drawing.right() < EDGES.1 + 0.02);
    assert!(row.windows(2).all(|pair| pair[0].drawing.right() + 11.9 < pair[1].drawing.left));
    // Every text of a caption and of a note keeps to its own column.
    for text in texts(pages(&outcome)).iter().filter(|text| text.x > EDGES.0 + 20.0) {
        let column = row.iter().rfind(|figure| text.x > figure.drawing.left - 0.02).unwrap();
        assert!(text.x + text.width < column.drawing.right() + 0.5, "{text:?}");
    }
}

#[test]
fn upright_charts_side_by_side_stand_on_one_line() {
    let names = "区分,男性,女性\n保健福祉部の総合相談窓口,10,12\n産業建設部の総合相談窓口,8,20\n\
                 教育委員会事務局の総合窓口,5,5\n総務部,7,9\n";
    let outcome =
        row(&[wanted("columns", YEARS, "件数", ""), wanted("stacked-columns", names, "内訳", "")]);
    let zeros = with_text(&outcome, "0").into_iter().filter(|text| text.text == "0");
    let zeros: Vec<f64> = zeros.map(|text| text.y).collect();
    assert!(zeros.len() == 2 && same(zeros.iter().copied()), "{zeros:?}");
}

#[test]
fn notes_and_sources_of_a_row_begin_at_one_height() {
    let source = |name: &str| format!("source = \"{name}\"");
    let outcome = row(&[
        wanted("columns", YEARS, "件数", &source("市民課調べ")),
        wanted("percent-bars", ROUNDED, LONG, &source("市民アンケート")),
    ]);
    let note = height_of(&outcome, "四捨五入のため");
    let sources = [height_of(&outcome, "市民課調べ"), height_of(&outcome, "市民アンケート")];
    assert!(same(sources), "{sources:?}");
    let lowest = figures(pages(&outcome))[1].drawing.bottom();
    assert!(lowest < note && note < sources[0]);
}

#[test]
fn a_rounding_note_does_not_move_what_follows() {
    for count in 1..=3 {
        let build = |parts: &'static str| {
            let mut wishes = vec![wanted("percent-bars", parts, "内訳", "")];
            wishes.resize_with(count, || wanted("columns", YEARS, "件数", ""));
            row(&wishes)
        };
        let (plain, rounded) = (build(PARTS), build(ROUNDED));
        assert_level(&figures(pages(&rounded)));
        assert!(with_text(&plain, "※").is_empty() && with_text(&rounded, "※").len() == 1);
        let (before, after) = (height_of(&plain, "後の文"), height_of(&rounded, "後の文"));
        assert!((before - after).abs() < 0.02, "{count} in the row: {before} and {after}");
    }
}

#[test]
fn the_link_to_the_table_is_always_there_and_moves_nothing() {
    let title: Vec<char> = LONG.chars().cycle().take(60).collect();
    for length in [4, 16, 19, 20, 21, 22, 38, 42, 60] {
        for more in ["", "source = \"市民アンケート\"", "state = \"速報\""] {
            for parts in [PARTS, ROUNDED] {
                let title: String = title[..length].iter().collect();
                let build = |table: &str| {
                    let more = format!("{more}\n{table}");
                    row(&[
                        wanted("percent-bars", parts, &title, &more),
                        wanted("columns", YEARS, "件数", ""),
                    ])
                };
                let (plain, linked) = (build(""), build("table = true"));
                let heights = [&plain, &linked].map(|outcome| height_of(outcome, "後の文"));
                assert_eq!(heights[0], heights[1], "{length} characters, {more}");
                assert!(links(pages(&linked)).contains(&(0, 1)), "{length} characters, {more}");
                for text in with_text(&linked, "データは") {
                    let column = figures(pages(&linked))[0].drawing;
                    let inside = text.x > column.left && text.x + text.width < column.right();
                    assert!(inside, "{length} characters, {more}: {text:?}");
                }
            }
        }
    }
}
