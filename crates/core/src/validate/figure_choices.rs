//! What a `[[figure]]` says of its drawing beyond the kind: order, highlight, values that are not
//! final. Names are looked up once the data is read.

use std::collections::BTreeMap;

use super::annotations::Note;
use super::fields::Fields;
use super::figure_names::Names;
use crate::model::figure::{ChartKind, DataState, Highlight, Order, Panel};
use crate::problem::{Code, Place, Problem};

/// The choices as they are written.
pub(super) struct Choices {
    pub order: Option<(Order, Place)>,
    pub highlight: Option<(String, Place)>,
    pub preliminary: Vec<(String, Place)>,
    pub provisional: Vec<(String, Place)>,
    pub notes: Vec<Note>,
    pub panel: Option<(Panel, Place)>,
    stack: Option<(bool, Place)>,
    pub table: bool,
}

impl Choices {
    /// Reads the keys of one `[[figure]]`.
    pub fn read(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Self {
        let place = |key| fields.node(key).map_or(fields.place, |node| &node.place).clone();
        let orders = ["data", "descending", "ascending"];
        let order = fields.word("order", &orders, Order::from_name, problems);
        let panel = fields.word("panel", &["columns", "lines"], Panel::from_name, problems);
        let highlight =
            fields.node("highlight").and_then(|_| fields.required("highlight", problems));
        let example = "[\"R6\"]、[\"系列:R6\"]";
        Choices {
            order: order.map(|order| (order, place("order"))),
            highlight: highlight.map(|(name, place)| (name.trim().to_owned(), place)),
            preliminary: fields.texts("preliminary", example, problems),
            provisional: fields.texts("provisional", example, problems),
            notes: Note::read_all(fields, problems),
            panel: panel.map(|panel| (panel, place("panel"))),
            stack: fields.switch("stack", problems).map(|stack| (stack, place("stack"))),
            table: fields.switch("table", problems).unwrap_or(false),
        }
    }

    /// Whether the columns of `columns-and-line` stand one on the other.
    pub fn stacked(&self, kind: ChartKind, problems: &mut Vec<Problem>) -> bool {
        let Some((stack, place)) = &self.stack else { return false };
        if kind != ChartKind::ColumnsAndLine {
            problems.push(
                Problem::warning(Code::UnsuitableKind, place.clone())
                    .text("stack")
                    .message(format!("「stack」は {} の図では働きません", kind.name()))
                    .hint("この行を消すか、積み上げるなら `kind = \"stacked-columns\"` にしてください"),
            );
            return false;
        }
        *stack
    }

    /// The series or item that is led to. What is both is the item.
    pub fn highlight(&self, names: &Names<'_>, problems: &mut Vec<Problem>) -> Option<Highlight> {
        let (name, place) = self.highlight.as_ref()?;
        let category = names.categories(name).first().copied().map(Highlight::Category);
        let found = category.or_else(|| names.series(name).map(Highlight::Series));
        if found.is_none() {
            problems.push(names.neither(name, place));
        }
        found
    }

    /// The values that are less final than the figure, which is in `state`.
    pub fn unsettled(
        &self,
        state: DataState,
        names: &Names<'_>,
        problems: &mut Vec<Problem>,
    ) -> BTreeMap<(usize, usize), DataState> {
        let mut unsettled = BTreeMap::new();
        // The less final state comes later, and stays.
        for (mark, entries) in [
            (DataState::Preliminary, &self.preliminary),
            (DataState::Provisional, &self.provisional),
        ] {
            for (text, place) in entries {
                let Some(mut values) = names.values((text, place), problems) else { continue };
                values.retain(|(series, row)| names.data.value(*series, *row).is_some());
                if values.is_empty() {
                    problems.push(
                        Problem::warning(Code::MarkWithoutPlace, place.clone())
                            .text(text)
                            .message(format!(
                                "「{text}」に値がないので、{}の印は付きません",
                                mark.name()
                            ))
                            .hint("値を記入するか、この名前を消してください"),
                    );
                }
                if mark > state {
                    unsettled.extend(values.into_iter().map(|value| (value, mark)));
                }
            }
        }
        unsettled
    }

    /// What each of the small multiples is; no other figure has panels.
    pub fn panel(&self, kind: ChartKind, problems: &mut Vec<Problem>) -> Panel {
        let Some((panel, place)) = &self.panel else { return Panel::default() };
        if kind != ChartKind::SmallMultiples {
            problems.push(
                Problem::warning(Code::UnsuitableKind, place.clone())
                    .text("panel")
                    .message(format!("「panel」は {} の図では働きません", kind.name()))
                    .hint("この行を消すか、`kind = \"small-multiples\"` にしてください"),
            );
        }
        *panel
    }
}
