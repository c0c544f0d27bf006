//! What a report may read: its own folder, and what the engine gives to its pages. Whatever else
//! its prose or its template asks for is refused in Japanese, and nothing of it is seen.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::os::unix::fs::symlink;

use crate::common;
use crate::desk::{Desk, Run};

/// Stands in every file outside of the report, and must not be seen anywhere.
const SECRET: &str = "秘密の語";

const FIRST: &str = "prose/01-sokatsu.typ";

fn sample() -> BTreeMap<String, Vec<u8>> {
    common::files("mihon-r8")
}

/// A desk with a report, and files outside of it that nothing may read.
fn desk(files: &BTreeMap<String, Vec<u8>>) -> Desk {
    let desk = Desk::with(files);
    for name in ["secret.txt", "secret.typ", "secret.csv", "outside/secret.typ"] {
        desk.put(name, SECRET);
    }
    desk.put("secret.json", format!("\"{SECRET}\""));
    desk.put("secret.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><desc>{SECRET}</desc></svg>"));
    desk
}

fn with_prose(code: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = sample();
    files.get_mut(FIRST).unwrap().extend(format!("\n{code}\n").bytes());
    files
}

/// The sample report with a template of its own.
fn with_template() -> BTreeMap<String, Vec<u8>> {
    let mut files = sample();
    common::replace(&mut files, "report.toml", "template = \"council\"", "template = \"own\"");
    for (path, text) in soukatsu::world::Template::embedded("council").unwrap().files() {
        files.insert(format!("own/{path}"), text.as_bytes().to_vec());
    }
    files
}

/// Builds a report that must be refused with this code.
fn refused(desk: &Desk, code: &str, what: &str) -> Run {
    let run = desk.run(&["build", "r", "-o", "r.pdf"]);
    assert_eq!(run.code, 1, "{what}: {}", run.whole());
    assert!(run.err.contains(&format!("誤り[{code}]")), "{what}: {}", run.err);
    assert!(!run.whole().contains(SECRET), "{what}: {}", run.whole());
    assert!(!desk.at("r.pdf").exists(), "{what}");
    run
}

/// The messages alone: what the file itself says at the place is not translated.
fn messages(run: &Run) -> String {
    run.err.lines().filter(|line| line.starts_with("誤り[")).collect()
}

/// Every way to name a file that is not the report's.
fn paths(desk: &Desk) -> Vec<String> {
    let absolute = desk.at("secret.txt").display().to_string();
    let near = ["/etc/passwd", "../secret.txt", "../../secret.txt", "/../secret.txt"];
    let odd =
        ["..\\\\secret.txt", "C:\\\\secret.txt", "file:///etc/passwd", "./../../../etc/passwd"];
    near.iter().chain(&odd).map(|path| (*path).to_owned()).chain([absolute]).collect()
}

#[test]
fn no_path_of_a_prose_leads_outside() {
    for path in paths(&desk(&sample())) {
        let desk = desk(&with_prose(&format!("#read(\"{path}\")")));
        let run = refused(&desk, "S501", &path);
        assert!(!messages(&run).contains("Typst"), "{path}: {}", run.err);
    }
}

#[test]
fn no_function_of_a_prose_reads_outside() {
    for call in [
        "#image(\"../../secret.svg\")",
        "#image(\"/secret.svg\", alt: \"x\")",
        "#csv(\"/../secret.csv\")",
        "#json(\"../secret.json\")",
        "#toml(\"../secret.txt\")",
        "#yaml(\"../secret.txt\")",
        "#cbor(\"../secret.txt\")",
        "#bibliography(\"../secret.txt\")",
        "#bibliography(style: \"../secret.txt\", \"../secret.txt\")",
        "#raw(read(\"../secret.txt\"), theme: \"../secret.txt\")",
        "#raw(\"x\", theme: \"../secret.txt\")",
        "#include \"../secret.typ\"",
        "#include \"../../secret.typ\"",
        "#import \"/../secret.typ\": *",
        "#import \"../outside/secret.typ\"",
        "#std.plugin(\"../secret.txt\")",
        "#std.xml(\"../secret.txt\")",
    ] {
        let run = refused(&desk(&with_prose(call)), "S501", call);
        assert!(!messages(&run).contains("Typst"), "{call}: {}", run.err);
    }
}

