//! One fault of the input, or one doubt about it.

use serde::Serialize;

use super::code::Code;
use super::place::Place;

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
