//! What is said of a palette that falls short.

/// What is wrong with a palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteFault {
    /// Line and column from 1, when the file cannot be read as what it should be.
    pub at: Option<(u32, u32)>,
    /// One sentence with what was found and what is needed.
    pub message: String,
    /// How to mend it.
    pub hint: &'static str,
}

pub(super) fn fault(message: String, hint: &'static str) -> PaletteFault {
    PaletteFault { at: None, message, hint }
}
