//! The legend: keys and names in rows above the chart, in the order of the series.

use crate::canvas::area::Area;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::{SeriesColumn, Table};
use crate::mark::{AROUND, Anchor, MARKER, Paint, Shape, Stroke};
use crate::text_metrics;
use soukatsu_core::model::figure::{ChartKind, DataState, Figure, Panel};

/// The sign before a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Key {
    /// A small box of this fill.
    Fill(Paint),
    /// A short line, with the series' marker when it has one.
    Line(Stroke),
    /// The sign of a value that is not final.
    Ringed(Shape),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LegendEntry {
    pub key: Key,
    pub name: String,
}

impl LegendEntry {
    /// The entry of a series drawn as bars.
    pub fn bars(column: &SeriesColumn) -> LegendEntry {
        LegendEntry { key: Key::Fill(Paint::Series(column.slot)), name: column.name.clone() }
    }

    /// The entry of a series drawn as a line.
    pub fn line(column: &SeriesColumn) -> LegendEntry {
        LegendEntry { key: Key::Line(column.stroke()), name: column.name.clone() }
    }

    /// The entry that says what values that are not final look like, if there are any.
    pub fn unsettled(figure: &Figure, table: &Table) -> Option<LegendEntry> {
        let states = &figure.data.unsettled;
        let has = |state| states.values().any(|own| *own == state);
        let words = [(DataState::Preliminary, "速報値"), (DataState::Provisional, "仮データ")];
        let words = words.into_iter().filter(|(state, _)| has(*state)).map(|(_, word)| word);
        let name = words.collect::<Vec<_>>().join("・");
        let first =
            |column: &SeriesColumn| column.cells.iter().flatten().any(|cell| cell.unsettled);
        let bars = table.columns.iter().find(|column| first(column));
        let key = match (figure.kind, bars, table.line.as_ref().filter(|line| first(line))) {
            (ChartKind::Lines | ChartKind::Slope, Some(_), _) => Key::Ringed(Shape::Disc),
            (ChartKind::SmallMultiples, Some(_), _) if figure.panel == Panel::Lines => {
                Key::Ringed(Shape::Disc)
            }
            (_, Some(column), _) => Key::Fill(Paint::Unsettled(column.slot)),
            (_, None, Some(line)) => Key::Ringed(Shape::of(line.slot)),
            (_, None, None) => return None,
        };
        Some(LegendEntry { key, name })
    }
}

/// Entries with their places, relative to the legend's top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Legend {
    placed: Vec<Placed>,
    size: f64,
    pub width: f64,
    pub height: f64,
    pub rows: usize,
}

#[derive(Debug, Clone, PartialEq)]
struct Placed {
    key: Key,
    x: f64,
    y: f64,
    lines: Vec<String>,
}

/// Lengths in ems of the legend's text size.
pub(crate) const BOX_WIDTH: f64 = 1.4;
pub(crate) const BOX_HEIGHT: f64 = 0.8;
const LINE_WIDTH: f64 = 2.4;
pub(crate) const KEY_GAP: f64 = 0.4;
const ENTRY_GAP: f64 = 1.5;
const ROW_PITCH: f64 = 1.4;

impl Key {
    fn width(self) -> f64 {
        match self {
            Key::Fill(_) => BOX_WIDTH,
            Key::Line(_) => LINE_WIDTH,
            Key::Ringed(_) => BOX_WIDTH,
        }
    }
}

impl Legend {
    /// Fills rows of at most `width` points; a name longer than a row is wrapped.
    pub fn new(entries: &[LegendEntry], width: f64, size: f64) -> Legend {
        let em = width / size;
        let names: Vec<Vec<String>> = entries
            .iter()
            .map(|entry| text_metrics::wrap(&entry.name, em - entry.key.width() - KEY_GAP, 3))
            .collect();
        let widths: Vec<f64> = (entries.iter().zip(&names))
            .map(|(entry, lines)| entry.key.width() + KEY_GAP + text_metrics::widest(lines))
            .collect();
        let rows = aligned(&widths, em).unwrap_or_else(|| flowing(&widths, em));
        let mut legend =
            Legend { placed: Vec::new(), size, width: 0.0, height: 0.0, rows: rows.len() };
        let mut y = 0.0;
        for row in &rows {
            let mut deepest = 1;
            for &(index, x) in row {
                let lines = names[index].clone();
                deepest = deepest.max(lines.len());
                legend.width = legend.width.max((x + widths[index]) * size);
                let height = text_metrics::height(lines.len().max(1)) * size;
                legend.height = legend.height.max(y + height);
                legend.placed.push(Placed { key: entries[index].key, x: x * size, y, lines });
            }
            y += (text_metrics::height(deepest) + ROW_PITCH - 1.0) * size;
        }
        legend
    }

