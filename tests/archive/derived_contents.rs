//! An edition rewritten so that every digest is right again: what follows from its report is worked
//! out anew and held against what is stated.
#![cfg(unix)]

use crate::attached::Opened;
use crate::sample_store::{Found, Kept, folder};
use lopdf::{Object, dictionary, text_string};
use serde_json::Value;
use soukatsu_core::model::digest::sha256;

const RECORD: &str = "soukatsu-manifest.json";

impl Opened {
    /// Puts another title into the information dictionary.
    pub fn title(&mut self, title: &str) {
        let info = self.document().trailer.get(b"Info").unwrap().as_reference().unwrap();
        self.document().get_dictionary_mut(info).unwrap().set("Title", text_string(title));
    }

    /// Changes the metadata in XML.
    pub fn xmp(&mut self, from: &str, to: &str) {
        let metadata =
            self.document().catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
        let stream = self.document().get_object_mut(metadata).unwrap().as_stream_mut().unwrap();
        let text = String::from_utf8(stream.get_plain_content().unwrap()).unwrap();
        assert!(text.contains(from), "the XMP holds no {from}");
        stream.set_plain_content(text.replacen(from, to, 1).into_bytes());
    }

    /// Gives the first bookmark another title.
    pub fn bookmark(&mut self, title: &str) {
        let document = self.document();
        let outlines = document.catalog().unwrap().get_deref(b"Outlines", document).unwrap();
        let first = outlines.as_dict().unwrap().get(b"First").unwrap().as_reference().unwrap();
        document.get_dictionary_mut(first).unwrap().set("Title", text_string(title));
    }
}

fn at(name: &str) -> String {
    format!("{}/{name}", folder(4))
}

/// What building the last edition again finds after a change that every list was made to agree
/// with.
fn found_after(change: impl FnOnce(&Kept)) -> Vec<Found> {
    let kept = Kept::new();
    sealed(&kept, change);
    kept.found(&["4"])
}

fn sealed(kept: &Kept, change: impl FnOnce(&Kept)) {
    change(kept);
    kept.reseal(4);
    kept.rewitness();
}

/// That a fault is found at a place in the edition, and at no other.
fn assert_found(found: &[Found], name: &str, what: &str) {
    let place = at(name);
    assert!(!found.is_empty(), "{what} is not found");
    let other = found.iter().find(|(code, found, _)| code != "S813" || *found != place);
    assert_eq!(other, None, "{what}");
}

#[test]
fn every_line_of_bag_info_that_follows_from_the_report_is_held_against_it() {
    let labels = [
        "Source-Organization",
        "External-Description",
        "Bag-Software-Agent",
        "Soukatsu-Council",
        "Soukatsu-Report-Date",
        "Soukatsu-Content-SHA256",
    ];
    for label in labels {
        let found = found_after(|kept| {
            kept.change(&at("bag-info.txt"), |text| {
                let is_it = |line: &&str| line.starts_with(&format!("{label}: "));
                assert_eq!(text.lines().filter(is_it).count(), 1, "{label}");
                let other = format!("{label}: 別の値");
                let lines = text.lines().map(|line| if is_it(&line) { &other } else { line });
                lines.map(|line| format!("{line}\n")).collect()
            });
        });
        assert_found(&found, "bag-info.txt", label);
    }
}

#[test]
fn lines_of_bag_info_that_are_missing_double_moved_or_more_are_found() {
    let without = |text: String, label: &str| -> String {
        let lines = text.lines().filter(|line| !line.starts_with(label));
        lines.map(|line| format!("{line}\n")).collect()
    };
    type Change = fn(String, &dyn Fn(String, &str) -> String) -> String;
    let cases: [(&str, Change); 8] = [
        ("no reason", |text, without| without(text, "Soukatsu-Reason")),
        ("nobody approved", |text, without| without(text, "Soukatsu-Approved-By")),
        ("no council", |text, without| without(text, "Soukatsu-Council")),
        ("a day that is none", |text, without| {
            without(text, "Bagging-Date") + "Bagging-Date: 7月14日\n"
        }),
        ("two reasons", |text, _| text + "Soukatsu-Reason: 訂正でないもの\n"),
        ("a line that nobody wrote", |text, _| text + "External-Identifier: 1\n"),
        ("lines in another order", |text, without| {
            without(text, "Soukatsu-Council") + "Soukatsu-Council: x\n"
        }),
        ("a line that goes on in the next", |text, _| {
            text.replace("Soukatsu-Reason: ", "Soukatsu-Reason:\n ")
        }),
    ];
    for (what, change) in cases {
        let found = found_after(|kept| {
            kept.change(&at("bag-info.txt"), |text| change(text, &without));
        });
        assert_found(&found, "bag-info.txt", what);
    }
}

