//! `archive` as the records section uses it: editions in, proofs and copies out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common;
use crate::desk::{Desk, Run};
use serde_json::Value;

const ADD: [&str; 9] =
    ["archive", "add", "r", "--store", "s", "--approved-by", "市長", "--date", "2026-07-10"];

fn add(desk: &Desk, reason: &str, more: &[&str]) -> Run {
    desk.run(&[&ADD[..], &["--reason", reason], more].concat())
}

/// Sets the value of one cell of the report.
fn mend(desk: &Desk, value: &str) {
    let mut files = common::files("mihon-r8");
    common::replace(&mut files, "csv/fig-04.csv", "勧め,38.4", &format!("勧め,{value}"));
    desk.put("r/csv/fig-04.csv", &files["csv/fig-04.csv"]);
}

/// A desk with a store of two editions.
fn two() -> Desk {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(add(&desk, "議会に提出", &[]).code, 0);
    mend(&desk, "39.4");
    assert_eq!(add(&desk, "訂正", &[]).code, 0);
    desk
}

fn json(desk: &Desk, args: &[&str]) -> Value {
    serde_json::from_str(&desk.run(&[args, &["--format", "json"]].concat()).out).unwrap()
}

fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, std::fs::read(&path).unwrap());
                }
            }
        }
    }
    files
}

#[test]
fn an_edition_holds_what_it_was_made_from_and_names_the_one_before() {
    let desk = two();
    let files = tree(&desk.at("s/editions/0002"));
    for name in [
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "data/official.pdf",
        "data/report/report.toml",
        "data/report/csv/fig-04.csv",
        "data/template/report.typ",
        "data/fonts/01-BIZ-UDGothic-700.ttf",
        "data/build/record.json",
        "data/build/provenance.json",
        "data/build/Cargo.lock",
        "data/build/problems.json",
        "data/changes/changes.json",
        "data/changes/errata.pdf",
    ] {
        assert!(files.contains_key(name), "{name}");
    }
    let info = String::from_utf8(files["bag-info.txt"].clone()).unwrap();
    let first = json(&desk, &["archive", "show", "1", "--store", "s"]);
    for line in [
        "Soukatsu-Reason: 訂正",
        "Soukatsu-Approved-By: 市長",
        "Bagging-Date: 2026-07-10",
        "Soukatsu-Predecessor: 0001",
        &format!("Soukatsu-Predecessor-SHA256: {}", first["digest"].as_str().unwrap()),
    ] {
        assert!(info.lines().any(|found| found == line), "{line}\n{info}");
    }
    let statement: Value = serde_json::from_slice(&files["data/build/provenance.json"]).unwrap();
    assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(statement["subject"][0]["name"], "official.pdf");
    let digest = soukatsu_core::model::digest::sha256(&files["data/official.pdf"]);
    assert_eq!(statement["subject"][0]["digest"]["sha256"], digest.as_str());
}

#[test]
fn the_same_content_is_no_new_edition() {
    let desk = two();
    let run = add(&desk, "訂正", &[]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("版2（0002）と同じ内容です"), "{}", run.err);
    assert_eq!(desk.names("s/editions"), ["0001", "0002"]);
}

