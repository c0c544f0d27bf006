//! A change of the report: which cells get which new content, and the folder after it.

use crate::proof::data::{self, Files};

/// One or two cells of a CSV file, or an entry of a figure in report.toml, with new contents.
#[derive(Clone)]
pub struct Change {
    /// `csv/fig-02.csv`, or `report.toml`.
    pub file: String,
    /// The Excel name of the cell, or 図2 title.
    pub cell: String,
    /// What the change is, in the words of docs/trust.md.
    pub kind: &'static str,
    pub old: String,
    pub new: String,
    pub edits: Vec<Edit>,
}

/// The new content of one place, or a row that goes.
#[derive(Clone)]
pub enum Edit {
    Cell { row: usize, column: usize, new: String },
    Figure { index: usize, key: &'static str, new: String },
    Removed { row: usize },
}

impl Change {
    /// The report folder after the change.
    pub fn apply(&self, files: &Files) -> Files {
        let mut files = files.clone();
        let text = files[&self.file].clone();
        let changed = match self.edits[0] {
            Edit::Cell { .. } | Edit::Removed { .. } => self.in_csv(&text),
            Edit::Figure { .. } => self.in_manifest(&text),
        };
        files.insert(self.file.clone(), changed);
        files
    }

    /// Old and new contents of all changed cells.
    pub fn contents(&self, files: &Files) -> Vec<(String, String)> {
        let Some(rows) = data::rows(&files[&self.file]) else { return Vec::new() };
        let pair = |edit: &Edit| match edit {
            Edit::Cell { row, column, new } => Some((rows[*row][*column].clone(), new.clone())),
            Edit::Figure { .. } | Edit::Removed { .. } => None,
        };
        self.edits.iter().filter_map(pair).collect()
    }

    /// Whether the first changed cell is the head of a column.
    pub fn is_in_header(&self) -> bool {
        matches!(self.edits[0], Edit::Cell { row: 0, .. })
    }

    /// Whether a lone name of a row or a series of a figure changes. The name of an only series
    /// is not printed.
    pub fn renames(&self, files: &Files) -> bool {
        let [Edit::Cell { row, column, .. }] = self.edits[..] else { return false };
        let series = || data::rows(&files[&self.file]).is_some_and(|rows| rows[0].len() > 2);
        self.file.contains("/fig-")
            && (row > 0 && column == 0 || row == 0 && column > 0 && series())
    }

    fn in_csv(&self, text: &[u8]) -> Vec<u8> {
        let mut rows = data::rows(text).unwrap();
        for edit in &self.edits {
            match edit {
                Edit::Cell { row, column, new } => rows[*row][*column].clone_from(new),
                Edit::Removed { row } => drop(rows.remove(*row)),
                Edit::Figure { .. } => {}
            }
        }
        data::to_csv(&rows)
    }

    /// Replaces a value under the `[[figure]]` with this index, leaving every other byte.
    fn in_manifest(&self, text: &[u8]) -> Vec<u8> {
        let mut text = String::from_utf8(text.to_vec()).unwrap();
        for edit in &self.edits {
            let Edit::Figure { index, key, new } = edit else { continue };
            let (block, _) = text.match_indices("[[figure]]").nth(*index).unwrap();
            let entry = block + text[block..].find(&format!("\n{key} ")).unwrap() + 1;
            let end = entry + text[entry..].find('\n').unwrap();
            text.replace_range(entry..end, &format!("{key} = \"{new}\""));
        }
        text.into_bytes()
    }
}
