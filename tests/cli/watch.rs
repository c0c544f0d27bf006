//! `soukatsu watch` as people use it: a process that runs while files are saved.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::common;
use crate::desk::Desk;

/// Far more than any machine needs; only a fault waits so long.
const LONGEST: Duration = Duration::from_secs(120);
const INDICATORS: &str = "r/csv/indicators.csv";
/// A value that no claim of the prose rests on, and two others for it.
const CELL: [&str; 3] = ["50.8,51.9", "50.9,51.9", "51.0,51.9"];

/// A desk with the small sample and a process that watches it.
struct Watched {
    desk: Desk,
    process: Child,
    told: Arc<Mutex<String>>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

impl Watched {
    /// Begins to watch, and waits for the first PDF.
    fn with(desk: Desk, args: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_soukatsu"))
            .current_dir(desk.path())
            .env_clear()
            .args(["watch", "r"])
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let told = Arc::new(Mutex::new(String::new()));
        let (lines, heard) = (BufReader::new(process.stderr.take().unwrap()), told.clone());
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                *heard.lock().unwrap() += &format!("{line}\n");
            }
        });
        let watched = Watched { desk, process, told };
        watched.until_told("変更を待っています", 1);
        watched
    }

    fn new() -> Self {
        Self::with(Desk::with(&common::files("mihon-r8")), &[])
    }

    fn told(&self) -> String {
        self.told.lock().unwrap().clone()
    }

    fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < LONGEST, "{what} never came:\n{}", self.told());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn until_told(&self, words: &str, times: usize) {
        self.until(words, || self.told().matches(words).count() >= times);
    }

    /// Waits until the PDF is what `build` makes of the folder as it stands now.
    fn until_up_to_date(&self) {
        let run = self.desk.run(&["build", "r", "-o", "fresh.pdf"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let fresh = self.read("fresh.pdf");
        self.until("the PDF of the last state", || self.pdf() == fresh);
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.desk.at(name)).unwrap()
    }

    fn pdf(&self) -> Vec<u8> {
        self.read("r.pdf")
    }

    /// The text of a file with one part replaced; nothing is saved.
    fn edited(&self, name: &str, from: &str, to: &str) -> String {
        let text = String::from_utf8(self.read(name)).unwrap();
        assert!(text.contains(from), "{name} holds no {from}");
        text.replacen(from, to, 1)
    }

    fn save(&self, name: &str, from: &str, to: &str) {
        self.desk.put(name, self.edited(name, from, to));
    }

    fn rename(&self, from: &str, to: &str) {
        std::fs::rename(self.desk.at(from), self.desk.at(to)).unwrap();
    }
}

#[test]
fn a_saved_cell_is_told_and_leads_to_the_pdf_that_build_makes() {
    let watched = Watched::new();
    watched.save(INDICATORS, CELL[0], CELL[1]);
    watched.until_told("r.pdf を書き出しました", 2);
    watched.until_up_to_date();
    let told = watched.told();
    assert!(told.contains("変わったファイル: csv/indicators.csv"), "{told}");
    assert!(told.contains("地域の支え合いを感じる市民の割合［R3］ 50.8 → 50.9"), "{told}");
}

#[test]
fn a_fault_is_told_and_keeps_the_old_pdf_until_it_is_mended() {
    let watched = Watched::new();
    let before = watched.pdf();
    watched.save(INDICATORS, CELL[0], "五十,51.9");
    watched.until_told("前の r.pdf はそのままです", 1);
    assert!(watched.told().contains("誤り[S302]"), "{}", watched.told());
    // Another fault in the same cell mends nothing.
    watched.save(INDICATORS, "五十,51.9", "五十一,51.9");
    watched.until_told("前の r.pdf はそのままです", 2);
    assert!(!watched.told().contains("解消"), "{}", watched.told());
    assert!(watched.pdf() == before);
    watched.save(INDICATORS, "五十一,51.9", CELL[1]);
    watched.until_told("解消: [S302]", 1);
    watched.until_up_to_date();
    assert!(watched.told().contains("50.8 → 50.9"), "{}", watched.told());
}

#[test]
fn a_file_swapped_by_renames_is_seen() {
    let watched = Watched::new();
    // As vim and Excel save: the old file goes away, another takes its name.
    watched.desk.put("r/csv/new.tmp", watched.edited(INDICATORS, CELL[0], CELL[1]));
    watched.rename(INDICATORS, "r/csv/indicators.csv~");
    watched.rename("r/csv/new.tmp", INDICATORS);
    watched.until_up_to_date();
    // As others do: right over the old one.
    watched.desk.put("r/csv/new.tmp", watched.edited(INDICATORS, CELL[1], CELL[2]));
    watched.rename("r/csv/new.tmp", INDICATORS);
    watched.until_up_to_date();
    assert!(!watched.told().contains("誤り["), "{}", watched.told());
}

