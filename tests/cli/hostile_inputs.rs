//! Report folders that were made to do harm: under a limit of 1 GB of memory, every command answers
//! in words within seconds.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::common;
use crate::desk::Desk;

const CSV: &str = "csv/fig-04.csv";
const PROSE: &str = "prose/01-sokatsu.typ";
const REPORT: &str = "report.toml";

/// What is done to the small report.
enum Harm {
    /// A file with this content in its place.
    Content(&'static str, Vec<u8>),
    /// Behind what stands in the file.
    More(&'static str, String),
    /// A file that claims to be so large, in bytes, and takes no room.
    Sparse(&'static str, u64),
    /// A link to a device that never ends.
    Endless(&'static str),
    Pipe(&'static str),
    /// A workbook in the place of a CSV, of these parts.
    Workbook(Vec<(&'static str, Vec<u8>)>),
}

use Harm::{Content, Endless, More, Pipe, Sparse, Workbook};

fn put(desk: &Desk, harm: &Harm) {
    let at = |file: &str| desk.at(&format!("r/{file}"));
    match harm {
        Content(file, bytes) => desk.put(&format!("r/{file}"), bytes),
        More(file, text) => {
            let mut file = File::options().append(true).open(at(file)).unwrap();
            file.write_all(format!("\n{text}\n").as_bytes()).unwrap();
        }
        Sparse(file, size) => File::create(at(file)).unwrap().set_len(*size).unwrap(),
        Endless(file) => {
            std::fs::remove_file(at(file)).unwrap();
            symlink("/dev/zero", at(file)).unwrap();
        }
        Pipe(file) => {
            std::fs::remove_file(at(file)).unwrap();
            assert!(Command::new("mkfifo").arg(at(file)).status().unwrap().success());
        }
        Workbook(parts) => {
            let mut writer = zip::ZipWriter::new(File::create(at("csv/x.xlsx")).unwrap());
            for (name, bytes) in parts {
                writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
                writer.write_all(bytes).unwrap();
            }
            writer.finish().unwrap();
            let report = std::fs::read_to_string(at(REPORT)).unwrap();
            desk.put("r/report.toml", report.replacen(CSV, "csv/x.xlsx", 1));
        }
    }
}

fn many(count: usize, text: &str) -> String {
    text.repeat(count)
}

fn rows(count: usize) -> Vec<u8> {
    let rows: String = (0..count).map(|row| format!("項目{row},{row}.5\n")).collect();
    format!("項目,値\n{rows}").into_bytes()
}

/// The least parts of a workbook, with these.
fn workbook(more: Vec<(&'static str, Vec<u8>)>) -> Harm {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let book = format!(
        "<workbook {MAIN} xmlns:r=\"{LINKS}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let mut parts = vec![
        ("xl/workbook.xml", book.into_bytes()),
        ("xl/_rels/workbook.xml.rels", links.into_bytes()),
    ];
    parts.extend(more);
    Workbook(parts)
}

/// Every harm with the command that meets it.
fn harms() -> Vec<(&'static str, Harm, &'static str)> {
    let deep = |opening: &str| More(PROSE, many(100_000, opening));
    vec![
        ("forty megabytes of commas", Content(CSV, many(20 << 20, "1,").into_bytes()), "check"),
        ("one endless cell", Content(CSV, many(40 << 20, "a").into_bytes()), "check"),
        ("a hundred thousand rows", Content(CSV, rows(100_000)), "check"),
        ("three thousand bars", Content(CSV, rows(3_000)), "build"),
        ("a CSV of 3 GB", Sparse(CSV, 3 << 30), "check"),
        ("approvals of 3 GB", Sparse("approvals.toml", 3 << 30), "check"),
        ("prose of 3 GB", Sparse(PROSE, 3 << 30), "check"),
        ("a report.toml of 3 GB", Sparse(REPORT, 3 << 30), "check"),
        ("an endless CSV", Endless(CSV), "check"),
        ("an endless report.toml", Endless(REPORT), "check"),
        ("an endless prose", Endless(PROSE), "build"),
        ("a pipe", Pipe(CSV), "check"),
        ("quotes without end", Content(CSV, many(1 << 20, "\"").into_bytes()), "check"),
        ("line breaks alone", Content(CSV, many(8 << 20, "\n").into_bytes()), "check"),
        ("zeros alone", Content(CSV, vec![0; 8 << 20]), "check"),
        ("deep tables of TOML", More(REPORT, many(500_000, "[[")), "check"),
        ("deep lists of TOML", More(REPORT, format!("a = {}", many(500_000, "["))), "check"),
        ("deep inline tables", More(REPORT, format!("a = {}", many(300_000, "{a="))), "check"),
        ("a name of many parts", More(REPORT, many(400_000, "a.") + "b = 1"), "check"),
        ("too many pages", More(REPORT, many(50_000, "[[page]]\ntitle = \"a\"\n")), "check"),
        ("too many figures", More(REPORT, many(20_000, "[[figure]]\nnumber = \"9\"\n")), "check"),
        ("deep brackets", deep("["), "check"),
        ("deep round brackets", deep("("), "check"),
        ("deep code", deep("#{"), "build"),
        ("deep content", deep("#["), "build"),
        ("deep lists", deep("- "), "build"),
        ("deep calls", deep("#主張("), "build"),
        ("deep conditions", deep("#if true ["), "build"),
        ("formulas without end", deep("$"), "check"),
        ("citations without end", More(PROSE, many(800_000, "【図4】")), "check"),
        ("a list of a thousand million", More(PROSE, "#let x = range(1000000000)".into()), "build"),
        (
            "the same while tracing",
            More(PROSE, "#let x = range(1000000000)".into()),
            "check --trace",
        ),
        ("a text of gigabytes", More(PROSE, "#(\"a\" * 2000000000)".into()), "build"),
        (
            "a function that calls itself",
            More(PROSE, "#let f(x) = f(x) + 1\n#f(1)".into()),
            "build",
        ),
        ("a loop without end", More(PROSE, "#while true {}".into()), "build"),
        (
            "no workbook at all",
            Content("csv/x.xlsx", many(1 << 20, "PK\u{3}\u{4}").into_bytes()),
            "check",
        ),
        (
            "a workbook of blanks",
            workbook(vec![("xl/worksheets/sheet1.xml", vec![b' '; 64 << 20])]),
            "check",
        ),
        (
            "a workbook of cells",
            workbook(vec![("xl/worksheets/sheet1.xml", many(6_000_000, "<c/>").into_bytes())]),
            "check",
        ),
        (
            "a workbook of strings",
            workbook(vec![("xl/sharedStrings.xml", many(2_000_000, "<si/>").into_bytes())]),
            "check",
        ),
        (
            "a workbook of styles",
            workbook(vec![("xl/styles.xml", many(1_000_000, "<xf/>").into_bytes())]),
            "check",
        ),
        (
            "a workbook of merged cells",
            workbook(vec![(
                "xl/worksheets/sheet1.xml",
                many(300_000, "<mergeCell ref=\"A1:B1\"/>").into_bytes(),
            )]),
            "check",
        ),
        (
            "a workbook that names itself",
            workbook(vec![(
                "xl/worksheets/sheet1.xml",
                b"<!DOCTYPE x [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&a;&a;\">]><x>&a;</x>".to_vec(),
            )]),
            "check",
        ),
    ]
}

#[test]
fn every_harm_is_answered_in_words_with_a_gigabyte_of_memory() {
    let harms = harms();
    assert!(harms.len() >= 40);
    for (what, harm, command) in &harms {
        let desk = Desk::with(&common::files("mihon-r8"));
        put(&desk, harm);
        let soukatsu = env!("CARGO_BIN_EXE_soukatsu");
        let line = format!("ulimit -v 1048576; exec '{soukatsu}' {command} r");
        let begun = Instant::now();
        let run = Command::new("sh").args(["-c", &line]).current_dir(desk.path()).output().unwrap();
        let told = String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned();
        assert!(matches!(run.status.code(), Some(0 | 1)), "{what}: {:?}\n{told}", run.status);
        assert!(told.chars().any(|c| ('ぁ'..='ん').contains(&c)), "{what}: {told}");
        assert!(!told.contains("panicked"), "{what}: {told}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}: {:?}", begun.elapsed());
    }
}
