//! Whole reports in the encodings and formats that offices keep them in: one model from all.

use std::collections::BTreeMap;

use crate::common;
use rust_xlsxwriter::{Format, Workbook};
use soukatsu::app::{Build, BuildOptions, Workshop};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::{Code, Problem, Severity};

type Files = BTreeMap<String, Vec<u8>>;

/// The sample report with the blocks of its prose only: its sentences rest on the very cells that
/// these tests change. 〜 becomes ～, as Windows writes it: CP932 has only that one.
fn sample() -> Files {
    let plain = |(name, bytes): (String, Vec<u8>)| {
        let text = text(&bytes).trim_start_matches('\u{FEFF}').replace('〜', "～");
        let text = if name.starts_with("prose/") { blocks(&text) } else { text };
        (name, text.into_bytes())
    };
    let mut files = common::files("mihon-r8");
    // No sentence is left to use them.
    files.remove("csv/constants.csv");
    let manifest = text(&files["report.toml"]).lines();
    let kept = manifest.filter(|line| !line.contains("constants"));
    let manifest = kept.collect::<Vec<_>>().join("\n");
    files.insert("report.toml".into(), manifest.into_bytes());
    files.into_iter().map(plain).collect()
}

/// The blocks of a prose file that stand on lines of their own, initiatives without their words.
fn blocks(text: &str) -> String {
    let kept = ["#import", "#指標表", "#図", "#実施状況"];
    let line = |line: &str| match line.strip_prefix("#取組(") {
        Some(rest) => format!("#取組({})[本文]", rest.split(')').next().unwrap()),
        None if kept.iter().any(|start| line.starts_with(start)) => line.to_owned(),
        None => String::new(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn check(files: Files) -> Build {
    Workshop::new(Fonts::embedded()).check(&Folder::Memory(files))
}

/// Everything that the model holds of the data, without places.
fn model(report: &Report) -> String {
    let Report { pillars, indicators, initiatives, figures, prose, .. } = report;
    let prose: Vec<&str> = prose.iter().map(|prose| prose.text.as_str()).collect();
    let all = format!("{:?}", (report.title(), pillars, indicators, initiatives, figures, prose));
    let mut plain = String::new();
    let mut rest = all.as_str();
    while let Some((before, after)) = rest.split_once("Place {") {
        plain.push_str(before);
        rest = after.split_once('}').unwrap().1;
    }
    (plain + rest).replace("\\r", "")
}

/// Compares two models, and shows where they part.
fn assert_same(one: &Report, other: &Report) {
    let (one, other) = (model(one), model(other));
    let parts = one.char_indices().zip(other.chars()).find(|((_, a), b)| a != b);
    let at = parts.map(|((at, _), _)| at).unwrap_or_default();
    let shown = |text: &str| text[at..].chars().take(120).collect::<String>();
    assert!(one == other, "{}\n{}", shown(&one), shown(&other));
}

/// The report as every test below must find it.
fn same_model(files: Files) -> Vec<Problem> {
    let expected = check(sample());
    assert_eq!(expected.problems, []);
    let outcome = check(files);
    assert!(!outcome.has_errors(), "{:?}", outcome.problems);
    assert_same(outcome.report.as_ref().unwrap(), expected.report.as_ref().unwrap());
    outcome.problems.clone()
}

fn codes(problems: &[Problem]) -> Vec<(Severity, Code)> {
    problems.iter().map(|problem| (problem.severity, problem.code)).collect()
}

fn each(files: Files, change: impl Fn(&str) -> Vec<u8>) -> Files {
    files.into_iter().map(|(name, bytes)| (name, change(text(&bytes)))).collect()
}

#[test]
fn a_report_in_cp932_is_the_same_report_and_every_file_is_said_to_be() {
    let files = each(sample(), |text| {
        let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(text);
        assert!(!lost, "{text}");
        bytes.replace_line_breaks()
    });
    let count = files.len();
    let problems = same_model(files);
    assert_eq!(codes(&problems), vec![(Severity::Hint, Code::OtherEncoding); count]);
}

/// Windows ends its lines in CR LF.
trait LineBreaks {
    fn replace_line_breaks(&self) -> Vec<u8>;
}

impl LineBreaks for [u8] {
    fn replace_line_breaks(&self) -> Vec<u8> {
        let pairs = self.iter().flat_map(|byte| match byte {
            b'\n' => vec![b'\r', b'\n'],
            byte => vec![*byte],
        });
        pairs.collect()
    }
}

#[test]
fn a_report_in_utf16_of_either_order_is_the_same_report() {
    for (mark, bytes) in
        [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)]
    {
        let encode = |text: &str| {
            mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
        };
        same_model(each(sample(), encode));
    }
}

#[test]
fn tables_parted_by_tabs_or_semicolons_with_empty_rows_and_columns_are_the_same() {
    for sign in ["\t", ";"] {
        let change = |(name, bytes): (String, Vec<u8>)| {
            let lines = text(&bytes).lines().map(|line| line.replace(',', sign) + sign + sign);
            let parted = lines.collect::<Vec<_>>().join("\r\n") + "\r\n" + sign + "\r\n\r\n";
            let bytes = if name.ends_with(".csv") { parted.into_bytes() } else { bytes };
            (name, bytes)
        };
        assert_eq!(same_model(sample().into_iter().map(change).collect()), []);
    }
}

#[test]
fn titles_above_every_table_change_nothing_and_are_noted() {
    let change = |(name, bytes): (String, Vec<u8>)| {
        let titled = format!("表1 推移\n,,（単位：％）\n\n{}", text(&bytes));
        let bytes = if name.ends_with(".csv") { titled.into_bytes() } else { bytes };
        (name, bytes)
    };
    let problems = same_model(sample().into_iter().map(change).collect());
    assert_eq!(codes(&problems), vec![(Severity::Hint, Code::TitleRow); 12]);
}

/// A table as a workbook with a second sheet; numbers are numbers, shown as the office sees them.
fn workbook(csv: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("メモ").unwrap();
    let sheet = book.add_worksheet().set_name("データ").unwrap();
    for (row, line) in csv.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (row as u32 + 2, column as u16);
            let number: Option<f64> = cell.parse().ok();
            match number {
                Some(number) => {
                    let digits = cell.split_once('.').map_or(0, |(_, digits)| digits.len());
                    let format = if digits > 0 {
                        format!("#,##0.{}", "0".repeat(digits))
                    } else {
                        "0".into()
                    };
                    let format = Format::new().set_num_format(format);
                    sheet.write_with_format(row, column, number, &format).unwrap();
                }
                None if cell.is_empty() => {}
                None => _ = sheet.write(row, column, cell).unwrap(),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_report_whose_tables_are_workbooks_is_the_same_report() {
    let mut files = Files::new();
    for (name, bytes) in sample() {
        match name.strip_suffix(".csv") {
            Some(stem) => files.insert(format!("{stem}.xlsx"), workbook(text(&bytes))),
            None if name != "report.toml" => files.insert(name, bytes),
            None => {
                let lines = text(&bytes).lines().map(|line| match line.contains("= \"csv/") {
                    true => line.replace(".csv\"", ".xlsx\"\nsheet = \"データ\"\n#"),
                    false => line.to_owned(),
                });
                files.insert(name, lines.collect::<Vec<_>>().join("\n").into_bytes())
            }
        };
    }
    let expected = check(sample());
    let outcome = check(files);
    assert_eq!(outcome.problems, []);
    assert_same(outcome.report.as_ref().unwrap(), expected.report.as_ref().unwrap());
}

#[test]
fn numbers_as_people_write_them_are_read_and_noted_once_a_column() {
    let mut files = sample();
    let csv = text(&files["csv/indicators.csv"]).lines().next().unwrap().to_owned()
        + "\n基金,支え合い,,百万円,億千万,以上,20億以上,,3億円,１０００,△5億,37億6千万,…,\"1,200\"\n\
           観光,観光客数,,千人,整数,以上,350,,241千人,－,172000人,224,259,▲5\n\
           時間,出店数,,時間,整数,,,,,1,2,3,4,5\n率,電子申請,,%,小数1桁,,,,,1,2,3,4%,5.5％\n\
           残高,基金残高,,百万円,億千万,,,,,1,2,3,4,5\n";
    files.insert("csv/indicators.csv".into(), csv.into_bytes());
    let outcome = check(files);
    let rows = &outcome.report.as_ref().unwrap().indicators.rows;
    let texts = |row: usize| -> Vec<&str> {
        rows[row].values.iter().map(|v| v.as_ref().map_or("", |v| v.text.as_str())).collect()
    };
    assert_eq!(rows[0].target.as_ref().unwrap().text, "20億以上");
    assert_eq!(texts(0), ["10億", "-5億", "37億6千万", "", "12億"]);
    assert_eq!(rows[0].signs.keys().collect::<Vec<_>>(), ["R6"]);
    assert_eq!(texts(1), ["", "172千人", "224千人", "259千人", "-5千人"]);
    assert_eq!(texts(3), ["1.0%", "2.0%", "3.0%", "4.0%", "5.5%"]);
    let notes: Vec<&Problem> =
        outcome.problems.iter().filter(|p| p.code == Code::DiscouragedForm).collect();
    assert!(notes.iter().all(|note| note.severity == Severity::Hint));
    // R7 holds a comma, a triangle and a unit with a full-width sign: one note for each.
    assert_eq!(notes.iter().filter(|note| note.message.contains("列「R7」")).count(), 3);
}

/// The problems of the sample with another table for its second figure.
fn figure(csv: &str, manifest: &[(&str, &str)]) -> Vec<(Severity, Code)> {
    let mut files = sample();
    files.insert("csv/fig-02.csv".into(), csv.as_bytes().to_vec());
    let mut toml = text(&files["report.toml"]).to_owned();
    for (old, new) in [("percent-bars", "bars")].iter().chain(manifest) {
        toml = toml.replace(old, new);
    }
    files.insert("report.toml".into(), toml.into_bytes());
    codes(&check(files).problems)
}

#[test]
fn periods_of_a_figure_are_held_in_order() {
    let order = (Severity::Warning, Code::PeriodOrder);
    assert_eq!(figure("年度,値\nR1,1\nR2,2\nR3,3\n", &[]), []);
    assert_eq!(figure("時点,値\nR5.4.1,1\nR6.4.1,2\nR7.4.1,3\n", &[]), []);
    assert_eq!(figure("調査,値\nH27,1\nR2,2\nR7,3\n", &[]), []);
    for csv in [
        "年度,値\nR2,1\nR1,2\nR3,3\n",
        "年度,値\nR1,1\nR2,2\nR4,3\n",
        "年度,値\nR1,1\nR2,2\n令和2年度,3\n",
        "年度,値\nR1,1\nR2,2\n未定,3\n",
        "調査,値\nR1,1\nR2,2\nR5,3\n",
    ] {
        assert_eq!(figure(csv, &[]), [order], "{csv}");
    }
}

#[test]
fn years_of_indicators_are_held_in_order() {
    let header = |from: &str, to: &str| {
        let mut files = sample();
        let csv = text(&files["csv/indicators.csv"]).replacen(from, to, 1);
        files.insert("csv/indicators.csv".into(), csv.into_bytes());
        let mut told = codes(&check(files).problems);
        // The prose names R3.
        told.retain(|(_, code)| *code != Code::UnknownName);
        told
    };
    assert_eq!(header("R3,R4", "R3.4.1,令和4年4月1日"), []);
    assert_eq!(header("R3,R4", "R4,R3"), [(Severity::Hint, Code::PeriodOrder)]);
    assert_eq!(header("R3,R4", "R2,R4"), [(Severity::Warning, Code::PeriodOrder)]);
}

#[test]
fn cells_of_figures_are_held_to_their_unit_and_their_table() {
    let error = |code| (Severity::Error, code);
    assert_eq!(figure("年代,値,備考\n10代,5,速報\n", &[]), []);
    assert_eq!(figure("年代,値\n10代,5人\n", &[])[0], error(Code::OtherUnit));
    assert_eq!(figure("年代,値\n10代,(5)\n", &[])[0], error(Code::NotANumber));
    assert_eq!(figure("年代,\"値\n（割合）\"\n10代,\"5\n\"\n", &[]), []);
    let remark = figure("年代,値\n10代,5\n注：速報値,\n", &[]);
    assert!(remark.contains(&(Severity::Warning, Code::StrayRow)), "{remark:?}");
    let negative =
        [("csv    = \"csv/fig-02.csv\"", "csv = \"csv/fig-02.csv\"\nnegative = \"()\"\n#")];
    assert_eq!(figure("年代,値\n10代,(5)\n", &negative), [(Severity::Hint, Code::DiscouragedForm)]);
}

#[test]
fn the_number_of_a_figure_is_digits() {
    for number in ["A", "１", "1-", "6－1", "1.2"] {
        let told =
            figure("年代,値\n10代,5\n", &[("number = \"2\"", &format!("number = \"{number}\""))]);
        assert!(told.contains(&(Severity::Error, Code::WrongValue)), "{number}");
    }
}

#[test]
fn sheets_and_other_books_are_told_where_report_toml_names_them() {
    let named = |new: &str| figure("年代,値\n10代,5\n", &[("csv    = \"csv/fig-02.csv\"", new)])[0];
    let error = |code| (Severity::Error, code);
    assert_eq!(named("csv = \"csv/fig-02.xls\"\n#"), error(Code::Workbook));
    assert_eq!(named("csv = \"csv/fig-02.csv\"\nsheet = \"表\"\n#"), error(Code::Sheet));
    assert_eq!(named("csv = \"csv/fig-09.xlsx\"\n#"), error(Code::FileMissing));
}

#[test]
fn the_page_shows_a_dash_for_none_and_dots_for_unknown() {
    let mut files = sample();
    common::replace(&mut files, "csv/indicators.csv", "{値}以上,,,3,", "{値}以上,…,－,…,");
    let outcome =
        Workshop::new(Fonts::embedded()).build(&Folder::Memory(files), &BuildOptions::default());
    assert!(!outcome.has_errors(), "{:?}", outcome.problems);
    let pages = soukatsu::export::page_texts(outcome.document().unwrap());
    let row = pages.iter().find_map(|page| page.split_once("15件以上")).unwrap().1;
    let cells: String = row.chars().filter(|c| !c.is_whitespace()).take(8).collect();
    assert!(cells.starts_with("…－…"), "{cells}");
}