    /// Draws the legend with its top left corner at (`x`, `y`); `rank` gives an entry's turn in
    /// the reading order.
    pub fn draw(&self, canvas: &mut Canvas, x: f64, y: f64, rank: impl Fn(usize) -> Rank) {
        let size = self.size;
        for (number, entry) in self.placed.iter().enumerate() {
            let (left, top) = (x + entry.x, y + entry.y);
            let middle = top + size / 2.0;
            match entry.key {
                Key::Fill(paint) => {
                    let h = BOX_HEIGHT * size;
                    canvas.rect(
                        Area::new(left, middle - h / 2.0, BOX_WIDTH * size, h),
                        paint,
                        None,
                    );
                }
                Key::Line(stroke) => {
                    let right = left + LINE_WIDTH * size;
                    canvas.line(vec![[left, middle], [right, middle]], stroke);
                    let shape = match stroke {
                        Stroke::Line(slot) => Some(Shape::of(slot)),
                        Stroke::Highlight => Some(Shape::of(0)),
                        _ => None,
                    };
                    if let Some(shape) = shape {
                        canvas.marker([(left + right) / 2.0, middle], MARKER, shape, None);
                    }
                }
                Key::Ringed(shape) => {
                    let at = [left + BOX_WIDTH * size / 2.0, middle];
                    let r = MARKER.min(size / 2.0 - AROUND);
                    canvas.marker(at, r, shape, None);
                    canvas.marker(at, r + AROUND, Shape::Around, None);
                }
            }
            let text_left = left + (entry.key.width() + KEY_GAP) * size;
            let style = Label::new("", size);
            canvas.lines(rank(number), &style, &entry.lines, Anchor::Start, text_left, top);
        }
    }
}

/// Rows of entries, each with its index and left edge, one after another.
fn flowing(widths: &[f64], em: f64) -> Vec<Vec<(usize, f64)>> {
    let mut rows: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut x = f64::INFINITY;
    for (index, width) in widths.iter().enumerate() {
        if x + width > em {
            rows.push(Vec::new());
            x = 0.0;
        }
        if let Some(row) = rows.last_mut() {
            row.push((index, x));
        }
        x += width + ENTRY_GAP;
    }
    rows
}

/// Rows whose entries stand in columns, when that takes no more rows than running on.
fn aligned(widths: &[f64], em: f64) -> Option<Vec<Vec<(usize, f64)>>> {
    let fewest = flowing(widths, em).len();
    (1..=widths.len()).rev().find_map(|across| {
        let mut lefts = vec![0.0; across + 1];
        for column in 0..across {
            let own = widths.iter().skip(column).step_by(across);
            let widest = own.copied().fold(0.0, f64::max);
            lefts[column + 1] = lefts[column] + widest + ENTRY_GAP;
        }
        let fits = lefts[across] - ENTRY_GAP <= em && widths.len().div_ceil(across) <= fewest;
        fits.then(|| {
            let indices: Vec<usize> = (0..widths.len()).collect();
            indices
                .chunks(across)
                .map(|row| row.iter().map(|&i| (i, lefts[i % across])).collect())
                .collect()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(names: &[&str]) -> Vec<LegendEntry> {
        let entry = |(slot, name): (usize, &&str)| LegendEntry {
            key: Key::Fill(Paint::Series(slot)),
            name: name.to_string(),
        };
        names.iter().enumerate().map(entry).collect()
    }

    #[test]
    fn names_that_fit_stand_in_one_row() {
        let legend = Legend::new(&entries(&["満足", "不満", "無回答"]), 200.0, 8.0);
        assert_eq!(legend.rows, 1);
        assert_eq!(legend.height, 8.0);
    }

    #[test]
    fn names_that_do_not_fit_wrap_into_rows_and_stay_in_columns() {
        let names = ["とても関心がある", "少しは関心がある", "あまり関心がない", "無回答"];
        let legend = Legend::new(&entries(&names), 200.0, 8.0);
        assert_eq!(legend.rows, 2);
        assert_eq!(legend.placed[1].x, legend.placed[3].x);
        assert!(legend.width <= 200.0);
    }

    #[test]
    fn a_name_longer_than_a_row_is_wrapped() {
        let name = "組織や勤務形態などの制度面と執務室や建物などの環境面の両方";
        let legend = Legend::new(&entries(&[name, "その他"]), 150.0, 8.0);
        assert_eq!(legend.placed[0].lines.len(), 2);
        assert!(legend.placed[1].y > legend.placed[0].y + 16.0);
    }

    #[test]
    fn no_entries_take_no_space() {
        let legend = Legend::new(&[], 100.0, 8.0);
        assert_eq!((legend.width, legend.height, legend.rows), (0.0, 0.0, 0));
    }
}
