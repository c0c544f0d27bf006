//! Every way to change the files of an official version after the fact, and how `archive verify`
//! finds it.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::sample_store::{Found, Kept, folder, original, pipe, stamps};
use crate::tampering_cases::{CELL, DIGESTS_ONLY, case, flip, hold};
use soukatsu_core::model::digest::sha256;

#[test]
fn a_changed_bit_is_found_in_every_single_file() {
    let names = Kept::new().files(2);
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        let kept = Kept::new();
        let place = format!("{}/{name}", folder(2));
        flip(&kept, &place);
        let found = kept.found(DIGESTS_ONLY);
        let named = |(code, at, _): &Found| code == "S811" && *at == place;
        let is_list_of_lists = name == "tagmanifest-sha256.txt";
        let chained = |(code, at, _): &Found| code == "S812" && at.starts_with(&folder(2));
        assert!(
            found.iter().any(|one| named(one) || is_list_of_lists && chained(one)),
            "{name}: {found:?}"
        );
        // The finger points at no other edition; the next one names this one.
        let other =
            |(_, at, _): &&Found| !at.starts_with(&folder(2)) && !at.starts_with(&folder(3));
        assert_eq!(found.iter().find(other), None, "{name}");
    }
}

#[test]
fn every_change_of_files_is_found() {
    const SWAPPED: &[(&str, &str)] =
        &[("S811", "editions/0002/data/report/csv/fig-02.csv"), ("S811", CELL)];
    const GONE: &[(&str, &str)] = &[("S811", CELL)];
    let cases = [
        case("two files swapped", SWAPPED, |kept| {
            kept.rename(CELL, "x");
            kept.rename("editions/0002/data/report/csv/fig-02.csv", CELL);
            kept.rename("x", "editions/0002/data/report/csv/fig-02.csv");
        }),
        case(
            "the PDF of another edition",
            &[("S811", "editions/0002/data/official.pdf")],
            |kept| {
                kept.write(
                    "editions/0002/data/official.pdf",
                    kept.read("editions/0003/data/official.pdf"),
                );
            },
        ),
        case("a file removed", GONE, |kept| kept.remove(CELL)),
        case("a file emptied", GONE, |kept| kept.write(CELL, "")),
        case(
            "a file in capitals",
            &[("S811", CELL), ("S811", "editions/0002/data/report/csv/FIG-04.csv")],
            |kept| kept.rename(CELL, "editions/0002/data/report/csv/FIG-04.csv"),
        ),
        case("a file more in the payload", &[("S811", "editions/0002/data/memo.txt")], |kept| {
            kept.write("editions/0002/data/memo.txt", "1");
        }),
        case(
            "a file more in a new folder",
            &[("S811", "editions/0002/data/a/b/memo.txt")],
            |kept| {
                kept.write("editions/0002/data/a/b/memo.txt", "1");
            },
        ),
        case("a file more in the bag", &[("S811", "editions/0002/memo.txt")], |kept| {
            kept.write("editions/0002/memo.txt", "1");
        }),
        case("a file among the editions", &[("S812", "editions/memo.txt")], |kept| {
            kept.write("editions/memo.txt", "1");
        }),
        case("a folder among the editions", &[("S812", "editions/2")], |kept| {
            kept.duplicate("editions/0002", "editions/2");
        }),
        case("a file as a link to its like", GONE, |kept| {
            kept.rename(CELL, "twin");
            symlink(kept.at("twin"), kept.at(CELL)).unwrap();
        }),
        case("a folder as a link", &[("S811", "editions/0002/data/report/csv")], |kept| {
            kept.rename("editions/0002/data/report/csv", "twin");
            symlink(kept.at("twin"), kept.at("editions/0002/data/report/csv")).unwrap();
        }),
        case("the payload as a link", &[("S811", "editions/0002/data")], |kept| {
            kept.rename("editions/0002/data", "twin");
            symlink(kept.at("twin"), kept.at("editions/0002/data")).unwrap();
        }),
        case("an edition as a link", &[("S812", "editions/0002")], |kept| {
            kept.rename("editions/0002", "twin");
            symlink(kept.at("twin"), kept.at("editions/0002")).unwrap();
        }),
        case("all editions as a link", &[("", "")], |kept| {
            kept.rename("editions", "twin");
            symlink(kept.at("twin"), kept.at("editions")).unwrap();
        }),
        case("a pipe", GONE, |kept| pipe(&kept.at(CELL))),
        case("a pipe as a list", &[("S811", "editions/0002/tagmanifest-sha256.txt")], |kept| {
            pipe(&kept.at("editions/0002/tagmanifest-sha256.txt"));
        }),
        case("a list as a link", &[("S811", "editions/0002/manifest-sha256.txt")], |kept| {
            kept.rename("editions/0002/manifest-sha256.txt", "twin");
            symlink(kept.at("twin"), kept.at("editions/0002/manifest-sha256.txt")).unwrap();
        }),
        case("a hard link to the same bytes elsewhere", &[], |kept| {
            // The same bytes in the same place: nothing was changed.
            kept.0.put("twin", kept.read(CELL));
            kept.remove(CELL);
            fs::hard_link(kept.0.at("twin"), kept.at(CELL)).unwrap();
        }),
    ];
    hold(&cases, DIGESTS_ONLY);
}

