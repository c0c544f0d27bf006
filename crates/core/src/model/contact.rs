//! Whom readers may ask about the report.

/// Each part where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// 課名.
    pub department: Option<String>,
    pub phone: Option<String>,
    pub mail: Option<String>,
}
