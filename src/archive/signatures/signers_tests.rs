use super::super::signer_name::NameFault;
use super::super::signers_line::signers_line;
use super::*;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL1a8k8a2auayav43czB4nqtLtU6ATY7vqbnX9+QTH/2";
const OTHER: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";
const RSA: &str = include_str!("../../../tests/signatures/test-key-rsa.pub");

fn key(line: &str) -> PublicKey {
    PublicKey::read(line.as_bytes()).unwrap().0
}

fn read(text: &str) -> Signers {
    Signers::read("signers", text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The names of the one that the key belongs to.
fn names(text: &str) -> Vec<String> {
    read(text).of(key(KEY)).unwrap().names.clone()
}

/// Code, line and column of every fault.
fn faults(text: impl AsRef<[u8]>) -> Vec<(&'static str, u32, u32)> {
    let problems = Signers::read("signers", text.as_ref()).unwrap_err();
    let place = |problem: &Problem| (problem.place.line.unwrap(), problem.place.column.unwrap());
    problems.iter().map(|p| (p.code.name(), place(p).0, place(p).1)).collect()
}

#[test]
fn a_key_belongs_to_whose_line_it_is_on() {
    let signers =
        read(&format!("見本花子 {OTHER} 旧\n\n# 注\nmihon@example.jp {KEY} 企画 課長\r\n"));
    let signer = signers.of(key(KEY)).unwrap();
    assert_eq!(signer.names, ["mihon@example.jp"]);
    assert_eq!((signer.comment.as_str(), signer.line), ("企画 課長", 4));
    assert_eq!(signers.iter().count(), 2);
}

#[test]
fn a_key_that_is_not_listed_belongs_to_nobody() {
    assert_eq!(read(&format!("見本花子 {OTHER}\n")).of(key(KEY)), None);
    assert_eq!(read("").of(key(KEY)), None);
}

#[test]
fn names_may_be_several_and_hold_blanks_within_quotes() {
    assert_eq!(
        names(&format!("見本花子,hanako@example.jp {KEY}")),
        ["見本花子", "hanako@example.jp"]
    );
    assert_eq!(names(&format!("\t\"見本 花子,課長\"\t {KEY}")), ["見本 花子", "課長"]);
    assert_eq!(names(&format!("見本　花子 {KEY}")), ["見本　花子"]);
}

#[test]
fn one_person_may_have_two_keys() {
    let signers = read(&format!("見本花子 {OTHER}\n見本花子 {KEY}\n"));
    assert!(signers.iter().all(|signer| signer.names == ["見本花子"]));
}

#[test]
fn a_key_counts_when_its_namespaces_hold_ours() {
    for condition in ["namespaces=\"soukatsu\"", "NameSpaces=\"git,soukatsu\""] {
        assert_eq!(names(&format!("a {condition} {KEY}")), ["a"]);
    }
}

#[test]
fn keys_for_other_uses_are_passed_over_whatever_their_kind() {
    let signers = read(&format!("a namespaces=\"git, file\" {RSA}b namespaces=\"git\" {KEY}\n"));
    assert_eq!(signers.of(key(KEY)), None);
}

#[test]
fn a_key_may_count_for_a_span_of_time() {
    let signers = read(&format!(
        "a valid-after=\"20260401\",namespaces=\"soukatsu\",Valid-Before=\"20270401\" {KEY}"
    ));
    let validity = signers.of(key(KEY)).unwrap().validity;
    assert_eq!(validity.words(), "2026-04-01から 2027-04-01より前");
    assert!(read(&format!("a {KEY}")).of(key(KEY)).unwrap().validity.is_unbounded());
}

#[test]
fn conditions_that_cannot_be_kept_are_refused() {
    for condition in [
        "cert-authority",
        "valid-after=\"2026-04-01\"",
        "valid-after=\"20260401\",valid-after=\"20260402\"",
        "valid-after=\"20260401\",valid-before=\"20260401\"",
        "namespaces=\"soukatsu\",valid-before=20270401Z",
        "namespaces=\"*\"",
        "namespaces=soukatsu",
        "namespaces=\"so\\\"ukatsu\"",
        "namespaces=\"soukatsu\",namespaces=\"git\"",
        "no-pty",
        ",",
    ] {
        let found = faults(format!("a {condition} {KEY}"));
        assert_eq!(found.len(), 1, "{condition}");
        assert_eq!((found[0].0, found[0].1), ("S821", 1), "{condition}");
    }
}

#[test]
fn a_fault_says_its_line_and_column() {
    let text = format!("見本花子 {KEY}\n見本次郎 namespaces=\"soukatsu\",cert-authority {OTHER}\n");
    assert_eq!(faults(text), [("S821", 2, 28)]);
}

#[test]
fn lines_without_name_or_key_are_faults() {
    let bare = KEY.split(' ').nth(1).unwrap();
    for line in [
        KEY.to_owned(),
        "見本花子".into(),
        format!("見本花子　{KEY}"),
        format!("見本花子　{}", KEY.replace(' ', "　")),
        format!("見本花子 {bare}"),
        format!("\"見本 花子 {KEY}"),
        format!("\"見本花子\"{KEY}"),
        format!("見本\"花子\" {KEY}"),
        format!("見本花子,,次郎 {KEY}"),
        format!("*@example.jp {KEY}"),
        format!("見本花子,!次郎 {KEY}"),
        format!("\"見本花子, 次郎\" {KEY}"),
        format!("見本\u{202e}花子 {KEY}"),
        format!("見本花子 namespaces=\"soukatsu {KEY}"),
        "見本花子 namespaces=\"soukatsu\"".into(),
    ] {
        let found = faults(&line);
        assert_eq!((found.len(), found[0].0), (1, "S820"), "{line}");
    }
}

#[test]
fn a_wide_blank_in_place_of_a_blank_is_told() {
    let problems = Signers::read("signers", format!("見本花子　{KEY}").as_bytes()).unwrap_err();
    assert!(problems[0].message.contains("全角"), "{problems:?}");
}

#[test]
fn keys_that_cannot_be_used_are_faults() {
    let short = &KEY[..KEY.len() - 3];
    assert_eq!(faults(format!("a {short}\nb {RSA}")), [("S823", 1, 3), ("S823", 2, 3)]);
}

#[test]
fn one_key_of_two_people_is_a_fault() {
    assert_eq!(faults(format!("a {KEY}\nb {OTHER}\nc {KEY}\n")), [("S822", 3, 1)]);
}

#[test]
fn other_encodings_are_faults_of_the_file() {
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode("# 一覧\n");
    assert_eq!(faults([b"# a\n", &*sjis].concat()), [("S104", 2, 1)]);
    assert_eq!(faults(format!("\u{feff}a {KEY}")), [("S104", 1, 1)]);
}

#[test]
fn the_line_that_is_offered_is_read_again() {
    for name in ["hanako@example.jp", "見本花子", "見本 花子", "見本　花子", "a'b\\c"]
    {
        let line = signers_line(name, key(KEY)).unwrap();
        assert_eq!(names(&line), [name], "{line}");
    }
}

#[test]
fn names_that_mean_something_else_to_openssh_are_refused() {
    let long = "長".repeat(101);
    for (name, fault) in [
        ("", NameFault::Empty),
        (" ", NameFault::Empty),
        (&*long, NameFault::TooLong),
        ("a\nb", NameFault::Unprintable),
        ("a ", NameFault::Edge),
        ("*", NameFault::Pattern),
        ("a,b", NameFault::Comma),
        ("a\"b", NameFault::Quote),
        ("#a", NameFault::Comment),
    ] {
        assert_eq!(signers_line(name, key(KEY)), Err(fault), "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn any_name_is_refused_or_read_again(name in "\\PC{0,12}") {
        if let Ok(line) = signers_line(&name, key(KEY)) {
            assert_eq!(names(&line), [name]);
        }
    }

    #[test]
    fn any_line_is_read_or_refused(line in "[ab,\"\\\\ 　=#*\tsoukatnmep-]{0,40}") {
        _ = Signers::read("signers", format!("{line} {KEY}\n{line}").as_bytes());
    }
}
