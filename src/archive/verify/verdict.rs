//! An official PDF held against the one that its own sources make.

use std::fmt;

use crate::compare::paper::{PageChange, compare_pdfs};
use crate::record::BuildRecord;

/// What building again came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The same bytes.
    Same,
    /// Other bytes, made by another version of the program; every page looks the same.
    SamePages { made_by: String },
    /// Something differs; in Japanese, what.
    Different(String),
    /// It could not be built; in Japanese, why.
    Failed(String),
}

impl Verdict {
    /// For other programs.
    pub fn name(&self) -> &'static str {
        match self {
            Verdict::Same => "same-bytes",
            Verdict::SamePages { .. } => "same-pages",
            Verdict::Different(_) => "different",
            Verdict::Failed(_) => "failed",
        }
    }

    /// What is wrong, as a sentence without a full stop.
    pub fn fault(&self) -> Option<String> {
        match self {
            Verdict::Same | Verdict::SamePages { .. } => None,
            Verdict::Different(reason) => Some(reason.clone()),
            Verdict::Failed(reason) => Some(format!("組み直せません。{reason}")),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Same => f.write_str("同じPDF（1バイトも違わない）"),
            Verdict::SamePages { made_by } => {
                write!(f, "ページの絵は同じ（バイトは違う。{made_by} で作られた版）")
            }
            Verdict::Different(_) => f.write_str("違う"),
            Verdict::Failed(_) => f.write_str("できない"),
        }
    }
}

/// Holds a kept PDF, which says that it was made as the record says, against the one made again.
/// Other bytes are to be expected of another version of the program only.
pub fn verdict(kept: &[u8], pdf: &[u8], record: &BuildRecord) -> Verdict {
    if kept == pdf {
        return Verdict::Same;
    }
    let changes = compare_pdfs(kept, pdf);
    let seen = |change: &PageChange| change.is_seen();
    match changes {
        Ok(changes) if !changes.iter().any(seen) => match record.engine_differs() {
            true => Verdict::SamePages {
                made_by: format!("{} {}", record.engine.name, record.engine.version),
            },
            false => Verdict::Different(
                "組み直したPDFとバイトが違います（ページの絵は同じです）".to_owned(),
            ),
        },
        Ok(changes) => {
            let pages = changes.iter().filter(|change| change.is_seen()).count();
            Verdict::Different(format!("組み直したPDFと、{pages}ページの絵が違います"))
        }
        Err(_) => Verdict::Different("組み直したPDFと違います".to_owned()),
    }
}
