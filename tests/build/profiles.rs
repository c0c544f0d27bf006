//! The print profiles change what pages look like, and never where anything stands.

use crate::common;
use soukatsu::app::{BuildOptions, Workshop};
use soukatsu::world::{Fonts, Profile};
use soukatsu_core::load::Folder;
use typst::layout::{Frame, FrameItem, Point};

/// Every text run of every page: its page, its place in 1/1000 pt, its text.
fn runs(folder: &Folder, profile: Profile) -> Vec<(usize, [i64; 2], String)> {
    let outcome = Workshop::new(Fonts::embedded()).build(folder, &BuildOptions::of(profile));
    let document = outcome.draft.as_ref().unwrap_or_else(|| panic!("{:#?}", outcome.problems));
    let mut runs = Vec::new();
    for (number, page) in document.pages().iter().enumerate() {
        walk(&page.frame, Point::zero(), &mut |at, text| {
            let place = [at.x, at.y].map(|side| (side.to_pt() * 1000.0).round() as i64);
            runs.push((number, place, text.to_owned()));
        });
    }
    runs
}

fn walk(frame: &Frame, at: Point, visit: &mut impl FnMut(Point, &str)) {
    for (offset, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, at + *offset, visit),
            FrameItem::Text(run) => visit(at + *offset, &run.text),
            _ => {}
        }
    }
}

fn hold_every_place(folder: &Folder, word: &str) {
    let screen = runs(folder, Profile::Screen);
    assert!(screen.iter().any(|(.., text)| text.contains(word)), "{word} is on no page");
    for profile in [Profile::Office, Profile::Print, Profile::Mono] {
        let other = runs(folder, profile);
        let moved = screen.iter().zip(&other).find(|(one, other)| one != other);
        assert_eq!(moved, None, "{profile:?}");
        assert_eq!(screen.len(), other.len(), "{profile:?}");
    }
}

#[test]
fn the_handout_stands_alike_in_all_profiles() {
    hold_every_place(&Folder::Disk(common::sample("arao-r7")), "もくじ");
}

#[test]
fn links_of_every_kind_stand_alike_in_all_profiles() {
    let mut files = common::files("mihon-r8");
    // Beside the links between its figures and the tables of its appendix: several figures in
    // one citation, and an address.
    let (name, prose) = files
        .iter()
        .find(|(name, bytes)| name.ends_with(".typ") && has(bytes, "【図1】。"))
        .unwrap();
    let text = String::from_utf8(prose.clone()).unwrap();
    let more =
        "【図1、図2】を参照。#link(\"https://example.jp/tokei/nenpo\")[統計年報]にもある【図1】。";
    files.insert(name.clone(), text.replacen("【図1】。", more, 1).into_bytes());
    hold_every_place(&Folder::Memory(files), "統計年報");
}

fn has(bytes: &[u8], word: &str) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.contains(word))
}
