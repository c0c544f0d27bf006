//! A ring with its names in a list beside or below it: key, name, value.

use super::whole::{Joined, Ring, Whole};
use crate::canvas::area::Area;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::MISSING;
use crate::frame::legend::{BOX_HEIGHT, BOX_WIDTH, KEY_GAP};
use crate::mark::{Anchor, Paint};
use crate::space::{Frame, SMALLEST, TALLEST, small};
use crate::text_metrics::{self, LEADING};

/// Space between ring and list, in points.
const GAP: f64 = 12.0;
/// Space between entries, and between name and value, in ems.
const ENTRY_GAP: f64 = 0.4;
const VALUE_GAP: f64 = 1.0;
/// The rings that are tried, as shares of the largest one.
const RINGS: [f64; 9] = [1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.57, 0.5];
/// The widest list: beyond it the eye loses the row between name and value.
const WIDEST: f64 = 30.0;

/// Draws the ring with a list of all its categories.
pub(crate) fn draw(whole: &Whole, frame: &Frame) -> Canvas {
    let plan = plan(whole, frame);
    let mut canvas = Canvas::new(frame.width, plan.height);
    whole.draw(&mut canvas, &plan.ring, Joined::ByPaint);
    plan.list.draw(&mut canvas, plan.list_at);
    // Only where the list cannot say it: which of two parts of one paint is which.
    if whole.repeats_paints() {
        whole.set_values(&mut canvas, &plan.ring, small(frame.text_size));
    }
    whole.set_total_in_hole(&mut canvas, &plan.ring, frame.text_size);
    canvas
}

/// Where everything stands.
struct Plan {
    ring: Ring,
    list: List,
    list_at: [f64; 2],
    height: f64,
}

/// The largest ring beside or below which the whole list has room; else a longer drawing.
fn plan(whole: &Whole, frame: &Frame) -> Plan {
    let largest = frame.default_height.min(frame.width) / 2.0 - 0.5;
    // Every category takes a line at least.
    let least = whole.rows.len() as f64 * (1.0 + ENTRY_GAP) * SMALLEST - ENTRY_GAP * SMALLEST;
    let mut broken = None;
    if least <= frame.default_height {
        for size in [frame.text_size, small(frame.text_size), SMALLEST] {
            for outer in RINGS.map(|share| share * largest) {
                for plan in [beside(whole, frame, outer, size), below(whole, frame, outer, size)] {
                    // A smaller ring is better than names broken inside their words.
                    match plan.list.fit {
                        _ if plan.height > frame.default_height => {}
                        Fit::Well => return plan,
                        Fit::Whole => broken = broken.or(Some(plan)),
                        Fit::Poor => {}
                    }
                }
            }
        }
    }
    broken.unwrap_or_else(|| beside(whole, frame, largest.min(0.2 * frame.width), SMALLEST))
}

fn beside(whole: &Whole, frame: &Frame, outer: f64, size: f64) -> Plan {
    let left = 2.0 * outer + 0.5 + GAP;
    let list = List::new(&rows(whole, outer, size), frame.width - left, size);
    let height = frame.default_height.max(list.height);
    // Level with each other, unless the list is so long that the ring would be far below.
    let y = frame.default_height / 2.0;
    let list_top = (y - list.height / 2.0).max(0.0);
    // A short list and its ring stand together in the middle of a wide drawing.
    let free = frame.width - left - list.width;
    let shift = if free > 0.2 * frame.width { free / 2.0 } else { 0.0 };
    let ring = Ring { middle: [outer + 0.5 + shift, y], outer };
    Plan { ring, list, list_at: [left + shift, list_top], height }
}

fn below(whole: &Whole, frame: &Frame, outer: f64, size: f64) -> Plan {
    let top = 2.0 * outer + 0.5 + 0.7 * GAP;
    let list = List::new(&rows(whole, outer, size), frame.width, size);
    let height = frame.default_height.max(top + list.height);
    let shift = ((height - top - list.height) / 2.0).max(0.0);
    let left = ((frame.width - list.width) / 2.0).max(0.0);
    let ring = Ring { middle: [frame.width / 2.0, outer + 0.5 + shift], outer };
    Plan { ring, list, list_at: [left, top + shift], height }
}

/// What the list says of a category.
struct ListRow<'a> {
    rank: Rank,
    key: Option<Paint>,
    name: &'a str,
    value: &'a str,
}

/// The categories, and the total where the hole has no room for it.
fn rows<'a>(whole: &'a Whole, outer: f64, size: f64) -> Vec<ListRow<'a>> {
    let mut rows: Vec<ListRow> = (whole.rows.iter())
        .map(|row| ListRow {
            rank: Rank::Category(row.category),
            key: row.share.map(|_| whole.paint(row, Joined::ByPaint)),
            name: row.name,
            value: &row.text,
        })
        .collect();
    let around = Ring { middle: [outer, outer], outer };
    let in_hole = || {
        let mut canvas = Canvas::new(2.0 * outer, 2.0 * outer);
        whole.draw(&mut canvas, &around, Joined::ByPaint);
        whole.set_total_in_hole(&mut canvas, &around, size)
    };
    if let Some((name, value)) = &whole.total
        && !in_hole()
    {
        rows.push(ListRow { rank: Rank::Reference, key: None, name, value });
    }
    rows
}

