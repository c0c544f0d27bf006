//! Blocks of the prose: which have a heading of their own, and what they place.

use soukatsu_core::model::call::{Call, Paragraph, Piece};
use soukatsu_core::model::data_table::DataTable;
use soukatsu_core::model::figure::Figure;
use soukatsu_core::model::initiative::Initiative;
use soukatsu_core::model::report::{Prose, Report};

/// The innermost block with a heading of its own in which a paragraph stands, as an index of the
/// calls.
pub fn titled_block(prose: &Prose, part: &Paragraph) -> Option<usize> {
    let offset = match part.pieces.first()? {
        Piece::Text { offset, .. } => *offset,
        Piece::Value { call, .. } => prose.calls.get(*call)?.range.start,
    };
    let calls = prose.calls.iter().enumerate();
    let around = calls.filter(|(_, call)| {
        matches!(call.name.as_str(), "取組" | "総括項目" | "項目") && call.range.contains(&offset)
    });
    around.min_by_key(|(_, call)| call.range.len()).map(|(index, _)| index)
}

/// The heading of a block that is an initiative; the other blocks have theirs in their text.
pub fn initiative_of(report: &Report, prose: &Prose, block: usize) -> String {
    let call = &prose.calls[block];
    let number = call.arguments.first().filter(|_| call.name == "取組");
    let number = number.and_then(|argument| argument.literal()?.parse::<u32>().ok());
    let mut initiatives = report.initiatives.iter();
    let found = initiatives.find(|initiative| Some(initiative.number) == number);
    found.map_or_else(String::new, initiative_heading)
}

/// The heading of the prose of an initiative.
pub fn initiative_heading(initiative: &Initiative) -> String {
    format!("取組{}「{}」", initiative.number, initiative.name)
}

/// The figures that a block of the prose places.
pub fn placed_figures<'a>(report: &'a Report, call: &'a Call) -> Vec<&'a Figure> {
    match call.name.as_str() {
        "図" | "図並び" => {
            unnamed_arguments(call).filter_map(|number| report.figure(number)).collect()
        }
        _ => Vec::new(),
    }
}

/// The tables that a block of the prose places.
pub fn placed_tables<'a>(report: &'a Report, call: &'a Call) -> Vec<&'a DataTable> {
    match call.name.as_str() {
        "表" | "表並び" => {
            unnamed_arguments(call).filter_map(|number| report.table(number)).collect()
        }
        _ => Vec::new(),
    }
}

/// The arguments of a call that have no name, as they are written.
pub fn unnamed_arguments(call: &Call) -> impl Iterator<Item = &str> {
    let unnamed = call.arguments.iter().filter(|argument| argument.name.is_none());
    unnamed.filter_map(|argument| argument.literal())
}
