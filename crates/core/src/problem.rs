//! A problem of the input: severity, stable code, place, message, expectation, hint.
//!
//! In: facts found by the other rooms. Out: plain Japanese for people, JSON for tools.
//! Touches nothing.

mod code;
mod shown;
mod system;
mod words;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

pub use code::Code;
pub use shown::{is_unprintable, shown};
pub use system::system_reason;
pub use words::{closest, typst_message};

/// How much a problem weighs. Only errors stop a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Hint,
}

impl Severity {
    /// The word users read.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "誤り",
            Severity::Warning => "注意",
            Severity::Hint => "助言",
        }
    }
}

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

/// One fault of the input, or one doubt about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub severity: Severity,
    pub code: Code,
    #[serde(flatten)]
    pub place: Place,
    /// The text that stands there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    pub hint: Option<String>,
}

impl Problem {
    /// Something that stops a build.
    pub fn error(code: Code, place: Place) -> Self {
        Self::new(Severity::Error, code, place)
    }

    /// Something that deserves a look, but stops nothing.
    pub fn warning(code: Code, place: Place) -> Self {
        Self::new(Severity::Warning, code, place)
    }

    /// Something worth knowing that needs no mending.
    pub fn note(code: Code, place: Place) -> Self {
        Self::new(Severity::Hint, code, place)
    }

    fn new(severity: Severity, code: Code, place: Place) -> Self {
        let message = String::new();
        Problem { severity, code, place, text: None, message, expected: None, hint: None }
    }

    /// What is wrong, as one sentence without a full stop.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The text at the place, as it stands in the file.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// What should stand there.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// How to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether it stops a build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts problems in the order people mend them: file by file, from top to bottom.
///
/// A problem that was found twice at one place stays once.
pub fn sort(problems: &mut Vec<Problem>) {
    let key = |p: &Problem| {
        let Place { file, sheet, line, column, .. } = &p.place;
        (file.clone(), sheet.clone(), *line, *column, p.severity, p.code)
    };
    problems.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message)));
    problems.dedup();
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

    #[test]
    fn json_has_the_fields_that_tools_read() {
        let problem =
            Problem::error(Code::NotANumber, Place::at("csv/a.csv", 3, 7)).message("m").hint("h");
        let json = serde_json::to_value(&problem).unwrap();
        for (key, value) in
            [("severity", "error"), ("code", "S302"), ("file", "csv/a.csv"), ("hint", "h")]
        {
            assert_eq!(json[key], value);
        }
        assert_eq!((json["line"].as_u64(), json["column"].as_u64()), (Some(3), Some(7)));
    }
}