/// How good a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Every name whole and broken between phrases, every value at the right of its name.
    Well,
    /// Every name whole, every value at the right of its name.
    Whole,
    Poor,
}

/// The list, laid out from its top left corner.
struct List {
    entries: Vec<ListEntry>,
    size: f64,
    width: f64,
    height: f64,
    fit: Fit,
    /// Whether values stand below their names.
    under: bool,
}

struct ListEntry {
    rank: Rank,
    key: Option<Paint>,
    lines: Vec<String>,
    value: String,
    top: f64,
}

impl List {
    fn new(rows: &[ListRow], width: f64, size: f64) -> List {
        let key = BOX_WIDTH + KEY_GAP;
        let widest = rows.iter().map(|row| text_metrics::width(row.value)).fold(0.0, f64::max);
        let em = (width / size).min(WIDEST);
        let room = em - key - VALUE_GAP - widest;
        // Beside values of thirty digits no name would have room: they go below the names.
        let under = room < 4.0;
        let room = if under { em - key } else { room };
        type Fits = fn(&str, f64, usize) -> bool;
        let lines_of = |row: &ListRow, fits: Fits| (1..=3).find(|most| fits(row.name, room, *most));
        let lines = |fits: Fits| -> Option<usize> {
            rows.iter().try_fold(1, |most, row| Some(most.max(lines_of(row, fits)?)))
        };
        let well = lines(text_metrics::fits_well);
        let whole = well.or_else(|| lines(text_metrics::fits));
        let fit = match (well, whole) {
            _ if under => Fit::Poor,
            (Some(_), _) => Fit::Well,
            (None, Some(_)) => Fit::Whole,
            (None, None) => Fit::Poor,
        };
        let wrapped = |most: usize| -> Vec<Vec<String>> {
            rows.iter().map(|row| text_metrics::wrap(row.name, room, most)).collect()
        };
        let entry_height = |lines: &[String]| {
            text_metrics::height((lines.len() + usize::from(under)).max(1)) + ENTRY_GAP
        };
        let height = |names: &[Vec<String>]| -> f64 {
            names.iter().map(|lines| entry_height(lines)).sum::<f64>() * size
        };
        // Names are cut before the drawing grows too tall for its page.
        let mut names = wrapped(whole.unwrap_or(3));
        for most in [2, 1] {
            if height(&names) > TALLEST {
                names = wrapped(most);
            }
        }
        let widths = names.iter().map(|lines| text_metrics::widest(lines)).fold(0.0, f64::max);
        let width = if under { widths.max(widest) } else { widths + VALUE_GAP + widest };
        let mut list = List {
            entries: Vec::new(),
            size,
            width: (key + width) * size,
            height: 0.0,
            fit,
            under,
        };
        for (row, lines) in rows.iter().zip(names) {
            let below = list.height + entry_height(&lines) * size;
            if below + size > TALLEST && list.entries.len() + 1 < rows.len() {
                list.say_more(rows.len());
                break;
            }
            let (key, value, top) = (row.key, row.value.to_string(), list.height);
            list.entries.push(ListEntry { rank: row.rank, key, lines, value, top });
            list.height = below;
        }
        list.height -= ENTRY_GAP * size;
        list
    }

    /// Says how many of so many categories the list leaves out.
    fn say_more(&mut self, of: usize) {
        let lines = vec![format!("ほか{}項目", of - self.entries.len())];
        let (rank, top) = (Rank::Ticks, self.height);
        self.entries.push(ListEntry { rank, key: None, lines, value: String::new(), top });
        self.height += (1.0 + ENTRY_GAP) * self.size;
        self.fit = Fit::Poor;
    }

    fn draw(&self, canvas: &mut Canvas, [left, top]: [f64; 2]) {
        let size = self.size;
        let name_left = left + (BOX_WIDTH + KEY_GAP) * size;
        for entry in &self.entries {
            let top = top + entry.top;
            if let Some(paint) = entry.key {
                let h = BOX_HEIGHT * size;
                let y = top + (size - h) / 2.0;
                canvas.rect(Area::new(left, y, BOX_WIDTH * size, h), paint, None);
            }
            let style = Label::new("", size);
            canvas.lines(entry.rank, &style, &entry.lines, Anchor::Start, name_left, top);
            let value = Label::new(&entry.value, size);
            let value = if entry.value == MISSING { value.muted() } else { value };
            match self.under {
                true => {
                    let y = top + entry.lines.len() as f64 * LEADING * size;
                    canvas.text(entry.rank, &value, Anchor::Start, name_left, y);
                }
                false => {
                    canvas.text(entry.rank, &value, Anchor::End, left + self.width, top);
                }
            }
        }
    }
}
