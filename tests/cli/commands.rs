//! Whole commands as their users see them: output, exit code, files left behind.

use std::collections::BTreeMap;

use crate::built;
use crate::common;
use crate::desk::Desk;

#[test]
fn new_and_build_on_an_empty_machine() {
    let desk = Desk::new();
    insta::assert_snapshot!("new", desk.run(&["new", "kaigi"]).whole());
    insta::assert_snapshot!("build", desk.run(&["build", "kaigi"]).whole());
    assert_eq!(desk.names("."), ["kaigi", "kaigi.pdf"]);
    assert!(std::fs::read(desk.path().join("kaigi.pdf")).unwrap().starts_with(b"%PDF-1.7"));
}

#[test]
fn new_never_writes_into_a_folder_that_holds_something() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("kaigi")).unwrap();
    std::fs::write(desk.path().join("kaigi/memo.txt"), "大事").unwrap();
    insta::assert_snapshot!("new-occupied", desk.run(&["new", "kaigi"]).whole());
    assert_eq!(std::fs::read_dir(desk.path().join("kaigi")).unwrap().count(), 1);
}

#[test]
fn check_of_a_faultless_report() {
    let desk = Desk::with(&common::files("mihon-r8"));
    insta::assert_snapshot!("check", desk.run(&["check", "r"]).whole());
    assert_eq!(desk.run(&["check", "r", "--format", "json"]).out, "[]\n");
}

/// The tutorial report with one fault of each kind that an office makes.
fn faulty() -> BTreeMap<String, Vec<u8>> {
    let mut files = common::files("mihon-r8");
    let csv = |files: &BTreeMap<String, Vec<u8>>, name: &str| {
        String::from_utf8(files[name].clone()).unwrap()
    };
    // A cell that is no number: the last one of the first indicator.
    let indicators = csv(&files, "csv/indicators.csv");
    let line = indicators.lines().nth(1).unwrap();
    let (start, last) = line.rsplit_once(',').unwrap();
    let wrong = indicators.replacen(line, &format!("{start},約{last}"), 1);
    files.insert("csv/indicators.csv".into(), wrong.into_bytes());
    // An unknown status and a number that stands twice.
    let initiatives = csv(&files, "csv/initiatives.csv").replacen(",実施済,", ",完了,", 1);
    let second = initiatives.lines().nth(2).unwrap().to_owned();
    let (_, rest) = second.split_once(',').unwrap();
    let twice = initiatives.replacen(&second, &format!("1,{rest}"), 1);
    files.insert("csv/initiatives.csv".into(), twice.into_bytes());
    // A column that is missing.
    let pillars = csv(&files, "csv/pillars.csv").replacen("副題", "説明", 1);
    files.insert("csv/pillars.csv".into(), pillars.into_bytes());
    // A figure without its data.
    let figure = files.keys().find(|name| name.starts_with("csv/fig")).unwrap().clone();
    files.remove(&figure);
    // Typst faults in two files, two of them in one, and a character that no font has.
    let prose: Vec<String> =
        files.keys().filter(|name| name.starts_with("prose/")).cloned().collect();
    let mut add = |name: &str, text: &str| {
        files.get_mut(name).unwrap().extend_from_slice(text.as_bytes());
    };
    add(&prose[0], "\n\n#知らない関数(\"a\")\n\nこれは#もう一つ である。\n");
    add(&prose[1], "\n\n絵文字😀と#取組数(\"完了\")。\n");
    files
}

#[test]
fn every_fault_of_a_report_is_told_in_one_run() {
    let desk = Desk::with(&faulty());
    std::fs::write(desk.path().join("r.pdf"), "前の版").unwrap();
    let run = desk.run(&["build", "r"]);
    insta::assert_snapshot!("faults", run.whole());
    assert_eq!(run.code, 1);
    assert_eq!(desk.names("."), ["r", "r.pdf"]);
    assert_eq!(std::fs::read(desk.path().join("r.pdf")).unwrap(), "前の版".as_bytes());
}

#[test]
fn faults_as_json_have_their_places() {
    let desk = Desk::with(&faulty());
    let run = desk.run(&["check", "r", "--format", "json"]);
    let problems: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
    assert_eq!(run.code, 1);
    for code in ["S102", "S301", "S302", "S303", "S304", "S502", "S701"] {
        let found = problems
            .iter()
            .find(|p| p["code"] == code)
            .unwrap_or_else(|| panic!("{code}: {}", run.out));
        assert!(found["line"].is_u64() && found["column"].is_u64(), "{found}");
        assert!(found["hint"].is_string() || found["expected"].is_string(), "{found}");
    }
}

#[test]
fn signs_in_cells_are_printed_as_they_stand() {
    let signs = "#1 *強* $x$ @a <b> \\n _下_ `c` ＃＊＄＠＜＼ ~ [d] // e";
    let mut files = common::files("mihon-r8");
    let text = String::from_utf8(files["csv/initiatives.csv"].clone()).unwrap();
    let name = text.lines().nth(1).unwrap().split(',').nth(3).unwrap().to_owned();
    let changed = text.replacen(&name, signs, 1).into_bytes();
    files.insert("csv/initiatives.csv".into(), changed);
    let outcome = built::build(&soukatsu_core::load::Folder::Memory(files));
    let document = outcome.document().unwrap_or_else(|| panic!("{:#?}", outcome.problems));
    let all: String = soukatsu::export::page_texts(document).concat();
    let squeezed: String = all.split_whitespace().collect();
    let wanted: String = signs.split_whitespace().collect();
    assert!(squeezed.matches(&wanted).count() >= 2, "{all}");
}

