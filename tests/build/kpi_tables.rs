//! KPI tables: what stands in their cells and where, what is chosen, and how they are read aloud.

use std::collections::BTreeMap;

use crate::built;
use crate::reading::reading;
use soukatsu::app::Build;
use soukatsu::export::page_texts;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::{Code, Problem};

const HEAD: &str = "指標,略称,区分,単位,形式,向き,目標値,目標値の表記,基準値,";

/// A report of one page with a table of these rows.
fn report(years: &[&str], rows: &[String], layout: &str, more: &str) -> Build {
    let manifest = format!(
        "format = 1\n[report]\ntitle = \"点検\"\nauthor = \"市\"\ncouncil = \"委員会\"\n\
         date = 2026-07-16\n[layout]\n{layout}\n[data.indicators]\ncsv = \"i.csv\"\n[[page]]\n\
         chapter = \"点検\"\ntitle = \"題\"\nprose = \"p.typ\"\n"
    );
    let names: Vec<String> =
        rows.iter().map(|row| format!("\"{}\"", row.split(',').next().unwrap())).collect();
    let prose =
        format!("#import \"/template/author.typ\": *\n\n#指標表({})\n\n{more}\n", names.join(", "));
    let table = format!("{HEAD}{}\n{}\n", years.join(","), rows.join("\n"));
    let files = [("report.toml", manifest), ("i.csv", table), ("p.typ", prose)];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    built::build(&Folder::Memory(files))
}

fn rows() -> Vec<String> {
    [
        "満足度,,,%,小数1桁,以上,80.0,,75.0,9.5,76.3",
        "人件費比率,,,%,小数1桁,以下,16.0,,16.0,16.5,14.5",
        "収支,,,百万円,符号付き整数,以上,0,収支均衡,593,105,",
        "基金残高,,,百万円,億千万,以上,2000,{値}以上,3780,3760,1750",
    ]
    .map(str::to_owned)
    .to_vec()
}

const TWO: [&str; 2] = ["R5", "R6"];

fn text(build: &Build) -> String {
    page_texts(build.draft.as_ref().unwrap()).concat()
}

#[test]
fn targets_have_their_direction_and_units_stand_once() {
    let build = report(&TWO, &rows(), "", "");
    assert_eq!(build.problems, []);
    let text = text(&build);
    for printed in
        ["80.0%以上", "16.0%以下", "収支均衡", "20億以上", "（単位：百万円）", "37億6千万"]
    {
        assert_eq!(text.matches(printed).count(), 1, "{printed}: {text}");
    }
    assert_eq!(text.matches('%').count(), 2, "{text}");
    assert!(!text.contains("達成") && !text.contains("推移"), "{text}");
}

#[test]
fn judgement_and_box_say_what_holds_and_are_read_by_their_words() {
    let build = report(&TWO, &rows(), "judgement = true\nsparkline = true", "#達成状況()");
    assert_eq!(build.problems, []);
    let printed = text(&build);
    let order = ["○達成", "×未達"].map(|word| printed.matches(word).count());
    assert_eq!(order, [1, 2], "{printed}");
    assert!(printed.replace(char::is_whitespace, "").contains("数値目標4中1達成"), "{printed}");
    let read = reading(&built::pdf(&build));
    assert_eq!(read.faults.unmarked, [""; 0]);
    assert_eq!(read.faults.lost, [""; 0]);
    assert_eq!(read.faults.empty, [""; 0]);
    for mark in ['○', '×'] {
        assert!(
            !read
                .text
                .lines()
                .filter(|line| !line.starts_with('─'))
                .any(|line| line.contains(mark)),
            "{}",
            read.text
        );
    }
    for word in ["達成", "未達"] {
        assert!(read.text.contains(word), "{}", read.text);
    }
}

#[test]
fn a_table_gets_smaller_only_when_breaking_its_amounts_is_not_enough() {
    let small = |build: &Build| -> Vec<Problem> {
        build.problems.iter().filter(|problem| problem.code == Code::SmallText).cloned().collect()
    };
    let years = ["H30", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"];
    let row = |value: &str, form: &str, unit: &str| {
        format!("基金残高,,,{unit},{form},以上,{value},,{value},{}", [value; 9].join(","))
    };
    let amounts = report(&years, &[row("3760", "億千万", "百万円")], "", "");
    assert_eq!(small(&amounts), [], "amounts break at 億");
    let digits = report(&years, &[row("12345678", "整数", "円")], "", "");
    let told = small(&digits);
    assert_eq!(told.len(), 1, "{:#?}", digits.problems);
    assert_eq!((&*told[0].place.file, told[0].place.line), ("i.csv", Some(2)));
    assert!(!digits.problems.iter().any(|problem| problem.code == Code::TextOverrun));
}

#[test]
fn the_widest_table_with_all_columns_fits() {
    let years = ["R1", "R2", "R3", "R4", "R5", "R6", "R7"];
    let row =
        format!("超過勤務時間の総数,,,時間,整数,以下,20000,,25854,{}", ["27770"; 7].join(","));
    let all = "judgement = true\nsparkline = true";
    let build = report(&years, &[row], all, "");
    assert!(
        !build.problems.iter().any(|problem| problem.code == Code::TextOverrun),
        "{:#?}",
        build.problems
    );
}
