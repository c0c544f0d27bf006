//! The shares of one whole: a single bar whose parts carry their numbers.
//!
//! A bar and not a pie: lengths are compared more easily than angles, and names of thirty
//! characters find room under a bar of half a page's width.

use std::cmp::Ordering;

use crate::canvas::area::Area;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::{Datum, SLOTS, Table, paint};
use crate::frame::legend::{Key, Legend, LegendEntry};
use crate::label::candidates::Owner;
use crate::label::values::{self, ValueLabel};
use crate::mark::{Anchor, CellAt, Paint};
use crate::space::{Frame, Orientation, small};
use crate::text_metrics;
use soukatsu_core::model::figure::Figure;

const THINNEST: f64 = 18.0;
const THICKEST: f64 = 44.0;
const GAP: f64 = 5.0;
/// Printed in place of a bar whose parts are all zero.
const NO_SHARES: &str = "合計が0のため、割合はありません";

/// One part of the whole: its row in the data, its number with the unit, its place.
struct Share<'a> {
    row: usize,
    /// In the order of the parts, a highlighted one the first.
    slot: usize,
    at: CellAt,
    unsettled: bool,
    name: &'a str,
    text: String,
    left: f64,
    width: f64,
}

impl Share<'_> {
    fn paint(&self) -> Paint {
        paint(self.slot, self.unsettled)
    }
}

/// Draws the shares of one whole.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    let parts = parts(&table, figure, frame.width);
    let size = frame.text_size;

    let wrapped: Vec<Vec<String>> = parts
        .iter()
        .map(|part| text_metrics::wrap(part.name, (part.width - 4.0) / size, 3))
        .collect();
    // Names stand under their parts when each of them fits there whole.
    let direct =
        parts.iter().all(|part| text_metrics::fits(part.name, (part.width - 4.0) / size, 3));
    let inside = |part: &Share| text_metrics::width(&part.text) * small(size) + 3.0 <= part.width;
    // A legend that explains one value explains them all.
    let known = table.cells().next().is_some();
    let unsettled = LegendEntry::unsettled(figure, &table).filter(|_| known);
    let absent = absent(&table, figure, parts.len());
    let direct = direct && parts.iter().all(inside) && unsettled.is_none() && absent.is_empty();

    let entry = |part: &Share| LegendEntry {
        key: Key::Fill(part.paint()),
        name: match inside(part) {
            true => part.name.to_string(),
            false => format!("{} {}", part.name, part.text),
        },
    };
    let legend = match direct {
        true => Legend::new(&[], frame.width, size),
        false => {
            let entries = parts.iter().map(entry).chain(absent).chain(unsettled);
            let entries: Vec<LegendEntry> = entries.collect();
            Legend::new(&entries, frame.width, size)
        }
    };
    let deepest = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let below = if direct { text_metrics::height(deepest) * size } else { legend.height };
    let height = frame.default_height.max(THINNEST + GAP + below + 1.0);
    let thickness = (height - GAP - below - 1.0).min(0.3 * height).clamp(THINNEST, THICKEST);
    // A lone bar stands where the drawings beside it begin.
    let top = 0.5;

    let mut canvas = Canvas::new(frame.width, height);
    for part in &parts {
        let area = Area::new(part.left, top, part.width, thickness);
        canvas.rect(area, part.paint(), Some(part.at));
    }
    let names_top = top + thickness + GAP;
    if direct {
        for (part, lines) in parts.iter().zip(&wrapped) {
            let middle = part.left + part.width / 2.0;
            let (rank, style) = (Rank::Category(part.row), Label::new("", size));
            canvas.lines(rank, &style, lines, Anchor::Middle, middle, names_top);
        }
    } else {
        legend.draw(&mut canvas, 0.0, names_top, |index| {
            parts.get(index).map_or(Rank::Legend, |part| Rank::Category(part.row))
        });
    }
    let values: Vec<ValueLabel> = parts
        .iter()
        .filter(|part| inside(part))
        .map(|part| {
            let area = Area::new(part.left, top, part.width, thickness);
            let text = part.text.clone();
            ValueLabel {
                text,
                muted: false,
                ..ValueLabel::new(
                    part.row,
                    None,
                    Owner::Segment { orientation: Orientation::Horizontal, area, headroom: 0.0 },
                )
            }
        })
        .collect();
    values::set_each(&mut canvas, &values, size);
    // Zeros are data: they stand in the legend, and the bar that cannot be drawn is accounted for.
    match parts.is_empty() {
        true if known => {
            let label = Label::new(NO_SHARES, size);
            let y = top + (thickness - size) / 2.0;
            canvas.text(Rank::Reference, &label, Anchor::Middle, frame.width / 2.0, y);
        }
        true => canvas.say_empty([frame.width / 2.0], height / 2.0, size),
        false => {}
    }
    canvas
}

/// Legend entries of what is no part of the bar: readers would miss it otherwise.
fn absent(table: &Table, figure: &Figure, parts: usize) -> Vec<LegendEntry> {
    let cells = table.columns.first().map_or(&[][..], |column| &column.cells);
    let known = cells.iter().any(Option::is_some);
    let rows = cells.iter().enumerate().filter(|_| known);
    let rows = rows.filter_map(|(row, cell)| match cell {
        None => Some((row, table.columns[0].absent[row].to_owned())),
        Some(cell) if cell.value > 0.0 => None,
        Some(cell) => Some((row, format!("{}{}", cell.text, figure.unit.trim()))),
    });
    let entry = |(index, (row, text)): (usize, (usize, String))| LegendEntry {
        key: Key::Fill(Paint::Series((parts + index) % SLOTS)),
        name: format!("{} {text}", table.categories[row]),
    };
    rows.enumerate().map(entry).collect()
}

/// The parts from left to right; what is missing, zero or negative is no part.
fn parts<'a>(table: &'a Table, figure: &Figure, width: f64) -> Vec<Share<'a>> {
    let cells = table.columns.first().map_or(&[][..], |column| &column.cells);
    let positive = |cell: &&Datum| cell.value > 0.0;
    let sum: f64 = cells.iter().flatten().filter(positive).map(|cell| cell.value).sum();
    // Shares that do not make 100 leave the rest of the bar empty: it is not known what it is.
    let whole = if figure.makes_no_hundred() { sum.max(100.0) } else { sum };
    // Half a point at both ends for the outline.
    let (mut left, room) = (0.5, width - 1.0);
    let mut parts = Vec::new();
    for (row, cell) in cells.iter().enumerate() {
        let Some(cell) = cell.as_ref().filter(positive) else { continue };
        let width = room * (cell.value / whole);
        let text = format!("{}{}", cell.text, figure.unit.trim());
        let (at, unsettled) = (cell.at, cell.unsettled);
        let (slot, name) = (parts.len() % SLOTS, table.categories[row].as_str());
        parts.push(Share { row, slot, at, unsettled, name, text, left, width });
        left += width;
    }
    // The highlighted part is the darkest; the others keep their order behind it.
    if let Some(ahead) = parts.iter().position(|part| table.stands_out(part.row)) {
        for (index, part) in parts.iter_mut().enumerate() {
            part.slot = match index.cmp(&ahead) {
                Ordering::Less => (index + 1) % SLOTS,
                Ordering::Equal => 0,
                Ordering::Greater => index % SLOTS,
            };
        }
    }
    parts
}
