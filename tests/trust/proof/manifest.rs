//! A small reader of report.toml: the entries of `[[page]]` and `[[figure]]` with their strings.
//!
//! The crate's TOML parser is built without what a test would need, and the oracle shall not ask
//! the engine. The sample's manifest keeps to one `key = value` a line.

use std::collections::BTreeMap;

/// An entry: its keys with their values, quotes taken off.
pub type Entry = BTreeMap<String, String>;

/// The entries under `[[name]]`, in file order.
pub fn entries(text: &str, name: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line == format!("[[{name}]]");
            if inside {
                found.push(Entry::new());
            }
        } else if let (true, Some((key, value))) = (inside, line.split_once('=')) {
            let value = value.trim().trim_matches('"').to_owned();
            found.last_mut().unwrap().insert(key.trim().to_owned(), value);
        }
    }
    found
}