#[test]
fn every_change_of_the_lists_is_found() {
    const MANIFEST: &str = "editions/0002/manifest-sha256.txt";
    const IN_MANIFEST: &[(&str, &str)] = &[("S811", MANIFEST)];
    const CHAINED: &[(&str, &str)] =
        &[("S812", "editions/0002"), ("S812", "editions/0003/bag-info.txt")];
    fn listed(kept: &Kept, change: impl FnOnce(String) -> String) {
        kept.change(MANIFEST, change);
        kept.reseal_tags(2);
    }
    let cases = [
        case("a file with its line", &[("S811", MANIFEST)], |kept| {
            let old = sha256(&kept.read(CELL));
            kept.change(CELL, |text| text.replace("48.4", "49.4"));
            let new = sha256(&kept.read(CELL));
            kept.change(MANIFEST, |text| text.replace(&old, &new));
        }),
        case("a file with its line and the line of the list", CHAINED, |kept| {
            let old = sha256(&kept.read(CELL));
            kept.change(CELL, |text| text.replace("48.4", "49.4"));
            let new = sha256(&kept.read(CELL));
            listed(kept, |text| text.replace(&old, &new));
        }),
        case("a line removed", &[("S811", "editions/0002/data/report/report.toml")], |kept| {
            listed(kept, |text| {
                text.lines()
                    .filter(|line| !line.ends_with("report.toml"))
                    .map(|line| format!("{line}\n"))
                    .collect()
            });
        }),
        case("a line twice", IN_MANIFEST, |kept| {
            listed(kept, |text| format!("{text}{}\n", text.lines().next().unwrap()));
        }),
        case("a path out of the bag", IN_MANIFEST, |kept| {
            listed(kept, |text| format!("{text}{}  ../../chain.txt\n", "0".repeat(64)));
        }),
        case("an absolute path", IN_MANIFEST, |kept| {
            listed(kept, |text| format!("{text}{}  /etc/passwd\n", "0".repeat(64)));
        }),
        case("a path that goes out and comes in", IN_MANIFEST, |kept| {
            listed(kept, |text| {
                text.replace("data/report/report.toml", "data/../data/report/report.toml")
            });
        }),
        case(
            "a file more, named by the list of lists",
            &[("S811", "editions/0004/memo.txt")],
            |kept| {
                kept.write("editions/0004/memo.txt", "1");
                let line = format!("{}  memo.txt\n", sha256(b"1"));
                kept.change("editions/0004/tagmanifest-sha256.txt", |text| text + &line);
                kept.rewitness();
            },
        ),
        case("a tag in the list of the payload", IN_MANIFEST, |kept| {
            listed(kept, |text| format!("{text}{}  bagit.txt\n", "0".repeat(64)));
        }),
        case("a line that is none", IN_MANIFEST, |kept| listed(kept, |text| text + "改ざん\n")),
        case("no text", IN_MANIFEST, |kept| {
            kept.write(MANIFEST, [0xff, 0xfe, 0x00]);
            kept.reseal_tags(2);
        }),
        case("an empty list", &[("S811", CELL)], |kept| listed(kept, |_| String::new())),
        case("the list gone", &[("S811", MANIFEST)], |kept| kept.remove(MANIFEST)),
        case(
            "the list of lists gone",
            &[("S811", "editions/0002/tagmanifest-sha256.txt"), ("S812", "editions/0002")],
            |kept| {
                kept.remove("editions/0002/tagmanifest-sha256.txt");
            },
        ),
        case(
            "the list of lists of another edition",
            &[("S811", "editions/0002/bag-info.txt"), ("S812", "editions/0002")],
            |kept| {
                kept.write(
                    "editions/0002/tagmanifest-sha256.txt",
                    kept.read("editions/0001/tagmanifest-sha256.txt"),
                );
            },
        ),
        // What these list is right; that the lists are not those that were kept is told by the chain.
        case("digests in capitals", CHAINED, |kept| {
            listed(kept, |text| {
                text.lines()
                    .map(|line| format!("{}{}\n", line[..64].to_uppercase(), &line[64..]))
                    .collect()
            });
        }),
        case("line ends of Windows", CHAINED, |kept| {
            listed(kept, |text| text.replace('\n', "\r\n"))
        }),
        case("lines in another order", CHAINED, |kept| {
            listed(kept, |text| text.lines().rev().map(|line| format!("{line}\n")).collect());
        }),
        case("the declaration", &[("S811", "editions/0002/bagit.txt")], |kept| {
            kept.change("editions/0002/bagit.txt", |text| text.replace("1.0", "0.97"));
            kept.reseal_tags(2);
        }),
        case(
            "the size that is stated",
            &[("S811", "editions/0002/bag-info.txt"), ("S812", "editions/0002")],
            |kept| {
                kept.change("editions/0002/bag-info.txt", |text| {
                    text.replace("Payload-Oxum: ", "Payload-Oxum: 1")
                });
                kept.reseal_tags(2);
            },
        ),
        case("bag-info that cannot be read", &[("S811", "editions/0004/bag-info.txt")], |kept| {
            kept.change("editions/0004/bag-info.txt", |_| "改ざん\n".into());
            kept.reseal_tags(4);
            kept.rewitness();
        }),
    ];
    hold(&cases, DIGESTS_ONLY);
}