#[test]
fn a_half_saved_file_is_no_fault_when_the_rest_follows() {
    let watched = Watched::new();
    let whole = watched.edited(INDICATORS, CELL[0], CELL[1]);
    watched.desk.put(INDICATORS, "");
    watched.desk.put(INDICATORS, &whole.as_bytes()[..whole.len() / 3]);
    watched.desk.put(INDICATORS, &whole);
    watched.until_up_to_date();
    watched.until_told("r.pdf を書き出しました", 2);
    assert!(!watched.told().contains("誤り["), "{}", watched.told());
}

#[test]
fn a_folder_of_data_that_was_away_is_seen_again() {
    let watched = Watched::new();
    watched.rename("r/csv", "csv");
    watched.until_told("PDFは書き出していません", 1);
    watched.rename("csv", "r/csv");
    watched.until_told("解消", 1);
    watched.save(INDICATORS, CELL[0], CELL[1]);
    watched.until_up_to_date();
}

#[test]
fn the_report_folder_may_be_moved_away_and_back() {
    let watched = Watched::new();
    watched.rename("r", "elsewhere");
    watched.until_told("「r」がなくなりました", 1);
    watched.save("elsewhere/csv/indicators.csv", CELL[0], CELL[1]);
    watched.rename("elsewhere", "r");
    watched.until_told("「r」が戻りました", 1);
    watched.until_up_to_date();
    watched.save(INDICATORS, CELL[1], CELL[2]);
    watched.until_up_to_date();
}

#[test]
fn the_report_folder_may_be_deleted_and_restored() {
    let watched = Watched::new();
    std::fs::remove_dir_all(watched.desk.at("r")).unwrap();
    watched.until_told("「r」がなくなりました", 1);
    for (name, bytes) in common::files("mihon-r8") {
        watched.desk.put(&format!("r/{name}"), bytes);
    }
    watched.save(INDICATORS, CELL[0], CELL[1]);
    watched.until_up_to_date();
}

#[test]
fn a_template_of_ones_own_is_read_again() {
    let watched = Watched::with(with_own_template(), &[]);
    let before = watched.pdf();
    watched.save("r/own/theme.typ", "size: ", "size: 0.1pt + ");
    watched.until("pages with other letters", || watched.pdf() != before);
    watched.until_up_to_date();
    assert!(watched.told().contains("変わったファイル: own/theme.typ"), "{}", watched.told());
    // A file that nothing needs any more is gone for Typst, too.
    watched.desk.put("r/own/extra.typ", "#let nothing = []\n");
    watched.save("r/own/report.typ", "#import", "#import \"extra.typ\": nothing\n#import");
    watched.until_told("加わったファイル: own/extra.typ", 1);
    std::fs::remove_file(watched.desk.at("r/own/extra.typ")).unwrap();
    watched.until_told("PDFは書き出していません", 1);
}

fn with_own_template() -> Desk {
    let mut files = common::files("mihon-r8");
    common::replace(&mut files, "report.toml", "template = \"council\"", "template = \"own\"");
    let desk = Desk::with(&files);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/council");
    for path in files_below(&root) {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
        desk.put(&format!("r/own/{name}"), std::fs::read(&path).unwrap());
    }
    desk
}

fn files_below(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn a_pdf_inside_the_report_folder_is_no_change_of_the_report() {
    let desk = Desk::with(&common::files("mihon-r8"));
    let watched = Watched::with(desk, &["-o", "r/out.pdf"]);
    for (before, after) in [(CELL[0], CELL[1]), (CELL[1], CELL[2])] {
        let old = watched.read("r/out.pdf");
        watched.save(INDICATORS, before, after);
        watched.until("a new PDF", || watched.read("r/out.pdf") != old);
    }
    watched.until_told("r/out.pdf を書き出しました", 3);
    assert_eq!(watched.told().matches("書き出しました").count(), 3, "{}", watched.told());
}

#[test]
fn data_is_never_overwritten_by_the_pdf() {
    let desk = Desk::with(&common::files("mihon-r8"));
    let before = std::fs::read(desk.at(INDICATORS)).unwrap();
    let watched = Watched::with(desk, &["-o", INDICATORS]);
    assert!(watched.told().contains("PDFではないファイルがあります"), "{}", watched.told());
    assert!(watched.read(INDICATORS) == before);
}

#[test]
fn files_that_an_empty_report_no_longer_names_are_not_gone() {
    let watched = Watched::new();
    std::fs::write(watched.desk.at("r/report.toml"), "").unwrap();
    watched.until_told("`[report]` の表を加えてください", 1);
    assert!(watched.told().contains("報告書で使わなくなったファイル"), "{}", watched.told());
    assert!(!watched.told().contains("なくなったファイル: csv/"), "{}", watched.told());
}
