//! report.toml as a table of two columns, key and value, so that editions can be compared key by
//! key.

use std::collections::{HashMap, HashSet};

use crate::load::{Node, Placed};
use crate::model::grid::{Grid, GridRow};
use crate::problem::Place;

/// What names an entry of a list of tables better than its place in the list; the first that no
/// other entry has counts, and then any other text.
const NAMES: [&str; 6] = ["prose", "number", "csv", "name", "title", "chapter"];

/// The keys of report.toml in the order of the file: `report.date`, `figure「4」.kind`.
pub(super) fn manifest_keys(root: &Placed<Node>) -> Grid {
    let mut rows = Vec::new();
    collect("", root, &mut rows);
    Grid { header: vec!["項目".into(), "値".into()], rows }
}

fn collect(path: &str, node: &Placed<Node>, rows: &mut Vec<GridRow>) {
    match &node.value {
        Node::Table(entries) => {
            for (key, value) in entries {
                let below = if path.is_empty() { "" } else { "." };
                collect(&format!("{path}{below}{}", key.value), value, rows);
            }
        }
        Node::List(items)
            if !items.is_empty()
                && items.iter().all(|item| matches!(item.value, Node::Table(_))) =>
        {
            let names = Names::of(items);
            for (index, item) in items.iter().enumerate() {
                collect(&format!("{path}「{}」", names.name(index)), item, rows);
            }
        }
        value => rows.push(row(path, &text(value), &node.place)),
    }
}

fn row(path: &str, value: &str, place: &Place) -> GridRow {
    let cells = [path, value].map(|text| (text.to_owned(), place.clone()));
    GridRow { place: place.clone(), cells: cells.into() }
}

/// The names of entries among their likes.
struct Names {
    /// The texts of each entry, those that name it best first.
    texts: Vec<Vec<String>>,
    /// How many entries have a text.
    entries: HashMap<String, usize>,
}

impl Names {
    fn of(items: &[Placed<Node>]) -> Self {
        let texts: Vec<Vec<String>> = items.iter().map(texts).collect();
        let mut entries: HashMap<String, usize> = HashMap::new();
        for of_one in &texts {
            for text in of_one.iter().collect::<HashSet<_>>() {
                *entries.entry(text.clone()).or_default() += 1;
            }
        }
        Names { texts, entries }
    }

    fn name(&self, index: usize) -> String {
        let alone = |text: &&String| self.entries.get(*text) == Some(&1);
        let named = self.texts[index].iter().find(alone).cloned();
        named.unwrap_or_else(|| format!("{}番目", index + 1))
    }
}

fn texts(item: &Placed<Node>) -> Vec<String> {
    let Node::Table(entries) = &item.value else { return Vec::new() };
    let mut texts: Vec<(&str, String)> = entries
        .iter()
        .filter(|(_, value)| matches!(value.value, Node::Text(_) | Node::Number(_)))
        .map(|(key, value)| (key.value.as_str(), text(&value.value)))
        .collect();
    let rank = |key: &str| NAMES.iter().position(|name| *name == key).unwrap_or(NAMES.len());
    texts.sort_by_key(|(key, _)| rank(key));
    texts.into_iter().map(|(_, text)| text).collect()
}

/// A list of one means what its only entry means; other lists are told as TOML writes them, so
/// that two lists are alike only when they are so entry by entry.
fn text(node: &Node) -> String {
    match node {
        Node::List(items) => match &items[..] {
            [] => String::new(),
            [one] => text(&one.value),
            more => {
                let entries: Vec<String> = more.iter().map(|item| quoted(&item.value)).collect();
                format!("[{}]", entries.join(", "))
            }
        },
        // A text that looks like a list is none.
        Node::Text(text) if text.starts_with(['[', '{', '"']) => format!("{text:?}"),
        Node::Text(text) | Node::Number(text) => text.clone(),
        node => quoted(node),
    }
}

fn quoted(node: &Node) -> String {
    match node {
        Node::Text(text) => format!("{text:?}"),
        Node::Number(text) => text.clone(),
        Node::Switch(switch) => switch.to_string(),
        Node::Date(year, month, day) => format!("{year}-{month:02}-{day:02}"),
        Node::List(items) => {
            let entries: Vec<String> = items.iter().map(|item| quoted(&item.value)).collect();
            format!("[{}]", entries.join(", "))
        }
        Node::Table(entries) => {
            let pair = |(key, value): &(Placed<String>, Placed<Node>)| {
                format!("{} = {}", key.value, quoted(&value.value))
            };
            format!("{{ {} }}", entries.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::read_toml;

    fn rows(toml: &str) -> Vec<String> {
        let grid = manifest_keys(&read_toml("report.toml", toml).unwrap());
        grid.rows.iter().map(|row| format!("{}={}", row.text(0), row.text(1))).collect()
    }

    #[test]
    fn every_key_has_a_row() {
        let rows = rows("format = 1\n[report]\ntitle = [\"甲\", \"乙\"]\ndate = 2026-07-16\n");
        assert_eq!(rows, ["format=1", r#"report.title=["甲", "乙"]"#, "report.date=2026-07-16"]);
    }

    #[test]
    fn lists_are_told_entry_by_entry() {
        let row = |value: &str| rows(&format!("title = {value}\n"))[0].clone();
        assert_ne!(row(r#"["甲", "乙"]"#), row(r#"["甲、乙"]"#));
        assert_ne!(row(r#"["甲", "乙"]"#), row(r#"["甲\", \"乙"]"#));
        assert_ne!(row(r#"["甲", "乙"]"#), row(r#"'["甲", "乙"]'"#));
        assert_eq!(row(r#"["甲"]"#), row(r#""甲""#));
    }

    #[test]
    fn an_empty_list_is_a_value() {
        assert_eq!(rows("[official]\nblocking = []\n"), ["official.blocking="]);
    }

    #[test]
    fn entries_of_a_list_are_named_by_what_only_they_have() {
        let rows = rows(
            "[[page]]\nkind = \"cover\"\n[[page]]\ntitle = \"総括\"\nprose = \"a.typ\"\n[[page]]\ntitle = \"総括\"\n[[page]]\ntitle = \"総括\"\nprose = \"b.typ\"",
        );
        let names =
            ["page「cover」", "page「a.typ」", "page「a.typ」", "page「3番目」", "page「b.typ」"];
        assert!(rows.iter().zip(names).all(|(row, name)| row.starts_with(name)), "{rows:?}");
    }
}
