//! How full the page of a row is likely to be, before it is laid out.
//!
//! A page that is too full for freely spaced headings is set again with tight ones. That costs as
//! much as laying out half a report, so that pages that will hardly fit begin with tight headings.
//! Nothing depends on how good the guess is but time, and the look of a page that is nearly full.

use soukatsu_core::model::call::{Call, Paragraph, ParagraphKind, Piece};
use soukatsu_core::model::report::{PageKind, PageRow, Report};

use super::phrase_widths::em;
use super::template::TemplateSettings;

/// The height of the type area of `council`, in points.
const HEIGHT: f64 = 752.0;
/// Characters of running text in a line.
const MEASURE: f64 = 43.5;
/// What a value takes in a line, in characters.
const VALUE: f64 = 4.5;
/// More lines than this share of the page are thought too many.
const FULL: f64 = 0.97;

/// Whether the row will hardly fit on its page.
pub fn is_full(report: &Report, row: &PageRow, settings: &TemplateSettings) -> bool {
    if row.kind != PageKind::Body || row.pages != 1 {
        return false;
    }
    let Some(prose) = row.prose.and_then(|index| report.prose.get(index)) else { return false };
    let pitch = 1.5 * report.layout.text_size.points();
    let title = if row.pillar.is_some() && row.measure.is_some() { 5.0 } else { 3.0 };
    let head = if row.chapter.is_some() { 3.0 } else { 0.0 } + 3.0 + title;
    let text: f64 = prose.paragraphs.iter().map(lines).sum();
    let sections = prose.headings.iter().filter(|(depth, _)| *depth == 1).count() as f64;
    let blocks = prose.calls.iter().filter(|call| !call.nested);
    let blocks: f64 = blocks.map(|call| block(report, call, settings, pitch)).sum();
    head + text + 0.5 * sections + blocks > FULL * (HEIGHT / pitch)
}

fn lines(paragraph: &Paragraph) -> f64 {
    let width = |piece: &Piece| match piece {
        Piece::Text { text, .. } => em(text),
        Piece::Value { .. } => VALUE,
    };
    let width: f64 = paragraph.pieces.iter().map(width).sum();
    match paragraph.kind {
        ParagraphKind::Body => ((width + 1.0) / MEASURE).ceil(),
        ParagraphKind::Heading => 1.7,
        ParagraphKind::Note => 1.4,
    }
}

/// The lines that a table, a row of figures or what belongs to an initiative takes.
fn block(report: &Report, call: &Call, settings: &TemplateSettings, pitch: f64) -> f64 {
    let rows = call.arguments.iter().filter(|argument| argument.name.is_none()).count() as f64;
    match call.name.as_str() {
        "指標表" => (30.0 + 22.0 * rows) / pitch,
        "図" | "図並び" => {
            let height = |number: &str| {
                let figure = report.figures.iter().find(|figure| figure.number == number);
                let given = figure.and_then(|figure| figure.height_mm);
                given.map_or(settings.figure_height, |mm| mm / 25.4 * 72.0)
            };
            let heights = call.placed_figures().map(|(number, _)| height(number));
            (heights.fold(0.0, f64::max) + 36.0) / pitch
        }
        "表" | "表並び" => {
            let rows = call.placed_tables().filter_map(|(number, _)| report.table(number));
            let rows = rows.map(|table| table.rows.len()).max().unwrap_or(0) as f64;
            (16.0 * rows + 70.0) / pitch
        }
        // Its name, and 具体的取組.
        "取組" => 2.0 + 1.2,
        _ => 0.0,
    }
}
