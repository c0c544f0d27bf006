//! PDFs that were made to do harm, as editions of `diff`: refused in a moment, with a reason, and
//! with little memory.

use std::time::{Duration, Instant};

use crate::common;
use crate::desk::{Desk, Run};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Document, Object, Stream, dictionary, text_string};

/// A PDF with a tree of attachments.
fn pdf(build: impl FnOnce(&mut Document) -> Object) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages =
        document.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![], "Count" => 0 });
    let tree = build(&mut document);
    let root = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages, "Names" => dictionary! { "EmbeddedFiles" => tree },
    });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn attached(files: Vec<(String, Stream)>) -> Vec<u8> {
    pdf(|document| {
        let mut names = Vec::new();
        for (name, stream) in files {
            let file = document.add_object(stream);
            names.push(text_string(&name));
            names.push(
                dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => file } }.into(),
            );
        }
        dictionary! { "Names" => names }.into()
    })
}

fn plain(bytes: &[u8]) -> Stream {
    Stream::new(dictionary! {}, bytes.to_vec())
}

/// A stream that unpacks to so many MiB of zeros, packed so many times.
fn bomb(mib: usize, layers: usize) -> Stream {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![0; 1 << 20];
    for _ in 0..mib {
        std::io::Write::write_all(&mut packed, &zeros).unwrap();
    }
    let mut bytes = packed.finish().unwrap();
    for _ in 1..layers {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        std::io::Write::write_all(&mut packed, &bytes).unwrap();
        bytes = packed.finish().unwrap();
    }
    let filters: Vec<Object> = vec!["FlateDecode".into(); layers];
    Stream::new(dictionary! { "Filter" => filters }, bytes)
}

