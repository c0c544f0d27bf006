//! `[layout]` of report.toml: the choices over the look of the pages.

use super::fields::{Fields, wrong_kind};
use super::reader::Reader;
use crate::load::{Node, Placed};
use crate::model::layout::{Layout, TextSize};
use crate::problem::Problem;

impl Reader<'_> {
    /// Reads the choices; what is not said is as usual.
    pub(super) fn layout(&mut self, node: &Placed<Node>) -> Layout {
        let problems = &mut self.problems;
        let Some(fields) = Fields::new("[layout]", node, problems) else {
            return Layout::default();
        };
        let text_size = text_size(&fields, problems).unwrap_or_default();
        let mut switch = |key| fields.switch(key, problems).unwrap_or_default();
        let layout = Layout {
            text_size,
            judgement: switch("judgement"),
            sparkline: switch("sparkline"),
            key_column: switch("key-column"),
        };
        fields.finish(problems);
        layout
    }
}

fn text_size(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Option<TextSize> {
    let node = fields.node("text-size")?;
    if let Node::Number(text) = &node.value
        && let Ok(points) = text.parse::<f64>()
        && let Some(size) = TextSize::ALL.into_iter().find(|size| size.points() == points)
    {
        return Some(size);
    }
    let sizes = TextSize::ALL.map(|size| size.points().to_string());
    problems.push(wrong_kind("text-size", node, &sizes.join("・")));
    None
}
