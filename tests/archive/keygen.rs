//! `soukatsu archive keygen`: the files it writes, and those it leaves alone.

use crate::desk::Desk;
use soukatsu::archive::{PrivateKey, PublicKey, Signers, sign, verify_signature};

#[test]
fn the_pair_on_the_disk_signs_under_the_name_of_the_line_for_signers() {
    let desk = Desk::new();
    let run = desk.run(&["archive", "keygen", "企画課長 見本花子", "-o", "k"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    let private = PrivateKey::read(&std::fs::read(desk.at("k")).unwrap(), None).unwrap();
    let public = std::fs::read(desk.at("k.pub")).unwrap();
    assert_eq!(PublicKey::read(&public).unwrap(), (private.public(), "企画課長 見本花子".into()));

    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0].as_bytes(), public.trim_ascii_end());
    let signers = Signers::read("signers", lines[1].as_bytes()).unwrap();
    let signature = sign(b"x", &private).unwrap();
    let key = verify_signature(b"x", signature.as_bytes()).unwrap();
    assert_eq!(signers.of(key).unwrap().names, ["企画課長 見本花子"]);
    assert_eq!(lines.len(), 2);
}

#[test]
fn nothing_secret_is_printed_and_people_are_told_to_keep_the_key() {
    let desk = Desk::new();
    let run = desk.run(&["archive", "keygen", "見本花子"]);
    let private = std::fs::read_to_string(desk.at("見本花子.key")).unwrap();
    let secret = private.lines().nth(2).unwrap();
    assert!(!run.whole().contains(secret));
    assert!(run.err.contains("人に渡さず") && run.err.contains("SHA256:"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn the_private_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.run(&["archive", "keygen", "a"]);
    let mode = std::fs::metadata(desk.at("a.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn files_that_are_there_are_never_overwritten() {
    for there in ["k", "k.pub"] {
        let desk = Desk::new();
        desk.put(there, "old");
        let run = desk.run(&["archive", "keygen", "a", "-o", "k"]);
        assert_eq!(run.code, 1, "{}", run.whole());
        assert!(run.err.contains("S802") && run.err.contains(there), "{}", run.err);
        assert_eq!(std::fs::read(desk.at(there)).unwrap(), b"old");
        assert_eq!(desk.names("."), [there]);
    }
}

#[test]
fn no_private_key_is_put_where_it_would_be_handed_on() {
    for mark in ["report.toml", "bagit.txt"] {
        let desk = Desk::new();
        desk.put(&format!("r/{mark}"), "");
        desk.put("r/data/a.csv", "");
        let run = desk.run(&["archive", "keygen", "a", "-o", "r/data/k"]);
        assert_eq!((run.code, desk.names("r/data")), (1, vec!["a.csv".to_owned()]), "{mark}");
    }
}

#[test]
fn names_that_cannot_be_used_are_wrong_usage() {
    for args in
        [&["a/b"][..], &[""], &["a,b"], &["*", "-o", "k"], &["a", "-o", ".."], &["a", "-o", ""]]
    {
        let desk = Desk::new();
        let run = desk.run(&[&["archive", "keygen"], args].concat());
        assert_eq!(run.code, 2, "{args:?} {}", run.whole());
        assert!(
            run.err.contains("鍵は作っていません") || run.err.contains("使えません"),
            "{}",
            run.err
        );
        assert!(desk.names(".").is_empty(), "{args:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let run = Desk::new().run(&["archive", "keygen", "a", "-o", "nowhere/k"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("S802"), "{}", run.err);
}

#[test]
fn help_is_japanese_on_every_level() {
    let desk = Desk::new();
    for args in [&["archive", "--help"][..], &["archive", "keygen", "--help"]] {
        let help = desk.run(args).out;
        assert!(help.contains("使い方: soukatsu archive"), "{help}");
        for english in ["Usage", "Options", "Commands", "Arguments", "Print help", "COMMAND"] {
            assert!(!help.contains(english), "{english}: {help}");
        }
    }
    let bare = desk.run(&["archive"]);
    assert_eq!((bare.code, bare.err.contains("コマンドを指定")), (2, true), "{}", bare.err);
}
