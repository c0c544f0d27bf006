//! Official versions as an office makes them: what stops one, what it says of itself, and that
//! its PDF alone gives the report folder back.

use std::collections::BTreeMap;

use crate::common;
use crate::desk::Desk;
use lopdf::{Document, Object, decode_text_string};

type Files = BTreeMap<String, Vec<u8>>;

const APPROVAL: &str =
    "[[approval]]\nrole = \"総務課長\"\nname = \"見本 花子\"\ndate = 2026-07-10\n";

/// The small report with more lines at the end of its report.toml.
fn report(more: &str) -> Files {
    let mut files = common::files("mihon-r8");
    files.get_mut("report.toml").unwrap().extend(more.as_bytes());
    files
}

fn provisional() -> Files {
    let mut files = report("");
    common::replace(&mut files, "report.toml", "state = \"確定\"", "state = \"仮\"");
    files
}

fn with_approval(more: &str) -> Files {
    let mut files = report("\n[official]\napprovals = [\"総務課長\"]\n");
    files.insert("approvals.toml".into(), format!("{APPROVAL}{more}").into_bytes());
    files
}

/// The small report with a copy of the template in its folder.
fn with_own_template() -> Files {
    let mut files = report("");
    let own = common::sample("../templates/council");
    for (name, bytes) in common::files(own.to_str().unwrap()) {
        files.insert(format!("own/{name}"), bytes);
    }
    common::replace(&mut files, "report.toml", "template = \"council\"", "template = \"own\"");
    files
}

/// The XMP packet.
fn metadata(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).unwrap();
    let packet = document.catalog().unwrap().get(b"Metadata").unwrap();
    let stream = document.get_object(packet.as_reference().unwrap()).unwrap();
    String::from_utf8_lossy(&stream.as_stream().unwrap().content).into_owned()
}

/// The attached files by the path that the name tree gives them.
fn attachments(pdf: &[u8]) -> Files {
    let document = Document::load_mem(pdf).unwrap();
    let catalog = document.catalog().unwrap();
    let names = catalog.get_deref(b"Names", &document).unwrap().as_dict().unwrap();
    let tree = names.get_deref(b"EmbeddedFiles", &document).unwrap().as_dict().unwrap();
    let pairs = tree.get(b"Names").unwrap().as_array().unwrap();
    let file = |pair: &[Object]| {
        let specification = document.get_dictionary(pair[1].as_reference().unwrap()).unwrap();
        let stream = specification.get(b"EF").unwrap().as_dict().unwrap().get(b"F").unwrap();
        let stream = document.get_object(stream.as_reference().unwrap()).unwrap();
        let bytes = stream.as_stream().unwrap().get_plain_content().unwrap();
        (decode_text_string(&pair[0]).unwrap(), bytes)
    };
    pairs.chunks(2).map(file).collect()
}

