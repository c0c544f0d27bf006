//! What a user waits for: the first build, the build after one mended cell, the check.

mod enlarge;

use std::collections::BTreeMap;
use std::path::Path;

use divan::Bencher;
use soukatsu::app::{Build, BuildOptions, Output, Workshop};
use soukatsu::compare::paper::compare_pages;
use soukatsu::compare::{Edition, compare};
use soukatsu::compile::{RowPages, row_pages};
use soukatsu::export::{Finishing, PdfSettings, finish, pdf as typeset};
use soukatsu::world::Fonts;
use soukatsu_chart::{Frame, draw};
use soukatsu_core::load::Folder;
use soukatsu_core::model::date::Date;
use soukatsu_core::validate::read_report;

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

fn pdf(session: &Workshop, folder: &Folder) -> Vec<u8> {
    let outcome = session.build(folder, &BuildOptions::default());
    assert!(outcome.document().is_some(), "{:#?}", outcome.problems);
    outcome.export(&Output::default()).unwrap().unwrap()
}

/// The first build of a process: fonts, template and all pages, with empty caches.
#[divan::bench(args = [1, 10, 100], sample_count = 10, sample_size = 1)]
fn cold_build(bencher: Bencher<'_, '_>, times: usize) {
    let folder = enlarge::enlarge(&handout(), times);
    bencher
        .with_inputs(|| comemo::evict(0))
        .bench_values(|()| pdf(&Workshop::new(Fonts::embedded()), &folder));
}

/// What finishing adds to Typst's own PDF of the handout: object streams, and nothing else.
#[divan::bench(args = [1, 10, 100], sample_count = 20, sample_size = 1)]
fn finish_the_pdf(bencher: Bencher<'_, '_>, times: usize) {
    let session = Workshop::new(Fonts::embedded());
    let outcome = session.build(&enlarge::enlarge(&handout(), times), &BuildOptions::default());
    let settings = PdfSettings::accessible_archive("bench".into(), Date::default());
    let typeset = typeset(outcome.document().unwrap(), &settings).unwrap();
    bencher.bench(|| finish(&typeset, &Finishing::default()).unwrap());
}

/// What the charts add to the first build: the same report with its drawings and with empty
/// boxes in their place.
#[divan::bench(args = ["drawn", "blank"], sample_count = 20, sample_size = 1)]
fn cold_build_with_charts(bencher: Bencher<'_, '_>, charts: &str) {
    let report =
        std::env::temp_dir().join(format!("soukatsu-bench-{}-{charts}", std::process::id()));
    for (name, bytes) in handout() {
        write(&report.join(name), &bytes);
    }
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/council"), &report.join("own"));
    let manifest = report.join("report.toml");
    replace(&manifest, "template = \"council\"", "template = \"own\"");
    if charts == "blank" {
        let painter = report.join("own/charts/chart.typ");
        replace(&painter, "for m in data.marks {", "for m in () {");
    }
    let folder = Folder::Disk(report.clone());
    bencher
        .with_inputs(|| comemo::evict(0))
        .bench_values(|()| pdf(&Workshop::new(Fonts::embedded()), &folder));
    std::fs::remove_dir_all(&report).unwrap();
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => write(&target, &std::fs::read(&path).unwrap()),
        }
    }
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} holds no {from}", path.display());
    std::fs::write(path, text.replace(from, to)).unwrap();
}

/// Places for every mark and label of the handout's charts.
#[divan::bench(sample_count = 20)]
fn drawings(bencher: Bencher<'_, '_>) {
    let (report, _) = read_report(&Folder::Memory(handout()));
    let figures = report.unwrap().figures;
    let frame = Frame::new(482.0, 136.0, 8.0);
    bencher.bench(|| figures.iter().map(|figure| draw(figure, frame).marks.len()).sum::<usize>());
}

/// The build after one cell was mended, in a process that has built the report before.
#[divan::bench(args = [1, 10], sample_count = 20, sample_size = 1)]
fn rebuild_after_one_cell(bencher: Bencher<'_, '_>, times: usize) {
    let mut files = handout();
    let session = Workshop::new(Fonts::embedded());
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
    pdf(&session, &next());
    bencher.with_inputs(next).bench_local_values(|folder| pdf(&session, &folder));
}

/// Two handouts in one cold process, one cell apart: both laid out, compared, and the pages that
/// differ drawn.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn diff(bencher: Bencher<'_, '_>) {
    let files = handout();
    let mut mended = files.clone();
    let text = String::from_utf8(files["csv/indicators.csv"].clone()).unwrap();
    assert!(text.contains("77.0,76.3"));
    mended.insert("csv/indicators.csv".into(), text.replace("77.0,76.3", "77.1,76.3").into_bytes());
    let folders = [Folder::Memory(files), Folder::Memory(mended)];
    bencher.with_inputs(|| comemo::evict(0)).bench_values(|()| {
        let session = Workshop::new(Fonts::embedded());
        let [old, new] = [
            session.build(&folders[0], &BuildOptions::default()),
            session.build(&folders[1], &BuildOptions::default()),
        ];
        let (before, after) = (old.draft.as_ref().unwrap(), new.draft.as_ref().unwrap());
        let rows = [row_pages(before), row_pages(after)];
        let changes = compare(edition(&old, &rows[0]), edition(&new, &rows[1]));
        (changes.printed.len(), compare_pages(before, after).len())
    });
}

fn edition<'a>(outcome: &'a Build, rows: &'a [RowPages]) -> Edition<'a> {
    static EMBEDDED: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let report = outcome.report.as_ref().unwrap();
    Edition { report, bindings: &outcome.bindings, rows, template: &EMBEDDED, notice: None }
}

/// Reading and checking without typesetting.
#[divan::bench(args = [1, 10], sample_count = 20)]
fn check(bencher: Bencher<'_, '_>, times: usize) {
    let folder = enlarge::enlarge(&handout(), times);
    let session = Workshop::new(Fonts::embedded());
    bencher.bench(|| session.check(&folder));
}
