//! A store with four editions, to be tampered with: made once, copied for each case.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::common;
use serde_json::Value;
use soukatsu_core::model::digest::sha256;

use crate::desk::{Desk, Run};

/// The editions of the store.
pub const EDITIONS: u32 = 4;

/// A desk with a copy of the store in its folder `s`.
pub struct Kept(pub Desk);

/// What `archive verify` found: code and place, with the message for people who read a failure.
pub type Found = (String, String, String);

/// The store itself, which no test may touch.
pub fn original() -> &'static Path {
    static STORE: OnceLock<PathBuf> = OnceLock::new();
    STORE.get_or_init(|| {
        // Linked into every copy, so on the same disk as these; each test program has its own.
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("kept-{}", exe_name()));
        _ = fs::remove_dir_all(&place);
        let mut files = common::files("mihon-r8");
        let desk = Desk::new();
        for number in 1..=EDITIONS {
            let csv = files.get_mut("csv/fig-04.csv").unwrap();
            let text = String::from_utf8(csv.clone()).unwrap();
            let cell = |number: u32| format!("家族や知人の勧め,{}8.4", number + 2);
            *csv = text.replace(&cell(number - 1), &cell(number)).into_bytes();
            for (name, bytes) in &files {
                desk.put(&format!("r/{name}"), bytes);
            }
            let store = place.to_str().unwrap();
            let date = format!("2026-07-1{number}");
            let add = ["archive", "add", "r", "--store", store, "--approved-by", "見本 花子"];
            let run = desk.run(&[&add[..], &["--reason", "訂正", "--date", &date]].concat());
            assert_eq!(run.code, 0, "{}", run.err);
        }
        place
    })
}

fn exe_name() -> String {
    let exe = std::env::current_exe().unwrap();
    exe.file_stem().unwrap().to_str().unwrap().to_owned()
}

impl Kept {
    /// A copy of the store on an empty desk; its files are links until they are changed.
    #[allow(clippy::new_without_default, reason = "a copy is made, not assumed")]
    pub fn new() -> Self {
        let kept = Kept(Desk(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()));
        copy(original(), &kept.at(""));
        kept
    }

    /// A path in the store.
    pub fn at(&self, name: &str) -> PathBuf {
        self.0.at("s").join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.at(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    /// Puts a file in the place of another, or where none was; the original keeps its own.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        _ = fs::remove_file(self.at(name));
        fs::create_dir_all(self.at(name).parent().unwrap()).unwrap();
        fs::write(self.at(name), bytes).unwrap();
    }

    pub fn change(&self, name: &str, change: impl FnOnce(String) -> String) {
        self.write(name, change(self.text(name)));
    }

    pub fn remove(&self, name: &str) {
        if self.at(name).is_dir() {
            fs::remove_dir_all(self.at(name)).unwrap();
        } else {
            fs::remove_file(self.at(name)).unwrap();
        }
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.at(from), self.at(to)).unwrap();
    }

    /// Copies a folder of the store.
    pub fn duplicate(&self, from: &str, to: &str) {
        copy(&self.at(from), &self.at(to));
    }

    /// Every file of an edition by its path below the edition's folder.
    pub fn files(&self, edition: u32) -> Vec<String> {
        let root = self.at(&folder(edition));
        let mut names = Vec::new();
        walk(&root, &mut |path| {
            names.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
        });
        names.sort();
        names
    }

    /// Makes an edition a valid bag again after its files were changed.
    pub fn reseal(&self, edition: u32) {
        let at = |name: &str| format!("{}/{name}", folder(edition));
        let payload: BTreeMap<String, Vec<u8>> = self
            .files(edition)
            .into_iter()
            .filter(|name| name.starts_with("data/"))
            .map(|name| (name.clone(), self.read(&at(&name))))
            .collect();
        let lines = |files: &BTreeMap<String, Vec<u8>>| -> String {
            files.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect()
        };
        self.write(&at("manifest-sha256.txt"), lines(&payload));
        let size: usize = payload.values().map(Vec::len).sum();
        let oxum = format!("Payload-Oxum: {size}.{}", payload.len());
        self.change(&at("bag-info.txt"), |text| replace_line(&text, "Payload-Oxum", &oxum));
        self.reseal_tags(edition);
    }

