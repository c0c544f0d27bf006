//! What `archive add` takes in stays for ever: what is wrong is told before, and nothing is taken
//! for an edition that this program did not put there.

use std::collections::BTreeMap;
use std::fs;

use crate::common;
use crate::desk::{Desk, Run};
use crate::sample_store::{EDITIONS, Kept, folder};

/// An `archive add` of the report `r` into the store `s`, but for what is being tried.
fn add(desk: &Desk, more: &[&str]) -> Run {
    let mut args = vec!["archive", "add", "r", "--store", "s"];
    let fill = [("--reason", "訂正"), ("--approved-by", "見本 花子"), ("--date", "2026-07-20")];
    for (name, value) in fill.into_iter().filter(|(name, _)| !more.contains(name)) {
        args.extend([name, value]);
    }
    desk.run(&[&args[..], more].concat())
}

/// A report folder `r` that is none of the editions.
fn put_report(kept: &Kept) {
    for (name, bytes) in common::files("mihon-r8") {
        kept.0.put(&format!("r/{name}"), bytes);
    }
}

fn names_of(store: &Kept) -> Vec<String> {
    store.0.names("s/editions")
}

const WHOLE_STORE: [&str; 4] = [".lock", "README.txt", "chain.txt", "editions"];

/// The line of the last edition in chain.txt.
fn last_line(kept: &Kept) -> String {
    format!("{EDITIONS:04}  {}\n", kept.digest(EDITIONS))
}

/// A store whose last edition has no line in chain.txt, with this mark beside it.
fn unlisted(mark: Option<&str>) -> Kept {
    let kept = Kept::new();
    put_report(&kept);
    let line = last_line(&kept);
    kept.change("chain.txt", |text| text.replace(&line, ""));
    if let Some(mark) = mark {
        kept.write(".adding", mark);
    }
    kept
}

#[test]
fn what_an_interrupted_run_left_is_listed_and_described() {
    let line = last_line(&Kept::new());
    let kept = unlisted(Some(&line));
    let run = add(&kept.0, &[]);
    assert_eq!(run.code, 0, "{}", run.whole());
    assert!(kept.text("chain.txt").contains(&line));
    let digest = kept.digest(EDITIONS);
    for told in ["版4は", "載せました", "2026-07-14", "訂正", "見本 花子", &digest] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    assert!(run.err.contains("自分でなければ、`soukatsu archive show 4 --store s`"), "{}", run.err);
    assert_eq!(kept.0.names("s"), WHOLE_STORE);
    assert_eq!(kept.found(&["--digests-only"]), []);
}

#[test]
fn what_no_interrupted_run_left_is_not_taken_in() {
    let other = format!("{EDITIONS:04}  {}\n", Kept::new().digest(3));
    let third = last_line(&Kept::new()).replace("0004", "0003");
    let cut = last_line(&Kept::new()).replace('\n', "");
    for mark in [None, Some(""), Some("x\n"), Some(&*other), Some(&*third), Some(&*cut)] {
        let kept = unlisted(mark);
        let before = kept.text("chain.txt");
        let run = add(&kept.0, &[]);
        assert_eq!(run.code, 1, "{mark:?}: {}", run.whole());
        assert!(run.err.contains("[S812]") && run.err.contains("載っていない"), "{}", run.err);
        // Both ways out.
        assert!(run.err.contains("保管庫の外へ移し"), "{}", run.err);
        assert!(run.err.contains(last_line(&kept).trim_end()), "{}", run.err);
        assert_eq!((kept.text("chain.txt"), names_of(&kept).len()), (before, 4), "{mark:?}");
    }
}

#[test]
fn the_ways_out_of_an_edition_that_is_not_ours_work() {
    let kept = unlisted(None);
    kept.change("chain.txt", |text| text + &last_line(&kept));
    assert_eq!(add(&kept.0, &[]).code, 0);
    assert_eq!(kept.found(&["--digests-only"]), []);
    let kept = unlisted(None);
    fs::rename(kept.at(&folder(4)), kept.0.at("aside")).unwrap();
    assert_eq!(add(&kept.0, &[]).code, 0);
    assert_eq!(kept.found(&["--digests-only"]), []);
}

#[test]
fn an_edition_that_is_marked_and_not_whole_is_not_taken_in() {
    let kept = unlisted(Some(&last_line(&Kept::new())));
    kept.remove(&format!("{}/data/official.pdf", folder(4)));
    let run = add(&kept.0, &[]);
    assert!(run.code == 1 && run.err.contains("[S811]"), "{}", run.whole());
    assert!(!kept.text("chain.txt").contains("0004"));
}

