//! What is fed with inputs, and the good inputs from which they are made.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use soukatsu::app::diff::Side;
use soukatsu::app::editions::{VerifyRequest, verify};
use soukatsu::app::{BuildOptions, Output, Silent, Workshop};
use soukatsu::export::{Pages, attached_files, described, is_damaged, unexpected};
use soukatsu::record::BuildRecord;
use soukatsu::world::{Fonts, library_names};
use soukatsu_core::bind::bind;
use soukatsu_core::check::check;
use soukatsu_core::load::Folder;
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::Problem;
use soukatsu_core::validate::read_report;

/// A kind of input.
pub struct Target {
    pub name: &'static str,
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Words of the format.
    pub words: &'static [&'static str],
    /// What goes wrong with an input beside a panic.
    pub run: fn(&[u8]) -> Result<(), String>,
    /// So many inputs are tried when nothing else is asked for: a second or two.
    pub usual: u64,
}

type Files = BTreeMap<String, Vec<u8>>;

fn files(name: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    let mut found = Files::new();
    let mut open = vec![root.clone()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

fn sample() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| files("mihon-r8"))
}

fn all_with_ending(samples: &[&str], ending: &str) -> Vec<Vec<u8>> {
    let files = samples.iter().flat_map(|name| files(name));
    files.filter(|(name, _)| name.ends_with(ending)).map(|(_, bytes)| bytes).collect()
}

/// Reads, binds and checks the small report with another file in it.
fn checked(name: &str, input: &[u8]) -> Result<(), String> {
    let mut files = sample().clone();
    files.insert(name.to_owned(), input.to_vec());
    let (report, mut problems) = read_report(&Folder::Memory(files));
    if let Some(report) = &report {
        let (bindings, found) = bind(report);
        problems.extend(found);
        problems.extend(check(report, &bindings, library_names()));
    } else if !problems.iter().any(Problem::is_error) {
        return Err("neither a report nor an error".to_owned());
    }
    told_in_japanese(&problems)
}

/// Every problem is a Japanese sentence.
fn told_in_japanese(problems: &[Problem]) -> Result<(), String> {
    let is_japanese = |c: char| ('ぁ'..='ヿ').contains(&c);
    match problems.iter().find(|problem| !problem.message.chars().any(is_japanese)) {
        Some(problem) => Err(format!("a message without Japanese: {}", problem.message)),
        None => Ok(()),
    }
}

pub const REPORT_TOML: Target = Target {
    name: "report-toml",
    seeds: || all_with_ending(&["mihon-r8", "arao-r7", "gallery", "kessan-r7"], "report.toml"),
    words: &[
        "[[page]]\n",
        "[[figure]]\n",
        "[report]\n",
        "[data.indicators]\n",
        "csv = ",
        "kind = ",
        "\"percent-bars\"",
        "\"ring\"",
        "\"lines\"",
        "\"cover\"",
        "number = \"1\"",
        "pages = ",
        "[[figure.annotations]]\n",
        "[[table]]\n",
        "{ compute = \"増減\", of = \"R7\", from = \"R6\" }",
        "header-rows = 2",
        "merge = [",
        "group = ",
        "'''",
        "\"\"\"",
        "2026-07-16",
        "= {",
        "= [",
        "\\u0000",
        "unit = \"円\"",
        "source = ",
        "csv/fig-04.csv",
        "prose/01-sokatsu.typ",
        "../",
        "NUL",
    ],
    run: |input| checked("report.toml", input),
    usual: 1500,
};

pub const CSV: Target = Target {
    name: "csv",
    seeds: || all_with_ending(&["mihon-r8", "arao-r7", "gallery", "kessan-r7"], ".csv"),
    words: &[
        ",",
        "\n",
        "\r\n",
        "\"\"",
        "\t",
        ";",
        "計",
        "総　数",
        "※",
        "注）",
        "（単位：人）",
        "△",
        "▲1,234",
        "－",
        "…",
        "x",
        "37億6千万円",
        "76.3%",
        "R7",
        "令和元年度（2019年度）",
        "H31.4.1",
        "0",
        "12.345",
        "(5)",
        "1e9",
        "十二",
        "٣",
        "１２",
        "年度",
    ],
    run: |input| {
        // As a figure, as the indicators, as the initiatives.
        let place = ["csv/fig-04.csv", "csv/indicators.csv", "csv/initiatives.csv"];
        checked(place[input.len() % 3], input)
    },
    usual: 2000,
};

