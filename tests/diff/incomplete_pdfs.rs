//! `diff` with editions that are less than two whole reports: PDFs without their sources, and
//! damaged ones. What is wrong is said, and what can be compared is.

use crate::attached::Opened;
use crate::sample_editions::{
    ONLY_PAGES, SHEET, assert_told, changed, changed_from, desk, export, mended, official,
    ordinary, usual, with_mended,
};

const RECORD: &str = "soukatsu-manifest.json";

impl Opened {
    /// Turns bits in the middle of the packed bytes.
    pub fn flip(&mut self, name: &str) {
        let content = &mut self.stream(name).content;
        let middle = content.len() / 2;
        content[middle] ^= 0xff;
    }

    /// Turns bits in what is drawn on a page, counted from 1.
    pub fn flip_page(&mut self, page: u32) {
        let page = self.document().get_pages()[&page];
        let content = self.document().get_page_contents(page)[0];
        let content =
            &mut self.document().get_object_mut(content).unwrap().as_stream_mut().unwrap().content;
        let middle = content.len() / 2;
        content[middle..middle + 20].fill(0xff);
    }
}

#[test]
fn an_ordinary_pdf_has_the_same_pages_as_its_report_either_way_round() {
    let desk = desk(ordinary());
    for sides in [["old.pdf", "r"], ["r", "old.pdf"]] {
        let run = desk.run(&["diff", sides[0], sides[1]]);
        assert_eq!(run.code, 0, "{}", run.whole());
        assert_told(&run, &["「old.pdf」には元のファイルが添付されていません。\n", ONLY_PAGES]);
        let told = "ページは同じです。絵に変わった所はありません（データと文章は比べていません）。";
        assert!(run.out.ends_with(&format!("{told}\n")), "{}", run.out);
    }
}

#[test]
fn changed_pages_and_sheets_are_told_of_an_ordinary_pdf() {
    let run = with_mended(desk(ordinary())).run(&["diff", "old.pdf", "after"]);
    assert_eq!(run.code, 1);
    assert!(run.out.ends_with(SHEET), "{}", run.whole());
    assert!(run.out.contains("ページだけを絵で比べました（データと文章は比べていません）。"));
}

#[test]
fn two_ordinary_pdfs_are_compared_and_their_sheets_written() {
    let desk = desk(ordinary());
    desk.put("new.pdf", export(mended(), usual(), false));
    let run = desk.run(&["diff", "old.pdf", "new.pdf", "--pages", "sheets.pdf"]);
    assert_eq!(run.code, 1);
    assert!(run.out.ends_with(SHEET), "{}", run.whole());
    assert_told(&run, &["差替えページを sheets.pdf に書き出しました。"]);
    let pages = lopdf::Document::load(desk.at("sheets.pdf")).unwrap().get_pages();
    assert_eq!(pages.len(), 2);
}

