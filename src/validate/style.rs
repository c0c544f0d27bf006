//! `[style]` of report.toml: how the report writes its numbers and words.

use super::Reader;
use super::fields::Fields;
use crate::load::{Node, Placed};
use crate::model::style::{Digits, Minus, Style};
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
            terms: texts(&fields, "terms", problems),
        };
        fields.finish(problems);
        style
    }
}

/// A list of texts.
fn texts(fields: &Fields<'_>, key: &'static str, problems: &mut Vec<Problem>) -> Vec<String> {
    let mut found = Vec::new();
    for item in fields.tables(key, problems) {
        match &item.value {
            Node::Text(text) if !text.trim().is_empty() => found.push(text.clone()),
            _ => problems.push(
                Problem::error(Code::WrongValue, item.place.clone())
                    .message(format!("「{key}」の中に文字列でないものがあります"))
                    .expected(format!("{key} = [\"語\", \"語\"]")),
            ),
        }
    }
    found
}