#[test]
fn no_file_of_the_report_itself_is_read_past_the_engine() {
    for call in ["#read(\"/report.toml\")", "#csv(\"/csv/indicators.csv\")"] {
        let run = refused(&desk(&with_prose(call)), "S501", call);
        assert!(run.err.contains("だけです"), "{}", run.err);
    }
}

#[test]
fn no_picture_reads_a_file_from_inside() {
    for href in ["../secret.svg", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x.png"] {
        let svg = format!(
            "<svg xmlns=\\\"http://www.w3.org/2000/svg\\\" width=\\\"9\\\" height=\\\"9\\\"><image href=\\\"{href}\\\" width=\\\"9\\\" height=\\\"9\\\"/></svg>"
        );
        let call = format!("#image(bytes(\"{svg}\"), format: \"svg\", alt: \"x\")");
        refused(&desk(&with_prose(&call)), "S501", href);
    }
}

#[test]
fn an_entity_of_an_xml_brings_no_file() {
    let xml = "<!DOCTYPE x [<!ENTITY a SYSTEM \\\"file:///etc/passwd\\\">]><x>&a;</x>";
    refused(&desk(&with_prose(&format!("#repr(std.xml(bytes(\"{xml}\")))"))), "S501", xml);
}

#[test]
fn packages_are_refused_without_a_network() {
    for package in ["@preview/cetz:0.4.0", "@local/cetz:0.4.0"] {
        let desk = desk(&with_prose(&format!("#import \"{package}\": *")));
        let run = refused(&desk, "S501", package);
        assert!(run.err.contains(&format!("パッケージ「{package}」は使えません")), "{}", run.err);
    }
}

#[test]
fn a_prose_learns_nothing_of_the_machine() {
    let code = "#assert(sys.inputs.len() == 0)\n#assert(datetime.today().year() == 2026)\n#assert(datetime.today().month() == 7)";
    let run = desk(&with_prose(code)).run(&["build", "r"]);
    assert_eq!(run.code, 0, "{}", run.whole());
}

#[test]
fn no_font_of_the_machine_is_used() {
    let run = refused(&desk(&with_prose("#text(font: \"DejaVu Sans\")[x]")), "S501", "font");
    assert!(run.err.contains("書体「dejavu sans」は使えません"), "{}", run.err);
}

#[test]
fn a_template_reads_nothing_outside() {
    for code in [
        "#read(\"/etc/passwd\")",
        "#read(\"../secret.txt\")",
        "#read(\"../../secret.txt\")",
        "#include \"../secret.typ\"",
        "#import \"@preview/cetz:0.4.0\"",
    ] {
        let mut files = with_template();
        files.get_mut("own/report.typ").unwrap().extend(format!("\n{code}\n").bytes());
        let run = refused(&desk(&files), "S501", code);
        assert!(!messages(&run).contains("Typst"), "{code}: {}", run.err);
    }
}

#[test]
fn report_toml_names_nothing_outside() {
    for (from, to) in [
        ("csv/pillars.csv", "../secret.csv"),
        ("csv/pillars.csv", "/etc/passwd"),
        ("csv/pillars.csv", "csv/../../secret.csv"),
        (FIRST, "../secret.typ"),
        (FIRST, "/etc/passwd"),
    ] {
        let mut files = sample();
        common::replace(&mut files, "report.toml", &format!("\"{from}\""), &format!("\"{to}\""));
        refused(&desk(&files), "S103", to);
    }
    for template in ["../outside", "/etc", "own/../../outside", "."] {
        let mut files = sample();
        common::replace(&mut files, "report.toml", "\"council\"", &format!("\"{template}\""));
        refused(&desk(&files), "S206", template);
    }
}