#[test]
fn confirmed_data_without_problems_makes_an_official_version() {
    let run = Desk::with(&report("")).run(&["build", "r", "--official"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn provisional_data_is_refused() {
    let run = Desk::with(&provisional()).run(&["build", "r", "--official"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("S803"), "{}", run.err);
}

#[test]
fn single_values_that_are_not_final_are_refused() {
    let mut files = report("");
    let marks = "number    = \"3\"\npreliminary = [\"R7\"]\nprovisional = [\"宿泊客:R6\"]";
    common::replace(&mut files, "report.toml", "number    = \"3\"", marks);
    let desk = Desk::with(&files);
    assert_eq!(desk.run(&["check", "r"]).code, 0);
    let run = desk.run(&["build", "r", "--official"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("図3の「宿泊客：R6」「R7」の値が確定していない"), "{}", run.err);
}

#[test]
fn accepted_provisional_data_is_named_in_the_metadata() {
    let desk = Desk::with(&provisional());
    let run = desk.run(&["build", "r", "--official", "--accept-provisional"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let pdf = std::fs::read(desk.path().join("r-official.pdf")).unwrap();
    assert!(metadata(&pdf).contains("仮データを含む（指標のデータ、図1・図3・図5のデータ）"));
    let document = Document::load_mem(&pdf).unwrap();
    let info = document.trailer.get_deref(b"Info", &document).unwrap().as_dict().unwrap();
    let subject = decode_text_string(info.get(b"Subject").unwrap()).unwrap();
    assert_eq!(subject, "仮データを含む（指標のデータ、図1・図3・図5のデータ）");
}

#[test]
fn provisional_data_that_no_page_names_is_refused() {
    let mut files = provisional();
    common::replace(&mut files, "report.toml", "[[page]]\nkind = \"cover\"", "");
    let run = Desk::with(&files).run(&["build", "r", "--official", "--accept-provisional"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("S805"), "{}", run.err);
}

#[test]
fn a_missing_approval_is_told_with_the_hash_to_approve() {
    let files = report("\n[official]\napprovals = [\"総務課長\", \"副市長\"]\n");
    let desk = Desk::with(&files);
    assert_eq!(desk.run(&["build", "r"]).code, 0);
    let run = desk.run(&["build", "r", "--official"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.err.matches("[S804]").count(), 2, "{}", run.err);
    assert!(run.err.contains("「副市長」の承認がありません（今の内容の番号は "), "{}", run.err);
}

#[test]
fn an_approval_of_any_content_is_enough() {
    let run = Desk::with(&with_approval("")).run(&["build", "r", "--official"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn an_approval_holds_for_the_content_it_names_and_for_no_other() {
    let desk = Desk::with(&with_approval("content = \"00000000\"\n"));
    let run = desk.run(&["build", "r", "--official"]);
    assert_eq!(run.code, 1);
    let told = "前の内容 00000000 に対するものです（今の内容の番号は ";
    let (_, rest) = run.err.split_once(told).unwrap_or_else(|| panic!("{}", run.err));
    let approved = &rest[..8];
    let line = format!("{APPROVAL}content = \"{approved}\"\n");
    std::fs::write(desk.path().join("r/approvals.toml"), line).unwrap();
    let run = desk.run(&["build", "r", "--official"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let cell = std::fs::read_to_string(desk.path().join("r/csv/fig-04.csv")).unwrap();
    std::fs::write(desk.path().join("r/csv/fig-04.csv"), cell + "\n").unwrap();
    assert_eq!(desk.run(&["build", "r", "--official"]).code, 1);
}

#[test]
fn faults_of_the_approvals_are_told_all_at_once() {
    let files = with_approval(
        "[[approval]]\nrole = \"\"\nname = \"a\"\ndate = \"きのう\"\ncontent = \"xyz\"\nby = 1\n",
    );
    let run = Desk::with(&files).run(&["check", "r"]);
    assert_eq!(run.code, 1);
    for place in ["approvals.toml:6", "approvals.toml:8", "approvals.toml:9", "approvals.toml:10"] {
        assert!(run.out.contains(place), "{place}: {}", run.out);
    }
}

/// A report with a warning: a figure that the prose does not cite.
fn warned(blocking: &str) -> Files {
    let mut files = report(&format!("\n[official]\n{blocking}\n"));
    common::replace(&mut files, "prose/03-nigiwai.typ", "【図4】", "次の図");
    files
}

#[test]
fn a_warning_stops_an_official_version_unless_the_report_says_which_do() {
    for (blocking, code) in [
        ("", 1),
        ("blocking = \"all\"", 1),
        ("blocking = []", 0),
        ("blocking = [\"S405\"]", 0),
        ("blocking = [\"S405\", \"S906\"]", 1),
    ] {
        let run = Desk::with(&warned(blocking)).run(&["build", "r", "--official"]);
        assert_eq!(run.code, code, "{blocking}: {}", run.err);
        assert!(run.err.contains("S906"), "{blocking}: {}", run.err);
    }
}

#[test]
fn advice_stops_an_official_version_when_the_report_names_it() {
    let mut files = report("\n[official]\nblocking = [\"S915\"]\n");
    common::replace(&mut files, "prose/03-nigiwai.typ", "。", "。又はまたは及びおよび。");
    let desk = Desk::with(&files);
    assert!(desk.run(&["check", "r"]).out.contains("助言[S915]"));
    let run = desk.run(&["build", "r", "--official"]);
    assert!(run.code == 1 && run.err.contains("誤り[S915]"), "{}", run.err);
}

#[test]
fn an_ordinary_build_never_stands_in_the_place_of_an_official_version() {
    let desk = Desk::with(&report(""));
    assert_eq!(desk.run(&["build", "r", "--official"]).out, "r-official.pdf\n");
    assert_eq!(desk.run(&["build", "r"]).out, "r.pdf\n");
}

#[test]
fn files_with_japanese_names_come_back_under_them() {
    let mut files = report("");
    let csv = files.remove("csv/fig-04.csv").unwrap();
    files.insert("csv/図4 きっかけ.csv".into(), csv);
    common::replace(&mut files, "report.toml", "csv/fig-04.csv", "csv/図4 きっかけ.csv");
    let desk = Desk::with(&files);
    assert_eq!(desk.run(&["build", "r", "--official"]).code, 0);
    let mut given = attachments(&std::fs::read(desk.path().join("r-official.pdf")).unwrap());
    given.remove("soukatsu-manifest.json");
    assert_eq!(given, files);
}

#[test]
fn an_unknown_code_among_the_blocking_ones_is_told() {
    let run = Desk::with(&warned("blocking = [\"S999\"]")).run(&["check", "r"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("ない番号"), "{}", run.out);
}

#[test]
fn the_pdf_alone_gives_back_the_report_folder_that_builds_it() {
    let desk = Desk::with(&with_approval(""));
    let official = ["build", "r", "--official", "--edition-mark", "-o", "first.pdf"];
    assert_eq!(desk.run(&official).code, 0);
    let first = std::fs::read(desk.path().join("first.pdf")).unwrap();
    let mut given = attachments(&first);
    let record = given.remove("soukatsu-manifest.json").unwrap();
    let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
    for file in record["files"].as_array().unwrap() {
        let bytes = &given[file["path"].as_str().unwrap()];
        assert_eq!(file["sha256"], soukatsu_core::model::digest::sha256(bytes), "{file}");
    }
    assert_eq!(given, with_approval(""));
    let restored = Desk::with(&given);
    assert_eq!(restored.run(&official).code, 0);
    assert!(std::fs::read(restored.path().join("first.pdf")).unwrap() == first);
}

#[test]
fn a_template_of_ones_own_is_attached_too() {
    let files = with_own_template();
    let desk = Desk::with(&files);
    let run = desk.run(&["build", "r", "--official"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let mut given = attachments(&std::fs::read(desk.path().join("r-official.pdf")).unwrap());
    given.remove("soukatsu-manifest.json");
    assert_eq!(given, files);
}

#[test]
fn a_template_that_leaves_the_edition_mark_out_is_told() {
    let mut files = with_own_template();
    common::replace(
        &mut files,
        "own/blocks/page.typ",
        "if imprint.mark != none { h(1em)",
        "if false { h(1em)",
    );
    let run = Desk::with(&files).run(&["build", "r", "--edition-mark"]);
    assert!(run.code == 1 && run.err.contains("S805"), "{}", run.err);
}

#[test]
fn an_edition_that_would_reach_the_page_number_is_refused() {
    let mut files = report("");
    let long = format!("edition = \"{}\"\nauthor  =", "版".repeat(21));
    common::replace(&mut files, "report.toml", "author  =", &long);
    let run = Desk::with(&files).run(&["check", "r"]);
    assert!(run.code == 1 && run.out.contains("20文字以内"), "{}", run.out);
}

#[test]
fn the_edition_mark_names_edition_and_content_in_the_metadata() {
    let mut files = report("");
    common::replace(&mut files, "report.toml", "author  =", "edition = \"第2版\"\nauthor  =");
    let desk = Desk::with(&files);
    assert_eq!(desk.run(&["build", "r", "--edition-mark"]).code, 0);
    let marked = std::fs::read(desk.path().join("r.pdf")).unwrap();
    assert!(metadata(&marked).contains("<xmpMM:VersionID>第2版 "));
    assert_eq!(desk.run(&["build", "r"]).code, 0);
    let plain = std::fs::read(desk.path().join("r.pdf")).unwrap();
    assert!(!metadata(&plain).contains("VersionID"));
}
