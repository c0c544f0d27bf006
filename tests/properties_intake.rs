//! Whatever an office feeds in: no panic, no silent loss.

use std::collections::BTreeMap;

use proptest::prelude::*;
use soukatsu::load::{Encoding, Folder, Layout, decode, read_table, read_toml};
use soukatsu::model::period::FiscalYear;
use soukatsu::model::quantity::{Notation, grouped};
use soukatsu::pipeline::Session;
use soukatsu::world::Fonts;

/// Text of the kinds that occur in CSV files, with what breaks them.
fn cell() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ -~あ-ん亜-熙０-９、。\"\n\r,▲−]{0,12}").unwrap()
}

fn quoted(cells: &[Vec<String>]) -> String {
    let row = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        cells.join(",")
    };
    cells.iter().map(row).collect::<Vec<_>>().join("\n")
}

proptest! {
    #[test]
    fn any_bytes_are_decoded_or_told(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(decoded) = decode("a.csv", &bytes)
            && decoded.encoding == Encoding::Utf8
        {
            prop_assert!(bytes.ends_with(decoded.text.as_bytes()));
        }
    }

    #[test]
    fn text_that_cp932_has_comes_back_whole(text in "[あ-んア-ン亜-腕①-⑳髙﨑～－ -~
]{1,60}") {
        let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
        prop_assume!(!lost && !text.is_ascii());
        if let Ok(decoded) = decode("a.csv", &bytes) {
            prop_assert_eq!(decoded.text, text);
        }
    }

    #[test]
    fn any_text_is_a_table_or_a_list_of_problems(text in "[ -~あ-ん\"\n\r,]{0,200}") {
        match read_table("a.csv", &text, Layout::Plain) {
            Ok(table) => prop_assert!(!table.header.is_empty()),
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn no_cell_of_a_table_is_lost(rows in proptest::collection::vec(proptest::collection::vec(cell(), 3), 1..6)) {
        let mut all = vec![vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]];
        all.extend(rows);
        let table = read_table("a.csv", &quoted(&all), Layout::Plain).unwrap();
        let trimmed = |row: &Vec<String>| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let kept: Vec<Vec<String>> =
            all[1..].iter().map(trimmed).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        let read: Vec<Vec<String>> = table
            .records
            .iter()
            .map(|record| (0..3).map(|column| record.cell(column).text.replace("\r\n", "\n")).collect())
            .collect();
        let kept: Vec<Vec<String>> =
            kept.into_iter().map(|row| row.into_iter().map(|c| c.replace("\r\n", "\n")).collect()).collect();
        prop_assert_eq!(read, kept);
    }

    #[test]
    fn any_manifest_is_read_or_told(text in "[ -~あ-ん\n=\\[\\]\"]{0,200}") {
        if let Err(problems) = read_toml("report.toml", &text) {
            prop_assert!(problems.iter().all(|problem| problem.place.line.is_some()));
        }
    }

    #[test]
    fn any_header_is_a_year_or_not(text in "[RHS令和平成昭元年度0-9０-９ .]{0,8}") {
        if let Some(year) = FiscalYear::parse(&text) {
            prop_assert_eq!(FiscalYear::parse(&year.to_string()), Some(year));
            prop_assert_eq!(FiscalYear::parse(&year.long()), Some(year));
        }
    }

    #[test]
    fn formatted_numbers_keep_their_value(mantissa in -1_000_000_000_i64..1_000_000_000, scale in 0_u32..3) {
        let value = rust_decimal::Decimal::new(mantissa, scale);
        let plain: rust_decimal::Decimal = grouped(value, scale).replace(',', "").parse().unwrap();
        prop_assert_eq!(plain, value);
        prop_assert!(!Notation::OkuSenman.format(value).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_report_of_any_content_is_checked_without_a_panic(
        manifest in "(format = 1\n)?(\\[report\\]\ntitle = \"あ\"\n)?[ -~\n]{0,80}(\\[\\[page\\]\\]\nprose = \"p.typ\"\n)?",
        prose in "[ -~あ-ん\n#*\\[\\]()\"【】図0-9]{0,120}",
    ) {
        let files: BTreeMap<String, Vec<u8>> = [
            ("report.toml".to_owned(), manifest.into_bytes()),
            ("p.typ".to_owned(), prose.into_bytes()),
        ].into();
        let outcome = Session::new(Fonts::embedded()).check(&Folder::Memory(files));
        prop_assert!(outcome.report.is_some() || outcome.has_errors());
    }
}
