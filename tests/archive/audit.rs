//! What an auditor asks years later with a number from an old document and a list of signers.
#![cfg(unix)]

use crate::desk::Run;
use crate::sample_store::{EDITIONS, Kept, folder};
use serde_json::Value;

fn verify(kept: &Kept, args: &[&str]) -> Run {
    kept.run("verify", &[&["--digests-only"], args].concat())
}

/// What is said of the numbers that are known.
fn known(kept: &Kept, numbers: &[&str]) -> Vec<(u64, bool)> {
    let numbers: Vec<&str> = numbers.iter().flat_map(|number| ["--known", number]).collect();
    let run = verify(kept, &[&numbers[..], &["--format", "json"]].concat());
    let whole: Value = serde_json::from_str(&run.out).unwrap();
    let known = whole["known"].as_array().unwrap().iter();
    known
        .map(|one| (one["number"].as_u64().unwrap(), one["unchanged"].as_bool().unwrap()))
        .collect()
}

/// Makes an edition a valid bag again with another cell.
fn forge(kept: &Kept, edition: u32) {
    let name = format!("{}/data/report/csv/fig-04.csv", folder(edition));
    kept.change(&name, |text| text.replace("8.4", "8.5"));
    kept.reseal(edition);
}

#[test]
fn a_noted_number_names_its_edition_and_vouches_for_it_and_those_before() {
    let kept = Kept::new();
    let [first, third] = [kept.digest(1), kept.digest(3)];
    let run = verify(&kept, &["--known", &first, "--known", &third]);
    assert_eq!(run.code, 0, "{}", run.whole());
    for (digest, told) in [
        (&first, "は版1（2026-07-11）です。この版は、控えたときのままです"),
        (&third, "は版3（2026-07-13）です。この版と、それより前の版は、控えたときのままです"),
    ] {
        let line = format!("控えの番号 {}… {told}", &digest[..8]);
        assert!(run.out.lines().any(|found| found == line), "{line}\n{}", run.whole());
    }
    assert!(!run.err.contains("始めだけ"), "{}", run.err);
    assert_eq!(known(&kept, &[&first, &third]), [(1, true), (3, true)]);
}

#[test]
fn a_number_is_taken_as_it_is_printed_and_a_short_one_is_told_to_be_so() {
    let kept = Kept::new();
    let digest = kept.digest(2);
    let wide: String =
        digest.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
    let spaced = format!("{} {}", &digest[..32], &digest[32..]).to_uppercase();
    for number in [&digest[..8], &wide, &spaced] {
        let run = verify(&kept, &["--known", number]);
        assert!(run.code == 0 && run.out.contains("は版2（"), "{number}: {}", run.whole());
        assert_eq!(run.err.contains("始めだけを比べました"), number.len() == 8, "{}", run.err);
    }
    for number in ["", "0123456", &format!("{digest}0"), "0123456x", "版の番号です"] {
        let run = verify(&kept, &["--known", number]);
        assert!(run.code == 2 && run.err.contains("に「"), "{number}: {}", run.whole());
    }
}

#[test]
fn a_number_of_another_store_is_an_alarm() {
    let kept = Kept::new();
    let other = "0123456789abcdef".repeat(4);
    let found = kept.found(&["--digests-only", "--known", &kept.digest(1), "--known", &other]);
    assert!(matches!(&found[..], [(code, ..)] if code == "S812"), "{found:?}");
    assert_eq!(known(&kept, &[&other]), []);
}

#[test]
fn a_number_that_two_editions_have_names_neither() {
    let kept = Kept::new();
    kept.duplicate("editions/0002", "editions/0005");
    let run = verify(&kept, &["--known", &kept.digest(2)]);
    assert!(run.code == 1 && run.err.contains("版2、版5の番号の始めと同じ"), "{}", run.whole());
}

#[test]
fn a_damaged_edition_takes_the_word_from_those_behind_it_and_not_from_those_before() {
    let kept = Kept::new();
    let name = format!("{}/data/report/report.toml", folder(2));
    kept.change(&name, |text| text + "\n");
    let numbers = [1, 2, 3].map(|edition| kept.digest(edition));
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    assert_eq!(known(&kept, &numbers), [(1, true), (2, false), (3, false)]);
    let run = verify(&kept, &["--known", numbers[2]]);
    assert!(run.out.contains("控えたときのままとはいえません"), "{}", run.whole());
}

#[test]
fn an_edition_that_was_forged_is_no_longer_found_by_its_number() {
    let kept = Kept::new();
    let numbers = [1, 2, 3].map(|edition| kept.digest(edition));
    forge(&kept, 2);
    kept.rewitness();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    // The third still says that another one was before it.
    assert_eq!(known(&kept, &numbers), [(1, true), (3, false)]);
    kept.relink(2);
    kept.rewitness();
    assert_eq!(kept.found(&["--digests-only"]), [], "every digest is right again");
    assert_eq!(known(&kept, &numbers), [(1, true)]);
}

#[test]
fn an_edition_that_is_gone_takes_the_word_from_those_behind_it() {
    let kept = Kept::new();
    let digest = kept.digest(3);
    kept.remove("editions/0001");
    assert_eq!(known(&kept, &[&digest]), [(3, false)]);
}