#[test]
fn every_file_that_follows_from_the_report_is_held_against_it() {
    let mut names: Vec<String> =
        ["problems.json", "provenance.json"].map(|name| format!("data/build/{name}")).into();
    names.extend(
        ["changes.txt", "changes.json", "errata.csv", "errata.pdf"]
            .map(|name| format!("data/changes/{name}")),
    );
    let is_licence = |name: &String| name.starts_with("data/fonts/") && name.ends_with(".txt");
    names.extend(Kept::new().files(4).into_iter().find(is_licence));
    assert_eq!(names.len(), 7);
    for name in names {
        let changed = found_after(|kept| {
            let bytes = [kept.read(&at(&name)), b"x".to_vec()].concat();
            kept.write(&at(&name), bytes);
        });
        assert_found(&changed, &name, &name);
        let removed = found_after(|kept| kept.remove(&at(&name)));
        assert_found(&removed, &name, &name);
    }
}

#[test]
fn files_that_nobody_would_have_made_are_found() {
    for name in ["memo.txt", "changes/memo.txt", "fonts/99-x.ttf", "template/x.typ", "build/x.json"]
    {
        let name = format!("data/{name}");
        let found = found_after(|kept| kept.write(&at(&name), "x"));
        let named = |(code, place, _): &Found| code == "S813" && *place == at(&name);
        // A template or a font more can end the building itself.
        let ended = |(code, place, _): &Found| code == "S813" && *place == at("data/official.pdf");
        assert!(found.iter().any(|one| named(one) || ended(one)), "{name}: {found:?}");
    }
}

#[test]
fn files_that_would_never_have_come_into_the_report_folder_are_found() {
    for name in [".secret", ".git/config", "report.toml~", "CON", "100%.txt"] {
        let name = format!("data/report/{name}");
        let is_named = |(code, at, _): &Found| code == "S813" && at.ends_with(&name);
        let found = found_after(|kept| kept.write(&at(&name), "x"));
        assert!(found.iter().any(is_named), "{found:?}");
        let found = found_after(|kept| {
            made_elsewhere(kept, |_| {});
            kept.write(&at(&name), "x");
        });
        assert!(found.iter().any(is_named), "of another version: {found:?}");
    }
}

#[test]
fn a_day_before_that_of_the_edition_before_is_found() {
    let found = found_after(|kept| {
        kept.change(&at("bag-info.txt"), |text| text.replace("2026-07-14", "2026-07-09"));
    });
    assert!(
        matches!(&found[..], [(code, place, _)] if code == "S812" && *place == at("bag-info.txt")),
        "{found:?}"
    );
}

#[test]
fn what_people_decided_cannot_be_worked_out_and_only_the_number_that_was_noted_tells() {
    let kept = Kept::new();
    let noted = kept.digest(4);
    sealed(&kept, |kept| {
        kept.change(&at("bag-info.txt"), |text| text.replace("見本 花子", "見本 太郎"));
    });
    assert_eq!(kept.found(&["4"]), []);
    assert_eq!(kept.found(&["--digests-only", "--head", &noted]).len(), 1);
}

/// Makes the last edition one that another version of the program has made.
fn made_elsewhere(kept: &Kept, change: impl FnOnce(&mut Opened)) {
    let mut pdf = Opened::new(&kept.read(&at("data/official.pdf")));
    let elsewhere = |record: &mut Value| record["engine"]["version"] = "0.0.9".into();
    pdf.record(elsewhere);
    let record = pdf.bytes(RECORD);
    change(&mut pdf);
    let pdf = pdf.pdf();
    kept.change(&at("data/build/provenance.json"), |text| {
        let mut whole: Value = serde_json::from_str(&text).unwrap();
        whole["subject"][0]["digest"]["sha256"] = sha256(&pdf).into();
        whole.to_string()
    });
    kept.write(&at("data/official.pdf"), pdf);
    kept.write(&at("data/build/record.json"), record);
    let info = |text: String| text.replace("Agent: soukatsu 0.1.0", "Agent: soukatsu 0.0.9");
    kept.change(&at("bag-info.txt"), info);
}

#[test]
fn an_edition_of_another_version_is_sound_with_the_same_pages() {
    let kept = Kept::new();
    sealed(&kept, |kept| made_elsewhere(kept, |_| {}));
    assert_eq!(kept.found(&["4"]), []);
    let run = kept.run("verify", &["4"]);
    let line = run.out.lines().find(|line| line.starts_with("0004")).unwrap();
    assert!(line.contains("異状なし、組み直し ページの絵は同じ（バイトは違う"), "{line}");
}

