//! Inputs that nobody meant: whatever stands in a report, a workbook, a PDF or a store, it is read
//! or told, without a panic, in seconds, and with bounded memory.
//!
//! `cargo test --test fuzz` tries some thousand inputs for each kind; `FUZZ_INPUTS=1000000 cargo test
//! --release --test fuzz` is a long run, `FUZZ_FIRST` the number at which it begins. An input that
//! fails is written to the folder of temporary files and named with its number; it belongs into
//! `tests/fuzz/corpus/KIND/` with the mending, where every file is tried first. One that takes all
//! memory ends the program at once: with `FUZZ_INPUTS=1` the input is written before it is tried.

mod mutation;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use mimalloc::MiMalloc;
use soukatsu_memory_limit::Counting;

use mutation::{Random, mutated};
use targets::Target;

#[global_allocator]
static ALLOCATOR: Counting<MiMalloc> = Counting::new(MiMalloc);

/// In bytes, for all threads of the program together.
const MOST_MEMORY: usize = 2_000_000_000;
/// An input takes milliseconds; on a busy machine a few seconds are no finding.
const LONGEST: Duration = Duration::from_secs(20);
const THREADS: u64 = 2;

fn number(name: &str, usual: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

fn corpus(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target.name);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Tries one input; the words of a finding.
fn tried(target: &Target, input: &[u8]) -> Result<(), String> {
    let begun = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    match outcome {
        Err(_) => Err("it panics".to_owned()),
        Ok(Err(words)) => Err(words),
        Ok(Ok(())) if begun.elapsed() > LONGEST => Err(format!("it takes {:?}", begun.elapsed())),
        Ok(Ok(())) => Ok(()),
    }
}

fn all_are_read_or_told(target: &Target) {
    soukatsu_memory_limit::limit(MOST_MEMORY, || {
        eprintln!("an input takes more than {MOST_MEMORY} bytes");
        std::process::exit(1);
    });
    for (path, input) in corpus(target) {
        assert_eq!(tried(target, &input), Ok(()), "{}", path.display());
    }
    let (first, count) = (number("FUZZ_FIRST", 0), number("FUZZ_INPUTS", target.usual));
    let seeds = (target.seeds)();
    let (next, found) = (AtomicU64::new(first), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= first + count || !found.lock().unwrap().is_empty() {
                        break;
                    }
                    let input = mutated(&seeds, target.words, &mut Random::new(number));
                    let file = Path::new(env!("CARGO_TARGET_TMPDIR"))
                        .join(format!("{}-{number}", target.name));
                    if count == 1 {
                        std::fs::write(&file, &input).unwrap();
                    }
                    if let Err(words) = tried(target, &input) {
                        std::fs::write(&file, &input).unwrap();
                        found.lock().unwrap().push(format!("{}: {words}", file.display()));
                    }
                }
            });
        }
    });
    let found = found.into_inner().unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn any_report_toml_is_read_or_told() {
    all_are_read_or_told(&targets::REPORT_TOML);
}

#[test]
fn any_csv_is_read_or_told() {
    all_are_read_or_told(&targets::CSV);
}

#[test]
fn any_workbook_is_read_or_told() {
    all_are_read_or_told(&targets::WORKBOOK);
}

#[test]
fn any_prose_is_read_or_told() {
    all_are_read_or_told(&targets::PROSE);
}

#[test]
fn any_record_of_a_pdf_is_read_or_told() {
    all_are_read_or_told(&targets::RECORD);
}

#[test]
fn any_pdf_is_read_or_told() {
    all_are_read_or_told(&targets::PDF);
}

#[test]
fn any_store_is_read_or_told() {
    all_are_read_or_told(&targets::STORE);
}
