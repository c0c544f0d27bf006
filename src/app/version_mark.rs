//! How pages name their version, and what they say of data that is not final.

use crate::official::{provisional_notice, unsettled};
use crate::record::{BuildRecord, content_hash, short};
use crate::world::Template;
use soukatsu_core::model::report::Report;

/// The edition with its content hash in short: `第2版 3f2a9c1b`.
pub(super) fn edition_mark(report: &Report, template: &Template) -> String {
    version_mark(report.edition.as_deref(), &content_hash(report, template))
}

/// What is printed on the pages of a recorded version to name it: `第2版 3f2a9c1b`.
pub fn mark_of(record: &BuildRecord) -> String {
    version_mark(record.edition.as_deref(), &record.content)
}

/// The mark of a version by its name and its content hash.
fn version_mark(edition: Option<&str>, content: &str) -> String {
    format!("{} {}", edition.unwrap_or("内容"), short(content))
}

/// Which data is not final, when some is not.
pub(super) fn notice(report: &Report) -> Option<String> {
    let unsettled = unsettled(report);
    (!unsettled.is_empty()).then(|| provisional_notice(&unsettled))
}
