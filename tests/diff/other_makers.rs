//! `diff` with PDFs that another engine, template or set of fonts has made: told part by part, and
//! compared by the pages as they are.

use crate::attached::Opened;
use crate::common;
use crate::sample_editions::{
    ONLY_PAGES, SHEET, assert_told, changed, changed_from, desk, export, mended, official, small,
    usual, with_mended,
};
use lopdf::{Object, dictionary, text_string};
use soukatsu::app::{BuildOptions, Mark};
use soukatsu::world::Profile;
use soukatsu_core::model::digest::sha256;

impl Opened {
    /// Changes an attachment and what the record says of it, as another program would have.
    pub fn replace(&mut self, name: &str, from: &str, to: &str) {
        let text = String::from_utf8(self.bytes(name)).unwrap();
        assert!(text.contains(from), "{name} holds no {from}");
        let text = text.replacen(from, to, 1);
        self.put(name, text.as_bytes());
        self.record(|record| {
            let files = record["files"].as_array_mut().unwrap();
            let file = files.iter_mut().find(|file| file["path"] == name).unwrap();
            file["sha256"] = sha256(text.as_bytes()).into();
            file["size"] = text.len().into();
        });
    }
}

#[test]
fn another_engine_template_and_font_are_named_and_the_pages_compared_from_the_pdf() {
    let other = changed(|pdf| {
        pdf.record(|record| {
            record["engine"]["version"] = "0.0.9".into();
            record["template"]["files"]["theme.typ"] = "0".into();
            record["fonts"][0]["family"] = "外字明朝".into();
        });
    });
    let desk = with_mended(desk(&other));
    let run = desk.run(&["diff", "old.pdf", "after"]);
    assert_eq!(run.code, 1);
    let version = env!("CARGO_PKG_VERSION");
    assert_told(
        &run,
        &[
            "「old.pdf」は、今とは違うもので作られています。\n",
            &format!("\n  soukatsu の版: 0.0.9（今は {version}）\n"),
            "\n  テンプレート「council」: theme.typ が違います\n",
            "\n  フォント: 「外字明朝」がここにありません（--font-path で指定できます）",
            "ページはPDFを絵にして比べます。データと文章は、添付の元のファイルで比べます",
        ],
    );
    assert!(run.out.contains("csv/fig-04.csv:2:10 B2") && run.out.ends_with(SHEET), "{}", run.out);
    assert_eq!(desk.run(&["diff", "old.pdf", "r"]).code, 0);
}

