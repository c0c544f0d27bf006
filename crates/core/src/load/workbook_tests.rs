use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::*;

/// A workbook of one sheet, written by a function.
fn book(write: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("指標").unwrap();
    write(sheet);
    book.save_to_buffer().unwrap()
}

fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, Vec<Problem>> {
    let place = Place::at("report.toml", 3, 7);
    let sheet = sheet.map(|name| (name, &place));
    read_workbook(SheetRequest { file: "kpi.xlsx", place: &place, sheet }, bytes, Layout::Plain)
}

fn header(sheet: &mut rust_xlsxwriter::Worksheet) {
    sheet.write(0, 0, "年度").unwrap();
    sheet.write(0, 1, "値").unwrap();
}

fn value(bytes: &[u8]) -> String {
    read(bytes, None).unwrap().records[0].cell(1).text
}

#[test]
fn a_cell_knows_its_file_sheet_and_name() {
    let bytes = book(|sheet| {
        header(sheet);
        sheet.write(6, 1, 5).unwrap();
    });
    let cell = read(&bytes, None).unwrap().records[0].cell(1);
    assert_eq!(cell.place.to_string(), "kpi.xlsx 指標!B7");
    assert_eq!((cell.place.line, cell.place.column), (Some(7), Some(2)));
}

#[test]
fn stored_values_are_read_whatever_their_format_shows() {
    for (number, format, text) in
        [(76.3, "0", "76.3"), (1234.5, "#,##0", "1234.5"), (40.0, "0.0", "40.0")]
    {
        let bytes = book(|sheet| {
            header(sheet);
            let format = Format::new().set_num_format(format);
            sheet.write_with_format(1, 1, number, &format).unwrap();
        });
        assert_eq!(value(&bytes), text);
    }
}

#[test]
fn a_percentage_format_is_warned_of_once_a_column() {
    let bytes = book(|sheet| {
        header(sheet);
        let format = Format::new().set_num_format("0.0%");
        for row in 1..4 {
            sheet.write_with_format(row, 1, 0.763, &format).unwrap();
        }
    });
    let table = read(&bytes, None).unwrap();
    assert_eq!(table.records[0].cell(1).text, "0.763");
    assert_eq!(table.notes.len(), 1);
    assert!(table.notes[0].message.contains("3個"), "{}", table.notes[0].message);
}

#[test]
fn dates_are_read_as_days() {
    let bytes = book(|sheet| {
        header(sheet);
        let format = Format::new().set_num_format("ggge\"年\"m\"月\"d\"日\"");
        let day = ExcelDateTime::from_ymd(2025, 4, 1).unwrap();
        sheet.write_with_format(1, 1, &day, &format).unwrap();
    });
    assert_eq!(value(&bytes), "2025-04-01");
}

#[test]
fn a_formula_counts_as_the_value_that_excel_computed() {
    let bytes = book(|sheet| {
        header(sheet);
        sheet.write_formula(1, 1, Formula::new("=1+2").set_result("3")).unwrap();
    });
    assert_eq!(value(&bytes), "3");
}

