//! The tables as they were read, cell by cell, before anything was made of them.

use crate::problem::Place;

/// A table of the report folder: a CSV file, or a sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    pub header: Vec<String>,
    pub rows: Vec<GridRow>,
}

/// A row under the header.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    pub place: Place,
    /// Text and place; a row may end early.
    pub cells: Vec<(String, Place)>,
}

impl GridRow {
    /// The text of a cell; empty where the row ends early.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |(text, _)| text)
    }

    /// The place of a cell, or of the row where it ends early.
    pub fn place(&self, column: usize) -> &Place {
        self.cells.get(column).map_or(&self.place, |(_, place)| place)
    }
}