#[test]
fn another_lock_file_of_the_same_version_is_told() {
    let other = changed(|pdf| {
        pdf.record(|record| record["engine"]["lock-sha256"] = "abcdef0123".into());
    });
    let run = desk(&other).run(&["diff", "old.pdf", "r", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert_told(
        &run,
        &["同じですが、中のライブラリーが違います（Cargo.lock のSHA-256は abcdef01、"],
    );
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["only-pages"], false);
    assert_eq!(json["pages"]["compared-by"], "pictures");
}

#[test]
fn another_source_of_the_same_version_is_told() {
    let other = changed(|pdf| {
        pdf.record(|record| record["engine"]["source-sha256"] = "abcdef0123".into());
    });
    let run = desk(&other).run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert_told(&run, &["同じですが、プログラムが違います（ソースのSHA-256は abcdef01、今は "]);
}

#[test]
fn the_options_and_the_mark_of_a_pdf_from_another_engine_are_no_change() {
    let marked = BuildOptions { mark: Some(Mark::Own), ..BuildOptions::of(Profile::Mono) };
    let pdf = changed_from(&export(small(), marked, true), |pdf| {
        pdf.record(|record| record["engine"]["version"] = "0.0.9".into());
    });
    let desk = with_mended(desk(&pdf));
    let run = desk.run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    // The content and with it the mark is another one: only the page of the cell is told.
    let run = desk.run(&["diff", "old.pdf", "after"]);
    assert!(run.out.ends_with(SHEET), "{}", run.whole());
    // Two PDFs are taken as they are: that they look otherwise is told.
    let screen =
        |pdf: &mut Opened| pdf.record(|record| record["engine"]["version"] = "0.0.8".into());
    desk.put("screen.pdf", changed(screen));
    let run = desk.run(&["diff", "old.pdf", "screen.pdf"]);
    assert_eq!(run.code, 1);
    assert_told(&run, &["用途: 前「mono」、後「screen」\n", "版の印: 前あり、後なし\n"]);
    let told = "データと文章に変わった所はありませんが、ページが同じとはいえません。";
    assert!(run.out.contains(told), "{}", run.out);
}

#[test]
fn a_report_or_template_that_this_version_does_not_know_leaves_the_pages() {
    let unread = changed(|pdf| pdf.replace("report.toml", "[report]", "[報告"));
    let run = desk(&unread).run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert_told(
        &run,
        &["「old.pdf」に添付された報告書を、この soukatsu では読めません。", ONLY_PAGES],
    );
    let unknown = changed(|pdf| {
        pdf.replace("report.toml", "template = \"council\"", "template = \"assembly\"");
        pdf.record(|record| record["template"]["name"] = "assembly".into());
    });
    let run = desk(&unknown).run(&["diff", "old.pdf", "r"]);
    assert_told(&run, &["\n  テンプレート「assembly」: この soukatsu にはありません\n"]);
    assert_told(
        &run,
        &["「old.pdf」に添付された報告書には、今の soukatsu で見ると誤りが1件あります。"],
    );
    assert!(run.out.contains("template 値: assembly → council"), "{}", run.whole());
    assert!(!run.out.contains("変わったページ"), "{}", run.out);
}

#[test]
fn two_templates_are_told_and_a_pdf_brings_its_own() {
    let mut own = small();
    let council = common::sample("../templates/council");
    for (name, bytes) in common::files(council.to_str().unwrap()) {
        own.insert(format!("own/{name}"), bytes);
    }
    common::replace(&mut own, "report.toml", "template = \"council\"", "template = \"own\"");
    let desk = desk(&export(own.clone(), usual(), true));
    let run = desk.run(&["diff", "old.pdf", "r"]);
    assert_told(
        &run,
        &["2つの版のテンプレートが違うので", "（テンプレート: 「own」と「council」）。"],
    );
    assert!(run.out.contains("template 値: own → council") && !run.out.contains("変わったページ"));
    common::replace(&mut own, "own/theme.typ", "\n", "\n\n");
    for (name, bytes) in &own {
        desk.put(&format!("own/{name}"), bytes);
    }
    let run = desk.run(&["diff", "old.pdf", "own", "--format", "json"]);
    assert_told(&run, &["（テンプレート「own」: theme.typ が違います）。"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["pages"]["compared-by"], "layout");
}

/// A PDF of the mended report whose record names another version, after a change.
fn mended_elsewhere(version: &str, change: impl FnOnce(&mut Opened)) -> Vec<u8> {
    changed_from(&export(mended(), usual(), true), |pdf| {
        pdf.record(|record| record["engine"]["version"] = version.into());
        change(pdf);
    })
}

const CELL: &str = "csv/fig-04.csv:家族や知人の勧め:回答割合";
const AS_EXPECTED: &str = "変わったのは、予定した訂正と、それに伴う所だけです。";

#[test]
fn a_listed_correction_between_versions_that_make_the_same_pages_passes() {
    let desk = with_mended(desk(&changed(|pdf| {
        pdf.record(|record| record["engine"]["version"] = "0.0.9".into());
    })));
    for version in ["0.0.8", "9.0.0"] {
        desk.put("new.pdf", mended_elsewhere(version, |_| {}));
        let run = desk.run(&["diff", "old.pdf", "new.pdf", "--expect", CELL]);
        assert_eq!(run.code, 0, "{}", run.whole());
        assert_told(&run, &[AS_EXPECTED]);
    }
    assert_eq!(desk.run(&["diff", "old.pdf", "after", "--expect", CELL]).code, 0);
}

#[test]
fn nothing_in_a_pdf_of_another_version_passes_beside_the_listed_correction() {
    type Change = fn(&mut Opened);
    let cases: [(&str, &str, Change); 9] = [
        ("前から5枚目の紙面", "a hair on the page of the correction", |pdf| {
            let page = pdf.document().get_pages()[&5];
            let mut drawn = pdf.document().get_page_content(page);
            drawn.extend(b"\nq 0.98 g 300 300 0.4 0.4 re f Q");
            pdf.document().change_page_content(page, drawn).unwrap();
        }),
        ("のリンクや注釈", "a link that leads elsewhere", |pdf| {
            let action = dictionary! { "S" => "URI", "URI" => text_string("http://example.com") };
            let is_link = |object: &Object| {
                object.as_dict().is_ok_and(|note| {
                    note.get(b"Subtype").is_ok_and(|s| *s == Object::from("Link"))
                })
            };
            let link = pdf.document().objects.values_mut().find(|object| is_link(object)).unwrap();
            link.as_dict_mut().unwrap().set("A", action);
        }),
        ("タグと代替テキスト", "another alternative text", |pdf| {
            let has_alt = |object: &Object| object.as_dict().is_ok_and(|tag| tag.has(b"Alt"));
            let tag = pdf.document().objects.values_mut().find(|object| has_alt(object)).unwrap();
            tag.as_dict_mut().unwrap().set("Alt", text_string("嘘"));
        }),
        ("前から1枚目の紙面", "another text layer", |pdf| {
            let document = pdf.document();
            let map = document.objects.values().find_map(|object| {
                object.as_dict().ok()?.get(b"ToUnicode").ok()?.as_reference().ok()
            });
            let map = document.get_object_mut(map.unwrap()).unwrap().as_stream_mut().unwrap();
            let text = String::from_utf8(map.get_plain_content().unwrap()).unwrap();
            map.set_plain_content(text.replacen("<00", "<01", 1).into_bytes());
        }),
        ("文書の項目 OpenAction", "a script", |pdf| {
            let script = dictionary! { "S" => "JavaScript", "JS" => text_string("x") };
            pdf.document().catalog_mut().unwrap().set("OpenAction", script);
        }),
        ("文書の項目 Lang", "another language", |pdf| {
            pdf.document().catalog_mut().unwrap().set("Lang", text_string("en"));
        }),
        ("文書の項目 OCProperties", "layers", |pdf| {
            pdf.document().catalog_mut().unwrap().set("OCProperties", dictionary! {});
        }),
        ("文書情報", "another title", |pdf| {
            let info = pdf.document().trailer.get(b"Info").unwrap().as_reference().unwrap();
            let info = pdf.document().get_dictionary_mut(info).unwrap();
            info.set("Title", text_string("別の題名"));
        }),
        ("添付ファイル「csv/fig-04.csv」", "another description of an attachment", |pdf| {
            pdf.specification("csv/fig-04.csv").set("Desc", text_string("別の説明"));
        }),
    ];
    let desk = desk(official());
    for (part, what, change) in cases {
        desk.put("new.pdf", mended_elsewhere("0.0.9", change));
        let args = ["diff", "old.pdf", "new.pdf", "--expect", CELL, "--pages", "p.pdf"];
        let run = desk.run(&args);
        assert_eq!(run.code, 1, "{what}: {}", run.whole());
        assert!(!run.err.contains(AS_EXPECTED), "{what}: {}", run.whole());
        assert!(
            run.err.contains("誤り[S813]") && run.err.contains(part),
            "{what}: {}",
            run.whole()
        );
        assert!(!desk.at("p.pdf").exists(), "{what}");
    }
}

#[test]
fn a_pdf_whose_sources_make_none_here_proves_nothing() {
    let pdf = mended_elsewhere("0.0.9", |pdf| {
        pdf.replace("report.toml", "template = \"council\"", "template = \"assembly\"");
        pdf.record(|record| record["template"]["name"] = "assembly".into());
    });
    let desk = desk(official());
    desk.put("new.pdf", pdf);
    let run =
        desk.run(&["diff", "old.pdf", "new.pdf", "--expect", CELL, "--expect", "report.toml"]);
    assert_eq!(run.code, 1, "{}", run.whole());
    assert_told(&run, &["添付の元のファイルから組み直せないので、予定した訂正だけとは言えません"]);
}
