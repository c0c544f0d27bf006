//! Where something stands in the report folder.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// Where something stands in the report folder.
///
/// `file` is relative to the report folder and uses `/` on every system; `line` and
/// `column` count from 1, `column` in characters; `cell` is the Excel name (`G7`). In a
/// workbook `sheet` is the name of the sheet, `line` its row and `column` its column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    pub file: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<Arc<str>>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Place { file: file.into(), sheet: None, line: None, column: None, cell: None }
    }

    /// A line and column of a text file, both from 1.
    pub fn at(file: impl Into<Arc<str>>, line: u32, column: u32) -> Self {
        Place { line: Some(line), column: Some(column), ..Place::file(file) }
    }

    /// The same place inside a sheet of a workbook.
    pub fn in_sheet(mut self, sheet: impl Into<Arc<str>>) -> Self {
        self.sheet = Some(sheet.into());
        self
    }

    /// The same place with the Excel name of its cell.
    pub fn with_cell(mut self, cell: impl Into<Arc<str>>) -> Self {
        self.cell = Some(cell.into());
        self
    }
}

impl Place {
    /// The place with the name of its cell: `csv/indicators.csv:3:44 O3`.
    pub fn located(&self) -> String {
        match &self.cell {
            Some(cell) => format!("{self} {cell}"),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, " {sheet}")?;
            return match &self.cell {
                Some(cell) => write!(f, "!{cell}"),
                None => Ok(()),
            };
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_a_workbook_reads_as_excel_names_it() {
        let place = Place::at("kpi.xlsx", 7, 18).in_sheet("指標").with_cell("R7");
        assert_eq!(place.to_string(), "kpi.xlsx 指標!R7");
        let json = serde_json::to_value(&place).unwrap();
        assert_eq!((json["line"].as_u64(), json["column"].as_u64()), (Some(7), Some(18)));
        assert_eq!((&json["sheet"], &json["cell"]), (&"指標".into(), &"R7".into()));
    }
}