    /// Makes the list of the lists right again.
    pub fn reseal_tags(&self, edition: u32) {
        let at = |name: &str| format!("{}/{name}", folder(edition));
        let tags = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"];
        let lines = tags.map(|name| format!("{}  {name}\n", sha256(&self.read(&at(name)))));
        self.write(&at("tagmanifest-sha256.txt"), lines.concat());
    }

    /// Makes every edition behind one name the one before as it is now.
    pub fn relink(&self, from: u32) {
        for edition in from + 1..=EDITIONS {
            let line = format!("Soukatsu-Predecessor-SHA256: {}", self.digest(edition - 1));
            self.change(&format!("{}/bag-info.txt", folder(edition)), |text| {
                replace_line(&text, "Soukatsu-Predecessor-SHA256", &line)
            });
            self.reseal_tags(edition);
        }
    }

    /// Makes chain.txt name the editions as they are now.
    pub fn rewitness(&self) {
        let lines =
            (1..=EDITIONS).map(|edition| format!("{edition:04}  {}\n", self.digest(edition)));
        self.write("chain.txt", lines.collect::<String>());
    }

    pub fn digest(&self, edition: u32) -> String {
        sha256(&self.read(&format!("{}/tagmanifest-sha256.txt", folder(edition))))
    }

    /// Runs an `archive` command on the store.
    pub fn run(&self, command: &str, args: &[&str]) -> Run {
        self.0.run(&[&["archive", command, "--store", "s"], args].concat())
    }

    /// What `archive verify` finds. It may only look: the store must be as it was, to the minute
    /// of its last change.
    pub fn found(&self, args: &[&str]) -> Vec<Found> {
        let before = stamps(&self.at(""));
        let run = self.run("verify", &[args, &["--format", "json"]].concat());
        assert!(before == stamps(&self.at("")), "verify wrote to the store");
        let Ok(whole) = serde_json::from_str::<Value>(&run.out) else {
            // A store that cannot be read at all is told in a sentence.
            assert_eq!(run.code, 1, "{}", run.whole());
            return vec![("".into(), "".into(), run.err)];
        };
        let mut all: Vec<Value> = whole["store"].as_array().unwrap().clone();
        for edition in whole["editions"].as_array().unwrap() {
            all.extend(edition["problems"].as_array().unwrap().clone());
        }
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let found: Vec<Found> = all
            .iter()
            .map(|one| (text(&one["code"]), text(&one["file"]), text(&one["message"])))
            .collect();
        assert_eq!(run.code, i32::from(!found.is_empty()), "{}", run.whole());
        assert_eq!(whole["sound"].as_bool(), Some(found.is_empty()));
        assert!(found.iter().all(|(.., message)| is_japanese(message)), "{found:?}");
        found
    }
}

/// `editions/0002`.
pub fn folder(edition: u32) -> String {
    format!("editions/{edition:04}")
}

/// Makes a pipe, which keeps a reader waiting for ever.
pub fn pipe(path: &Path) {
    _ = fs::remove_file(path);
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| ('ぁ'..='ヿ').contains(&c))
}

fn replace_line(text: &str, label: &str, line: &str) -> String {
    let is_it = |found: &str| found.split(':').next() == Some(label);
    text.lines().map(|found| if is_it(found) { line } else { found }.to_owned() + "\n").collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => fs::hard_link(entry.path(), target).unwrap(),
        }
    }
}

fn walk(folder: &Path, found: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => walk(&entry.path(), found),
            false => found(&entry.path()),
        }
    }
}

/// Every folder and file that a writer would leave a trace on. Folders that are too deep for a
/// path are left out.
pub fn stamps(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(root.to_owned(), 0)];
    while let Some((path, depth)) = open.pop() {
        let about = fs::symlink_metadata(&path).unwrap();
        let time = about.modified().unwrap();
        found.push(format!("{} {:?} {} {time:?}", path.display(), about.file_type(), about.len()));
        if about.is_dir() && depth < 20 {
            let Ok(entries) = fs::read_dir(&path) else { continue };
            open.extend(entries.map(|entry| (entry.unwrap().path(), depth + 1)));
        }
    }
    found.sort();
    found
}