#[test]
fn an_edited_line_of_bag_info_is_found_whichever_it_is() {
    let name = "editions/0003/bag-info.txt";
    let lines: Vec<String> = Kept::new().text(name).lines().map(str::to_owned).collect();
    assert!(lines.len() > 10, "{lines:?}");
    for line in lines {
        for resealed in [false, true] {
            let kept = Kept::new();
            kept.change(name, |text| text.replace(&line, &format!("{line}1")));
            if resealed {
                kept.reseal_tags(3);
            }
            let (code, place) =
                if resealed { ("S812", folder(3)) } else { ("S811", name.to_owned()) };
            let found = kept.found(DIGESTS_ONLY);
            let is_found = found.iter().any(|(found, at, _)| found == code && *at == place);
            assert!(is_found, "{line}, resealed: {resealed}: {found:?}");
        }
    }
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    let kept = Kept::new();
    kept.write(CELL, kept.read(CELL));
    fs::set_permissions(kept.at(CELL), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(kept.at(CELL)).is_ok() {
        eprintln!("skipped: root may read every file");
        return;
    }
    let found = kept.found(DIGESTS_ONLY);
    assert!(found.iter().any(|(code, at, _)| code == "S811" && at == CELL), "{found:?}");
}

#[test]
fn a_store_that_was_never_touched_is_sound_and_was_not_written_to() {
    let before = stamps(original());
    assert_eq!(Kept::new().found(&[]), []);
    assert!(stamps(original()) == before);
}
