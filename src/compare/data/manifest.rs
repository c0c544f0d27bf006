//! report.toml as one of the tables: a row a key, named by its path.

/// The settings of the report among its tables.
pub const MANIFEST: &str = "report.toml";

/// What stands around the name of an entry in a list of tables, as the rows of report.toml are
/// named (`soukatsu_core::validate`).
const ENTRY: (char, char) = ('「', '」');

/// The path of a key: `report.date`, `figure「4」.kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingKey<'k>(pub &'k str);

impl<'k> SettingKey<'k> {
    /// Whether it is of an entry of a list of tables.
    pub fn is_in_list(self, list: &str) -> bool {
        self.0.strip_prefix(list).is_some_and(|rest| rest.starts_with(ENTRY.0))
    }

    /// The path of the list entry that it is of: `figure「4」`.
    pub fn entry(self) -> Option<&'k str> {
        let end = self.0.find(&format!("{}.", ENTRY.1))?;
        Some(&self.0[..end + ENTRY.1.len_utf8()])
    }

    /// Whether it is of the entry of a list that has this name.
    pub fn is_of(self, list: &str, name: &str) -> bool {
        let (open, close) = ENTRY;
        self.0.starts_with(&format!("{list}{open}{name}{close}."))
    }

    /// Whether it gives an entry this key: a text, or a list of tables of its own.
    pub fn sets(self, entry: &str, key: &str) -> bool {
        let below = self.0.strip_prefix(entry).and_then(|rest| rest.strip_prefix('.'));
        let rest = below.and_then(|below| below.strip_prefix(key));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(ENTRY.0))
    }

    /// Whether the last part of the path is this.
    pub fn ends_in(self, key: &str) -> bool {
        self.0.strip_suffix(key).is_some_and(|path| path.ends_with('.'))
    }

    /// The path when the entry with a name has another one.
    pub fn with_renamed_entry(self, from: &str, to: &str) -> String {
        let (open, close) = ENTRY;
        self.0.replace(&format!("{open}{from}{close}"), &format!("{open}{to}{close}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_knows_the_entry_that_it_is_of() {
        let key = SettingKey("figure「6-1」.annotations「1番目」.text");
        assert!(key.is_in_list("figure") && !key.is_in_list("fig"));
        assert_eq!(key.entry(), Some("figure「6-1」"));
        assert!(key.is_of("figure", "6-1") && !key.is_of("figure", "6"));
        assert!(key.sets("figure「6-1」", "annotations") && !key.sets("figure「6-1」", "ann"));
        assert!(key.ends_in("text") && !key.ends_in("ext"));
        assert_eq!(SettingKey("report.date").entry(), None);
    }

    #[test]
    fn an_entry_may_be_named_by_a_file_that_is_renamed() {
        let key = SettingKey("page「prose/a.typ」.title");
        let renamed = key.with_renamed_entry("prose/a.typ", "prose/b.typ");
        assert_eq!(renamed, "page「prose/b.typ」.title");
    }
}
