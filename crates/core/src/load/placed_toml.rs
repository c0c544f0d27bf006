//! TOML text to a tree whose every value knows its line and column.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::limits::{DEEPEST_TOML, LARGEST_TOML, large_file};
use crate::problem::{Code, Place, Problem};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    pub value: T,
    pub place: Place,
}

/// A TOML value. Tables keep the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Text(String),
    Number(String),
    Switch(bool),
    /// Year, month and day; a time of day beside them is not kept.
    Date(u16, u8, u8),
    List(Vec<Placed<Node>>),
    Table(Vec<(Placed<String>, Placed<Node>)>),
}

impl Node {
    /// The kind of value in the words of the problem messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Text(_) => "文字列",
            Node::Number(_) => "数",
            Node::Switch(_) => "true/false",
            Node::Date(..) => "日付",
            Node::List(_) => "配列",
            Node::Table(_) => "表",
        }
    }
}

/// Reads TOML text.
///
/// # Errors
/// Every syntax error of the file, all at once.
pub fn read_toml(file: &str, text: &str) -> Result<Placed<Node>, Vec<Problem>> {
    let file: Arc<str> = file.into();
    let lines = LineStarts::new(text);
    if text.len() as u64 > LARGEST_TOML {
        let size = Some(text.len() as u64);
        return Err(vec![large_file(&file, Place::file(file.clone()), size)]);
    }
    if let Some(at) = too_deep(text) {
        return Err(vec![
            Problem::error(Code::TooLarge, lines.place(&file, text, at))
                .message(format!(
                    "[ ] や {{ }}、. でつないだ名前の入れ子が深すぎます（{DEEPEST_TOML}段まで）"
                ))
                .hint("文字列は \" で囲み、1行に「名前 = 値」の形で書いてください"),
        ]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let told = errors.iter().map(|error| {
            let start = error.span().map_or(0, |span| span.start);
            Problem::error(Code::TomlSyntax, lines.place(&file, text, start))
                .message(format!("TOMLの書き方が正しくありません{}", in_japanese(error.message())))
                .hint("文字列は \" で囲み、1行に「名前 = 値」の形で書いてください")
        });
        return Err(told.collect());
    }
    let context = Context { file: &file, text, lines: &lines };
    Ok(context.table(table.get_ref(), table.span().start))
}

/// Where brackets or names that are joined by points nest deeper than may be.
///
/// Looked for before the text is parsed: what is made of such names would be taken apart by a
/// recursion as deep. Brackets and points inside of strings count like others, but a string would
/// need dozens of them without a word between.
fn too_deep(text: &str) -> Option<usize> {
    let (mut brackets, mut points) = (0_usize, 0_usize);
    // The last sign was one of a name, and a blank stood behind it.
    let (mut named, mut blank) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '[' | '{' => brackets += 1,
            ']' | '}' => brackets = brackets.saturating_sub(1),
            // No value goes on over a line that begins with a name.
            '\n' if text[at + 1..].starts_with(|c: char| c.is_alphabetic()) => brackets = 0,
            _ => {}
        }
        match c {
            '.' => {
                points += 1;
                (named, blank) = (false, false);
            }
            ' ' | '\t' => blank = true,
            c if c.is_alphanumeric() || "-_\"'".contains(c) => {
                if named && blank {
                    points = 0;
                }
                (named, blank) = (true, false);
            }
            _ => (points, named, blank) = (0, false, false),
        }
        if brackets > DEEPEST_TOML || points > DEEPEST_TOML {
            return Some(at);
        }
    }
    None
}

/// What the parser says, by a part of its words; the first that is found counts.
const WORDS: [(&str, &str); 25] = [
    ("duplicate key", "同じ項目が2回あります"),
    ("must be quoted", "文字列が \" で囲まれていません"),
    ("invalid basic string", "文字列の \" が閉じられていません"),
    ("invalid literal string", "文字列の ' が閉じられていません"),
    ("invalid multi-line", "文字列の \"\"\" が閉じられていません"),
    ("opening quote", "文字列の始めの \" がありません"),
    ("escape", "文字列の中の \\ の使い方が違います。ファイルの名前は / で区切ります"),
    ("unicode value", "文字列の中の \\ の使い方が違います"),
    ("comma", "コンマの過不足があります"),
    ("array table", "[[ ]] が閉じられていません"),
    ("table open", "[ ] の書き方が違います"),
    ("inline table", "{ } の書き方が違います"),
    ("unclosed table", "[ ] が閉じられていません"),
    ("array", "[ ] の書き方が違います"),
    ("assignment", "名前と値の間の = に過不足があります"),
    ("extra `=`", "= が余分です"),
    ("missing value", "= の後に値がありません"),
    ("no value", "= と値がありません"),
    ("key", "項目の名前の書き方が違います"),
    ("carriage return", "改行の種類が違います（LFかCRLF）"),
    ("recurs", "[ ] や { } が深すぎます"),
    ("radix", "数の書き方が違います"),
    ("zero", "数が0で始まっています"),
    ("sign", "数の符号の書き方が違います"),
    ("comment", "# の後に使えない文字があります"),
];

/// The parser's words in Japanese, in parentheses; nothing when they are not known.
fn in_japanese(message: &str) -> String {
    let known = WORDS.iter().find(|(part, _)| message.contains(part));
    known.map_or(String::new(), |(_, words)| format!("（{words}）"))
}

