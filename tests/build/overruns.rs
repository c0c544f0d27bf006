//! Text that does not break: it is given room, breaks, or is told; it never runs over in silence.

use std::collections::BTreeMap;

use crate::built;
use crate::common;
use soukatsu::app::Build;
use soukatsu::export::page_texts;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::{Code, Problem};

/// A report of one page of prose, with indicators over some years.
fn report(prose: &str, years: &[&str], rows: &[&str]) -> Build {
    let head =
        format!("指標,略称,区分,単位,形式,向き,目標値,目標値の表記,基準値,{}\n", years.join(","));
    let manifest = "format = 1\n[report]\ntitle = \"点検\"\nauthor = \"市\"\ncouncil = \"委員会\"\n\
        date = 2026-07-16\n[data.indicators]\ncsv = \"i.csv\"\n[[page]]\nchapter = \"点検\"\n\
        title = \"題\"\nprose = \"prose/01.typ\"\npages = 3\n";
    let prose = format!("#import \"/template/author.typ\": *\n\n{prose}\n");
    let files = BTreeMap::from([
        ("report.toml".to_owned(), manifest.as_bytes().to_vec()),
        ("i.csv".to_owned(), (head + &rows.join("\n") + "\n").into_bytes()),
        ("prose/01.typ".to_owned(), prose.into_bytes()),
    ]);
    built::build(&Folder::Memory(files))
}

/// A row of the indicator table with one value in every year.
fn row(name: &str, unit: &str, value: &str, years: usize) -> String {
    let values = vec![value; years].join(",");
    format!("{name},{name},,{unit},整数,以上,{value},,{value},{values}")
}

const FIVE: [&str; 5] = ["R3", "R4", "R5", "R6", "R7"];
const TEN: [&str; 10] = ["H28", "H29", "H30", "R1", "R2", "R3", "R4", "R5", "R6", "R7"];

fn overruns(build: &Build) -> Vec<&Problem> {
    build.problems.iter().filter(|problem| problem.code == Code::TextOverrun).collect()
}

fn text(build: &Build) -> String {
    page_texts(build.draft.as_ref().unwrap()).concat()
}

#[test]
fn amounts_in_yen_over_five_years_and_seven_digits_over_ten_have_room() {
    for (value, unit, years) in [
        ("1680123456", "円", &FIVE[..]),
        ("21680123456", "円", &FIVE[..]),
        ("-21680123456", "円", &FIVE[..]),
        ("1234567", "人", &TEN[..]),
    ] {
        let build = report("#指標表(\"基金\")", years, &[&row("基金", unit, value, years.len())]);
        assert_eq!(overruns(&build), Vec::<&Problem>::new(), "{value}");
    }
}

#[test]
fn values_that_cannot_be_legible_are_refused_with_indicator_years_and_a_way_out() {
    let rows = row("市債残高", "円", "21234567890", 10);
    let build = report("#指標表(\"市債残高\")", &TEN, &[&rows]);
    let [problem] = overruns(&build)[..] else { panic!("{:#?}", build.problems) };
    assert!(problem.is_error());
    for word in ["「市債残高」の行", "「H28」", "ほか8つの欄"] {
        assert!(problem.message.contains(word), "{}", problem.message);
    }
    assert!(problem.hint.as_ref().unwrap().contains("千円・百万円"));
    assert_eq!((&*problem.place.file, problem.place.line), ("i.csv", Some(2)));
}

#[test]
fn a_word_that_is_wider_than_a_cell_breaks_in_the_tables_of_the_template() {
    let name = "InternationalizationAndLocalizationOfMunicipalServices";
    let build = report(&format!("#指標表(\"{name}\")"), &FIVE, &[&row(name, "人", "5", 5)]);
    assert_eq!(overruns(&build), Vec::<&Problem>::new());
}

#[test]
fn long_words_in_the_list_of_initiatives_and_in_the_appendix_break() {
    let mut files = common::files("mihon-r8");
    let word = "Organization-wide_DX".repeat(4).replace('-', "");
    let csv: Vec<String> = files.keys().filter(|name| name.ends_with(".csv")).cloned().collect();
    let mut changed = 0;
    for file in csv {
        let text = String::from_utf8(files[&file].clone()).unwrap();
        for known in ["乗合タクシーの運行区域の拡大", "観光サイト", "総務課"]
        {
            if text.contains(known) {
                let text = String::from_utf8(files[&file].clone()).unwrap();
                files.insert(file.clone(), text.replace(known, &word).into_bytes());
                changed += 1;
            }
        }
    }
    assert!(changed > 0);
    let build = built::build(&Folder::Memory(files));
    let told: Vec<&Problem> =
        overruns(&build).into_iter().filter(|problem| problem.message.contains("の表で")).collect();
    assert_eq!(told, Vec::<&Problem>::new());
}