pub const PROSE: Target = Target {
    name: "prose",
    seeds: || all_with_ending(&["mihon-r8", "arao-r7", "kessan-r7"], ".typ"),
    words: &[
        "#主張(",
        "#値(\"図4\", \"家族や知人の勧め\")",
        "#割合(",
        "#差(",
        "#図(\"図4\")",
        "【図4】",
        "#指標表(",
        "達成(",
        "全て(",
        "かつ(",
        "\"R7\"",
        "76.3%",
        "3.8ポイント増",
        "約8割",
        "#{",
        "#let x = ",
        "$",
        "```",
        "/*",
        "*/",
        "//",
        "= ",
        "== ",
        "#import \"",
        "\\u{",
        "#for i in range(9) {",
        "#(",
        "<a>",
        "@a",
    ],
    run: |input| checked("prose/01-sokatsu.typ", input),
    usual: 1500,
};

/// A workbook apart: its parts one after the other, each with its name.
const PART: &[u8] = b"\n==PART== ";

fn workbook_seed() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let percent = rust_xlsxwriter::Format::new().set_num_format("0.0%");
    for (row, (name, value)) in [("北", 0.384), ("南", 0.2), ("東", 12.0)].iter().enumerate() {
        sheet.write(row as u32 + 1, 0, *name).unwrap();
        sheet.write_with_format(row as u32 + 1, 1, *value, &percent).unwrap();
    }
    sheet.write(0, 0, "きっかけ").unwrap();
    sheet.write(0, 1, "回答割合").unwrap();
    sheet.merge_range(5, 0, 5, 1, "注）速報", &percent).unwrap();
    sheet.set_row_hidden(2).unwrap();
    apart(&book.save_to_buffer().unwrap())
}

fn apart(book: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        parts.extend(PART);
        parts.extend(part.name().unwrap().as_bytes());
        parts.push(b'\n');
        part.read_to_end(&mut parts).unwrap();
    }
    parts
}

