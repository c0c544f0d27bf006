//! Typed access to a TOML table that collects every fault on the way.

use std::cell::RefCell;
use std::collections::HashSet;

use rust_decimal::Decimal;

use super::limits::MOST_UNKNOWN_KEYS;
use crate::load::{Node, Placed};
use crate::model::date::Date;
use crate::model::figure::DataState;
use crate::model::number::{Expected, read};
use crate::problem::{Code, Place, Problem, closest, did_you_mean};

/// One table of report.toml. Keys that nobody asked for are unknown keys.
pub(super) struct Fields<'a> {
    name: &'static str,
    entries: &'a [(Placed<String>, Placed<Node>)],
    pub place: &'a Place,
    asked: RefCell<HashSet<&'static str>>,
}

impl<'a> Fields<'a> {
    /// Wraps a node that must be a table; `name` is how messages call it.
    pub fn new(
        name: &'static str,
        node: &'a Placed<Node>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let Node::Table(entries) = &node.value else {
            problems.push(wrong_kind(name, node, "表"));
            return None;
        };
        Some(Fields { name, entries, place: &node.place, asked: RefCell::default() })
    }

    /// The node under a key.
    pub fn node(&self, key: &'static str) -> Option<&'a Placed<Node>> {
        self.asked.borrow_mut().insert(key);
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node)
    }

    /// The `state` of a data set; without one it is 確定.
    pub fn data_state(&self, problems: &mut Vec<Problem>) -> DataState {
        self.word("state", &["確定", "速報", "仮"], DataState::from_name, problems)
            .unwrap_or_default()
    }

    /// The text under a key, when it is there.
    pub fn text(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<(String, Place)> {
        let node = self.node(key)?;
        match &node.value {
            Node::Text(text) => Some((text.clone(), node.place.clone())),
            _ => {
                problems.push(wrong_kind(key, node, "文字列"));
                None
            }
        }
    }

    /// The text under a key that must be there and not be empty.
    pub fn required(
        &self,
        key: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<(String, Place)> {
        if self.node(key).is_none() {
            problems.push(self.missing(key));
            return None;
        }
        let (text, place) = self.text(key, problems)?;
        if text.trim().is_empty() {
            problems.push(
                Problem::error(Code::MissingKey, place)
                    .message(format!("「{key}」が空です"))
                    .expected("空でない文字列"),
            );
            return None;
        }
        Some((text, place))
    }

    /// The text under a key that may be missing but not empty.
    pub fn filled(
        &self,
        key: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<(String, Place)> {
        self.node(key)?;
        self.required(key, problems)
    }

    /// A whole number of at least 1.
    pub fn count(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<usize> {
        let node = self.node(key)?;
        if let Node::Number(text) = &node.value
            && let Ok(number @ 1..) = text.parse()
        {
            return Some(number);
        }
        problems.push(wrong_kind(key, node, "1以上の整数"));
        None
    }

    /// A length in mm between 10 and 250.
    pub fn millimetres(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<f64> {
        let node = self.node(key)?;
        if let Node::Number(text) = &node.value
            && let Ok(length) = text.replace('_', "").parse()
            && (10.0..=250.0).contains(&length)
        {
            return Some(length);
        }
        problems.push(wrong_kind(key, node, "10から250までの数（ミリメートル）"));
        None
    }

    /// A day that must be there.
    pub fn date(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<Date> {
        let example = format!("{key} = 2025-10-14");
        match self.node(key).map(|node| (&node.value, &node.place)) {
            Some((&Node::Date(year, month, day), _)) => Some(Date { year, month, day }),
            Some((_, place)) => {
                problems.push(
                    Problem::error(Code::WrongValue, place.clone())
                        .message(format!("「{key}」が日付になっていません"))
                        .expected(format!("{example}（引用符で囲まない西暦の日付）")),
                );
                None
            }
            None => {
                let missing = self.missing(key);
                problems.push(missing.hint(format!("`{example}` のように書いてください")));
                None
            }
        }
    }

    /// Any number, exact; its place beside it.
    pub fn number(
        &self,
        key: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<(Decimal, Place)> {
        let node = self.node(key)?;
        // TOML also has 1e5, 0xFF, inf and nan: no office writes a value so.
        if let Node::Number(text) = &node.value
            && let Ok(reading) = read(&text.replace('_', ""), &Expected::default())
            && let Ok(number) = reading.content
        {
            return Some((number.exact, node.place.clone()));
        }
        problems.push(wrong_kind(key, node, "数（例 70、76.3、-5）"));
        None
    }

    /// A list of texts, each with its place; `example` shows how to write one.
    pub fn texts(
        &self,
        key: &'static str,
        example: &str,
        problems: &mut Vec<Problem>,
    ) -> Vec<(String, Place)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Node::List(items) = &node.value else {
            problems.push(wrong_kind(key, node, &format!("{key} = {example}")));
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            match &item.value {
                Node::Text(text) if !text.trim().is_empty() => {
                    found.push((text.trim().to_owned(), item.place.clone()));
                }
                _ => problems.push(
                    Problem::error(Code::WrongValue, item.place.clone())
                        .message(format!("「{key}」の中に、空のもの又は文字列でないものがあります"))
                        .expected(format!("{key} = {example}")),
                ),
            }
        }
        found
    }

    /// `true` or `false`.
    pub fn switch(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<bool> {
        let node = self.node(key)?;
        match node.value {
            Node::Switch(switch) => Some(switch),
            _ => {
                problems.push(wrong_kind(key, node, "true または false"));
                None
            }
        }
    }

    /// One of a closed list of words, read by `from_name`.
    pub fn word<T>(
        &self,
        key: &'static str,
        words: &[&str],
        from_name: impl Fn(&str) -> Option<T>,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let (text, place) = self.text(key, problems)?;
        let value = from_name(&text);
        if value.is_none() {
            let problem = Problem::error(Code::WrongValue, place)
                .text(&text)
                .message(format!("「{key}」に使えない値です"))
                .expected(words.join("・"));
            problems.push(with_suggestion(problem, &text, words.iter().copied()));
        }
        value
    }

    /// The tables of an array of tables (`[[page]]`).
    pub fn tables(&self, key: &'static str, problems: &mut Vec<Problem>) -> &'a [Placed<Node>] {
        let Some(node) = self.node(key) else { return &[] };
        match &node.value {
            Node::List(items) => items,
            _ => {
                problems.push(wrong_kind(key, node, "表の配列（[[…]]）"));
                &[]
            }
        }
    }

    /// The fault of a key that is not there.
    pub fn missing(&self, key: &str) -> Problem {
        Problem::error(Code::MissingKey, self.place.clone())
            .message(format!("{}に「{key}」がありません", self.name))
            .hint(format!("`{key} = …` の行を加えてください"))
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self, problems: &mut Vec<Problem>) {
        let asked = self.asked.into_inner();
        let mut known: Vec<&str> = asked.iter().copied().collect();
        known.sort_unstable();
        let unknown = self.entries.iter().filter(|(key, _)| !asked.contains(key.value.as_str()));
        for (index, (key, _)) in unknown.enumerate() {
            if index == MOST_UNKNOWN_KEYS {
                let problem = Problem::error(Code::UnknownKey, key.place.clone())
                    .text(&key.value)
                    .message(format!("ここから後にも、{}にない項目があります", self.name))
                    .expected(known.join("・"));
                problems.push(problem);
                break;
            }
            let problem = Problem::error(Code::UnknownKey, key.place.clone())
                .text(&key.value)
                .message(format!("{}に「{}」という項目はありません", self.name, key.value))
                .expected(known.join("・"));
            problems.push(with_suggestion(problem, &key.value, known.iter().copied()));
        }
    }
}

/// The fault of a value that is none of what may stand under its key.
pub(super) fn wrong_kind(key: &str, node: &Placed<Node>, expected: &str) -> Problem {
    let problem = Problem::error(Code::WrongValue, node.place.clone())
        .message(format!("「{key}」の値が正しくありません（今は{}）", node.value.kind()))
        .expected(expected);
    match &node.value {
        Node::Text(text) | Node::Number(text) => problem.text(text),
        _ => problem,
    }
}

/// Adds 「…ではありませんか」 when one of the known words is near.
pub(super) fn with_suggestion<'a>(
    problem: Problem,
    text: &str,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    match closest(text, known) {
        Some(near) => problem.hint(did_you_mean(text, near)),
        None => problem,
    }
}