#[test]
fn a_link_out_of_the_report_is_not_followed() {
    for (name, secret) in [("csv/pillars.csv", "secret.csv"), (FIRST, "secret.typ")] {
        let mut files = sample();
        files.remove(name);
        let desk = desk(&files);
        symlink(desk.at(secret), desk.at("r").join(name)).unwrap();
        let run = refused(&desk, "S103", name);
        assert!(run.err.contains("外"), "{}", run.err);
    }
}

#[test]
fn a_linked_folder_out_of_the_report_is_not_followed() {
    let mut files = sample();
    let csv: Vec<String> = files.keys().filter(|name| name.starts_with("csv/")).cloned().collect();
    let away: Vec<_> = csv.iter().map(|name| (name, files.remove(name).unwrap())).collect();
    let desk = desk(&files);
    for (name, bytes) in away {
        desk.put(&format!("outside/{name}"), bytes);
    }
    symlink("../outside/csv", desk.at("r/csv")).unwrap();
    refused(&desk, "S103", "csv");
}

#[test]
fn a_template_with_a_link_outside_is_refused() {
    let links = [
        ("own/more.typ", "../../secret.typ", "more.typ"),
        ("own/more.json", "../../secret.json", "more.json"),
        ("own/blocks/more", "../../../outside", "blocks/more"),
    ];
    for (link, target, named) in links {
        let desk = desk(&with_template());
        symlink(target, desk.at("r").join(link)).unwrap();
        let run = refused(&desk, "S206", link);
        let words = format!("{named}（報告書フォルダーの外を指すリンクです）");
        assert!(run.err.contains(&words), "{}", run.err);
    }
}

#[test]
fn a_template_that_is_itself_a_link_outside_is_refused() {
    let mut files = with_template();
    let own: Vec<String> = files.keys().filter(|name| name.starts_with("own/")).cloned().collect();
    let away: Vec<_> = own.iter().map(|name| (name, files.remove(name).unwrap())).collect();
    let desk = desk(&files);
    for (name, bytes) in away {
        desk.put(&format!("outside/{name}"), bytes);
    }
    symlink("../outside/own", desk.at("r/own")).unwrap();
    refused(&desk, "S206", "own");
}

#[test]
fn links_that_stay_inside_work() {
    let mut files = with_template();
    let pillars = files.remove("csv/pillars.csv").unwrap();
    files.insert("shared/pillars.csv".into(), pillars);
    let theme = files.remove("own/theme.typ").unwrap();
    files.insert("shared/theme.typ".into(), theme);
    let desk = desk(&files);
    symlink("../shared/pillars.csv", desk.at("r/csv/pillars.csv")).unwrap();
    symlink("../shared/theme.typ", desk.at("r/own/theme.typ")).unwrap();
    let run = desk.run(&["build", "r"]);
    assert_eq!(run.code, 0, "{}", run.whole());
}

#[test]
fn folders_that_link_to_themselves_end() {
    let desk = desk(&with_template());
    symlink(".", desk.at("r/own/again")).unwrap();
    let run = refused(&desk, "S206", "again");
    assert!(run.err.contains("入れ子が深すぎます"), "{}", run.err);
}

#[test]
fn pipes_are_no_files() {
    for (name, code) in [("csv/pillars.csv", "S103"), ("own/theme.typ", "S206")] {
        let mut files = with_template();
        files.remove(name);
        let desk = desk(&files);
        let made = std::process::Command::new("mkfifo").arg(desk.at("r").join(name)).status();
        assert!(made.unwrap().success());
        let run = refused(&desk, code, name);
        assert!(run.err.contains("普通のファイルではありません"), "{}", run.err);
    }
}

#[test]
fn what_is_written_with_emit_typst_stays_in_its_folder() {
    let desk = desk(&with_template());
    let run = desk.run(&["build", "r", "--emit-typst", "out"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    let names = desk.names(".");
    assert_eq!(
        names,
        [
            "out",
            "outside",
            "r",
            "secret.csv",
            "secret.json",
            "secret.svg",
            "secret.txt",
            "secret.typ"
        ]
    );
}