#[test]
fn who_runs_an_interrupted_add_again_gets_the_number() {
    let kept = unlisted(Some(&last_line(&Kept::new())));
    fs::remove_dir_all(kept.0.at("r")).unwrap();
    assert_eq!(kept.run("restore", &["4", "-o", "r"]).code, 0);
    assert_eq!(kept.0.run(&["archive", "keygen", "見本", "-o", "k"]).code, 0);
    let digest = kept.digest(EDITIONS);
    let again = ["archive", "add", "r", "--store", "s", "--reason", "訂正", "--sign", "k"];
    let run = kept.0.run(&[&again[..], &["--approved-by", "見本 花子"]].concat());
    // It is kept, but not signed as was asked for.
    assert_eq!((run.code, run.out.trim()), (1, "s/editions/0004"), "{}", run.whole());
    assert!(run.err.contains("載せました") && run.err.contains("同じ内容"), "{}", run.err);
    assert!(run.err.contains(&format!("版の番号は {digest} です")), "{}", run.err);
    assert!(run.err.contains("`soukatsu archive sign 4 --store s --key"), "{}", run.err);
    assert_eq!((names_of(&kept).len(), kept.found(&["--digests-only"])), (4, vec![]));
    // From then on it is the same content and nothing more.
    let run = add(&kept.0, &[]);
    assert_eq!((run.code, &*run.out), (1, ""), "{}", run.whole());
    assert!(run.err.contains(&digest) && !run.err.contains("載せました"), "{}", run.err);
}

#[test]
fn an_interrupted_add_is_not_ended_with_other_words() {
    let kept = unlisted(Some(&last_line(&Kept::new())));
    fs::remove_dir_all(kept.0.at("r")).unwrap();
    assert_eq!(kept.run("restore", &["4", "-o", "r"]).code, 0);
    let other = ["archive", "add", "r", "--store", "s", "--reason", "別の理由"];
    let run = kept.0.run(&[&other[..], &["--approved-by", "見本 花子"]].concat());
    assert_eq!((run.code, &*run.out), (1, ""), "{}", run.whole());
    assert!(run.err.contains("版4は、上の理由と承認で保管してあります"), "{}", run.err);
    assert_eq!((names_of(&kept).len(), kept.found(&["--digests-only"])), (4, vec![]));
}

#[test]
fn a_mark_without_its_edition_is_taken_away() {
    let kept = Kept::new();
    put_report(&kept);
    kept.write(".adding", format!("0005  {}\n", "0".repeat(64)));
    assert_eq!(kept.found(&["--digests-only"]), []);
    assert_eq!(add(&kept.0, &[]).code, 0);
    assert_eq!(kept.0.names("s"), WHOLE_STORE);
}

/// The sample with the file of figure 4 under another name.
fn renamed(name: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = common::files("mihon-r8");
    let csv = files.remove("csv/fig-04.csv").unwrap();
    files.insert(format!("csv/{name}"), csv);
    common::replace(&mut files, "report.toml", "csv/fig-04.csv", &format!("csv/{name}"));
    files
}

#[cfg(unix)]
#[test]
fn what_could_not_come_back_from_an_official_pdf_is_told_when_it_is_built() {
    for name in ["図4:推移.csv", "CON.csv", "達成率100%.csv", "fig-04.csv.", "a?.csv", "fig-02.CSV"]
    {
        let desk = Desk::with(&renamed(name));
        let run = desk.run(&["build", "r", "-o", "plain.pdf"]);
        assert_eq!(run.code, 0, "{name}: {}", run.whole());
        let official = desk.run(&["build", "r", "--official", "-o", "official.pdf"]);
        assert_eq!((official.code, desk.at("official.pdf").exists()), (1, false), "{name}");
        let added = add(&desk, &[]);
        assert_eq!((added.code, desk.at("s").exists()), (1, false), "{name}");
        for run in [official, added] {
            assert!(run.err.contains("誤り[S810]"), "{name}: {}", run.err);
            assert!(run.err.contains(&format!("csv/{name}")), "{name}: {}", run.err);
        }
    }
}

#[test]
fn a_file_that_is_not_in_the_pdf_does_not_stop_the_pdf_but_the_archive() {
    let desk = Desk::with(&common::files("mihon-r8"));
    desk.put("r/下書き100%.txt", "x");
    assert_eq!(desk.run(&["build", "r", "--official"]).code, 0);
    let run = add(&desk, &[]);
    assert!(run.code == 1 && run.err.contains("誤り[S810]"), "{}", run.whole());
}

