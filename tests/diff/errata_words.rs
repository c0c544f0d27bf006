//! The 正誤表 as it is read: the words around its rows, what stands in its cells, and what is told
//! when it cannot be set.

use crate::common;
use crate::desk::{Desk, Run};
use crate::reading::{Faults, Reading, reading};

/// A desk with the small report and its next edition, in which a value and the date are others.
fn desk() -> Desk {
    let mut files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    common::replace(&mut files, "csv/fig-04.csv", "38.4", "39.4");
    common::replace(&mut files, "report.toml", "2026-07-16", "2026-07-17");
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    desk
}

fn diff(desk: &Desk, errata: &str, reason: &str) -> Run {
    let run = desk.run(&["diff", "r", "after", "--errata", errata, "--reason", reason]);
    assert!(desk.at(errata).exists(), "{}", run.whole());
    run
}

/// The 正誤表 as a screen reader goes through it; nothing of it may be lost to one.
fn read(desk: &Desk) -> String {
    let Reading { text, faults } = reading(&std::fs::read(desk.at("e.pdf")).unwrap());
    let Faults { unmarked, empty, lost } = faults;
    assert_eq!([unmarked, empty, lost].concat(), [""; 0]);
    text
}

#[test]
fn a_heading_with_the_new_date_says_so() {
    let desk = desk();
    diff(&desk, "e.pdf", "転記の誤り");
    let text = read(&desk);
    assert!(text.contains("（日付は、訂正後のもの）"), "{text}");
}

#[test]
fn a_long_word_stays_in_its_column_and_is_read_as_one() {
    let desk = desk();
    let word = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    diff(&desk, "e.pdf", word);
    let text = read(&desk);
    assert!(text.contains(word), "{text}");
    assert_eq!(desk.run(&["render", "e.pdf", "-o", "png", "--dpi", "50"]).code, 0);
    let page = tiny_skia::Pixmap::load_png(desk.at("png/page-01.png")).unwrap();
    // The right margin of the page, where the word would run on.
    let margin = page.width() * 93 / 100..page.width();
    let ink = |x: u32| (0..page.height()).any(|y| page.pixel(x, y).unwrap().red() < 200);
    assert!(!margin.into_iter().any(ink));
}

#[test]
fn a_character_that_no_font_has_is_told_of_a_table_too() {
    let desk = desk();
    let run = diff(&desk, "e.csv", "😀");
    assert!(run.err.contains("理由の「😀」（U+1F600）を表せるフォントがありません"), "{}", run.err);
    assert!(std::fs::read_to_string(desk.at("e.csv")).unwrap().contains("😀"));
}

#[test]
fn the_only_sheet_of_a_book_may_be_named_in_a_correction() {
    let book = |value: f64| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("調査").unwrap();
        let (items, values) = (["観光サイト", "動画・SNS", "旅行雑誌"], [31.7, 29.2, 14.8]);
        sheet.write(0, 0, "きっかけ").unwrap().write(0, 1, "回答割合").unwrap();
        sheet.write(1, 0, "家族や知人の勧め").unwrap().write(1, 1, value).unwrap();
        for (row, (item, value)) in items.into_iter().zip(values).enumerate() {
            sheet.write(row as u32 + 2, 0, item).unwrap();
            sheet.write(row as u32 + 2, 1, value).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let mut files = common::files("mihon-r8");
    files.remove("csv/fig-04.csv");
    common::replace(&mut files, "report.toml", "csv/fig-04.csv", "csv/fig-04.xlsx");
    let desk = Desk::new();
    for (folder, value) in [("r", 38.4), ("after", 39.4)] {
        files.insert("csv/fig-04.xlsx".into(), book(value));
        files.iter().for_each(|(name, bytes)| desk.put(&format!("{folder}/{name}"), bytes));
    }
    let target = "csv/fig-04.xlsx 調査:家族や知人の勧め:回答割合";
    let run = desk.run(&["diff", "r", "after", "--expect", target]);
    assert_eq!(run.code, 0, "{}", run.whole());
}
