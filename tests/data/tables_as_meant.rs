//! Tables as offices keep them, down to the page: totals, zeros, signs, notes, units, years.

use std::collections::BTreeMap;

use soukatsu::app::{BuildOptions, Workshop};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

const MANIFEST: &str = "format = 1
[report]
title = \"題\"
author = \"市\"
council = \"会\"
date = 2026-07-16
[[page]]
chapter = \"章\"
prose = \"p.typ\"
[[figure]]
number = \"1\"
title = \"図の題\"
csv = \"f.csv\"
table = true
";

/// The text of the page and of the appendix, without blanks.
fn pages(figure: &str, csv: &str, prose: &str) -> [String; 2] {
    let prose = format!("#import \"/template/author.typ\": *\n{prose}\n\n#図(\"図1\")\n");
    let files = [
        ("report.toml", format!("{MANIFEST}{figure}\n")),
        ("f.csv", csv.to_owned()),
        ("p.typ", prose),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    let folder = Folder::Memory(files);
    let built = Workshop::new(Fonts::embedded()).build(&folder, &BuildOptions::default());
    assert!(!built.has_errors(), "{:#?}", built.problems);
    let texts = soukatsu::export::page_texts(built.document().unwrap());
    let plain = |text: &String| text.chars().filter(|c| !c.is_whitespace()).collect();
    texts.iter().map(plain).collect::<Vec<String>>().try_into().unwrap()
}

#[test]
fn a_total_column_is_in_the_appendix_and_the_prose_but_no_part_of_the_chart() {
    let csv = "月,総　数,男,女\n1月,216,100,116\n2月,190,94,96\n";
    let prose = "男は#割合(\"図1\", \"1月\", \"男\")、計は#値(\"図1\", \"1月\", \"計\")。";
    for kind in ["stacked-columns", "percent-columns"] {
        let [page, appendix] = pages(&format!("kind = \"{kind}\"\nunit = \"人\""), csv, prose);
        assert!(page.contains("男は46.3%、計は216人。"), "{page}");
        assert!(!page.contains("総数"), "{page}");
        assert!(appendix.contains("総数") && appendix.contains("216"), "{appendix}");
    }
}

#[test]
fn zeros_and_signs_are_printed_and_the_signs_explained() {
    let [page, _] = pages("kind = \"shares\"\nunit = \"件\"", "区分,件数\n北,0\n南,0\n", "文。");
    for text in ["北0件", "南0件", "割合はありません"] {
        assert!(page.contains(text), "{page}");
    }
    let csv = "地区,人数\n東,x\n西,…\n南,r12\n";
    let figure = "kind = \"columns\"\nunit = \"人\"\nnote = \"4月1日現在\"\nsource = \"市民課\"";
    let [page, appendix] = pages(figure, csv, "文。");
    for text in ["※xは秘匿、…は不詳。訂正値：南", "※4月1日現在", "資料）市民課"]
    {
        assert!(page.contains(text) && appendix.contains(text), "{page}\n{appendix}");
    }
}

#[test]
fn units_convert_to_the_digits_of_the_column() {
    let csv = "費目,額\n甲,0.5億円\n乙,1.25万円\n丙,355万6千円\n";
    let prose = "#値(\"図1\", \"甲\")、#値(\"図1\", \"乙\")、#値(\"図1\", \"丙\")。";
    let [page, appendix] = pages("kind = \"columns\"\nunit = \"円\"", csv, prose);
    assert!(page.contains("50,000,000円、12,500円、3,556,000円。"), "{page}");
    assert!(appendix.contains("50,000,000") && !appendix.contains("50,000,000.0"), "{appendix}");
}

#[test]
fn percentages_are_excused_by_the_digits_that_are_written() {
    let figure = "kind = \"percent-bars\"\nunit = \"%\"";
    let [page, _] = pages(figure, "年代,甲,乙,丙\n若,33,33,33\n老,34,34,33\n中,50,30,20\n", "文。");
    assert!(page.contains("端数処理"), "{page}");
    let [page, _] = pages(figure, "年代,甲,乙\n若,33.35,66.65\n老,40.00,60.00\n", "文。");
    assert!(!page.contains("端数処理"), "{page}");
}

#[test]
fn notes_under_a_table_are_on_no_axis() {
    let csv = "月,件数\n1月,5\n2月,6\n注）速報による\n出所：統計課,\n（単位：件）\n";
    let [page, appendix] = pages("kind = \"columns\"\nunit = \"件\"", csv, "文。");
    for text in ["速報による", "統計課", "単位：件）2月"] {
        assert!(!page.contains(text) && !appendix.contains(text), "{page}\n{appendix}");
    }
}
