//! The editions of a store, and what each says of itself.

use std::path::Path;

use serde_json::{Value, json};

use super::store_error::{StoreError, open_store};
use crate::archive::{BagInfo, Edition, labels, signature_count};
use soukatsu_core::problem::Problem;

/// What an edition says of itself.
pub struct EditionSummary {
    pub edition: Edition,
    pub digest: Option<String>,
    /// bag-info.txt, or why it cannot be read.
    pub info: Result<BagInfo, Box<Problem>>,
    /// So many files stand for signatures, which nobody has checked yet.
    pub signature_files: usize,
    /// Whether what it says is what its list of digests names.
    pub is_info_kept: bool,
}

impl EditionSummary {
    /// What is said of it: its name for people, for programs, and its label in bag-info.txt.
    pub const LABELS: [(&str, &str, &str); 10] = [
        ("題名", "title", labels::TITLE),
        ("版", "edition", labels::EDITION),
        ("保管した日", "date", labels::DATE),
        ("理由", "reason", labels::REASON),
        ("会議", "council", labels::COUNCIL),
        ("会議の日", "report-date", labels::REPORT_DATE),
        ("作成者", "author", labels::ORGANIZATION),
        ("作ったプログラム", "engine", labels::AGENT),
        ("内容の番号", "content", labels::CONTENT),
        ("前の版の番号", "predecessor-digest", labels::PREDECESSOR_DIGEST),
    ];

    /// Reads it.
    pub fn of(edition: Edition) -> Self {
        EditionSummary {
            digest: edition.digest().ok(),
            info: BagInfo::read(&edition.dir),
            signature_files: signature_count(&edition),
            is_info_kept: edition.is_info_kept(),
            edition,
        }
    }

    /// For other programs.
    pub fn json(&self) -> Value {
        let mut value = json!({
            "number": self.edition.number,
            "folder": self.edition.dir.display().to_string(),
            "digest": self.digest,
            "signature-files": self.signature_files,
            "info-kept": self.is_info_kept,
        });
        match &self.info {
            Ok(info) => {
                for (_, key, label) in Self::LABELS {
                    value[key] = info.get(label).into();
                }
                value["approved-by"] = info.all(labels::APPROVED_BY).collect::<Vec<_>>().into();
            }
            Err(problem) => value["fault"] = problem.message.clone().into(),
        }
        value
    }
}

/// Every edition of a store, in their order.
///
/// # Errors
/// What stands in the way of the store.
pub fn list(store: &Path) -> Result<Vec<EditionSummary>, StoreError> {
    let (editions, _) = open_store(store)?.editions().map_err(StoreError::at(store))?;
    Ok(editions.into_iter().map(EditionSummary::of).collect())
}
