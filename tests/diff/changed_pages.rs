//! Two editions of real reports: which pages differ, and how.

use std::collections::BTreeMap;

use crate::built;
use crate::common;
use common::replace;
use soukatsu::app::{Build, BuildOptions, Output, Workshop};
use soukatsu::compare::paper::{PageChange, PageChangeKind, compare_pages, compare_pdfs};
use soukatsu::world::{Fonts, Profile};
use soukatsu_core::load::Folder;

type Files = BTreeMap<String, Vec<u8>>;

fn build(files: Files) -> Build {
    built::build(&Folder::Memory(files))
}

/// The sample report, and the same after an edit.
fn editions(edit: impl FnOnce(&mut Files)) -> (Build, Build) {
    let old = common::files("mihon-r8");
    let mut new = old.clone();
    edit(&mut new);
    (build(old), build(new))
}

/// Figures whose data stands in the appendix say on which page, and so does the appendix: without
/// it no page speaks of another one.
fn without_appendix(files: &mut Files) {
    replace(files, "report.toml", "\ntable  = true", "");
    replace(files, "report.toml", "\ntable     = true", "");
}

/// The changes of a report without appendix.
fn changes_of_single_pages(edit: impl FnOnce(&mut Files)) -> Vec<PageChange> {
    let mut old = common::files("mihon-r8");
    without_appendix(&mut old);
    let mut new = old.clone();
    edit(&mut new);
    compare_pages(build(old).draft.as_ref().unwrap(), build(new).draft.as_ref().unwrap())
}

fn changes(edit: impl FnOnce(&mut Files)) -> Vec<PageChange> {
    let (old, new) = editions(edit);
    compare_pages(old.draft.as_ref().unwrap(), new.draft.as_ref().unwrap())
}

/// The kind with the physical pages and the printed page numbers.
type Told = (PageChangeKind, Option<usize>, Option<usize>);

fn told(changes: &[PageChange]) -> Vec<Told> {
    let physical =
        |at: &Option<soukatsu::compare::paper::PageAt>| at.as_ref().map(|at| at.physical);
    changes
        .iter()
        .map(|change| (change.kind, physical(&change.old), physical(&change.new)))
        .collect()
}

fn same(kind: PageChangeKind, page: usize) -> Told {
    (kind, Some(page), Some(page))
}

/// A page between 2 and 3 of the report.
fn insert_page(files: &mut Files) {
    let row =
        "# 3ページ\n[[page]]\ntitle = \"追補\"\nprose = \"prose/02b.typ\"\n\n[[page]]\nrunning";
    replace(files, "report.toml", "# 3ページ\n[[page]]\nrunning", row);
    let prose = "#import \"/template/author.typ\": *\n\n計画の期間を1年延ばした。\n";
    files.insert("prose/02b.typ".to_owned(), prose.as_bytes().to_vec());
}

#[test]
fn the_same_files_make_the_same_pages() {
    assert_eq!(changes(|_| {}), []);
}

#[test]
fn comments_and_line_breaks_in_the_prose_change_no_page() {
    let found = changes(|files| {
        replace(
            files,
            "prose/03-nigiwai.typ",
            "#図(\"図3\")",
            "// 図の並びは変えない。\n\n\n#図(\"図3\")",
        );
    });
    assert_eq!(found, []);
}

#[test]
fn a_changed_cell_changes_the_page_that_shows_it() {
    let found = changes(|files| replace(files, "csv/fig-04.csv", "31.7", "31.6"));
    assert_eq!(told(&found), [same(PageChangeKind::Changed, 5)]);
    let change = &found[0];
    assert_eq!(change.in_pixels, Some(true));
    assert_eq!(change.new.as_ref().unwrap().printed.as_deref(), Some("3"));
    // The bar and its label, which stand side by side.
    assert_eq!(change.areas.len(), 1, "{:?}", change.areas);
    assert!(change.areas[0].bottom - change.areas[0].top < 30.0, "{:?}", change.areas);
}

#[test]
fn a_value_that_several_pages_show_changes_all_of_them() {
    let found =
        changes(|files| replace(files, "csv/indicators.csv", ",138,172,224", ",138,173,224"));
    // The page with table and figure, and the table of the figure's data in the appendix.
    assert_eq!(told(&found), [same(PageChangeKind::Changed, 5), same(PageChangeKind::Changed, 7)]);
}

#[test]
fn pages_behind_a_new_one_are_moved_and_not_changed() {
    let found = changes_of_single_pages(insert_page);
    assert_eq!(
        told(&found),
        [
            // もくじ names the new page, too.
            same(PageChangeKind::Changed, 2),
            (PageChangeKind::Added, None, Some(5)),
            (PageChangeKind::Moved, Some(5), Some(6)),
            (PageChangeKind::Moved, Some(6), Some(7)),
        ]
    );
    let moved = &found[2];
    let printed =
        |at: &Option<soukatsu::compare::paper::PageAt>| at.as_ref().unwrap().printed.clone();
    assert_eq!(
        (printed(&moved.old).as_deref(), printed(&moved.new).as_deref()),
        (Some("3"), Some("4"))
    );
}

#[test]
fn a_page_that_tells_the_number_of_a_moved_page_is_changed() {
    let found = changes(insert_page);
    // もくじ and the page of 図2 tell where the appendix begins; it tells where the figures are.
    assert_eq!(
        told(&found),
        [
            same(PageChangeKind::Changed, 2),
            same(PageChangeKind::Changed, 4),
            (PageChangeKind::Added, None, Some(5)),
            (PageChangeKind::Changed, Some(5), Some(6)),
            (PageChangeKind::Moved, Some(6), Some(7)),
            (PageChangeKind::Changed, Some(7), Some(8)),
        ]
    );
}

