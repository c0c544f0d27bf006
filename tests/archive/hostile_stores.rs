//! Stores from elsewhere: what they hold reaches no file outside, and keeps no command waiting.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::common;
use crate::desk::Run;
use crate::sample_store::{Kept, folder, pipe};

/// Far more than any command on a small store takes, far less than a pipe or a terabyte would.
const LONGEST: Duration = Duration::from_secs(60);

/// Every command that reads an edition, on the second one.
fn every_command(kept: &Kept) -> Vec<(&'static str, Run)> {
    let start = Instant::now();
    let edition = format!("s/{}", folder(2));
    let runs = vec![
        ("verify", kept.run("verify", &[])),
        ("list", kept.run("list", &[])),
        ("show", kept.run("show", &["2"])),
        ("restore", kept.run("restore", &["2", "-o", "restored"])),
        ("export", kept.run("export", &["2", "-o", "2.zip"])),
        ("diff", kept.0.run(&["diff", &edition, "s/editions/0001"])),
    ];
    for (name, run) in &runs {
        // 3 is a fault of the program; a signal would have no code at all.
        assert!([0, 1].contains(&run.code), "{name}: {}", run.whole());
    }
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    runs
}

fn code(runs: &[(&str, Run)], command: &str) -> i32 {
    runs.iter().find(|(name, _)| *name == command).unwrap().1.code
}

fn assert_refused(kept: &Kept, runs: &[(&str, Run)]) {
    for (command, output) in [("restore", "restored"), ("export", "2.zip")] {
        assert_eq!(code(runs, command), 1, "{command}");
        assert!(!kept.0.at(output).exists(), "{command} wrote {output}");
    }
    assert_eq!(code(runs, "verify"), 1);
}

#[test]
fn no_command_waits_for_a_pipe() {
    let names = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"];
    for name in names.into_iter().chain(["data/report/report.toml", "data/official.pdf"]) {
        let kept = Kept::new();
        pipe(&kept.at(&format!("{}/{name}", folder(2))));
        let runs = every_command(&kept);
        assert_eq!(code(&runs, "verify"), 1, "{name}");
        assert_eq!(code(&runs, "export"), 1, "{name}");
    }
}

