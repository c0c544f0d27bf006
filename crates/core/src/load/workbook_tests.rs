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
    writer.start_file("xl/workbook.xml", options).unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..300 {
        writer.write_all(&zeros).unwrap();
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