#[test]
fn a_report_and_a_store_stand_apart() {
    let desk = Desk::with(&common::files("mihon-r8"));
    for store in ["r", "./r/", "r/s", "r/a/b/s", "r/csv", ".", "x/../r/s"] {
        let run = add_to(&desk, "r", store);
        assert_eq!(run.code, 1, "{store}: {}", run.whole());
        assert!(
            run.err.contains("保管していません") && run.err.contains('中')
                || run.err.contains("報告書フォルダーです"),
            "{store}: {}",
            run.err
        );
    }
    assert_eq!(desk.names("."), ["r"]);
    assert!(!desk.names("r").contains(&"s".to_owned()));
}

fn add_to(desk: &Desk, report: &str, store: &str) -> Run {
    let more = ["--reason", "訂正", "--approved-by", "見本", "--date", "2026-07-20"];
    desk.run(&[&["archive", "add", report, "--store", store][..], &more].concat())
}

#[test]
fn what_is_in_a_store_is_no_report_and_no_place_for_a_store() {
    let kept = Kept::new();
    put_report(&kept);
    let before = crate::sample_store::stamps(&kept.at(""));
    for (report, store) in [
        ("s/editions/0001/data/report", "s"),
        ("s/editions/0001/data/report", "other"),
        ("r", "s/editions/0001"),
        ("r", "s/new"),
        ("r", "s/editions/0005"),
    ] {
        let run = add_to(&kept.0, report, store);
        assert!(run.code == 1 && run.err.contains("中です"), "{report} {store}: {}", run.whole());
    }
    assert!(crate::sample_store::stamps(&kept.at("")) == before);
    assert!(!kept.0.at("other").exists());
}

#[test]
fn what_lies_beside_the_editions_is_told_and_proves_nothing() {
    let kept = Kept::new();
    for name in ["0003.pdf", "chain.txt.bak", ".DS_Store", "Thumbs.db", "desktop.ini", "旧/a.pdf"]
    {
        kept.write(name, "x");
    }
    kept.write("signers", "");
    kept.write(".staging-x/a", "x");
    let run = kept.run("verify", &["--digests-only"]);
    assert_eq!(run.code, 0, "{}", run.whole());
    for name in ["0003.pdf", "chain.txt.bak", ".DS_Store", "Thumbs.db", "desktop.ini", "旧"] {
        assert!(run.err.contains(&format!("場所   s/{name}\n")), "{name}: {}", run.err);
    }
    assert_eq!(run.err.matches("注意[S812]").count(), 6, "{}", run.err);
}

#[test]
fn an_empty_folder_in_an_edition_is_told_and_stops_nothing() {
    let kept = Kept::new();
    put_report(&kept);
    fs::create_dir_all(kept.at("editions/0004/data/report/空/中")).unwrap();
    fs::create_dir(kept.at("editions/0004/signatures")).unwrap();
    let run = kept.run("verify", &[]);
    assert_eq!((run.code, run.err.matches("注意[S811]").count()), (0, 2), "{}", run.whole());
    assert!(run.err.contains("s/editions/0004/data/report/空/中\n"), "{}", run.err);
    assert!(run.out.contains("0004 異状なし、組み直し 同じPDF"), "{}", run.out);
    assert_eq!(kept.run("export", &["4", "-o", "4.zip"]).code, 0);
    assert_eq!(add(&kept.0, &[]).code, 0);
}

#[test]
fn a_date_that_cannot_be_meant_is_told() {
    let desk = Desk::with(&common::files("mihon-r8"));
    for (date, told) in [
        ("20260701", "「2026-07-16」の形"),
        ("2026-7-1", "「2026-07-16」の形"),
        ("2026-02-30", "暦にない日"),
        ("1926-07-01", "1989年より前"),
        ("2206-07-01", "1年以上後"),
    ] {
        let run = add(&desk, &["--date", date]);
        assert!(run.code == 2 && run.err.contains(told), "{date}: {}", run.whole());
    }
    assert!(!desk.at("s").exists());
}

#[test]
fn no_edition_is_older_than_the_one_before() {
    let kept = Kept::new();
    put_report(&kept);
    let run = add(&kept.0, &["--date", "2026-07-13"]);
    assert_eq!((run.code, names_of(&kept).len()), (1, 4), "{}", run.whole());
    for told in ["2026-07-13", "版4", "2026-07-14", "保管していません"] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    let run = add(&kept.0, &["--date", "2026-07-14"]);
    assert_eq!(run.code, 0, "the same day: {}", run.whole());
}

