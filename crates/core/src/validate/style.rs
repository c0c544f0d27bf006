//! `[style]` of report.toml: how the report writes its numbers and words.

use super::fields::Fields;
use super::reader::Reader;
use crate::load::{Node, Placed};
use crate::model::style::{Brackets, Digits, Minus, OFFICIAL_WORDS, Punctuation, Style};
use crate::problem::{Code, Problem};

impl Reader<'_> {
    /// Reads the house style; what is not said is as usual.
    pub(super) fn style(&mut self, node: &Placed<Node>) -> Style {
        let problems = &mut self.problems;
        let Some(fields) = Fields::new("[style]", node, problems) else { return Style::default() };
        let style = Style {
            digits: fields
                .word("digits", &["半角", "全角", "1桁は全角"], Digits::from_name, problems)
                .unwrap_or_default(),
            minus: fields
                .word("minus", &["-", "△", "▲"], Minus::from_name, problems)
                .unwrap_or_default(),
            punctuation: fields.word(
                "punctuation",
                &Punctuation::NAMES,
                Punctuation::from_name,
                problems,
            ),
            brackets: fields.word("brackets", &["全角", "半角"], Brackets::from_name, problems),
            words: words(&fields, problems),
            terms: fields
                .texts("terms", "[\"語\", \"語\"]", problems)
                .into_iter()
                .map(|(text, _)| text)
                .collect(),
        };
        fields.finish(problems);
        style
    }
}

/// `words = "公用文"`, or a table `{ "または" = "又は" }`.
fn words(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    const OFFICIAL: &str = "公用文";
    let owned = |(from, to): (&str, &str)| (from.to_owned(), to.to_owned());
    match fields.node("words").map(|node| (&node.value, &node.place)) {
        None => Vec::new(),
        Some((Node::Text(text), _)) if text == OFFICIAL => {
            OFFICIAL_WORDS.into_iter().map(owned).collect()
        }
        Some((Node::Table(entries), _)) => {
            let pair = |(from, to): &(Placed<String>, Placed<Node>)| match &to.value {
                Node::Text(to) if !from.value.is_empty() => Ok((from.value.clone(), to.clone())),
                _ => Err(to.place.clone()),
            };
            let wrong = |place| {
                Problem::error(Code::WrongValue, place)
                    .message("「words」の中に文字列でないものがあります")
                    .expected("words = { \"または\" = \"又は\" }")
            };
            let (pairs, places): (Vec<_>, Vec<_>) =
                entries.iter().map(pair).partition(Result::is_ok);
            problems.extend(places.into_iter().filter_map(Result::err).map(wrong));
            pairs.into_iter().flatten().collect()
        }
        Some((_, place)) => {
            problems.push(
                Problem::error(Code::WrongValue, place.clone())
                    .message("「words」に使えない値です")
                    .expected("words = \"公用文\" か、words = { \"または\" = \"又は\" }"),
            );
            Vec::new()
        }
    }
}