#[test]
fn errors_switches_and_uncomputed_formulas_are_told_with_their_cells() {
    let bytes = book(|sheet| {
        header(sheet);
        sheet.write_formula(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(2, 1, true).unwrap();
        sheet.write_formula(3, 1, Formula::new("=A1").set_result("")).unwrap();
    });
    let problems = read(&bytes, None).unwrap_err();
    let places: Vec<_> = problems.iter().map(|p| (p.code, p.place.to_string())).collect();
    let told = |cell: &str| (Code::WorkbookCell, format!("kpi.xlsx 指標!{cell}"));
    assert_eq!(places[..2], [told("B2"), told("B3")]);
    assert!(problems[0].message.contains("#DIV/0!"));
}

#[test]
fn merged_cells_inside_the_table_are_told_and_a_merged_title_is_not() {
    let bytes = book(|sheet| {
        let format = Format::new();
        sheet.merge_range(0, 0, 0, 1, "表1 推移", &format).unwrap();
        sheet.write(1, 0, "年度").unwrap();
        sheet.write(1, 1, "値").unwrap();
        sheet.merge_range(2, 0, 3, 0, "R6", &format).unwrap();
        sheet.write(2, 1, 5).unwrap();
        sheet.write(3, 1, 6).unwrap();
    });
    let place = Place::at("report.toml", 3, 7);
    let request = SheetRequest { file: "kpi.xlsx", place: &place, sheet: None };
    let table = read_workbook(request, &bytes, Layout::Figure).unwrap();
    let told: Vec<_> = table.notes.iter().map(|p| (p.code, p.place.to_string())).collect();
    assert_eq!(
        told,
        [
            (Code::TitleRow, "kpi.xlsx 指標!A1".to_owned()),
            (Code::WorkbookCell, "kpi.xlsx 指標!A3".to_owned())
        ]
    );
}

#[test]
fn merged_headings_and_labels_of_a_table_mean_what_they_look_like() {
    let bytes = book(|sheet| {
        let format = Format::new();
        sheet.merge_range(0, 0, 1, 0, "款", &format).unwrap();
        sheet.merge_range(0, 1, 0, 2, "令和7年度", &format).unwrap();
        sheet.write(1, 1, "予算").unwrap();
        sheet.write(1, 2, "決算").unwrap();
        sheet.merge_range(2, 0, 3, 0, "民生費", &format).unwrap();
        for (row, values) in [(2, [5, 4]), (3, [6, 7])] {
            sheet.write(row, 1, values[0]).unwrap();
            sheet.write(row, 2, values[1]).unwrap();
        }
        // Over two columns of the body nobody knows what is meant.
        sheet.merge_range(4, 1, 4, 2, "休止", &format).unwrap();
        sheet.write(4, 0, "公債費").unwrap();
    });
    let place = Place::at("report.toml", 3, 7);
    let request = SheetRequest { file: "kpi.xlsx", place: &place, sheet: None };
    let table = read_workbook(request, &bytes, Layout::Table { header_rows: 2 }).unwrap();
    let names: Vec<&str> = table.header.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(names, ["款", "令和7年度 予算", "令和7年度 決算"]);
    let labels: Vec<String> = table.records.iter().map(|record| record.cell(0).text).collect();
    assert_eq!(labels, ["民生費", "民生費", "公債費"]);
    assert_eq!(table.merged, [(0, 0, 1)]);
    let told: Vec<String> = table.notes.iter().map(|note| note.place.to_string()).collect();
    assert_eq!(told, ["kpi.xlsx 指標!B5"]);
}

#[test]
fn several_sheets_need_a_name_and_a_wrong_name_gets_a_suggestion() {
    let mut book = Workbook::new();
    for name in ["指標一覧", "メモ"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        header(sheet);
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(read(&bytes, Some("メモ")).unwrap().header.len(), 2);
    let problem = read(&bytes, None).unwrap_err().remove(0);
    assert!(problem.expected.unwrap().contains("指標一覧・メモ"));
    let problem = read(&bytes, Some("指標一らん")).unwrap_err().remove(0);
    assert_eq!((problem.code, problem.place.to_string()), (Code::Sheet, "report.toml:3:7".into()));
    assert_eq!(problem.hint.as_deref(), Some("「指標一覧」ではありませんか"));
}

#[test]
fn a_sheet_is_found_whatever_the_width_of_its_letters() {
    let mut book = Workbook::new();
    for name in ["ＫＰＩ 1〜3", "メモ"] {
        header(book.add_worksheet().set_name(name).unwrap());
    }
    let bytes = book.save_to_buffer().unwrap();
    assert!(read(&bytes, Some("KPI　１～３")).is_ok());
}

#[test]
fn a_hidden_sheet_does_not_ask_for_a_name() {
    let mut book = Workbook::new();
    header(book.add_worksheet());
    book.add_worksheet().set_hidden(true);
    assert!(read(&book.save_to_buffer().unwrap(), None).is_ok());
}

#[test]
fn what_is_no_workbook_is_told() {
    for bytes in [b"".as_slice(), b"PK\x03\x04", b"a,b\n1,2\n", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"]
    {
        assert_eq!(read(bytes, None).unwrap_err()[0].code, Code::Workbook);
    }
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for part in ["xl/media/image1.bin", "xl/workbook.xml"] {
        writer.start_file(part, options).unwrap();
        let tags = "<a/>".repeat(1 << 18);
        for _ in 0..150 {
            writer.write_all(tags.as_bytes()).unwrap();
        }
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 4 << 20);
    let problem = read(&bytes, None).unwrap_err().remove(0);
    assert!(problem.message.contains("大きすぎます"), "{}", problem.message);
}

#[test]
fn a_row_that_excel_does_not_have_is_damage_and_no_panic() {
    use std::io::{Read, Write};
    let bytes = book(header);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let (name, mut content) = (entry.name().unwrap().into_owned(), String::new());
        entry.read_to_string(&mut content).unwrap();
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.replace("r=\"A1\"", "r=\"A0\"").as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(read(&bytes, None).unwrap_err()[0].code, Code::Workbook);
}

#[test]
fn notes_and_units_of_a_sheet_are_no_rows() {
    let bytes = book(|sheet| {
        sheet.write(0, 1, "（単位：人）").unwrap();
        sheet.write(1, 0, "月").unwrap();
        sheet.write(1, 1, "値").unwrap();
        sheet.write(2, 0, "1月").unwrap();
        sheet.write(2, 1, 5).unwrap();
        sheet.write(4, 0, "注１）").unwrap();
        sheet.write(4, 1, "速報値").unwrap();
        sheet.write(5, 0, "〔資料〕市民課").unwrap();
    });
    let place = Place::at("report.toml", 3, 7);
    let request = SheetRequest { file: "kpi.xlsx", place: &place, sheet: None };
    let table = read_workbook(request, &bytes, Layout::Figure).unwrap();
    let bodies: Vec<&str> = table.remarks.iter().map(|remark| remark.body.as_str()).collect();
    assert_eq!((table.records.len(), bodies), (1, vec!["人", "速報値", "市民課"]));
    assert_eq!(table.remarks[1].place.to_string(), "kpi.xlsx 指標!A5");
}

/// The notes of a sheet with a header and these values in column B.
fn notes(write: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<String> {
    let bytes = book(|sheet| {
        header(sheet);
        for row in 1..4_u32 {
            sheet.write(row, 0, format!("R{row}")).unwrap();
        }
        write(sheet);
    });
    let notes = read(&bytes, None).unwrap().notes;
    assert!(notes.iter().all(|note| note.code == Code::WorkbookCell));
    let place = |note: &Problem| note.place.cell.clone().unwrap_or_default();
    notes.iter().map(|note| format!("{} {}", place(note), note.message)).collect()
}

fn formatted(values: &[f64], format: &str) -> Vec<String> {
    notes(|sheet| {
        let format = Format::new().set_num_format(format);
        for (row, value) in values.iter().enumerate() {
            sheet.write_with_format(row as u32 + 1, 1, *value, &format).unwrap();
        }
    })
}

#[test]
fn what_a_format_shows_otherwise_is_told_once_a_column_with_both_readings() {
    for (values, format, shown, stored) in [
        (&[1_234_567.0, 2_345_678.0][..], "#,##0,", "1,235", "1234567"),
        (&[1_234_567_890.0], "#,##0,,\"百万円\"", "1,235百万円", "1234567890"),
        (&[0.763], "0.0%", "76.3%", "0.763"),
        (&[12.6, 5.0], "0", "13", "12.6"),
        (&[-1_234_567.0], "#,##0,;[Red]-#,##0,", "-1,235", "-1234567"),
    ] {
        let told = formatted(values, format);
        assert_eq!(told.len(), 1, "{format}: {told:?}");
        assert!(told[0].starts_with("B2 "), "{}", told[0]);
        assert!(told[0].contains(&format!("「{shown}」")), "{}", told[0]);
        assert!(told[0].contains(&format!("（{stored}）")), "{}", told[0]);
    }
    assert!(formatted(&[1_234_567.0, 2_345_678.0], "#,##0,")[0].contains("この列に2個"));
}

#[test]
fn formats_that_show_the_value_as_it_is_are_no_matter() {
    for (value, format) in [
        (1234.0, "#,##0"),
        (76.3, "0.0"),
        (-5.0, "#,##0;[Red]-#,##0"),
        (5.0, "0\"人\""),
        (0.5, "General"),
    ] {
        assert_eq!(formatted(&[value], format), [""; 0], "{format}");
    }
}

#[test]
fn words_that_a_format_adds_to_a_name_are_told() {
    let bytes = book(|sheet| {
        header(sheet);
        let format = Format::new().set_num_format("\"令和\"0\"年度\"");
        sheet.write_with_format(1, 0, 7, &format).unwrap();
        sheet.write(1, 1, 5).unwrap();
    });
    let notes = read(&bytes, None).unwrap().notes;
    assert!(notes[0].message.contains("「令和7年度」"), "{}", notes[0].message);
}

#[test]
fn days_that_are_shown_as_years_or_months_are_told_and_whole_days_are_not() {
    let day = ExcelDateTime::from_ymd(2025, 1, 1).unwrap();
    let told = |format: &str| {
        notes(|sheet| {
            let format = Format::new().set_num_format(format);
            sheet.write_with_format(1, 0, &day, &format).unwrap();
        })
    };
    for (format, shown) in [
        ("ggge\"年度\"", "令和7年度"),
        ("yyyy\"年度\"", "2025年度"),
        ("m\"月\"", "1月"),
        ("yyyy\"年\"m\"月\"", "2025年1月"),
    ] {
        let told = told(format);
        assert_eq!(told.len(), 1, "{format}");
        assert!(told[0].contains(shown) && told[0].contains("2025-01-01"), "{}", told[0]);
    }
    assert_eq!(told("yyyy/m/d"), [""; 0]);
}

#[test]
fn hidden_rows_and_columns_of_the_table_are_told() {
    let told = notes(|sheet| {
        sheet.write(2, 1, 5).unwrap();
        sheet.write(0, 2, "隠し").unwrap();
        sheet.write(1, 2, 9).unwrap();
        sheet.set_row_hidden(2).unwrap();
        sheet.set_row_hidden(9).unwrap();
        sheet.set_column_hidden(2).unwrap();
        sheet.set_column_hidden(7).unwrap();
    });
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("A3 ") && told[0].contains("1行"), "{}", told[0]);
    assert!(told[1].starts_with("C1 ") && told[1].contains("C列"), "{}", told[1]);
}

#[test]
fn rows_that_a_filter_hides_are_told() {
    let told = notes(|sheet| {
        let condition = rust_xlsxwriter::FilterCondition::new().add_list_filter("R1");
        sheet.autofilter(0, 0, 3, 1).unwrap();
        sheet.filter_column(0, &condition).unwrap();
    });
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("フィルター") && told[0].contains("2行"), "{}", told[0]);
}

#[test]
fn a_hidden_sheet_that_is_named_is_told() {
    let mut book = Workbook::new();
    header(book.add_worksheet());
    let sheet = book.add_worksheet();
    sheet.set_name("旧").unwrap().set_hidden(true);
    header(sheet);
    let table = read(&book.save_to_buffer().unwrap(), Some("旧")).unwrap();
    assert!(table.notes[0].message.contains("非表示のシート「旧」"));
}

#[test]
fn struck_out_cells_and_rows_are_told() {
    let struck = Format::new().set_font_strikethrough();
    let told = notes(|sheet| sheet.write_with_format(1, 1, 100, &struck).map(|_| ()).unwrap());
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("B2 ") && told[0].contains("「100」"), "{}", told[0]);
    let told = notes(|sheet| {
        sheet.write_with_format(1, 0, "R1", &struck).unwrap();
        sheet.write_with_format(1, 1, 100, &struck).unwrap();
    });
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("A2 ") && told[0].contains("行です（この表に1行）"), "{}", told[0]);
}