#[test]
fn the_head_that_is_an_earlier_edition_is_named() {
    let kept = Kept::new();
    let run = verify(&kept, &["--head", &kept.digest(1)]);
    assert_eq!(run.code, 1, "{}", run.whole());
    assert!(run.err.contains("最後の版ではなく版1の番号です"), "{}", run.err);
    assert!(run.err.contains("`--known`"), "{}", run.err);
}

#[test]
fn a_store_without_editions_says_so() {
    let kept = Kept::new();
    kept.0.put("empty/README.txt", "");
    std::fs::create_dir(kept.0.at("empty/editions")).unwrap();
    for command in ["verify", "list"] {
        let run = kept.0.run(&["archive", command, "--store", "empty"]);
        assert!(run.code == 0 && run.err.contains("まだ版がありません"), "{}", run.whole());
    }
    let run = kept.0.run(&["archive", "verify", "--store", "empty", "--known", "0123abcd"]);
    assert_eq!(run.code, 1, "{}", run.whole());
}

/// Makes a key and gives its line for a list of signers.
fn key(kept: &Kept, name: &str) -> String {
    let run = kept.0.run(&["archive", "keygen", name, "-o", &format!("{name}.key")]);
    assert_eq!(run.code, 0, "{}", run.whole());
    run.out.lines().nth(1).unwrap().to_owned() + "\n"
}

fn sign(kept: &Kept, name: &str, editions: impl IntoIterator<Item = u32>) {
    for edition in editions {
        let run = kept.run("sign", &[&edition.to_string(), "--key", &format!("{name}.key")]);
        assert_eq!(run.code, 0, "{}", run.whole());
    }
}

/// A store that is signed by one person from the second edition on, by another from the third;
/// the list of both lies beside it.
fn signed() -> Kept {
    let kept = Kept::new();
    let list = key(&kept, "市長") + &key(&kept, "議長");
    kept.0.put("list", list);
    sign(&kept, "市長", 2..=EDITIONS);
    sign(&kept, "議長", 3..=EDITIONS);
    kept
}

#[test]
fn a_signature_is_asked_for_from_the_edition_on_that_is_named() {
    let kept = signed();
    let run = verify(&kept, &["--signers", "list"]);
    assert!(run.code == 1 && run.err.contains("s/editions/0001\n"), "{}", run.whole());
    assert_eq!(run.err.matches("[S826]").count(), 1, "{}", run.err);
    let run = verify(&kept, &["--signers", "list", "--signed-from", "2"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert!(run.err.contains("版2から版4までの全てに、一覧の人の署名があります"), "{}", run.err);
}

#[test]
fn everybody_who_is_named_must_have_signed_and_who_has_not_is_told() {
    let kept = signed();
    let by = ["--signers", "list", "--signed-by", "市長", "--signed-by", "議長"];
    let run = verify(&kept, &[&by[..], &["--signed-from", "2"]].concat());
    assert!(run.code == 1 && run.err.contains("「議長」の署名がありません"), "{}", run.whole());
    assert_eq!(run.err.matches("[S826]").count(), 1, "{}", run.err);
    let run = verify(&kept, &[&by[..], &["--signed-from", "3"]].concat());
    assert_eq!(run.code, 0, "{}", run.whole());
    assert!(run.err.contains("「市長」「議長」の署名があります"), "{}", run.err);
}

#[test]
fn what_would_ask_for_nothing_is_refused() {
    let kept = signed();
    for (args, code, told) in [
        (&["--signers", "list", "--signed-from", "5"][..], 1, "版5はありません"),
        (&["--signers", "list", "--signed-from", "0"], 2, "signed-from"),
        (&["--signers", "list", "--signed-by", "市丁"], 2, "「市長」ではありませんか"),
        (&["--signed-from", "2"], 2, "--signers"),
        (&["--signed-by", "市長"], 2, "--signers"),
    ] {
        let run = verify(&kept, args);
        assert!(run.code == code && run.err.contains(told), "{args:?}: {}", run.whole());
    }
}

#[test]
fn a_key_counts_for_the_editions_of_its_time_alone() {
    let kept = Kept::new();
    let line = key(&kept, "市長");
    sign(&kept, "市長", 1..=EDITIONS);
    let list = |conditions: &str| {
        kept.0.put("list", line.replace("namespaces", &format!("{conditions},namespaces")));
        verify(&kept, &["--signers", "list"])
    };
    assert_eq!(list("valid-after=\"20260711\",valid-before=\"20260715\"").code, 0);
    // The editions are of the 11th to the 14th.
    let run = list("valid-after=\"20260712\",valid-before=\"20260714\"");
    assert_eq!(run.code, 1, "{}", run.whole());
    for (edition, counts) in [(1, false), (2, true), (3, true), (4, false)] {
        let line = format!("{edition:04} {}", if counts { "異状なし" } else { "誤りあり" });
        assert!(run.out.contains(&line), "{line}: {}", run.whole());
    }
    assert!(run.err.contains("鍵の有効期間に入っていない"), "{}", run.err);
    assert!(run.out.contains("数えない"), "{}", run.out);
}
