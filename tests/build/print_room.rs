//! `build` for the print room as its users see it: refusals, names of files, sides of the paper.

use std::collections::BTreeMap;

use crate::desk::Desk;

/// Runs `build r` on a report and gives exit code, standard output and error.
fn build(files: &BTreeMap<String, Vec<u8>>, args: &[&str]) -> (i32, String, String, Desk) {
    let desk = Desk::with(files);
    let run = desk.run(&[&["build", "r"], args].concat());
    (run.code, run.out, run.err, desk)
}

/// A report of a cover, chapters of one page each, and what the test adds to its rows.
fn report(print: &str, rows: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut manifest = format!(
        "format = 1\n[report]\ntitle = \"まとめ\"\nauthor = \"市\"\ncouncil = \"会議\"\ndate = 2026-07-16\n{print}\n[[page]]\nkind = \"cover\"\n"
    );
    let mut files = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        manifest += "[[page]]\n";
        manifest += row;
        if !row.contains("kind") {
            manifest += &format!("\nprose = \"p{index}.typ\"");
            files.insert(format!("p{index}.typ"), "文章を書く。".as_bytes().to_vec());
        }
        manifest += "\n";
    }
    files.insert("report.toml".to_owned(), manifest.into_bytes());
    files
}

const BLANK: &str = "kind = \"blank\"";

#[test]
fn options_that_do_not_go_together_are_refused() {
    let files = report("", &["chapter = \"甲\""]);
    for (args, told) in [
        (&["--marks"][..], "--profile print"),
        (&["--impose", "booklet", "--official"], "正式版"),
        (&["--impose", "2up", "--marks", "--profile", "print"], "2up"),
        (&["--impose", "2up", "--paper-thickness", "0.1"], "--impose booklet"),
        (&["--impose", "booklet", "--paper-thickness", "9"], "ミリメートル"),
    ] {
        let (code, out, err, _) = build(&files, args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(err.contains(told), "{args:?}: {err}");
    }
}

#[test]
fn a_booklet_says_how_much_paper_it_takes_and_has_a_name_of_its_own() {
    let files = report("", &["chapter = \"甲\"", "chapter = \"乙\"", "chapter = \"丙\"", BLANK]);
    let (code, out, err, desk) = build(&files, &["--impose", "booklet"]);
    assert_eq!((code, out.as_str()), (0, "r-booklet.pdf\n"), "{err}");
    assert!(err.contains("5ページに白紙3ページを足して、A3 2枚（両面・短辺とじ）"), "{err}");
    assert!(desk.path().join("r-booklet.pdf").is_file());
}

/// The inks of a PDF, as its contents say them, and the size of its first page in whole points.
fn inks_and_size(pdf: &[u8]) -> (String, [i64; 4]) {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let contents: Vec<String> = streams
        .filter_map(|stream| stream.get_plain_content().ok())
        .map(|content| String::from_utf8_lossy(&content).into_owned())
        .collect();
    let page = document.page_iter().next().unwrap();
    let page = document.get_dictionary(page).unwrap();
    let edges = page.get(b"MediaBox").unwrap().as_array().unwrap();
    let edges: Vec<i64> =
        edges.iter().map(|edge| edge.as_float().unwrap().round() as i64).collect();
    (contents.concat(), edges.try_into().unwrap())
}

/// The blue of links on the screen, as numbers of a PDF.
const LINK: &str = "0.09019608 0.21176471 0.43529412 scn";
const A3: [i64; 4] = [0, 0, 1191, 842];

#[test]
fn sheets_of_several_pages_are_made_for_office_copiers_unless_something_else_is_asked_for() {
    let mut files = report("", &["chapter = \"甲\"", "title = \"乙\""]);
    let prose = "#link(\"https://example.jp\")[市のページ]を見る。";
    files.insert("p0.typ".to_owned(), prose.as_bytes().to_vec());
    let sheets = |args: &[&str]| {
        let (code, _, err, desk) =
            build(&files, &[&["--impose", "booklet", "-o", "o.pdf"], args].concat());
        assert_eq!(code, 0, "{err}");
        inks_and_size(&std::fs::read(desk.at("o.pdf")).unwrap())
    };
    let (usual, size) = sheets(&[]);
    assert!(!usual.contains(LINK) && size == A3, "{size:?}");
    assert_eq!(sheets(&["--profile", "office"]), (usual, A3));
    let (screen, size) = sheets(&["--profile", "screen"]);
    assert!(screen.contains(LINK) && size == A3, "{size:?}");
    // The press cuts: its sheets are larger.
    let (press, size) = sheets(&["--profile", "print"]);
    assert!(!press.contains(LINK) && size == [0, 0, 1208, 859], "{size:?}");
    // A single page stays for the screen.
    let (code, _, err, desk) = build(&files, &["-o", "o.pdf"]);
    assert_eq!(code, 0, "{err}");
    assert!(inks_and_size(&std::fs::read(desk.at("o.pdf")).unwrap()).0.contains(LINK));
}

#[test]
fn sheets_of_a_duplex_report_are_counted() {
    let print = "[print]\nduplex = true";
    let odd = build(&report(print, &["chapter = \"甲\"", "chapter = \"乙\""]), &[]).2;
    assert!(odd.contains("両面でA4 2枚。最後の裏は白紙です"), "{odd}");
    let even = build(&report(print, &["chapter = \"甲\""]), &[]).2;
    assert!(even.contains("両面でA4 1枚。最後の裏は最後のページです"), "{even}");
    let unasked = build(&report("", &["chapter = \"甲\""]), &[]).2;
    assert!(!unasked.contains("両面"), "{unasked}");
}

#[test]
fn every_row_on_the_wrong_side_is_told_and_its_hint_mends_it() {
    let print = "[print]\nchapters = \"right\"";
    let slip = "title = \"返信票\"\nback = \"blank\"";
    let right = "title = \"別紙\"\nside = \"right\"";
    let faulty = report(print, &["chapter = \"甲\"", slip, right, "title = \"結び\""]);
    let (code, _, err, _) = build(&faulty, &[]);
    assert_eq!(code, 1, "{err}");
    let told = ["第1章「甲」が左ページ", "「返信票」が左ページ", "「返信票」の裏に次のページ"];
    assert!(told.iter().all(|told| err.contains(told)), "{err}");
    assert_eq!((err.matches("[S602]").count(), err.matches("[S603]").count()), (2, 1), "{err}");
    let mended =
        report(print, &[BLANK, "chapter = \"甲\"", BLANK, slip, BLANK, right, "title = \"結び\""]);
    let (code, _, err, _) = build(&mended, &[]);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn what_a_print_room_cannot_ask_for_is_told_with_its_place() {
    let print = "[print]\nduplex = \"yes\"\nchapters = \"left\"\ncolour = true";
    let rows = [
        "chapter = \"甲\"\nside = \"left\"\nback = \"white\"",
        "kind = \"blank\"\ntitle = \"余白\"",
    ];
    let (code, _, err, _) = build(&report(print, &rows), &[]);
    assert_eq!(code, 1);
    for told in ["「duplex」", "「chapters」", "「colour」", "「side」", "「back」"] {
        assert!(err.contains(told), "{told}: {err}");
    }
    assert!(
        err.contains("kind = \"blank\" の [[page]] に「title」という項目はありません"),
        "{err}"
    );
}
