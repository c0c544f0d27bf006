//! The labels of bag-info.txt: BagIt's own and soukatsu's.

/// Who publishes the report.
pub const ORGANIZATION: &str = "Source-Organization";
/// The title of the report.
pub const TITLE: &str = "External-Description";
/// The day on which the edition was kept.
pub const DATE: &str = "Bagging-Date";
/// The program.
pub const AGENT: &str = "Bag-Software-Agent";
/// The size of the payload: bytes and files.
pub const SIZE: &str = "Payload-Oxum";
/// The edition's own number.
pub const NUMBER: &str = "Soukatsu-Number";
/// The council that the report is for.
pub const COUNCIL: &str = "Soukatsu-Council";
/// The day of the report.
pub const REPORT_DATE: &str = "Soukatsu-Report-Date";
/// The name that the report gives to its version, 「第2版」.
pub const EDITION: &str = "Soukatsu-Edition";
/// Why the edition was kept.
pub const REASON: &str = "Soukatsu-Reason";
/// Those who approved, a line each.
pub const APPROVED_BY: &str = "Soukatsu-Approved-By";
/// The content hash, which the PDF has in its record, too.
pub const CONTENT: &str = "Soukatsu-Content-SHA256";
/// The number of the edition before.
pub const PREDECESSOR: &str = "Soukatsu-Predecessor";
/// The digest of the edition before.
pub const PREDECESSOR_DIGEST: &str = "Soukatsu-Predecessor-SHA256";