/// Compares a PDF with the sample report; that must end soon, and with a refusal.
fn compared(pdf: &[u8], what: &str) -> Run {
    let desk = Desk::with(&common::files("mihon-r8"));
    desk.put("x.pdf", pdf);
    let begun = Instant::now();
    let run = desk.run(&["diff", "x.pdf", "r"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{what}: {:?}", begun.elapsed());
    assert_eq!(run.code, 1, "{what}: {}", run.whole());
    assert_eq!(desk.names("."), ["r", "x.pdf"], "{what}");
    assert!(run.err.contains("x.pdf"), "{what}: {}", run.err);
    run
}

/// The message when the PDF must not be opened at all.
const TOO_HEAVY: &str = "開くとメモリーを使い切るように作られたPDFです";

#[test]
fn huge_attachments_are_not_unpacked() {
    let small = bomb(100, 1);
    for (what, files) in [
        ("1 GiB of zeros", vec![("report.toml".to_owned(), bomb(1024, 1))]),
        ("packed three times", vec![("report.toml".to_owned(), bomb(1024, 3))]),
        ("many", (0..20).map(|n| (format!("f{n}"), small.clone())).collect()),
    ] {
        compared(&attached(files), what);
    }
}

#[test]
fn a_chain_of_filters_ends() {
    let filters: Vec<Object> = vec!["ASCIIHexDecode".into(); 1000];
    let stream = Stream::new(dictionary! { "Filter" => filters }, b"41".repeat(1000));
    compared(&attached(vec![("report.toml".to_owned(), stream)]), "chain");
}

#[test]
fn ten_thousand_attachments_are_looked_through_and_more_are_refused() {
    let files = |count: usize| {
        (0..count).map(|number| (format!("csv/{number:05}.csv"), plain(b"x"))).collect()
    };
    let run = compared(&attached(files(10_000)), "10,000");
    assert!(!run.err.contains(TOO_HEAVY), "{}", run.err);
    let run = compared(&attached(files(20_000)), "20,000");
    assert!(run.err.contains(TOO_HEAVY), "{}", run.err);
}

#[test]
fn a_tree_of_names_that_leads_back_to_itself_ends() {
    let looped = pdf(|document| {
        let node = document.new_object_id();
        let kids: Vec<Object> = vec![node.into(), node.into()];
        document.objects.insert(node, dictionary! { "Kids" => kids }.into());
        node.into()
    });
    compared(&looped, "loop");
}

#[test]
fn a_tree_with_more_ways_than_nodes_ends() {
    let tree = pdf(|document| {
        let mut node = document.add_object(dictionary! { "Names" => vec![] });
        for _ in 0..28 {
            let kids: Vec<Object> = vec![node.into(), node.into()];
            node = document.add_object(dictionary! { "Kids" => kids });
        }
        node.into()
    });
    let run = compared(&tree, "ways");
    assert!(run.err.contains(TOO_HEAVY), "{}", run.err);
}

#[test]
fn a_deep_tree_of_names_ends() {
    let deep = pdf(|document| {
        let mut node = document.add_object(dictionary! { "Names" => vec![] });
        for _ in 0..100_000 {
            node = document.add_object(dictionary! { "Kids" => vec![node.into()] });
        }
        node.into()
    });
    compared(&deep, "deep tree");
}

#[test]
fn deeply_nested_arrays_do_not_fill_the_stack() {
    let mut bytes = attached(vec![("report.toml".to_owned(), plain(b"x"))]);
    let nested = format!("\n900 0 obj\n{}{}\nendobj\n", "[".repeat(200_000), "]".repeat(200_000));
    bytes.splice(9..9, nested.into_bytes());
    compared(&bytes, "nested");
    let desk = Desk::new();
    desk.put("x.pdf", &bytes);
    assert_eq!(desk.run(&["render", "x.pdf"]).code, 1);
}

#[test]
fn a_list_of_countless_objects_is_not_read() {
    let fields: Vec<Object> = vec![1.into(), 1.into(), 1.into()];
    let mut list = bomb(200, 1);
    list.dict.extend(&dictionary! { "W" => fields, "Size" => 99 });
    let listed = pdf(|document| {
        document.add_object(list);
        dictionary! { "Names" => vec![] }.into()
    });
    let run = compared(&listed, "list");
    assert!(run.err.contains(TOO_HEAVY), "{}", run.err);
    let desk = Desk::new();
    desk.put("x.pdf", &listed);
    let run = desk.run(&["render", "x.pdf"]);
    assert!(run.code == 1 && run.err.contains("PDFとして読めません"), "{}", run.whole());
}

#[test]
fn an_object_stream_that_would_fill_the_memory_is_not_opened() {
    let mut body = b"900 0 901 1 902 2 903 3 904 4 905 5 906 6 907 7 ".to_vec();
    let first = body.len() as i64;
    body.extend(b"[".repeat(8));
    body.extend(b"0 ".repeat(3_000_000));
    body.extend(b"]".repeat(8));
    let mut bytes = pdf(|document| {
        let mut stream =
            Stream::new(dictionary! { "Type" => "ObjStr", "N" => 8, "First" => first }, body);
        stream.compress().unwrap();
        document.add_object(stream);
        dictionary! { "Names" => vec![] }.into()
    });
    // lopdf would leave it out.
    let mark = bytes.windows(7).position(|name| name == b"/ObjStr").unwrap();
    bytes[mark + 6] = b'm';
    assert!(bytes.len() < 20_000, "{} bytes are enough", bytes.len());
    let run = compared(&bytes, "object stream");
    assert!(run.err.contains(TOO_HEAVY), "{}", run.err);
}

#[test]
fn a_name_that_stands_twice_is_no_list_of_files() {
    let twice = ["first", "second"].map(|text| ("report.toml".to_owned(), plain(text.as_bytes())));
    let run = compared(&attached(twice.to_vec()), "twice");
    assert!(!run.whole().contains("S101") && run.out.is_empty(), "{}", run.whole());
}

/// An official PDF of the sample with one more attachment of this name.
fn official_with(official: &[u8], name: &str) -> Vec<u8> {
    let mut opened = crate::attached::Opened::new(official);
    opened.add(name, b"x");
    opened.pdf()
}

#[test]
fn every_name_that_leads_out_or_stands_for_another_is_told() {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(desk.run(&["build", "r", "--official", "-o", "o.pdf"]).code, 0);
    let official = std::fs::read(desk.at("o.pdf")).unwrap();
    for (name, words) in [
        ("../x", "外を指す名前"),
        ("/etc/x", "外を指す名前"),
        ("C:\\x", "外を指す名前"),
        ("a/../../b", "外を指す名前"),
        ("a\\b", "区切りに \\ を使った名前"),
        ("図\0b", "名前にできない文字"),
        ("", "名前にできない文字があるか、空です"),
        ("csv/", "余分な . や /"),
        ("Report.TOML", "大文字と小文字"),
        ("csv", "フォルダーと同じ名前"),
        ("report.toml/x", "フォルダーと同じ名前"),
    ] {
        desk.put("x.pdf", official_with(&official, name));
        let run = desk.run(&["diff", "x.pdf", "r"]);
        assert!(run.err.contains(words), "{name:?}: {}", run.whole());
        assert_eq!(desk.names("."), ["o.pdf", "r", "x.pdf"], "{name:?}");
    }
}
