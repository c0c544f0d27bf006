//! The syntax tree of a prose file, and where the bytes of the file stand.

use std::sync::Arc;

use typst_syntax::Source;

use crate::problem::Place;

/// A prose file with its syntax tree.
pub(super) struct Scan {
    pub file: Arc<str>,
    pub source: Source,
}

impl Scan {
    pub fn place(&self, offset: usize) -> Place {
        let (line, column) = self.source.lines().byte_to_line_column(offset).unwrap_or((0, 0));
        Place::at(self.file.clone(), line as u32 + 1, column as u32 + 1)
    }
}
