//! What a user waits for: the first build, the build after one mended cell, the check.

mod enlarge;

use std::collections::BTreeMap;
use std::path::Path;

use divan::Bencher;
use soukatsu::load::Folder;
use soukatsu::pipeline::{Session, export_pdf};
use soukatsu::world::Fonts;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// The files of the handout in memory: the disk is not what is measured.
fn handout() -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/arao-r7");
    let mut files = BTreeMap::new();
    for folder in ["", "csv", "prose"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn pdf(session: &mut Session, folder: &Folder) -> Vec<u8> {
    let outcome = session.build(folder);
    let document = outcome.document().unwrap_or_else(|| panic!("{:#?}", outcome.problems));
    export_pdf(outcome.report.as_ref().unwrap(), document, None).unwrap()
}

/// The first build of a process: fonts, template and all pages, with empty caches.
#[divan::bench(args = [1, 10, 100], sample_count = 10, sample_size = 1)]
fn cold_build(bencher: Bencher<'_, '_>, times: usize) {
    let folder = enlarge::enlarge(&handout(), times);
    bencher
        .with_inputs(|| comemo::evict(0))
        .bench_values(|()| pdf(&mut Session::new(Fonts::embedded()), &folder));
}

/// The build after one cell was mended, in a process that has built the report before.
#[divan::bench(args = [1, 10], sample_count = 20, sample_size = 1)]
fn rebuild_after_one_cell(bencher: Bencher<'_, '_>, times: usize) {
    let mut files = handout();
    let mut session = Session::new(Fonts::embedded());
    let mut next = || {
        // Every sample mends the cell to a value that was not there before.
        let text = String::from_utf8(files["csv/indicators.csv"].clone()).unwrap();
        // No claim of the prose rests on this one.
        let row = text.lines().find(|line| line.contains("市政関心度")).unwrap();
        let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
        cells[10] = format!("{:.1}", cells[10].parse::<f64>().unwrap() + 0.1);
        let mended = cells.join(",");
        files.insert("csv/indicators.csv".into(), text.replace(row, &mended).into_bytes());
        enlarge::enlarge(&files, times)
    };
    pdf(&mut session, &next());
    bencher.with_inputs(next).bench_local_values(|folder| pdf(&mut session, &folder));
}

/// Reading and checking without typesetting.
#[divan::bench(args = [1, 10], sample_count = 20)]
fn check(bencher: Bencher<'_, '_>, times: usize) {
    let folder = enlarge::enlarge(&handout(), times);
    let session = Session::new(Fonts::embedded());
    bencher.bench(|| session.check(&folder));
}