/// A workbook of parts.
fn together(parts: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let starts: Vec<usize> = (0..parts.len()).filter(|at| parts[*at..].starts_with(PART)).collect();
    for (index, start) in starts.iter().enumerate() {
        let part =
            &parts[start + PART.len()..starts.get(index + 1).map_or(parts.len(), |end| *end)];
        let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let name = String::from_utf8_lossy(&part[..end]).into_owned();
        if writer.start_file(name, options).is_ok() {
            writer.write_all(&part[(end + 1).min(part.len())..]).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

pub const WORKBOOK: Target = Target {
    name: "workbook",
    seeds: || vec![workbook_seed()],
    words: &[
        "<c r=\"A1\" t=\"s\"><v>",
        "<c r=\"XFD1048576\"><v>1</v></c>",
        "t=\"e\"",
        "t=\"b\"",
        "t=\"inlineStr\"",
        "<row r=\"",
        "<f>1/0</f>",
        "<v>#DIV/0!</v>",
        "<mergeCell ref=\"A1:XFD1048576\"/>",
        "numFmtId=\"",
        "formatCode=\"#,##0,",
        "s=\"999999999\"",
        "<si><t>",
        "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        "&a;",
        "hidden=\"1\"",
        "date1904=\"1\"",
        "\n==PART== xl/workbook.xml\n",
        "-1",
        "<rPh>",
        "<strike/>",
    ],
    run: |input| {
        // The packed file itself is changed, too.
        let book = if input.starts_with(PART) { together(input) } else { input.to_vec() };
        let mut files = sample().clone();
        files.insert("csv/x.xlsx".to_owned(), book);
        let report = String::from_utf8(files["report.toml"].clone()).unwrap();
        let report = report.replacen("csv/fig-04.csv", "csv/x.xlsx", 1);
        files.insert("report.toml".to_owned(), report.into_bytes());
        let (_, problems) = read_report(&Folder::Memory(files));
        told_in_japanese(&problems)
    },
    usual: 1000,
};

fn official() -> &'static Vec<u8> {
    static PDF: OnceLock<Vec<u8>> = OnceLock::new();
    PDF.get_or_init(|| {
        let workshop = Workshop::new(Fonts::embedded());
        let build = workshop.build(&Folder::Memory(sample().clone()), &BuildOptions::default());
        build.export(&Output { official: true, ..Output::default() }).unwrap().unwrap()
    })
}

pub const RECORD: Target = Target {
    name: "record",
    seeds: || {
        let record = attached_files(official()).unwrap()["soukatsu-manifest.json"].clone();
        vec![record.unwrap()]
    },
    words: &[
        "\"format\"",
        "\"engine\"",
        "\"files\"",
        "\"path\"",
        "\"../x\"",
        "\"size\"",
        "-1",
        "1e400",
        "null",
        "[]",
        "{}",
        "\"options\"",
        "\"profile\"",
        "\"marks\"",
        "true",
        "\"sha256\"",
        "\"template\"",
        "\"fonts\"",
    ],
    run: |input| {
        if let Ok(record) = serde_json::from_slice::<BuildRecord>(input) {
            _ = BuildOptions::again(&record);
            _ = BuildOptions::like(&record, &record);
            let json: BuildRecord =
                serde_json::from_str(&record.json()).map_err(|e| e.to_string())?;
            if json != record {
                return Err("a record does not come back from its JSON".to_owned());
            }
        }
        Ok(())
    },
    usual: 20_000,
};

/// A small PDF with all kinds of objects, none of them packed.
fn small_pdf() -> Vec<u8> {
    use lopdf::{Document, Object, Stream, dictionary, text_string};
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let content = document.add_object(Stream::new(
        dictionary! {},
        b"q 1 0 0 rg 1 1 5 5 re f /F1 9 Tf BT (a) Tj ET /I1 Do Q".to_vec(),
    ));
    let picture = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 2, "Height" => 2,
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
    };
    let picture = document.add_object(Stream::new(picture, vec![9; 12]));
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let resources = dictionary! {
        "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "I1" => picture },
    };
    let link = dictionary! {
        "Subtype" => "Link", "Rect" => vec![0.into(), 0.into(), 5.into(), 5.into()],
        "A" => dictionary! { "S" => "URI", "URI" => text_string("x") },
    };
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 20.into(), 20.into()], "Annots" => vec![link.into()],
    });
    let kids = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] };
    document.set_object(pages, kids);
    let file =
        document.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"x".to_vec()));
    let specification = document.add_object(dictionary! {
        "Type" => "Filespec", "UF" => text_string("a"), "EF" => dictionary! { "F" => file },
    });
    let names = dictionary! { "Names" => vec![text_string("a"), Object::Reference(specification)] };
    let root = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages, "Names" => dictionary! { "EmbeddedFiles" => names },
        "PageLabels" => dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => "r" }.into()] },
    });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

pub const PDF: Target = Target {
    name: "pdf",
    seeds: || vec![small_pdf()],
    words: &[
        "<<",
        ">>",
        "[",
        "]",
        "endobj",
        "stream\n",
        "endstream",
        "1 0 R",
        "999999999 0 R",
        "/Filter /FlateDecode",
        "/Filter [/FlateDecode /FlateDecode]",
        "/Length ",
        "/Width 65536",
        "/Height 999999999",
        "/Type /ObjStm",
        "/Type /XRef",
        "/Encrypt",
        "trailer",
        "startxref\n0",
        "xref",
        "/Kids [1 0 R]",
        "/Count -1",
        "(((((",
        "<ff",
        "/MediaBox [0 0 1e9 1e9]",
        "/UserUnit 1000",
        "BT ",
        " Do",
        " cm",
        "%PDF-2.0",
        "/N 99999999",
        "/SMask 1 0 R",
        "/DecodeParms << /Predictor 12 /Columns 999999999 >>",
    ],
    run: |input| {
        _ = attached_files(input);
        _ = described(input);
        _ = unexpected(input, input);
        if let Ok(pages) = Pages::of_pdf(input.to_vec(), "") {
            let count = pages.count();
            _ = pages.labels();
            _ = is_damaged(input, count);
            let chosen: Vec<usize> = (0..count.min(2)).collect();
            // A page may be as large as a wall; its picture here is not.
            let scale = |page: usize| 30.0 / pages.size(page).into_iter().fold(1.0, f64::max);
            _ = pages.each(&chosen, scale, |_, _| Ok(()));
        }
        Ok(())
    },
    usual: 1500,
};

