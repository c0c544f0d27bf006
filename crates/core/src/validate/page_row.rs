//! Parts of a row of the page map: its kind, its sides, and rows that are blank on purpose.

use super::Reader;
use super::fields::Fields;
use crate::load::{Node, Placed};
use crate::model::report::{PageKind, PageRow, Sides};
use crate::problem::{Code, Problem};

impl Reader<'_> {
    /// A row that is blank on purpose: nothing but its kind can be said of it.
    pub(super) fn blank_page(&mut self, node: &Placed<Node>) -> Option<PageRow> {
        let fields = Fields::new("kind = \"blank\" の [[page]] ", node, &mut self.problems)?;
        fields.node("kind");
        let place = fields.place.clone();
        fields.finish(&mut self.problems);
        Some(PageRow {
            kind: PageKind::Blank,
            chapter: None,
            title: String::new(),
            running: String::new(),
            pillar: None,
            measure: None,
            also: Vec::new(),
            prose: None,
            pages: 1,
            sides: Sides::default(),
            place,
        })
    }
}

/// `side` and `back` of a row.
pub(super) fn sides(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Sides {
    let only = |word: &'static str| move |text: &str| (text == word).then_some(());
    Sides {
        right: fields.word("side", &["right"], only("right"), problems).is_some(),
        blank_back: fields.word("back", &["blank"], only("blank"), problems).is_some(),
    }
}

/// A list of whole numbers of at least 1.
pub(super) fn numbers(
    fields: &Fields<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Vec<u32> {
    let mut found = Vec::new();
    for item in fields.tables(key, problems) {
        match &item.value {
            Node::Number(text) if text.parse::<u32>().is_ok_and(|number| number > 0) => {
                found.extend(text.parse::<u32>());
            }
            _ => problems.push(
                Problem::error(Code::WrongValue, item.place.clone())
                    .message(format!("「{key}」の中に整理番号でないものがあります"))
                    .expected(format!("{key} = [18, 31]")),
            ),
        }
    }
    found
}

pub(super) fn page_kind(name: &str) -> Option<PageKind> {
    Some(match name {
        "body" => PageKind::Body,
        "cover" => PageKind::Cover,
        "contents" => PageKind::Contents,
        "blank" => PageKind::Blank,
        _ => return None,
    })
}