#[test]
fn what_is_not_official_is_not_kept() {
    let mut files = common::files("mihon-r8");
    common::replace(&mut files, "report.toml", "state = \"確定\"", "state = \"仮\"");
    let desk = Desk::with(&files);
    let run = add(&desk, "提出", &[]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("[S803]") && run.err.contains("保管していません"), "{}", run.err);
    assert!(!desk.at("s").exists());
    let run = add(&desk, "提出", &["--accept-provisional"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let problems = std::fs::read(desk.at("s/editions/0001/data/build/problems.json")).unwrap();
    let problems: Value = serde_json::from_slice(&problems).unwrap();
    assert_eq!(problems["provisional"][0], "指標のデータ", "{problems}");
    let run = desk.run(&["archive", "verify", "--store", "s"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_store_is_sound_and_its_editions_build_again() {
    let desk = two();
    let run = desk.run(&["archive", "verify", "--store", "s"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.out.matches("同じPDF（1バイトも違わない）").count(), 2, "{}", run.out);
    let found = json(&desk, &["archive", "verify", "--store", "s"]);
    assert_eq!(
        (&found["sound"], &found["editions"][1]["rebuilt"]),
        (&true.into(), &"same-bytes".into())
    );
}

#[test]
fn editions_of_other_fonts_marks_and_templates_build_again() {
    let mut files = common::files("mihon-r8");
    let council = common::sample("../templates/council");
    for (name, bytes) in common::files(council.to_str().unwrap()) {
        files.insert(format!("own/{name}"), bytes);
    }
    common::replace(&mut files, "report.toml", "template = \"council\"", "template = \"own\"");
    let desk = Desk::with(&files);
    desk.put("fonts/extra.ttf", std::fs::read("fonts/BIZUDPGothic-Bold.ttf").unwrap());
    let more = ["--font-path", "fonts", "--edition-mark", "--profile", "print"];
    let run = add(&desk, "提出", &more);
    assert_eq!(run.code, 0, "{}", run.err);
    std::fs::remove_dir_all(desk.at("fonts")).unwrap();
    let run = desk.run(&["archive", "verify", "--store", "s"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("1バイトも違わない"), "{}", run.out);
}

#[test]
fn a_known_head_digest_is_compared() {
    let desk = two();
    let head = json(&desk, &["archive", "show", "2", "--store", "s"])["digest"].clone();
    let head = head.as_str().unwrap();
    let verify = |head: &str| {
        desk.run(&["archive", "verify", "--store", "s", "--digests-only", "--head", head]).code
    };
    assert_eq!((verify(head), verify(&head[..8]), verify("0123456789")), (0, 0, 1));
}

#[test]
fn an_edition_and_a_pdf_alone_go_back_to_a_report_with_the_same_pdf() {
    let desk = two();
    let kept = std::fs::read(desk.at("s/editions/0001/data/official.pdf")).unwrap();
    let run = desk.run(&["archive", "restore", "1", "--store", "s", "-o", "back"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("soukatsu build back --official"), "{}", run.err);
    desk.put("alone.pdf", &kept);
    assert_eq!(desk.run(&["archive", "restore", "alone.pdf", "-o", "alone"]).code, 0);
    for folder in ["back", "alone"] {
        assert_eq!(desk.run(&["build", folder, "--official", "-o", "again.pdf"]).code, 0);
        assert!(std::fs::read(desk.at("again.pdf")).unwrap() == kept, "{folder}");
    }
    let run = desk.run(&["archive", "restore", "1", "--store", "s", "-o", "back"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("上書きしません"), "{}", run.err);
}

#[test]
fn an_exported_edition_is_the_whole_bag_and_always_the_same_zip() {
    let desk = two();
    for name in ["a.zip", "b.zip"] {
        let run = desk.run(&["archive", "export", "2", "--store", "s", "-o", name]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let zip = std::fs::read(desk.at("a.zip")).unwrap();
    assert!(zip == std::fs::read(desk.at("b.zip")).unwrap());
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let files = tree(&desk.at("s/editions/0002"));
    assert_eq!(zip.len(), files.len());
    for (name, bytes) in files {
        let mut found = Vec::new();
        let mut entry = zip.by_name(&format!("0002/{name}")).unwrap();
        std::io::Read::read_to_end(&mut entry, &mut found).unwrap();
        assert!(found == bytes, "{name}");
    }
}

#[test]
fn a_signature_names_who_signed() {
    let desk = two();
    let run = desk.run(&["archive", "keygen", "市長 見本太郎", "-o", "mayor.key"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let line = run.out.lines().nth(1).unwrap().to_owned();
    mend(&desk, "40.4");
    assert_eq!(add(&desk, "訂正", &["--sign", "mayor.key"]).code, 0);
    let verify = |more: &[&str]| {
        desk.run(&[&["archive", "verify", "--store", "s", "--digests-only"], more].concat())
    };
    let run = verify(&[]);
    assert!(run.code == 0 && run.err.contains("だれの鍵か分かりません"), "{}", run.err);
    desk.put("s/signers", format!("{line}\n"));
    let run = verify(&[]);
    assert!(run.out.contains("0003 異状なし、署名 市長 見本太郎"), "{}", run.out);
    // A list from outside asks for a signature of every edition.
    desk.put("signers", format!("{line}\n"));
    let run = verify(&["--signers", "signers"]);
    assert_eq!((run.code, run.err.matches("[S826]").count()), (1, 2), "{}", run.err);
    for edition in ["1", "2"] {
        let sign = ["archive", "sign", edition, "--store", "s", "--key", "mayor.key"];
        assert_eq!(desk.run(&sign).code, 0);
    }
    assert_eq!(verify(&["--signers", "signers"]).code, 0);
    let signature = desk.names("s/editions/0001/signatures").remove(0);
    let other = std::fs::read(desk.at(&format!("s/editions/0002/signatures/{signature}"))).unwrap();
    desk.put(&format!("s/editions/0001/signatures/{signature}"), other);
    let run = verify(&[]);
    assert!(run.code == 1 && run.err.contains("[S825]"), "{}", run.err);
}

#[test]
fn two_editions_are_compared_by_their_folders() {
    let desk = two();
    let run = desk.run(&["diff", "s/editions/0001", "s/editions/0002"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("38.4 → 39.4"), "{}", run.out);
}

#[test]
fn what_is_no_store_is_told_and_left_alone() {
    let desk = Desk::with(&common::files("mihon-r8"));
    desk.put("full/note.txt", "x");
    let run = desk.run(&["archive", "list", "--store", "none"]);
    assert!(run.code == 1 && run.err.contains("がありません"), "{}", run.err);
    let full =
        ["archive", "add", "r", "--store", "full", "--reason", "提出", "--approved-by", "市長"];
    let run = desk.run(&full);
    assert!(run.code == 1 && run.err.contains("保管庫ではありません"), "{}", run.err);
    assert_eq!(desk.names("full"), ["note.txt"]);
    let run = desk.run(&[
        "archive",
        "add",
        "r",
        "--store",
        "s",
        "--reason",
        " ",
        "--approved-by",
        "市長",
    ]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(!desk.at("s").exists());
}

#[test]
fn nothing_else_writes_into_a_store() {
    let desk = two();
    let before = tree(&desk.at("s"));
    for args in [
        &["archive", "export", "1", "--store", "s", "-o", "s/editions/0001/data/official.pdf"][..],
        &["archive", "export", "1", "--store", "s", "-o", "s/chain.txt"],
        &["archive", "restore", "1", "--store", "s", "-o", "s/editions/0009"],
        &["build", "r", "-o", "s/editions/0002/data/official.pdf"],
        &["diff", "s/editions/0001", "r", "--errata", "s/editions/0002/data/changes/errata.pdf"],
        &["archive", "keygen", "市長", "-o", "s/mayor.key"],
    ] {
        let run = desk.run(args);
        assert_ne!(run.code, 0, "{args:?}");
        assert!(run.err.contains("保管庫"), "{args:?}: {}", run.err);
    }
    assert!(tree(&desk.at("s")) == before);
}

#[test]
fn an_export_overwrites_nothing() {
    let desk = two();
    desk.put("there.zip", "x");
    let run = desk.run(&["archive", "export", "1", "--store", "s", "-o", "there.zip"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(std::fs::read(desk.at("there.zip")).unwrap(), b"x");
}

/// A store whose last edition gives another reason than the one it was kept for.
fn tampered() -> Desk {
    let desk = two();
    let path = desk.at("s/editions/0002/bag-info.txt");
    let text = std::fs::read_to_string(&path).unwrap().replace("訂正", "偽");
    // Kept files are not to be written to.
    std::fs::remove_file(&path).unwrap();
    std::fs::write(path, text).unwrap();
    desk
}

#[test]
fn an_altered_edition_is_neither_signed_nor_built_upon_and_shown_with_a_warning() {
    let desk = tampered();
    assert_eq!(desk.run(&["archive", "keygen", "市長", "-o", "mayor.key"]).code, 0);
    let run = desk.run(&["archive", "sign", "2", "--store", "s", "--key", "mayor.key"]);
    assert!(run.code == 1 && run.err.contains("[S811]"), "{}", run.err);
    mend(&desk, "40.4");
    let run = add(&desk, "訂正", &[]);
    assert!(run.code == 1 && run.err.contains("[S811]"), "{}", run.err);
    assert_eq!(desk.names("s/editions"), ["0001", "0002"]);
    let run = desk.run(&["archive", "show", "2", "--store", "s"]);
    assert!(run.out.contains("次の内容を信じないでください"), "{}", run.whole());
}

#[test]
fn a_check_of_one_edition_is_a_check_of_all_files() {
    let desk = tampered();
    let run = desk.run(&["archive", "verify", "1", "--store", "s"]);
    assert_eq!(run.code, 1, "{}", run.out);
    let run = two().run(&["archive", "verify", "1", "--store", "s"]);
    assert_eq!((run.code, run.out.matches("組み直し").count()), (0, 1), "{}{}", run.out, run.err);
}

#[test]
fn a_name_that_not_every_system_has_is_refused_before_it_is_kept() {
    for name in ["達成率100%.txt", "a:b.txt", "CON.txt", "a\\b.txt"] {
        let desk = Desk::with(&common::files("mihon-r8"));
        desk.put(&format!("r/{name}"), "x");
        let run = add(&desk, "提出", &[]);
        assert!(run.code == 1 && run.err.contains("名前を変えてください"), "{name}: {}", run.err);
        assert!(!desk.at("s").exists(), "{name}");
    }
}

#[test]
fn another_unused_file_is_another_edition() {
    let desk = two();
    desk.put("r/メモ.txt", "x");
    assert_eq!(add(&desk, "メモを加えた", &[]).code, 0);
    assert_eq!(add(&desk, "同じ", &[]).code, 1);
}

#[test]
fn a_pdf_that_is_not_what_its_sources_make_is_not_called_the_same() {
    let desk = two();
    let mut altered = lopdf::Document::load(desk.at("s/editions/0001/data/official.pdf")).unwrap();
    altered.delete_pages(&[4]);
    altered.save(desk.at("altered.pdf")).unwrap();
    let run = desk.run(&["archive", "restore", "altered.pdf", "-o", "back"]);
    assert!(run.err.contains("組んだものと違います"), "{}", run.err);
    assert!(!run.err.contains("同じPDFになります"), "{}", run.err);
}

#[test]
fn an_edition_whose_names_came_back_in_another_form_of_unicode_is_sound() {
    let mut files = common::files("mihon-r8");
    let csv = files.remove("csv/fig-04.csv").unwrap();
    files.insert("csv/きっかけガイド.csv".into(), csv);
    common::replace(&mut files, "report.toml", "csv/fig-04.csv", "csv/きっかけガイド.csv");
    let desk = Desk::with(&files);
    let add = ["archive", "add", "r", "--store", "s", "--reason", "提出", "--approved-by", "市長"];
    let run = desk.run(&[&add[..], &["--date", "2026-07-20"]].concat());
    assert_eq!(run.code, 0, "{}", run.whole());
    // As a Mac gives it back: か and ゛ apart.
    let kept = desk.at("s/editions/0001/data/report/csv");
    let decomposed = "きっかけカ\u{3099}イト\u{3099}.csv";
    fs::rename(kept.join("きっかけガイド.csv"), kept.join(decomposed)).unwrap();
    let run = desk.run(&["archive", "verify", "--store", "s"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert_eq!(run.err.matches("[S811]").count(), 1, "{}", run.err);
    assert!(run.err.contains("注意[S811] 1個のファイルの名前で、濁点などの表し方"), "{}", run.err);
    let run = desk.run(&["archive", "restore", "1", "--store", "s", "-o", "back"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert!(desk.at("back/csv/きっかけガイド.csv").exists());
    // A second file under the name as it was kept is no part of the edition.
    fs::write(kept.join("きっかけガイド.csv"), "x").unwrap();
    let run = desk.run(&["archive", "verify", "--store", "s", "--digests-only"]);
    assert_eq!(run.code, 1, "{}", run.whole());
}