#[test]
fn a_removed_page_is_told_where_it_stood() {
    let (old, new) = editions(insert_page);
    let found = compare_pages(new.draft.as_ref().unwrap(), old.draft.as_ref().unwrap());
    assert_eq!(told(&found)[2], (PageChangeKind::Removed, Some(5), None));
    assert_eq!(told(&found)[4], (PageChangeKind::Moved, Some(7), Some(6)));
}

#[test]
fn pages_that_stay_in_place_with_another_number_are_renumbered() {
    let found = changes_of_single_pages(|files| {
        let contents = "kind  = \"contents\"      # もくじ\ntitle = \"もくじ\"";
        replace(files, "report.toml", contents, "title = \"はじめに\"\nprose = \"prose/00.typ\"");
        let prose = "#import \"/template/author.typ\": *\n\n計画の期間を1年延ばした。\n";
        files.insert("prose/00.typ".to_owned(), prose.as_bytes().to_vec());
    });
    let mut expected = vec![same(PageChangeKind::Changed, 2)];
    expected.extend((3..=6).map(|page| same(PageChangeKind::Renumbered, page)));
    assert_eq!(told(&found), expected);
}

#[test]
fn an_alternative_text_is_a_change_that_is_not_seen() {
    let found = changes(|files| {
        let title = "title  = \"見本市を訪れたきっかけ\"\n";
        let alt = "alt = \"横棒グラフ。家族や知人の勧めが最も多い。\"\n";
        replace(files, "report.toml", title, &format!("{title}{alt}"));
    });
    assert_eq!(told(&found), [same(PageChangeKind::InvisibleOnly, 5)]);
    assert!(found[0].in_telling && found[0].areas.is_empty());
}

#[test]
fn a_link_that_leads_elsewhere_is_a_change_that_is_not_seen() {
    let with_link = |address: &str| {
        let mut files = common::files("mihon-r8");
        let link = format!("今後は、#link(\"{address}\")[開店]から");
        replace(&mut files, "prose/03-nigiwai.typ", "今後は、開店から", &link);
        build(files)
    };
    let (old, new) = (with_link("https://example.jp/a"), with_link("https://example.jp/b"));
    let found = compare_pages(old.draft.as_ref().unwrap(), new.draft.as_ref().unwrap());
    assert_eq!(told(&found), [same(PageChangeKind::InvisibleOnly, 5)]);
}

fn in_greys(sample: &str) -> Build {
    let options = BuildOptions::of(Profile::Mono);
    Workshop::new(Fonts::embedded()).build(&Folder::Disk(common::sample(sample)), &options)
}

#[test]
fn a_colour_alone_is_a_change_that_is_seen() {
    let (old, _) = editions(|_| {});
    let mono = in_greys("mihon-r8");
    let found = compare_pages(old.draft.as_ref().unwrap(), mono.draft.as_ref().unwrap());
    let changed = |change: &PageChange| {
        change.kind == PageChangeKind::Changed && change.in_pixels == Some(true)
    };
    assert!(found.len() == 7 && found.iter().all(changed), "{found:#?}");
}

#[test]
fn two_pdfs_are_compared_by_their_pictures() {
    let (old, new) = editions(|files| replace(files, "csv/fig-04.csv", "31.7", "31.6"));
    let (old_pdf, new_pdf) = (built::pdf(&old), built::pdf(&new));
    assert_eq!(compare_pdfs(&old_pdf, &old_pdf).unwrap(), []);
    let by_pictures = compare_pdfs(&old_pdf, &new_pdf).unwrap();
    let by_layout = compare_pages(old.draft.as_ref().unwrap(), new.draft.as_ref().unwrap());
    assert_eq!(told(&by_pictures), told(&by_layout));
    let area = by_pictures[0].areas[0];
    let around = by_layout[0].areas[0];
    assert!(
        area.top > around.top - 12.0 && area.bottom < around.bottom + 12.0,
        "{area:?} {around:?}"
    );
}

#[test]
fn two_pdfs_tell_moved_pages_from_changed_ones() {
    let (old, new) = editions(insert_page);
    let by_layout = compare_pages(old.draft.as_ref().unwrap(), new.draft.as_ref().unwrap());
    // The new edition lacks a reference somewhere, so its draft is written as it is.
    let pdf = |build: &Build| build.export(&Output::default()).unwrap().unwrap();
    assert_eq!(told(&compare_pdfs(&pdf(&old), &pdf(&new)).unwrap()), told(&by_layout));
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert!(compare_pdfs(b"no PDF", b"neither").is_err());
}

#[test]
#[ignore = "a measurement: run it alone"]
fn comparing_the_handout_takes_far_less_than_a_build() {
    let old = common::files("arao-r7");
    let mut new = old.clone();
    replace(&mut new, "csv/fig-02.csv", "27.9", "27.8");
    let (old, new) = (build(old), build(new));
    let (old, new) = (old.draft.as_ref().unwrap(), new.draft.as_ref().unwrap());
    let mono = in_greys("arao-r7");
    let start = std::time::Instant::now();
    let found = compare_pages(old, mono.draft.as_ref().unwrap());
    println!("{:?} when all of {} pages differ", start.elapsed(), found.len());
    for _ in 0..5 {
        let start = std::time::Instant::now();
        let found = compare_pages(old, new);
        println!("{:?}: {:?}", start.elapsed(), told(&found));
        let start = std::time::Instant::now();
        let count = soukatsu::compare::paper::looks(new).len();
        println!("{:?} for the looks of {count} pages", start.elapsed());
    }
}