#[test]
fn a_text_that_could_not_be_read_in_ten_years_is_refused() {
    let desk = Desk::with(&common::files("mihon-r8"));
    for option in ["--reason", "--approved-by"] {
        for (text, told) in [
            ("見本\n太郎", "3文字目に改行（U+000A）"),
            ("\u{202e}郎太", "1文字目に目に見えない文字（U+202E）"),
            ("\u{e000}田", "外字"),
            (" 　", "空にはできません"),
            (&"あ".repeat(1001), "長すぎます"),
        ] {
            let run = add(&desk, &[option, text]);
            assert!(run.code == 2 && run.err.contains(told), "{option} {text:?}: {}", run.whole());
            assert!(!run.err.contains('\u{202e}'), "{option}: {:?}", run.err);
        }
    }
    assert!(!desk.at("s").exists());
}

#[test]
fn what_another_store_says_turns_no_text_around() {
    let signs: String = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').collect();
    let signs = signs + "\u{200e}\u{200f}\u{61c}";
    let kept = Kept::new();
    let info = format!("{}/bag-info.txt", folder(2));
    kept.change(&info, |text| text.replace("訂正", &format!("訂{signs}正")));
    let changes = format!("{}/data/changes/changes.txt", folder(2));
    kept.change(&changes, |text| format!("{signs}{text}"));
    kept.write(&format!("{}/data/見{signs}本.csv", folder(2)), "");
    kept.write(&format!("外{signs}部"), "");
    for args in [&["verify", "--digests-only"][..], &["list"], &["show", "2"]] {
        let run =
            kept.0.run(&[&["--color", "always", "archive"], args, &["--store", "s"]].concat());
        let whole = run.whole();
        assert!(!whole.contains(|c| signs.contains(c)), "{whole:?}");
        assert!(whole.contains('\u{fffd}'), "{whole:?}");
    }
}

#[cfg(unix)]
mod special_files {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::time::Duration;

    use super::*;

    /// A command that is ended when it waits for something that never comes.
    fn run(kept: &Kept, args: &[&str]) -> Run {
        let mut command = assert_cmd::Command::cargo_bin("soukatsu").unwrap();
        command.current_dir(kept.0.path()).env_clear().args(args);
        let output = command.timeout(Duration::from_secs(60)).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap_or(-1);
        Run { code, out: text(output.stdout), err: text(output.stderr) }
    }

    #[test]
    fn no_command_reads_a_pipe_or_a_socket() {
        let kept = Kept::new();
        put_report(&kept);
        crate::sample_store::pipe(&kept.0.at("pipe"));
        let _socket = UnixListener::bind(kept.0.at("socket")).unwrap();
        symlink(kept.0.at("pipe"), kept.0.at("link")).unwrap();
        let adding = ["archive", "add", "r", "--store", "s", "--reason", "訂正"];
        let adding = [&adding[..], &["--approved-by", "見本", "--sign"]].concat();
        for what in ["pipe", "socket", "link"] {
            for args in [
                &["archive", "restore", what, "-o", "x"][..],
                &["diff", what, "r"],
                &["diff", "r", what],
                &["archive", "verify", "--store", "s", "--signers", what],
                &["archive", "sign", "1", "--store", "s", "--key", what],
                &[&adding[..], &[what]].concat(),
                &["build", "r", "--font-path", what],
            ] {
                let run = run(&kept, args);
                assert_eq!(run.code, 1, "{args:?} {}", run.whole());
                assert!(run.err.contains("普通のファイルではありません"), "{args:?}: {}", run.err);
            }
        }
        assert_eq!((kept.0.at("x").exists(), names_of(&kept).len()), (false, 4));
    }

    #[test]
    fn nothing_is_signed_through_a_link() {
        for (place, target) in [(".lock", "new"), ("editions/0002/signatures", "outside")] {
            let kept = Kept::new();
            fs::create_dir(kept.0.at("outside")).unwrap();
            _ = fs::remove_file(kept.at(place));
            symlink(kept.0.at(target), kept.at(place)).unwrap();
            assert_eq!(run(&kept, &["archive", "keygen", "見本", "-o", "k"]).code, 0);
            let run = run(&kept, &["archive", "sign", "2", "--store", "s", "--key", "k"]);
            assert_eq!(run.code, 1, "{place}: {}", run.whole());
            assert!(run.err.contains("普通のファイルではありません"), "{place}: {}", run.err);
            assert!(kept.0.names("outside").is_empty() && !kept.0.at("new").exists(), "{place}");
            assert!(!kept.at("editions/0002/signatures").is_dir() || place != ".lock");
        }
    }