#[test]
fn an_address_breaks_in_the_line_it_starts_in_and_is_copied_as_it_was_written() {
    let address = "https://www.city.example.lg.jp/kikaku/plan_houkoku_final.html?id=1&lang=ja#s-3";
    for prose in [
        format!("詳しくは、市のホームページの行政改革の頁（{address}）を御覧ください。"),
        format!("#注[詳しくは、市のホームページの行政改革の頁（{address}）を御覧ください。]"),
        format!("#資料[市のホームページの行政改革の頁（{address}）]"),
    ] {
        let build = report(&prose, &FIVE, &[&row("基金", "人", "5", 5)]);
        assert_eq!(overruns(&build), Vec::<&Problem>::new());
        let text = text(&build);
        assert!(text.contains("改革の頁（https://www.city"), "{text}");
        assert!(text.replace('\n', "").contains(address), "{text}");
        assert!(!text.contains('\u{200b}'));
    }
}

#[test]
fn a_run_that_does_not_fit_into_a_line_breaks_in_any_script() {
    for letter in ["W", "9", "é", "ж", "_"] {
        let prose = format!("型番は{}で、続く。", letter.repeat(120));
        let build = report(&prose, &FIVE, &[&row("基金", "人", "5", 5)]);
        assert_eq!(overruns(&build), Vec::<&Problem>::new(), "{letter}");
    }
}

#[test]
fn what_leaves_the_type_area_or_its_cell_is_an_error_that_names_the_word_and_its_place() {
    let word = "Z".repeat(25);
    for (prose, line, message) in [
        (format!("#box(width: 520pt)[{}]", "あ".repeat(60)), 3, "版面の右へ"),
        ("#place(dx: -90pt)[左の外]".to_owned(), 3, "用紙の左へ"),
        (format!("#table(columns: (20mm, 20mm), [名], [値],\n[{word}], [1])"), 4, "の表で"),
        (
            format!("#table(columns: (20mm, 20mm), [名], [値],\n[a], [{word}])"),
            4,
            "「a」の行の「値」の欄",
        ),
    ] {
        let build = report(&prose, &FIVE, &[&row("基金", "人", "5", 5)]);
        let told = overruns(&build);
        let [problem] = told[..] else { panic!("{prose}\n{:#?}", build.problems) };
        assert!(problem.message.contains(message), "{}", problem.message);
        assert_eq!((&*problem.place.file, problem.place.line), ("prose/01.typ", Some(line)));
    }
}

#[test]
fn what_stands_in_the_margin_on_purpose_or_hangs_over_by_a_full_stop_is_no_fault() {
    for prose in [
        "#place(dx: 490pt)[傍注]",
        "#set text(overhang: true)\n#(\"文が続く。\" * 60)",
        "#table(columns: (1fr, 1fr), [ちょうど収まる幅の欄], [文が折り返す欄の中の長い日本語の文章である。])",
        "#grid(columns: 2, [#(\"あ\" * 20)], [い])",
        "#rotate(90deg, reflow: true)[横倒しの文字]",
    ] {
        let build = report(prose, &FIVE, &[&row("基金", "人", "5", 5)]);
        assert!(build.draft.is_some(), "{:#?}", build.problems);
        assert_eq!(overruns(&build), Vec::<&Problem>::new(), "{prose}");
    }
}

#[test]
fn a_line_that_ends_in_a_full_width_sign_goes_on_without_a_space() {
    let build = report("気温は℃\nで示し、積は×\nで示す。", &FIVE, &[&row("基金", "人", "5", 5)]);
    assert!(text(&build).contains("気温は℃で示し、積は×で示す。"), "{}", text(&build));
}

/// A report with a table over some pages of its own; `columns` as report.toml has them.
fn with_table(columns: &str, csv: &str) -> Build {
    let manifest = format!(
        "format = 1\n[report]\ntitle = \"点検\"\nauthor = \"市\"\ncouncil = \"委員会\"\ndate = 2026-07-16\n\
         [[page]]\nchapter = \"点検\"\ntitle = \"題\"\nprose = \"a.typ\"\npages = 3\n\
         [[table]]\nnumber = \"1\"\ntitle = \"表題\"\ncsv = \"t.csv\"\nunit = \"円\"\n{columns}\n"
    );
    let prose = "#import \"/template/author.typ\": *\n\n【表1】のとおり。\n\n#表(\"表1\")\n";
    let files = BTreeMap::from([
        ("report.toml".to_owned(), manifest.into_bytes()),
        ("t.csv".to_owned(), csv.as_bytes().to_vec()),
        ("a.typ".to_owned(), prose.as_bytes().to_vec()),
    ]);
    built::build(&Folder::Memory(files))
}

#[test]
fn names_addresses_and_amounts_of_any_length_fit_into_a_table() {
    for name in [
        "International Exchange Internationalization Programme for Municipalities",
        "InternationalizationAndLocalizationOfMunicipalServicesAndTheirAssociations",
        "https://www.city.example.lg.jp/kikaku/plan_houkoku_final.html?id=1&lang=ja#s-3",
        "東京都千代田区霞が関2丁目1番2号中央合同庁舎第2号館別館地下1階防災備蓄倉庫及び連絡通路",
        "デジタルトランスフォーメーションコンサルティングソリューション",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    ] {
        let values = ["1234567890"; 5].join(",");
        let csv = format!("事業,相手,R3,R4,R5,R6,R7\n{name},{name},{values}\n甲,乙,{values}\n");
        let build = with_table("", &csv);
        assert_eq!(overruns(&build), Vec::<&Problem>::new(), "{name}");
        let wide = build.problems.iter().any(|problem| problem.code == Code::TableTooWide);
        assert!(!wide, "{name}: {:?}", build.problems);
    }
}

