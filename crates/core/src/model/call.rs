//! The prose as the engine knows it: its calls, and the running text between them.

use std::ops::Range;

use crate::problem::Place;

/// What a call of the prose is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// Prints something of the data inside a sentence.
    Value,
    /// Stands inside a condition and prints nothing.
    Condition,
    /// A phrase bound to a condition.
    Claim,
    /// A block of the page.
    Block,
}

/// Every name that the prose may call (docs/prose.md), in the order of that page.
pub const CALLS: [(&str, CallKind); 62] = {
    use CallKind::{Block, Claim, Condition, Value};
    [
        ("値", Value),
        ("目標値", Value),
        ("基準値", Value),
        ("差", Value),
        ("増減", Value),
        ("増減率", Value),
        ("目標との差", Value),
        ("割合", Value),
        ("層", Value),
        ("合計", Value),
        ("順位", Value),
        ("上位", Value),
        ("最大の項目", Value),
        ("最小の項目", Value),
        ("指標名", Value),
        ("年度", Value),
        ("取組数", Value),
        ("取組割合", Value),
        ("取組名", Value),
        ("体系数", Value),
        ("定数", Value),
        ("主張", Claim),
        ("達成", Condition),
        ("未達成", Condition),
        ("以上", Condition),
        ("以下", Condition),
        ("超える", Condition),
        ("下回る", Condition),
        ("等しい", Condition),
        ("ほぼ等しい", Condition),
        ("台", Condition),
        ("範囲", Condition),
        ("増加", Condition),
        ("減少", Condition),
        ("横ばい", Condition),
        ("年々増加", Condition),
        ("年々減少", Condition),
        ("増減の繰返し", Condition),
        ("最大", Condition),
        ("最小", Condition),
        ("上位である", Condition),
        ("列の上位である", Condition),
        ("取組である", Condition),
        ("各値", Condition),
        ("各層", Condition),
        ("体系別割合", Condition),
        ("かつ", Condition),
        ("または", Condition),
        ("でない", Condition),
        ("指標表", Block),
        ("達成状況", Block),
        ("取組", Block),
        ("図", Block),
        ("図並び", Block),
        ("表", Block),
        ("表並び", Block),
        ("総括項目", Block),
        ("項目", Block),
        ("注", Block),
        ("資料", Block),
        ("実施状況の集計", Block),
        ("実施状況の一覧", Block),
    ]
};

/// What a name is for; `None` when the prose has no such call.
pub fn call_kind(name: &str) -> Option<CallKind> {
    CALLS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// A function call in the prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub name: String,
    pub arguments: Vec<Argument>,
    pub place: Place,
    /// In bytes of the file, without the # in front.
    pub range: Range<usize>,
    /// Stands as an argument of another call.
    pub nested: bool,
}

impl Call {
    /// The numbers of the figures that it puts on the page, each with its place in the call.
    pub fn placed_figures(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.placed('図', ["図", "図並び"])
    }

    /// The numbers of the tables that it puts on the page, each with its place in the call.
    pub fn placed_tables(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.placed('表', ["表", "表並び"])
    }

    fn placed(&self, word: char, calls: [&str; 2]) -> impl Iterator<Item = (&str, &Place)> {
        let places = calls.contains(&self.name.as_str());
        let named = self.arguments.iter().filter(move |one| places && one.name.is_none());
        named.filter_map(move |argument| {
            let text = argument.literal()?;
            Some((text.strip_prefix(word).unwrap_or(text), &argument.place))
        })
    }
}

/// One argument of a call: `"R6"`, `12`, `区分: "…"`, `値("満足度", "R6")`.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    pub name: Option<String>,
    pub value: Expr,
    pub place: Place,
}

/// What an argument holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Text(String),
    /// As written, so that no binary float comes between.
    Number(String),
    Call(Call),
    /// Nothing that the engine could know without running Typst.
    Other,
}

impl Argument {
    /// The text or number as it is written.
    pub fn literal(&self) -> Option<&str> {
        match &self.value {
            Expr::Text(text) | Expr::Number(text) => Some(text),
            Expr::Call(_) | Expr::Other => None,
        }
    }
}

/// Running text without a break of blocks in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    pub kind: ParagraphKind,
    pub pieces: Vec<Piece>,
}

/// What a paragraph is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ParagraphKind {
    #[default]
    Body,
    Heading,
    /// ※ and 資料）.
    Note,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Literal text on one line of the file.
    Text {
        text: String,
        place: Place,
        /// The first byte in the file.
        offset: usize,
        /// How many bytes of the file it is written with; an escape takes more than it prints.
        length: usize,
        /// Index into [`Prose::calls`](super::report::Prose::calls) of the claim around it.
        claim: Option<usize>,
    },
    /// A call that prints a value; index into [`Prose::calls`](super::report::Prose::calls).
    Value { call: usize, claim: Option<usize> },
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::CALLS;

    #[test]
    fn the_calls_are_what_the_template_gives_to_the_prose() {
        let author = include_str!("../../../../templates/council/author.typ");
        let given = author
            .split("#import")
            .skip(1)
            .filter_map(|import| Some(import.split_once(": ")?.1))
            .flat_map(|names| names.split([',', '(', ')', '\n', ' ']));
        let given: BTreeSet<&str> =
            given.filter(|name| !name.is_empty() && !name.starts_with("//")).collect();
        assert_eq!(given, CALLS.into_iter().map(|(name, _)| name).collect());
    }
}
