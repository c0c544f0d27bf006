//! Holds docs/conformance.md, the ledger of clauses, against the repository: what it names is
//! there, and every clause has an owner.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use soukatsu_core::problem::Code;

/// Who may be made answerable for a clause.
const OWNERS: [&str; 7] =
    ["Typst", "soukatsu", "テンプレート", "執筆者", "発行者", "読み手", "該当なし"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn ledger() -> String {
    fs::read_to_string(root().join("docs/conformance.md")).unwrap()
}

struct Table<'t> {
    header: Vec<&'t str>,
    /// Each with the line it stands on.
    rows: Vec<(usize, Vec<&'t str>)>,
}

fn tables(text: &str) -> Vec<Table<'_>> {
    let mut tables: Vec<Table<'_>> = Vec::new();
    let mut within = false;
    for (index, line) in text.lines().enumerate() {
        let Some(row) = line.strip_prefix('|').and_then(|row| row.strip_suffix('|')) else {
            within = false;
            continue;
        };
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if !within {
            tables.push(Table { header: cells, rows: Vec::new() });
        } else if !row.chars().all(|c| "-| ".contains(c)) {
            tables.last_mut().unwrap().rows.push((index + 1, cells));
        }
        within = true;
    }
    tables
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn no_cell_is_empty_and_no_row_is_short() {
    let text = ledger();
    let tables = tables(&text);
    assert!(tables.len() > 8);
    for Table { header, rows } in tables {
        assert!(!rows.is_empty(), "{header:?}");
        for (line, cells) in rows {
            assert_eq!(cells.len(), header.len(), "line {line}");
            assert!(cells.iter().all(|cell| !cell.is_empty()), "line {line}: {cells:?}");
        }
    }
}

#[test]
fn every_clause_has_owners_that_the_ledger_explains() {
    let text = ledger();
    let mut clauses = 0;
    for Table { header, rows } in tables(&text) {
        let Some(column) = header.iter().position(|name| *name == "担い手") else { continue };
        for (line, cells) in rows {
            for owner in cells[column].split('・') {
                assert!(OWNERS.contains(&owner), "line {line}: {owner}");
                clauses += 1;
            }
        }
    }
    assert!(clauses > 100, "{clauses}");
}

#[test]
fn every_clause_says_how_it_is_held() {
    let text = ledger();
    for Table { header, rows } in tables(&text) {
        let Some(column) = header.iter().position(|name| *name == "確かめ") else { continue };
        for (line, cells) in rows {
            let held = cells[column];
            let known = ["veraPDF", "qpdf", "`", "人が確かめる", "確かめていない"];
            assert!(known.iter().any(|word| held.contains(word)), "line {line}: {held}");
        }
    }
}

#[test]
fn every_code_it_names_exists() {
    let text = ledger();
    let mut named = BTreeSet::new();
    for (at, _) in text.match_indices('S') {
        let digits: String = text[at + 1..].chars().take_while(char::is_ascii_digit).collect();
        if digits.len() == 3 {
            named.insert(format!("S{digits}"));
        }
    }
    assert!(named.len() > 5, "{named:?}");
    for code in named {
        assert!(Code::ALL.iter().any(|(_, name)| *name == code), "{code}");
    }
}

#[test]
fn every_file_and_test_it_names_exists() {
    let text = ledger();
    let mut tests = 0;
    for name in quoted(&text) {
        let (path, test) = name.split_once("::").map_or((name, None), |(p, t)| (p, Some(t)));
        let folder = path.split('/').next().unwrap();
        if !["src", "crates", "tests", "templates", "fonts", "docs", "data"].contains(&folder)
            || path.contains('…')
        {
            continue;
        }
        assert!(root().join(path).exists(), "{path}");
        if let Some(test) = test.filter(|test| *test != "名前") {
            let source = fs::read_to_string(root().join(path)).unwrap();
            let function = match Path::new(path).extension().and_then(|e| e.to_str()) {
                Some("py") => format!("\ndef {test}("),
                _ => format!("fn {test}("),
            };
            assert!(source.contains(&function), "{path} has no {test}");
            tests += 1;
        }
    }
    assert!(tests > 50, "{tests}");
}

#[test]
fn every_check_of_the_python_tests_is_in_the_ledger() {
    let text = ledger();
    let source = fs::read_to_string(root().join("tests/conformance/document.py")).unwrap();
    let lists = ["ALWAYS = [", "TAGGED = ["];
    let checks = lists.map(|start| {
        let (_, rest) = source.split_once(start).unwrap();
        rest.split_once(']').unwrap().0
    });
    for check in checks.iter().flat_map(|list| list.split(", ")) {
        // The size of the paper is no matter of these standards.
        if check != "boxes" {
            let named = |file| text.contains(&format!("tests/conformance/{file}.py::{check}`"));
            assert!(named("document") || named("tags"), "{check}");
        }
    }
}

#[test]
fn all_clauses_of_the_standards_are_there() {
    let text = ledger();
    let firsts: Vec<&str> = tables(&text)
        .iter()
        .flat_map(|table| table.rows.iter().map(|(_, cells)| cells[0]))
        .collect();
    for number in 1..=31 {
        let start = format!("{number:02} ");
        assert!(firsts.iter().any(|first| first.starts_with(&start)), "checkpoint {number}");
    }
    let groups = [
        "6.1.2",
        "6.1.3",
        "6.1.4",
        "6.1.6",
        "6.1.7",
        "6.1.8",
        "6.1.9",
        "6.1.10",
        "6.1.12",
        "6.1.13",
        "6.2.2",
        "6.2.3",
        "6.2.4",
        "6.2.5",
        "6.2.6",
        "6.2.8",
        "6.2.9",
        "6.2.10",
        "6.2.11.2",
        "6.2.11.3",
        "6.2.11.4.1",
        "6.2.11.4.2",
        "6.2.11.5",
        "6.2.11.6",
        "6.2.11.7.2",
        "6.2.11.7.3",
        "6.2.11.8",
        "6.3.1",
        "6.3.2",
        "6.3.3",
        "6.4.1",
        "6.4.2",
        "6.4.3",
        "6.5.1",
        "6.5.2",
        "6.6.2.1",
        "6.6.2.3",
        "6.6.3",
        "6.6.4",
        "6.6.5",
        "6.6.6",
        "6.7.2.1",
        "6.7.2.2",
        "6.7.3.1",
        "6.7.3.2",
        "6.7.3.3",
        "6.7.3.4",
        "6.7.4",
        "6.7.5",
        "6.7.6",
        "6.7.7",
        "6.7.8",
        "6.8",
        "6.9",
        "6.10",
        "6.11",
    ];
    for group in groups {
        let start = format!("{group} ");
        assert!(firsts.iter().any(|first| first.starts_with(&start)), "clause {group}");
    }
}
