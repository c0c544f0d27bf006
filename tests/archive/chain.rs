//! Every way to change the chain of official versions after the fact, and how `archive verify`
//! finds it.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;

use crate::sample_store::{EDITIONS, Kept, folder, pipe};
use crate::tampering_cases::{DIGESTS_ONLY, case, flip, forge, hold};

#[test]
fn a_bag_that_was_sealed_again_is_found_by_the_chain() {
    for edition in 1..=EDITIONS {
        let kept = Kept::new();
        forge(&kept, edition);
        let found = kept.found(DIGESTS_ONLY);
        let codes: BTreeSet<&str> = found.iter().map(|(code, ..)| code.as_str()).collect();
        assert_eq!(codes, ["S812"].into(), "{found:?}");
        let at = |place: &str| found.iter().any(|(_, at, _)| at == place);
        assert!(at(&folder(edition)), "chain.txt: {found:?}");
        let next = format!("{}/bag-info.txt", folder(edition + 1));
        assert_eq!(at(&next), edition < EDITIONS, "the next edition: {found:?}");
    }
}

#[test]
fn a_bag_that_was_sealed_again_is_found_by_the_next_one_without_chain_txt() {
    for edition in 1..EDITIONS {
        let kept = Kept::new();
        forge(&kept, edition);
        kept.rewitness();
        let found = kept.found(DIGESTS_ONLY);
        let next = format!("{}/bag-info.txt", folder(edition + 1));
        assert!(found.iter().any(|(code, at, _)| code == "S812" && *at == next), "{found:?}");
    }
}

#[test]
fn a_chain_that_was_forged_to_its_end_is_found_by_the_number_that_was_noted() {
    for edition in 1..=EDITIONS {
        let kept = Kept::new();
        let head = kept.digest(EDITIONS);
        forge(&kept, edition);
        kept.relink(edition);
        kept.rewitness();
        assert_eq!(kept.found(DIGESTS_ONLY), [], "every digest is right again");
        let found = kept.found(&["--digests-only", "--head", &head[..8]]);
        assert!(matches!(&found[..], [(code, ..)] if code == "S812"), "{found:?}");
    }
}

#[test]
fn a_chain_that_was_forged_to_its_end_is_found_by_building_it_again() {
    const PDF: &[(&str, &str)] = &[("S813", "editions/0004/data/official.pdf")];
    fn sealed(kept: &Kept, change: impl FnOnce()) {
        change();
        kept.reseal(4);
        kept.rewitness();
    }
    let cases = [
        case("a cell", PDF, |kept| {
            sealed(kept, || forge(kept, 4));
        }),
        case("a sentence", PDF, |kept| {
            let name = "editions/0004/data/report/prose/02-kurashi.typ";
            sealed(kept, || kept.change(name, |text| text + "\n改ざんした文です。\n"));
        }),
        case("the PDF", PDF, |kept| {
            let old = kept.read("editions/0003/data/official.pdf");
            sealed(kept, || kept.write("editions/0004/data/official.pdf", old));
        }),
        case("no PDF", PDF, |kept| {
            sealed(kept, || kept.write("editions/0004/data/official.pdf", "改ざん"));
        }),
        case("a byte of the PDF", PDF, |kept| {
            sealed(kept, || flip(kept, "editions/0004/data/official.pdf"));
        }),
        case("the record", &[("S813", "editions/0004/data/build/record.json")], |kept| {
            let name = "editions/0004/data/build/record.json";
            sealed(kept, || kept.change(name, |text| text.replace("見本市", "別の市")));
        }),
        case("a record that is none", PDF, |kept| {
            sealed(kept, || kept.write("editions/0004/data/build/record.json", "[]"));
        }),
        case("the provenance", &[("S813", "editions/0004/data/build/provenance.json")], |kept| {
            let name = "editions/0004/data/build/provenance.json";
            sealed(kept, || kept.change(name, |text| text.replace("soukatsu build", "x")));
        }),
        case("the list of libraries", PDF, |kept| {
            sealed(kept, || flip(kept, "editions/0004/data/build/Cargo.lock"));
        }),
        case("the template", PDF, |kept| {
            let name = "editions/0004/data/template/theme.typ";
            sealed(kept, || kept.change(name, |text| text + "\n// x\n"));
        }),
        case("a font", PDF, |kept| {
            let mut fonts = kept.files(4).into_iter().filter(|name| name.ends_with(".ttf"));
            let name = format!("editions/0004/{}", fonts.next_back().unwrap());
            sealed(kept, || flip(kept, &name));
        }),
    ];
    hold(&cases, &["4"]);
}