#[test]
fn no_command_reads_a_terabyte() {
    for name in
        ["bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "data/report/report.toml"]
    {
        let kept = Kept::new();
        let place = format!("{}/{name}", folder(2));
        kept.write(&place, "");
        fs::File::options().write(true).open(kept.at(&place)).unwrap().set_len(1 << 40).unwrap();
        let runs = every_command(&kept);
        assert_eq!((code(&runs, "verify"), code(&runs, "export")), (1, 1), "{name}");
    }
}

#[test]
fn no_command_follows_a_link_out_of_the_store() {
    let kept = Kept::new();
    kept.0.put("secret", "秘密の行");
    for name in ["data/changes/changes.txt", "data/report/report.toml", "bag-info.txt"] {
        let path = kept.at(&format!("{}/{name}", folder(2)));
        fs::remove_file(&path).unwrap();
        symlink(kept.0.at("secret"), path).unwrap();
    }
    let runs = every_command(&kept);
    assert_refused(&kept, &runs);
    for (name, run) in &runs {
        assert!(!run.whole().contains("秘密の行"), "{name}: {}", run.whole());
    }
}

#[test]
fn a_path_that_leads_out_of_the_target_is_not_written() {
    let paths =
        ["data/report/../../../../../escaped", "data/report//../escaped", "/tmp/escaped-soukatsu"];
    for path in paths {
        let kept = Kept::new();
        kept.write(&format!("{}/escaped", folder(2)), "x");
        let list = format!("{}/manifest-sha256.txt", folder(2));
        let digest = soukatsu_core::model::digest::sha256(b"x");
        kept.change(&list, |text| format!("{text}{digest}  {path}\n"));
        kept.reseal_tags(2);
        kept.relink(2);
        kept.rewitness();
        assert_refused(&kept, &every_command(&kept));
        assert_eq!(kept.0.names("."), ["s"], "{path}");
        assert!(!Path::new("/tmp/escaped-soukatsu").exists());
    }
}

#[test]
fn a_hundred_thousand_lines_are_told_in_short() {
    let kept = Kept::new();
    let list = format!("{}/manifest-sha256.txt", folder(2));
    let lines: String =
        (0..100_000).map(|line| format!("{}  data/x/{line}.csv\n", "0".repeat(64))).collect();
    kept.change(&list, |text| text + &lines);
    kept.reseal_tags(2);
    let runs = every_command(&kept);
    assert_refused(&kept, &runs);
    let told = &runs[0].1.err;
    assert!(told.contains("ほかに") && told.lines().count() < 1000, "{}", told.lines().count());
}

/// Folders in folders, deeper than any path may be long.
struct Deep(PathBuf);

impl Deep {
    fn new(place: PathBuf, depth: usize) -> Self {
        const AT_ONCE: usize = 1000;
        let below = |root: &Path| (0..AT_ONCE).fold(root.to_owned(), |path, _| path.join("a"));
        let part = place.with_extension("part");
        fs::create_dir_all(below(&place)).unwrap();
        for _ in 1..depth / AT_ONCE {
            fs::create_dir_all(below(&part)).unwrap();
            fs::rename(&place, below(&part).join("a")).unwrap();
            fs::rename(&part, &place).unwrap();
        }
        Deep(place)
    }
}

impl Drop for Deep {
    fn drop(&mut self) {
        // The standard library would keep every folder on the way open.
        _ = Command::new("rm").arg("-rf").arg(&self.0).status();
    }
}

#[test]
fn ten_thousand_folders_in_one_another_are_told_and_harm_nothing() {
    let kept = Kept::new();
    let deep = Deep::new(kept.at(&format!("{}/data/report/deep", folder(2))), 10_000);
    let runs = every_command(&kept);
    assert_eq!(code(&runs, "verify"), 1);
    assert!(runs[0].1.err.contains("フォルダーが深すぎます"), "{}", runs[0].1.err);
    drop(deep);
    let _deep = Deep::new(kept.at(".staging-deep"), 10_000);
    assert_eq!(add(&kept, "9").code, 0);
}

#[test]
fn a_terminal_is_shown_no_control_characters() {
    let kept = Kept::new();
    let info = format!("{}/bag-info.txt", folder(2));
    kept.change(&info, |text| text.replace("訂正", "\u{1b}]0;x\u{7}\u{1b}[2J訂正"));
    kept.write(&format!("{}/data/\u{1b}[2J.csv", folder(2)), "");
    for args in [&["verify", "--digests-only"][..], &["list"], &["show", "2"]] {
        let run =
            kept.0.run(&[&["--color", "always", "archive"], args, &["--store", "s"]].concat());
        let whole = run.whole();
        assert!(!whole.contains("\u{1b}[2J") && !whole.contains('\u{7}'), "{whole:?}");
        assert!(whole.contains("[2J"), "{whole:?}");
    }
}

/// Adds an edition with another cell.
fn add(kept: &Kept, cell: &str) -> Run {
    for (name, bytes) in common::files("mihon-r8") {
        kept.0.put(&format!("r/{name}"), bytes);
    }
    let csv = fs::read_to_string(kept.0.at("r/csv/fig-04.csv")).unwrap();
    kept.0.put("r/csv/fig-04.csv", csv.replace("38.4", &format!("3{cell}.5")));
    let args = ["archive", "add", "r", "--store", "s", "--approved-by", "見本 花子"];
    let args = [&args[..], &["--reason", "訂正", "--date", "2026-07-20"]].concat();
    kept.0.run(&args)
}

/// The files of an edition with what names them on the disk.
fn inodes(kept: &Kept, edition: u32) -> BTreeMap<String, u64> {
    let at = |name: &String| kept.at(&format!("{}/{name}", folder(edition)));
    let files = kept.files(edition).into_iter();
    files.map(|name| (name.clone(), fs::symlink_metadata(at(&name)).unwrap().ino())).collect()
}

#[test]
fn what_an_interrupted_run_left_is_swept_and_links_in_it_lead_nowhere() {
    let kept = Kept::new();
    kept.0.put("outside/file", "1");
    kept.write(".staging-a/data/file", "1");
    kept.write(".staging-b", "1");
    symlink(kept.0.at("outside"), kept.at(".staging-a/link")).unwrap();
    symlink(kept.0.at("outside"), kept.at(".staging-c")).unwrap();
    assert_eq!(add(&kept, "1").code, 0);
    assert_eq!(kept.0.names("s"), [".lock", "README.txt", "chain.txt", "editions"]);
    assert_eq!(kept.0.names("outside"), ["file"]);
    assert_eq!(kept.found(&[]), []);
}

#[test]
fn what_an_interrupted_making_left_becomes_a_store() {
    let kept = Kept::new();
    kept.remove("");
    kept.write("README.txt", "");
    kept.write(".lock", "");
    kept.write(".staging-a", "1");
    let run = add(&kept, "1");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(kept.found(&[]), []);
}

#[test]
fn nothing_is_added_behind_a_broken_chain() {
    let tamper: [fn(&Kept); 8] = [
        |kept| kept.remove("editions/0002"),
        |kept| kept.remove("editions/0004"),
        |kept| kept.remove("chain.txt"),
        |kept| kept.write("chain.txt", "改ざん"),
        |kept| {
            kept.change("chain.txt", |text| text.replace("0003", "0004").replace("0004", "0005"))
        },
        |kept| kept.change("editions/0004/tagmanifest-sha256.txt", |text| text + "\n"),
        |kept| kept.duplicate("editions/0002", "editions/0005"),
        |kept| {
            // Without its line: no interrupted run left this.
            kept.change("chain.txt", |text| {
                text.lines().take(3).map(|l| format!("{l}\n")).collect()
            });
        },
    ];
    for (index, tamper) in tamper.into_iter().enumerate() {
        let kept = Kept::new();
        tamper(&kept);
        let before = (kept.0.names("s/editions"), fs::read(kept.at("chain.txt")).ok());
        let run = add(&kept, "1");
        assert_eq!(run.code, 1, "{index}: {}", run.whole());
        assert!(run.err.contains("archive verify"), "{index}: {}", run.err);
        assert_eq!(
            (kept.0.names("s/editions"), fs::read(kept.at("chain.txt")).ok()),
            before,
            "{index}"
        );
    }
}

#[test]
fn nothing_is_written_through_a_link_in_the_store() {
    let links: [(&str, &str); 3] = [(".lock", "new"), ("chain.txt", "new"), ("editions", "folder")];
    for (name, target) in links {
        let kept = Kept::new();
        fs::create_dir(kept.0.at("folder")).unwrap();
        kept.remove(name);
        symlink(kept.0.at(target), kept.at(name)).unwrap();
        let run = add(&kept, "1");
        assert_eq!(run.code, 1, "{name}: {}", run.whole());
        assert!(!kept.0.at("new").exists(), "{name}");
        assert!(kept.0.names("folder").is_empty(), "{name}");
    }
}

#[test]
fn a_new_edition_shares_files_with_the_one_before_and_never_with_a_link() {
    let kept = Kept::new();
    let fonts = kept.files(4).into_iter().filter(|name| name.ends_with(".ttf"));
    let fonts: Vec<String> = fonts.map(|name| format!("{}/{name}", folder(4))).collect();
    let inode = |path: PathBuf| fs::metadata(path).unwrap().ino();
    assert_eq!(add(&kept, "1").code, 0);
    let new = kept.at(&fonts[1].replace("0004", "0005"));
    assert_eq!(inode(new), inode(kept.at(&fonts[1])));
    let kept = Kept::new();
    let outside = kept.0.at("outside.ttf");
    fs::write(&outside, kept.read(&fonts[0])).unwrap();
    kept.remove(&fonts[0]);
    symlink(&outside, kept.at(&fonts[0])).unwrap();
    let run = add(&kept, "1");
    assert!(run.code == 1 && run.err.contains("[S811]"), "{}", run.whole());
}

#[test]
fn earlier_editions_keep_every_file_when_one_is_added() {
    let kept = Kept::new();
    let before: Vec<_> = (1..=4).map(|edition| inodes(&kept, edition)).collect();
    assert_eq!(add(&kept, "1").code, 0);
    assert_eq!((1..=4).map(|edition| inodes(&kept, edition)).collect::<Vec<_>>(), before);
}

#[test]
fn a_damaged_edition_is_neither_restored_nor_exported_and_the_others_are() {
    let kept = Kept::new();
    kept.change("editions/0002/data/report/csv/fig-04.csv", |text| text.replace("48.4", "49.4"));
    let runs = every_command(&kept);
    assert_refused(&kept, &runs);
    let told = &runs.iter().find(|(name, _)| *name == "restore").unwrap().1.err;
    assert!(told.contains("S811") && told.contains("fig-04.csv"), "{told}");
    assert_eq!(kept.run("restore", &["3", "-o", "r3"]).code, 0);
    assert_eq!(kept.run("export", &["3", "-o", "3.zip"]).code, 0);
}

#[test]
fn an_edition_that_was_sealed_again_is_neither_restored_nor_exported() {
    let kept = Kept::new();
    kept.change("editions/0002/data/report/csv/fig-04.csv", |text| text.replace("48.4", "49.4"));
    kept.reseal(2);
    // The next edition still tells.
    kept.rewitness();
    let runs = every_command(&kept);
    assert_refused(&kept, &runs);
    assert!(runs[3].1.err.contains("S812"), "{}", runs[3].1.err);
}

#[test]
fn a_report_is_restored_from_an_edition_whose_pdf_is_damaged_and_that_is_said() {
    let kept = Kept::new();
    kept.write("editions/0002/data/official.pdf", "x");
    let run = kept.run("restore", &["2", "-o", "restored"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("official.pdf") && run.err.contains("S811"), "{}", run.err);
    let csv = fs::read_to_string(kept.0.at("restored/csv/fig-04.csv")).unwrap();
    assert!(csv.contains("48.4"), "{csv}");
}

#[test]
fn nothing_is_restored_in_the_place_of_something_else() {
    let kept = Kept::new();
    kept.0.put("file", "1");
    fs::create_dir(kept.0.at("folder")).unwrap();
    symlink(kept.0.at("nowhere"), kept.0.at("link")).unwrap();
    for name in ["file", "folder", "link"] {
        assert_eq!(kept.run("restore", &["2", "-o", name]).code, 1, "{name}");
    }
    assert!(kept.0.names("folder").is_empty() && !kept.0.at("nowhere").exists());
}
