//! What stands in the way of a store.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::archive::store_files::CHAIN;
use crate::archive::{Store, StoreFault};
use soukatsu_core::problem::{Problem, printable};

/// What stands in the way of a store, in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    pub store: PathBuf,
    pub fault: StoreFault,
}

impl StoreError {
    /// Of the store at this place.
    pub(super) fn at(store: &Path) -> impl Fn(StoreFault) -> Self {
        let store = store.to_owned();
        move |fault| StoreError { store: store.clone(), fault }
    }

    /// What is known of it beside the sentence; its place is relative to the store.
    pub fn problem(&self) -> Option<&Problem> {
        match &self.fault {
            StoreFault::Broken(problem) => Some(problem),
            _ => None,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.store.display();
        f.write_str(&printable(&match &self.fault {
            StoreFault::Broken(_) => format!(
                "保管庫「{path}」が保管したときのままではないので、何も加えていません。`soukatsu archive verify --store {path}` で確かめてください。"
            ),
            StoreFault::Missing => {
                format!("保管庫「{path}」がありません。`soukatsu archive add` が作ります。")
            }
            StoreFault::NoStore => format!(
                "「{path}」は保管庫ではありません。新しいフォルダーの名前か、空のフォルダーを指定してください。"
            ),
            StoreFault::Damaged(reason) => format!(
                "保管庫「{path}」が保管したときのままではありません（{reason}）。`soukatsu archive verify --store {path}` で確かめてください。"
            ),
            StoreFault::Refused(reason) => format!("保管庫「{path}」を使えません（{reason}）。"),
            StoreFault::Unwitnessed(number, reason) => format!(
                "版{number}は保管しましたが、保管庫「{path}」の版の一覧（{CHAIN}）に書けませんでした（{reason}）。次に版を加えるときに書きます。"
            ),
            StoreFault::Unsettled(number, reason) => format!(
                "版{number}は保管しましたが、ディスクに書き終えたことを確かめられませんでした（{reason}）。`soukatsu archive verify --store {path}` で確かめてください。"
            ),
        }))
    }
}

/// Opens the store in a folder.
///
/// # Errors
/// What stands in the way.
pub fn open_store(path: &Path) -> Result<Store, StoreError> {
    Store::open(path).map_err(StoreError::at(path))
}