    #[test]
    fn a_link_under_a_name_of_the_store_is_told() {
        let kept = Kept::new();
        for name in ["README.txt", ".lock", ".adding"] {
            _ = fs::remove_file(kept.at(name));
            symlink(kept.0.at("outside"), kept.at(name)).unwrap();
        }
        let run = kept.run("verify", &["--digests-only"]);
        assert_eq!((run.code, run.err.matches("注意[S812]").count()), (0, 3), "{}", run.whole());
    }

    #[test]
    fn nothing_is_marked_through_a_link() {
        let kept = Kept::new();
        put_report(&kept);
        symlink(kept.0.at("new"), kept.at(".adding")).unwrap();
        let run = add(&kept.0, &[]);
        assert!(run.code == 1 && run.err.contains(".adding"), "{}", run.whole());
        assert!(!kept.0.at("new").exists() && names_of(&kept).len() == 4);
    }

    #[test]
    fn links_do_not_hide_that_a_store_is_in_a_report_or_the_other_way_round() {
        let kept = Kept::new();
        put_report(&kept);
        symlink(kept.0.at("r/csv"), kept.0.at("way")).unwrap();
        symlink(kept.0.at("s/editions"), kept.0.at("in")).unwrap();
        symlink(kept.0.at("r"), kept.0.at("also")).unwrap();
        for (report, store) in [
            ("r", "way/s"),
            ("r", "way/a/s"),
            ("also", "r/s"),
            ("r", "also"),
            ("in/0001/data/report", "other"),
            ("r", "in/0005"),
        ] {
            let run = add_to(&kept.0, report, store);
            assert_eq!(run.code, 1, "{report} {store}: {}", run.whole());
            assert!(run.err.contains("保管していません"), "{report} {store}: {}", run.err);
        }
        assert!(!kept.0.at("r/csv/s").exists() && names_of(&kept).len() == 4);
        // A key in a store would be handed on with it.
        let run = kept.0.run(&["archive", "keygen", "見本", "-o", "in/k"]);
        assert!(run.code == 1 && run.err.contains("保管庫"), "{}", run.whole());
    }
}

#[cfg(unix)]
#[test]
fn what_the_system_says_is_said_in_japanese() {
    let kept = Kept::new();
    let long = "あ".repeat(100);
    for (args, told) in [
        (&["archive", "restore", "1", "--store", "s", "-o", &long][..], "名前が長すぎる"),
        (&["archive", "export", "1", "--store", "s", "-o", &long], "名前が長すぎる"),
        (&["archive", "list", "--store", &long], "名前が長すぎる"),
        (&["archive", "verify", "--store", "s", "--signers", "s"], "フォルダーです"),
        (&["archive", "sign", "--store", "s", "--key", "."], "フォルダーです"),
        (&["archive", "restore", "s/chain.txt/x", "-o", "x"], "フォルダーではありません"),
    ] {
        let run = kept.0.run(args);
        assert!(run.code != 0 && run.err.contains(told), "{args:?}: {}", run.whole());
        assert!(!run.err.contains("os error"), "{args:?}: {}", run.err);
    }
}

#[test]
fn a_clock_years_ahead_of_the_report_gives_no_edition_its_day() {
    let mut files = common::files("mihon-r8");
    common::replace(&mut files, "report.toml", "2026-07-16", "1990-07-16");
    let desk = Desk::with(&files);
    let add = ["archive", "add", "r", "--store", "s", "--reason", "提出", "--approved-by", "市長"];
    let run = desk.run(&add);
    assert_eq!(run.code, 1, "{}", run.whole());
    assert!(run.err.contains("（新しい方は 1990-07-16）より2年以上後です"), "{}", run.err);
    let run = desk.run(&[&add[..], &["--date", "2026-07-20"]].concat());
    assert_eq!(run.code, 0, "{}", run.whole());
}

#[test]
fn a_store_with_an_edition_of_the_future_goes_on_with_its_day() {
    let kept = Kept::new();
    put_report(&kept);
    kept.change("editions/0004/bag-info.txt", |text| {
        text.replace("Bagging-Date: 2026-07-14", "Bagging-Date: 2100-01-01")
    });
    kept.reseal_tags(4);
    kept.rewitness();
    let run = add(&kept.0, &[]);
    assert_eq!(run.code, 1, "{}", run.whole());
    assert!(run.err.contains("`--date 2100-01-01` と指定し"), "{}", run.err);
    assert_eq!(add(&kept.0, &["--date", "2100-01-02"]).code, 2);
    assert_eq!(add(&kept.0, &["--date", "2100-01-01"]).code, 0);
    assert_eq!(kept.run("verify", &["--digests-only"]).code, 0);
}
