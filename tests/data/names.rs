//! Names in every form in which programs save them: one name, printed as the data writes it.

use std::collections::BTreeMap;

use crate::common;
use soukatsu::app::{Build, BuildOptions, Workshop};
use soukatsu::export::page_texts;
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::model::name::name_key;
use soukatsu_core::problem::{Code, Problem};

type Files = BTreeMap<String, Vec<u8>>;

/// What CP932 has for these: the tables of its vendor know the others only.
const OF_CP932: [(char, char); 10] = [
    ('〜', '～'),
    ('−', '－'),
    ('‐', '-'),
    ('—', '―'),
    ('‖', '∥'),
    ('¢', '￠'),
    ('£', '￡'),
    ('¬', '￢'),
    ('‾', '￣'),
    ('¥', '\\'),
];

fn build(files: Files) -> Build {
    let options = BuildOptions::default();
    Workshop::new(Fonts::embedded()).build(&Folder::Memory(files), &options)
}

/// The tables of a report as `change` makes them.
fn with_tables(files: &Files, change: impl Fn(&str) -> Vec<u8>) -> Files {
    let changed = |(name, bytes): (&String, &Vec<u8>)| {
        let is_table = name.ends_with(".csv");
        let text = || std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{FEFF}');
        (name.clone(), if is_table { change(text()) } else { bytes.clone() })
    };
    files.iter().map(changed).collect()
}

/// The table as Excel saves it.
fn as_cp932(text: &str) -> Vec<u8> {
    let of = |c: char| OF_CP932.iter().find(|(one, _)| *one == c).map_or(c, |(_, other)| *other);
    let text: String = text.chars().map(of).collect();
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!lost, "{text}");
    bytes.into_owned()
}

/// What is told, but for encodings.
fn told(build: &Build) -> Vec<&Problem> {
    build.problems.iter().filter(|problem| problem.code != Code::OtherEncoding).collect()
}

#[test]
fn every_sample_saved_as_cp932_says_the_same_on_the_same_pages() {
    for sample in ["mihon-r8", "arao-r7", "gallery", "kessan-r7"] {
        let files = common::files(sample);
        let (one, other) = (build(files.clone()), build(with_tables(&files, as_cp932)));
        let words = |build: &Build| -> Vec<String> {
            told(build).iter().map(|problem| problem.message.clone()).collect()
        };
        assert_eq!(words(&one), words(&other), "{sample}");
        let pages = |build: &Build| -> Vec<String> {
            let texts = page_texts(build.document().unwrap());
            texts.iter().map(|text| name_key(text).into_owned()).collect()
        };
        assert_eq!(pages(&one), pages(&other), "{sample}");
    }
}

/// Another form of a text: full-width digits, half-width katakana, a letter and its mark apart.
fn in_other_forms(text: &str) -> String {
    let text = text.replace("乗合タクシー", "乗合ﾀｸｼｰ").replace("づくり", "つ\u{3099}くり");
    text.replace("にぎわい", "にき\u{3099}わい")
        .replace("18〜39歳", "１８～３９歳")
        .replace("R7", "Ｒ７")
}

#[test]
fn prose_and_manifest_may_write_names_in_another_form_than_the_data() {
    let files = common::files("mihon-r8");
    let changed = |(name, bytes): (String, Vec<u8>)| match name.ends_with(".csv") {
        true => (name, bytes),
        false => {
            let text = in_other_forms(std::str::from_utf8(&bytes).unwrap());
            // Figures, too.
            let text = text.replace("#図(\"図4\")", "#図(\"図４\")").replace("【図4】", "【図４】");
            (name, text.into_bytes())
        }
    };
    let other: Files = files.into_iter().map(changed).collect();
    assert!(std::str::from_utf8(&other["prose/03-nigiwai.typ"]).unwrap().contains("図(\"図４\")"));
    // The house style asks for one width of digits in the sentences all the same.
    let build = build(other);
    let mut told = told(&build);
    told.retain(|problem| problem.code != Code::MixedWords);
    assert_eq!(told, [] as [&Problem; 0]);
}

#[test]
fn tables_with_letters_and_marks_apart_say_the_same() {
    use unicode_normalization::UnicodeNormalization;
    for sample in ["mihon-r8", "arao-r7", "kessan-r7"] {
        let files =
            with_tables(&common::files(sample), |text| text.nfd().collect::<String>().into_bytes());
        assert_eq!(told(&build(files)), [] as [&Problem; 0], "{sample}");
    }
}

#[test]
fn rows_with_one_name_in_two_forms_are_doubles_and_it_is_said_what_differs() {
    let double = |file: &str, from: &str, to: &str| {
        let mut files = common::files("mihon-r8");
        let text = std::str::from_utf8(&files[file]).unwrap();
        let row = text.lines().find(|line| line.contains(from)).unwrap();
        let text = format!("{}\n{}\n", text.trim_end(), row.replace(from, to));
        files.insert(file.to_owned(), text.into_bytes());
        let build = build(files);
        let twin = build.problems.iter().find(|problem| problem.code == Code::DuplicateName);
        twin.unwrap_or_else(|| panic!("{:#?}", build.problems)).message.clone()
    };
    for (file, from, to, differs) in [
        (
            "csv/fig-02.csv",
            "18〜39歳",
            "18～39歳",
            "「〜」（U+301C）と「～」（U+FF5E）の違いだけです",
        ),
        (
            "csv/indicators.csv",
            "（累計）",
            "(累計)",
            "「（」（U+FF08）と「(」（U+0028）の違いだけです",
        ),
        ("csv/pillars.csv", "2,にぎわい", "9,にき\u{3099}わい", "見た目に出ない文字"),
    ] {
        let message = double(file, from, to);
        assert!(message.contains(differs), "{message}");
    }
}
