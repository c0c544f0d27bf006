//! The names of all files and folders of an edition, which is a BagIt bag (RFC 8493): a folder with
//! its payload in `data/` and lists of SHA-256 digests beside it, so that any BagIt program can
//! check it without this one.

/// What says that a folder is a bag.
pub const DECLARATION: &str = "bagit.txt";
/// What it holds.
pub const DECLARED: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// What an edition says of itself; its lines are in [`super::labels`].
pub const BAG_INFO: &str = "bag-info.txt";
/// The digests of the payload.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The digests of the other files; its own digest names the whole bag.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The folder of the payload.
pub const PAYLOAD: &str = "data";
/// Signatures are of the finished bag, so no list of it can hold them.
pub const SIGNATURES: &str = "signatures";

// Below, paths are relative to the payload.

/// The official PDF.
pub const PDF: &str = "official.pdf";
/// The report folder.
pub const REPORT: &str = "report";
/// The template, whether it came with the program or not.
pub const TEMPLATE: &str = "template";
/// The font files in the order in which the layout sees them.
pub const FONTS: &str = "fonts";
/// What the PDF was made from; the same record is attached to the PDF.
pub const RECORD: &str = "build/record.json";
/// The same as an in-toto statement.
pub const STATEMENT: &str = "build/provenance.json";
/// Every library of the program that made the PDF.
pub const LIBRARIES: &str = "build/Cargo.lock";
/// The problems that were found and accepted.
pub const PROBLEMS: &str = "build/problems.json";
/// What differs from the edition before.
pub const CHANGES: &str = "changes";
/// The same for people, below [`CHANGES`].
pub const CHANGES_TEXT: &str = "changes.txt";
/// The same for programs, below [`CHANGES`].
pub const CHANGES_JSON: &str = "changes.json";
/// The 正誤表 as a table, below [`CHANGES`].
pub const ERRATA_CSV: &str = "errata.csv";
/// The 正誤表 as pages, below [`CHANGES`].
pub const ERRATA_PDF: &str = "errata.pdf";

/// The path in the bag of a file of the payload.
pub fn in_payload(path: &str) -> String {
    format!("{PAYLOAD}/{path}")
}

/// The path in the payload of a file of the bag, if it is one of the payload.
pub fn of_payload(name: &str) -> Option<&str> {
    below(PAYLOAD, name)
}

/// The path below a folder, if it leads there.
pub fn below<'a>(folder: &str, name: &'a str) -> Option<&'a str> {
    name.strip_prefix(folder)?.strip_prefix('/')
}
