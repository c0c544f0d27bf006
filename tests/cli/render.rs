//! `soukatsu render` as its users see it: pictures, names, words, exit codes.

use std::io::Cursor;
use std::path::Path;

use crate::common;
use crate::desk::{Desk, Run};
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A desk with the tutorial report `r`.
fn desk_with_report() -> Desk {
    Desk::with(&common::files("mihon-r8"))
}

fn render(desk: &Desk, args: &[&str]) -> Run {
    desk.run(&[&["render"], args].concat())
}

struct Picture {
    color: png::ColorType,
    size: (u32, u32),
    pixels: Vec<u8>,
}

impl Picture {
    /// The parts of one pixel.
    fn at(&self, x: u32, y: u32) -> &[u8] {
        let parts = self.color.samples();
        let start = (y * self.size.0 + x) as usize * parts;
        &self.pixels[start..start + parts]
    }
}

fn picture(path: &Path) -> Picture {
    let file = Cursor::new(std::fs::read(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    Picture { color: info.color_type, size: (info.width, info.height), pixels }
}

/// A PDF of pages that are red in their upper left quarter: width, height, turn in degrees.
fn pdf(pages: &[(i64, i64, i64)]) -> Document {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let page = |document: &mut Document, (width, height, turn): (i64, i64, i64)| {
        let drawn = format!("1 0 0 rg 0 {} {} {} re f", height / 2, width / 2, height - height / 2);
        let content = document.add_object(Stream::new(Dictionary::new(), drawn.into_bytes()));
        document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Rotate" => turn,
            "Contents" => content,
        })
    };
    let kids: Vec<Object> = pages.iter().map(|it| page(&mut document, *it).into()).collect();
    let tree_dictionary =
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => pages.len() as i64 };
    document.objects.insert(tree, tree_dictionary.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A desk with `a.pdf` of so many small pages.
fn desk_with_pages(count: usize) -> Desk {
    let desk = Desk::new();
    desk.put("a.pdf", bytes(pdf(&vec![(72, 144, 0); count])));
    desk
}

#[test]
fn pages_of_every_size_and_turn_are_drawn_as_they_are_seen() {
    let desk = Desk::new();
    desk.put("a.pdf", bytes(pdf(&[(72, 144, 0), (72, 144, 90), (300, 100, 180)])));
    assert_eq!(render(&desk, &["a.pdf", "--dpi", "36"]).code, 0);
    let pages = ["01", "02", "03"].map(|n| picture(&desk.at(&format!("a-pages/page-{n}.png"))));
    assert_eq!(pages.each_ref().map(|page| page.size), [(36, 72), (72, 36), (150, 50)]);
    assert!(pages.iter().all(|page| page.color == png::ColorType::Rgb));
    assert_eq!((pages[0].at(5, 5), pages[0].at(30, 5)), (&[255, 0, 0][..], &[255; 3][..]));
    // Turned clockwise, the red quarter comes to stand at the right.
    assert_eq!((pages[1].at(66, 5), pages[1].at(5, 5)), (&[255, 0, 0][..], &[255; 3][..]));
    assert_eq!((pages[2].at(145, 45), pages[2].at(5, 5)), (&[255, 0, 0][..], &[255; 3][..]));
}

#[test]
fn grey_pages_have_one_channel_and_the_light_of_their_colours() {
    let desk = desk_with_pages(1);
    assert_eq!(render(&desk, &["a.pdf", "--dpi", "36", "--gray"]).code, 0);
    let page = picture(&desk.at("a-pages/page-01.png"));
    assert_eq!(page.color, png::ColorType::Grayscale);
    assert_eq!((page.at(5, 5), page.at(30, 70)), (&[127][..], &[255][..]));
}

#[test]
fn the_same_pages_are_the_same_bytes_and_named_in_their_order() {
    let desk = desk_with_report();
    let first = render(&desk, &["r", "--dpi", "40", "-o", "one"]);
    let names = desk.names("one");
    let told: Vec<String> = names.iter().map(|name| format!("one/{name}")).collect();
    assert_eq!(first.out.lines().collect::<Vec<_>>(), told);
    render(&desk, &["r", "--dpi", "40", "-o", "two"]);
    for name in names {
        let [one, two] =
            ["one", "two"].map(|dir| std::fs::read(desk.at(&format!("{dir}/{name}"))).unwrap());
        assert!(one == two, "{name}");
    }
}

#[test]
fn a_report_is_drawn_in_the_profile_that_is_asked_for() {
    let desk = desk_with_report();
    let coloured = |profile: &str| {
        let run = render(&desk, &["r", "--dpi", "60", "--profile", profile, "-o", profile]);
        assert_eq!(run.code, 0, "{}", run.err);
        let pages = desk.names(profile);
        pages.iter().any(|name| {
            let page = picture(&desk.at(&format!("{profile}/{name}")));
            page.pixels.chunks_exact(3).any(|p| p[0] != p[1] || p[1] != p[2])
        })
    };
    assert!(coloured("screen"));
    assert!(!coloured("mono"));
}

#[test]
fn chosen_pages_keep_the_names_they_have_among_all() {
    let desk = desk_with_pages(12);
    let run = render(&desk, &["a.pdf", "--dpi", "18", "--pages", "3-5,11-"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let names = ["03", "04", "05", "11", "12"].map(|number| format!("page-{number}.png"));
    assert_eq!(desk.names("a-pages"), names);
}

#[test]
fn odd_choices_of_pages_end_with_2_and_are_told() {
    let desk = desk_with_pages(3);
    for (pages, word) in [
        ("5-3", "範囲が逆"),
        ("0", "1から"),
        ("a", "3-5,8"),
        ("", "3-5,8"),
        ("4", "4ページ目はありません。全部で3ページ"),
        ("2-9", "9ページ目はありません"),
    ] {
        let run = render(&desk, &["a.pdf", "--pages", pages]);
        assert_eq!(run.code, 2, "{pages}: {}", run.err);
        assert!(run.err.contains(word), "{pages}: {}", run.err);
    }
    assert!(!desk.at("a-pages").exists());
}

#[test]
fn a_sheet_shows_every_page_and_its_number() {
    let desk = desk_with_pages(3);
    let run = render(&desk, &["a.pdf", "--sheet", "3", "--dpi", "144"]);
    assert_eq!(run.out, "a-pages/sheet-01.png\n");
    let sheet = picture(&desk.at("a-pages/sheet-01.png"));
    assert_eq!(sheet.size, (1191, 1684));
    let groups = |hit: &dyn Fn(u32) -> bool, apart: u32| {
        let hits: Vec<u32> = (0..1191).filter(|x| hit(*x)).collect();
        1 + hits.windows(2).filter(|pair| pair[1] - pair[0] > apart).count()
    };
    let red = |x| (0..1684).any(|y| sheet.at(x, y) == [255, 0, 0]);
    assert_eq!(groups(&red, 20), 3, "three red quarters side by side");
    // Below the pages, which end at 286 pt: (1/3), (2/3) and (3/3).
    let dark = |x| (576..604).any(|y| sheet.at(x, y)[0] < 100);
    assert_eq!(groups(&dark, 100), 3, "three numbers side by side");
}

#[test]
fn the_numbers_on_a_sheet_are_those_printed_on_the_pages() {
    let mut labelled = pdf(&[(72, 144, 0)]);
    let labels = vec![0.into(), dictionary! { "S" => "D", "St" => 8 }.into()];
    let tree = labelled.add_object(dictionary! { "Nums" => labels });
    labelled.catalog_mut().unwrap().set("PageLabels", tree);
    let desk = desk_with_pages(1);
    desk.put("b.pdf", bytes(labelled));
    for name in ["a", "b"] {
        let file = format!("{name}.pdf");
        assert_eq!(render(&desk, &[&file, "--sheet", "-o", name]).code, 0);
    }
    let [plain, labelled] = ["a", "b"].map(|dir| picture(&desk.at(&format!("{dir}/sheet-01.png"))));
    let ink = |sheet: &Picture| sheet.pixels.chunks_exact(3).filter(|p| p[0] < 100).count();
    assert!(ink(&labelled) > ink(&plain) + 50, "8ページ stands before (1/1)");
}

#[test]
fn many_pages_take_several_sheets() {
    let desk = Desk::new();
    desk.put("a.pdf", bytes(pdf(&[(595, 842, 0); 30])));
    let run = render(&desk, &["a.pdf", "--sheet", "--dpi", "18"]);
    assert_eq!(run.out, "a-pages/sheet-01.png\na-pages/sheet-02.png\n");
}

#[test]
fn pictures_of_a_longer_document_go_and_files_of_others_stay() {
    let desk = desk_with_pages(3);
    let others = ["page-1.png", "page-x.png", "page-04.png.txt", "photo.png", "page-05.pdf"];
    for name in others.into_iter().chain(["page-04.png", "page-12.png", "page-001.png"]) {
        desk.put(&format!("a-pages/{name}"), "old");
    }
    std::fs::create_dir(desk.at("a-pages/page-09.png")).unwrap();
    let run = render(&desk, &["a.pdf", "--dpi", "18"]);
    assert_eq!(run.code, 0);
    assert!(
        run.err.contains("3枚を消しました（page-001.png、page-04.png、page-12.png）"),
        "{}",
        run.err
    );
    let mut left: Vec<&str> = others.to_vec();
    left.extend(["page-01.png", "page-02.png", "page-03.png", "page-09.png"]);
    left.sort_unstable();
    assert_eq!(desk.names("a-pages"), left);
}

#[test]
fn a_folder_in_the_way_of_a_picture_stops_before_any_is_replaced() {
    let desk = desk_with_pages(2);
    desk.put("a-pages/page-01.png", "old");
    std::fs::create_dir(desk.at("a-pages/page-02.png")).unwrap();
    let run = render(&desk, &["a.pdf", "--dpi", "18"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("S802"), "{}", run.err);
    assert_eq!(std::fs::read(desk.at("a-pages/page-01.png")).unwrap(), b"old");
    assert_eq!(desk.names("a-pages"), ["page-01.png", "page-02.png"]);
}

#[test]
fn bad_pdfs_are_told_and_nothing_is_left_behind() {
    let desk = Desk::new();
    let whole = bytes(pdf(&[(72, 144, 0)]));
    desk.put("text.pdf", "これはPDFではない");
    desk.put("empty.pdf", "");
    desk.put("cut.pdf", &whole[..whole.len() / 4]);
    desk.put("none.pdf", bytes(pdf(&[])));
    for (name, word) in [
        ("text.pdf", "PDFとして読めません"),
        ("empty.pdf", "PDFとして読めません"),
        ("cut.pdf", "PDFとして読めません"),
        ("none.pdf", "1ページもない"),
    ] {
        let run = render(&desk, &[name]);
        assert_eq!(run.code, 1, "{name}: {}", run.err);
        assert!(run.err.contains(word) && !run.err.contains("panicked"), "{name}: {}", run.err);
    }
    assert_eq!(desk.names("."), ["cut.pdf", "empty.pdf", "none.pdf", "text.pdf"]);
}

#[test]
fn a_library_that_stops_at_a_picture_writes_nothing_of_its_own() {
    let desk = Desk::new();
    let mut document = pdf(&[(72, 144, 0)]);
    let picture = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 30_000, "Height" => 30_000,
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
    };
    let picture = document.add_object(Stream::new(picture, vec![0; 10]));
    let page = document.page_iter().next().unwrap();
    let drawn =
        document.add_object(Stream::new(Dictionary::new(), b"72 0 0 72 0 0 cm /I Do".to_vec()));
    let page = document.get_dictionary_mut(page).unwrap();
    page.set("Resources", dictionary! { "XObject" => dictionary! { "I" => picture } });
    page.set("Contents", drawn);
    desk.put("a.pdf", bytes(document));
    let run = render(&desk, &["a.pdf"]);
    for word in ["panicked", "thread", ".rs"] {
        assert!(!run.err.contains(word), "{}", run.err);
    }
}

#[test]
fn patterns_are_drawn_on_contact_sheets_of_any_size() {
    let desk = desk_with_report();
    for (columns, dpi) in [("5", "40"), ("12", "18")] {
        let run = render(&desk, &["r", "--gray", "--dpi", dpi, &format!("--sheet={columns}")]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{columns} columns");
    }
}

#[test]
fn an_encrypted_pdf_opens_with_its_password_only() {
    let desk = Desk::new();
    let mut locked = pdf(&[(72, 144, 0)]);
    let id = Object::string_literal("0123456789abcdef");
    locked.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &locked,
        owner_password: "owner",
        user_password: "himitsu",
        key_length: 128,
        permissions: Permissions::all(),
    };
    locked.encrypt(&EncryptionState::try_from(version).unwrap()).unwrap();
    desk.put("a.pdf", bytes(locked));
    let without = render(&desk, &["a.pdf"]);
    assert_eq!(without.code, 1);
    assert!(without.err.contains("--password"), "{}", without.err);
    let wrong = render(&desk, &["a.pdf", "--password", "x"]);
    assert!(wrong.err.contains("パスワードが違います"), "{}", wrong.err);
    assert_eq!(render(&desk, &["a.pdf", "--password", "himitsu", "--dpi", "36"]).code, 0);
    assert_eq!(picture(&desk.at("a-pages/page-01.png")).at(5, 5), [255, 0, 0]);
}

#[test]
fn a_page_that_would_fill_the_memory_is_refused_with_the_resolution_that_fits() {
    let desk = Desk::new();
    desk.put("a.pdf", bytes(pdf(&[(72, 72, 0), (14_400, 14_400, 0)])));
    let run = render(&desk, &["a.pdf", "--dpi", "300"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("2ページ目は60000×60000画素になり"), "{}", run.err);
    assert!(run.err.contains("--dpi を61以下に"), "{}", run.err);
    assert!(!desk.at("a-pages").exists());
    assert_eq!(render(&desk, &["a.pdf", "--dpi", "300", "--pages", "1"]).code, 0);
    assert_eq!(render(&desk, &["a.pdf", "--sheet"]).code, 0);
}

#[test]
fn the_highest_resolution_needs_no_more_memory_than_allowed() {
    let desk = Desk::with(&common::files("mihon-r8"));
    assert_eq!(desk.run(&["build", "r", "-o", "a.pdf"]).code, 0);
    for of in ["r", "a.pdf"] {
        let run = render(&desk, &[of, "--gray", "--dpi", "1200", "--pages", "1"]);
        assert_eq!(run.code, 0, "{of}: {}", run.whole());
    }
}

#[test]
fn a_profile_is_for_reports_only() {
    let run = render(&desk_with_pages(1), &["a.pdf", "--profile", "mono"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--profile は報告書"), "{}", run.err);
}
