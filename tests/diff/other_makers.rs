//! `diff` with PDFs that another engine, template or set of fonts has made: told part by part, and
//! compared by the pages as they are.

use crate::attached::Opened;
use crate::common;
use crate::sample_editions::{
    ONLY_PAGES, SHEET, assert_told, changed, changed_from, desk, export, small, usual, with_mended,
};
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
