//! `archive show` and `list`: what was official, why, and which edition a PDF is.
#![cfg(unix)]

use std::fs;

use crate::attached::Opened;
use crate::common;
use crate::desk::Desk;
use crate::sample_store::{EDITIONS, Kept, folder};
use serde_json::Value;
use soukatsu_core::model::digest::sha256;

fn show(kept: &Kept, what: &str) -> Value {
    let run = kept.run("show", &[what, "--format", "json"]);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.whole()))
}

/// A store with an edition of provisional data, with a warning and an approval, in black and
/// white.
fn accepted() -> Desk {
    let mut files = common::files("mihon-r8");
    let more = "\n[official]\nblocking = []\napprovals = [\"総務課長\"]\n";
    files.get_mut("report.toml").unwrap().extend(more.as_bytes());
    common::replace(&mut files, "report.toml", "state = \"確定\"", "state = \"仮\"");
    common::replace(&mut files, "prose/03-nigiwai.typ", "【図4】", "次の図");
    let approval = "[[approval]]\nrole = \"総務課長\"\nname = \"見本 花子\"\ndate = 2026-07-10\n";
    files.insert("approvals.toml".into(), approval.into());
    let desk = Desk::with(&files);
    let add = ["archive", "add", "r", "--store", "s", "--approved-by", "市長", "--reason", "提出"];
    let more = ["--accept-provisional", "--edition-mark", "--profile", "mono"];
    let run = desk.run(&[&add[..], &more].concat());
    assert_eq!(run.code, 0, "{}", run.whole());
    desk
}