#[test]
fn json_says_that_only_pages_were_compared_and_csv_has_a_row_a_page() {
    let desk = with_mended(desk(ordinary()));
    let run = desk.run(&["diff", "old.pdf", "after", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&json["only-pages"], &json["changes"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!(json["pages"]["changes"][0]["new"]["printed"], "3");
    assert_eq!(json["pages"]["compared-by"], "pictures");
    assert_eq!(json["notes"][1], ONLY_PAGES);
    let run = desk.run(&["diff", "old.pdf", "after", "--format", "csv"]);
    let header = "変化,前の版のページ,前の版で前から何枚目,後の版のページ,後の版で前から何枚目";
    assert_eq!(run.out, format!("\u{feff}{header}\n変わったページ,3ページ,5,3ページ,5\n"));
}

#[test]
fn without_sources_no_errata_are_made() {
    for new in ["r", "after"] {
        let desk = with_mended(desk(ordinary()));
        let run = desk.run(&["diff", "old.pdf", new, "--errata", "errata.pdf"]);
        assert_eq!(run.code, 1, "{}", run.whole());
        assert_told(&run, &["正誤表は書き出していません。誤と正の文は元のファイルから取る"]);
        assert!(!desk.names(".").contains(&"errata.pdf".to_owned()));
    }
}

#[test]
fn every_damaged_attachment_is_named_and_the_pages_are_compared() {
    let damaged = changed(|pdf| {
        pdf.flip("prose/02-kurashi.typ");
        let csv = String::from_utf8(pdf.bytes("csv/fig-04.csv")).unwrap();
        pdf.put("csv/fig-04.csv", csv.replace("38.4", "39.4").as_bytes());
        pdf.put("csv/initiatives.csv", b"1");
        pdf.remove("csv/indicators.csv");
        pdf.add("../extra.csv", b"1");
        pdf.add("extra.csv", b"1");
    });
    let run = with_mended(desk(&damaged)).run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert_told(
        &run,
        &[
            "「old.pdf」の元のファイルは、壊れていて使えません。\n",
            "\n  csv/fig-04.csv: 中身が、作ったときのものと違います\n",
            "\n  csv/initiatives.csv: 大きさが違います（作ったときは",
            "バイト、今は1バイト）\n",
            "\n  csv/indicators.csv: ありません\n",
            "\n  prose/02-kurashi.typ: ",
            "\n  ../extra.csv: 報告書フォルダーの外を指す名前です\n",
            "\n  extra.csv: 作ったときの一覧にないファイルです\n",
            ONLY_PAGES,
        ],
    );
    assert!(run.out.contains("ページは同じです。"), "{}", run.out);
    assert_eq!(run.err.matches("\n  ").count(), 6, "{}", run.err);
}

#[test]
fn a_record_that_is_missing_broken_or_newer_makes_the_attachments_useless() {
    let cases = [
        (changed(|pdf| pdf.remove(RECORD)), "soukatsu-manifest.json: ありません\n"),
        (
            changed(|pdf| pdf.put(RECORD, b"{")),
            "soukatsu-manifest.json: 読めません（ほかのファイルも確かめられません）\n",
        ),
        (
            changed(|pdf| pdf.record(|record| record["format"] = 2.into())),
            "soukatsu-manifest.json: 新しい形式（2）で、この soukatsu では読めません\n",
        ),
    ];
    for (pdf, told) in cases {
        let run = desk(&pdf).run(&["diff", "old.pdf", "r"]);
        assert_eq!(run.code, 0, "{}", run.whole());
        assert_told(&run, &[told, ONLY_PAGES]);
    }
}

#[test]
fn attachments_of_another_program_are_no_sources() {
    let foreign = changed(|pdf| {
        pdf.remove(RECORD);
        pdf.remove("report.toml");
    });
    let run = desk(&foreign).run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert_told(&run, &["「old.pdf」には元のファイルが添付されていません。"]);
}

#[test]
fn files_that_cannot_be_drawn_are_refused_both_in_one_run() {
    let desk = desk(b"garbage");
    desk.put("cut.pdf", &official()[..official().len() / 2]);
    let run = desk.run(&["diff", "old.pdf", "cut.pdf"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    for name in ["old.pdf", "cut.pdf"] {
        let told = format!("「{name}」は報告書フォルダーでもPDFでもないか、壊れています。\n");
        assert_told(&run, &[&told]);
    }
}

#[test]
fn a_pdf_with_damaged_pages_is_drawn_as_far_as_possible_and_never_the_same() {
    // Without the end of the file readers search for the objects.
    let plain = changed_from(ordinary(), |_| {});
    let run = desk(&plain[..plain.len() - 600]).run(&["diff", "r", "old.pdf", "--pages", "x.pdf"]);
    assert_eq!(run.code, 1);
    assert_told(
        &run,
        &[
            "PDFそのものが壊れていて、添付ファイルがあったかどうかも分かりません\n",
            "「old.pdf」はPDFそのものが壊れています。読めた部分だけを絵にしたので、もとの紙面と違うことがあります。\n",
            "後の版のPDFが壊れているので、差替えページは書き出していません。\n",
        ],
    );
    assert!(run.out.contains("壊れたPDFがあるので、同じ版とはいえません。"), "{}", run.whole());
}

#[test]
fn whole_sources_in_a_pdf_with_damaged_pages_are_compared_but_its_pages_not_handed_out() {
    let desk = with_mended(desk(&changed(|pdf| pdf.flip_page(3))));
    let run = desk.run(&["diff", "after", "old.pdf", "--pages", "x.pdf"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("csv/fig-04.csv:2:10 B2") && run.out.ends_with(SHEET), "{}", run.out);
    assert_told(
        &run,
        &[
            "「old.pdf」はPDFの紙面が壊れていますが、添付された元のファイルは無事なので、それを組んで比べます。\n",
            "後の版のPDFが壊れているので、差替えページは書き出していません。\n",
        ],
    );
}

#[test]
fn a_pdf_with_a_password_is_refused_with_the_way_out() {
    use lopdf::{EncryptionState, EncryptionVersion, Permissions};
    let mut document = lopdf::Document::load_mem(ordinary()).unwrap();
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let run = desk(&bytes).run(&["diff", "old.pdf", "r"]);
    assert_eq!(run.code, 1);
    assert_told(
        &run,
        &[
            "「old.pdf」は暗号化されていて、開くにはパスワードが要ります。パスワードを外したPDFを指定してください。",
        ],
    );
}