#[test]
fn every_change_of_the_chain_is_found() {
    const SECOND: &[(&str, &str)] = &[("S812", "editions/0002")];
    let cases = [
        case("the first edition removed", &[("S812", "editions/0001")], |kept| {
            kept.remove("editions/0001")
        }),
        case("a middle edition removed", SECOND, |kept| kept.remove("editions/0002")),
        case("the last edition removed", &[("S812", "editions/0004")], |kept| {
            kept.remove("editions/0004")
        }),
        case("all editions removed", &[("S812", "editions/0001")], |kept| {
            kept.remove("editions");
            fs::create_dir(kept.at("editions")).unwrap();
        }),
        case("the folder of the editions removed", &[("", "")], |kept| kept.remove("editions")),
        case("an edition as a new one", &[("S812", "editions/0005")], |kept| {
            kept.duplicate("editions/0002", "editions/0005");
        }),
        case(
            "an edition put between",
            &[("S812", "editions/0003"), ("S812", "editions/0004"), ("S812", "editions/0005")],
            |kept| {
                kept.rename("editions/0004", "editions/0005");
                kept.rename("editions/0003", "editions/0004");
                kept.duplicate("editions/0002", "editions/0003");
            },
        ),
        case(
            "two editions swapped",
            &[("S812", "editions/0002"), ("S812", "editions/0003")],
            |kept| {
                kept.rename("editions/0002", "x");
                kept.rename("editions/0003", "editions/0002");
                kept.rename("x", "editions/0003");
            },
        ),
        case(
            "an edition renamed",
            &[("S812", "editions/0002"), ("S812", "editions/0009")],
            |kept| {
                kept.rename("editions/0002", "editions/0009");
            },
        ),
        case(
            "an edition of the largest number",
            &[("S812", "editions/0005"), ("S812", "editions/4294967295")],
            |kept| {
                kept.duplicate("editions/0002", "editions/4294967295");
            },
        ),
        case("an empty edition", &[("S811", "editions/0005"), ("S812", "editions/0005")], |kept| {
            fs::create_dir(kept.at("editions/0005")).unwrap();
        }),
        case("chain.txt removed", &[("S812", "chain.txt")], |kept| kept.remove("chain.txt")),
        case("chain.txt emptied", &[("S812", "chain.txt")], |kept| kept.write("chain.txt", "")),
        case("chain.txt garbled", &[("S812", "chain.txt")], |kept| {
            kept.write("chain.txt", [0xff, 0x00])
        }),
        case("chain.txt as a pipe", &[("S812", "chain.txt")], |kept| pipe(&kept.at("chain.txt"))),
        case("chain.txt as a folder", &[("S812", "chain.txt")], |kept| {
            kept.remove("chain.txt");
            fs::create_dir(kept.at("chain.txt")).unwrap();
        }),
        case("a digit of chain.txt", SECOND, |kept| {
            let digest = kept.digest(2);
            let other =
                format!("{}{}", if digest.starts_with('0') { '1' } else { '0' }, &digest[1..]);
            kept.change("chain.txt", |text| text.replace(&digest, &other));
        }),
        case("a line of chain.txt removed", SECOND, |kept| {
            kept.change("chain.txt", |text| {
                text.lines()
                    .filter(|line| !line.starts_with("0002"))
                    .map(|line| format!("{line}\n"))
                    .collect()
            });
        }),
        case("a line of chain.txt twice", &[("S812", "chain.txt")], |kept| {
            kept.change("chain.txt", |text| text.clone() + &text);
        }),
        case("lines of chain.txt in another order", &[("S812", "chain.txt")], |kept| {
            kept.change("chain.txt", |text| {
                text.lines().rev().map(|line| format!("{line}\n")).collect()
            });
        }),
        case("a line of chain.txt without an edition", &[("S812", "editions/0005")], |kept| {
            kept.change("chain.txt", |text| format!("{text}0005  {}\n", "0".repeat(64)));
        }),
    ];
    hold(&cases, DIGESTS_ONLY);
}

#[test]
fn an_edition_taken_from_the_end_with_its_line_is_found_by_the_number_that_was_noted() {
    let kept = Kept::new();
    let head = kept.digest(EDITIONS);
    kept.remove("editions/0004");
    kept.change("chain.txt", |text| text.lines().take(3).map(|line| format!("{line}\n")).collect());
    assert_eq!(kept.found(DIGESTS_ONLY), [], "the shorter store is sound in itself");
    let found = kept.found(&["--digests-only", "--head", &head]);
    assert!(matches!(&found[..], [(code, ..)] if code == "S812"), "{found:?}");
}

#[test]
fn the_number_that_was_noted_is_found_in_a_sound_store_in_any_spelling() {
    let kept = Kept::new();
    let head = kept.digest(EDITIONS);
    for head in [&head[..8], &head[..16], &head, &head.to_uppercase()] {
        assert_eq!(kept.found(&["--digests-only", "--head", head]), [], "{head}");
    }
    for head in [&head[1..], &kept.digest(3)] {
        assert_eq!(kept.found(&["--digests-only", "--head", head]).len(), 1, "{head}");
    }
    // What can be no number is a slip of the hand, and no alarm.
    for head in ["", &head[..7], &format!("{head}0"), "0123456x"] {
        assert_eq!(kept.run("verify", &["--head", head]).code, 2, "{head}");
    }
}