/// The files of a store that are read by hand, one after the other, with the small files of an
/// edition that has no fonts.
fn store_seed() -> Vec<u8> {
    let list = format!("{}  data/report/report.toml\n", sha256(b"x"));
    let info = "Source-Organization: 見本市\nBagging-Date: 2026-07-10\nSoukatsu-Edition-Number: 0001\n\
        Soukatsu-Reason: 提出\nSoukatsu-Approved-By: 市長\nPayload-Oxum: 1.1\n";
    let declared = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    let tags = [("bagit.txt", declared), ("bag-info.txt", info), ("manifest-sha256.txt", &list)];
    let tags: String =
        tags.iter().map(|(name, text)| format!("{}  {name}\n", sha256(text.as_bytes()))).collect();
    let chain = format!("0001  {}\n", sha256(tags.as_bytes()));
    let signers = "企画課 namespaces=\"soukatsu\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5Zl0g7\n";
    let mut seed = Vec::new();
    for (name, text) in [
        ("chain.txt", chain.as_str()),
        ("signers", signers),
        (".adding", chain.as_str()),
        ("editions/0001/bagit.txt", declared),
        ("editions/0001/bag-info.txt", info),
        ("editions/0001/manifest-sha256.txt", &list),
        ("editions/0001/tagmanifest-sha256.txt", &tags),
        ("editions/0001/data/report/report.toml", "x"),
        (
            "editions/0001/signatures/a.sig",
            "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n",
        ),
    ] {
        seed.extend([PART, name.as_bytes(), b"\n", text.as_bytes()].concat());
    }
    seed
}

/// Puts the parts of an input into a folder; names that lead out of it are left out.
fn put(root: &Path, parts: &[u8]) {
    let starts: Vec<usize> = (0..parts.len()).filter(|at| parts[*at..].starts_with(PART)).collect();
    for (index, start) in starts.iter().enumerate() {
        let part =
            &parts[start + PART.len()..starts.get(index + 1).map_or(parts.len(), |end| *end)];
        let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let Ok(name) = std::str::from_utf8(&part[..end]) else { continue };
        if !soukatsu_core::load::stays_inside(name) || name.contains('\0') {
            continue;
        }
        let path = root.join(name);
        if let Some(folder) = path.parent() {
            _ = fs::create_dir_all(folder);
        }
        _ = fs::write(path, &part[(end + 1).min(part.len())..]);
    }
}

pub const STORE: Target = Target {
    name: "store",
    seeds: || vec![store_seed()],
    words: &[
        "editions/0002",
        "0001  ",
        "data/../../x",
        "Payload-Oxum: ",
        "Bagging-Date: 9999-12-31",
        "%0A",
        "  ",
        "Soukatsu-Predecessor-SHA256: ",
        "namespaces=\"",
        "valid-after=\"20260101\"",
        "cert-authority",
        "-----BEGIN SSH SIGNATURE-----",
        "ssh-ed25519 ",
        "\n==PART== editions/0002/bagit.txt\n",
        "18446744073709551616",
        "\n==PART== editions/0001/data/a\n",
    ],
    run: |input| {
        // In memory where the system has such a disk.
        let shared = PathBuf::from("/dev/shm");
        let dir = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
        let dir = dir.map_err(|error| error.to_string())?;
        let root = dir.path().join("s");
        put(&root, input);
        let request = VerifyRequest { store: root.clone(), ..VerifyRequest::default() };
        if let Ok(findings) = verify(&request, &Silent) {
            told_in_japanese(&findings.store)?;
            for edition in &findings.editions {
                told_in_japanese(&edition.problems)?;
            }
        }
        _ = Side::open(&root.join("editions/0001"));
        Ok(())
    },
    usual: 500,
};
