//! Ways to tamper with a store, each tried on a copy of its own.

use crate::sample_store::{Kept, folder};

pub const CELL: &str = "editions/0002/data/report/csv/fig-04.csv";
pub const DIGESTS_ONLY: &[&str] = &["--digests-only"];

/// A way to tamper, and what must be found for it: code and the place, or its beginning.
pub struct Case {
    name: &'static str,
    tamper: fn(&Kept),
    expected: &'static [(&'static str, &'static str)],
}

pub fn case(
    name: &'static str,
    expected: &'static [(&'static str, &'static str)],
    tamper: fn(&Kept),
) -> Case {
    Case { name, tamper, expected }
}

/// Runs every case on a copy of its own; all failures are told at once.
pub fn hold(cases: &[Case], args: &[&str]) {
    let faults: Vec<String> = cases.iter().filter_map(|case| fault(case, args)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let args: Vec<&str> = args.iter().copied().filter(|arg| *arg == "--digests-only").collect();
    assert_eq!(Kept::new().found(&args), [], "the store that was never touched");
}

fn fault(case: &Case, args: &[&str]) -> Option<String> {
    let kept = Kept::new();
    (case.tamper)(&kept);
    let found = kept.found(args);
    let is_found = |(code, place): &&(&str, &str)| {
        found.iter().any(|(found, at, _)| found == code && at.starts_with(place))
    };
    let missed: Vec<_> = case.expected.iter().filter(|one| !is_found(one)).collect();
    let unasked = case.expected.is_empty() && !found.is_empty();
    (unasked || !missed.is_empty()).then(|| format!("{}: {missed:?} not in {found:?}", case.name))
}

pub fn flip(kept: &Kept, name: &str) {
    let mut bytes = kept.read(name);
    match bytes.len() / 2 {
        0 => bytes.push(b'x'),
        middle => bytes[middle] ^= 1,
    }
    kept.write(name, bytes);
}

/// Changes a cell of an edition so that the bag is valid again to every BagIt program.
pub fn forge(kept: &Kept, edition: u32) {
    let name = format!("{}/data/report/csv/fig-04.csv", folder(edition));
    kept.change(&name, |text| text.replace("8.4", "8.5"));
    kept.reseal(edition);
}