#[test]
fn what_an_edition_of_another_version_says_of_itself_is_held_against_its_report() {
    const PDF: &str = "data/official.pdf";
    const INFO: &str = "bag-info.txt";
    type Change = fn(&Kept);
    let cases: [(&str, &str, Change); 10] = [
        ("the title", PDF, |kept| made_elsewhere(kept, |pdf| pdf.title("別の題名"))),
        ("the title in the XMP", PDF, |kept| {
            made_elsewhere(kept, |pdf| pdf.xmp("見本市行政改革プラン", "別の計画"));
        }),
        ("a bookmark", PDF, |kept| made_elsewhere(kept, |pdf| pdf.bookmark("別の章"))),
        ("an attachment", PDF, |kept| {
            made_elsewhere(kept, |pdf| pdf.put("csv/fig-04.csv", b"x"));
        }),
        ("an attachment less", PDF, |kept| {
            made_elsewhere(kept, |pdf| pdf.remove("csv/fig-04.csv"));
        }),
        ("an attachment more", PDF, |kept| made_elsewhere(kept, |pdf| pdf.add("x.csv", b"x"))),
        ("another record inside the PDF", PDF, |kept| {
            made_elsewhere(kept, |pdf| pdf.record(|record| record["title"] = "別の題名".into()));
        }),
        ("the statement", "data/build/provenance.json", |kept| {
            made_elsewhere(kept, |_| {});
            kept.change(&at("data/build/provenance.json"), |text| {
                let mut whole: Value = serde_json::from_str(&text).unwrap();
                whole["subject"][0]["digest"]["sha256"] = "0".repeat(64).into();
                whole.to_string()
            });
        }),
        ("the council", INFO, |kept| {
            made_elsewhere(kept, |_| {});
            kept.change(&at(INFO), |text| text.replace("第1回行政改革", "第2回行政改革"));
        }),
        ("the program", INFO, |kept| {
            made_elsewhere(kept, |_| {});
            kept.change(&at(INFO), |text| text.replace("soukatsu 0.0.9", "soukatsu 0.0.8"));
        }),
    ];
    for (what, place, change) in cases {
        assert_found(&found_after(change), place, what);
    }
}

/// Puts an annotation on a page.
fn annotate(pdf: &mut Opened, note: lopdf::Dictionary) {
    let document = pdf.document();
    let page = document.get_pages()[&2];
    let note = document.add_object(note);
    let page = document.get_dictionary_mut(page).unwrap();
    let mut notes = page.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
    notes.push(note.into());
    page.set("Annots", notes);
}

#[test]
fn nothing_that_readers_show_or_do_beyond_the_pages_passes_as_another_version() {
    type Change = fn(&mut Opened);
    let cases: [(&str, Change); 9] = [
        ("a note on a page", |pdf| {
            let note = dictionary! { "Subtype" => "FreeText", "Contents" => text_string("99.9") };
            annotate(pdf, note);
        }),
        ("a link elsewhere", |pdf| {
            let action = dictionary! { "S" => "URI", "URI" => text_string("http://example.com/") };
            annotate(pdf, dictionary! { "Subtype" => "Link", "A" => action });
        }),
        ("a script", |pdf| {
            let script = dictionary! { "S" => "JavaScript", "JS" => text_string("x") };
            pdf.document().catalog_mut().unwrap().set("OpenAction", script);
        }),
        ("layers", |pdf| {
            pdf.document().catalog_mut().unwrap().set("OCProperties", dictionary! {});
        }),
        ("a larger unit", |pdf| {
            let page = pdf.document().get_pages()[&2];
            pdf.document().get_dictionary_mut(page).unwrap().set("UserUnit", 2);
        }),
        ("other page labels", |pdf| {
            let labels =
                dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => "r" }.into()] };
            pdf.document().catalog_mut().unwrap().set("PageLabels", labels);
        }),
        ("an attachment that some readers open otherwise", |pdf| {
            let other =
                pdf.document().add_object(lopdf::Stream::new(dictionary! {}, b"x".to_vec()));
            let files = pdf.specification("csv/fig-04.csv").get_mut(b"EF").unwrap();
            files.as_dict_mut().unwrap().set("UF", other);
        }),
        ("an attachment that only some readers list", |pdf| {
            let file = pdf.document().add_object(lopdf::Stream::new(dictionary! {}, b"x".to_vec()));
            let file = dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => file } };
            let file = pdf.document().add_object(file);
            let catalog = pdf.document().catalog_mut().unwrap();
            catalog.get_mut(b"AF").unwrap().as_array_mut().unwrap().push(file.into());
        }),
        ("more metadata", |pdf| {
            pdf.xmp("</rdf:RDF>", "<x:y xmlns:x=\"x\">1</x:y></rdf:RDF>");
        }),
    ];
    for (what, change) in cases {
        let found = found_after(|kept| made_elsewhere(kept, change));
        assert_found(&found, "data/official.pdf", what);
    }
}
