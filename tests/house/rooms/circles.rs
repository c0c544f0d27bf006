//! Circles among files: each reaches every other one along what it uses.

use std::collections::{BTreeMap, BTreeSet};

use super::uses::Use;

/// Files that use one another, with the uses that tie them.
pub struct Circle<'a> {
    pub files: BTreeSet<&'a str>,
    pub ties: Vec<&'a Use>,
}

/// All circles, as large as they are: files of one circle are in no other.
pub fn circles<'a>(uses: impl IntoIterator<Item = &'a Use>) -> Vec<Circle<'a>> {
    let ties: Vec<_> = uses.into_iter().filter(|tie| !tie.handed_on).collect();
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for tie in &ties {
        next.entry(&tie.by).or_default().insert(&tie.of);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        next.keys().map(|file| (*file, reach(file, &next))).collect();
    let mut found: Vec<Circle> = Vec::new();
    for (file, others) in &reached {
        if !others.contains(file) || found.iter().any(|circle| circle.files.contains(file)) {
            continue;
        }
        let back = |other: &&str| reached.get(other).is_some_and(|files| files.contains(file));
        let files: BTreeSet<_> = others.iter().copied().filter(back).collect();
        let inside = |tie: &&&Use| files.contains(&*tie.by) && files.contains(&*tie.of);
        let ties = ties.iter().filter(inside).copied().collect();
        found.push(Circle { files, ties });
    }
    found
}

/// All files that lead on from one.
fn reach<'a>(from: &str, next: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(file) = open.pop() {
        for other in next.get(file).into_iter().flatten() {
            if found.insert(*other) {
                open.push(other);
            }
        }
    }
    found
}

impl std::fmt::Display for Circle<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "circle of {} files:", self.files.len())?;
        let mut names: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for tie in &self.ties {
            names.entry((&tie.by, &tie.of)).or_default().push(&tie.name);
        }
        for ((by, of), names) in names {
            writeln!(f, "  {by} uses `{}` of {of}", names.join("`, `"))?;
        }
        Ok(())
    }
}