#[test]
fn a_page_that_runs_over_is_named_and_nothing_is_written() {
    let mut files = common::files("mihon-r8");
    let name = files.keys().find(|name| name.starts_with("prose/")).unwrap().clone();
    let more = "これは長い文章である。".repeat(300);
    files.get_mut(&name).unwrap().extend_from_slice(format!("\n\n{more}\n").as_bytes());
    let desk = Desk::with(&files);
    let run = desk.run(&["build", "r"]);
    insta::assert_snapshot!("overflow", run.whole());
    assert_eq!(desk.names("."), ["r"]);
}

#[test]
fn the_data_of_the_report_is_never_overwritten() {
    let files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    for name in ["r/report.toml", "r/csv/indicators.csv"] {
        assert_eq!(desk.run(&["build", "r", "-o", name]).code, 1, "{name}");
        let kept = std::fs::read(desk.path().join(name)).unwrap();
        assert!(kept == files[name.strip_prefix("r/").unwrap()], "{name}");
    }
    // A PDF that was built before is replaced.
    assert_eq!(desk.run(&["build", "r"]).code, 0);
    assert_eq!(desk.run(&["build", "r"]).code, 0);
}

#[test]
fn years_are_printed_in_their_order_whatever_the_order_of_the_columns() {
    let files = common::files("mihon-r8");
    let text = String::from_utf8(files["csv/indicators.csv"].clone()).unwrap();
    let swapped = text.lines().map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        let last = cells.len() - 1;
        cells.swap(last, last - 1);
        cells.join(",")
    });
    let mut other = files.clone();
    other.insert("csv/indicators.csv".into(), swapped.collect::<Vec<_>>().join("\n").into_bytes());
    let pdf = |files| built::pdf(&built::build(&soukatsu_core::load::Folder::Memory(files)));
    assert!(other["csv/indicators.csv"] != files["csv/indicators.csv"]);
    assert!(pdf(files) == pdf(other));
}

#[test]
fn figures_side_by_side_that_do_not_fit_are_told() {
    let mut files = common::files("mihon-r8");
    common::replace(
        &mut files,
        "prose/03-nigiwai.typ",
        "#図(\"図3\")",
        "#図並び(\"図3\", \"図4\")",
    );
    common::replace(&mut files, "prose/03-nigiwai.typ", "#図(\"図4\")", "");
    let run = Desk::with(&files).run(&["check", "r"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("S402"), "{}", run.out);
}

#[test]
fn a_seventh_series_and_a_blank_item_of_a_figure_are_told() {
    for (table, code) in [
        ("年代,a,b,c,d,e,f,g\nx,10,10,10,10,20,20,20\n", "S404"),
        ("年代,a,b\nx,50,50\n,50,50\n", "S306"),
    ] {
        let mut files = common::files("mihon-r8");
        files.insert("csv/fig-02.csv".into(), table.into());
        let run = Desk::with(&files).run(&["check", "r"]);
        assert_eq!(run.code, 1);
        assert!(run.out.contains(code), "{}", run.out);
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let desk = Desk::new();
    for args in [
        &["bild"][..],
        &["build", "--standard", "pdf"],
        &["explain", "S999"],
        &["new", "x", "--from", "y"],
    ] {
        assert_eq!(desk.run(args).code, 2, "{args:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_said_so() {
    insta::assert_snapshot!("no-folder", Desk::new().run(&["build", "kaigi"]).whole());
}

#[test]
fn fonts_lists_the_faces_in_their_order() {
    insta::assert_snapshot!("fonts", Desk::new().run(&["fonts"]).whole());
}

#[test]
fn explain_quotes_the_page_of_problems() {
    let run = Desk::new().run(&["explain", "s302"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("S302"), "{}", run.out);
    assert_eq!(
        Desk::new().run(&["explain"]).out.lines().count(),
        soukatsu_core::problem::Code::ALL.len()
    );
}

#[test]
fn colours_need_to_be_asked_for_without_a_terminal() {
    let desk = Desk::with(&faulty());
    assert!(!desk.run(&["build", "r"]).err.contains('\u{1b}'));
    assert!(desk.run(&["build", "r", "--color", "always"]).err.contains('\u{1b}'));
}

#[test]
fn completions_know_the_commands() {
    let run = Desk::new().run(&["completions", "bash"]);
    assert!(run.out.contains("build") && run.out.contains("render"));
}

#[test]
fn render_draws_the_pages_of_a_report_and_of_a_pdf_alike() {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(desk.run(&["build", "r"]).code, 0);
    let pages = desk.run(&["render", "r", "--dpi", "40"]).out.lines().count();
    let from_pdf = desk.run(&["render", "r.pdf", "--dpi", "40", "-o", "pdf-pages"]);
    assert_eq!(from_pdf.out.lines().count(), pages);
    let first = std::fs::read(desk.path().join("pdf-pages/page-01.png")).unwrap();
    assert!(first.starts_with(b"\x89PNG"));
    std::fs::write(desk.path().join("no.pdf"), "これはPDFではない").unwrap();
    assert_eq!(desk.run(&["render", "no.pdf"]).code, 1);
}

#[test]
fn the_emitted_project_holds_all_that_typst_needs() {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(desk.run(&["build", "r", "--emit-typst", "project"]).code, 0);
    for file in ["template/report.typ", "model/report.json", "fonts/OFL.txt", "README.md"] {
        assert!(desk.path().join("project").join(file).is_file(), "{file}");
    }
    assert_eq!(desk.run(&["build", "r", "--emit-typst", "project"]).code, 1);
}