#[test]
fn a_column_that_is_set_too_narrow_for_its_numbers_is_told_with_its_cell() {
    let columns = "columns = [\"事業\", { name = \"R7\", width = 8 }]";
    let build = with_table(columns, "事業,R7\n甲,1234567890\n乙,5\n");
    let [problem] = overruns(&build)[..] else { panic!("{:#?}", build.problems) };
    assert_eq!((&*problem.place.file, problem.place.line), ("t.csv", Some(2)));
    assert!(problem.hint.as_ref().unwrap().contains("width"), "{problem:?}");
}

#[test]
fn a_table_that_is_too_wide_is_told_once_and_fits_on_wider_paper() {
    let years: Vec<String> = (1..=8).map(|year| format!("R{year}")).collect();
    let csv = format!("款,{}\n市税,{}\n", years.join(","), ["1234567890123"; 8].join(","));
    let told = |build: &Build| {
        let codes = build.problems.iter().map(|problem| problem.code);
        codes
            .filter(|code| [Code::TableTooWide, Code::TextOverrun].contains(code))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&with_table("", &csv)), [Code::TableTooWide]);
    // A row of the page map follows the table: it is of no matter where a key of the page stands.
    for paper in ["orientation = \"landscape\"", "paper = \"A3\""] {
        let manifest = format!(
            "format = 1\n[report]\ntitle = \"点検\"\nauthor = \"市\"\ncouncil = \"委員会\"\ndate = 2026-07-16\n\
             [[table]]\nnumber = \"1\"\ntitle = \"表題\"\ncsv = \"t.csv\"\nunit = \"円\"\n\
             [[page]]\nchapter = \"点検\"\nprose = \"a.typ\"\n{paper}\n"
        );
        let prose = "#import \"/template/author.typ\": *\n\n【表1】のとおり。\n\n#表(\"表1\")\n";
        let files = BTreeMap::from([
            ("report.toml".to_owned(), manifest.into_bytes()),
            ("t.csv".to_owned(), csv.as_bytes().to_vec()),
            ("a.typ".to_owned(), prose.as_bytes().to_vec()),
        ]);
        assert_eq!(told(&built::build(&Folder::Memory(files))), [], "{paper}");
    }
}

#[test]
fn a_table_in_smaller_text_is_told_and_one_that_fits_is_not() {
    let small = |build: &Build| -> Vec<String> {
        let told = build.problems.iter().filter(|problem| problem.code == Code::SmallText);
        told.map(|problem| format!("{:?} {}", problem.severity, problem.message)).collect()
    };
    let table = |years: usize| {
        let names: Vec<String> = (1..=years).map(|year| format!("R{year}")).collect();
        let values = vec!["123456789"; years].join(",");
        with_table("", &format!("款,{}\n市税,{values}\n", names.join(",")))
    };
    assert_eq!(small(&table(5)), Vec::<String>::new());
    // As many years as there is room for in the smallest text.
    let most = (5..15).rfind(|years| {
        let build = table(*years);
        !build.problems.iter().any(|problem| problem.code == Code::TableTooWide)
    });
    let told = small(&table(most.unwrap()));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("Hint 表1「表題」") && told[0].contains("文字を8"), "{told:?}");
    // What is too wide is told as that alone.
    assert_eq!(small(&table(most.unwrap() + 1)), Vec::<String>::new());
}

#[test]
fn an_indicator_table_takes_the_width_of_its_page() {
    let manifest = "format = 1\n[report]\ntitle = \"点検\"\nauthor = \"市\"\ncouncil = \"委員会\"\n\
        date = 2026-07-16\n[data.indicators]\ncsv = \"i.csv\"\n[[page]]\nchapter = \"点検\"\n\
        title = \"題\"\nprose = \"a.typ\"\norientation = \"landscape\"\n";
    let head =
        format!("指標,略称,区分,単位,形式,向き,目標値,目標値の表記,基準値,{}\n", TEN.join(","));
    let row = row("市債残高", "円", "21234567890", 10);
    let prose = "#import \"/template/author.typ\": *\n\n#指標表(\"市債残高\")\n";
    let files = BTreeMap::from([
        ("report.toml".to_owned(), manifest.as_bytes().to_vec()),
        ("i.csv".to_owned(), format!("{head}{row}\n").into_bytes()),
        ("a.typ".to_owned(), prose.as_bytes().to_vec()),
    ]);
    // On an upright page these amounts are refused.
    assert_eq!(overruns(&built::build(&Folder::Memory(files))), Vec::<&Problem>::new());
}
