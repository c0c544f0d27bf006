//! The 差替えページ for the office copier: no blue of links, nothing beyond A4; and what else may be
//! asked for.

use crate::common;
use crate::desk::{Desk, Run};
use crate::sample_editions::{export, usual};
use soukatsu::app::BuildOptions;
use soukatsu::world::Profile;

type Files = std::collections::BTreeMap<String, Vec<u8>>;

/// The blue of links on the screen, as numbers of a PDF.
const LINK: &str = "0.09019608 0.21176471 0.43529412 scn";
/// The widths of a page: A4, with the bleed of the press.
const A4: i64 = 595;
const BLEEDING: i64 = 612;

fn mended() -> Files {
    let mut files = common::files("mihon-r8");
    common::replace(&mut files, "csv/indicators.csv", ",138,172,224", ",138,173,224");
    files
}

fn desk() -> Desk {
    let desk = Desk::with(&common::files("mihon-r8"));
    for (name, bytes) in &mended() {
        desk.put(&format!("after/{name}"), bytes);
    }
    desk
}

/// Whether the 差替えページ have links in their blue, and the width of their pages in points.
fn pages(desk: &Desk, editions: [&str; 2], options: &[&str]) -> (bool, i64, Run) {
    _ = std::fs::remove_file(desk.at("p.pdf"));
    let run =
        desk.run(&[&["diff", editions[0], editions[1], "--pages", "p.pdf"], options].concat());
    assert!(desk.at("p.pdf").exists(), "{}", run.whole());
    let document = lopdf::Document::load(desk.at("p.pdf")).unwrap();
    let page = document.page_iter().next().unwrap();
    let blue = document
        .page_iter()
        .any(|page| String::from_utf8_lossy(&document.get_page_content(page)).contains(LINK));
    let media = document.get_dictionary(page).unwrap().get(b"MediaBox").unwrap();
    let edges: Vec<f32> =
        media.as_array().unwrap().iter().map(|edge| edge.as_float().unwrap()).collect();
    (blue, (edges[2] - edges[0]).round() as i64, run)
}

#[test]
fn they_are_made_for_the_copier_unless_something_else_is_asked_for() {
    let desk = desk();
    let made = |options: &[&str]| {
        let (blue, width, _) = pages(&desk, ["r", "after"], options);
        (blue, width)
    };
    assert_eq!(made(&[]), (false, A4));
    assert_eq!(made(&["--profile", "office"]), (false, A4));
    assert_eq!(made(&["--profile", "screen"]), (true, A4));
    assert_eq!(made(&["--profile", "mono"]), (false, A4));
    assert_eq!(made(&["--profile", "print"]), (false, BLEEDING));
    let without = desk.run(&["diff", "r", "after", "--profile", "screen"]);
    assert_eq!(without.code, 2, "{}", without.whole());
}

#[test]
fn an_official_pdf_is_made_anew_from_its_sources() {
    let desk = desk();
    desk.put("old.pdf", export(common::files("mihon-r8"), usual(), true));
    desk.put("new.pdf", export(mended(), usual(), true));
    let (blue, width, run) = pages(&desk, ["old.pdf", "new.pdf"], &[]);
    assert_eq!((blue, width), (false, A4), "{}", run.whole());
    assert!(!run.err.contains("PDFのページのまま"), "{}", run.err);
}

#[test]
fn a_handout_of_the_press_gets_pages_of_the_copiers_size_and_one_in_greys_stays_grey() {
    let desk = desk();
    for (profile, name) in [(Profile::Print, "print"), (Profile::Mono, "mono")] {
        let made = |files| export(files, BuildOptions { profile, ..usual() }, true);
        desk.put("old.pdf", made(common::files("mihon-r8")));
        desk.put("new.pdf", made(mended()));
        for new in ["new.pdf", "after"] {
            let (blue, width, run) = pages(&desk, ["old.pdf", new], &[]);
            assert_eq!((blue, width), (false, A4), "{name} {new}: {}", run.whole());
        }
        let colours = |pdf: &str| {
            let document = lopdf::Document::load(desk.at(pdf)).unwrap();
            // The band of a heading.
            document.page_iter().any(|page| {
                let content = document.get_page_content(page);
                String::from_utf8_lossy(&content).contains("0.91764706 0.93333334 0.9529412 scn")
            })
        };
        assert_eq!(colours("p.pdf"), name == "print", "{name}");
    }
}

#[test]
fn pages_without_their_sources_stay_as_they_are_and_that_is_told_to_who_asked() {
    let desk = desk();
    desk.put("old.pdf", export(common::files("mihon-r8"), usual(), false));
    desk.put("new.pdf", export(mended(), usual(), false));
    let (blue, width, run) = pages(&desk, ["old.pdf", "new.pdf"], &["--profile", "office"]);
    assert_eq!((blue, width), (true, A4));
    assert!(run.err.contains("後の版のPDFのページのままです"), "{}", run.err);
}

#[test]
fn a_template_that_sets_another_profile_otherwise_is_not_taken_for_the_same_pages() {
    let mut files = mended();
    for (name, text) in soukatsu::world::Template::embedded("council").unwrap().files() {
        files.insert(format!("own/{name}"), text.as_bytes().to_vec());
    }
    common::replace(&mut files, "report.toml", "template = \"council\"", "template = \"own\"");
    common::replace(
        &mut files,
        "own/report.typ",
        "#show: base\n",
        "#import \"theme.typ\": profile\n#show: base\n#set page(background: place(bottom)[#profile]) if profile == \"office\"\n",
    );
    let desk = desk();
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    let (blue, _, run) = pages(&desk, ["r", "after"], &["--profile", "office"]);
    assert!(blue && run.err.contains("「office」の用途では作れませんでした"), "{}", run.whole());
}
