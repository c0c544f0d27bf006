//! Files of the model as Typst reads them.

use serde_json::Value;

/// A file that exists only for Typst.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VirtualFile {
    pub path: String,
    pub text: String,
}

pub(super) fn file(name: &str, value: &Value) -> VirtualFile {
    VirtualFile { path: format!("model/{name}.json"), text: value.to_string() }
}
