//! The texts of the calls in the prose as virtual JSON files: one a subject.
//!
//! A call is about its first argument: an indicator, a figure, a constant. A corrected cell
//! changes the texts of one or two subjects, and Typst sets only the pages anew that speak of
//! them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::virtual_file::{VirtualFile, file};
use soukatsu_core::bind::Bindings;
use soukatsu_core::model::digest::sha256;

/// So many hexadecimal digits name a file. Subjects that share them by chance share the file.
const DIGITS: usize = 8;

/// `bound.json`, which tells the file of every subject, and these files: text by call.
///
/// A name depends on its subject alone, so that a new call in the prose renames no other file,
/// and whatever a subject is called it can stand on a disk.
pub(super) fn bound_files(bindings: &Bindings) -> Vec<VirtualFile> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut texts: BTreeMap<String, BTreeMap<&str, &str>> = BTreeMap::new();
    for (key, text) in bindings.texts() {
        let Some(subject) = subject(key) else { continue };
        let mut name = sha256(subject.as_bytes());
        name.truncate(DIGITS);
        texts.entry(name.clone()).or_default().insert(key, text);
        names.insert(subject, name);
    }
    let files = texts.iter().map(|(name, texts)| file(&format!("bound/{name}"), &json!(texts)));
    std::iter::once(file("bound", &json!(names))).chain(files).collect()
}

/// The first argument of a call when that is a text, otherwise the name of the call. The
/// template (`blocks/values.typ`) does the same.
fn subject(key: &str) -> Option<String> {
    let (name, positional, _): (String, Vec<Value>, Value) = serde_json::from_str(key).ok()?;
    match positional.into_iter().next() {
        Some(Value::String(first)) => Some(first),
        _ => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_about_its_first_argument() {
        assert_eq!(subject(r#"["値",["満足度","R6"],[]]"#).as_deref(), Some("満足度"));
        assert_eq!(subject(r#"["値",["../a\\b/\n"],[]]"#).as_deref(), Some("../a\\b/\n"));
    }

    #[test]
    fn a_call_without_a_text_in_front_is_about_itself() {
        for key in [r#"["取組数",[],[["状況","実施済"]]]"#, r#"["取組名",[12],[]]"#] {
            assert!(key.contains(&subject(key).unwrap()), "{key}");
        }
        assert_eq!(subject(r#"["取組名",[12],[]]"#).as_deref(), Some("取組名"));
    }
}
