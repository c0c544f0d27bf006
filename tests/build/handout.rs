//! The council handout as a whole: page map, text, tags, and what the PDF says of itself.

use std::fmt::Write;
use std::sync::OnceLock;

use crate::bookmarks::bookmarks;
use crate::built;
use crate::common;
use crate::tags::{root, tag_tree, utf16};
use hayro_syntax::Pdf;
use soukatsu::app::Build;
use soukatsu::export::page_texts;
use soukatsu_core::load::Folder;

/// The printed page and what must stand on it: the rows of the page map.
const PAGE_MAP: [(usize, &[&str]); 20] = [
    (1, &["行政改革大綱の総括 概要", "◇", "⇒", "3. 第五次行政改革大綱の主な課題"]),
    (2, &["1. 荒尾市の財政状況", "収支均衡", "図1】"]),
    (3, &["2. 暮らしに対する市民の満足度", "図2】", "図3】", "図4】", "資料）"]),
    (4, &["3. 荒尾市役所は働きやすい職場だと考える職員の割合", "図5】", "図6-1】", "図6-2】"]),
    (
        5,
        &[
            "1. 地域マネジメント（対話と協働による地域経営の推進）",
            "数値目標の達成状況",
            "図7】",
            "図8】",
        ],
    ),
    (
        6,
        &[
            "マネジメントごとの進捗状況（重要業績評価指標（KPI））",
            "協働の更なる推進による地域の自治力の強化",
            "1　",
            "4　",
        ],
    ),
    (7, &["効果的な広報の推進と広聴の充実によるコミュニケーションの活性化", "5　", "9　"]),
    (8, &["2. 組織マネジメント", "数値目標の達成状況", "（26,832）", "※", "図9】"]),
    (9, &["マネジメント体制の確立を通じた組織力の強化", "10　", "12　", "図10】", "資料）"]),
    (
        10,
        &[
            "新たなチャレンジが盛んに生まれる働きやすい組織風土の醸成",
            "13　",
            "15　",
            "図11-1】",
            "図11-2】",
        ],
    ),
    (11, &["3. 人材マネジメント", "数値目標の達成状況", "図12】", "図13-1】", "図13-2】"]),
    (12, &["管理職をはじめとする職員の能力を高めるための人事制度の構築", "16　", "18　"]),
    (13, &["多様な人材が活躍できる環境づくりと担い手の最適化", "19　", "21　"]),
    (14, &["4. 財務マネジメント", "数値目標の達成状況", "37億6千万", "20億以上", "※"]),
    (15, &["財政基盤の強化", "22　", "25　", "【未実施/検討中】"]),
    (16, &["公共施設等の適正管理", "26　", "28　"]),
    (17, &["5. 政策マネジメント", "数値目標の達成状況", "図14-1】", "図14-2】"]),
    (18, &["政策の費用対効果の向上", "29　", "32　"]),
    (19, &["ICTや民間等の活用を通じた業務効率化や市民サービスの向上", "33　", "35　"]),
    (
        20,
        &[
            "荒尾市行政経営計画 実施計画書取組実施状況一覧",
            "合　計",
            "30（85.7%）",
            "4（11.4%）",
            "1（2.9%）",
        ],
    ),
];

/// Pages before the one that is numbered 1: the cover and もくじ.
const FRONT: usize = 2;

/// The handout, built once for all tests of this program.
pub fn handout() -> &'static Build {
    static HANDOUT: OnceLock<Build> = OnceLock::new();
    HANDOUT.get_or_init(|| built::build(&Folder::Disk(common::sample("arao-r7"))))
}

fn texts() -> Vec<String> {
    page_texts(handout().draft.as_ref().unwrap())
}

#[test]
fn the_handout_has_no_problems() {
    assert_eq!(handout().problems, []);
}

#[test]
fn every_row_of_the_page_map_stands_on_its_page() {
    let texts = texts();
    for (page, words) in PAGE_MAP {
        let text = &texts[FRONT + page - 1];
        for word in words {
            assert!(text.contains(word), "page {page} lacks {word}:\n{text}");
        }
        assert!(text.contains(&format!("{page} / 21")), "page {page} is not numbered so:\n{text}");
    }
    assert_eq!(texts.len(), FRONT + 21);
}

#[test]
fn the_contents_page_names_the_pages_of_chapters_and_of_their_parts() {
    let texts = texts();
    let numbers: Vec<&str> =
        texts[1].lines().filter_map(|line| Some(line.rsplit_once('・')?.1)).collect();
    let of_chapters_and_parts =
        ["1", "1", "2", "2", "3", "4", "5", "5", "8", "11", "14", "17", "20", "20"];
    assert_eq!(numbers, of_chapters_and_parts);
}

#[test]
fn labels_of_merged_cells_are_repeated_after_the_page_break() {
    let text = texts().pop().unwrap();
    assert!(text.contains("体系") && text.contains("マネジメント"), "{text}");
}

#[test]
fn the_text_of_all_pages() {
    let mut all = String::new();
    for (index, text) in texts().iter().enumerate() {
        writeln!(all, "──── {} ────\n{text}", index + 1).unwrap();
    }
    insta::assert_snapshot!("text", all);
}

#[test]
fn headings_never_skip_a_level() {
    let pdf = Pdf::new(built::pdf(handout())).unwrap();
    let tree = tag_tree(&pdf, false);
    let levels =
        tree.lines().filter_map(|line| line.trim().strip_prefix('H')?.chars().next()?.to_digit(10));
    let mut last = 0;
    for level in levels {
        assert!(level <= last + 1, "H{level} after H{last}");
        last = level;
    }
    assert_eq!(last.min(1), 1, "there are headings");
}

#[test]
fn every_figure_has_an_alternative_text_of_its_own() {
    let pdf = Pdf::new(built::pdf(handout())).unwrap();
    let tree = tag_tree(&pdf, false);
    let mut alts: Vec<&str> =
        tree.lines().filter_map(|line| line.trim().strip_prefix("Figure ")).collect();
    assert_eq!(alts.len(), 18);
    assert!(alts.iter().all(|alt| alt.chars().count() > 20), "{alts:#?}");
    alts.sort_unstable();
    alts.dedup();
    assert_eq!(alts.len(), 18);
}

#[test]
fn the_pdf_is_small_and_says_what_it_is() {
    let bytes = built::pdf(handout());
    assert!(bytes.len() < 700_000, "{} bytes", bytes.len());
    let pdf = Pdf::new(bytes).unwrap();
    let root = root(&pdf);
    assert_eq!(root.get::<hayro_syntax::object::String>("Lang").unwrap().as_bytes(), b"ja-JP");
    let metadata = pdf.metadata();
    let text = |value: &Option<Vec<u8>>| utf16(value.as_deref().unwrap());
    assert_eq!(text(&metadata.title), "荒尾市行政経営計画（第五次荒尾市行政改革大綱）総括（案）");
    assert_eq!(text(&metadata.author), "荒尾市");
}

#[test]
fn bookmarks_name_chapters_and_initiatives() {
    let pdf = Pdf::new(built::pdf(handout())).unwrap();
    let titles = bookmarks(&pdf);
    assert_eq!(titles.iter().filter(|title| title.contains("【")).count() - 1, 35, "{titles:#?}");
    for chapter in ["基本目標の進捗状況", "各マネジメントの進捗状況"] {
        assert!(titles.iter().any(|title| title.contains(chapter)), "{chapter}");
    }
}
