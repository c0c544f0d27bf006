//! The files that a report was made from.

use std::collections::BTreeMap;

/// The name of the record that official PDFs carry beside the files of the folder.
pub const RECORD_FILE: &str = "soukatsu-manifest.json";

/// A file of the report folder as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceFile {
    pub bytes: Vec<u8>,
    /// What it serves, in Japanese: `図1「財政調整基金残高の推移」のデータ`.
    pub uses: Vec<String>,
}

/// The files by their path inside the report folder, with `/`.
pub type Sources = BTreeMap<String, SourceFile>;

/// A path without `./` at its beginning or in it, so that a file has one name.
pub fn source_name(path: &str) -> String {
    path.split('/').filter(|part| !matches!(*part, "." | "")).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name_however_it_is_written() {
        for path in ["csv/a.csv", "./csv/a.csv", "csv//a.csv", "csv/./a.csv"] {
            assert_eq!(source_name(path), "csv/a.csv", "{path}");
        }
    }
}
