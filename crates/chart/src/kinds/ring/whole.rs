//! What a ring shows: its parts with their names and values, and the total in its hole.

use crate::canvas::area::Area;
use crate::canvas::hit_test::{Backdrop, CLEARANCE};
use crate::canvas::label::Label;
use crate::canvas::sector::{Sector, Touch};
use crate::canvas::{Canvas, Rank};
use crate::data::table::{Datum, SLOTS, Table, paint};
use crate::mark::{Anchor, CellAt, Paint};
use crate::space::{SMALLEST, small};
use soukatsu_core::model::figure::{Figure, Highlight, is_total};

/// The hole's share of the ring's radius: the band holds a number, the hole the total.
const HOLE: f64 = 0.54;

/// One category that is no total.
pub(crate) struct Slice<'a> {
    pub category: usize,
    pub name: &'a str,
    /// Its value with the unit.
    pub text: String,
    /// Where it lies on the ring, in turns; nothing that is missing, zero or negative is there.
    pub share: Option<(f64, f64)>,
    /// Where its value stands in the data; `None` when it is missing.
    at: Option<CellAt>,
    unsettled: bool,
    slot: usize,
    highlighted: bool,
}

/// All that a ring shows.
pub(crate) struct Whole<'a> {
    pub rows: Vec<Slice<'a>>,
    /// Name and value of the total, where the data has one.
    pub total: Option<(&'a str, String)>,
    highlighting: bool,
}

/// Whether paints are all that joins a part to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    ByPaint,
    ByPlace,
}

/// A ring's place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ring {
    pub middle: [f64; 2],
    pub outer: f64,
}

impl Ring {
    pub fn sector(&self, (from, to): (f64, f64)) -> Sector {
        Sector { middle: self.middle, inner: HOLE * self.outer, outer: self.outer, from, to }
    }
}

