//! The walk-throughs of the documents: every command they show is run, every edit is made, and
//! what comes out must be what they print.
//!
//! In a document, ` ```console ` holds commands (`$ …`) with their output (`exit=1`: they all end
//! with this code), ` ```diff FILE ` an edit
//! of a file, ` ```toml FILE ` a file to write; a console block without a command is what a
//! running `watch` says next. `> FILE` takes the standard output, as in a shell. `UPDATE_DOCS=1` writes the real output into the document.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::desk::Desk;

#[test]
fn the_evening_of_a_correction() {
    follow("docs/corrections.md");
}

#[test]
fn editions_in_a_store() {
    follow("docs/archive.md");
}

fn follow(document: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let text = std::fs::read_to_string(&path).unwrap();
    let mut walk = Walk { desk: Desk::new(), watch: None };
    let mut real = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        real.push_str(line);
        real.push('\n');
        let Some(fence) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let (kind, file) = fence.split_once(' ').unwrap_or((fence, ""));
        let shown = match (kind, file) {
            ("console", exit) => walk.console(&block, exit),
            ("diff", file) => walk.edit(file, &block),
            (_, file) if !file.is_empty() => walk.write(file, &block),
            _ => block.join("\n") + "\n",
        };
        real.push_str(&shown);
        real.push_str("```\n");
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, real).unwrap();
    } else {
        similar_asserts(&text, &real, document);
    }
}

/// Shows the first lines that differ, not two whole documents.
fn similar_asserts(text: &str, real: &str, document: &str) {
    let differing = text.lines().zip(real.lines()).position(|(shown, real)| shown != real);
    if let Some(line) = differing {
        let around = |text: &str| -> String {
            text.lines().skip(line.saturating_sub(2)).take(8).collect::<Vec<_>>().join("\n")
        };
        panic!("{document}:{} shows\n{}\n\nbut it is\n{}", line + 1, around(text), around(real));
    }
    assert_eq!(text.lines().count(), real.lines().count(), "{document} is longer or shorter");
}

struct Walk {
    desk: Desk,
    watch: Option<Watch>,
}

impl Walk {
    /// The commands of a block with what they really put out.
    fn console(&mut self, block: &[&str], exit: &str) -> String {
        let commands: Vec<&str> =
            block.iter().copied().filter(|line| line.starts_with("$ ")).collect();
        if commands.is_empty() {
            return self.watch.as_mut().expect("something is being watched").news();
        }
        let mut shown = String::new();
        for command in commands {
            shown.push_str(command);
            shown.push('\n');
            let code = exit.strip_prefix("exit=").map_or(0, |code| code.parse().unwrap());
            shown.push_str(&self.run(&words(&command[2..]), code));
        }
        shown
    }

    fn run(&mut self, words: &[String], code: i32) -> String {
        self.watch = None;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match &words[..] {
            ["soukatsu", "watch", args @ ..] => {
                let watch = self.watch.insert(Watch::start(&self.desk, args));
                watch.news()
            }
            ["soukatsu", args @ .., ">", file] => {
                let run = self.desk.run(args);
                assert_eq!(run.code, code, "{args:?}: {}", run.err);
                self.desk.put(file, run.out);
                steady(&run.err)
            }
            ["soukatsu", args @ ..] => {
                let run = self.desk.run(args);
                assert_eq!(run.code, code, "{args:?}: {}", run.err);
                steady(&(run.out + &run.err))
            }
            other => panic!("no such command: {other:?}"),
        }
    }

    /// Replaces the line behind `-` by the line behind `+`.
    fn edit(&self, file: &str, block: &[&str]) -> String {
        let path = self.desk.at(file);
        let mut text = std::fs::read_to_string(&path).unwrap();
        for pair in block.chunks_exact(2) {
            let (from, to) =
                (pair[0].strip_prefix('-').unwrap(), pair[1].strip_prefix('+').unwrap());
            assert!(text.contains(from), "{file} holds no {from}");
            text = text.replacen(from, to, 1);
        }
        std::fs::write(path, text).unwrap();
        block.join("\n") + "\n"
    }

    fn write(&self, file: &str, block: &[&str]) -> String {
        let text = block.join("\n") + "\n";
        self.desk.put(file, &text);
        text
    }
}

/// Digests and keys as their length, and no sizes of PDFs: the record in an official one names the
/// very program that made it.
fn without_digests(line: &str) -> String {
    if let Some((before, after)) = line.split_once("バイト、") {
        let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
        return format!("{before}…バイト、{after}");
    }
    // Signatures have the names of their keys.
    if let Some((before, (_, after))) =
        line.split_once("signatures/").and_then(|(b, name)| Some((b, name.split_once(".sig")?)))
    {
        return format!("{before}signatures/….sig{after}");
    }
    let mut shown = String::new();
    let mut rest = line;
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || "+/".contains(c);
    while let Some(start) = rest.find(is_of_word) {
        let letters = rest[start..].find(|c: char| !is_of_word(c));
        let end = letters.map_or(rest.len(), |length| start + length);
        let word = &rest[start..end];
        shown.push_str(&rest[..start]);
        let is_hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
        match word.len() {
            16 | 64 if is_hex => shown.push_str(&format!("（{}桁の番号）", word.len())),
            43 | 68 if !is_hex => shown.push('…'),
            _ => shown.push_str(word),
        }
        rest = &rest[end..];
    }
    shown + rest
}

/// Words of a command line; quotes keep blanks together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// A running `watch`.
struct Watch {
    child: Child,
    heard: Arc<Mutex<Vec<u8>>>,
    told: usize,
}

impl Watch {
    fn start(desk: &Desk, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_soukatsu"))
            .arg("watch")
            .args(args)
            .current_dir(desk.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (mut err, hearing) = (child.stderr.take().unwrap(), heard.clone());
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(count @ 1..) = err.read(&mut part) {
                hearing.lock().unwrap().extend_from_slice(&part[..count]);
            }
        });
        Watch { child, heard, told: 0 }
    }

    /// What it says until its next PDF, or until it says that there is none.
    fn news(&mut self) -> String {
        let limit = Instant::now() + Duration::from_secs(60);
        let ends = ["変更を待っています", "また作ります"];
        loop {
            let heard = String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned();
            let new = &heard[self.told..];
            let whole = new.ends_with('\n');
            let first = self.told == 0;
            let done = new.lines().last().is_some_and(|line| {
                ends.iter().any(|end| line.contains(end))
                    || (!first && line.contains("書き出しました"))
            });
            if whole && done {
                let shown = steady(new);
                self.told = heard.len();
                return shown;
            }
            assert!(Instant::now() < limit, "watch said only {new}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Seconds depend on the machine, keys on chance, digests on every version of the program.
fn steady(text: &str) -> String {
    let mut shown = String::new();
    for line in text.lines().map(without_digests) {
        match line.split_once("秒で") {
            Some((seconds, rest)) if seconds.parse::<f64>().is_ok() => {
                shown.push_str(&format!("0.08秒で{rest}\n"));
            }
            _ => shown.push_str(&format!("{line}\n")),
        }
    }
    shown
}