struct Context<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    lines: &'a LineStarts,
}

impl Context<'_> {
    fn place(&self, offset: usize) -> Place {
        self.lines.place(self.file, self.text, offset)
    }

    fn table(&self, table: &DeTable<'_>, offset: usize) -> Placed<Node> {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let entries = entries.into_iter().map(|(key, value)| {
            let name =
                Placed { value: key.get_ref().to_string(), place: self.place(key.span().start) };
            (name, self.value(value.get_ref(), value.span().start))
        });
        Placed { value: Node::Table(entries.collect()), place: self.place(offset) }
    }

    fn value(&self, value: &DeValue<'_>, offset: usize) -> Placed<Node> {
        let node = match value {
            DeValue::String(text) => Node::Text(text.to_string()),
            DeValue::Integer(number) => Node::Number(number.as_str().to_owned()),
            DeValue::Float(number) => Node::Number(number.as_str().to_owned()),
            DeValue::Boolean(switch) => Node::Switch(*switch),
            DeValue::Datetime(moment) => match moment.date {
                Some(date) => Node::Date(date.year, date.month, date.day),
                None => Node::Text(moment.to_string()),
            },
            DeValue::Array(items) => Node::List(
                items.iter().map(|item| self.value(item.get_ref(), item.span().start)).collect(),
            ),
            DeValue::Table(table) => return self.table(table, offset),
        };
        Placed { value: node, place: self.place(offset) }
    }
}

/// Byte offsets of the lines, so that a place costs a search and no scan.
struct LineStarts(Vec<usize>);

impl LineStarts {
    fn new(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        LineStarts(std::iter::once(0).chain(breaks).collect())
    }

    fn place(&self, file: &Arc<str>, text: &str, offset: usize) -> Place {
        let line = self.0.partition_point(|start| *start <= offset) - 1;
        let column = text.get(self.0[line]..offset).map_or(0, |before| before.chars().count());
        Place::at(file.clone(), line as u32 + 1, column as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_stand() {
        let root = read_toml("report.toml", "a = 1\n[b]\nn = \"x\"\n").unwrap();
        let Node::Table(entries) = root.value else { panic!("a table") };
        let Node::Table(inner) = &entries[1].1.value else { panic!("a table") };
        assert_eq!((inner[0].1.place.line, inner[0].1.place.column), (Some(3), Some(5)));
    }

    #[test]
    fn no_message_is_in_english() {
        for text in [
            "a = b",
            "a",
            "a = ",
            "= 1",
            "a = 1\na = 2",
            "[a\nb = 1",
            "[[a]\nb = 1",
            "a = \"x",
            "a = 'x",
            "a = [1, 2",
            "a = {b = 1",
            "a = 01",
            "a = +-1",
            "a = \"\\q\"",
            "a = 1 2",
            "a = 1979-13-45",
            "a == 1",
            "a = [1 2]",
            "[a]\n[a]",
            "a = 0X1",
            "a = 1__0",
            "a.b = 1\na = 2",
            "題 = 1",
            "a = \"\"\"x",
            "a = “x”",
            "a b = 1",
            "[]",
            "a = #x",
            "a = 1 # \u{1}",
            "\r",
            "a = 2026/07/16",
            "date = 2026-7-16",
            "a = .5",
            "a = 5.",
            "a = １",
        ] {
            for problem in read_toml("report.toml", text).err().unwrap_or_default() {
                let english =
                    problem.message.replace("TOML", "").replace("LF", "").replace("CR", "");
                assert!(!english.contains(|c: char| c.is_ascii_alphabetic()), "{text}: {english}");
            }
        }
    }

    #[test]
    fn what_nests_too_deep_is_told_and_no_overflow() {
        let deep =
            |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        for text in [
            format!("a = {}", deep("[", "]")),
            format!("a = {}", deep("{a=", "}")),
            format!("a = {}", "[".repeat(100_000)),
            format!("{}a = 1", "a.".repeat(100_000)),
            format!("[{}a]", "a . ".repeat(100_000)),
            format!("[[{}a]]", "\"a\".".repeat(100_000)),
            format!("x = {{ {}a = 1 }}", "'a'.".repeat(100_000)),
        ] {
            let problems = read_toml("report.toml", &text).unwrap_err();
            assert_eq!((problems[0].code, problems.len()), (Code::TooLarge, 1));
        }
    }

    #[test]
    fn a_text_with_many_points_and_brackets_is_no_nesting() {
        let prose = "a = \"One word. Two words. [See] this {}.\"\n".to_owned();
        let list = format!("b = [{}]\n", "{ x = 1.5 }, ".repeat(500));
        let open = "c = \"[[[\"\n";
        let text: String = (0..100).map(|n| format!("k{n} = \"[[[ {{\"\n")).collect();
        for text in [prose, list, open.to_owned(), text] {
            assert!(read_toml("report.toml", &text).is_ok(), "{text}");
        }
    }

    #[test]
    fn several_syntax_errors_are_told_at_once() {
        let problems = read_toml("report.toml", "a = \nb = 1\nc = \"x\n").unwrap_err();
        let lines: Vec<_> = problems.iter().map(|problem| problem.place.line).collect();
        assert!(lines.contains(&Some(1)) && lines.contains(&Some(3)), "{lines:?}");
    }
}
