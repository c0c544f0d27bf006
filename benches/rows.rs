//! How the check grows with what there is of a thing: ten times as many rows take about ten times as
//! long, or are refused at once (docs/security.md).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use divan::Bencher;
use soukatsu::app::Workshop;
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const COUNTS: [usize; 3] = [1_000, 10_000, 100_000];

/// The small sample with more at the end of one of its files.
fn with(file: &str, more: &dyn Fn(&mut String, usize), count: usize) -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/mihon-r8");
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
    let mut text = String::from_utf8(files[file].clone()).unwrap();
    (0..count).for_each(|index| more(&mut text, index));
    files.insert(file.to_owned(), text.into_bytes());
    Folder::Memory(files)
}

fn check(bencher: Bencher<'_, '_>, folder: &Folder) {
    let workshop = Workshop::new(Fonts::embedded());
    bencher.bench_local(|| {
        comemo::evict(0);
        workshop.check(folder).problems.len()
    });
}

#[divan::bench(args = COUNTS, sample_count = 5, sample_size = 1)]
fn constants(bencher: Bencher<'_, '_>, count: usize) {
    let row =
        |text: &mut String, index| writeln!(text, "定数{index},{index},人,整数,要綱").unwrap();
    check(bencher, &with("csv/constants.csv", &row, count));
}

/// Refused above 2,000.
#[divan::bench(args = COUNTS, sample_count = 5, sample_size = 1)]
fn rows_of_a_figure(bencher: Bencher<'_, '_>, count: usize) {
    let row = |text: &mut String, index| writeln!(text, "項目{index},{}.5", index % 100).unwrap();
    check(bencher, &with("csv/fig-04.csv", &row, count));
}

/// Refused above 2,000.
#[divan::bench(args = COUNTS, sample_count = 5, sample_size = 1)]
fn pages(bencher: Bencher<'_, '_>, count: usize) {
    let page = |text: &mut String, index| {
        write!(text, "\n[[page]]\ntitle = \"{index}\"\nprose = \"p\"\n").unwrap();
    };
    check(bencher, &with("report.toml", &page, count));
}

/// Refused above 2,000.
#[divan::bench(args = COUNTS, sample_count = 5, sample_size = 1)]
fn figures(bencher: Bencher<'_, '_>, count: usize) {
    let figure = |text: &mut String, index: usize| {
        write!(text, "\n[[figure]]\nnumber = \"{}\"\n", index + 100).unwrap();
    };
    check(bencher, &with("report.toml", &figure, count));
}

#[divan::bench(args = COUNTS, sample_count = 5, sample_size = 1)]
fn citations(bencher: Bencher<'_, '_>, count: usize) {
    let cite = |text: &mut String, index: usize| {
        text.push_str(if index % 100 == 99 { "【図4】。\n\n" } else { "【図4】" });
    };
    check(bencher, &with("prose/03-nigiwai.typ", &cite, count));
}

#[divan::bench(args = COUNTS, sample_count = 5, sample_size = 1)]
fn values(bencher: Bencher<'_, '_>, count: usize) {
    let value = |text: &mut String, _| text.push_str("\n\n#値(\"支え合い\", \"R7\")。");
    check(bencher, &with("prose/02-kurashi.typ", &value, count));
}
