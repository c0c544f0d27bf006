//! A report folder and a store stand apart: what is kept must not lie in what it is made from,
//! nor be worked on.
#![expect(clippy::disallowed_methods, reason = "paths are held against each other as they are")]

use std::fmt;
use std::path::{Component, Path, PathBuf};

use crate::app::files::kept_around;

/// Why a report cannot go into a store that is, or will be, at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathOverlap {
    /// The place is the report folder.
    Same {
        store: PathBuf,
    },
    StoreInReport {
        store: PathBuf,
        report: PathBuf,
    },
    ReportInStore {
        report: PathBuf,
    },
    /// The place is inside another store or an edition.
    StoreInStore {
        store: PathBuf,
        around: PathBuf,
    },
}

impl PathOverlap {
    /// How a report folder and a store overlap, if they do.
    pub fn of(report: &Path, store: &Path) -> Option<Self> {
        let (inner, outer) = (real(store), real(report));
        let (store, report) = (store.to_owned(), report.to_owned());
        if inner == outer {
            return Some(PathOverlap::Same { store });
        }
        if inner.starts_with(&outer) {
            return Some(PathOverlap::StoreInReport { store, report });
        }
        if outer.starts_with(&inner) || kept_around(&outer).is_some() {
            return Some(PathOverlap::ReportInStore { report });
        }
        kept_around(&inner).map(|around| PathOverlap::StoreInStore { store, around })
    }
}

impl fmt::Display for PathOverlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathOverlap::Same { store } => write!(
                f,
                "「{}」は報告書フォルダーです。保管庫には、別の場所のフォルダーを指定してください。",
                store.display()
            ),
            PathOverlap::StoreInReport { store, report } => write!(
                f,
                "保管庫「{}」が、報告書フォルダー「{}」の中です。保管庫には、報告書フォルダーの外のフォルダーを指定してください。",
                store.display(),
                report.display()
            ),
            PathOverlap::ReportInStore { report } => write!(
                f,
                "報告書フォルダー「{}」が、保管庫の中です。保管庫の外の報告書フォルダーを指定してください。保管した版からは、`soukatsu archive restore` で取り出せます。",
                report.display()
            ),
            PathOverlap::StoreInStore { store, around } => write!(
                f,
                "保管庫「{}」が、別の保管庫か版（{}）の中です。その外のフォルダーを指定してください。",
                store.display(),
                around.display()
            ),
        }
    }
}

/// The place that a path leads to, through all links; of one that is not there yet, as far as
/// there is something.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    for above in path.ancestors() {
        if let Ok(real) = above.canonicalize() {
            return missing.into_iter().rev().fold(real, |mut whole: PathBuf, part| {
                match part {
                    Component::ParentDir => _ = whole.pop(),
                    part => whole.push(part),
                }
                whole
            });
        }
        missing.extend(above.components().next_back());
    }
    path
}