#[test]
fn struck_out_letters_inside_of_a_cell_are_told() {
    let (struck, plain) = (Format::new().set_font_strikethrough(), Format::new());
    let told = notes(|sheet| {
        sheet.write_rich_string(2, 1, &[(&struck, "100"), (&plain, "120")]).unwrap();
    });
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("B3 ") && told[0].contains("「100120」"), "{}", told[0]);
}

#[test]
fn numbers_stored_as_text_among_numbers_are_noted() {
    let told = notes(|sheet| {
        sheet.write(1, 1, 5).unwrap();
        sheet.write(2, 1, "6").unwrap();
    });
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("B3 ") && told[0].contains("文字として"), "{}", told[0]);
}

/// A workbook with another content of one of its parts.
fn with_part(part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(book(header))).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let (name, mut content) = (entry.name().unwrap().into_owned(), String::new());
        entry.read_to_string(&mut content).unwrap();
        writer.start_file(&*name, options).unwrap();
        let content = if name == part { change(&content) } else { content };
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn too_many_styles_cells_merges_and_strings_are_refused_before_they_are_read() {
    let in_place = |part: &'static str, from: &'static str, many: String| {
        with_part(part, move |text| {
            assert!(text.contains(from), "{text}");
            text.replacen(from, &format!("{many}{from}"), 1)
        })
    };
    let (sheet, strings) = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml");
    for (bytes, what) in [
        (in_place("xl/styles.xml", "</cellXfs>", "<xf/>".repeat(70_000)), "書式"),
        (in_place(sheet, "</sheetData>", "<c/>".repeat(5_000_001)), "セル"),
        (in_place(sheet, "</worksheet>", "<mergeCell ref=\"A1:B1\"/>".repeat(100_001)), "結合"),
        (in_place(strings, "</sst>", "<si/>".repeat(1_000_001)), "文字列"),
        (in_place(strings, "<si>", format!("<a b='{}'/>", "x".repeat(300_000))), "1つの文字列"),
        (in_place(strings, "<si>", "<!-- --><sst uniqueCount=\"99999999999\">".into()), "文字列"),
    ] {
        let problem = read(&bytes, None).unwrap_err().remove(0);
        assert_eq!(problem.code, Code::TooLarge, "{what}");
        assert!(problem.message.contains(what), "{}", problem.message);
    }
}
