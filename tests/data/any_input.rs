//! Whatever an office feeds in: no panic, no silent loss.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use rust_decimal::Decimal;
use soukatsu::app::Workshop;
use soukatsu::world::Fonts;
use soukatsu_core::load::{
    Encoding, Folder, Layout, SheetRequest, decode, read_table, read_toml, read_workbook,
};
use soukatsu_core::model::number::{Expected, read};
use soukatsu_core::model::period::{Day, FiscalYear, Period};
use soukatsu_core::model::quantity::{Notation, grouped};
use soukatsu_core::model::unit::Unit;
use soukatsu_core::problem::Place;

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
        // A few characters may be UTF-8 of something else, which no reader could tell.
        prop_assume!(!lost && std::str::from_utf8(&bytes).is_err());
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
    fn any_text_is_a_number_a_mark_or_a_fault(text in "[ 0-9０-９,，.．()（）+＋▲△−－…億万千百円人%％以上未満A〜]{0,14}") {
        for unit in ["", "百万円", "%"] {
            for parentheses in [false, true] {
                let expected = Expected { unit: Unit::parse(unit), parentheses, bound: parentheses };
                // Nothing without a digit is a number, and nothing with one is a mark.
                if let Ok(reading) = read(&text, &expected) {
                    let digit = text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
                    prop_assert_eq!(reading.content.is_ok(), digit, "{}", text);
                }
            }
        }
    }

    #[test]
    fn a_number_has_one_value_under_all_its_forms(mantissa in -1_000_000_000_000_i64..1_000_000_000_000, scale in 0_u32..4) {
        let value = Decimal::new(mantissa, scale);
        let grouped = grouped(value, scale);
        let wide: String = grouped.chars().map(|c| match c {
            '-' => '－',
            c => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
        }).collect();
        let triangle = grouped.replace('-', "▲");
        let unit = format!("{grouped}百万円");
        for text in [grouped.clone(), wide, triangle, unit, value.to_string()] {
            let expected = Expected { unit: Unit::parse("百万円"), ..Expected::default() };
            let number = read(&text, &expected).unwrap().content.unwrap();
            prop_assert_eq!(number.exact, value, "{}", text);
        }
    }

    #[test]
    fn an_amount_in_words_is_the_amount_it_is_written_for(oku in 0_i64..10_000, man in 0_i64..10_000) {
        prop_assume!(oku > 0 && man > 0);
        let expected = Expected { unit: Unit::parse("百万円"), ..Expected::default() };
        let number = read(&format!("{oku}億{man}万円"), &expected).unwrap().content.unwrap();
        prop_assert_eq!(number.exact, Decimal::new(oku * 10_000 + man, 2));
    }

    #[test]
    fn every_day_under_any_name_falls_into_one_year(year in 1990_u16..2090, month in 1_u8..=12, day in 1_u8..=28) {
        let plain = Day::parse(&format!("{year}-{month:02}-{day:02}")).unwrap();
        let mut names = vec![format!("{year}/{month}/{day}"), format!("{year}年{month}月{day}日")];
        if year > 2019 {
            names.push(format!("R{}.{month}.{day}", year - 2018));
        }
        for name in names {
            prop_assert_eq!(Day::parse(&name), Some(plain), "{}", name);
        }
        let starts = if month < 4 { year - 1 } else { year };
        prop_assert_eq!(plain.fiscal_year().gregorian(), starts);
    }

    #[test]
    fn any_header_is_a_period_or_not(text in "[RHS令和平成元年度月日0-9０-９./\\- 現在]{0,12}") {
        if let Some(period) = Period::parse(&text) {
            prop_assert!(period.fiscal_year().gregorian() >= 1926);
        }
    }

    #[test]
    fn a_row_is_in_the_table_or_told(
        rows in proptest::collection::vec(proptest::collection::vec("[あ単位注資料：表1-9]{0,3}", 1..4), 1..7),
        figure in any::<bool>(),
    ) {
        let layout = if figure { Layout::Figure } else { Layout::Headings(&["単位", "資料", "表"]) };
        match read_table("a.csv", &quoted(&rows), layout) {
            Ok(table) => {
                let cells = table.records.iter().flat_map(|record| &record.cells);
                let cells = table.header.iter().chain(cells).map(|cell| cell.text.as_str());
                let told = table.notes.iter().filter_map(|note| note.text.as_deref());
                let said = table.remarks.iter().map(|remark| remark.text.as_str());
                let kept: Vec<&str> = cells.chain(told).chain(said).collect();
                for row in &rows {
                    let first = row.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty());
                    prop_assert!(first.is_none_or(|text| kept.iter().any(|own| own.contains(text))));
                }
            }
            Err(problems) => prop_assert!(problems.iter().all(|problem| problem.is_error())),
        }
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

/// A small workbook with texts, numbers, a formula and a date.
fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["指標", "単位", "R6"].into_iter().enumerate() {
        sheet.write(0, column as u16, header).unwrap();
        sheet.write(1, column as u16, 76.3).unwrap();
    }
    sheet.write_formula(2, 2, "=C2*2").unwrap();
    book.save_to_buffer().unwrap()
}

fn sheet_of(
    bytes: &[u8],
) -> Result<soukatsu_core::load::Table, Vec<soukatsu_core::problem::Problem>> {
    let place = Place::file("report.toml");
    let request = SheetRequest { file: "a.xlsx", place: &place, sheet: None };
    read_workbook(request, bytes, Layout::Figure)
}

/// The same parts in a new file, one of them changed: what a checksum cannot catch.
fn repacked(bytes: &[u8], part: usize, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let part = part % archive.len();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let (name, mut content) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut content).unwrap();
        if index == part {
            change(&mut content);
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_workbook_is_read_or_told(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = workbook();
        for (index, value) in changes {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Err(problems) = sheet_of(&bytes) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn a_workbook_with_changed_parts_is_read_or_told(
        part in any::<usize>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), "[ -~]{0,3}"), 1..4),
    ) {
        let bytes = repacked(&workbook(), part, |content| {
            for (index, text) in &changes {
                let at = index.index(content.len());
                content.splice(at..at + 1, text.bytes());
            }
        });
        if let Err(problems) = sheet_of(&bytes) {
            prop_assert!(!problems.is_empty());
        }
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
        let outcome = Workshop::new(Fonts::embedded()).check(&Folder::Memory(files));
        prop_assert!(outcome.report.is_some() || outcome.has_errors());
    }
}
