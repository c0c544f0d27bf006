//! A report folder and a store stand apart: what is kept must not lie in what it is made from,
//! nor be worked on.

use std::path::{Component, Path, PathBuf};

use crate::app::files;

/// Why a report cannot go into a store that is, or will be, at this place.
pub fn overlap(report: &Path, store: &Path) -> Option<String> {
    let (inner, outer) = (real(store), real(report));
    let (store, report) = (store.display(), report.display());
    if inner == outer {
        return Some(format!(
            "「{store}」は報告書フォルダーです。保管庫には、別の場所のフォルダーを指定してください。"
        ));
    }
    if inner.starts_with(&outer) {
        return Some(format!(
            "保管庫「{store}」が、報告書フォルダー「{report}」の中です。保管庫には、報告書フォルダーの外のフォルダーを指定してください。"
        ));
    }
    if outer.starts_with(&inner) || files::kept_around(&outer).is_some() {
        return Some(format!(
            "報告書フォルダー「{report}」が、保管庫の中です。保管庫の外の報告書フォルダーを指定してください。保管した版からは、`soukatsu archive restore` で取り出せます。"
        ));
    }
    files::kept_around(&inner).map(|around| {
        format!(
            "保管庫「{store}」が、別の保管庫か版（{}）の中です。その外のフォルダーを指定してください。",
            around.display()
        )
    })
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