impl<'a> Whole<'a> {
    pub fn of(table: &'a Table, figure: &Figure) -> Whole<'a> {
        let cells = table.columns.first().map_or(&[][..], |column| &column.cells);
        let unit = figure.unit.trim();
        let with_unit = |cell: &Datum| format!("{}{unit}", cell.text);
        let named = || table.categories.iter().map(String::as_str).zip(cells);
        let total = named()
            .filter(|(name, _)| is_total(name))
            .find_map(|(name, cell)| Some((name, with_unit(cell.as_ref()?))));
        let highlight = match figure.highlight {
            Some(Highlight::Category(row)) => Some(row),
            _ => None,
        };
        let mut rows: Vec<Slice> = (named().enumerate())
            .filter(|(_, (name, _))| !is_total(name))
            .map(|(category, (name, cell))| Slice {
                category,
                name,
                text: cell
                    .as_ref()
                    .map_or_else(|| table.columns[0].absent[category].to_string(), with_unit),
                share: None,
                at: cell.as_ref().map(|cell| cell.at),
                unsettled: cell.as_ref().is_some_and(|cell| cell.unsettled),
                slot: 0,
                highlighted: cell.as_ref().is_some_and(|cell| Some(cell.at.1) == highlight),
            })
            .collect();
        let size =
            |row: &Slice| cells[row.category].as_ref().map_or(0.0, |cell| cell.value.max(0.0));
        let sum: f64 = rows.iter().map(size).sum();
        // As in a bar of shares, what is missing from 100 stays empty.
        let sum = if figure.makes_no_hundred() { sum.max(100.0) } else { sum };
        let mut end = 0.0;
        for row in &mut rows {
            let from = end;
            end += size(row);
            row.share = (end > from).then(|| (from / sum, end / sum));
        }
        let mut whole = Whole { highlighting: rows.iter().any(|r| r.highlighted), rows, total };
        whole.choose_slots();
        whole
    }

    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.at.is_none())
    }

    /// Paints in turn; the highlighted part has the darkest for itself.
    fn choose_slots(&mut self) {
        let first = usize::from(self.highlighting);
        let turns = SLOTS - first;
        let mut parts: Vec<&mut Slice> =
            self.rows.iter_mut().filter(|row| row.share.is_some()).collect();
        let mut turn = 0;
        for row in &mut parts {
            if !row.highlighted {
                row.slot = first + turn % turns;
                turn += 1;
            }
        }
        // The last part meets the first one again.
        if let [first, .., before, last] = parts.as_mut_slice()
            && first.slot == last.slot
        {
            last.slot = (1..SLOTS).find(|s| ![first.slot, before.slot].contains(s)).unwrap_or(0);
        }
    }

    /// Whether two parts have the same paint.
    pub fn repeats_paints(&self) -> bool {
        let mut slots: Vec<usize> = self.parts().map(|(row, _)| row.slot).collect();
        let count = slots.len();
        slots.sort_unstable();
        slots.dedup();
        slots.len() < count
    }

    /// What lies on the ring.
    pub fn parts(&self) -> impl Iterator<Item = (&Slice<'a>, (f64, f64))> {
        self.rows.iter().filter_map(|row| row.share.map(|share| (row, share)))
    }

    /// Names beside their parts need no paints: then only the highlighted part is dark.
    pub fn paint(&self, row: &Slice, joined: Joined) -> Paint {
        let slot = match (joined, self.highlighting, row.highlighted) {
            (_, true, true) => 0,
            (Joined::ByPlace, true, false) => 2,
            _ => row.slot,
        };
        paint(slot, row.unsettled)
    }

    pub fn draw(&self, canvas: &mut Canvas, ring: &Ring, joined: Joined) {
        for (row, share) in self.parts() {
            canvas.sector(ring.sector(share), self.paint(row, joined), row.at);
        }
    }

    /// Sets the values that fit into their parts, all in one size, and gives their categories.
    pub fn set_values(&self, canvas: &mut Canvas, ring: &Ring, size: f64) -> Vec<usize> {
        let before = canvas.text_count();
        let mut fullest: Option<(Vec<usize>, Canvas)> = None;
        for size in [size, small(size), SMALLEST] {
            canvas.forget_since(before);
            let mut set = Vec::new();
            for (row, share) in self.parts() {
                let label = Label::new(&row.text, size);
                let sector = ring.sector(share);
                let inside = |place: &Area| sector.touch(&place.grown(CLEARANCE)) == Touch::Inside;
                let places = places_in(&sector, label.width(), size).into_iter().find(inside);
                if canvas.text_at_first_free(Rank::Category(row.category), &label, places) {
                    set.push(row.category);
                }
            }
            if fullest.as_ref().is_none_or(|(most, _)| set.len() > most.len()) {
                fullest = Some((set, canvas.clone()));
            }
        }
        let Some((set, full)) = fullest else { return Vec::new() };
        *canvas = full;
        set
    }

    /// Sets the total into the hole; `false` when it has no room there.
    pub fn set_total_in_hole(&self, canvas: &mut Canvas, ring: &Ring, size: f64) -> bool {
        let Some((name, text)) = &self.total else { return true };
        [size, small(size), SMALLEST].into_iter().any(|size| {
            let labels = [Label::new(name, size), Label::new(text, size).bold()];
            let (x, pitch) = (ring.middle[0], 1.25 * size);
            let top = ring.middle[1] - (pitch + size) / 2.0;
            let places = [(&labels[0], top), (&labels[1], top + pitch)]
                .map(|(label, y)| label.area(Anchor::Middle, x, y));
            let free = places.iter().all(|place| canvas.backdrop(place) == Backdrop::Paper);
            if free {
                for (label, place) in labels.iter().zip(places) {
                    canvas.text_at_first_free(Rank::Reference, label, [place]);
                }
            }
            free
        })
    }

    /// Sets the total into the hole, or else into a corner; `false` when there is no room.
    pub fn set_total(&self, canvas: &mut Canvas, ring: &Ring, size: f64) -> bool {
        if self.set_total_in_hole(canvas, ring, size) {
            return true;
        }
        let Some((name, text)) = &self.total else { return true };
        let line = format!("{name} {text}");
        let label = Label::new(&line, small(size)).bold();
        let (low, right) = (canvas.height - label.size, canvas.width);
        let corners = [(Anchor::Start, 0.0), (Anchor::End, right)];
        let places = [low, 0.0].map(|y| corners.map(|(anchor, x)| label.area(anchor, x, y)));
        canvas.text_at_first_free(Rank::Reference, &label, places.into_iter().flatten())
    }
}

/// Places for a text in a part of the ring: its middle first, then nearer to its edges.
fn places_in(sector: &Sector, w: f64, h: f64) -> Vec<Area> {
    let band = sector.outer - sector.inner;
    let mut places = Vec::new();
    for aside in [0.0, 0.06, -0.06, 0.12, -0.12, 0.2, -0.2] {
        let turn = sector.bisector() + aside * (sector.to - sector.from);
        for part in [0.5, 0.55, 0.45, 0.6, 0.4, 0.65, 0.35, 0.7] {
            let [x, y] = sector.at(turn, sector.inner + part * band);
            places.push(Area::new(x - w / 2.0, y - h / 2.0, w, h));
        }
    }
    places
}