#[test]
fn what_was_known_and_chosen_is_told_in_words() {
    let desk = accepted();
    let run = desk.run(&["archive", "show", "1", "--store", "s"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    for told in [
        "白黒、トンボなし、各ページに版の表示あり、仮のデータを認める",
        "含む（指標のデータ",
        "認めた問題　　　　1件（下に示します）",
        "  注意[S906]",
        "    場所 report.toml:",
        "総務課長 見本 花子（2026-07-10、内容の番号の指定なし）",
        "署名　　　　　　　なし",
    ] {
        assert!(run.out.contains(told), "{told}\n{}", run.whole());
    }
    let run = desk.run(&["archive", "show", "1", "--store", "s", "--format", "json"]);
    let whole: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(whole["accepted"][0]["code"], "S906");
    assert_eq!(whole["provisional"][0], "指標のデータ");
    assert_eq!(whole["approvals"][0]["name"], "見本 花子");
    assert_eq!(whole["options"]["profile"], "mono");
}

#[test]
fn the_pdf_is_told_with_digest_size_and_pages_and_the_changes_as_they_were_kept() {
    let kept = Kept::new();
    let pdf = kept.read("editions/0002/data/official.pdf");
    let whole = show(&kept, "2");
    assert_eq!(whole["pdf"]["sha256"], sha256(&pdf).as_str());
    assert_eq!(whole["pdf"]["size"], pdf.len());
    let pages = lopdf::Document::load_mem(&pdf).unwrap().get_pages().len();
    assert_eq!(whole["pdf"]["pages"], pages);
    let changes: Value =
        serde_json::from_slice(&kept.read("editions/0002/data/changes/changes.json")).unwrap();
    assert_eq!(whole["changes"], changes);
    assert_eq!(show(&kept, "1")["changes"], Value::Null);
    assert_eq!((&whole["sound"], &whole["faults"]), (&true.into(), &Value::Array(vec![])));
}

#[test]
fn altered_content_is_not_shown_as_fact() {
    for name in [
        "bag-info.txt",
        "tagmanifest-sha256.txt",
        "data/official.pdf",
        "data/build/record.json",
        "data/build/problems.json",
        "data/changes/changes.txt",
        "data/changes/changes.json",
    ] {
        let kept = Kept::new();
        let mut bytes = kept.read(&format!("{}/{name}", folder(2)));
        // A blank at the end alters no meaning, and is altered all the same.
        bytes.push(b'\n');
        kept.write(&format!("{}/{name}", folder(2)), bytes);
        let run = kept.run("show", &["2"]);
        let first = run.out.lines().next().unwrap_or_default();
        assert!(first.starts_with("注意: この版は保管したときのままではありません"), "{name}");
        assert_eq!(run.code, 1, "{name}: {}", run.whole());
        let whole = show(&kept, "2");
        assert_eq!(whole["sound"], false, "{name}");
        assert_ne!(whole["faults"].as_array().unwrap().len(), 0, "{name}");
        assert_eq!(kept.run("show", &["1"]).code, 0, "{name}");
    }
}

#[test]
fn a_signature_is_shown_with_its_name_and_whether_it_holds() {
    let kept = Kept::new();
    let run = kept.0.run(&["archive", "keygen", "市長 見本太郎", "-o", "k"]);
    let line = run.out.lines().nth(1).unwrap().to_owned();
    assert_eq!(kept.run("sign", &["2", "--key", "k"]).code, 0);
    let signature = |kept: &Kept| show(kept, "2")["signatures"][0].clone();
    assert_eq!(
        (&signature(&kept)["holds"], &signature(&kept)["counts"]),
        (&true.into(), &false.into())
    );
    kept.write("signers", format!("{line}\n"));
    assert_eq!(signature(&kept)["names"][0], "市長 見本太郎");
    let run = kept.run("show", &["2"]);
    assert!(run.out.contains("署名　　　　　　　市長 見本太郎 SHA256:"), "{}", run.whole());
    assert!(run.out.contains("（確かめた。"), "{}", run.whole());
    let file = kept.0.names(&format!("s/{}/signatures", folder(2))).remove(0);
    kept.write(
        &format!("{}/signatures/{file}", folder(1)),
        kept.read(&format!("{}/signatures/{file}", folder(2))),
    );
    let run = kept.run("show", &["1"]);
    assert!(run.out.contains(&format!("{file}（合わない：")), "{}", run.whole());
    assert_eq!(show(&kept, "1")["signatures"][0]["holds"], false);
    let run = kept.run("list", &[]);
    assert_eq!(run.out.matches("署名のファイル1個").count(), 2, "{}", run.out);
}

#[test]
fn a_pdf_is_named_by_its_edition() {
    let kept = Kept::new();
    for edition in 1..=EDITIONS {
        kept.0.put("got.pdf", kept.read(&format!("{}/data/official.pdf", folder(edition))));
        let run = kept.run("show", &["got.pdf"]);
        assert_eq!(run.code, 0, "{}", run.whole());
        let told = format!(
            "このPDFは、版{edition}（2026-07-1{edition}、訂正）の正式版です（1バイトも違いません）。"
        );
        assert_eq!(run.out.lines().next().unwrap(), told);
        assert_eq!(run.out.contains("最後の版ではありません"), edition < EDITIONS, "{}", run.out);
        assert!(run.out.contains(&format!("順番　　　　　　　{edition:04}")), "{}", run.out);
        assert_eq!(show(&kept, "got.pdf")["asked"]["same-bytes"][0], edition);
    }
}

#[test]
fn a_pdf_of_an_edition_that_was_altered_since_is_not_called_official() {
    let kept = Kept::new();
    kept.0.put("got.pdf", kept.read("editions/0002/data/official.pdf"));
    kept.change("editions/0002/bag-info.txt", |text| text.replace("訂正", "偽"));
    let run = kept.run("show", &["got.pdf"]);
    assert!(run.code == 1 && run.out.contains("確かめられません"), "{}", run.whole());
    assert!(!run.out.contains("の正式版です"), "{}", run.out);
}

#[test]
fn a_pdf_of_no_edition_is_told_what_it_is() {
    let kept = Kept::new();
    let kept_pdf = kept.read("editions/0002/data/official.pdf");
    for (name, bytes) in common::files("mihon-r8") {
        kept.0.put(&format!("r/{name}"), bytes);
    }
    let csv = kept.read("editions/0002/data/report/csv/fig-04.csv");
    kept.0.put("r/csv/fig-04.csv", csv);
    for (output, more) in
        [("plain.pdf", &[][..]), ("mono.pdf", &["--official", "--profile", "mono"])]
    {
        let run = kept.0.run(&[&["build", "r", "-o", output], more].concat());
        assert_eq!(run.code, 0, "{}", run.whole());
    }
    kept.0.put("longer.pdf", [&kept_pdf[..], b"\n"].concat());
    let mut opened = Opened::new(&kept_pdf);
    opened.put("csv/fig-04.csv", b"x");
    kept.0.put("attached.pdf", opened.pdf());
    kept.0.put("memo.txt", "メモ");
    kept.0.put("cut.pdf", &kept_pdf[..1000]);
    for (name, kind, same_content, told) in [
        ("plain.pdf", "ordinary", &[][..], "正式版のPDFではありません"),
        ("mono.pdf", "official", &[2], "このPDFは「白黒」、版2は「画面と普通の印刷」"),
        ("longer.pdf", "official", &[2], "PDFが後から変えられています"),
        ("attached.pdf", "damaged", &[2], "csv/fig-04.csv: "),
        ("memo.txt", "no-pdf", &[], "PDFではありません"),
        ("cut.pdf", "unreadable", &[], "壊れています"),
    ] {
        let run = kept.run("show", &[name]);
        assert_eq!(run.code, 1, "{name}: {}", run.whole());
        assert!(run.out.starts_with("この保管庫のどの版のPDFとも違います。\n"), "{}", run.whole());
        assert!(run.out.contains(told), "{name}: {}", run.whole());
        let asked = &show(&kept, name)["asked"];
        assert_eq!(asked["kind"], kind, "{name}");
        assert_eq!(asked["same-content"], serde_json::json!(same_content), "{name}");
    }
}

#[test]
fn of_an_edition_whose_list_was_altered_nothing_is_said() {
    let kept = Kept::new();
    kept.0.put("got.pdf", kept.read("editions/0002/data/official.pdf"));
    kept.change("editions/0002/manifest-sha256.txt", |text| {
        text.lines()
            .filter(|line| !line.contains("official"))
            .map(|line| format!("{line}\n"))
            .collect()
    });
    let run = kept.run("show", &["got.pdf"]);
    assert!(
        run.code == 1 && run.out.contains("版2の一覧は保管したときのままではない"),
        "{}",
        run.whole()
    );
}

#[test]
fn no_pdf_of_the_store_is_read_to_find_one() {
    let kept = Kept::new();
    kept.0.put("got.pdf", kept.read("editions/0002/data/official.pdf"));
    // A terabyte in the place of the PDFs of the others would take hours.
    for edition in [1, 3, 4] {
        let name = format!("{}/data/official.pdf", folder(edition));
        kept.write(&name, "");
        fs::File::options().write(true).open(kept.at(&name)).unwrap().set_len(1 << 40).unwrap();
    }
    let run = kept.run("show", &["got.pdf"]);
    assert!(run.code == 0 && run.out.contains("版2"), "{}", run.whole());
}

#[test]
fn an_edition_is_found_by_its_number_from_a_document() {
    let kept = Kept::new();
    let digest = kept.digest(3);
    for number in [&digest[..8], &digest, &digest.to_uppercase()] {
        assert_eq!(show(&kept, number)["number"], 3, "{number}");
    }
}

#[test]
fn what_is_neither_edition_nor_pdf_is_told() {
    let kept = Kept::new();
    fs::create_dir(kept.0.at("folder")).unwrap();
    crate::sample_store::pipe(&kept.0.at("pipe"));
    for (what, told) in [
        ("9", "版9はありません"),
        ("0123456789abcdef", "番号が 01234567… の版はありません"),
        ("nothing.pdf", "あるファイルの名前でもありません"),
        ("folder", "フォルダーです"),
        ("pipe", "普通のファイルではありません"),
    ] {
        let run = kept.run("show", &[what]);
        assert!(run.code == 1 && run.err.contains(told), "{what}: {}", run.whole());
        assert_eq!(run.out, "", "{what}");
    }
}

#[test]
fn the_list_for_programs_has_whole_numbers() {
    let kept = Kept::new();
    let run = kept.run("list", &["--format", "json"]);
    let whole: Value = serde_json::from_str(&run.out).unwrap();
    let numbers: Vec<&str> =
        whole.as_array().unwrap().iter().map(|one| one["digest"].as_str().unwrap()).collect();
    let expected: Vec<String> = (1..=EDITIONS).map(|edition| kept.digest(edition)).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn a_list_says_which_edition_is_not_what_was_kept() {
    let kept = Kept::new();
    kept.change("editions/0002/bag-info.txt", |text| text.replace("見本 花子", "偽 承認"));
    let run = kept.run("list", &[]);
    assert_eq!(run.code, 1, "{}", run.whole());
    let marked: Vec<bool> = run.out.lines().map(|line| line.contains("注意")).collect();
    assert_eq!(marked, [false, true, false, false], "{}", run.out);
}
