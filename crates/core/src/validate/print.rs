//! `[print]`: how the report is given out on paper.

use super::Reader;
use super::fields::Fields;
use crate::load::{Node, Placed};
use crate::model::report::Print;

impl Reader<'_> {
    /// The table `[print]`.
    pub(super) fn print(&mut self, node: &Placed<Node>) -> Print {
        let Some(fields) = Fields::new("[print]", node, &mut self.problems) else {
            return Print::default();
        };
        let duplex = fields.switch("duplex", &mut self.problems).unwrap_or_default();
        let chapters = fields.word("chapters", &["right", "any"], chapters, &mut self.problems);
        fields.finish(&mut self.problems);
        Print { duplex, chapters_right: chapters.unwrap_or_default() }
    }
}

fn chapters(word: &str) -> Option<bool> {
    match word {
        "right" => Some(true),
        "any" => Some(false),
        _ => None,
    }
}
